"""Each escalation path: a smallest policy that gives just it, and a twin from which it is taken away."""

import pytest

from camlint.catalog.catalog import Catalog
from camlint.kinds import Kind
from camlint.patterns import GRANTING
from camlint.policy.read import read_policy
from camlint.rule import Context, Finding
from camlint_rules.escalation.privilege_escalation import check

RISKS = Catalog().risks

Element = dict[str, object]
ALL = "*"
TAGGED: Element = {"for_any_value:string_equal": {"qcs:resource_tag": ["team&a"]}}
READING: Element = {"numeric_equal": {"qcs:read_only_action": 1}}
NEVER: Element = {
    "ip_equal": {"qcs:ip": "203.0.113.7"},
    "ip_not_equal": {"qcs:ip": "203.0.113.0/24"},
}
ROLE = "qcs::cam::uin/100000000001:roleName/report-writer"
SELF = "qcs::cam::uin/100000000001:uin/${uin}"
INSTANCE = "qcs::cvm:ap-guangzhou:uin/100000000001:instance/ins-a1b2c3d4"
FUNCTION = "qcs::scf:ap-guangzhou:uin/100000000001:namespace/default/function/report"


def allow(*actions: str, on: str = ALL, when: Element | None = None) -> Element:
    condition = {"condition": when} if when else {}
    return {"effect": "allow", "action": list(actions), "resource": on, **condition}


def deny(*actions: str, on: str = ALL, when: Element | None = None) -> Element:
    return allow(*actions, on=on, when=when) | {"effect": "deny"}


Pair = tuple[list[Element], list[Element]]
PAIRS: dict[str, Pair] = {
    "attach-policy-to-user": (
        [allow("cam:AttachUserPolicy")],
        [allow("cam:AttachUserPolicy"), deny("cam:AttachUser*")],
    ),
    "attach-policy-to-group": (
        [allow("cam:AttachGroupPolic*")],
        [allow("cam:AttachGroupPolic*", on="qcs::cam::uin/100000000001:uin/100000000002")],
    ),
    "rewrite-policy": (
        [allow("cam:UpdatePolicy")],
        [allow("cam:UpdatePolicy", when=READING)],
    ),
    "new-policy-version": (
        [allow("name/cam:CreatePolicyVersion")],
        [allow("cam:CreatePolicyVersion"), deny("cam:*PolicyVersion")],
    ),
    "attach-policy-to-role": (
        [allow("cam:AttachRolePolicy")],
        [allow("cam:AttachRolePolicy", on=ROLE)],
    ),
    "older-policy-version": (
        [allow("cam:SetDefault*")],
        [allow("cam:SetDefault*", when=NEVER)],
    ),
    "key-for-any-user": (
        [allow("cam:CreateAccessKey", on="qcs::cam::uin/100000000001:uin/*")],
        [allow("cam:CreateAccessKey", on=SELF)],
    ),
    "password-of-any-user": (
        [allow("cam:UpdateUser")],
        [allow("cam:UpdateUser"), deny("cam:Update*")],
    ),
    "join-any-group": (
        [allow("cam:AddUserToGroup")],
        [allow("cam:AddUserToGroup"), deny("cam:AddUserToGroup", on="*")],
    ),
    "open-trust-of-role": (
        [allow("cam:UpdateAssumeRolePolicy", on="qcs::cam:::roleName/*")],
        [allow("cam:UpdateAssumeRolePolicy", on=ROLE)],
    ),
    "make-a-powerful-role": (
        [allow("cam:CreateRole"), allow("cam:AttachRolePolicy")],
        [allow("cam:CreateRole"), allow("cam:AttachRolePolicy"), deny("cam:AttachRole*")],
    ),
    "assume-any-role": (
        [allow("sts:AssumeRole")],
        [allow("sts:AssumeRole", on="qcs::cam::uin/100000000001:roleName/report-*")],
    ),
    "remove-boundary": (
        [allow("cam:DeleteUserPermissionsBoundary")],
        [allow("cam:Delete*User*"), deny("cam:*PermissionsBoundary")],
    ),
    "replace-boundary": (
        [allow("cam:PutRolePermissionsBoundary")],
        [allow("cam:PutRolePermissionsBoundary", on=ROLE)],
    ),
    "detach-deny": (
        [allow("cam:DetachUserPolicy")],
        [allow("cam:DetachUserPolicy", when=NEVER)],
    ),
    "replace-saml-provider": (
        [allow("cam:UpdateSAMLProvider")],
        [allow("cam:UpdateSAMLProvider"), deny("cam:*SAML*")],
    ),
    "replace-oidc-provider": (
        [allow("cam:UpdateOIDCConfig")],
        [allow("cam:UpdateOIDCConfig", when=READING)],
    ),
    "replace-user-sso": (
        [allow("cam:UpdateUserSAMLConfig")],
        [allow("cam:UpdateUserSAMLConfig"), deny("cam:UpdateUser*")],
    ),
    "assign-rights-in-members": (
        [allow("organization:CreateRoleAssignment")],
        [allow("organization:CreateRole*"), deny("organization:*Assignment")],
    ),
    "widen-permission-configuration": (
        [allow("organization:AddPermissionPolicyToRoleConfiguration")],
        [allow("organization:AddPermission*"), deny("organization:Add*")],
    ),
    "join-group-of-identity-center": (
        [allow("organization:AddUserToGroup")],
        [allow("organization:AddUserToGroup", when=READING)],
    ),
    "bind-access-to-members": (
        [
            allow("organization:CreateOrganizationMemberPolicy"),
            allow("organization:BindOrganizationMemberAuthAccount"),
        ],
        [allow("organization:BindOrganizationMemberAuthAccount")],
    ),
    "lift-organization-policy": (
        [allow("organization:DetachPolicy")],
        [allow("organization:DetachPolicy"), deny("organization:De*")],
    ),
    "pass-role-to-function": (
        [allow("scf:CreateFunction", on=FUNCTION), allow("cam:PassRole")],
        [allow("scf:CreateFunction", on=FUNCTION), allow("cam:PassRole", on=ROLE)],
    ),
    "pass-role-to-instance": (
        [allow("cvm:RunInstances", "cam:PassRole")],
        [allow("cvm:RunInstances", "cam:PassRole"), deny("cam:PassRole", on="qcs::cam:::*")],
    ),
    "pass-role-to-product": (
        [allow("emr:CreateInstance"), allow("cam:PassRole", on="qcs::cam:::roleName/*")],
        [allow("emr:DescribeInstances"), allow("cam:PassRole", on="qcs::cam:::roleName/*")],
    ),
    "run-command-on-any-instance": (
        [allow("tat:RunCommand", on="qcs::cvm:ap-guangzhou:uin/100000000001:instance/*")],
        [allow("tat:RunCommand", on=INSTANCE)],
    ),
    "change-a-command-and-run-it": (
        [allow("tat:CreateCommand", "tat:InvokeCommand")],
        [allow("tat:DescribeCommands", "tat:InvokeCommand")],
    ),
    "change-code-of-any-function": (
        [allow("scf:UpdateFunctionCode")],
        [allow("scf:*")],
    ),
    "tag-what-is-out-of-reach": (
        [allow("tag:TagResources"), allow("cvm:RebootInstances", when=TAGGED)],
        [allow("tag:TagResources"), allow("cvm:RebootInstances", on=INSTANCE)],
    ),
}


def find(statements: list[Element]) -> list[Finding]:
    policy = read_policy({"version": "2.0", "statement": statements}, Kind.IDENTITY)
    return list(check.check(policy, Context(Kind.IDENTITY)))


def test_each_path_has_a_pair() -> None:
    assert list(PAIRS) == [path.id for path in RISKS.paths]


def test_no_path_leads_on_without_one_of_the_services_that_are_looked_for() -> None:
    for path in RISKS.paths:
        assert any(
            {action.partition(":")[0] for action in need.actions} <= GRANTING for need in path.needs
        ), path.id


@pytest.mark.parametrize("name", PAIRS)
def test_the_smallest_policy_gives_just_this_path(name: str) -> None:
    path = RISKS.find(name)
    assert path is not None
    (finding,) = find(PAIRS[name][0])
    assert path.outcome in finding.message
    assert path.lets in finding.message
    assert finding.severity is not None
    assert finding.severity.value == path.severity
    assert "further way" not in finding.note
    said = [step.says for step in finding.flow]
    assert said == [*(need.says for need in path.needs), *path.then]
    for step, need in zip(finding.flow, path.needs, strict=False):
        assert step.witness is not None
        assert step.witness.request.action in need.actions
        assert step.witness.request.action in finding.message
    assert all(step.witness is None for step in finding.flow[len(path.needs) :])


@pytest.mark.parametrize("name", PAIRS)
def test_its_twin_does_not_give_it(name: str) -> None:
    assert find(PAIRS[name][1]) == []
