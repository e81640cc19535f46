"""The index of signatures loses no policy that is proved to contain another."""

import random
from itertools import permutations

import pytest

from camlint.access.contains import contains
from camlint.catalog.catalog import Catalog
from camlint.kinds import Kind
from camlint.policy.policy import Policy
from camlint.policy.read import read_policy
from camlint.run.candidates import Candidates
from camlint.run.signature import sign
from camlint.settings import NOTHING_STATED

CATALOG = Catalog()
ACTIONS = ("cos:GetObject", "cos:PutObject", "cos:Get*", "cos:*", "*:GetObject", "cvm:RunInstances")
RESOURCES = (
    "*",
    "qcs::cos:::*",
    "qcs::cos:::photos-1250000000/*",
    "qcs::cos:::photos-1250000000/a/*",
    "qcs::cos:ap-guangzhou::photos-1250000000/*",
    "qcs::cvm:::instance/*",
    "qcs::cvm:::instance/ins-12345678",
)


def make_policy(dice: random.Random) -> Policy:
    statements = [
        {
            "effect": dice.choice(("allow", "allow", "allow", "deny")),
            "action": dice.sample(ACTIONS, dice.randint(1, 2)),
            "resource": dice.sample(RESOURCES, dice.randint(1, 2)),
        }
        for _ in range(dice.randint(1, 2))
    ]
    return read_policy({"version": "2.0", "statement": statements}, Kind.IDENTITY)


@pytest.mark.parametrize("seed", range(20))
def test_every_policy_that_contains_another_is_a_candidate(seed: int) -> None:
    dice = random.Random(seed)
    policies = [make_policy(dice) for _ in range(12)]
    index = Candidates([sign(one, str(at), 0, "") for at, one in enumerate(policies)])
    for inner, outer in permutations(range(len(policies)), 2):
        if contains(policies[outer], policies[inner], NOTHING_STATED, CATALOG):
            dead = policies[inner].denies
            assert outer in set(index.of(inner)) or dead, (inner, outer)


def test_something_is_contained_in_these_policies() -> None:
    dice = random.Random(0)
    policies = [make_policy(dice) for _ in range(40)]
    found = sum(
        contains(outer, inner, NOTHING_STATED, CATALOG)
        for outer, inner in permutations(policies, 2)
    )
    assert found > 50


def test_policies_of_other_kinds_are_no_candidates() -> None:
    value: dict[str, object] = {
        "version": "2.0",
        "statement": [{"effect": "allow", "action": "cos:*", "resource": "*"}],
    }
    kinds = (Kind.IDENTITY, Kind.SCP, Kind.IDENTITY)
    signatures = [sign(read_policy(value, kind), str(at), 0, "") for at, kind in enumerate(kinds)]
    assert list(Candidates(signatures).of(0)) == [2]
