"""What the rules about void effects and unlimited writes say beyond their own examples."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.catalog.catalog import Catalog
from camlint.engine import Engine
from camlint.kinds import Kind
from camlint.place import render_pointer
from camlint.policy.read import read_policy
from camlint.registry import load_registry
from camlint.rule import Confidence, Context, Finding, Rule, Settings, Severity
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source
from camlint_rules.breadth import (
    all_applications,
    service_wildcard,
    unbounded_write,
    wildcard_resource,
)
from camlint_rules.effect import toothless_deny, unmatched_resource, void_grant

ONE = "qcs::trtc::uin/100012345678:sdkappid/1400123456"
USER = "qcs::cam::uin/100012345678:uin/100087654321"
INSTANCE = "qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/cdb-a1b2c3d4"
CATALOG = Catalog()
LITERALS = ("trtc:CreateCloudSliceTask", "cdb:CreateDBInstance", "cam:AttachUserPolicy")


def state(effect: str, actions: object, resources: object, **more: object) -> dict[str, object]:
    return {"effect": effect, "action": actions, "resource": resources, **more}


def findings(
    rule: Rule,
    *statements: dict[str, object],
    kind: Kind = Kind.IDENTITY,
    settings: Settings = NOTHING_STATED,
) -> list[Finding]:
    policy = read_policy({"version": "2.0", "statement": list(statements)}, kind)
    context = Context(kind, settings=settings, catalog=CATALOG)
    visited: Sequence[object] = (policy,) if rule.visits == "Policy" else policy.statements
    return [finding for value in visited for finding in rule.check(value, context)]


def places(found: list[Finding]) -> list[str]:
    return [render_pointer(finding.at.pointer) for finding in found]


# CAM505


def test_an_operation_level_action_on_one_application_is_granted_to_nobody() -> None:
    (finding,) = findings(
        void_grant.check, state("allow", ["name/trtc:CreateCloudSliceTask", "trtc:RemoveUser"], ONE)
    )
    assert finding.message == (
        "trtc:CreateCloudSliceTask is operation-level, so CAM never matches it against one "
        "application"
    )
    assert finding.label == "granted to nobody"
    assert (finding.severity, finding.confidence) == (Severity.ERROR, Confidence.HIGH)
    assert [(render_pointer(one.at.pointer), one.label) for one in finding.related] == [
        ("/statement/0/resource", 'only "*" would match')
    ]
    assert "cloud.tencent.com/document/product/598/70059" in finding.note


@pytest.mark.parametrize(
    ("action", "resource", "where", "confidence"),
    [
        ("cdb:CreateDBInstance", "qcs::cdb:::instanceId/*", "instances", Confidence.MEDIUM),
        ("cdb:CreateDBInstance", INSTANCE, "one instance", Confidence.MEDIUM),
        ("cam:AttachUserPolicy", USER, "one user", Confidence.HIGH),
        (
            "cvm:AllocateAddresses",
            "qcs::cvm:ap-guangzhou::*",
            "particular resources",
            Confidence.HIGH,
        ),
        ("cos:CreateJob", "qcs::cos:::logs-1250000000/*", "one bucket", Confidence.HIGH),
    ],
)
def test_the_message_names_what_was_meant(
    action: str, resource: str, where: str, confidence: Confidence
) -> None:
    (finding,) = findings(void_grant.check, state("allow", action, resource))
    assert finding.message.endswith(f"CAM never matches it against {where}")
    assert (finding.severity, finding.confidence) == (Severity.ERROR, confidence)


@pytest.mark.parametrize(
    "resource",
    [
        "*",
        [ONE, "*"],
        "qcs::trtc:::*",
        "qcs:::::*",
        "qcs::*:*:*:*",
        "qcs::trtc::*:*",
        [ONE, "qcs::trtc:::*"],
        "qcs::trtc:::${resource}",
        "qcs::trtc::${account}:*",
        "qcs:id/0:trtc::uin/100012345678:sdkappid/1400123456",
    ],
)
@pytest.mark.parametrize("effect", ["allow", "deny"])
def test_what_is_or_may_be_everything_is_not_reported(effect: str, resource: object) -> None:
    statement = state(effect, "trtc:CreateCloudSliceTask", resource)
    assert findings(void_grant.check, statement) == []
    assert findings(toothless_deny.check, statement) == []


@pytest.mark.parametrize(
    "action",
    [
        "trtc:*",
        "cdb:Describe*",
        "*",
        "c*:*",
        "trtc:RemoveUser",
        "trtc:NoSuchOperation",
        "nosuchservice:Create",
        "permid/280655",
        "trtc:createcloudslicetask",
    ],
)
def test_actions_that_may_be_matched_against_resources_are_silent(action: str) -> None:
    assert findings(void_grant.check, state("allow", action, [ONE, INSTANCE])) == []


def test_a_pattern_is_a_warning_when_all_it_is_known_to_match_is_operation_level() -> None:
    (finding,) = findings(void_grant.check, state("allow", "cam:AttachGroup*", USER))
    assert (finding.severity, finding.confidence) == (Severity.WARNING, Confidence.MEDIUM)
    assert finding.message.startswith("all 3 known actions that cam:AttachGroup* matches are ")
    assert "catalogue is partial" in finding.note


def test_a_disputed_entry_is_a_warning_and_says_so() -> None:
    disputed = "trtc:DescribeRecordStatistic"
    assert CATALOG.resource_level("trtc", "DescribeRecordStatistic") is None
    (finding,) = findings(void_grant.check, state("allow", disputed, ONE))
    assert (finding.severity, finding.confidence) == (Severity.WARNING, Confidence.MEDIUM)
    assert "probably" in finding.message
    assert "contradicts" in finding.note


def test_a_grant_elsewhere_is_named_and_makes_it_a_warning() -> None:
    (finding,) = findings(
        void_grant.check,
        state("allow", ["trtc:RemoveUser", "trtc:CreateCloudSliceTask"], ONE),
        state("allow", "trtc:Create*", "*"),
    )
    assert finding.severity is Severity.WARNING
    assert "statement 2 alone grants it" in finding.message
    assert places([finding]) == ["/statement/0/action/1"]


@pytest.mark.parametrize(
    "other",
    [
        state("allow", "trtc:Create*", "*", condition={"ip_equal": {"qcs:ip": "10.0.0.0/8"}}),
        state("deny", "trtc:Create*", "*"),
        state("allow", "trtc:Delete*", "*"),
        state("allow", "trtc:*", ONE),
    ],
)
def test_what_does_not_surely_grant_it_changes_nothing(other: dict[str, object]) -> None:
    (finding,) = findings(void_grant.check, state("allow", "trtc:CreateCloudSliceTask", ONE), other)
    assert finding.severity is Severity.ERROR


def test_a_bucket_policy_is_sent_to_the_policy_of_a_user() -> None:
    (finding,) = findings(
        void_grant.check,
        state("allow", "cos:CreateJob", "qcs::cos::uid/1250000000:logs-1250000000/*"),
        kind=Kind.BUCKET,
    )
    assert "policy of a user" in finding.help


def test_statements_that_cannot_be_read_are_left_alone() -> None:
    statement = state("allow", list(LITERALS), [ONE, "sdkappid/1400123456"])
    assert findings(void_grant.check, statement) == []


@given(
    action=st.sampled_from(LITERALS),
    resources=st.lists(st.sampled_from([ONE, USER, INSTANCE]), min_size=1, max_size=3),
    everything=st.booleans(),
)
def test_only_everything_gives_life_to_operation_level_actions(
    action: str, resources: list[str], everything: bool
) -> None:
    listed = [*resources, "*"] if everything else resources
    found = findings(void_grant.check, state("allow", [action], listed))
    assert len(found) == (0 if everything else 1)


# CAM506


def test_a_deny_that_refuses_nothing() -> None:
    (finding,) = findings(toothless_deny.check, state("deny", "cam:AttachUserPolicy", USER))
    assert finding.message == (
        "the deny of cam:AttachUserPolicy refuses nothing: it is operation-level, so CAM never "
        "matches it against one user"
    )
    assert toothless_deny.check.confidence is Confidence.MEDIUM
    assert "concluded" in finding.note
    assert findings(void_grant.check, state("deny", "cam:AttachUserPolicy", USER)) == []


def test_a_deny_of_a_pattern_and_one_beside_a_real_deny() -> None:
    pattern, beside = findings(
        toothless_deny.check,
        state("deny", "cam:AttachGroup*", USER),
        state("deny", "cam:AttachUserPolicy", USER),
        state("deny", "cam:AttachUser*", "*"),
    )
    assert "all 3 known actions" in pattern.message
    assert beside.message.endswith("; statement 3 alone does")


# CAM507


@pytest.mark.parametrize(
    "resource",
    [
        "*",
        "qcs::cdb:::*",
        "qcs:::::*",
        "qcs::cdb:ap-guangzhou::instanceid/cdb-a1b2c3d4",
        "qcs::cdb:ap-guangzhou::inst*",
        "qcs::trtc::uin/100012345678:room/5",
    ],
)
def test_resources_that_match_or_are_of_no_known_type(resource: str) -> None:
    statement = state("allow", ["cdb:CloseAuditService", "trtc:DismissRoom"], [ONE, resource])
    assert findings(unmatched_resource.check, statement) == []


def test_a_forgotten_resource_is_named() -> None:
    statement = state("deny", ["trtc:DismissRoom", "cdb:CloseAuditService"], [ONE])
    (finding,) = findings(unmatched_resource.check, statement)
    assert places([finding]) == ["/statement/0/action/1"]
    assert "instanceId of cdb" in finding.message
    assert "qcs::cdb:" in finding.help


def test_resources_of_strangers_are_for_another_rule() -> None:
    assert findings(unmatched_resource.check, state("allow", "cdb:CloseAuditService", ONE)) == []


# CAM603


def test_actions_of_a_product_are_told_together_with_the_form_to_write() -> None:
    statement = state("allow", ["trtc:DismissRoom", "trtc:RemoveUser", "cam:AttachUserPolicy"], "*")
    settings = Settings(accounts=("100012345678",), sdkappids=("1400123456",))
    (finding,) = findings(wildcard_resource.check, statement, settings=settings)
    assert finding.message == (
        "trtc:DismissRoom and 1 more action of trtc are allowed on all applications, though CAM "
        "could limit them to those that are meant"
    )
    assert finding.help == f"give them a statement of their own with {ONE}"
    assert "also trtc:RemoveUser" in finding.note


def test_a_resource_of_the_policy_is_proposed_before_a_form() -> None:
    found = findings(
        wildcard_resource.check,
        state("allow", "cdb:CloseAuditService", "*"),
        state("allow", "cdb:DescribeBackups", INSTANCE),
    )
    assert [one.help for one in found] == [f'write {INSTANCE} in place of "*"']


def test_a_denied_resource_is_not_proposed() -> None:
    found = findings(
        wildcard_resource.check,
        state("allow", "cdb:CloseAuditService", "*"),
        state("deny", "cdb:CloseAuditService", INSTANCE),
    )
    assert [one.help for one in found] == [
        'write qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/<InstanceId> in place of "*"'
    ]


def test_every_type_that_an_action_works_on_is_named() -> None:
    (finding,) = findings(
        wildcard_resource.check, state("allow", ["cvm:StopInstances", "cvm:AttachCbsStorages"], "*")
    )
    assert finding.help == (
        "write qcs::cvm::uin/<UIN>:instance/<instanceId> and qcs::cvm::uin/<UIN>:volume/<volumeId> "
        'in place of "*"'
    )


def test_what_waits_to_be_filled_in_is_not_proposed() -> None:
    (finding,) = findings(
        wildcard_resource.check,
        state("allow", "trtc:DismissRoom", "*"),
        state("allow", "trtc:RemoveUser", "qcs::trtc::uin/${account}:sdkappid/1400123456"),
    )
    assert finding.help == 'write qcs::trtc::uin/<UIN>:sdkappid/<SdkAppId> in place of "*"'


def test_without_any_hint_the_account_is_left_to_be_filled_in() -> None:
    (finding,) = findings(wildcard_resource.check, state("allow", ["trtc:Remove*"], ["*"]))
    assert finding.help == 'write qcs::trtc::uin/<UIN>:sdkappid/<SdkAppId> in place of "*"'


@pytest.mark.parametrize(
    "action",
    ["trtc:*", "*", "trtc:CreateCloudSliceTask", "cam:Attach*", "cvm:Describe*", "foo:Delete*"],
)
def test_what_needs_everything_or_is_not_documented_is_silent(action: str) -> None:
    assert findings(wildcard_resource.check, state("allow", [action], "*")) == []


@pytest.mark.parametrize(
    "condition",
    [
        {"string_equal": {"qcs:resource_tag/env": "test"}},
        {"for_any_value:string_equal": {"qcs:tag": ["env&test"]}},
        {"numeric_equal": {"qcs:read_only_action": 1}},
    ],
)
def test_tags_and_preset_conditions_limit(condition: dict[str, object]) -> None:
    statement = state("allow", "trtc:DismissRoom", "*", condition=condition)
    assert findings(wildcard_resource.check, statement) == []


def test_reading_is_a_note_in_strict_mode_unless_it_is_worth_as_much() -> None:
    (reading,) = findings(
        wildcard_resource.check, state("allow", "cdb:DescribeDBInstanceConfig", "*")
    )
    (secret,) = findings(wildcard_resource.check, state("allow", "cos:GetObject", "*"))
    assert (reading.strict, reading.severity) == (True, Severity.NOTE)
    assert (secret.strict, secret.severity) == (False, None)
    assert "reads out stored data" in secret.note


# CAM604


def test_a_service_wildcard_is_counted() -> None:
    (finding,) = findings(service_wildcard.check, state("allow", "trtc:*", "*"))
    count = len(CATALOG.service("trtc"))
    assert f"(at least {count})" in finding.message
    for part in ("write", "sensitive", "partial"):
        assert part in finding.note


def test_named_resources_leave_out_operation_level_actions() -> None:
    (finding,) = findings(service_wildcard.check, state("allow", "trtc:*", ONE))
    count = len(CATALOG.service("trtc").operation_level)
    assert f'{count} are operation-level, which only "*" grants' in finding.note


def test_an_unknown_service_is_not_counted() -> None:
    (finding,) = findings(service_wildcard.check, state("allow", "nosuchservice:*", "*"))
    assert "at least" not in finding.message
    assert finding.note == ""


# CAM606 and CAM607


@pytest.mark.parametrize(
    ("resource", "codes"),
    [
        ("qcs::trtc::uin/100012345678:sdkappid/*", (0, 1)),
        ("qcs::trtc:::SdkAppId/*", (0, 1)),
        ("qcs::trtc:::*", (0, 1)),
        (ONE, (0, 0)),
        ("qcs::cdb:::instanceId/*", (1, 0)),
        ("qcs::cdb:ap-guangzhou::*", (1, 0)),
        ("qcs:::::*", (0, 0)),
        ("*", (0, 0)),
        ("qcs::cdb:::instanceId/cdb-*", (0, 0)),
    ],
)
def test_every_resource_of_a_type(resource: str, codes: tuple[int, int]) -> None:
    statement = state("allow", ["trtc:RemoveUser", "cdb:CloseAuditService"], resource)
    counts = (
        len(findings(unbounded_write.check, statement)),
        len(findings(all_applications.check, statement)),
    )
    assert counts == codes


@pytest.mark.parametrize("rule", [unbounded_write.check, all_applications.check])
@pytest.mark.parametrize(
    "statement",
    [
        state("allow", ["trtc:*", "cdb:*"], ["qcs::trtc:::sdkappid/*", "qcs::cdb:::instanceId/*"]),
        state("allow", "cdb:DescribeBackups", "qcs::cdb:::instanceId/*"),
        state("deny", "cdb:CloseAuditService", "qcs::cdb:::instanceId/*"),
        state("deny", "trtc:RemoveUser", "qcs::trtc:::sdkappid/*"),
        state(
            "allow",
            ["trtc:RemoveUser", "cdb:CloseAuditService"],
            ["qcs::trtc:::sdkappid/*", "qcs::cdb:::instanceId/*"],
            condition={"ip_equal": {"qcs:ip": "10.0.0.0/8"}},
        ),
    ],
)
def test_reading_denying_and_conditions_are_silent(
    rule: Rule, statement: dict[str, object]
) -> None:
    assert findings(rule, statement) == []


def test_known_applications_are_named() -> None:
    (finding,) = findings(
        all_applications.check,
        state("allow", "trtc:RemoveUser", "qcs::trtc::uin/100012345678:sdkappid/*"),
        settings=Settings(sdkappids=("1400123456",)),
    )
    assert finding.help == f"name those that are meant: {ONE}"


# Together


def codes_of(*statements: str) -> list[str]:
    text = '{"version": "2.0", "statement": [' + ", ".join(statements) + "]}"
    engine = Engine(
        load_registry(), Selection(("CAM505", "CAM507", "CAM6"), strict=True), NOTHING_STATED
    )
    return [one.code for one in engine.lint(Source("policy.json", text)).diagnostics]


def test_a_slip_is_told_once() -> None:
    everything = '{"effect": "allow", "action": ["*", "trtc:RemoveUser"], "resource": "*"}'
    service = '{"effect": "allow", "action": ["trtc:*", "trtc:RemoveUser"], "resource": "*"}'
    void = f'{{"effect": "allow", "action": ["cdb:CreateDBInstance"], "resource": "{ONE}"}}'
    assert codes_of(everything) == ["CAM601"]
    assert codes_of(service) == ["CAM604"]
    assert codes_of(void) == ["CAM505"]
