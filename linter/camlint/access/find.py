"""Searching for a request that some statements all match and others don't."""

from collections.abc import Iterable, Iterator

from camlint.access.answer import UNKNOWN, Request, Unknown
from camlint.access.covers import boxes
from camlint.access.intersections import OutOfBudget, intersect
from camlint.access.question import Question
from camlint.access.requests import Box, find_requests
from camlint.access.resources import intersect_areas
from camlint.access.settle import settle
from camlint.access.witness import witness

MOST_BOXES = 20_000
"""Pairs of an action and a resource that one search looks at before it is given up."""


def find(question: Question, pos: tuple[int, ...], neg: int) -> Request | Unknown | None:
    """A request that every statement of ``pos`` matches and none of the mask ``neg`` does.

    None is a proof that there is no such request. A request that is found is concrete, with the
    circumstances that it needs, and was asked of the statements again.
    """
    if question.loose or any(question.unreadable >> index & 1 for index in pos):
        return UNKNOWN
    neg &= ~question.probes
    unknown = False
    try:
        for box in _joint_boxes(question, pos):
            for request in find_requests(question, box):
                for situation in question.situations(pos):
                    settled = settle(question, pos, request, situation, neg)
                    if settled.hits is not None:
                        continue
                    unknown = True
                    sure = situation.sure and not request.hypothetical
                    if sure and settled.context is not None and not question.unreadable & neg:
                        found = witness(
                            question, box, request, situation.asker, settled.context, pos, neg
                        )
                        if found is not None:
                            return found
    except OutOfBudget:
        return UNKNOWN
    return UNKNOWN if unknown else None


def _joint_boxes(question: Question, pos: tuple[int, ...]) -> Iterator[Box]:
    """Boxes that hold each request that all statements match."""
    joint: Iterable[Box] = (box for _, box in boxes(question, pos[0]))
    for index in pos[1:]:
        others = [box for _, box in boxes(question, index)]
        joint = _intersect(question, joint, others)
    return iter(joint)


def _intersect(question: Question, ones: Iterable[Box], others: list[Box]) -> Iterator[Box]:
    spent = 0
    for one in ones:
        for other in others:
            spent += 1
            if spent > MOST_BOXES:
                raise OutOfBudget
            services = intersect(one.service, other.service)
            operations = intersect(one.operation, other.operation) if services else []
            if not operations:
                continue
            area, sure = intersect_areas(one.area, other.area, question.letters)
            for service in services:
                for operation in operations:
                    for part in area:
                        yield Box(service, operation, part, sure=one.sure and other.sure and sure)
