"""What comes of comparing two sides: what was gained, what was lost, and what stayed open."""

from dataclasses import dataclass
from enum import Enum

from camlint.access.answer import Answer, Request, Verdict


class Relation(Enum):
    """What NEW is against OLD; the values are the words of every report."""

    EQUIVALENT = "equivalent"
    NARROWER = "narrower"
    WIDER = "wider"
    INCOMPARABLE = "incomparable"
    UNKNOWN = "unknown"


class Cause(Enum):
    """Why something could not be decided; the values are the words of the JSON report."""

    KIND = "kind"
    UNREAD = "unread"
    NOT_A_STATEMENT = "not-a-statement"
    UNREADABLE = "unreadable"
    CONDITION = "condition"
    OPEN = "open"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something undecided, and the statements it hangs on, by their indices into either side."""

    cause: Cause
    old: tuple[int, ...] = ()
    new: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A request that one side allows and the other doesn't, as both sides answer it.

    ``allowed_by`` and ``refused_by`` are indices into the statements of the side in question;
    ``refused_by`` is empty for an implicit deny: nothing allows it there.
    """

    request: Request
    allowed_by: tuple[int, ...]
    refusal: Verdict
    refused_by: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Excess:
    """What one side allows beyond the other.

    ``answer`` is YES with at least one difference, NO where it is proved that there is none, and
    UNDECIDED otherwise; ``doubts`` say what stayed open, and can stand beside differences, too.
    """

    answer: Answer
    differences: tuple[Difference, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What NEW gained and lost against OLD."""

    gained: Excess
    lost: Excess

    @property
    def relation(self) -> Relation:
        """The verdict."""
        return relate(self.gained.answer, self.lost.answer)


def relate(gained: Answer, lost: Answer) -> Relation:
    """The verdict on a change, by whether anything was gained and whether anything was lost.

    It is UNKNOWN as soon as either is undecided: a gain beside an undecided loss may be WIDER or
    INCOMPARABLE, and no gain beside it EQUIVALENT or NARROWER. What was found is told all the same.
    """
    if Answer.UNDECIDED in (gained, lost):
        return Relation.UNKNOWN
    if gained is Answer.YES:
        return Relation.INCOMPARABLE if lost is Answer.YES else Relation.WIDER
    return Relation.NARROWER if lost is Answer.YES else Relation.EQUIVALENT
