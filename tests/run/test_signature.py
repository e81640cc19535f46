"""Signatures: what policies that mean the same share, and what they cost."""

import json
import pickle

import pytest

from camlint.kinds import Kind
from camlint.policy.policy import Policy
from camlint.policy.read import read_policy
from camlint.run.signature import hash_meaning, sign

PLAIN = {"effect": "allow", "action": ["cvm:StopInstances", "cos:GetObject"], "resource": ["*"]}


def read(*statements: object, kind: Kind = Kind.IDENTITY, **top: object) -> Policy:
    return read_policy({"version": "2.0", "statement": list(statements), **top}, kind)


@pytest.mark.parametrize(
    "other",
    [
        {"resource": "*", "action": ["name/cos:GetObject", "cvm:StopInstances"], "effect": "allow"},
        {**PLAIN, "action": [*PLAIN["action"], "cos:GetObject"]},
    ],
)
def test_ways_of_writing_share_a_hash(other: dict[str, object]) -> None:
    assert hash_meaning(read(other)) == hash_meaning(read(PLAIN))
    assert hash_meaning(read(other, PLAIN)) == hash_meaning(read(PLAIN))


@pytest.mark.parametrize(
    "other",
    [
        read({**PLAIN, "effect": "deny"}),
        read({**PLAIN, "action": "cos:GetObject"}),
        read({**PLAIN, "resource": "qcs::cos:::a/*"}),
        read({**PLAIN, "condition": {"ip_equal": {"qcs:ip": "10.0.0.1"}}}),
        read({**PLAIN, "principal": {"qcs": ["*"]}}),
        read(PLAIN, kind=Kind.SCP),
        read(PLAIN, version="1.0"),
        read(PLAIN, {"effect": "deny", "action": "*", "resource": "*"}),
        read({**PLAIN, "notAction": "cos:*"}),
    ],
)
def test_what_says_something_else_does_not(other: Policy) -> None:
    assert hash_meaning(other) != hash_meaning(read(PLAIN))


def test_values_of_conditions_keep_their_types() -> None:
    one, other = (
        read({**PLAIN, "condition": {"string_equal": {"cos:prefix": value}}}) for value in (1, "1")
    )
    assert hash_meaning(one) != hash_meaning(other)


def test_what_cannot_be_read_is_compared_as_written() -> None:
    odd = {**PLAIN, "action": [5]}
    assert hash_meaning(read(odd)) == hash_meaning(read(odd))
    assert hash_meaning(read(odd)) != hash_meaning(read({**odd, "action": [6]}))


def test_a_signature_is_small_and_travels() -> None:
    signature = sign(read(PLAIN), "a.json", 0, "")
    back = pickle.loads(pickle.dumps(signature)).kept("a.json")
    assert (back.meaning, back.actions, back.open) == (
        signature.meaning,
        ("cos:GetObject", "cvm:StopInstances"),
        ("cos:GetObject", "cvm:StopInstances"),
    )
    told = [back.address, back.meaning.hex(), back.resources.hex(), *back.actions]
    assert len(json.dumps(told)) < 200


def test_limits_of_resources() -> None:
    photos = {**PLAIN, "resource": ["qcs::cos:::photos-1/*", "qcs::cvm:::instance/ins-1"]}
    signature = sign(read(photos), "a.json", 0, "")
    assert (len(signature.resources), signature.open) == (8, ())
    moved = {
        **photos,
        "resource": ["qcs::cos:gz:uid/1:photos-1/a", "qcs::cvm::uin/2:instance/ins-1"],
    }
    assert sign(read(moved), "b.json", 0, "").resources == signature.resources


def test_everything_is_marked() -> None:
    every = {"effect": "allow", "action": "*", "resource": "*"}
    assert sign(read(every), "a.json", 0, "").everything
    limited = {**every, "condition": {"ip_equal": {"qcs:ip": "10.0.0.1"}}}
    assert not sign(read(limited), "a.json", 0, "").everything
    assert not sign(read(PLAIN), "a.json", 0, "").everything
