"""Some actions of a document begin with name/, and others don't."""

from collections.abc import Iterator

from camlint.rule import (
    ActionPattern,
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Policy,
    Reads,
    Related,
    Replace,
    Safety,
    Severity,
    rule,
)

PREFIX = "name/"


@rule(
    code="CAM110",
    name="mixed-action-prefix",
    severity=Severity.NOTE,
    confidence=Confidence.HIGH,
    strict=True,
    references=(
        "https://cloud.tencent.com/document/product/598/10603",
        "https://cloud.tencent.com/document/product/598/10604",
    ),
    reads=(Reads.PREFIX,),
    bad=Bad(
        """
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["trtc:DescribeRoomInfo", «"name/trtc:DismissRoom"», "trtc:RemoveUser"],
              "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
            }
          ]
        }
        """,
        fixed="""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["trtc:DescribeRoomInfo", "trtc:DismissRoom", "trtc:RemoveUser"],
              "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
            }
          ]
        }
        """,
    ),
    good=Good("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["name/trtc:DescribeRoomInfo", "name/trtc:DismissRoom"],
              "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
            },
            {
              "effect": "deny",
              "action": "*",
              "resource": "*",
              "condition": {"ip_not_equal": {"qcs:ip": ["10.32.0.0/16"]}}
            }
          ]
        }
    """),
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    `name/trtc:DismissRoom` and `trtc:DismissRoom` are one and the same action. With both forms in one
    policy, whoever searches it for an action, compares two versions or sorts a list misses half of
    it, and sooner or later wonders what the difference is. There is none.

    ## How to fix it

    Use one form. `camlint fix` writes all of them like the most; where they are equal in number,
    without `name/`, as CAM's newer pages do. The meaning stays the same.

    ## What camlint knows

    The prefix is documented as standing for an operation, and current pages write actions with and
    without it. `*`, `*:*` and sets such as `permid/280655` can't have it and aren't counted.
    """
    prefixed: list[ActionPattern] = []
    plain: list[ActionPattern] = []
    for statement in policy.statements:
        for action in statement.actions:
            if action.text.startswith(PREFIX):
                prefixed.append(action)
            elif not (action.name.opaque or action.name.qualified == "*:*"):
                plain.append(action)
    if not prefixed or not plain:
        return
    drop = len(prefixed) <= len(plain)
    odd, kept = (prefixed, plain) if drop else (plain, prefixed)
    first, *others = odd
    edits = [
        Replace(one.place(0, len(PREFIX)), "") if drop else Replace(one.place(0, 0), PREFIX)
        for one in odd
    ]
    actions = "action" if len(odd) == 1 else "actions"
    begin = "begins" if len(odd) == 1 else "begin"
    form, way = ("with", "without") if drop else ("without", "with")
    yield Finding(
        f"{len(odd)} {actions} of this policy {begin} {form} name/ and {len(kept)} {way} it, which "
        "means the same and is harder to search",
        first.place(),
        label=f"{form} name/",
        related=tuple(Related(one.place(), "and this") for one in others[:3]),
        help=f"write {'it' if len(odd) == 1 else 'them'} {way} name/ like the others",
        fixes=(
            Fix(
                Safety.SAFE,
                f"write {'it' if len(odd) == 1 else 'them'} {way} name/ like the others",
                *edits,
            ),
        ),
    )
