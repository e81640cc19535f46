"""What each statement of a policy reaches: how many actions of which level, service by service."""

from collections.abc import Iterable
from dataclasses import dataclass

from camlint.catalog.action import Action
from camlint.catalog.catalog import Catalog
from camlint.policy.elements import ActionPattern
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.tasks.levels import LEVELS, catch, catch_by_level, group_by_level

ANY_OPERATION = "*"


@dataclass(frozen=True, slots=True)
class Reach:
    """Of the ``known`` actions of one level, how many a statement names."""

    named: int
    known: int


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """What a statement names of one service; ``service`` is its prefix as written, maybe a glob.

    ``title`` is the service's name, ``""`` for a glob or an unknown prefix. ``reach`` has every
    level. ``everything`` says that all operations are named, those nobody published among them.
    ``unknown`` are the actions and patterns that stand for no known action: what level they are of
    isn't known.
    """

    service: str
    title: str
    patterns: tuple[str, ...]
    reach: dict[str, Reach]
    everything: bool
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatementSummary:
    """A statement, by number from 1, with a row for each service its actions name."""

    number: int
    statement: Statement
    rows: tuple[ServiceRow, ...]


def summarize(policy: Policy, catalog: Catalog) -> tuple[StatementSummary, ...]:
    """The statements of a policy, summarised in their order.

    Counts are of known actions, and of what the action elements name: neither resources nor
    conditions lessen them.
    """
    return tuple(
        StatementSummary(number, statement, _rows(statement.actions, catalog))
        for number, statement in enumerate(policy.statements, 1)
    )


def _rows(actions: Iterable[ActionPattern], catalog: Catalog) -> tuple[ServiceRow, ...]:
    by_service: dict[str, list[ActionPattern]] = {}
    for action in actions:
        by_service.setdefault(action.name.service.text, []).append(action)
    return tuple(_row(service, named, catalog) for service, named in by_service.items())


def _row(service: str, actions: list[ActionPattern], catalog: Catalog) -> ServiceRow:
    patterns = {action.name.operation.text: action.name.opaque for action in actions}
    named: dict[str, Action] = {}
    unknown = []
    for operation, opaque in patterns.items():
        caught = () if opaque else catch(service, operation, catalog)
        named.update((one.qualified, one) for one in caught)
        if not caught:
            unknown.append(operation)
    reached = group_by_level(named.values())
    there = catch_by_level(service, ANY_OPERATION, catalog)
    known = None if "*" in service else catalog.find_service(service)
    return ServiceRow(
        service,
        known.title if known else "",
        tuple(patterns),
        {level: Reach(len(reached[level]), len(there[level])) for level in LEVELS},
        ANY_OPERATION in patterns,
        tuple(unknown),
    )
