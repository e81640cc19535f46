"""Searches that are paid for, so that however many are needed, they come to an end."""

from camlint.access.answer import Request, Unknown
from camlint.access.find import MOST_BOXES, find
from camlint.access.intersections import OutOfBudget
from camlint.access.question import Question

PARTS = 4
"""The parts of a resource that each take a look at all resources to be made concrete."""


class Work:
    """What may still be spent on a search."""

    __slots__ = ("_left",)

    def __init__(self, most: int) -> None:
        self._left = [most]

    def spend(self, amount: int) -> None:
        """Raise OutOfBudget when there isn't as much left."""
        self._left[0] -= amount
        if self._left[0] < 0:
            raise OutOfBudget


def find_within(
    work: Work, question: Question, pos: tuple[int, ...], neg: int
) -> Request | Unknown | None:
    """The same as ``find``, paid for. Raises OutOfBudget.

    To make a request concrete, each of its parts is tried on all resources of the question.
    """
    cells = 1
    for index in pos:
        statement = question.statements[index]
        cells *= max(1, len(statement.actions)) * max(1, len(statement.resources))
    work.spend(min(cells, MOST_BOXES))
    found = find(question, pos, neg)
    if found is not None:
        work.spend(PARTS * len(question.every_area()))
    return found
