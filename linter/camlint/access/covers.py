"""Whether other statements of a policy match every request that one statement matches.

The requests of a statement are the product of its actions and resources. A product lies in a
union of products exactly when its generic requests do, so each cell of it (one action, one
resource) is asked about with one request.
"""

from collections.abc import Iterator

from camlint.access.answer import Answer, Cell, Cover
from camlint.access.question import OutOfBudget, Question
from camlint.access.resources import matches_nothing_named


def covers(question: Question, index: int, candidates: int) -> Cover:
    """What the statements of the mask ``candidates`` do to the requests of statement ``index``.

    Undecided throughout when the question's budget is spent.
    """
    try:
        return _cover(question, index, candidates)
    except OutOfBudget:
        statement = question.statements[index]
        return Cover(
            (),
            (),
            (),
            tuple(
                Cell(action, resource)
                for action in range(len(statement.actions))
                for resource in range(len(statement.resources))
            ),
        )


def _cover(question: Question, index: int, candidates: int) -> Cover:
    statement = question.statements[index]
    candidates &= ~(1 << index)
    doubtful = question.doubtful
    able = question.under_conditions_of(statement) & candidates
    closed: list[Cell] = []
    open_: list[Cell] = []
    unsure: list[Cell] = []
    used = 0
    for cell, requests in _cells(question, index):
        state = closed
        for request in requests:
            hit = request.action & request.sure & able
            if hit:
                if not hit & used:
                    used |= hit & -hit
                continue
            perhaps = (request.action | doubtful) & (request.perhaps | doubtful) & candidates
            if not perhaps and not request.hypothetical:
                state = open_
                break
            state = unsure
        state.append(cell)
    by = tuple(number for number in range(len(question.statements)) if used >> number & 1)
    return Cover(by, tuple(closed), tuple(open_), tuple(unsure))


class _Generic:
    """A generic request, by the masks of the statements that match its two halves.

    ``hypothetical`` marks one of which it isn't known whether the statement matches it at all.
    """

    __slots__ = ("action", "hypothetical", "perhaps", "sure")

    def __init__(self, action: int, matched: tuple[int, int], *, hypothetical: bool) -> None:
        self.action = action
        self.sure, self.perhaps = matched
        self.hypothetical = hypothetical


def _cells(question: Question, index: int) -> Iterator[tuple[Cell, list[_Generic]]]:
    """The cells of a statement that hold a request, or may, with their generic requests."""
    statement = question.statements[index]
    areas = [question.area(resource.text) for resource in statement.resources]
    matched = [question.match_resource(area.point(question.letters)) for area in areas]
    for at, action in enumerate(statement.actions):
        if action.name.opaque:
            continue
        scoped = question.granularity(statement, at)
        mask = question.match_action(question.generic_action(action.name.qualified))
        service = question.generic_action(action.name.service.text)
        for number, area in enumerate(areas):
            requests: list[_Generic] = []
            if scoped is not False:
                requests.append(_Generic(mask, matched[number], hypothetical=False))
            if scoped is not True:
                bare = matches_nothing_named(area, action.name.service.text)
                if bare is not Answer.NO:
                    unnamed = question.match_nothing_named(service)
                    doubt = bare is Answer.UNDECIDED
                    requests.append(_Generic(mask, unnamed, hypothetical=doubt))
            if requests:
                yield Cell(at, number), requests
