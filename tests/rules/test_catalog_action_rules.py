"""What the rules about services and actions of the catalogue say beyond their own examples."""

from typing import Any

import pytest

from camlint.engine import Engine
from camlint.finding import Confidence, Finding, Severity
from camlint.kinds import Kind
from camlint.patterns import matcher
from camlint.place import render_pointer
from camlint.policy.read import read_policy
from camlint.registry import load_registry
from camlint.rule import Context, Rule
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source
from camlint_rules.action import (
    action_case,
    opaque_action_set,
    pattern_matches_nothing,
    unknown_action,
    unknown_service,
    unsupported_wildcard,
    wildcard_crosses_levels,
    wildcard_in_service,
)

RULES = (
    unknown_service.check,
    unknown_action.check,
    pattern_matches_nothing.check,
    action_case.check,
    wildcard_in_service.check,
    unsupported_wildcard.check,
    opaque_action_set.check,
    wildcard_crosses_levels.check,
)


def find(rule: Rule, *actions: str, kind: Kind = Kind.IDENTITY, **more: object) -> list[Finding]:
    statement = {"effect": "allow", "action": list(actions), "resource": "*", **more}
    policy = read_policy({"version": "2.0", "statement": [statement]}, kind)
    context = Context(kind)
    visited: tuple[object, ...] = (policy,)
    if rule.visits == "Statement":
        visited = policy.statements
    elif rule.visits == "ActionPattern":
        visited = tuple(action for one in policy.statements for action in one.actions)
    return [finding for value in visited for finding in rule.check(value, context)]


def only(rule: Rule, *actions: str, kind: Kind = Kind.IDENTITY, **more: object) -> Finding:
    (finding,) = find(rule, *actions, kind=kind, **more)
    return finding


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.code))
@pytest.mark.parametrize(
    "action",
    [
        "*",
        "*:*",
        "name/*:*",
        "trtc:*",
        "trtc:**",
        "trtc:DismissRoom",
        "name/cdb:DescribeDBInstances",
        "cvm:Describe*",
        "sts:AssumeRole",
    ],
)
def test_what_is_known_and_plain_is_left_alone(rule: Rule, action: str) -> None:
    assert find(rule, action) == []


@pytest.mark.parametrize(
    ("action", "proposal"),
    [
        ("trct:*", '"trtc:*"'),
        ("cmv:*", '"cvm:*"'),
        ("trcx:DismissRoom", '"trtc:DismissRoom"'),
        ("TRTC:DismissRoom", '"trtc:DismissRoom"'),
        ("apigateway:CreateApi", '"apigw:CreateApi"'),
        ("ec2:RunInstances", '"cvm:RunInstances"'),
    ],
)
def test_a_prefix_is_mended_when_what_is_meant_is_clear(action: str, proposal: str) -> None:
    finding = only(unknown_service.check, action)
    assert proposal in finding.help
    assert finding.severity is None


@pytest.mark.parametrize("action", ["trade:*", "trade:DescribeOrders", "voucher:*", "xqz:*"])
def test_a_prefix_that_resembles_another_by_chance_is_a_note_without_a_proposal(
    action: str,
) -> None:
    finding = only(unknown_service.check, action)
    assert (finding.severity, finding.confidence) == (Severity.NOTE, Confidence.LOW)
    assert '"' not in finding.help


def test_an_unknown_service_is_told_once_for_all_its_actions() -> None:
    finding = only(unknown_service.check, "voucher:A", "trtc:DismissRoom", "voucher:B", "voucher:C")
    assert render_pointer(finding.at.pointer) == "/statement/0/action/0"
    assert [render_pointer(one.at.pointer) for one in finding.related] == [
        "/statement/0/action/2",
        "/statement/0/action/3",
    ]
    assert "the 3 actions" in finding.message


def test_an_operation_of_the_meant_service_raises_confidence() -> None:
    assert only(unknown_service.check, "trct:DismissRoom").confidence is Confidence.HIGH
    assert only(unknown_service.check, "trct:*").confidence is None
    assert only(unknown_service.check, "Trtc:DismissRoom").confidence is None


def test_a_role_is_not_said_to_be_refused_for_a_service() -> None:
    for action in ("trct:DismissRoom", "ec2:RunInstances", "voucher:A"):
        finding = only(unknown_service.check, action, kind=Kind.TRUST)
        assert "refuse" not in finding.message + finding.note
    assert "refuses" in only(unknown_service.check, "ec2:RunInstances").message


@pytest.mark.parametrize(
    ("action", "meant"),
    [
        ("trtc:DismisRoom", "trtc:DismissRoom"),
        ("trtc:RemoveUsers", "trtc:RemoveUser"),
        ("cvm:DescibeInstances", "cvm:DescribeInstances"),
    ],
)
def test_a_slip_in_a_well_covered_service_is_a_warning(action: str, meant: str) -> None:
    finding = only(unknown_action.check, action)
    assert f'"{meant}"' in finding.help
    assert finding.severity is None and not finding.strict


@pytest.mark.parametrize(
    "action",
    [
        "cvm:RestoreInstances",
        "trtc:SomethingElseEntirely",
        "cmqqueue:Sendmessages",
        "cmqtopic:GetTopicAttributes",
    ],
)
def test_other_unknown_actions_are_notes_of_strict_mode(action: str) -> None:
    finding = only(unknown_action.check, action)
    assert finding.strict
    assert finding.severity is Severity.NOTE
    assert "RestartInstances" not in finding.help


@pytest.mark.parametrize("action", ["trtc:dismissRoom", "nosuchservice:DoIt", "trtc:Dismis*"])
def test_case_services_and_patterns_are_not_unknown_actions(action: str) -> None:
    assert find(unknown_action.check, action) == []


def test_no_finding_of_these_rules_calls_an_unknown_name_an_error() -> None:
    for rule in (unknown_service.check, unknown_action.check, pattern_matches_nothing.check):
        found = find(rule, "zqx:Do", "trct:Do", "s3:Get", "cos:Read*", "cos:PutObjects", "im:Qq")
        assert found
        assert all(one.severity is not Severity.ERROR for one in found)
        assert rule.severity is not Severity.ERROR


@pytest.mark.parametrize(
    ("action", "proposal"),
    [
        ("trtc:Desribe*", '"trtc:Describe*"'),
        ("cvm:DescibeInst*", '"cvm:DescribeInst*"'),
        ("cos:Read*", "most of them begin with"),
        ("cos:Restore*", "most of them begin with"),
    ],
)
def test_only_a_misspelt_verb_is_replaced(action: str, proposal: str) -> None:
    assert proposal in only(pattern_matches_nothing.check, action).help


@pytest.mark.parametrize("action", ["bgpip:BGPIPGet*", "nosuch:Do*", "cos:get*", "c*:Read*"])
def test_a_pattern_is_left_alone_where_absence_means_little(action: str) -> None:
    assert find(pattern_matches_nothing.check, action) == []


def test_case_is_an_error_for_cos_only() -> None:
    for action in ("cos:getObject", "name/cos:get*", "cos:*object"):
        assert only(action_case.check, action).severity is Severity.ERROR
    for action in ("trtc:dismissroom", "cdb:describe*"):
        finding = only(action_case.check, action)
        assert finding.severity is None
        assert "may match nothing" in finding.message


def test_a_pattern_in_another_case_counts_only_in_a_well_covered_service() -> None:
    assert find(action_case.check, "bgpip:BGPIPGet*") == []
    assert '"cdb:Describe*"' in only(action_case.check, "cdb:describe*").help


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("*:Describe*", "of every product"),
        ("trt*:DismissRoom", "operations of trtc"),
        ("c*:*", "every operation of"),
        ("zqz*:X", "no known service fits it"),
    ],
)
def test_a_wildcard_in_the_service_says_what_it_may_take_in(action: str, words: str) -> None:
    assert words in only(wildcard_in_service.check, action).message


def test_reading_everywhere_is_pointed_to_the_condition() -> None:
    assert "qcs:read_only_action" in only(wildcard_in_service.check, "*:Get*").help
    assert '"trtc:DismissRoom"' in only(wildcard_in_service.check, "trt*:DismissRoom").help


@pytest.mark.parametrize(
    ("action", "sign", "proposal"),
    [
        ("cdb:DescribeDBInstance?", "?", '"cdb:DescribeDBInstances"'),
        ("cdb:Delete??", "??", '"cdb:Delete*"'),
        ("name/c?m:StopInstances", "?", '"c*m:StopInstances"'),
        ("cvm:.*", ".*", '"cvm:*"'),
        ("cvm:Describe%", "%", '"cvm:Describe*"'),
    ],
)
def test_the_sign_itself_is_marked_and_replaced(action: str, sign: str, proposal: str) -> None:
    finding = only(unsupported_wildcard.check, action)
    assert action[finding.at.start : finding.at.end] == sign
    assert proposal in finding.help


def test_one_slip_is_told_by_one_rule() -> None:
    for action, code in {
        "cvm:.*": "CAM107",
        "cd?:Delete?": "CAM107",
        "c*?:Delete": "CAM107",
        "trtc:dismissRoom": "CAM105",
        "cos:get*": "CAM105",
        "trct:dismisRoom": "CAM102",
        "trt*:DismisRoom": "CAM106",
        "cos:Read*": "CAM104",
    }.items():
        assert codes(action) == [code], action


def codes(action: str) -> list[str]:
    text = (
        '{"version": "2.0", "statement": '
        f'[{{"effect": "allow", "action": ["{action}"], "resource": "*"}}]}}'
    )
    engine = Engine(load_registry(), Selection(("CAM1", "CAM6", "CAM901")), NOTHING_STATED)
    return [one.code for one in engine.lint(Source("policy.json", text)).diagnostics]


def test_a_set_is_told_of_as_a_policy_and_as_a_gap_without_saying_a_thing_twice() -> None:
    text = (
        '{"version": "2.0", "statement": '
        '[{"effect": "allow", "action": ["permid/280655"], "resource": "*"}]}'
    )
    engine = Engine(load_registry(), Selection(("CAM108", "CAM901")), NOTHING_STATED)
    one, other = engine.lint(Source("policy.json", text)).diagnostics
    assert (one.code, other.code) == ("CAM108", "CAM901")
    assert "analysed" in other.message and "analysed" not in one.message
    assert "review" in one.message and "review" not in other.message
    assert one.help != other.help


@pytest.mark.parametrize("action", ["*", "trtc:*"])
def test_breadth_speaks_instead_of_levels(action: str) -> None:
    assert "CAM112" not in codes(action)
    assert find(wildcard_crosses_levels.check, action) == []


@pytest.mark.parametrize(
    ("action", "proposal"),
    [
        ("cdb:De*", '"cdb:Describe*"'),
        ("name/cdb:D*", '"cdb:Describe*"'),
        ("sts:Get*", '"sts:GetCallerIdentity"'),
        ("cvm:*Instances", '"cvm:Describe*Instances"'),
    ],
)
def test_the_proposal_keeps_what_reads_and_nothing_else(action: str, proposal: str) -> None:
    finding = only(wildcard_crosses_levels.check, action)
    assert proposal in finding.help
    proposed = finding.help.split('"')[1::2]
    assert all(find(wildcard_crosses_levels.check, one) == [] for one in proposed)
    wide = matcher(action.removeprefix("name/"))
    assert all(wide(one.replace("*", "X")) for one in proposed)


@pytest.mark.parametrize(
    "action",
    [
        "cdb:Describe*",
        "cdb:Delete*",
        "trtc:Dismiss*",
        "iss:BatchGet*",
        "cdb:Des*",
        "cos:Put*",
        "nosuch:D*",
        "c*:D*",
    ],
)
def test_patterns_of_one_level_or_none_are_left_alone(action: str) -> None:
    assert find(wildcard_crosses_levels.check, action) == []


def test_at_most_five_are_listed_and_the_rest_counted() -> None:
    finding = only(wildcard_crosses_levels.check, "cvm:D*")
    named, _, rest = finding.message.rpartition(": ")[2].rpartition(" and ")
    assert len(named.split(", ")) == 5
    assert rest.endswith(" more") and int(rest.split()[0]) > 0


def test_a_pattern_without_a_verb_is_a_note() -> None:
    assert only(wildcard_crosses_levels.check, "cvm:*Instances").severity is Severity.NOTE
    assert only(wildcard_crosses_levels.check, "cvm:D*").severity is None


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"effect": "deny"}, 0),
        ({"condition": {"numeric_equal": {"qcs:read_only_action": 1}}}, 0),
        ({"condition": {"numeric_equal": "qcs:read_only_action"}}, 0),
        ({"condition": {"numeric_equal": {"qcs:except_cam_finance": 1}}}, 1),
        ({"condition": {"string_equal": {"qcs:resource_tag": "env&test"}}}, 1),
    ],
)
def test_only_an_allow_that_reading_does_not_bound_is_reported(
    more: dict[str, Any], expected: int
) -> None:
    assert len(find(wildcard_crosses_levels.check, "cdb:De*", **more)) == expected


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.code))
def test_texts_of_any_length_and_sign_are_survived(rule: Rule) -> None:
    for action in (
        "é:ü",
        "a" * 9000 + ":" + "B" * 9000,
        "cdb:" + "*a" * 400,
        "cdb:数据库",
        "x:%.?*",
    ):
        for finding in find(rule, action):
            assert len(finding.message) < 400
