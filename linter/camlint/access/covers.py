"""Whether other statements of a question match every request that one statement matches.

Each cell of the statement, one action on one resource, is asked about with its generic requests.
"""

from collections.abc import Iterator
from itertools import product

from camlint.access.answer import Cell, Cover
from camlint.access.intersections import OutOfBudget
from camlint.access.question import Question, Situation
from camlint.access.requests import (
    Box,
    Generic,
    find_requests,
    find_unnamed,
    split_box,
)
from camlint.access.settle import Settled, find_hits, settle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.access.derived import Derived


def covers(question: Question, index: int, candidates: int) -> Cover:
    """What the statements of the mask ``candidates`` do to the requests of statement ``index``.

    Undecided throughout when the question's budget is spent or the statement can't be read.
    """
    closed: list[Cell] = []
    open_: list[Cell] = []
    unsure: list[Cell] = []
    hits: set[int] = set()
    situations = question.situations((index,))
    try:
        for cell, requests in _cells(question, index):
            state: list[Cell] | None = None
            for settled, refutable in _ask(question, index, candidates, situations, requests):
                if settled.hits is not None:
                    hits.update(settled.hits)
                    if settled.hits and state is None:
                        state = closed
                elif refutable and settled.context is not None:
                    state = open_
                    break
                else:
                    state = unsure
            if state is not None:
                state.append(cell)
    except OutOfBudget:
        closed, open_, hits = [], [], set()
        unsure = list(all_cells(question, index))
    return Cover(_name(hits), tuple(closed), tuple(open_), tuple(unsure))


def covered_by(question: Question, index: int, candidates: int) -> tuple[int, ...]:
    """The statements that together match all of statement ``index``; none when that isn't proved.

    The same as ``covers``, given up at the first request that isn't matched. Actions that are
    matched by the same statements are asked about once, and so are resources.
    """
    candidates &= ~(1 << index | question.probes)
    if question.unreadable >> index & 1:
        return ()
    situations = question.situations((index,))
    hits: set[int] = set()
    try:
        for action, resource, derived in _halves(question, index):
            sure = action & resource & candidates
            if not sure and not question.conditional >> index & 1:
                return ()
            for situation in situations:
                hit = sure & situation.able
                if hit:
                    hits.add(hit)
                    continue
                cases = find_hits(question, (index,), sure & situation.named, derived)
                if cases is None:
                    return ()
                hits.update(cases)
    except OutOfBudget:
        return ()
    return _name(hits)


def _halves(question: Question, index: int) -> "Iterator[tuple[int, int, Derived]]":
    """The masks of the statements that surely match the halves of each generic request.

    With each comes what follows from its action, if a condition asks for that.
    """
    areas = question.areas(index)
    named: set[tuple[int, Derived]] = set()
    unnamed: list[tuple[Box, Derived]] = []
    for action in question.statements[index].actions:
        whole = Box(action.name.service.text, action.name.operation.text, areas[0])
        for box, derived in split_box(question, whole):
            scoped: bool | None = None
            if not action.name.wild:
                scoped = question.catalog.resource_level(box.service, box.operation)
            if scoped is not False:
                generic = question.letters.generic(f"{box.service}:{box.operation}")
                half = (question.match_action(generic), derived)
                if half not in named:
                    named.add(half)
                    yield half[0], question.match_area(areas[0])[0], derived
            if not scoped:
                unnamed.append((box, derived))
    resources = {question.match_area(area)[0] for area in areas} if named else set()
    for (mask, derived), resource in product(named, resources):
        yield mask, resource, derived
    for box, derived in unnamed:
        for area in areas:
            if area.open:
                for request in find_unnamed(question, Box(box.service, box.operation, area)):
                    yield request.action, request.sure, derived


def cell_cover(
    question: Question, index: int, cells: list[Cell], candidates: int
) -> tuple[int, ...]:
    """The statements that together match some cells of statement ``index``, known to be matched."""
    wanted = {(cell.action, cell.resource) for cell in cells}
    situations = question.situations((index,))
    hits = {
        hit
        for cell, requests in _cells(question, index)
        if (cell.action, cell.resource) in wanted
        for settled, _ in _ask(question, index, candidates, situations, requests)
        for hit in settled.hits or ()
    }
    return _name(hits)


def remaining(question: Question, index: int, denies: int) -> tuple[Cell, ...]:
    """The cells of a statement of which something is left, or may be, beside these denies."""
    cover = covers(question, index, denies)
    return tuple(
        sorted((*cover.open, *cover.unsure), key=lambda cell: (cell.action, cell.resource))
    )


def matches_nothing(question: Question, index: int) -> bool:
    """Whether a statement matches no request at all: proved, False may be either."""
    if question.unreadable >> index & 1:
        return False
    situations = question.situations((index,))
    try:
        return not any(
            settle(question, (index,), request, situation, 0).hits is None
            for _, requests in _cells(question, index)
            for request in requests
            for situation in situations
        )
    except OutOfBudget:
        return False


def all_cells(question: Question, index: int) -> Iterator[Cell]:
    """Every pair of an action and a resource of a statement."""
    statement = question.statements[index]
    for action in range(len(statement.actions)):
        for resource in range(len(statement.resources) or 1):
            yield Cell(action, resource)


def boxes(question: Question, index: int) -> Iterator[tuple[Cell, Box]]:
    """The cells of a statement as boxes; sets of actions whose contents aren't known left out."""
    areas = question.areas(index)
    for at, action in enumerate(question.statements[index].actions):
        if not action.name.opaque:
            service, operation = action.name.service.text, action.name.operation.text
            for number, area in enumerate(areas):
                yield Cell(at, number), Box(service, operation, area)


def _cells(question: Question, index: int) -> Iterator[tuple[Cell, list[Generic]]]:
    """The cells that hold a request, or may, with their generic requests.

    What can't be read has no generic request that anything could match.
    """
    if question.unreadable >> index & 1:
        for cell in all_cells(question, index):
            yield cell, [_UNREADABLE]
        if not question.statements[index].actions:
            yield Cell(0, 0), [_UNREADABLE]
        return
    for cell, box in boxes(question, index):
        requests = list(find_requests(question, box))
        if requests:
            yield cell, requests


_UNREADABLE = Generic("*", "*", 0, (0, 0), named=True, hypothetical=True)


def _ask(
    question: Question,
    index: int,
    candidates: int,
    situations: list[Situation],
    requests: list[Generic],
) -> Iterator[tuple[Settled, bool]]:
    """What the candidates do to each request, and whether it is sure that there is such a one."""
    candidates &= ~(1 << index | question.probes)
    doubtful = question.loose or question.unreadable & candidates
    for situation in situations:
        for request in requests:
            settled = settle(question, (index,), request, situation, candidates)
            yield settled, situation.sure and not request.hypothetical and not doubtful


def _name(hits: set[int]) -> tuple[int, ...]:
    """The fewest statements that are easy to find, of which each request was matched by one."""
    every = -1
    for hit in hits:
        every &= hit
    if hits and every:
        return ((every & -every).bit_length() - 1,)
    used = 0
    for hit in sorted(hits, key=int.bit_count):
        if not hit & used:
            used |= hit & -hit
    return tuple(number for number in range(used.bit_length()) if used >> number & 1)
