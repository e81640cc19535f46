"""What the rules about the form and repetition of actions say in further cases."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.engine import Engine
from camlint.findings import Diagnostic
from camlint.kinds import Kind
from camlint.patterns import covers, split_action
from camlint.policy.read import read_policy
from camlint.registry import load_registry
from camlint.rule import Context
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source
from camlint_rules.action import redundant_action

ENGINE = Engine(load_registry(), Selection(("CAM101", "CAM109"), strict=True), NOTHING_STATED)


def policy_of(actions: object) -> dict[str, object]:
    statement = {"effect": "allow", "action": actions, "resource": ["*"]}
    return {"version": "2.0", "statement": [statement]}


def lint(actions: object) -> tuple[Diagnostic, ...]:
    text = json.dumps(policy_of(actions), ensure_ascii=False)
    return ENGINE.lint(Source("policy.json", text)).diagnostics


def redundant(actions: list[str]) -> list[tuple[int, str]]:
    """Index of each redundant action, and the action that makes it so."""
    (statement,) = read_policy(policy_of(actions), Kind.IDENTITY).statements
    return [
        (int(finding.at.pointer[-1]), actions[int(finding.related[0].at.pointer[-1])])
        for finding in redundant_action.check.check(statement, Context())
    ]


@pytest.mark.parametrize(
    ("action", "fault", "way_out"),
    [
        ("DescribeInstances", "of which product", '"cvm:DescribeInstances"'),
        ("name/DescribeInstances", "of which product", '"cvm:DescribeInstances"'),
        ("cos", "names no operation", '"cos:*"'),
        ("cos:", "names no operation", '"cos:*"'),
        (":GetObject", "names no service", '"cvm:GetObject"'),
        ("cos.GetObject", "a dot", '"cos:GetObject"'),
        ("name/cos/GetObject", "a slash", '"name/cos:GetObject"'),
        ("cos::GetObject", "two colons", '"cos:GetObject"'),
        ("“cos:GetObject”", "quotation marks", '"cos:GetObject"'),
        ("cos:GetObject,", "punctuation", '"cos:GetObject"'),
        ("cos:Get*,cos:Put*", "2 actions", '["cos:Get*", "cos:Put*"]'),
        ("cos:Get* cos:Put*", "2 actions", '["cos:Get*", "cos:Put*"]'),
        ("cos:Get*、cos:Put*", "2 actions", '["cos:Get*", "cos:Put*"]'),
        ("Name/cos:GetObject", "misspelt name/", '"name/cos:GetObject"'),
        ("name:cos:GetObject", "misspelt name/", '"name/cos:GetObject"'),
        ("permit/280649", "permid/", '"permid/280649"'),
        ("qcs::cos:::reports-1253653367/*", "is a resource", '"resource"'),
        ("arn:aws:iam::1:role/x", "another cloud", "service:Operation"),
        ("cas:<ActionName>", "<ActionName>", "put in the name"),
        ("cos:${action}", "${action}", "put in the name"),
        ("cos:{{ action }}", "{{ action }}", "put in the name"),
        ("GET /v1/rooms", "path of a web request", "service:Operation"),
        ("/v1/rooms", "path of a web request", "service:Operation"),
        ("ecs:instances:list", "more than one colon", "one colon"),
        ("**", "every action", '"*"'),
        ("cos:Get/Object", "isn't a form", "service:Operation"),
    ],
)
def test_a_malformed_action_is_told_by_its_own_fault(action: str, fault: str, way_out: str) -> None:
    (found,) = lint([action])
    assert found.code == "CAM101"
    assert fault in found.message
    assert way_out in found.help


@given(st.text("cos:/ *.,<>${}name，：“”GetPut", min_size=1, max_size=24))
def test_a_repair_that_is_offered_is_well_formed(action: str) -> None:
    for found in lint([action]):
        offered = found.help.removeprefix('write "')
        if found.code == "CAM101" and offered != found.help:
            assert split_action(offered.partition('"')[0]) is not None


def test_nothing_is_said_of_sets_that_nobody_can_read() -> None:
    assert lint(["*", "permid/280649", "permid/280649"]) == ()


def test_of_equal_actions_the_later_is_redundant() -> None:
    assert redundant(["cos:GetObject", "name/cos:GetObject"]) == [(1, "cos:GetObject")]
    assert redundant(["*", "*:*"]) == [(1, "*")]


def test_of_equal_patterns_in_two_spellings_the_later_is_redundant() -> None:
    assert redundant(["cos:Get**", "cos:Get*"]) == [(1, "cos:Get**")]


def test_the_widest_pattern_is_named() -> None:
    found = redundant(["cos:GetBucket", "cos:GetB*", "cos:Get*"])
    assert found == [(0, "cos:Get*"), (1, "cos:Get*")]


def test_case_and_service_keep_actions_apart() -> None:
    assert redundant(["cos:getObject", "cos:GetObject", "ci:Get*", "cos:G?t*"]) == []


ACTIONS = st.lists(st.from_regex(r"[ab]:[ab*]{1,4}|\*", fullmatch=True), max_size=8)


@given(ACTIONS)
def test_the_redundant_ones_are_exactly_those_without_which_nothing_is_lost(
    actions: list[str],
) -> None:
    names = [split_action(action) for action in actions]
    texts = [name.qualified for name in names if name is not None]
    found = dict(redundant(actions))
    for index, text in enumerate(texts):
        wider = [
            other
            for other, wide in enumerate(texts)
            if other != index and covers(wide, text) and (other < index or not covers(text, wide))
        ]
        assert (index in found) == bool(wider)
    kept = [text for index, text in enumerate(texts) if index not in found]
    assert all(any(covers(wide, text) for wide in kept) for text in texts)


def test_a_statement_of_twenty_thousand_patterns_ends_with_its_repetitions_reported() -> None:
    actions = [f"cos:*{number}x*" for number in range(20_000)] + ["cos:*0x*"]
    found = redundant(actions)
    assert found[-1] == (20_000, "cos:*0x*")


def test_a_very_long_action_is_quoted_in_part() -> None:
    (found,) = lint(["cos:Get," * 100_000])
    assert len(found.message) < 200
