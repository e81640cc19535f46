"""The laws for statements with conditions: what the engine says of circumstances, tried one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.kinds import Kind
from oracle.evaluator import Plain
from oracle.laws import (
    check_covers,
    check_decide,
    check_find,
    check_meets,
    check_partial_knowledge,
)
from oracle.strategies import SORTS, cases

RANDOM = st.randoms(use_true_random=False)
OF_PEOPLE = SORTS["people"]
each_sort = pytest.mark.parametrize("sort", ("one-key", "whole", "sets", "unclear", "verbs"))


def test_what_only_reads_in_a_service_that_a_pattern_takes_in_is_left() -> None:
    everything = {"effect": "allow", "action": ["*"], "resource": ["*"]}
    check_covers(
        [
            {**everything, "condition": {"numeric_equal": {"qcs:read_only_action": 0}}},
            {**everything, "action": ["c*:*"]},
            {**everything, "condition": {"numeric_equal": {"qcs:except_cam_finance": 0}}},
        ]
    )


@each_sort
@cases(120)
@given(st.data())
def test_covers(sort: str, data) -> None:
    check_covers(data.draw(SORTS[sort]))


@each_sort
@cases(120)
@given(st.data())
def test_what_is_found_and_what_is_not(sort: str, data) -> None:
    check_find(data.draw(SORTS[sort]))


@each_sort
@cases(60)
@given(st.data())
def test_what_meets(sort: str, data) -> None:
    check_meets(data.draw(SORTS[sort]))


@each_sort
@cases(60)
@given(st.data(), RANDOM)
def test_decisions(sort: str, data, random) -> None:
    check_decide(data.draw(SORTS[sort]), random)


@each_sort
@cases(40)
@given(st.data(), RANDOM)
def test_decisions_on_what_is_known_in_part(sort: str, data, random) -> None:
    check_partial_knowledge(data.draw(SORTS[sort]), random)


@cases(120)
@given(OF_PEOPLE)
def test_covers_among_people(policy: list[Plain]) -> None:
    check_covers(policy, kind=Kind.BUCKET)


@cases(80)
@given(OF_PEOPLE)
def test_what_is_found_among_people(policy: list[Plain]) -> None:
    check_find(policy, kind=Kind.BUCKET)


@cases(60)
@given(OF_PEOPLE, RANDOM)
def test_decisions_among_people(policy: list[Plain], random) -> None:
    check_decide(policy, random, kind=Kind.BUCKET)
