"""The policy has more characters than CAM takes."""

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
"""Characters without white space. Source: https://cloud.tencent.com/document/product/598/10604"""

BUCKET = 20 * 1024
"""Bytes of a bucket policy. Source: COS's guide to bucket policies."""

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
    for number in range(100)
)


@rule(
    code="CAM013",
    name="policy-too-long",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
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
              "resource": ["*"],
              "condition": {"for_any_value:string_equal": {"qcs:resource_tag": ["team&reports"]}}
            }
          ]
        }
    """),
    kinds=(Kind.IDENTITY, Kind.BUCKET),
    when=Trait.LONG,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    CAM takes 6,144 characters in a policy, not counting white space, and refuses a longer one
    (`PolicyDocumentLengthOverLimit`). A permission set of Identity Center may have 4,096, a bucket
    policy of COS 20 KiB. Whoever finds out while rolling out a change has the old policy still in
    force.

    ## How to fix it

    Name several things by one pattern (`cdb:Describe*`) or by a tag (`qcs:resource_tag`) instead of
    one by one, delete what `camlint --strict` calls redundant, or split the policy: up to 200 can be
    attached to one user.

    ## What camlint knows

    The limits are documented. What counts as white space, and how a Chinese character counts, is
    not: camlint counts characters after taking out all white space between values, so that it
    rather lets a policy pass that CAM refuses than the other way round. A bucket policy is counted
    in bytes. One that is below the limit only without its white space is a warning: it is too long
    for whoever uploads it as it stands.

    The limits of trust policies, service control policies and session policies are not published,
    so these aren't checked.
    """
    if context.kind is Kind.BUCKET:
        size = len(_minify(policy).encode("utf-8", "surrogatepass"))
        if size > BUCKET:
            yield _tell(policy, f"{size:,} bytes without white space", "20,480", "COS")
        elif policy.size > BUCKET:
            yield Finding(
                f"this bucket policy has {policy.size:,} bytes as it is written, and COS takes "
                "20,480, so it refuses the policy unless the white space is taken out before",
                policy.opening(),
                label=f"{size:,} bytes without white space",
                help="write it with less white space, or split it by shorter patterns and tags",
                severity=Severity.WARNING,
                confidence=Confidence.MEDIUM,
            )
        return
    limit = policy.limit or IDENTITY
    count = len(_minify(policy))
    if count > limit:
        taker = "Identity Center" if policy.limit else "CAM"
        yield _tell(policy, f"{count:,} characters without white space", f"{limit:,}", taker)


def _minify(policy: Policy) -> str:
    return json.dumps(policy.value, ensure_ascii=False, separators=(",", ":"))


def _tell(policy: Policy, length: str, limit: str, taker: str) -> Finding:
    return Finding(
        f"this policy has {length}, but {taker} takes only {limit}, so it refuses the policy",
        policy.opening(),
        label=f"{length.partition(' without')[0]}, {limit} at most",
        help="split it, or name what belongs together by a pattern or a tag instead of one by one",
    )
