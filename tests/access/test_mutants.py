"""Each law notices the faults that it is there for."""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from camlint.kinds import Kind
from oracle.comparing import check_comparison
from oracle.laws import (
    check_cheap_test,
    check_complete,
    check_covers,
    check_decide,
    check_find,
    check_meets,
    check_partial_knowledge,
)
from oracle.mutants import MUTANTS
from oracle.planting import Mutant, planted
from oracle.strategies import SORTS

LAWS: dict[str, Callable[..., None]] = {
    "cheap": check_cheap_test,
    "compare": check_comparison,
    "complete": check_complete,
    "covers": check_covers,
    "decide": check_decide,
    "find": check_find,
    "meets": check_meets,
    "partial": check_partial_knowledge,
}
RANDOM = ("compare", "decide", "partial")


OPEN = ("open", "accounts", "buckets", "regions", "nothing-named")
"""Sorts of policies of which nobody can say everything: the engine needn't either."""


def attempt(law: str, sort: str, cases: int) -> None:
    """Try a law on policies of a sort, the same ones in each run, until it is broken."""
    check = LAWS[law]
    if sort == "people":
        check = partial(check, kind=Kind.BUCKET)
    if law == "decide" and sort in OPEN:
        check = partial(check, exact=False)
    chance = st.randoms(use_true_random=False) if law in RANDOM else st.none()

    @settings(
        derandomize=True,
        max_examples=cases,
        phases=[Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(SORTS[sort], chance)
    def try_one(policy, random) -> None:
        check(policy, random) if random else check(policy)

    try_one()


@pytest.mark.parametrize("mutant", MUTANTS, ids=[mutant.fault for mutant in MUTANTS])
def test_a_fault_is_noticed(mutant: Mutant) -> None:
    with planted(mutant), pytest.raises(AssertionError):
        attempt(mutant.law, mutant.sort, 800)


@pytest.mark.parametrize(("law", "sort"), sorted({(one.law, one.sort) for one in MUTANTS}))
def test_without_a_fault_the_law_holds(law: str, sort: str) -> None:
    attempt(law, sort, 100)


def test_every_law_has_a_fault_that_it_notices() -> None:
    assert {mutant.law for mutant in MUTANTS} == set(LAWS)
