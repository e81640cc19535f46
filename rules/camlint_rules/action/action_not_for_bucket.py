"""A bucket policy names an action of another product."""

from collections.abc import Iterator

from camlint.rule import (
    ActionPattern,
    Bad,
    Catalog,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Severity,
    clip,
    distance,
    rule,
)

OF_BUCKETS = ("cos", "ci")
"""The products whose requests a bucket policy decides: COS, and CI, which works on its objects."""


@rule(
    code="CAM111",
    name="action-not-for-bucket",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/436/18023",
        "https://cloud.tencent.com/document/product/436/45235",
    ),
    kinds=(Kind.BUCKET,),
    supersedes=("CAM102", "CAM103", "CAM104", "CAM105"),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"qcs": ["qcs::cam::uin/100012345678:uin/100012345679"]},
                  "action": ["name/cos:GetObject", «"cdn:PurgePathCache"»],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
                }
              ]
            }
            """,
            kind=Kind.BUCKET,
        ),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "deny",
                  "principal": {"qcs": ["qcs::cam::uin/100012345678:uin/100012345679"]},
                  "action": «"cvm:*"»,
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
                }
              ]
            }
        """),
    ),
    good=Good(
        """
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "principal": {"qcs": ["qcs::cam::uin/100012345678:uin/100012345679"]},
              "action": ["cos:GetObject", "name/cos:Put*", "ci:CreateMediaJobs", "permid/280649"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
            },
            {
              "effect": "deny",
              "principal": {"qcs": ["qcs::cam::uin/100012345678:uin/100012345680"]},
              "action": "*",
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
            }
          ]
        }
        """,
        kind=Kind.BUCKET,
    ),
)
def check(action: ActionPattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The policy of a bucket decides on requests to that bucket, and those are requests to COS, or to
    CI (Cloud Infinite), which works on its objects. Requests to another product never ask it. An
    allow of `cdn:PurgePathCache` there grants nothing, a deny prevents nothing, and COS may refuse
    the policy.

    ## How to fix it

    Take the action out. Give it in a policy of CAM that is attached to the user or group, with the
    resources of its own product.

    ## What camlint knows

    `cos:` and `ci:` are let pass, as are `*` and the older sets `permid/…`. The finding is an error
    where it is known that the document is a bucket's policy, from the file around it or from
    `--kind bucket`, and a warning where it only looks like one. A product that nobody knows and that
    is spelt nearly like `cos` or `ci`, or is called so elsewhere (`s3`), is left to CAM102.
    """
    name = action.name
    service = name.service.text
    if name.opaque or "*" in service or "?" in service or service.lower() in OF_BUCKETS:
        return
    if context.catalog.find_service(service) is None and _is_misspelt(service, context.catalog):
        return
    yield Finding(
        f"{clip(action.text)} is no action of COS, and the policy of a bucket decides on requests "
        "to that bucket alone, so this does nothing",
        action.place(),
        label="not of COS",
        help="remove it here; give it in a policy of CAM that is attached to the user or group",
        severity=None if context.kind_known else Severity.WARNING,
        confidence=None if context.kind_known else Confidence.MEDIUM,
        note=""
        if context.kind_known
        else "that this is a bucket's policy is concluded from its principals and resources; "
        "--kind says otherwise",
    )


def _is_misspelt(service: str, catalog: Catalog) -> bool:
    """Whether a product that nobody knows is one of those by another name, or nearly.

    Only these two are compared with: a policy may name any number of unknown ones.
    """
    lower = service.lower()
    plain = lower.replace("-", "").replace("_", "")
    index = catalog.index
    meant = [*index.renamed.get(plain, ()), *index.foreign.get(plain, ())[1:]]
    if any(one in OF_BUCKETS for one in meant):
        return True
    limit = 1 if len(lower) <= 3 else 2
    return any(distance(lower, one, limit) <= limit for one in OF_BUCKETS)
