"""The engine against the solver cvc5: not one answer may differ."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.access.answer import UNKNOWN, Answer
from camlint.access.covers import covered_by, covers
from camlint.access.find import find
from camlint.access.intersections import globs_meet, intersect
from camlint.patterns import covers as glob_covers
from oracle.blocks import TYPED, blocks
from oracle.evaluator import Plain
from oracle.laws import searches
from oracle.strategies import ONE_ACTION, ONE_RESOURCE, ask, cases, policies, statements

try:
    from oracle.solver import Solver
except ImportError as missing:
    if os.environ.get("CI"):
        raise
    pytest.skip(f"cvc5 isn't here to ask: {missing}", allow_module_level=True)

SOLVER = Solver()
DEEP = 20
"""The solver is slow: a deep run asks it less often than the evaluator."""

GLOB = st.text("ab*", min_size=1, max_size=7)
FEW = st.lists(GLOB, min_size=1, max_size=4)


@cases(400, DEEP)
@given(GLOB, GLOB)
def test_a_glob_within_another(wide: str, narrow: str) -> None:
    assert glob_covers(wide, narrow) == SOLVER.includes([wide], narrow)


@cases(300, DEEP)
@given(FEW, GLOB)
def test_a_glob_within_the_union_of_some(wide: list[str], narrow: str) -> None:
    each = [[f"cos:{one}"] for one in (narrow, *wide)]
    question = ask([{"effect": "allow", "action": one, "resource": ["*"]} for one in each])
    included = SOLVER.includes(wide, narrow)
    assert bool(covered_by(question, 0, question.full & ~1)) == included
    tails = [[f"qcs::cos:ap-x:uin/1:{one}"] for one in (narrow, *wide)]
    question = ask([{"effect": "allow", "action": ["cos:a"], "resource": one} for one in tails])
    assert (covers(question, 0, question.full & ~1).answer is Answer.YES) == included


SHORT = st.text("ab*", min_size=1, max_size=5)


@cases(150, DEEP)
@given(SHORT, SHORT)
def test_what_globs_have_in_common(one: str, other: str) -> None:
    shared = intersect(one, other)
    assert globs_meet(one, other) == bool(shared) == SOLVER.meet(one, other)
    for part in shared:
        assert SOLVER.includes([one], part)
        assert SOLVER.includes([other], part)
    text = SOLVER.text
    beside = [SOLVER.no(SOLVER.matches(text, part)) for part in shared]
    assert not SOLVER.possible(SOLVER.matches(text, one), SOLVER.matches(text, other), *beside)


NUMBERS = policies(statements(ONE_ACTION, ONE_RESOURCE, blocks(TYPED["n"], most=2)), most=5)


def one_key(block: Plain) -> bool:
    """Whether a condition can be put to the solver, which is asked about IP version 4 only."""
    return len({key for keys in block.values() for key in keys}) == 1 and ":" not in str(
        [value for keys in block.values() for value in keys.values()]
    )


def not_ignoring_case(block: Plain) -> bool:
    return not any("ignore_case" in operator for operator in block)


ACTION = st.builds(
    "{}:{}".format,
    st.sampled_from(("cos", "tt", "*", "t*")),
    st.text("ab*", min_size=1, max_size=4),
)
LITERAL = st.sampled_from(("tt:ao", "tt:ar", "cos:a"))
RESOURCE = st.one_of(st.just("*"), st.builds("qcs::cos:ap-x:uin/1:{}".format, GLOB))


def boxes(key: str) -> st.SearchStrategy[list[Plain]]:
    some = blocks(TYPED[key], most=2).filter(one_key).filter(not_ignoring_case)
    return policies(statements(st.one_of(ACTION, LITERAL), RESOURCE, some))


@cases(300, DEEP)
@given(NUMBERS, st.data())
def test_intervals(policy: list[Plain], data) -> None:
    check(policy, data.draw(st.sampled_from(list(searches(policy)))))


@cases(250, DEEP)
@given(st.sampled_from("sni").flatmap(boxes), st.data())
def test_actions_resources_and_a_condition(policy: list[Plain], data) -> None:
    check(policy, data.draw(st.sampled_from(list(searches(policy)))))


def check(policy: list[Plain], search: tuple[tuple[int, ...], int]) -> None:
    found = find(ask(policy), *search)
    assert found is not UNKNOWN
    assert (found is not None) == SOLVER.escapes(policy, *search)
