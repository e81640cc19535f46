"""What a change gained and lost, arranged for those who review it: by service and access level."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from camlint.access.answer import Answer
from camlint.access.compare import Grounds, compare_sides
from camlint.access.comparison import (
    Cause,
    Comparison,
    Difference,
    Doubt,
    Excess,
    Relation,
    relate,
)
from camlint.access.decide import list_bits
from camlint.access.derived import derive
from camlint.access.sides import Sides
from camlint.access.spread import spread
from camlint.catalog.action import Action
from camlint.catalog.catalog import Catalog
from camlint.patterns import matcher, split_action
from camlint.policy.statement import Statement
from camlint.settings import Settings
from camlint.tasks.held import Pool
from camlint.tasks.levels import catch

UNKNOWN_LEVEL = "unknown"
"""The level of an action that the catalogue hasn't got."""

BY_RISK = ("permissions", "write", "tagging", "read", "list", UNKNOWN_LEVEL)
"""The levels in the order in which a reviewer wants to see them."""

ALWAYS_LOOKED_AT = ("cam", "sts")
"""Services that are looked into where a pattern reaches every one: they hand out permissions."""

MOST_ACTIONS = 3_000
"""Known actions that are sorted for one direction; further ones aren't counted."""

MOST_GROUPS = 300
"""Groups of actions, told apart by what matches them, of which an example is looked for."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is gained or lost at one level of one service.

    ``known`` counts the known actions of which that is certain, those of the differences among
    them; it is 0 where the actions aren't in the catalogue. Each of the ``differences`` names other
    statements than those before it.
    """

    service: str
    level: str
    known: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """What changed in one direction.

    ``reaching`` are the patterns of changed statements that name more services than there are rows
    for.
    """

    answer: Answer
    rows: tuple[Row, ...]
    doubts: tuple[Doubt, ...]
    reaching: tuple[str, ...] = ()

    @property
    def differences(self) -> tuple[Difference, ...]:
        """All differences, row by row."""
        return tuple(one for row in self.rows for one in row.differences)


@dataclass(frozen=True, slots=True)
class Review:
    """Two sides compared: the verdict on NEW, and what it gained and lost."""

    relation: Relation
    old: Pool
    new: Pool
    gained: Shift
    lost: Shift


def review(old: Pool, new: Pool, settings: Settings, catalog: Catalog) -> Review:
    """What ``new`` gained and lost against ``old``, all policies of a side being one principal's."""
    kinds = {policy.kind for policy in (*old.policies, *new.policies)}
    if old.unread or new.unread:
        return _give_up(old, new, Cause.UNREAD)
    if len(kinds) > 1:
        return _give_up(old, new, Cause.KIND)
    sides = Sides(old.policies, new.policies, settings, catalog)
    comparison: Comparison = compare_sides(sides)
    return Review(
        comparison.relation,
        old,
        new,
        _arrange(sides, comparison.gained, lost=False),
        _arrange(sides, comparison.lost, lost=True),
    )


def _give_up(old: Pool, new: Pool, cause: Cause) -> Review:
    """A review of what can't be compared: only nothing at all surely grants nothing."""
    doubt = Shift(Answer.UNDECIDED, (), (Doubt(cause),))
    nothing = Shift(Answer.NO, (), ())
    gained, lost = nothing if new.empty else doubt, nothing if old.empty else doubt
    return Review(relate(gained.answer, lost.answer), old, new, gained, lost)


def _arrange(sides: Sides, excess: Excess, *, lost: bool) -> Shift:
    """The differences as rows, with those of further levels that the same statements reach."""
    if excess.answer is not Answer.YES:
        return Shift(excess.answer, (), excess.doubts)
    catalog = sides.question.catalog
    table = _Table()
    before, after = (sides.new, sides.old) if lost else (sides.old, sides.new)
    changed = list(_changed(sides, Grounds(sides, before, after)))
    groups = _group(sides, changed)
    examples = spread(sides, [names[0].qualified for names in groups], lost=lost)
    for names in groups:
        example = examples.get(names[0].qualified)
        if example is not None:
            table.add(names[0].service, names[0].level, len(names), example)
    for difference in excess.differences:
        service, _, operation = difference.request.action.partition(":")
        known = catalog.find_action(service, operation)
        level = UNKNOWN_LEVEL if known is None else known.level
        table.add(service, level, 0, difference)
    wild = {one for one in _patterns(changed) if "*" in one.partition(":")[0]}
    reaching = sorted("*" if one == "*:*" else one for one in wild)
    return Shift(excess.answer, table.rows(), excess.doubts, tuple(reaching))


class _Table:
    """Rows in the making. What no catalogue lists is told only of statements not told of before."""

    __slots__ = ("_counts", "_differences", "_told")

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], int] = {}
        self._differences: dict[tuple[str, str], list[Difference]] = {}
        self._told: set[tuple[str, tuple[int, ...], tuple[int, ...]]] = set()

    def add(self, service: str, level: str, known: int, difference: Difference) -> None:
        """Count actions; the difference is kept if it names other statements than those before."""
        key = (service, level)
        statements = (service, difference.allowed_by, difference.refused_by)
        if level == UNKNOWN_LEVEL and statements in self._told:
            return
        kept = self._differences.setdefault(key, [])
        self._counts[key] = self._counts.get(key, 0) + known
        if all(
            (one.allowed_by, one.refused_by) != (difference.allowed_by, difference.refused_by)
            for one in kept
        ):
            kept.append(difference)
            self._told.add(statements)

    def rows(self) -> tuple[Row, ...]:
        """The rows, by service, and in each the riskiest level first."""
        keys = sorted(self._counts, key=lambda key: (key[0], BY_RISK.index(key[1])))
        return tuple(Row(*key, self._counts[key], tuple(self._differences[key])) for key in keys)


def _changed(sides: Sides, grounds: Grounds) -> Iterator[Statement]:
    """The statements that stand on one side only and that a difference can be due to."""
    for index in list_bits(grounds.allows | grounds.denies):
        yield sides.question.statements[index]


def _patterns(statements: Iterable[Statement]) -> Iterator[str]:
    for statement in statements:
        for action in statement.actions:
            if not action.name.opaque:
                yield action.name.qualified


def _group(sides: Sides, changed: list[Statement]) -> list[list[Action]]:
    """The known actions of changed statements, together where the very same holds for them.

    That is where they are of one service, level and sort, and matched by the same statements.
    """
    question = sides.question
    named = {
        service
        for statement in question.statements
        for service in statement.services
        if "*" not in service
    }
    groups: dict[tuple[object, ...], list[Action]] = {}
    left = MOST_ACTIONS
    seen: set[str] = set()
    for pattern in dict.fromkeys(_patterns(changed)):
        for action in _catch(pattern, named, question.catalog):
            name = action.qualified
            if name in seen or split_action(name) is None:
                continue
            if not left:
                break
            left -= 1
            seen.add(name)
            key = (
                action.service,
                action.level,
                question.catalog.resource_level(action.service, action.name),
                derive(action.service, action.name),
                question.match_action(name),
            )
            groups.setdefault(key, []).append(action)
    return list(groups.values())[:MOST_GROUPS]


def _catch(pattern: str, named: set[str], catalog: Catalog) -> Iterator[Action]:
    """The known actions that a pattern catches, of all services only those looked at."""
    service, _, operation = pattern.partition(":")
    if "*" not in service:
        yield from catch(service, operation, catalog)
        return
    for one in filter(matcher(service), sorted({*named, *ALWAYS_LOOKED_AT})):
        yield from catch(one, operation, catalog)
