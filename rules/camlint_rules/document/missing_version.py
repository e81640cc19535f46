"""The policy has no version, which CAM requires."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Insert,
    Policy,
    Safety,
    Severity,
    Trait,
    nearest,
    rule,
)

WAY_OUT = 'add "version": "2.0"'


@rule(
    code="CAM003",
    name="missing-version",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10603",
        "https://cloud.tencent.com/document/api/598/13884",
    ),
    bad=Bad(
        """
        «{»
          "statement": [
            {
              "effect": "allow",
              "action": ["trtc:DescribeRoomInfo"],
              "resource": ["*"]
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
              "action": ["trtc:DescribeRoomInfo"],
              "resource": ["*"]
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
              "action": ["trtc:DescribeRoomInfo"],
              "resource": ["*"]
            }
          ]
        }
    """),
    when=Trait.IRREGULAR,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    `version` says in which language the policy is written, and it is required. Without it CAM
    refuses the document, with the error `MissingParameter.version` or `VersionError`.

    ## How to fix it

    Begin the document with `"version": "2.0"`.
    """
    if "version" in policy.spelling or policy.bare or policy.implied_version:
        return
    # One that is misspelt is mended by its name, and not by a second one.
    misspelt = any(nearest(key.lower(), ("version",)) for key in policy.value)
    fix = Fix(Safety.REPAIR, WAY_OUT, Insert((), "version", "2.0", first=True))
    yield Finding(
        "the policy has no version, so CAM refuses it",
        policy.opening(),
        label="no version in here",
        help=WAY_OUT,
        fixes=() if misspelt else (fix,),
    )
