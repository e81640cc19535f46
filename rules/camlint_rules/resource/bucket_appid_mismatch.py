"""A COS bucket is looked for in an account that isn't the one in its name."""

from collections.abc import Iterator

from camlint.patterns import is_literal
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Related,
    Replace,
    ResourcePattern,
    Safety,
    Severity,
    Trait,
    clip,
    rule,
)

SHORTEST_APPID = 8
SAMPLE = "1250000000"
"""The APPID of Tencent's sample documents, the likelier of two numbers to be wrong."""


@rule(
    code="CAM217",
    name="bucket-appid-mismatch",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/436/13312",
        "https://cloud.tencent.com/document/product/598/10606",
        "https://cloud.tencent.com/document/product/436/44352",
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
                    "qcs::cos:ap-guangzhou:uid/1253653367:photos-«1253653376»/*",
                    "qcs::cos:ap-guangzhou:uid/«100012345678»:photos-1253653367/*",
                    "qcs::cos:ap-guangzhou:uid/1253653367:logs-«2026»/*"
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
                    "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653376/*",
                    "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*",
                    "qcs::cos:ap-guangzhou:uid/1253653367:logs-2026/*"
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
                "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*",
                "qcs::cos:ap-guangzhou::logs-2026-1253653367/*",
                "qcs::cos:ap-guangzhou:uid/1253653367:logs-*/*"
              ]
            }
          ]
        }
    """),
    supersedes=("CAM214",),
    when=Trait.COS,
)
def check(resource: ResourcePattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The name of a COS bucket ends with the APPID of the account that owns it, and `uid/` names the
    same number. When the two differ, the resource describes a bucket that can't exist: an allow for
    it grants nothing, a deny for it protects nothing.

    ## How to fix it

    Copy the bucket's whole name from the COS console, and write `uid/` with the number at its end.
    Or leave the account segment empty.

    ## What camlint knows

    Both forms are documented, and the digits are compared as they stand. A bucket in somebody
    else's account has that account's APPID in both places.
    """
    six = resource.six
    if "uid/" not in resource.text or six is None or six.service.text.lower() != "cos":
        return
    account, bucket = six.account.text, six.resource_type.text.partition(".")[0]
    number = account[4:]
    if not (account.startswith("uid/") and number.isascii() and number.isdigit()):
        return
    name, hyphen, appid = bucket.rpartition("-")
    if not hyphen or appid == number or not (appid.isascii() and appid.isdigit()):
        return
    if not is_literal(bucket):
        return
    start = six.tail.start + len(name) + 1
    in_name = resource.place(start, start + len(appid))
    in_account = resource.place(six.account.start + 4, six.account.end)
    shown = clip(bucket.strip())
    if len(appid) < SHORTEST_APPID:
        yield Finding(
            f"bucket {shown} lacks the APPID at its end, so there is no such bucket in uid/{number}",
            in_name,
            label="no APPID",
            related=(Related(in_account, "the APPID of the account"),),
            help=f"write {shown}-{number} if that is its name in the COS console",
        )
        return
    if (len(number) > len(appid) and number.startswith("1000")) or number == SAMPLE:
        yield Finding(
            f"uid/{number} can't own bucket {shown}, which belongs to APPID {appid}",
            in_account,
            label="looks like a UIN" if number != SAMPLE else "another account",
            related=(Related(in_name, "the APPID of the bucket"),),
            help=f"write uid/{appid}, or leave the segment empty",
            fixes=(Fix(Safety.REPAIR, f"write uid/{appid}", Replace(in_account, appid)),),
        )
    else:
        yield Finding(
            f"bucket {shown} belongs to APPID {appid}, not to uid/{number}, so there is no such bucket",
            in_name,
            label="another APPID",
            related=(Related(in_account, "the APPID of the account"),),
            help=f"write uid/{appid} if the bucket is right, or {clip(name.strip(), 40)}-{number} "
            "if the account is",
        )
