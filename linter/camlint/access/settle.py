"""Which statements match a generic request in all circumstances, or circumstances in which none does."""

from contextlib import suppress

from camlint.access.intersections import OutOfBudget
from camlint.access.question import Question, Situation
from camlint.access.requests import Generic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.access.contexts import Context
    from camlint.access.derived import Derived

WHENEVER: "Context" = {}
"""The circumstances of a request that has no condition key at all."""


class Settled:
    """What became of a generic request that some statements match under their conditions.

    ``hits`` has a mask of the statements that match it for each case that must be told apart, none
    when there are no circumstances for it at all; None when it isn't proved to be matched.
    ``context`` are circumstances in which surely nothing matches it, None when none were found.
    """

    __slots__ = ("context", "hits")

    def __init__(self, hits: tuple[int, ...] | None, context: "Context | None") -> None:
        self.hits = hits
        self.context = context


def settle(
    question: Question,
    pos: tuple[int, ...],
    request: Generic,
    situation: Situation,
    candidates: int,
) -> Settled:
    """What the candidates do to a generic request of the statements ``pos``.

    Raises OutOfBudget.
    """
    sure = request.action & request.sure & candidates
    if sure & situation.able:
        return Settled((sure & situation.able,), None)
    perhaps = request.action & request.perhaps & situation.perhaps & candidates
    hits: tuple[int, ...] | None = None
    with suppress(OutOfBudget):
        hits = find_hits(question, pos, sure & situation.named, request.derived)
    if hits is not None:
        return Settled(hits, None)
    if not any(question.conditional >> index & 1 for index in pos):
        if not perhaps:
            return Settled(None, WHENEVER)
        if perhaps & ~question.conditional:
            return Settled(None, None)
    return Settled(None, question.contexts.escape(pos, perhaps, request.derived))


def find_hits(
    question: Question, pos: tuple[int, ...], sure: int, derived: "Derived"
) -> tuple[int, ...] | None:
    """The statements of a mask that hold wherever ``pos`` do: a mask for each case, None unproved.

    Raises OutOfBudget.
    """
    conditional = question.conditional
    if not sure & conditional and not any(conditional >> index & 1 for index in pos):
        return (sure,) if sure else None
    return question.contexts.cover(pos, sure, derived)
