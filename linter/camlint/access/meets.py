"""Whether two statements of a policy can match the same request."""

from camlint.access.answer import Answer
from camlint.access.question import Question
from camlint.access.resources import globs_meet, overlap


def meets(question: Question, one: int, other: int) -> Answer:
    """Whether statements ``one`` and ``other`` share a request; NO is a proof that they don't.

    Conditions and principals are not looked at: statements that differ only in those may meet.
    """
    first, second = question.statements[one], question.statements[other]
    if (question.doubtful >> one | question.doubtful >> other) & 1:
        return Answer.UNDECIDED
    if not any(
        globs_meet(action.name.qualified, against.name.qualified)
        for action in first.actions
        for against in second.actions
    ):
        return Answer.NO
    answers = {
        overlap(question.area(resource.text), question.area(against.text), question.letters)
        for resource in first.resources
        for against in second.resources
    }
    for sure in (Answer.YES, Answer.UNDECIDED):
        if sure in answers:
            return sure
    return Answer.NO
