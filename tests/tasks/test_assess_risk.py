"""One verdict for each policy, and the same findings as ``camlint check`` has."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from camlint.access.strength import Strength
from camlint.catalog.catalog import Catalog
from camlint.engine import Engine
from camlint.hosts.search import find_policies
from camlint.kinds import Kind
from camlint.policy.read import read_policy
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source
from camlint.syntax.document import read_document
from camlint.tasks.assess_risk import HeldDocument, assess
from camlint.tasks.risk import Risk, Verdict

CATALOG = Catalog()
Element = dict[str, Any]
OFFICE = {"ip_equal": {"qcs:ip": "203.0.113.0/24"}}


def allow(*actions: str, on: str = "*", **more: object) -> Element:
    return {"effect": "allow", "action": list(actions), "resource": on, **more}


def deny(*actions: str, on: str = "*", **more: object) -> Element:
    return allow(*actions, on=on, **more) | {"effect": "deny"}


def risk_of(*statements: Element, kind: Kind = Kind.IDENTITY) -> Risk:
    return risk_of_all([list(statements)], kind)


def risk_of_all(policies: list[list[Element]], kind: Kind = Kind.IDENTITY) -> Risk:
    documents = [
        HeldDocument(f"{number}.json", "", read_policy({"version": "2.0", "statement": one}, kind))
        for number, one in enumerate(policies)
    ]
    return assess("them", documents, NOTHING_STATED, CATALOG, bundle=len(policies) > 1)


@pytest.mark.parametrize(
    ("statements", "verdict", "why"),
    [
        ([allow("*")], "administrator", '"*" is allowed on everything'),
        (
            [allow("*"), deny("cam:DeleteUser")],
            "administrator",
            '"*" is allowed on everything',
        ),
        ([allow("*"), deny("cam:*", "sts:*")], "wide", '"*" is allowed on everything'),
        (
            [allow("cam:AttachUserPolicy")],
            "can become administrator",
            "whoever holds it can become administrator by cam:AttachUserPolicy",
        ),
        (
            [allow("cam:AttachUserPolicy", condition=OFFICE)],
            "can become administrator",
            "whoever holds it can become administrator by cam:AttachUserPolicy",
        ),
        ([allow("cam:AttachUserPolicy"), deny("cam:*")], "grants nothing", "no request is allowed"),
        (
            [allow("tat:RunCommand")],
            "can gain more rights",
            "whoever holds it can take over every instance and the roles bound to them by "
            "tat:RunCommand",
        ),
        ([allow("cdb:*")], "wide", '"cdb:*" is allowed on every resource'),
        (
            [allow("cos:PutBucketACL")],
            "wide",
            "whoever holds it can make buckets or objects public",
        ),
        (
            [allow("cam:PassRole")],
            "wide",
            "whoever holds it can hand any role of the account to a product that acts for them",
        ),
        (
            [allow("cos:PutBucketACL"), deny("cos:PutBucketACL")],
            "grants nothing",
            "no request is allowed",
        ),
        (
            [allow("cdb:*", on="qcs::cdb:ap-guangzhou::instanceId/cdb-a1b2c3d4")],
            "limited",
            'it changes things by "cdb:*"',
        ),
        (
            [allow("cvm:RebootInstances", "cvm:Describe*")],
            "limited",
            'it changes things by "cvm:RebootInstances"',
        ),
        (
            [allow("cvm:Describe*", "trtc:DescribeAppStatList")],
            "reads only",
            "nothing that is allowed changes anything",
        ),
        (
            [allow("*", condition={"numeric_equal": {"qcs:read_only_action": 1}})],
            "reads only",
            "nothing that is allowed changes anything",
        ),
        (
            [allow("*", condition={"numeric_equal": {"qcs:except_cam_finance": 1}})],
            "wide",
            '"*" is allowed on everything',
        ),
        ([deny("cvm:*")], "grants nothing", "no request is allowed"),
        (
            [allow("cvm:Describe*"), allow("permid/12345")],
            "undecided",
            "what a statement that can't be read allows isn't known",
        ),
        (
            [allow("cam:AttachUserPolicy"), deny("permid/12345")],
            "undecided",
            "what a statement that can't be read refuses isn't known",
        ),
        (
            [allow("cam:AttachUserPolicy"), allow("permid/12345")],
            "can become administrator",
            "whoever holds it can become administrator by cam:AttachUserPolicy",
        ),
    ],
)
def test_the_verdict_is_of_the_worst_that_is_proved(
    statements: list[Element], verdict: str, why: str
) -> None:
    risk = risk_of(*statements)
    assert (risk.verdict.value, risk.why) == (verdict, why)


@pytest.mark.parametrize("kind", [Kind.TRUST, Kind.BUCKET, Kind.SCP])
def test_what_nobody_holds_is_not_rated(kind: Kind) -> None:
    assert risk_of(allow("*"), kind=kind).verdict is Verdict.UNRATED


def test_too_many_statements_are_undecided() -> None:
    risk = risk_of(*(allow(f"cvm:Describe{number}") for number in range(500)))
    assert risk.verdict is Verdict.UNDECIDED
    assert risk.why == "there are too many statements to be compared with one another"


def test_a_way_has_its_steps_and_statements() -> None:
    risk = risk_of(allow("scf:CreateFunction"), allow("cam:PassRole", condition=OFFICE))
    way = next(one for one in risk.ways if one.id == "pass-role-to-function")
    assert way.actions == ("scf:CreateFunction", "cam:PassRole")
    assert [one.at.number if one.at else None for one in way.steps] == [1, 2, None]
    assert (way.severity, way.strength) == ("warning", Strength.STRONG)


def test_a_kind_has_all_its_actions_and_statements() -> None:
    risk = risk_of(allow("cos:PutBucketACL"), allow("cos:PutBucketPolicy", condition=OFFICE))
    (group,) = risk.groups
    assert group.group == "exposure"
    kind = group.kinds[0]
    assert kind.actions == ("cos:PutBucketACL", "cos:PutBucketPolicy")
    assert [one.number for one in kind.statements] == [1, 2]
    assert kind.strength is Strength.NONE


def test_a_product_is_counted_by_level() -> None:
    (wide,) = risk_of(allow("cdb:*")).breadth
    known = CATALOG.service("cdb").actions
    assert wide.known == len(known)
    assert wide.levels["write"] == sum(1 for one in known if one.level == "write")
    assert wide.sensitive == sum(1 for one in known if one.groups)


def test_limits_are_conditions_and_denies() -> None:
    risk = risk_of(
        allow("cvm:*", condition=OFFICE),
        deny("cvm:Terminate*"),
        deny("cvm:Reset*", condition={"bool_equal": {"mfa": "false"}}),
    )
    assert [(one.effect, one.at.number, one.strength) for one in risk.limits] == [
        ("allow", 1, Strength.STRONG),
        ("deny", 2, None),
        ("deny", 3, Strength.STRONG),
    ]


def test_together_policies_may_be_worse_than_each() -> None:
    policies = [[allow("scf:CreateFunction")], [allow("cam:PassRole")]]
    alone = [risk_of_all([one]).verdict for one in policies]
    assert alone == [Verdict.LIMITED, Verdict.WIDE]
    risk = risk_of_all(policies)
    assert risk.verdict is Verdict.BECOMES
    assert [one.at.path for one in risk.ways[0].steps if one.at] == ["0.json", "1.json"]


def test_together_denies_count_against_all() -> None:
    policies = [[allow("scf:CreateFunction")], [allow("cam:PassRole")], [deny("cam:PassRole")]]
    assert risk_of_all(policies).verdict is Verdict.LIMITED


def test_what_cannot_be_read_leaves_a_bundle_undecided() -> None:
    policy = read_policy({"version": "2.0", "statement": [allow("*")]}, Kind.IDENTITY)
    document = HeldDocument("a.json", "", policy)
    risk = assess(
        "them", (document,), NOTHING_STATED, CATALOG, bundle=True, unread=("broken.json",)
    )
    assert risk.verdict is Verdict.UNDECIDED
    assert risk.doubts == ("broken.json can't be read",)


CLAIMS: dict[str, Callable[[Risk], bool]] = {
    "CAM601": lambda risk: risk.verdict is Verdict.ADMINISTRATOR,
    "CAM602": lambda risk: any(one.service == "*" for one in risk.breadth),
    "CAM604": lambda risk: any(one.service != "*" for one in risk.breadth),
    "CAM701": lambda risk: bool(risk.ways),
    "CAM702": lambda risk: _has(risk, "pass-role"),
    "CAM703": lambda risk: _has(risk, "credentials", "resets"),
    "CAM704": lambda risk: _has(risk, "exfiltration"),
    "CAM705": lambda risk: _has(risk, "exposure"),
    "CAM706": lambda risk: _has(risk, "audit"),
    "CAM707": lambda risk: _has(risk, "destruction"),
}
"""What of a risk each rule tells of, too."""


def _has(risk: Risk, *groups: str) -> bool:
    return any(one.group in groups for one in risk.groups)


def policy_files() -> list[Path]:
    here = Path(__file__).parent.parent / "policies"
    corpus = os.environ.get("CAMLINT_CORPUS")
    folders = [here, *([Path(corpus) / "policies"] if corpus else [])]
    return [path for folder in folders for path in sorted(folder.glob("*.json"))]


@pytest.mark.parametrize("code", sorted(CLAIMS))
def test_it_agrees_with_check(code: str) -> None:
    engine = Engine(load_registry(), Selection((code,), strict=True), NOTHING_STATED)
    compared = 0
    for path in policy_files():
        source = Source(path.name, path.read_text("utf-8", "replace"))
        told = {one.policy for one in engine.lint(source).diagnostics}
        for host in find_policies(read_document(source)):
            if host.value is None or host.kind not in (Kind.IDENTITY, Kind.SESSION):
                continue
            policy = read_policy(host.value, host.kind, kind_known=host.kind_known, bare=host.bare)
            document = HeldDocument(path.name, host.address, policy)
            risk = assess("it", (document,), NOTHING_STATED, CATALOG)
            assert CLAIMS[code](risk) == (host.address in told), (path.name, host.address)
            compared += 1
    assert compared > 50
