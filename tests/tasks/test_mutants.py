"""What a policy can lose: each statement, condition, action and resource, and nothing else."""

import copy
import json
from pathlib import Path

import pytest

from camlint.source import Source
from camlint.tasks.decision import PlacedPolicy
from camlint.tasks.mutants import list_mutants
from camlint.tasks.policy_files import PolicyFiles

ALLOW = {
    "effect": "allow",
    "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
    "resource": ["qcs::trtc:::sdkappid/1", "qcs::trtc:::sdkappid/2"],
    "condition": {"ip_equal": {"qcs:ip": "10.0.0.1"}, "string_equal": {"a": ["x", "y"], "b": "z"}},
}
DENY = {"effect": "deny", "action": "trtc:DismissRoom", "resource": ["*"]}


def name(value: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> PlacedPolicy:
    monkeypatch.chdir(tmp_path)
    source = Source("policy.json", json.dumps(value))
    return PolicyFiles(lambda path: source).open("policy.json", "")


def test_each_part_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    value = {"version": "2.0", "statement": [ALLOW, DENY]}
    before = copy.deepcopy(value)
    file = name(value, monkeypatch, tmp_path)
    mutants = list(list_mutants(file))
    assert [(one.number, one.part, one.text) for one in mutants] == [
        (1, "statement", ""),
        (1, "action", "trtc:DismissRoom"),
        (1, "action", "trtc:RemoveUser"),
        (1, "resource", "qcs::trtc:::sdkappid/1"),
        (1, "resource", "qcs::trtc:::sdkappid/2"),
        (1, "condition", "ip_equal qcs:ip"),
        (1, "condition", "string_equal a"),
        (1, "value", "string_equal a x"),
        (1, "value", "string_equal a y"),
        (1, "condition", "string_equal b"),
        (2, "statement", ""),
    ]
    values = [one.new.policy.value for one in mutants]
    assert values[0] == {"version": "2.0", "statement": [DENY]}
    assert values[1]["statement"] == [{**ALLOW, "action": ["trtc:RemoveUser"]}, DENY]
    assert values[4]["statement"] == [{**ALLOW, "resource": ["qcs::trtc:::sdkappid/1"]}, DENY]
    assert values[5]["statement"] == [
        {**ALLOW, "condition": {"string_equal": {"a": ["x", "y"], "b": "z"}}},
        DENY,
    ]
    assert values[6]["statement"] == [
        {**ALLOW, "condition": {"ip_equal": {"qcs:ip": "10.0.0.1"}, "string_equal": {"b": "z"}}},
        DENY,
    ]
    assert values[10] == {"version": "2.0", "statement": [ALLOW]}
    condition = {"ip_equal": {"qcs:ip": "10.0.0.1"}, "string_equal": {"a": ["x"], "b": "z"}}
    assert values[8]["statement"] == [{**ALLOW, "condition": condition}, DENY]
    assert file.policy.value == before


def test_the_last_condition_takes_its_element_along(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    deny = {**DENY, "Condition": {"ip_equal": {"qcs:ip": "10.0.0.1"}}}
    file = name({"version": "2.0", "Statement": [deny]}, monkeypatch, tmp_path)
    assert list(list_mutants(file))[-1].new.policy.value == {"version": "2.0", "Statement": [DENY]}


def test_a_statement_outside_of_a_list(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = name({"version": "2.0", "statement": ALLOW}, monkeypatch, tmp_path)
    whole, action, *_ = list_mutants(file)
    assert whole.new.policy.value == {"version": "2.0", "statement": []}
    assert whole.new.policy.statements == ()
    assert action.new.policy.value["statement"]["action"] == ["trtc:RemoveUser"]


def test_a_bare_statement(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bare = {"effect": "allow", "action": ["sts:AssumeRole"], "principal": {"service": ["a.com"]}}
    (whole,) = list_mutants(name(bare, monkeypatch, tmp_path))
    assert whole.old.policy.bare
    assert whole.new.policy.statements == ()
    assert not whole.new.policy.bare
