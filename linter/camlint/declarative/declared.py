"""What a rule of one's own says, read and compiled: plain values without a life of their own."""

from camlint.declarative.checks import Check
from camlint.declarative.where import Where
from camlint.finding import Severity
from camlint.kinds import ALL_KINDS, Kind
from camlint.syntax.path import Path


class Declared:
    """What a rule of one's own says, every part compiled.

    ``given`` are the paths to what it looks at, ``where`` narrows that down, and ``then`` is what
    must hold of each value, or of its ``part``. ``home`` is where it is written down.
    """

    __slots__ = (
        "code",
        "given",
        "help",
        "home",
        "kinds",
        "message",
        "name",
        "part",
        "reference",
        "severity",
        "then",
        "where",
    )

    def __init__(
        self,
        *,
        code: str,
        name: str,
        message: str,
        given: tuple[Path, ...],
        then: Check,
        where: Where,
        home: str,
        severity: Severity = Severity.WARNING,
        help: str = "",
        reference: str = "",
        kinds: tuple[Kind, ...] = ALL_KINDS,
        part: str = "",
    ) -> None:
        self.code = code
        self.name = name
        self.message = message
        self.given = given
        self.then = then
        self.where = where
        self.home = home
        self.severity = severity
        self.help = help
        self.reference = reference
        self.kinds = kinds
        self.part = part
