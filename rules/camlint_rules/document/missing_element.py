"""A statement lacks its effect, its actions or its resources."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Fault,
    Finding,
    Good,
    Malformed,
    Severity,
    Trait,
    rule,
)

WAYS_OUT = {
    "effect": 'add "effect": "allow" or "effect": "deny"',
    "action": 'add "action" with the operations that you mean, such as ["cos:GetObject"]',
    "resource": 'add "resource" with what the actions may touch; "*" is every resource, and the '
    "only value that operation-level actions match",
}


@rule(
    code="CAM009",
    name="missing-element",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10603",
        "https://cloud.tencent.com/document/api/598/13884",
    ),
    bad=(
        Bad("""
            {
              "version": "2.0",
              "statement": [
                «{»
                  "effect": "allow",
                  "action": ["trtc:DescribeRoomInfo", "trtc:DismissRoom"]
                }
              ]
            }
        """),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                «{»
                  "action": ["cdb:DescribeDBInstances"],
                  "resource": ["qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/cdb-a1b2c3d4"]
                }
              ]
            }
        """),
    ),
    good=(
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["trtc:DescribeRoomInfo", "trtc:DismissRoom"],
                  "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
                }
              ]
            }
        """),
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["sts:AssumeRole"],
                  "principal": {"service": ["cvm.qcloud.com"]}
                }
              ]
            }
        """),
    ),
    when=Trait.MISSING,
)
def check(malformed: Malformed, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Every statement needs an `effect`, an `action` and a `resource`. CAM has no default for any of
    them: it doesn't take a missing effect for allow, nor a missing resource for `"*"`. It refuses
    the policy, with errors such as `MissingParameter.action` or `MissingParameter.resource`.

    Only the trust policy of a role has no resource: the role itself is what it speaks of.

    ## How to fix it

    Add what is missing. For the resource, prefer the six-segment names of what is meant to `"*"`.

    ## What camlint knows

    The elements are documented as required. A document counts as a trust policy when it has a
    principal and an `sts:` action, or when `--kind trust` says so.
    """
    if malformed.fault is not Fault.MISSING or malformed.element not in WAYS_OUT:
        return
    element = malformed.element
    if element == "effect":
        message = (
            "this statement has no effect: it neither allows nor denies, and CAM refuses the policy"
        )
    elif element == "action":
        message = f"{malformed.speaker} names no action, so CAM refuses the policy"
    else:
        message = (
            f"{malformed.speaker} names no resource, which CAM doesn't take for all of them: "
            "it refuses the policy"
        )
    yield Finding(
        message,
        malformed.place(),
        label=f"no {element} in here",
        help=WAYS_OUT[element],
    )
