"""A bucket's deny for anyone refuses only requests that nobody signed."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Policy,
    Severity,
    Statement,
    rule,
)

LISTING = frozenset({"cos:GetBucket", "cos:GetBucketObjectVersions"})
"""What Tencent's own answer denies to anyone, so that visitors can't list a public bucket."""


@rule(
    code="CAM410",
    name="deny-anyone-not-everyone",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=(
        "https://tencentcloud.com/document/product/436/35240",
        "https://cloud.tencent.com/document/product/436/45235",
    ),
    kinds=(Kind.BUCKET,),
    bad=(
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "deny",
                  "principal": {"qcs": [«"qcs::cam::anyone:anyone"»]},
                  "action": ["cos:DeleteObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
                }
              ]
            }
        """),
        Bad("""
            {
              "version": "2.0",
              "principal": {"qcs": «"qcs::cam::anonymous:anonymous"»},
              "statement": [
                {
                  "effect": "deny",
                  "action": "name/cos:GetBucket",
                  "resource": "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"
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
                  "effect": "deny",
                  "principal": {"qcs": ["qcs::cam::uin/100012345678:uin/100012345679"]},
                  "action": ["cos:DeleteObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
                },
                {
                  "effect": "allow",
                  "principal": {"qcs": ["qcs::cam::anyone:anyone"]},
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
                }
              ]
            }
        """),
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "deny",
                  "principal": "*",
                  "action": ["cos:DeleteObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
                }
              ]
            }
        """),
    ),
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    In an allow, `qcs::cam::anyone:anyone` is everybody. In a deny it isn't: COS refuses requests
    without a signature, and goes on to evaluate those with one. A user whose own policy allows
    `cos:DeleteObject` still deletes, although the bucket's policy seems to forbid it to anyone.
    People who review the bucket's policy alone take it for a lock.

    ## How to fix it

    Name the users who are to be refused: `qcs::cam::uin/<account>:uin/<user>`. To keep everybody
    out but a few, take the allows away instead: without one nobody gets in, and policies in CAM
    say who does. If only visitors without a signature are meant, all is well, and the finding can
    be suppressed.

    ## What camlint knows

    That COS takes a request without a signature for an anonymous one, and that a deny to anyone
    leaves signed requests to be evaluated, is documented for COS. Where only the listing of the
    bucket is denied (`cos:GetBucket`), it is a note: Tencent recommends just that for public
    buckets, against visitors who look around. Whether a deny for `"*"` reaches further isn't
    documented, so it isn't reported.
    """
    for principals, statements in policy.by_principals(policy.denies):
        listing = all(_only_listing(one) for one in statements)
        for principal in principals:
            if not principal.everybody or principal.text == "*":
                continue
            yield Finding(
                f"a deny for {principal.text} refuses only requests without a signature, so users "
                "whom another policy allows this are not kept from it",
                principal.place(),
                label="only unsigned requests",
                help="name the users to be refused, or suppress this if only visitors without a "
                "signature are meant",
                note="against the listing of a public bucket, Tencent recommends such a deny"
                if listing
                else "",
                severity=Severity.NOTE if listing else None,
            )


def _only_listing(statement: Statement) -> bool:
    """Whether nothing is denied but looking around in the bucket."""
    names = {action.name.qualified for action in statement.actions}
    return bool(names) and names <= LISTING
