"""A whole policy document as CAM would read it, with what it could not read kept visible."""

from collections.abc import Iterable, Iterator

from camlint.kinds import Kind
from camlint.place import OPENING, Place, Pointer
from camlint.policy.elements import Principal
from camlint.policy.malformed import Malformed
from camlint.policy.promise import promises_reading
from camlint.policy.statement import Statement
from camlint.signs import shows_sign
from camlint.traits import Trait

TOP_LEVEL = frozenset({"version", "statement", "principal"})
"""The elements of a document. Source: https://cloud.tencent.com/document/product/598/10604"""

USUAL_TOP = {"version": "version", "statement": "statement"}
"""The spelling of the elements that most documents have, and no others."""

_SHARED = ~(Trait.OVERLAPPING_ACTIONS | Trait.SEVERAL_RESOURCES)
"""The traits of a statement that hold for its document too."""

_CONTRARY = Trait.DENY | Trait.BOTH_EFFECTS | Trait.DOUBTFUL
"""What a document with statements of both effects has."""


class Policy:
    """A policy. Every pointer in it starts at the policy's own root.

    ``kind_known`` tells whether the kind was stated (by the user or by what holds the document)
    rather than inferred from the contents. ``value`` is the plain object; ``spelling`` maps the
    lower-case name of each top-level element that is present to its key as written.
    ``allows`` and ``denies`` are the statements of either effect, ``traits`` bits of Trait.
    ``principals`` are those at the top level. ``malformed`` holds the faults of every statement
    too, and what was read cleaned. ``bare`` says that the document is a lone statement without
    anything around it. ``limit`` is how many characters what holds the policy takes, 0 where that
    is for its kind to say. ``name`` is what the policy is called by what holds it, or else by its
    file, ``""`` where it has none. ``size`` is the number of bytes of a LONG policy as it is written, 0
    where it shares its text with others.
    """

    __slots__ = (
        "allows",
        "bare",
        "denies",
        "implied_version",
        "kind",
        "kind_known",
        "limit",
        "malformed",
        "name",
        "principals",
        "size",
        "spelling",
        "statements",
        "traits",
        "value",
    )

    def __init__(
        self,
        kind: Kind,
        value: dict[str, object],
        spelling: dict[str, str],
        statements: tuple[Statement, ...],
        principals: tuple[Principal, ...],
        malformed: tuple[Malformed, ...],
        kind_known: bool = False,
        bare: bool = False,
        implied_version: bool = False,
        limit: int = 0,
        name: str = "",
        long: bool = False,
        size: int = 0,
    ) -> None:
        self.kind = kind
        self.kind_known = kind_known
        self.value = value
        self.spelling = spelling
        self.statements = statements
        allows: list[Statement] = []
        denies: list[Statement] = []
        traits = 0
        doubtful = True
        for statement in statements:
            traits |= statement.traits
            if statement.effect == "allow":
                allows.append(statement)
                doubtful = doubtful and statement.may_be_void
            elif statement.effect == "deny":
                denies.append(statement)
        traits &= _SHARED
        if denies:
            traits |= _CONTRARY if allows else Trait.DENY
        elif allows and doubtful:
            traits |= Trait.DOUBTFUL
        if len(allows) > 1 or len(denies) > 1:
            traits |= Trait.SEVERAL_ALIKE
        if long:
            traits |= Trait.LONG
        if promises_reading(name):
            traits |= Trait.READ_ONLY_NAME
        listed = value.get("statement")
        if value.get("version") != "2.0" or type(listed) is not list or not listed:
            traits |= Trait.IRREGULAR
        if spelling is not USUAL_TOP:
            if not TOP_LEVEL.issuperset(value):
                traits |= Trait.IRREGULAR
            if "principal" in spelling:
                traits |= Trait.PRINCIPAL
        if malformed or principals:
            for text in _further_texts(principals, malformed):
                if shows_sign(text):
                    traits |= Trait.UNFILLED
        self.traits = traits
        self.allows = tuple(allows)
        self.denies = tuple(denies)
        self.principals = principals
        self.malformed = malformed
        self.bare = bare
        self.implied_version = implied_version
        self.limit = limit
        self.name = name
        self.size = size

    def opening(self) -> Place:
        """The first character of the document, the place for what is missing in it."""
        return Place((), part=OPENING)

    def element(self, name: str) -> Place:
        """The value of the element with this lower-case name; the opening when it is absent."""
        key = self.spelling.get(name)
        return self.opening() if key is None else Place((key,))

    def opening_of(self, name: str) -> Place:
        """The first character of a top-level element's value; of the document when absent."""
        key = self.spelling.get(name)
        return Place(() if key is None else (key,), part=OPENING)

    def principals_of(self, statement: Statement) -> tuple[Principal, ...]:
        """Whom a statement speaks of: its own principals, else those of the whole document."""
        return statement.principals if "principal" in statement.spelling else self.principals

    def by_principals(
        self, statements: Iterable[Statement]
    ) -> Iterator[tuple[tuple[Principal, ...], list[Statement]]]:
        """Those of the statements that speak of anybody, together where it is the whole document's.

        So what is to be known of principals is found once for many statements.
        """
        common: list[Statement] = []
        for statement in statements:
            if "principal" not in statement.spelling:
                common.append(statement)
            elif statement.principals:
                yield statement.principals, [statement]
        if common and self.principals:
            yield self.principals, common

    def keys(self) -> list[tuple[Pointer, str]]:
        """Every key of the document and of its statements, with the pointer of the object."""
        found: list[tuple[Pointer, str]] = [] if self.bare else [((), key) for key in self.value]
        for statement in self.statements:
            found.extend((statement.pointer, key) for key in statement.value)
        return found


def _further_texts(
    principals: tuple[Principal, ...], malformed: tuple[Malformed, ...]
) -> list[str]:
    """The texts that stand in no statement, which few documents have."""
    found = [principal.text for principal in principals]
    for fault in malformed:
        if fault.statement is None and isinstance(fault.value, str):
            found.append(fault.value)
    return found
