"""Whether two statements of a question can match the same request."""

from camlint.access.answer import Answer
from camlint.access.intersections import OutOfBudget, globs_meet
from camlint.access.operations import Operations
from camlint.access.question import Question
from camlint.access.requests import NOTHING
from camlint.access.resources import overlap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.access.derived import Derived


def meets(question: Question, one: int, other: int) -> Answer:
    """Whether statements ``one`` and ``other`` share a request; NO is a proof that they don't.

    Principals are not looked at, nor which actions are matched against resources: statements that
    differ only in those may meet.
    """
    answer = meets_somehow(question, one, other)
    if answer is Answer.NO or hold_together(question, one, other):
        return answer
    return Answer.NO


def hold_together(question: Question, *statements: int) -> bool:
    """Whether the conditions of statements may hold for one request; False is a proof."""
    if not any(question.conditional >> index & 1 for index in statements):
        return True
    from camlint.access.derived import derive_all  # noqa: PLC0415 - few policies have conditions

    possible: frozenset[Derived] = frozenset({NOTHING})
    if question.derives:
        possible = frozenset.intersection(
            *[derive_all(question.statements[index]) for index in statements]
        )
    try:
        return any(
            question.contexts.cover(statements, 0, derived) != () for derived in sorted(possible)
        )
    except OutOfBudget:
        return True


def meets_somehow(question: Question, one: int, other: int) -> Answer:
    """The same, as if neither statement had a condition."""
    if (question.unreadable >> one | question.unreadable >> other) & 1:
        return Answer.UNDECIDED
    answers = {
        overlap(area, against, question.letters)
        for area in question.areas(one)
        for against in question.areas(other)
    }
    sure = next((one for one in (Answer.YES, Answer.UNDECIDED) if one in answers), Answer.NO)
    if sure is Answer.NO or not actions_meet(question, one, other):
        return Answer.NO
    return sure


def actions_meet(question: Question, one: int, other: int) -> bool:
    """Whether two statements have an action in common, service and operation apart.

    An action has just one colon, so its two parts may be looked at one by one.
    """
    first, second = question.operations(one), question.operations(other)
    for service, operations in first.items():
        if "*" not in service:
            against = second.get(service)
            if against is not None and _meet(operations, against):
                return True
        for service2, against in second.items():
            wild = "*" in service or "*" in service2
            if wild and globs_meet(service, service2) and _meet(operations, against):
                return True
    return False


def _meet(one: Operations, other: Operations) -> bool:
    if not one.literal.isdisjoint(other.literal):
        return True
    return any(
        globs_meet(wild, operation)
        for first, second in ((one, other), (other, one))
        for wild in first.wild
        for operation in (*second.literal, *second.wild)
    )
