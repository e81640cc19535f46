"""The laws of comparing policies: what is gained and lost, tried out, and how answers go together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.access.answer import Answer
from camlint.access.comparison import Relation
from camlint.access.covers import covered_by
from oracle.blocks import DERIVED_BLOCKS, PLAIN_BLOCKS, SETS, UNCLEAR
from oracle.comparing import ask_both, check_excess
from oracle.evaluator import Plain
from oracle.rewriting import merge, reorder, rewrite, split_actions, split_resources
from oracle.strategies import (
    ACTIONS,
    FEW_ACTIONS,
    FEW_RESOURCES,
    ONE_ACTION,
    ONE_RESOURCE,
    OPEN_RESOURCES,
    PLAIN_RESOURCES,
    STATED,
    VERB_ACTIONS,
    ask,
    cases,
    policies,
    statements,
)

SORTS = {
    "plain": statements(ACTIONS, PLAIN_RESOURCES),
    "open": statements(ACTIONS, OPEN_RESOURCES),
    "conditions": statements(FEW_ACTIONS, FEW_RESOURCES, PLAIN_BLOCKS),
    "sets": statements(ONE_ACTION, ONE_RESOURCE, SETS),
    "unclear": statements(FEW_ACTIONS, ONE_RESOURCE, UNCLEAR),
    "verbs": statements(VERB_ACTIONS, FEW_RESOURCES, DERIVED_BLOCKS),
}
CLEAR = ("plain", "conditions")
"""Sorts of statements of which everything is known: nothing may stay undecided there."""

RANDOM = st.randoms(use_true_random=False)
MIRROR = {
    Relation.WIDER: Relation.NARROWER,
    Relation.NARROWER: Relation.WIDER,
}
each_sort = pytest.mark.parametrize("sort", sorted(SORTS))


def draw(data, sort: str, least: int = 1, most: int = 3) -> list[Plain]:
    drawn: list[Plain] = data.draw(policies(SORTS[sort], least, most))
    return drawn


@each_sort
@cases(60)
@given(st.data(), STATED, RANDOM)
def test_what_is_gained_and_lost(sort: str, data, stated, random) -> None:
    stated = stated if sort == "open" else None
    old, extra = draw(data, sort), draw(data, sort, most=1)
    new = rewrite(old, extra[0], random)
    both = ask_both(old, new, stated)
    check_excess(both.gained, old, new, stated)
    check_excess(both.lost, new, old, stated)
    back = ask_both(new, old, stated)
    assert (back.gained.answer, back.lost.answer) == (both.lost.answer, both.gained.answer)
    assert back.relation is MIRROR.get(both.relation, both.relation)
    if sort in CLEAR:
        assert both.relation is not Relation.UNKNOWN


@each_sort
@cases(30)
@given(st.data(), RANDOM)
def test_the_same_said_otherwise_is_equivalent(sort: str, data, random) -> None:
    old = draw(data, sort)
    assert ask_both(old, old).relation is Relation.EQUIVALENT
    for way in (reorder, split_actions, split_resources, merge):
        relation = ask_both(old, way(old, random)).relation
        if sort in CLEAR or way is reorder:
            assert relation is Relation.EQUIVALENT, way
        else:
            assert relation in (Relation.EQUIVALENT, Relation.UNKNOWN), way


@each_sort
@cases(40)
@given(st.data())
def test_an_allow_more_takes_nothing_and_a_deny_more_gives_nothing(sort: str, data) -> None:
    old, (extra,) = draw(data, sort), draw(data, sort, most=1)
    both = ask_both(old, [*old, extra])
    grown, shrunk = (
        (both.gained, both.lost) if extra["effect"] == "allow" else (both.lost, both.gained)
    )
    assert shrunk.answer is Answer.NO
    assert not shrunk.differences
    check_excess(
        grown, *((old, [*old, extra]) if extra["effect"] == "allow" else ([*old, extra], old)), None
    )


@each_sort
@cases(40)
@given(st.data(), RANDOM)
def test_proofs_go_on_from_one_to_the_next(sort: str, data, random) -> None:
    first, extra = draw(data, sort), draw(data, sort, least=2, most=2)
    second = rewrite(first, extra[0], random)
    third = rewrite(second, extra[1], random)
    one, two = ask_both(first, second), ask_both(second, third)
    far = ask_both(first, third)
    for left, right, both in ((one.gained, two.gained, far.gained), (one.lost, two.lost, far.lost)):
        if left.answer is Answer.NO and right.answer is Answer.NO:
            assert both.answer is (Answer.NO if sort in CLEAR else both.answer)
            assert both.answer is not Answer.YES


@each_sort
@cases(40)
@given(st.data())
def test_a_covered_statement_less_changes_nothing(sort: str, data) -> None:
    old = draw(data, sort, least=3, most=4)
    question = ask(old)
    for index, one in enumerate(old):
        same = question.allows if one["effect"] == "allow" else question.denies
        if covered_by(question, index, same):
            relation = ask_both(old, old[:index] + old[index + 1 :]).relation
            assert relation is Relation.EQUIVALENT
