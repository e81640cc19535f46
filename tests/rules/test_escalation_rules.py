"""What the rules about escalation and exposure say beyond their own examples."""

import json
from collections.abc import Sequence

import pytest

from camlint.catalog import catalog, data_file
from camlint.engine import Engine
from camlint.findings import Diagnostic
from camlint.kinds import Kind
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source

REGISTRY = load_registry()
Element = dict[str, object]

MFA: Element = {"numeric_equal": {"mfa": 1}}
OFFICE: Element = {"ip_equal": {"qcs:ip": ["203.0.113.0/24", "198.51.100.7"]}}


def allow(*actions: str, on: object = "*", when: Element | None = None) -> Element:
    condition = {"condition": when} if when else {}
    return {"effect": "allow", "action": list(actions), "resource": on, **condition}


def deny(*actions: str, on: object = "*", when: Element | None = None) -> Element:
    return allow(*actions, on=on, when=when) | {"effect": "deny"}


def lint(
    statements: Sequence[Element], *codes: str, kind: Kind | None = None
) -> tuple[Diagnostic, ...]:
    """What is said of a policy; by all rules of access when no codes are given."""
    selected = codes or ("CAM112", "CAM6", "CAM7")
    text = json.dumps({"version": "2.0", "statement": list(statements)})
    engine = Engine(REGISTRY, Selection(selected, strict=True), NOTHING_STATED, kind=kind)
    return engine.lint(Source("policy.json", text)).diagnostics


def codes(found: Sequence[Diagnostic]) -> list[str]:
    return [one.code for one in found]


def test_everything_is_told_once() -> None:
    assert codes(lint([allow("*")])) == ["CAM601"]


def test_all_of_cam_is_told_once_with_the_number_of_ways() -> None:
    (one,) = lint([allow("cam:*")])
    assert one.code == "CAM701"
    assert "become administrator: cam:AttachUserPolicy lets them" in one.message
    assert "further ways: cam:AttachGroupPolicy, " in one.note
    assert one.help.startswith('list the operations that are needed in place of "cam:*"')


def test_several_ways_of_a_statement_are_one_finding_the_worst_first() -> None:
    actions = ("sts:AssumeRole", "cam:DetachUserPolicy", "cam:UpdateUser")
    (one,) = lint([allow(*actions)], "CAM701")
    assert one.offending == '"cam:UpdateUser"'
    assert one.severity.value == "error"
    assert "2 further ways: sts:AssumeRole and cam:DetachUserPolicy" in one.note


def test_ways_of_two_statements_are_two_findings() -> None:
    found = lint([allow("cam:UpdateUser"), allow("sts:AssumeRole")], "CAM701")
    assert [(one.severity.value, one.steps[1]) for one in found] == [("error", 0), ("warning", 1)]


def test_a_combination_names_the_statements_that_give_it() -> None:
    found = lint([allow("scf:*"), allow("cam:Pass*")], "CAM701")
    (one,) = found
    assert one.offending == '"cam:Pass*"'
    assert [step.steps for step in one.flow] == [
        ("statement", 0, "action", 0),
        ("statement", 1, "action", 0),
        ("statement", 1, "action", 0),
    ]
    assert one.related[0].label == "gives scf:CreateFunction for step 1"
    assert one.witness is not None
    assert one.witness.request.action == "cam:PassRole"


def test_wildcards_are_wildcards() -> None:
    assert codes(lint([allow("c*:Attach*Policy")], "CAM701")) == ["CAM701"]
    assert codes(lint([allow("*:AttachUserPolicy")], "CAM701")) == ["CAM701"]
    assert lint([allow("cam:attach*")], "CAM701") == ()


@pytest.mark.parametrize(
    "taken",
    [
        deny("cam:*"),
        deny("*:AttachUserPolicy"),
        deny("*"),
        deny("*", when={"numeric_equal": {"qcs:read_only_action": 0}}),
    ],
)
def test_what_a_deny_takes_away_is_not_told(taken: Element) -> None:
    assert lint([allow("cam:AttachUserPolicy"), taken], "CAM701") == ()


def test_a_deny_for_some_takes_nothing_away_from_others() -> None:
    home: Element = {"ip_equal": {"qcs:ip": "192.0.2.1"}}
    (one,) = lint([allow("cam:AttachUserPolicy"), deny("cam:*", when=home)], "CAM701")
    assert one.severity.value == "error"
    assert "its conditions keep few out" in one.note


@pytest.mark.parametrize(
    ("when", "severity"),
    [
        (None, "error"),
        (MFA, "warning"),
        (OFFICE, "warning"),
        ({"string_equal": {"qcs:uin": "100000000002"}}, "warning"),
        ({"string_equal": {"vpc:requester_vpc": "vpc-a1b2c3d4"}}, "warning"),
        ({"for_any_value:string_equal": {"qcs:request_tag": ["env&test"]}}, "warning"),
        ({"numeric_equal_if_exist": {"mfa": 1}}, "error"),
        ({"ip_equal": {"qcs:ip": "0.0.0.0/0"}}, "error"),
        ({"ip_equal": {"qcs:ip": ["203.0.113.0/24", "10.0.0.0/8"]}}, "error"),
        ({"ip_equal": {"qcs:ip": "203.0.0.0/16"}}, "warning"),
        ({"ip_equal": {"qcs:ip": "2001:db8::/32"}}, "warning"),
        ({"ip_equal": {"qcs:ip": "2001:d00::/24"}}, "error"),
        ({"ip_not_equal": {"qcs:ip": "203.0.113.0/24"}}, "error"),
        ({"date_less_than": {"qcs:current_time": "2099-01-01T00:00:00Z"}}, "error"),
        ({"null_equal": {"qcs:resource_tag/env": "true"}}, "error"),
        ({"string_equal": {"cvm:region": "ap-guangzhou"}}, "error"),
    ],
)
def test_strong_conditions_make_it_milder(when: Element | None, severity: str) -> None:
    (one,) = lint([allow("cam:UpdateUser", when=when)], "CAM701")
    assert one.severity.value == severity
    assert ("rather than error" in one.note) is (severity != "error")


@pytest.mark.parametrize(
    ("when", "severity"),
    [
        ({"ip_not_equal": {"qcs:ip": "203.0.113.0/24"}}, "warning"),
        ({"ip_not_equal_if_exist": {"qcs:ip": "203.0.113.0/24"}}, "warning"),
        ({"numeric_not_equal_if_exist": {"mfa": 1}}, "warning"),
        ({"string_not_equal_if_exist": {"qcs:uin": "100000000002"}}, "warning"),
        ({"string_not_equal": {"qcs:uin": "100000000002"}}, "error"),
        ({"ip_not_equal": {"qcs:ip": "10.0.0.0/8"}}, "error"),
        (
            {"ip_not_equal": {"qcs:ip": "203.0.113.0/24"}, **{"string_equal": {"cvm:region": "x"}}},
            "error",
        ),
    ],
)
def test_a_deny_that_few_slip_past_makes_it_milder(when: Element, severity: str) -> None:
    (one,) = lint([allow("cam:UpdateUser"), deny("cam:*", when=when)], "CAM701")
    assert one.severity.value == severity


def test_the_statement_with_the_weakest_conditions_counts() -> None:
    found = lint([allow("cam:UpdateUser", when=MFA), allow("cam:Update*")], "CAM701")
    assert [(one.severity.value, one.steps[1]) for one in found] == [("error", 1)]


def test_what_cannot_be_read_proves_nothing() -> None:
    unreadable = {"effect": "deny", "action": ["permid/280655"], "resource": "*"}
    assert lint([allow("cam:UpdateUser"), unreadable], "CAM701") == ()
    misspelt = allow("cam:UpdateUser", when={"string_equals": {"qcs:ip": "192.0.2.1"}})
    assert lint([misspelt], "CAM701") == ()


@pytest.mark.parametrize("kind", [Kind.SCP, Kind.TRUST, Kind.BUCKET])
def test_other_kinds_of_policy_give_nobody_rights(kind: Kind) -> None:
    assert lint([allow("cam:*")], "CAM701", kind=kind) == ()


def test_whole_products_are_broad_and_no_escalation() -> None:
    for product in ("tat", "scf", "cvm", "cos", "tag", "tke"):
        assert codes(lint([allow(f"{product}:*")])) == ["CAM604"], product
    assert codes(lint([allow("sts:*")])) == ["CAM701"]
    assert codes(lint([allow("organization:*")])) == ["CAM701"]


ROLES = "qcs::cam::uin/100000000001:roleName/*"
BUCKETS = "qcs::cos:ap-guangzhou:uid/1250000000:*"


def test_passing_any_role_names_what_may_run_under_it() -> None:
    (one,) = lint([allow("cam:PassRole", on=ROLES)])
    assert (one.code, one.severity.value) == ("CAM702", "warning")
    assert "scf:CreateFunction, cvm:RunInstances, " in one.note
    assert "more products" in one.note
    assert one.witness is not None
    assert one.witness.request.resource.startswith("qcs::cam::uin/100000000001:roleName/")


def test_passing_any_role_with_something_that_runs_is_the_worse_finding() -> None:
    assert codes(lint([allow("cvm:RunInstances"), allow("cam:PassRole")], "CAM7")) == ["CAM701"]
    assert codes(lint([allow("cam:*")], "CAM702")) == ["CAM702"]


@pytest.mark.parametrize(
    ("statements", "severity"),
    [
        ([allow("cam:PassRole", when=MFA)], "note"),
        ([allow("cam:PassRole"), deny("cam:PassRole", on="qcs::cam:::roleName/Admin*")], "warning"),
        ([allow("cam:PassRole", when={"string_equal_if_exist": {"qcs:uin": "1"}})], "warning"),
    ],
)
def test_conditions_of_a_passed_role_count(statements: list[Element], severity: str) -> None:
    (one,) = lint(statements, "CAM702")
    assert one.severity.value == severity


@pytest.mark.parametrize(
    ("code", "action", "resource", "words"),
    [
        ("CAM703", "ssm:GetSecretValue", "*", "read the secrets that SSM keeps"),
        ("CAM703", "cdb:ModifyAccountPassword", "qcs::cdb:::instanceId/*", "on every instance"),
        ("CAM703", "cvm:ResetInstances*", "*", "set the passwords or keys of instances"),
        ("CAM703", "tke:Describe*", "*", "get the credentials of Kubernetes clusters"),
        ("CAM704", "cos:GetObject", BUCKETS, "read all objects of buckets"),
        ("CAM704", "redis:DescribeBackupUrl", "*", "download backups and logs of databases"),
        ("CAM705", "cos:PutBucketPolicy", BUCKETS, "make buckets or objects public"),
        ("CAM705", "cos:PutObject*", "*", "cos:PutObjectACL is allowed on every bucket"),
        ("CAM705", "cvm:AssociateSecurityGroups", "*", "cvm:AssociateSecurityGroups is allowed"),
        ("CAM706", "cloudaudit:DeleteAuditTrack", "*", "stop the recording of operations"),
        ("CAM706", "cls:Delete*", "*", "delete logs"),
        ("CAM707", "cdb:IsolateDBInstance", "qcs::cdb:::instanceId/*", "isolate databases"),
        ("CAM707", "trtc:DismissRoom", "*", "on every application"),
    ],
)
def test_sensitive_actions_on_everything_are_told(
    code: str, action: str, resource: str, words: str
) -> None:
    (one,) = lint([allow("cvm:DescribeZones", action, on=resource)], code)
    assert words in one.message
    assert one.severity.value == "warning"
    assert one.witness is not None
    assert ("deny " in one.help) is ("*" in action)


@pytest.mark.parametrize(
    ("code", "statements"),
    [
        ("CAM703", [allow("ssm:*")]),
        ("CAM703", [allow("*")]),
        ("CAM703", [allow("ssm:GetSecretValue"), deny("ssm:Get*")]),
        (
            "CAM703",
            [allow("ssm:GetSecretValue", when={"numeric_equal": {"qcs:read_only_action": 0}})],
        ),
        ("CAM703", [allow("cdb:ModifyAccountPassword", on="qcs::cdb:::instanceId/cdb-a1b2c3d4")]),
        ("CAM703", [allow("cdb:ModifyAccountPassword", on="qcs::cdb:::instanceId/cdb-*")]),
        ("CAM704", [allow("cos:GetObject", on="qcs::cos::uid/1250000000:logs-1250000000/*")]),
        (
            "CAM704",
            [allow("cvm:CreateImage", on=["qcs::cvm:::image/*", "qcs::cvm:::instance/ins-a"])],
        ),
        ("CAM705", [allow("cos:GetBucketACL")]),
        ("CAM706", [allow("cloudaudit:DeleteAuditTrack", on="qcs::cloudaudit:::track/a")]),
        ("CAM707", [allow("trtc:DismissRoom", on="qcs::trtc:::sdkappid/1400000001")]),
    ],
)
def test_what_is_scoped_or_taken_away_is_not_told(code: str, statements: list[Element]) -> None:
    assert lint(statements, code) == ()


def test_one_finding_a_product_of_a_statement_names_the_plainest() -> None:
    actions = (
        "kms:GenerateDataKey",
        "kms:Decrypt",
        "ssm:GetSecretValue",
        "kms:GetDataKeyPlaintext",
    )
    found = lint([allow(*actions)], "CAM703")
    assert [one.offending for one in found] == ['"kms:Decrypt"', '"ssm:GetSecretValue"']
    assert found[0].note.startswith(
        "also kms:GetDataKeyPlaintext and kms:GenerateDataKey, so that they can get stored data keys"
    )


def test_mild_kinds_are_notes_for_those_who_want_to_know_everything() -> None:
    text = json.dumps({"version": "2.0", "statement": [allow("scf:Get*")]})
    for strict, told in ((False, []), (True, ["note"])):
        engine = Engine(REGISTRY, Selection(strict=strict), NOTHING_STATED)
        found = engine.lint(Source("policy.json", text)).diagnostics
        assert [one.severity.value for one in found if one.code == "CAM703"] == told


def test_strong_conditions_make_exposure_a_note() -> None:
    (one,) = lint([allow("ssm:GetSecretValue", when=OFFICE)], "CAM703")
    assert one.severity.value == "note"
    (one,) = lint(
        [
            allow("cos:PutBucketACL"),
            deny("cos:Put*", when={"ip_not_equal": {"qcs:ip": "203.0.113.7"}}),
        ],
        "CAM705",
    )
    assert one.severity.value == "note"


def test_what_the_public_api_alone_names_is_less_sure() -> None:
    (documented,) = lint([allow("kms:Decrypt")], "CAM703")
    (published,) = lint([allow("ssm:GetSecretValue")], "CAM703")
    assert (documented.confidence.value, published.confidence.value) == ("high", "medium")


def test_a_place_has_one_finding() -> None:
    for action in (
        "kms:Decrypt",
        "cos:PutBucketACL",
        "cos:GetObject",
        "cdb:ModifyAccountPrivileges",
    ):
        assert len(lint([allow(action)])) == 1, action
    assert codes(lint([allow("cam:PassRole")])) == ["CAM702"]
    assert codes(lint([allow("sts:AssumeRole")])) == ["CAM701"]


def test_everything_and_everything_beside_it_is_one_finding_for_the_wide_allow() -> None:
    narrow = allow("cos:GetObject", on="qcs::cos:::logs-1250000000/*")
    wide = allow("cam:AttachUserPolicy", "cam:PassRole", "ssm:GetSecretValue")
    assert codes(lint([allow("*"), narrow, wide], "CAM601", "CAM7")) == ["CAM601"]
    assert codes(lint([allow("*"), wide, deny("cam:*")], "CAM601", "CAM602", "CAM7")) == ["CAM602"]


@pytest.mark.parametrize(
    ("statements", "opened"),
    [
        ([allow("cvm:Describe*", "vpc:*", "cos:HeadBucket")], False),
        ([allow("cam:GetUser", "sts:AssumeRole", on="qcs::cam:::roleName/a")], False),
        ([allow("cos:PutObject", on="qcs::cos:::logs-1250000000/*")], False),
        ([allow("cam:PassRole")], True),
        ([allow("ssm:GetSecretValue")], True),
    ],
)
def test_the_risks_are_read_when_a_policy_may_hold_one(
    statements: list[Element], opened: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def read_table(name: str) -> dict[str, object]:
        read.append(name)
        return data_file.read_table(name)

    monkeypatch.setattr(catalog, "read_table", read_table)
    lint(statements, "CAM7")
    assert ("risks" in read) is opened
    assert "sensitive-actions" not in read
