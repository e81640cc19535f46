"""The policies of one side of a comparison, and where each of their statements stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from camlint.hosts.search import HostedPolicy
from camlint.place import Place, render_pointer
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.source import Lines


@dataclass(frozen=True, slots=True)
class HeldPolicy:
    """A policy, the ``path`` of its file as reports call it, and where it stands in there."""

    path: str
    hosted: HostedPolicy
    policy: Policy

    @property
    def title(self) -> str:
        """The file, and the place in it where that isn't the whole of it."""
        address = self.hosted.address
        return f"{self.path} at {address}" if address else self.path


@dataclass(frozen=True, slots=True)
class Spot:
    """A statement as reports name it; ``line`` and ``column`` are those of its first character."""

    path: str
    policy: str
    pointer: str
    effect: str | None
    line: int
    column: int
    statement: Statement


@dataclass(frozen=True, slots=True)
class Unread:
    """A policy that could not be read: where it stands, and why."""

    title: str
    reason: str


class Pool:
    """Policies taken together, their statements counted through, as ``access`` counts them.

    ``name`` is what reports call them all, and ``words`` are the arguments by which other commands
    find just them, if they do. ``unread`` are further ones of which nothing is known but that they
    are there.
    """

    __slots__ = ("_owners", "members", "name", "unread", "words")

    def __init__(
        self,
        name: str,
        members: Sequence[HeldPolicy] = (),
        unread: Sequence[Unread] = (),
        words: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.words = words
        self.members = tuple(members)
        self.unread = tuple(unread)
        self._owners = [
            (member, statement) for member in self.members for statement in member.policy.statements
        ]

    @property
    def empty(self) -> bool:
        """Whether nothing is granted on this side, since there is no policy."""
        return not self.members and not self.unread

    @property
    def policies(self) -> tuple[Policy, ...]:
        """The policies in their order."""
        return tuple(member.policy for member in self.members)

    def statement(self, index: int) -> Statement:
        """The statement of a number."""
        return self._owners[index][1]

    def spot(self, index: int) -> Spot:
        """Where the statement of a number stands."""
        member, statement = self._owners[index]
        hosted = member.hosted
        place = Place(hosted.pointer + statement.pointer)
        span = hosted.document.locate(place)
        source = hosted.document.source
        position = Lines(source.text, look_ups=1).position(span.start)
        return Spot(
            member.path,
            hosted.address,
            render_pointer(statement.pointer),
            statement.effect,
            position.line,
            position.column,
            statement,
        )
