"""A product is named in a form that no product of Tencent Cloud has."""

from collections.abc import Iterator

from camlint.catalog.principals import ServicePrincipals
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
    distance,
    join_words,
    rule,
)

OTHER_CLOUDS = {
    ".amazonaws.com": "AWS",
    ".aliyuncs.com": "Alibaba Cloud",
    ".myhuaweicloud.com": "Huawei Cloud",
    ".volces.com": "Volcengine",
    ".googleapis.com": "Google Cloud",
}
ENDPOINTS = (".tencentcloudapi.com", ".myqcloud.com", ".tencentcs.com")
"""Where products are called, which isn't how they are named in a policy."""
ELSEWHERE = ("arn:", "acs:", "trn:", "iam:", "qcs:", "cam:", "uin/")
"""How names begin that are no names of products at all; CAM401 tells of them."""

LONGEST = 253
"""Characters of a domain name; a longer one is not compared with others."""


@rule(
    code="CAM406",
    name="unknown-service-principal",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    references=(
        "https://cloud.tencent.com/document/product/598/19447",
        "https://cloud.tencent.com/document/product/598/85165",
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
                  "principal": {"service": [«"cvm.qcluod.com"», "scf.qcloud.com"]},
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
                  "principal": {"service": ["cvm.qcloud.com", "scf.qcloud.com"]},
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
                    "service": [«"ec2.amazonaws.com"», «"scf.tencentcloudapi.com"», «"cls"»]
                  },
                  "action": ["sts:AssumeRole"]
                }
              ]
            }
        """),
    ),
    good=Good("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "principal": {
                "service": [
                  "cvm.qcloud.com",
                  "cbsinit.cvm.cloud.tencent.com",
                  "newproduct.cloud.tencent.com"
                ]
              },
              "action": ["sts:AssumeRole"]
            }
          ]
        }
    """),
)
def check(principal: Principal, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    A product takes on a role under its own name, such as `scf.qcloud.com`. With another name the
    role trusts nobody: the product gets no credentials and fails when it first needs them. CAM
    refuses names that it doesn't know (`PrincipalServiceNotExist`).

    ## How to fix it

    Write the name from the product's documentation or from Tencent's list of role carriers. They
    end in `qcloud.com`, `cloud.tencent.com`, `tencent.com` or `qq.com`. The address at which a
    product is called (`cvm.tencentcloudapi.com`) isn't its name.

    ## What camlint knows

    The list that Tencent publishes isn't complete, so a name with one of those endings is never
    reported, known or not. Whether CAM has names with other endings isn't documented, hence the
    medium confidence. A fix is offered where exactly one name of the list is at most two letters
    away.
    """
    text = principal.text
    if principal.family != "service" or "*" in text or text.startswith(ELSEWHERE):
        return
    known = context.catalog.service_principals
    if len(text) <= LONGEST and known.well_formed(text):
        return
    close = _find_near(text, known)
    product = text.lower().partition(".")[0]
    same = [name for name in known.names if name.partition(".")[0] == product]
    cloud = next((OTHER_CLOUDS[end] for end in OTHER_CLOUDS if text.lower().endswith(end)), "")
    fixes: tuple[Fix, ...] = ()
    reason = "has none of the endings that names of products have"
    way_out = "write the product's name, such as scf.qcloud.com; Tencent's list has more"
    if close:
        way_out = f"write {close}"
        fixes = (Fix(Safety.REPAIR, way_out, Replace(principal.place(), close)),)
    elif same:
        way_out = f"write {join_words(same)}" if len(same) == 1 else f"write {' or '.join(same)}"
    if cloud:
        reason = f"is the name of a product of {cloud}"
    elif text.lower().endswith(ENDPOINTS):
        reason = "is the address at which a product is called, not its name"
    yield Finding(
        f"{clip(text)} {reason}, so the product that is meant can't use this statement",
        principal.place(),
        label=f"from {cloud}" if cloud else "not a product's name",
        help=way_out,
        note=f"names of products end in {', '.join(known.domains)}",
        fixes=fixes,
    )


def _find_near(text: str, known: ServicePrincipals) -> str | None:
    """The one name of the list that differs by case or at most two letters."""
    if len(text) > LONGEST:
        return None
    lower = "".join(text.lower().split())
    if known.well_formed(lower):
        return lower
    near = [name for name in known.names if distance(lower, name) <= 2]
    return near[0] if len(near) == 1 else None
