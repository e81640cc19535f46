"""Why a search was left undecided: what about the statements kept it from a proof and a request."""

from itertools import pairwise

from camlint.access.answer import Answer
from camlint.access.derived import derive
from camlint.access.intersections import OutOfBudget, intersect
from camlint.access.meets import meets
from camlint.access.question import Question
from camlint.access.resources import intersect_areas
from camlint.access.work import Work

MOST_PAIRS = 2_000
"""Pairs of patterns that are looked at to explain one search."""


def surely_apart(question: Question, one: int, other: int) -> bool:
    """Whether it is proved that two statements share no request."""
    try:
        return meets(question, one, other) is Answer.NO
    except OutOfBudget:
        return False


def may_meet(question: Question, index: int, pos: tuple[int, ...]) -> bool:
    """Whether a statement may match a request that all of the others match."""
    return not any(surely_apart(question, index, one) for one in pos)


def is_vague(question: Question, index: int) -> bool:
    """Whether a statement has a resource of which CAM's documents don't say what it matches.

    That is one with a variable, a placeholder, or a wildcard inside of a segment.
    """
    return any(area.unknown or area.partial for area in question.areas(index))


def may_never_hold(question: Question, pos: tuple[int, ...]) -> bool:
    """Whether no circumstances are known in which the conditions of all statements hold."""
    conditional = any(question.conditional >> index & 1 for index in pos)
    if not conditional:
        return False
    for action in question.statements[pos[0]].actions:
        derived = derive(action.name.service.text, action.name.operation.text)
        try:
            if question.contexts.escape(pos, 0, derived) is not None:
                return False
        except OutOfBudget:
            return True
    return True


def is_tangled(question: Question, pos: tuple[int, ...]) -> bool:
    """Whether the patterns of statements share more than can be listed, as ``*a*b*`` and ``*c*d*``."""
    work = Work(MOST_PAIRS)
    try:
        for one, other in pairwise(pos):
            for first in question.statements[one].actions:
                for second in question.statements[other].actions:
                    work.spend(1)
                    intersect(first.name.operation.text, second.name.operation.text)
            for area in question.areas(one):
                for against in question.areas(other):
                    work.spend(1)
                    intersect_areas(area, against, question.letters)
    except OutOfBudget:
        return True
    return False
