"""A policy allows every operation on every resource."""

from collections.abc import Iterator, Sequence

from camlint.access.absent import find_absent
from camlint.access.answer import Request, Verdict
from camlint.access.covers import covered_by
from camlint.access.decide import decide
from camlint.access.find import find
from camlint.access.first_cell import comparable
from camlint.access.grants import grants
from camlint.access.question import Question, ask
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
    Witness,
    join_words,
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

ELSEWHERE = ("192.0.2.7", "198.51.100.7", "203.0.113.7")
"""Addresses of three networks that have nothing to do with one another. Source: RFC 5737."""

Whole = tuple[Statement, ActionPattern, ResourcePattern]
"""An allow with the action and the resource with which it allows everything."""

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
                {
                  "effect": "deny",
                  "action": "*",
                  "resource": "*",
                  "condition": {"ip_equal": {"qcs:ip": "203.0.113.0/24"}}
                }
              ]
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
                  "action": «"*"»,
                  "resource": "*",
                  "condition": {"ip_equal": {"qcs:ip": "203.0.113.0/24"}}
                },
                {
                  "effect": "allow",
                  "action": «"*"»,
                  "resource": "*",
                  "condition": {"ip_not_equal_if_exist": {"qcs:ip": "203.0.113.0/24"}}
                }
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
                {
                  "effect": "deny",
                  "action": "*",
                  "resource": "*",
                  "condition": {"numeric_equal": {"qcs:except_cam_finance": 0}}
                }
              ]
            }
            """
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": "*",
                  "resource": "*",
                  "condition": {"ip_equal": {"qcs:ip": "203.0.113.0/24"}}
                }
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
        "CAM112",
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
    when=Trait.SWEEPING_ACTION,
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
    policies. A statement with another condition is left to `wildcard-action` (CAM602), unless such
    statements together leave no request out.

    Denies beside the allow are weighed exactly, conditions and all. Whoever can edit identities and
    policies frees themselves from any deny, so as long as one such operation is proved to be allowed
    to a request from anywhere, the denies don't matter; the finding shows such a request. A deny of
    `cam:*`, or one of which it isn't known what it refuses, leaves the allow to CAM602. So does a
    deny that confines it, say to the network of an office: that is an allow with a condition,
    written the other way round. Denies that leave nothing of it leave it to `shadowed-allow` (CAM501). A service control policy (SCP) only
    sets limits, and allowing everything is its normal state.
    """
    found = [
        whole
        for one in policy.allows
        if one.wildcards and (whole := _find_everything(one)) is not None
    ]
    if not found or not comparable(policy):
        return
    wide = [one for one in found if not one[0].conditions]
    united = not wide
    if united:
        wide = _find_union(policy, context, found)
    weighed = any(map(_may_reach_rights, policy.statements))
    if not wide:
        return
    kept = _find_kept_rights(policy, context, () if weighed or united else wide)
    if weighed and (kept is None or not _is_free(policy, context, kept.request)):
        return
    if weighed and not united:
        wide = [one for one in wide if _survives(policy, context, one[0])]
    note = "taken together, the conditions of these statements leave no request out"
    if len(policy.allows) < len(policy.statements):
        note = _tell_of_denies(kept)
    elif not united:
        note = ""
    for whole in wide:
        yield _report(policy, whole, wide if united else [whole], note, kept)


def _tell_of_denies(kept: Witness | None) -> str:
    """Why the denies beside the allow change nothing."""
    named = kept.request.action if kept is not None else f"cam:{ADMINISTRATION[0]}"
    if kept is not None and (kept.request.context or kept.absent):
        named += " in some circumstances"
    return f"the denies of this policy leave {named}, with which all they refuse can be had"


def _report(
    policy: Policy, whole: Whole, together: list[Whole], note: str, kept: Witness | None
) -> Finding:
    """The finding about one of the statements that allow everything only together, or alone."""
    statement, action, resource = whole
    others = [policy.statements.index(one) + 1 for one, _, _ in together if one is not statement]
    plural = "s" if len(others) > 1 else ""
    beside = f" together with statement{plural} {join_words(others)}" if others else ""
    return Finding(
        f"{quote(action.text)} on {quote(resource.text)} allows every operation on everything in "
        f"the account{beside}, the same as AdministratorAccess",
        action.place(),
        label="every operation",
        related=(
            Related(resource.place(), "on every resource"),
            *(
                Related(one.element("condition"), f"if {one.circumstances}")
                for one, _, _ in together
                if one.conditions
            ),
        ),
        help="name the products and resources that are needed, or add the condition "
        '"numeric_equal": {"qcs:read_only_action": 1} if it is for reading',
        note=note,
        scope=statement.pointer,
        witness=kept,
    )


def _is_free(policy: Policy, context: Context, request: Request) -> bool:
    """Whether a request is allowed from nearly anywhere, with nothing else that a condition asks for."""
    question = ask(policy, context.settings, context.catalog)
    allowed = 0
    for address in ELSEWHERE:
        here = Request(request.action, request.resource, request.principal, {"qcs:ip": (address,)})
        allowed += decide(question, here).verdict is Verdict.ALLOW
    return 2 * allowed > len(ELSEWHERE)


def _may_reach_rights(statement: Statement) -> bool:
    """Whether a deny may refuse operations on identities: those of other services don't."""
    if statement.effect == "allow":
        return False
    return not statement.complete or any(
        action.name.opaque or action.name.service.text == "cam" or "*" in action.name.service.text
        for action in statement.actions
    )


def _find_everything(statement: Statement) -> Whole | None:
    """The action and the resource with which an allow allows everything, conditions aside.

    There is no other way: what matches an arbitrary action on an arbitrary resource is a pattern
    that matches all of them, so no union of narrower statements does.
    """
    if not statement.complete:
        return None
    action = next((one for one in statement.wildcards if one.name.qualified == EVERYTHING), None)
    if action is None:
        return None
    resource = next((one for one in statement.resources if one.everything), None)
    return None if resource is None else (statement, action, resource)


def _find_union(policy: Policy, context: Context, found: list[Whole]) -> list[Whole]:
    """Those of the allows under conditions that allow everything together; none unless proved."""
    if len(found) < 2 and not any(
        one.if_exist or (one.derived and not one.preset) for one in found[0][0].conditions
    ):
        return []
    anything = Statement(
        (), {}, {}, "allow", (found[0][1],), (ResourcePattern("*", (), None),), (), (), ()
    )
    question = Question((policy,), context.settings, context.catalog, probes=(anything,))
    numbers = {policy.statements.index(statement): one for one in found for statement in one[:1]}
    candidates = sum(1 << number for number in numbers)
    by = covered_by(question, len(policy.statements), candidates)
    return [numbers[number] for number in by]


def _survives(policy: Policy, context: Context, statement: Statement) -> bool:
    """Whether an arbitrary request of the allow is proved to be left by the denies."""
    question = ask(policy, context.settings, context.catalog)
    index = policy.statements.index(statement)
    return isinstance(find(question, (index,), question.full & ~question.allows), Request)


def _find_kept_rights(
    policy: Policy, context: Context, unopposed: Sequence[Whole]
) -> Witness | None:
    """A request to administer identities that is proved to be allowed, denies and all.

    Operations to which CAM gives a resource are asked about with those of CAM. ``unopposed`` are
    allows to which nothing that the policy says of identities is opposed.
    """
    catalog = context.catalog
    if not policy.principals and any(resource.six is None for _, _, resource in unopposed):
        for one in ADMINISTRATION:
            if catalog.resource_level("cam", one) is False:
                return Witness(Request(f"cam:{one}", "*"))
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
            question = ask(policy, context.settings, catalog)
            return Witness(kept, find_absent(question, kept))
    return None
