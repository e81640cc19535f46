"""The region segment of a resource has an old code in it."""

from collections.abc import Iterator

from camlint.access.regions import modern as equal_region
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
    quote,
    rule,
)

WITH_CODES_OF_ITS_OWN = ("cos", "ci")


@rule(
    code="CAM206",
    name="legacy-region",
    severity=Severity.NOTE,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10606",
        "https://cloud.tencent.com/document/product/213/6091",
        "https://cloud.tencent.com/document/product/436/6224",
    ),
    bad=Bad(
        """
        {
          "version": "2.0",
          "statement": [{
            "effect": "allow",
            "action": ["cvm:StartInstances", "cos:GetObject", "cdb:RestartDBInstances"],
            "resource": [
              "qcs::cvm:«gz»:uin/100000000001:instance/ins-a1b2c3d4",
              "qcs::cos:«cn-east»:uid/1250000000:logs-1250000000/*",
              "qcs::cdb:«szjr»:uin/100000000001:instanceId/cdb-a1b2c3d4"
            ]
          }]
        }
        """,
        fixed="""
        {
          "version": "2.0",
          "statement": [{
            "effect": "allow",
            "action": ["cvm:StartInstances", "cos:GetObject", "cdb:RestartDBInstances"],
            "resource": [
              "qcs::cvm:ap-guangzhou:uin/100000000001:instance/ins-a1b2c3d4",
              "qcs::cos:ap-shanghai:uid/1250000000:logs-1250000000/*",
              "qcs::cdb:szjr:uin/100000000001:instanceId/cdb-a1b2c3d4"
            ]
          }]
        }
        """,
    ),
    good=Good(
        """
        {
          "version": "2.0",
          "statement": [{
            "effect": "allow",
            "action": ["cvm:StartInstances", "cos:GetObject", "trtc:RemoveUser"],
            "resource": [
              "qcs::cvm:ap-guangzhou:uin/100000000001:instance/ins-a1b2c3d4",
              "qcs::cos:ap-shanghai:uid/1250000000:logs-1250000000/*",
              "qcs::trtc:gz:uin/100000000001:sdkappid/1400000001"
            ]
          }]
        }
        """
    ),
    when=Trait.REGION | Trait.UNPROVEN,
)
def check(resource: ResourcePattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Regions once had short codes: `gz` for Guangzhou, `sh` for Shanghai, and in COS `cn-south` and
    `cn-east`. Some of Tencent's own samples still have them, and CAM seems to take them. Its
    description of resources has only the present names, such as `ap-guangzhou`, so nothing says how
    long that will be so. Reviewers and tools that search for a region also miss its old code.

    ## How to fix it

    Write the present name: `ap-guangzhou` for `gz`, `ap-hongkong` for `hk`, `na-toronto` for `ca`.

    ## What camlint knows

    The codes `gz`, `sh`, `bj`, `hk`, `sg`, `ca`, `cd`, `de` and `shjr` were documented, and those of
    COS are. A few more (`szjr`, `usw`, `jp`) are built alike; they are reported with medium
    confidence.
    """
    six = resource.six
    if six is None or not six.region.text:
        return
    catalog = context.catalog
    legacy = catalog.regions.legacy(six.region.text)
    service = six.service.text
    if legacy is None or catalog.service(service.lower()).regionless:
        return
    code, modern = legacy.code, legacy.modern
    old = "is an old code" if legacy.documented else "looks like an old code"
    way_out = f"write {clip(f'qcs::{service}:{modern}:{six.account.text}:{six.tail.text}', 120)}"
    place = resource.place(six.region.start, six.region.end)
    fixes: tuple[Fix, ...] = ()
    if equal_region(code) == modern:
        fixes = (Fix(Safety.SAFE, way_out, Replace(place, modern)),)
    elif legacy.documented and service.lower() in WITH_CODES_OF_ITS_OWN:
        # Its documents tell where they are, and nobody that CAM takes them as equal.
        fixes = (Fix(Safety.REPAIR, way_out, Replace(place, modern)),)
    yield Finding(
        f"{quote(code)} {old} of region {modern}, and CAM's description of resources has only the "
        "present names",
        place,
        label=f"now {modern}",
        help=way_out,
        note="" if legacy.documented else f"no page was found that equates {code} with {modern}",
        confidence=None if legacy.documented else Confidence.MEDIUM,
        fixes=fixes,
    )
