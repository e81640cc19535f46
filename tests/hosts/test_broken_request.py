"""A request that isn't JSON, with its policy in a string: neither is passed over."""

import json

import pytest

from camlint.api import lint_text
from camlint.engine import Engine
from camlint.finding import Safety
from camlint.fixes import fix_text
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source

POLICY = {
    "version": "2.0",
    "statement": [{"effect": "alow", "action": ["cvm:RunInstances"], "resource": ["*"]}],
}


def request(inner: str, outer: str = ",") -> str:
    return f'{{\n  // the body\n  "PolicyName": "x",\n  "PolicyDocument": {json.dumps(inner)}{outer}\n}}'


def codes(text: str) -> list[tuple[str, str, int]]:
    return [(one.code, one.policy, one.region.start.line) for one in lint_text(text).diagnostics]


def test_both_the_request_and_its_policy_are_told_of() -> None:
    assert codes(request(json.dumps(POLICY))) == [
        ("CAM001", "", 2),
        ("CAM010", "/PolicyDocument", 4),
        ("CAM001", "", 4),
    ]


def test_slips_of_the_policy_in_the_string_are_told_beside_those_of_the_request() -> None:
    found = codes(request(json.dumps(POLICY)[:-1] + ",}"))
    assert [one[:2] for one in found].count(("CAM001", "/PolicyDocument")) == 1
    assert [one[:2] for one in found].count(("CAM001", "")) == 2


def test_the_slips_of_a_request_are_told_once_for_all_its_policies() -> None:
    two = json.dumps({"PolicyDocument": json.dumps(POLICY), "Policy": json.dumps(POLICY)})
    found = codes(f"{two[:-1]},}}")
    assert [one[0] for one in found] == ["CAM010", "CAM010", "CAM001"]


@pytest.mark.parametrize("outer", [", ...", ' "x": '])
def test_a_request_that_cannot_be_mended_is_not_called_clean(outer: str) -> None:
    found = codes(request(json.dumps(POLICY), outer))
    assert {one[0] for one in found} >= {"CAM001"}


def test_a_request_without_a_policy_stays_silent() -> None:
    foreign = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*"}]}
    assert codes(request(json.dumps(foreign))) == []
    assert codes(request("nothing to do with it")) == []
    assert codes('{"Content": "effect and statement", }') == []


def test_all_slips_of_the_request_are_mended_at_once() -> None:
    engine = Engine(load_registry(), Selection(), NOTHING_STATED, edits=True)
    text = request(json.dumps(POLICY | {"statement": []}))
    fixed = fix_text(Source("request.json", text), engine, Safety.REPAIR).text
    assert json.loads(json.loads(fixed)["PolicyDocument"]) == POLICY | {"statement": []}


def test_a_broken_policy_in_a_string_is_told_of_before_a_whole_one_beside_it() -> None:
    broken = json.dumps(POLICY)[:-1] + ",}"
    for first, last in (({"PolicyDocument": broken}, POLICY), (POLICY, {"PolicyDocument": broken})):
        found = [one[0] for one in codes(json.dumps([first, last]))]
        assert sorted(found) == ["CAM001", "CAM010", "CAM010"]
