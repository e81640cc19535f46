"""What policies allow, as values: some actions, those of a service, and those of all services."""

from collections.abc import Iterator
from dataclasses import dataclass

from camlint.catalog.action import Action
from camlint.tasks.decision import PlacedStatement
from camlint.tasks.levels import LEVELS


@dataclass(frozen=True, slots=True)
class Permission:
    """Known actions of one level that the same statements allow.

    ``allowed_by`` are statements of the principal's policies, ``denied_by`` those of any layer that
    refuse a part of it. ``conditional`` says that it holds under conditions only, ``undecided``
    that it can't be told whether there is any request that is allowed.
    """

    actions: tuple[Action, ...]
    allowed_by: tuple[PlacedStatement, ...]
    denied_by: tuple[PlacedStatement, ...]
    conditional: bool
    undecided: bool

    @property
    def resources(self) -> tuple[str, ...]:
        """The resources of the statements, each once; ``"*"`` alone where that is among them.

        A statement that has no such element, as in a role policy, speaks of every one.
        """
        texts = dict.fromkeys(
            one.text for placed in self.allowed_by for one in placed.statement.resources
        )
        if "*" in texts or any(
            "resource" not in placed.statement.spelling for placed in self.allowed_by
        ):
            return ("*",)
        return tuple(texts)


@dataclass(frozen=True, slots=True)
class ServicePermissions:
    """What is allowed of one service: its permissions by level, every level being there."""

    service: str
    title: str
    levels: dict[str, tuple[Permission, ...]]

    @property
    def permissions(self) -> Iterator[Permission]:
        """All of them."""
        for level in LEVELS:
            yield from self.levels[level]

    @property
    def count(self) -> int:
        """How many known actions are surely allowed."""
        return sum(len(one.actions) for one in self.permissions if not one.undecided)

    @property
    def undecided(self) -> int:
        """Of how many more it can't be told."""
        return sum(len(one.actions) for one in self.permissions if one.undecided)


@dataclass(frozen=True, slots=True)
class Permissions:
    """What is allowed, service by service.

    ``unreadable`` are statements of the principal's policies that may allow more than can be told.
    ``exhausted`` says that there was too much to look at, so that some actions stay undecided for
    that alone.
    """

    services: tuple[ServicePermissions, ...]
    unreadable: tuple[PlacedStatement, ...]
    exhausted: bool

    @property
    def count(self) -> int:
        """How many known actions are surely allowed."""
        return sum(one.count for one in self.services)

    @property
    def undecided(self) -> int:
        """Of how many more it can't be told."""
        return sum(one.undecided for one in self.services)
