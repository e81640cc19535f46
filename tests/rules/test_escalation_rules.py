"""What the rules about escalation and exposure say beyond their own examples."""

import json
from collections.abc import Sequence

import pytest

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
