"""Which known actions each action of a policy stands for, level by level."""

from dataclasses import dataclass

from camlint.catalog.action import Action
from camlint.catalog.catalog import Catalog
from camlint.patterns import ActionName
from camlint.policy.elements import ActionPattern
from camlint.policy.malformed import Malformed
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.tasks.levels import catch_by_level, group_by_level


@dataclass(frozen=True, slots=True)
class Expansion:
    """An action as a policy has it, and the known actions it stands for, by level.

    ``known`` has every level. CAM knows more actions than are published: of a pattern, ``count`` is
    the least number of actions that it catches.
    """

    pattern: ActionPattern
    known: dict[str, tuple[Action, ...]]

    @property
    def count(self) -> int:
        """How many known actions there are, of all levels."""
        return sum(map(len, self.known.values()))

    @property
    def name(self) -> ActionName:
        """The parts of the action."""
        return self.pattern.name


@dataclass(frozen=True, slots=True)
class ExpandedStatement:
    """A statement's actions, each expanded; ``unreadable`` are those that the grammar refuses.

    ``number`` counts statements from 1.
    """

    number: int
    statement: Statement
    expansions: tuple[Expansion, ...]
    unreadable: tuple[Malformed, ...]


def expand(policy: Policy, catalog: Catalog) -> tuple[ExpandedStatement, ...]:
    """The statements of a policy with each of their actions expanded."""
    return tuple(
        ExpandedStatement(
            number,
            statement,
            tuple(_expand(pattern, catalog) for pattern in statement.actions),
            tuple(fault for fault in statement.malformed if fault.element == "action"),
        )
        for number, statement in enumerate(policy.statements, 1)
    )


def _expand(pattern: ActionPattern, catalog: Catalog) -> Expansion:
    name = pattern.name
    if name.opaque:
        return Expansion(pattern, group_by_level(()))
    return Expansion(pattern, catch_by_level(name.service.text, name.operation.text, catalog))
