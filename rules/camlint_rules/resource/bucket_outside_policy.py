"""A bucket policy names another bucket than its own."""

from collections.abc import Iterator

from camlint.patterns import is_literal
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Place,
    Policy,
    Related,
    ResourcePattern,
    Severity,
    clip,
    rule,
)

LEGACY = "prefix//"
DEDICATED = "cdc_cluster-"


@rule(
    code="CAM221",
    name="bucket-outside-policy",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/436/45235",
        "https://cloud.tencent.com/document/product/436/8282",
    ),
    kinds=(Kind.BUCKET,),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"qcs": ["qcs::cam::uin/100012345678:uin/100012345679"]},
                  "action": ["cos:GetObject"],
                  "resource": [
                    "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*",
                    "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/2026/*",
                    "qcs::cos:ap-guangzhou:uid/1253653367:«videos-1253653367»/*"
                  ]
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
                  "effect": "allow",
                  "principal": {"qcs": ["qcs::cam::uin/100012345678:uin/100012345679"]},
                  "action": ["cos:GetObject"],
                  "resource": "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"
                },
                {
                  "effect": "deny",
                  "principal": {"qcs": ["qcs::cam::uin/100012345678:uin/100012345680"]},
                  "action": ["cos:PutObject"],
                  "resource": "qcs::cos:ap-guangzhou:uid/1253653367:«photo-1253653367»/*"
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
              "action": ["cos:GetBucket", "cos:GetObject"],
              "resource": [
                "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/",
                "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*",
                "qcs::cos:ap-guangzhou:uid/1253653367:prefix//1253653367/photos/2026/*"
              ]
            }
          ]
        }
        """,
        kind=Kind.BUCKET,
    ),
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The policy of a bucket belongs to that bucket, and only requests to it ask the policy. Lines
    about another bucket grant nothing and protect nothing, or COS refuses the policy for them.
    Mostly they were copied from the other bucket's policy, or the name has a slip in it.

    ## How to fix it

    Correct the name, or put the lines into the other bucket's own policy. To give somebody access to
    several buckets at once, write a policy of CAM and attach it to the user or group.

    ## What camlint knows

    That the resources of a bucket's policy must lie in it is documented. Whose policy it is, the text
    doesn't say, so the bucket that most resources name is taken for it. The finding is an error
    where it is known that the document is a bucket's policy, from the file around it or from
    `--kind bucket`. Where it only looks like one it is a warning, with medium confidence: some of
    Tencent's own samples name two buckets. Names with a wildcard aren't compared. The older form
    `prefix//<APPID>/<bucket>/` counts as the bucket that it means.
    """
    named: dict[str, list[tuple[ResourcePattern, Place]]] = {}
    for statement in policy.statements:
        for resource in statement.resources:
            bucket, place = _read_bucket(resource)
            if bucket:
                named.setdefault(bucket, []).append((resource, place))
    if len(named) < 2:
        return
    own = max(named, key=lambda bucket: len(named[bucket]))
    for bucket, places in named.items():
        if bucket == own:
            continue
        _, place = places[0]
        yield Finding(
            f"{clip(bucket)} is another bucket than {clip(own)} elsewhere in this policy, and the "
            "policy of a bucket reaches that one bucket alone",
            place,
            label="another bucket",
            related=(
                Related(named[own][0][1], f"{clip(own, 40)} here"),
                *(Related(other, "and this") for _, other in places[1:4]),
            ),
            help=f"correct it to {clip(own)}, or move these lines to the policy of {clip(bucket)}",
            severity=None if context.kind_known else Severity.WARNING,
            confidence=None if context.kind_known else Confidence.MEDIUM,
            note=""
            if context.kind_known
            else "that this is a bucket's policy is concluded from its principals and resources; "
            "--kind says otherwise",
        )


def _read_bucket(resource: ResourcePattern) -> tuple[str, Place]:
    """The whole name of the bucket that a resource names, ``""`` for none, and its place."""
    six = resource.six
    if six is None or six.service.text.lower() != "cos":
        return "", resource.place()
    tail = six.tail.text
    if tail.startswith(LEGACY):
        appid, _, rest = tail.removeprefix(LEGACY).partition("/")
        name, slash, _ = rest.partition("/")
        if not slash or not name or not is_literal(name + appid):
            return "", resource.place()
        start = six.tail.start + len(LEGACY) + len(appid) + 1
        whole = name if name.endswith(f"-{appid}") else f"{name}-{appid}"
        return whole, resource.place(start, start + len(name))
    written = six.resource_type
    bucket = written.text.partition(".")[0].strip()
    if bucket.startswith(DEDICATED):
        bucket = bucket.partition("_")[2].partition("_")[2]
    if "-" not in bucket or not is_literal(bucket):
        return "", resource.place()
    return bucket, resource.place(written.start, written.end)
