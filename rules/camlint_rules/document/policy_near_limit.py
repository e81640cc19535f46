"""The policy comes near the number of characters that CAM takes."""

import json
from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Policy,
    Reads,
    Severity,
    Trait,
    rule,
)

IDENTITY = 6144
BUCKET = 20 * 1024
NEAR = 0.9
"""The part of a limit from which a policy is near it."""

HEAD = """
«{»
  "version": "2.0",
  "statement": [
    {
      "effect": "allow",
      "action": ["cdb:DescribeDBInstances"],
      "resource": [
        """
TAIL = """
      ]
    }
  ]
}
"""
INSTANCES = ",\n        ".join(
    f'"qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/cdb-a1b2c{number:03}"'
    for number in range(92)
)


@rule(
    code="CAM014",
    name="policy-near-limit",
    severity=Severity.NOTE,
    confidence=Confidence.HIGH,
    strict=True,
    references=(
        "https://cloud.tencent.com/document/product/598/10604",
        "https://cloud.tencent.com/document/product/598/10609",
        "https://cloud.tencent.com/document/product/436/45235",
    ),
    reads=(Reads.LENGTH,),
    bad=Bad(HEAD + INSTANCES + TAIL),
    good=Good("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cdb:DescribeDBInstances"],
              "resource": ["qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/*"]
            }
          ]
        }
    """),
    kinds=(Kind.IDENTITY, Kind.BUCKET),
    when=Trait.LONG,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    CAM takes 6,144 characters in a policy without its white space (4,096 in a permission set of
    Identity Center, 20 KiB in a bucket policy). This one has more than nine tenths of that, so the
    next few lines may be refused, perhaps in a hurry.

    ## How to fix it

    Nothing has to be done today. Before the policy grows, name what belongs together by a pattern or
    a tag, or begin a second policy.

    ## What camlint knows

    It counts as for [policy-too-long](CAM013-policy-too-long.md).
    """
    text = json.dumps(policy.value, ensure_ascii=False, separators=(",", ":"))
    if context.kind is Kind.BUCKET:
        length, limit, unit = len(text.encode("utf-8", "surrogatepass")), BUCKET, "bytes"
    else:
        length, limit, unit = len(text), policy.limit or IDENTITY, "characters"
    if NEAR * limit < length <= limit:
        yield Finding(
            f"this policy has {length:,} of the {limit:,} {unit} that it may have, not counting "
            "white space",
            policy.opening(),
            label=f"{limit - length:,} {unit} are left",
            help="before it grows, name what belongs together by a pattern or a tag, or begin a "
            "second policy",
        )
