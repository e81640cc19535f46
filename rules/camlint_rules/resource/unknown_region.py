"""The region segment of a resource names no region."""

from collections.abc import Iterator

from camlint.catalog.regions import Regions
from camlint.patterns import SixSegments, is_literal
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
    distance,
    quote,
    rule,
)

EVERYWHERE = ("all", "any", "global", "none", "null", "default", "-")
"""What people write who mean no region in particular."""
EVERY = ("all", "any", "global")
"""Those of them that surely mean each of them, and not one that is still to be filled in."""


@rule(
    code="CAM205",
    name="unknown-region",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10606",
        "https://cloud.tencent.com/document/product/213/6091",
        "https://cloud.tencent.com/document/product/436/6224",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["cdb:RestartDBInstances", "cvm:StartInstances"],
                "resource": [
                  "qcs::cdb:«ap-guangzhou-3»:uin/100000000001:instanceId/cdb-a1b2c3d4",
                  "qcs::cdb:«Guangzhou»:uin/100000000001:instanceId/cdb-a1b2c3d4",
                  "qcs::cvm:«ap-guangzhuo»:uin/100000000001:instance/ins-a1b2c3d4",
                  "qcs::cvm:«AP-Beijing»:uin/100000000001:instance/ins-a1b2c3d4"
                ]
              }]
            }
            """,
            fixed="""
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["cdb:RestartDBInstances", "cvm:StartInstances"],
                "resource": [
                  "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-a1b2c3d4",
                  "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-a1b2c3d4",
                  "qcs::cvm:ap-guangzhou:uin/100000000001:instance/ins-a1b2c3d4",
                  "qcs::cvm:ap-beijing:uin/100000000001:instance/ins-a1b2c3d4"
                ]
              }]
            }
            """,
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["cos:GetObject", "cvm:StartInstances"],
                "resource": [
                  "qcs::cos:«us-east-1»:uid/1250000000:logs-1250000000/*",
                  "qcs::cvm:«uin/100000000001»::instance/ins-a1b2c3d4"
                ]
              }]
            }
            """,
            fixed="""
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["cos:GetObject", "cvm:StartInstances"],
                "resource": [
                  "qcs::cos:us-east-1:uid/1250000000:logs-1250000000/*",
                  "qcs::cvm::uin/100000000001:instance/ins-a1b2c3d4"
                ]
              }]
            }
            """,
        ),
    ),
    good=Good(
        """
        {
          "version": "2.0",
          "statement": [{
            "effect": "allow",
            "action": ["cdb:RestartDBInstances", "cos:GetObject"],
            "resource": [
              "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-a1b2c3d4",
              "qcs::cdb::uin/100000000001:instanceId/cdb-a1b2c3d4",
              "qcs::cos:ap-beijing-1:uid/1250000000:logs-1250000000/*",
              "qcs::cdb:gz::instanceId/cdb-a1b2c3d4",
              "qcs::cdb:<region>::instanceId/cdb-a1b2c3d4",
              "qcs::cdb:ap-*::instanceId/cdb-a1b2c3d4",
              "qcs::gz:cvm::instance/ins-a1b2c3d4"
            ]
          }]
        }
        """
    ),
    when=Trait.REGION | Trait.UNPROVEN,
)
def check(resource: ResourcePattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The fourth segment of a resource is a region such as `ap-guangzhou`, or empty for every region.
    CAM has an error of its own for what isn't a region, `ResourceRegionError`. Where it takes
    the policy all the same, no request has such a resource: an allow grants nothing, a deny protects
    nothing.

    Availability zones (`ap-guangzhou-3`), the names of cities and the regions of other clouds are
    what most often stands there instead.

    ## How to fix it

    Write the region as the console and the API have it: `ap-guangzhou`, `ap-singapore`,
    `na-siliconvalley`. Or leave the segment empty, if every region is meant.

    ## What camlint knows

    The list of regions is put together from Tencent's pages and the published API. A zone, a city,
    another case and a slip of one or two letters are errors. Any other unknown text is a warning of
    medium confidence, since regions are opened from time to time. Old codes such as `gz` are the
    business of CAM206, services without regions that of CAM208.
    """
    six = resource.six
    if six is None or not six.region.text:
        return
    written = six.region.text
    service = six.service.text.lower()
    catalog = context.catalog
    regions = catalog.regions
    if regions.known(written, service) or not is_literal(written):
        return
    if regions.legacy(written) is not None or written != written.strip():
        return
    if six.project.text and not six.project.text.startswith("id/"):
        # Every segment stands one place too early: project-segment tells.
        return
    owner = catalog.service(service)
    if owner.regionless or (not owner.known and _is_shifted(written, context)):
        return
    if catalog.service(written).known and regions.legacy(service) is not None:
        return
    place = resource.place(six.region.start, six.region.end)
    if written.startswith(("uin/", "uid/")):
        way_out = f"write {_write(six, '', account=six.account.text or written)}"
        both = resource.place(six.region.start, six.account.end)
        fix = Fix(Safety.REPAIR, way_out, Replace(both, f":{written}"))
        yield Finding(
            f"account {quote(written)} stands where the region belongs, so this names no resource",
            place,
            label="belongs one segment later",
            help=way_out,
            fixes=() if six.account.text not in ("", written) else (fix,),
        )
        return
    meant, what, sure = _read(written, regions)
    if meant:
        way_out = f"write {_write(six, meant)}"
        fix = Fix(Safety.REPAIR, way_out, Replace(place, meant))
        yield Finding(
            f"{quote(written)} {what}, so this names no resource",
            place,
            label=f"did you mean {meant}?",
            help=way_out,
            confidence=sure,
            fixes=(fix,) if _is_only(written.lower(), meant, regions) else (),
        )
        return
    everywhere = written.lower() in EVERYWHERE
    way_out = f"write {_write(six, '')}"
    fix = Fix(Safety.REPAIR, way_out, Replace(place, ""))
    yield Finding(
        f"{quote(written)} is none of the {len(regions.names)} regions that camlint knows, so this "
        "may name no resource",
        place,
        label="leave it empty" if everywhere else "unknown region",
        help=f"{way_out} for every region"
        if everywhere
        else "write a region such as ap-guangzhou, or leave the segment empty for every region",
        note="" if everywhere else "regions are opened from time to time; camlint may not know yet",
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        fixes=(fix,) if written.lower() in EVERY else (),
    )


def _is_only(lower: str, meant: str, regions: Regions) -> bool:
    """Whether no other region is as near to what was written as the one that is proposed."""
    slips = distance(lower, meant)
    return slips > 2 or all(one == meant or distance(lower, one) > slips for one in regions.names)


def _is_shifted(written: str, context: Context) -> bool:
    """Whether what stands for the region shows that the segments before it are at fault."""
    return written.startswith(("uin/", "uid/")) or context.catalog.service(written.lower()).known


def _read(written: str, regions: Regions) -> tuple[str, str, Confidence]:
    """The region that a text was meant as (or nothing), what the text is, and how sure that is."""
    lower = written.lower()
    if lower in regions.names:
        return lower, "isn't in lower case as regions are", Confidence.MEDIUM
    if zone := regions.of_zone(lower):
        return zone, f"is an availability zone, not a region (that is {zone})", Confidence.HIGH
    if city := regions.of_city(written):
        return city, f"is the name of a city, not of a region (that is {city})", Confidence.HIGH
    if legacy := regions.legacy(lower):
        return legacy.modern, f"is no region (that is {legacy.modern})", Confidence.MEDIUM
    if near := regions.nearest(written):
        return near, "is no region", Confidence.HIGH
    if city := regions.of_city(lower.partition("-")[2]):
        return city, f"is no region (here that is {city})", Confidence.MEDIUM
    return "", "", Confidence.MEDIUM


def _write(six: SixSegments, region: str, *, account: str | None = None) -> str:
    owner = six.account.text if account is None else account
    return clip(f"qcs::{six.service.text}:{region}:{owner}:{six.tail.text}", 120)
