"""A COS resource is written in the older form, with ``prefix//`` and the APPID in its path."""

from collections.abc import Iterator

from camlint.patterns import is_literal
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Replace,
    ResourcePattern,
    Safety,
    Severity,
    Trait,
    clip,
    rule,
)

LEGACY = "prefix//"


@rule(
    code="CAM220",
    name="legacy-cos-path",
    severity=Severity.NOTE,
    confidence=Confidence.MEDIUM,
    references=(
        "https://cloud.tencent.com/document/product/436/18023",
        "https://tencentcloud.com/document/product/436/30580",
        "https://intl.cloud.tencent.com/document/product/598/10606",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:GetObject"],
                  "resource": [
                    "qcs::cos:ap-guangzhou:uid/1253653367:«prefix//1253653367/photos/»2026/*",
                    "qcs::cos:ap-guangzhou:uid/1253653367:«prefix//1253653367/»*"
                  ]
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
                  "action": ["cos:GetObject"],
                  "resource": [
                    "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/2026/*",
                    "qcs::cos:ap-guangzhou:uid/1253653367:*"
                  ]
                }
              ]
            }
            """,
        ),
    ),
    good=Good("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cos:GetObject"],
              "resource": [
                "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/2026/*",
                "qcs::cos:ap-guangzhou:uid/1253653367:prefix-1253653367//a/*"
              ]
            }
          ]
        }
    """),
    when=Trait.COS,
)
def check(resource: ResourcePattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Early documents of COS write a bucket as `prefix//<APPID>/<bucket>/`, without the number in the
    bucket's own name. Today's write `<bucket>-<APPID>/`, as the console and every tool do. The two
    don't look alike, so a search for the bucket misses this line, and whether newer functions of
    COS know the older form is nowhere said.

    ## How to fix it

    Write the bucket with its whole name:
    `qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/2026/*`. All buckets of a region are
    `qcs::cos:ap-guangzhou:uid/1253653367:*`.

    ## What camlint knows

    Both forms stand in Tencent's documents, the older one in those of 2019. That it still works is
    likely, and not documented.
    """
    six = resource.six
    if LEGACY not in resource.text or six is None or six.service.text.lower() != "cos":
        return
    if not six.tail.text.startswith(LEGACY):
        return
    appid, slash, rest = six.tail.text.removeprefix(LEGACY).partition("/")
    bucket, key_slash, key = rest.partition("/")
    if not (is_literal(appid) and is_literal(bucket.strip("*"))):
        return
    end = six.tail.start + len(LEGACY) + len(appid) + len(slash)
    # The number in the path says whose bucket it is.
    account = six.account.text or f"uid/{appid}"
    plain = account == f"uid/{appid}" and appid.isdigit()
    if bucket.strip("*"):
        end += len(bucket) + len(key_slash)
        whole = bucket if bucket.endswith(f"-{appid}") else f"{bucket}-{appid}"
        tail = f"{whole}{key_slash}{key}"
        plain = plain and "*" not in bucket and bool(key_slash)
    else:
        tail = "*"
        plain = plain and rest == "*"
    way_out = f"write {clip(f'qcs::cos:{six.region.text}:{account}:{tail}', 140)}"
    place = resource.place(six.account.start, six.tail.end)
    fix = Fix(Safety.REPAIR, way_out, Replace(place, f"{account}:{tail}"))
    yield Finding(
        f"{clip(six.tail.text)} is the older form of a COS path, which today's documents don't have",
        resource.place(six.tail.start, end),
        label="older form",
        help=way_out,
        fixes=(fix,) if plain else (),
    )
