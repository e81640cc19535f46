"""A wildcard stands inside the name of a principal, where CAM has none."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Kind,
    Principal,
    Replace,
    Safety,
    Severity,
    clip,
    rule,
)

OTHER_CLOUDS = ("arn:", "acs:", "trn:", "iam:")
WHOLE = (":*", ":uin/*", ":root/*")
"""Ends of a name that mean all of an account, where its beginning is that account."""


@rule(
    code="CAM403",
    name="partial-principal-wildcard",
    severity=Severity.ERROR,
    confidence=Confidence.MEDIUM,
    references=(
        "https://cloud.tencent.com/document/product/598/10604",
        "https://cloud.tencent.com/document/product/598/10606",
    ),
    kinds=(Kind.TRUST, Kind.BUCKET),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"qcs": ["qcs::cam::uin/100012345678:uin/«*»"]},
                  "action": ["sts:AssumeRole"]
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
                  "principal": {"qcs": ["qcs::cam::uin/100012345678:root"]},
                  "action": ["sts:AssumeRole"]
                }
              ]
            }
            """,
        ),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {
                    "qcs": ["qcs::cam::uin/«*»:root", "qcs::cam::uin/100012345678:uin/1000123«*»"],
                    "service": ["«*».qcloud.com", "«*»"]
                  },
                  "action": ["sts:AssumeRole"]
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
                  "principal": {
                    "qcs": [
                      "qcs::cam::uin/100012345678:root",
                      "qcs::cam::uin/100012345678:uin/100012345679"
                    ],
                    "service": ["scf.qcloud.com"]
                  },
                  "action": ["sts:AssumeRole"]
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
                  "principal": {"qcs": ["*"]},
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
                }
              ]
            }
        """),
    ),
)
def check(principal: Principal, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    CAM's grammar has one `*` for principals: alone, for everybody. Inside a name it isn't documented
    and stands in no sample. If CAM takes the policy, the star is a plain character, and an allow
    reaches nobody. If it should ever count as a wildcard, it lets in people whom nobody has listed.

    ## How to fix it

    Name the users, roles or products one by one. For everyone in an account, a role trusts the
    account itself: `qcs::cam::uin/100012345678:root`. Its administrators then decide who is allowed
    `sts:AssumeRole`. In a bucket policy that name is the root user alone, and the users of one's
    own account get access by policies of CAM.

    ## What camlint knows

    That a star inside a name has no effect is concluded from the grammar, hence the medium
    confidence. A row of stars that hides digits is CAM214. The fix exists for trust policies where
    the star covers everyone in an account.
    """
    text = principal.text
    if "*" not in text or principal.everybody or text.startswith(OTHER_CLOUDS):
        return
    first, last = text.index("*"), text.rindex("*") + 1
    if principal.family == "service":
        way_out = "list the products, such as scf.qcloud.com"
    elif principal.family == "federated":
        way_out = "name the identity provider"
    else:
        way_out = "name each user or role"
    fixes: tuple[Fix, ...] = ()
    account = _account(text) if principal.family == "qcs" else None
    if account is not None and context.kind is Kind.TRUST:
        description = f"write {clip(account)}:root"
        fixes = (Fix(Safety.REPAIR, description, Replace(principal.place(), f"{account}:root")),)
        way_out = f"{description} for everyone in the account with sts:AssumeRole, or {way_out}"
    what = f"{clip(text)} has a wildcard inside, which CAM doesn't know for principals"
    if text == "*":
        what = f'"*" stands under {principal.family}, where CAM doesn\'t know it'
    yield Finding(
        f"{what}, so it is likely to name nobody",
        principal.place(first, last),
        label="no wildcard here",
        help=way_out,
        note='only "*" alone is documented, for everybody',
        fixes=fixes,
    )


def _account(text: str) -> str | None:
    """The beginning of a name that means all of one account by its end, else None."""
    for end in WHOLE:
        head = text.removesuffix(end)
        if head != text and Principal("qcs", f"{head}:root", ()).name is not None:
            return head
    return None
