"""What came of fixing a text: the new text, what was mended and refused, and what is left."""

from camlint.engine import FileResult
from camlint.finding import Safety
from camlint.findings import Diagnostic
from camlint.fixes.reading import Reading
from camlint.fixes.steps import Made


class Refusal:
    """A fix that was not made, and why; ``diagnostic`` is where it stands in the text at the end.

    ``description`` is an order, and ``reason`` words that follow it: ``would change nothing``.
    """

    __slots__ = ("description", "diagnostic", "reason")

    def __init__(self, diagnostic: Diagnostic, description: str, reason: str) -> None:
        self.diagnostic = diagnostic
        self.description = description
        self.reason = reason


class Repair:
    """A run of rounds of repairs: the text before and after, both read."""

    __slots__ = ("new", "old")

    def __init__(self, old: Reading, new: Reading) -> None:
        self.old = old
        self.new = new


class Fixed:
    """What fixes made of a source.

    ``made`` are the findings that were mended, each with its fix, and ``result`` is what the engine
    says of what is left. ``recode`` says that the file is to be written as plain UTF-8. ``closed``
    counts, by class, the findings left that have a fix of a class that wasn't allowed. ``worse`` is
    what speaks against all of it: a problem that came up on the way and was not mended.
    """

    __slots__ = ("closed", "made", "recode", "refused", "repairs", "result", "text", "worse")

    def __init__(
        self,
        text: str,
        result: FileResult,
        *,
        made: tuple[Made, ...] = (),
        recode: bool = False,
        refused: tuple[Refusal, ...] = (),
        repairs: tuple[Repair, ...] = (),
        closed: dict[Safety, int] | None = None,
        worse: str = "",
    ) -> None:
        self.text = text
        self.result = result
        self.made = made
        self.recode = recode
        self.refused = refused
        self.repairs = repairs
        self.closed = closed or {}
        self.worse = worse
