"""Several comparisons told together: each policy with itself as it was, or one side with another."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from camlint.access.answer import Answer
from camlint.access.comparison import Relation, relate
from camlint.tasks.compare import Review


class Status(Enum):
    """How the two sides of a comparison belong together; the values are those of the JSON report."""

    COMPARED = "compared"
    CHANGED = "changed"
    RENAMED = "renamed"
    ADDED = "added"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Change:
    """One comparison. Of a policy that was added or deleted, the other side is empty."""

    status: Status
    review: Review


@dataclass(frozen=True, slots=True)
class Changes:
    """All comparisons of a run, and of how many files it was plain that nothing changed.

    ``base`` is the revision that was compared with, ``""`` where the user named both sides.
    """

    listed: tuple[Change, ...]
    base: str = ""
    unchanged: int = 0

    @property
    def gained(self) -> Answer:
        """Whether anything was gained in any of them."""
        return any_of(change.review.gained.answer for change in self.listed)

    @property
    def lost(self) -> Answer:
        """Whether anything was lost in any of them."""
        return any_of(change.review.lost.answer for change in self.listed)

    @property
    def relation(self) -> Relation:
        """The verdict on all of them in sum."""
        return relate(self.gained, self.lost)


def any_of(answers: Iterable[Answer]) -> Answer:
    """YES if one of the answers is, else UNDECIDED if one of them is."""
    given = set(answers)
    return next((one for one in (Answer.YES, Answer.UNDECIDED) if one in given), Answer.NO)
