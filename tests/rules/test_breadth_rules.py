"""What the rules about breadth say beyond their own examples."""

from collections.abc import Sequence

import pytest

from camlint.engine import Engine
from camlint.fixes import fix_text
from camlint.kinds import Kind
from camlint.place import render_pointer
from camlint.policy.read import read_policy
from camlint.registry import load_registry
from camlint.rule import Context, Finding, Rule, Safety, Severity
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source
from camlint_rules.breadth import (
    administrator_access,
    effectively_wildcard,
    read_only_name,
    service_wildcard,
    wildcard_action,
)

EVERYTHING: dict[str, object] = {"effect": "allow", "action": "*", "resource": "*"}
READ_ONLY = {"numeric_equal": {"qcs:read_only_action": 1}}
ONE = "qcs::trtc::uin/100000000001:sdkappid/1400000001"


def findings(
    rule: Rule, statements: Sequence[dict[str, object]], kind: Kind = Kind.IDENTITY
) -> list[Finding]:
    if kind not in rule.kinds:
        return []
    policy = read_policy({"version": "2.0", "statement": list(statements)}, kind)
    visited = (policy,) if rule.visits == "Policy" else policy.statements
    return [finding for value in visited for finding in rule.check(value, Context(kind))]


def places(found: list[Finding]) -> list[str]:
    return [render_pointer(finding.at.pointer) for finding in found]


def deny(*actions: str, resource: str = "*", **more: object) -> dict[str, object]:
    return {"effect": "deny", "action": list(actions), "resource": resource, **more}


@pytest.mark.parametrize("action", ["*", "*:*", ["cos:GetObject", "*"]])
@pytest.mark.parametrize("resource", ["*", "qcs:::::*", "qcs::*::*:*", [ONE, "*"]])
def test_all_spellings_of_everything_make_an_administrator(
    action: object, resource: object
) -> None:
    statement = {"effect": "Allow", "action": action, "resource": resource}
    (finding,) = findings(administrator_access.check, [statement])
    assert finding.scope == ("statement", 0)
    assert len(finding.related) == 1


@pytest.mark.parametrize(
    "statement",
    [
        {**EVERYTHING, "effect": "deny"},
        {**EVERYTHING, "action": "cos:*"},
        {**EVERYTHING, "action": "name/c*:*"},
        {**EVERYTHING, "resource": ONE},
        {**EVERYTHING, "resource": "qcs::cvm:::*"},
        {**EVERYTHING, "resource": "qcs:::ap-guangzhou::*"},
        {**EVERYTHING, "condition": READ_ONLY},
        {**EVERYTHING, "condition": {"ip_equal": {"qcs:ip": "10.0.0.0/8"}}},
        {**EVERYTHING, "condition": {}},
        {"effect": "allow", "action": "*"},
    ],
)
def test_what_is_less_than_everything_or_cannot_be_read(statement: dict[str, object]) -> None:
    assert findings(administrator_access.check, [statement]) == []


@pytest.mark.parametrize(
    "other",
    [
        deny("finance:*"),
        deny("cos:DeleteBucket", "name/cos:DeleteObject"),
        deny("trtc:*", condition={"ip_not_equal": {"qcs:ip": "10.0.0.0/8"}}),
        {"effect": "allow", "action": "cam:*", "resource": "*"},
        deny("cam:AttachUserPolicy"),
        deny("cam:*", resource="qcs::cam::uin/100000000001:uin/100000000002"),
    ],
)
def test_a_deny_of_other_services_leaves_an_administrator(other: dict[str, object]) -> None:
    assert places(findings(administrator_access.check, [other, EVERYTHING])) == [
        "/statement/1/action"
    ]


@pytest.mark.parametrize(
    "other",
    [
        deny("*"),
        deny("cam:*"),
        deny("c*:*"),
        deny("permid/280655"),
        deny("cos GetObject"),
        {"effect": "forbid", "action": "cos:*", "resource": "*"},
    ],
)
def test_a_deny_that_may_reach_identities_leaves_it_to_wildcard_action(
    other: dict[str, object],
) -> None:
    statements = [EVERYTHING, other]
    assert findings(administrator_access.check, statements) == []
    assert places(findings(wildcard_action.check, statements)) == ["/statement/0/action"]


@pytest.mark.parametrize("kind", [Kind.SCP, Kind.TRUST, Kind.BUCKET])
def test_administrators_are_made_by_identity_and_session_policies_only(kind: Kind) -> None:
    assert kind not in administrator_access.check.kinds


def test_an_administrator_is_told_once() -> None:
    text = (
        '{"version": "2.0", "statement": '
        '[{"effect": "allow", "action": ["*", "cos:*"], "resource": ["*", "qcs:::::*"]}]}'
    )
    engine = Engine(load_registry(), Selection(("CAM6",)), NOTHING_STATED)
    found = engine.lint(Source("policy.json", text)).diagnostics
    assert [(one.code, one.offending) for one in found] == [("CAM601", '"*"')]


def test_an_administrator_in_one_statement_leaves_the_others_to_their_rules() -> None:
    text = (
        '{"version": "2.0", "statement": [{"effect": "allow", "action": "*", "resource": "*"}, '
        '{"effect": "allow", "action": "trtc:*", "resource": "*"}]}'
    )
    engine = Engine(load_registry(), Selection(("CAM6",)), NOTHING_STATED)
    found = engine.lint(Source("policy.json", text)).diagnostics
    assert [one.code for one in found] == ["CAM601", "CAM604"]


@pytest.mark.parametrize("key", ["qcs:read_only_action", "qcs:except_cam_finance"])
@pytest.mark.parametrize("value", [1, "1", [1]])
@pytest.mark.parametrize("action", ["*", "trtc:*"])
def test_the_conditions_of_preset_policies_exempt(key: str, value: object, action: str) -> None:
    statement = {**EVERYTHING, "action": action, "condition": {"numeric_equal": {key: value}}}
    assert findings(wildcard_action.check, [statement]) == []
    assert findings(service_wildcard.check, [statement]) == []


@pytest.mark.parametrize(
    "condition",
    [
        {"numeric_equal": {"qcs:read_only_action": 0}},
        {"numeric_not_equal": {"qcs:read_only_action": 1}},
        {"numeric_equal_if_exist": {"qcs:read_only_action": 1}},
        {"numeric_equal": {"qcs:read_only_action": [0, 1]}},
        {"string_equal": {"qcs:resource_tag": "env&test"}},
    ],
)
def test_other_conditions_do_not_exempt(condition: dict[str, object]) -> None:
    assert len(findings(wildcard_action.check, [{**EVERYTHING, "condition": condition}])) == 1


def test_a_condition_that_cannot_be_read_is_not_judged() -> None:
    statement = {**EVERYTHING, "condition": {"numeric_equal": "qcs:read_only_action"}}
    assert findings(wildcard_action.check, [statement]) == []
    assert findings(service_wildcard.check, [{**statement, "action": "cos:*"}]) == []


def test_a_bucket_policy_is_told_of_its_bucket() -> None:
    statement = {**EVERYTHING, "resource": "qcs::cos::uid/1250000000:logs-1250000000/*"}
    (finding,) = findings(wildcard_action.check, [statement], Kind.BUCKET)
    assert "the bucket" in finding.message
    assert "product" not in finding.message


@pytest.mark.parametrize(
    "resource",
    [
        ONE,
        "qcs::trtc::uin/100000000001:sdkappid/14*",
        "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
        "qcs::ocr:::subUin/${uin}",
        "qcs::cam::uin/100000000001:root",
    ],
)
def test_a_service_wildcard_on_named_resources_is_a_note(resource: str) -> None:
    statement = {"effect": "allow", "action": "trtc:*", "resource": [resource]}
    (finding,) = findings(service_wildcard.check, [statement])
    assert finding.severity is Severity.NOTE


@pytest.mark.parametrize(
    "resource",
    [
        "*",
        "qcs::cvm:::*",
        "qcs::trtc::uin/100000000001:sdkappid/*",
        "qcs::cos:ap-guangzhou:uid/1250000000:*",
        "qcs::cos:ap-guangzhou:uid/1250000000:logs-*",
    ],
)
def test_a_service_wildcard_on_anything_else_is_a_warning(resource: str) -> None:
    statement = {"effect": "allow", "action": "name/trtc:*", "resource": [ONE, resource]}
    (finding,) = findings(service_wildcard.check, [statement])
    assert finding.severity is None
    assert [render_pointer(one.at.pointer) for one in finding.related] == [
        "/statement/0/resource/1"
    ]


@pytest.mark.parametrize("action", ["trtc:Describe*", "trtc:*Room", "*", "c*:*", "permid/280655"])
def test_only_a_whole_service_is_a_service_wildcard(action: str) -> None:
    assert findings(service_wildcard.check, [{**EVERYTHING, "action": action}]) == []


def test_resources_that_limit_nothing_count_only_in_an_allow() -> None:
    statement = {
        "effect": "allow",
        "action": "cvm:*",
        "resource": ["qcs:::::*", "qcs::cvm:::*", "*"],
    }
    assert places(findings(effectively_wildcard.check, [statement])) == ["/statement/0/resource/0"]
    assert findings(effectively_wildcard.check, [{**statement, "effect": "deny"}]) == []


def told_of_names(name: str, statements: Sequence[dict[str, object]]) -> list[Finding]:
    policy = read_policy({"version": "2.0", "statement": statements}, Kind.IDENTITY, name=name)
    return list(read_only_name.check.check(policy, Context()))


def test_a_name_is_held_against_what_the_policy_allows() -> None:
    writing = {"effect": "allow", "action": ["cdb:Describe*", "cdb:De*"], "resource": "*"}
    (finding,) = told_of_names("cdb-readonly", [writing])
    assert places([finding]) == ["/statement/0/action/1"]
    assert finding.message.startswith('"cdb-readonly" promises reading only')
    assert "at least" in finding.message
    assert finding.witness is not None
    assert finding.witness.request.action == "cdb:DeleteAccounts"
    assert told_of_names("cdb-operators", [writing]) == []
    assert told_of_names("", [writing]) == []


def test_one_action_more_than_reading_is_named_without_counts() -> None:
    statement = {"effect": "allow", "action": "cdb:RestartDBInstances", "resource": "*"}
    (finding,) = told_of_names("cdb-readonly", [statement])
    assert finding.message.endswith("also allows cdb:RestartDBInstances")
    assert finding.note == ""


def test_an_administrator_by_the_name_of_a_reader_is_told_both() -> None:
    text = '{"version": "2.0", "statement": [{"effect": "allow", "action": "*", "resource": "*"}]}'
    engine = Engine(load_registry(), Selection(("CAM6",)), NOTHING_STATED)
    found = engine.lint(Source("policies/ReadOnlyAccess.json", text)).diagnostics
    assert [one.code for one in found] == ["CAM601", "CAM608"]
    assert "of sensitive actions alone" in found[1].note


def fixed(text: str, most: Safety = Safety.NARROWING) -> str:
    engine = Engine(load_registry(), Selection(("CAM604",)), NOTHING_STATED, edits=True)
    return fix_text(Source("policy.json", text), engine, most).text


def test_a_whole_product_is_narrowed_to_what_reads_only_when_that_is_asked_for() -> None:
    text = (
        '{"version": "2.0", "statement": '
        '[{"effect": "allow", "action": "name/tag:*", "resource": "*"}]}'
    )
    assert fixed(text, Safety.SAFE) == text
    assert fixed(text) == text.replace('"name/tag:*"', '["name/tag:Describe*", "name/tag:Get*"]')


def test_what_stands_beside_a_whole_product_is_not_written_again() -> None:
    start = '{"version": "2.0", "statement": [{"effect": "allow", "action": ['
    end = '], "resource": "*"}]}'
    beside = '"tag:D*", "tag:Get*"'
    assert fixed(f'{start}"tag:*", "tag:Get*"{end}') == f'{start}"tag:Describe*", "tag:Get*"{end}'
    assert fixed(f'{start}{beside}, "tag:*"{end}') == f"{start}{beside}{end}"


def test_on_named_resources_the_whole_product_is_left() -> None:
    text = (
        '{"version": "2.0", "statement": [{"effect": "allow", "action": ["cdb:*"], '
        '"resource": ["qcs::cdb::uin/100000000001:instanceId/cdb-a1b2c3d4"]}]}'
    )
    assert fixed(text) == text
