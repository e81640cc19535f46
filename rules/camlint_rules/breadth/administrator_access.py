"""A policy allows every operation on every resource."""

from collections.abc import Iterator

from camlint.access.answer import Request
from camlint.access.find import find
from camlint.access.first_cell import comparable
from camlint.access.grants import grants
from camlint.access.question import ask
from camlint.rule import (
    ActionPattern,
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Policy,
    Related,
    ResourcePattern,
    Severity,
    Statement,
    Trait,
    quote,
    rule,
)

EVERYTHING = "*:*"

ADMINISTRATION = (
    "AttachUserPolicy",
    "AttachUserPolicies",
    "AttachGroupPolicy",
    "AttachRolePolicy",
    "AddUserToGroup",
    "UpdatePolicy",
    "CreatePolicyVersion",
    "UpdateAssumeRolePolicy",
    "CreateAccessKey",
)
"""Operations on identities and policies, each enough to get whatever else was refused.

Source: https://cloud.tencent.com/document/product/598/69872
"""

REFERENCES = (
    "https://cloud.tencent.com/document/product/598/105584",
    "https://cloud.tencent.com/document/product/598/10592",
)


@rule(
    code="CAM601",
    name="administrator-access",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=REFERENCES,
    kinds=(Kind.IDENTITY, Kind.SESSION),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": «"*"»,
                "resource": "*"
              }]
            }
            """
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["trtc:DescribeAppStatList", «"*:*"»],
                  "resource": ["qcs:::::*"]
                },
                {"effect": "deny", "action": "finance:*", "resource": "*"}
              ]
            }
            """
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {"effect": "allow", "action": [«"*"»], "resource": "*"},
                {"effect": "deny", "action": ["cam:DeleteUser", "cam:Attach*"], "resource": "*"}
              ]
            }
            """
        ),
    ),
    good=(
        Good(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": "*",
                "resource": "*",
                "condition": {"numeric_equal": {"qcs:read_only_action": 1}}
              }]
            }
            """
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["trtc:*", "cdb:Describe*"],
                "resource": "*"
              }]
            }
            """
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {"effect": "allow", "action": "*", "resource": "*"},
                {"effect": "deny", "action": ["cam:*", "sts:*"], "resource": "*"}
              ]
            }
            """
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {"effect": "allow", "action": "*", "resource": "*"},
                {"effect": "deny", "action": "*:*", "resource": "*"}
              ]
            }
            """
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [{"effect": "allow", "action": "*", "resource": "*"}]
            }
            """,
            kind=Kind.SCP,
        ),
    ),
    supersedes=(
        "CAM602",
        "CAM603",
        "CAM604",
        "CAM605",
        "CAM606",
        "CAM607",
        "CAM701",
        "CAM702",
        "CAM703",
        "CAM704",
        "CAM705",
        "CAM706",
        "CAM707",
    ),
    cwe=250,
    security_severity=9.1,
    when=Trait.WILDCARD_ACTION,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    This is the preset policy AdministratorAccess under another name. Whoever holds it can read and
    delete all data, spend the account's money, and create users and keys that stay when
    the policy is taken away again. One leaked key is then the whole account. The reviews of Cloud
    Config look for AdministratorAccess by its name, and don't see a custom policy that grants as
    much.

    In a session policy it means that the temporary credentials aren't narrowed down at all.

    ## How to fix it

    Name the products that are needed, such as `trtc:*` and `cdb:Describe*`, and their resources.
    Where somebody really has to see everything, use the condition of the preset policy
    ReadOnlyAccess:

    ```json
    {"numeric_equal": {"qcs:read_only_action": 1}}
    ```

    Give administrators the preset policy itself rather than a copy of it: it is then seen in
    every review.

    ## What camlint knows

    The conditions `qcs:read_only_action` and `qcs:except_cam_finance` bound Tencent's own preset
    policies, and a statement with any condition is left to `wildcard-action` (CAM602).

    Denies beside the allow are weighed exactly. Whoever can edit identities and policies frees
    themselves from any deny, so as long as one such operation is proved to be allowed (it is then
    named), the denies don't matter. A deny of `cam:*`, or one of which it isn't known what it
    refuses, such as one with a condition, leaves the allow to CAM602; denies that leave nothing of
    it leave it to `shadowed-allow` (CAM501). A service control policy (SCP) only sets limits, and
    allowing everything is its normal state.
    """
    wide = [
        found
        for one in policy.allows
        if one.wildcards and (found := _find_everything(one)) is not None
    ]
    if not wide or not comparable(policy):
        return
    note = ""
    if len(policy.allows) < len(policy.statements):
        if any(_may_reach_rights(statement) for statement in policy.statements):
            request = _find_kept_rights(policy, context)
            if request is None:
                return
            kept = request.action
            wide = [found for found in wide if _survives(policy, context, found[0])]
        else:
            kept = f"cam:{ADMINISTRATION[0]}"
        note = f"the denies of this policy leave {kept}, with which all they refuse can be had"
    for statement, action, resource in wide:
        yield Finding(
            f"{quote(action.text)} on {quote(resource.text)} allows every operation on everything in "
            "the account, the same as AdministratorAccess",
            action.place(),
            label="every operation",
            related=(Related(resource.place(), "on every resource"),),
            help="name the products and resources that are needed, or add the condition "
            '"numeric_equal": {"qcs:read_only_action": 1} if it is for reading',
            note=note,
            scope=statement.pointer,
        )


def _may_reach_rights(statement: Statement) -> bool:
    """Whether a deny may refuse operations on identities: those of other services don't."""
    if statement.effect == "allow":
        return False
    return not statement.complete or any(
        action.name.opaque or action.name.service.text == "cam" or "*" in action.name.service.text
        for action in statement.actions
    )


def _find_everything(
    statement: Statement,
) -> tuple[Statement, ActionPattern, ResourcePattern] | None:
    """The action and the resource with which an allow without conditions allows everything.

    There is no other way: what matches an arbitrary action on an arbitrary resource is a pattern
    that matches all of them, so no union of narrower statements does.
    """
    if not statement.complete or statement.conditions:
        return None
    action = next((one for one in statement.wildcards if one.name.qualified == EVERYTHING), None)
    if action is None:
        return None
    resource = next((one for one in statement.resources if one.everything), None)
    return None if resource is None else (statement, action, resource)


def _survives(policy: Policy, context: Context, statement: Statement) -> bool:
    """Whether an arbitrary request of the allow is proved to be left by the denies."""
    question = ask(policy, context.settings, context.catalog)
    index = policy.statements.index(statement)
    return isinstance(find(question, (index,), question.full & ~question.allows), Request)


def _find_kept_rights(policy: Policy, context: Context) -> Request | None:
    """A request to administer identities that is proved to be allowed, denies and all.

    Operations to which CAM gives a resource are asked about with those of CAM.
    """
    catalog = context.catalog
    unscoped, scoped = (
        [
            f"cam:{one}"
            for one in ADMINISTRATION
            if (catalog.resource_level("cam", one) is False) is bare
        ]
        for bare in (True, False)
    )
    for actions, resource in ((unscoped, "*"), (scoped, "qcs::cam:::*")):
        kept = grants((policy,), actions, (resource,), context.settings, catalog)
        if isinstance(kept, Request):
            return kept
    return None
