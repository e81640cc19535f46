"""Whether one policy grants everything that another one does."""

from camlint.access.covers import covered_by, matches_nothing
from camlint.access.find import find
from camlint.access.question import Question
from camlint.access.readable import readable
from camlint.catalog.catalog import Catalog
from camlint.policy.policy import Policy
from camlint.settings import Settings


def contains(outer: Policy, inner: Policy, settings: Settings, catalog: Catalog) -> bool:
    """Whether each request that ``inner`` allows by itself, ``outer`` allows by itself: proved.

    False proves nothing. A policy that allows no request at all is contained in none.
    """
    question = Question((outer, inner), settings, catalog)
    if question.loose:
        return False
    sure = question.definite
    for index, statement in enumerate(question.statements):
        if not (statement.understood and readable(statement)):
            sure &= ~(1 << index)
    outers = (1 << len(outer.statements)) - 1
    inners = question.full & ~outers
    if (question.allows & inners | question.denies & outers) & ~sure:
        return False
    own_denies = question.denies & inners & sure
    granting = question.allows & outers & sure
    left: list[int] = []
    for index in _indices(question.allows & inners):
        if covered_by(question, index, own_denies):
            continue
        if covered_by(question, index, granting | own_denies):
            left.append(index)
        elif not matches_nothing(question, index):
            return False
    return bool(left) and not any(
        find(question, (index, deny), own_denies) is not None
        for deny in _indices(question.denies & outers)
        for index in left
    )


def _indices(mask: int) -> list[int]:
    return [index for index in range(mask.bit_length()) if mask >> index & 1]
