"""A policy allows every operation on every resource."""

from collections.abc import Iterator, Sequence

from camlint.access.administrator import ADMINISTRATION, Whole, find_administrator
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Policy,
    Related,
    Severity,
    Trait,
    Witness,
    join_words,
    quote,
    rule,
)

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
    found = find_administrator(policy, context.settings, context.catalog)
    if found is None:
        return
    kept = Witness(*found.kept) if found.kept is not None else None
    note = "taken together, the conditions of these statements leave no request out"
    if len(policy.allows) < len(policy.statements):
        note = _tell_of_denies(kept)
    elif not found.united:
        note = ""
    for whole in found.wide:
        yield _report(policy, whole, found.wide if found.united else (whole,), note, kept)


def _tell_of_denies(kept: Witness | None) -> str:
    """Why the denies beside the allow change nothing."""
    named = kept.request.action if kept is not None else f"cam:{ADMINISTRATION[0]}"
    if kept is not None and (kept.request.context or kept.absent):
        named += " in some circumstances"
    return f"the denies of this policy leave {named}, with which all they refuse can be had"


def _report(
    policy: Policy, whole: Whole, together: Sequence[Whole], note: str, kept: Witness | None
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
