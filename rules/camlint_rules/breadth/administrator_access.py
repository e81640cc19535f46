"""A policy allows every operation on every resource."""

from collections.abc import Iterator

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
    Severity,
    Statement,
    quote,
    rule,
)

EVERYTHING = "*:*"

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
    security_severity=9.0,
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
    policies, and a statement with any condition is left to `wildcard-action` (CAM602). So is one
    that is accompanied by a deny that may take away rights over identities (`cam:*`), since it
    depends on that deny how much is left. A deny that names only other services doesn't matter: who
    can edit identities and policies can free themselves from it. An allow next to a deny of
    everything grants nothing and isn't reported here. A service control policy (SCP) only sets
    limits, and allowing everything is its normal state.
    """
    if not any(statement.wildcards for statement in policy.allows):
        return
    if any(_may_bound(statement) for statement in policy.statements):
        return
    for statement in policy.statements:
        if statement.effect != "allow" or not statement.complete or statement.conditions:
            continue
        action = _find_everything(statement)
        resource = next((one for one in statement.resources if one.everything), None)
        if action is None or resource is None:
            continue
        yield Finding(
            f"{quote(action.text)} on {quote(resource.text)} allows every operation on everything in "
            "the account, the same as AdministratorAccess",
            action.place(),
            label="every operation",
            related=(Related(resource.place(), "on every resource"),),
            help="name the products and resources that are needed, or add the condition "
            '"numeric_equal": {"qcs:read_only_action": 1} if it is for reading',
            scope=statement.pointer,
        )


def _find_everything(statement: Statement) -> ActionPattern | None:
    return next((one for one in statement.actions if one.name.qualified == EVERYTHING), None)


def _may_bound(statement: Statement) -> bool:
    """Whether a statement may take away rights over identities and policies."""
    if statement.effect == "allow":
        return False
    if statement.effect is None or not statement.complete:
        return True
    return any(
        one.name.opaque or one.name.service.text == "cam" or "*" in one.name.service.text
        for one in statement.actions
    )
