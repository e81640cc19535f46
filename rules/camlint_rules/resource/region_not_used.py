"""A resource of a service without regions names a region."""

from collections.abc import Iterator

from camlint.patterns import SixSegments, holds_placeholder
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

WITHOUT_REGION = ("trtc", "im", "tiw", "cam")
"""Services all of whose documented resources leave the region empty."""

REFERENCES = (
    "https://cloud.tencent.com/document/product/598/70059",
    "https://cloud.tencent.com/document/product/269/47104",
    "https://cloud.tencent.com/document/product/598/10606",
)


@rule(
    code="CAM208",
    name="region-not-used",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=REFERENCES,
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
                "resource": ["qcs::trtc:«ap-guangzhou»:uin/100000000001:sdkappid/1400000001"]
              }]
            }
            """,
            fixed="""
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
                "resource": ["qcs::trtc::uin/100000000001:sdkappid/1400000001"]
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
                "action": "bmlb:DescribeLoadBalancers",
                "resource": ["qcs::bmlb:«gz»::loadBalancerId/lb-a1b2c3d4"]
              }]
            }
            """
        ),
    ),
    good=Good(
        """
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
              "resource": ["qcs::trtc::uin/100000000001:sdkappid/1400000001"]
            },
            {
              "effect": "allow",
              "action": ["cdb:RestartDBInstances", "bmlb:DescribeLoadBalancers"],
              "resource": [
                "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-a1b2c3d4",
                "qcs::bmlb:::loadBalancerId/lb-a1b2c3d4"
              ]
            }
          ]
        }
        """
    ),
    supersedes=("CAM205", "CAM206"),
    when=Trait.REGION | Trait.UNPROVEN,
)
def check(resource: ResourcePattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The applications of TRTC, Chat (IM) and the Interactive Whiteboard belong to no region, and
    neither do the users, roles and policies of CAM. The resource of a request to these services
    has an empty region segment, and CAM compares segment by segment. A resource that says
    `ap-guangzhou` there is a different one: an allow for it grants nothing, a deny prevents
    nothing.

    The `Region` parameter of an API call is another matter. It chooses the data centre that answers
    the call, and has no place in the resource.

    ## How to fix it

    Leave the segment empty: `qcs::trtc::uin/100000000001:sdkappid/1400000001`.

    ## What camlint knows

    Every resource that is documented for these services has an empty region. That CAM takes any
    other text in the segment as a different resource follows from the description of the format.

    Other services are reported as a warning of medium confidence, where a good part of their
    actions is documented and not one of their documented resources has a region. The pages may
    leave some out.
    """
    six = resource.six
    if six is None or not six.region.text:
        return
    region = six.region.text
    if not region.strip() or region == "*" or holds_placeholder(region):
        return
    service = six.service.text
    if service.lower() not in WITHOUT_REGION:
        yield from _doubt(resource, six, context)
        return
    if service.lower() == "cam" and region.startswith("uin/") and six.tail.text.startswith("mfa/"):
        # The one published name of an MFA device has the account here.
        return
    misplaced = region.startswith(("uin/", "uid/")) and not six.account.text
    account = region if misplaced else six.account.text
    what = "an account in the region segment" if misplaced else f"region {quote(region)}"
    way_out = f"write {clip(f'qcs::{service}::{account}:{six.tail.text}', 120)}"
    until = six.account.end if misplaced else six.region.end
    edit = Replace(resource.place(six.region.start, until), f":{account}" if misplaced else "")
    yield Finding(
        f"resources of {service} have no region, so one with {what} matches none of them",
        resource.place(six.region.start, six.region.end),
        label="belongs one segment later" if misplaced else "must be empty",
        help=way_out,
        fixes=(Fix(Safety.REPAIR, way_out, edit),),
    )


def _doubt(resource: ResourcePattern, six: SixSegments, context: Context) -> Iterator[Finding]:
    """The same of a service whose documents only happen to have no resource with a region."""
    service = context.catalog.service(six.service.text)
    if service.uses_region is not False or not service.well_covered or six.project.text:
        return
    region = six.region.text
    if "*" in region or region.startswith(("uin/", "uid/")):
        return
    yield Finding(
        f"no documented resource of {service.prefix} has a region, so one with region {quote(region)} "
        "may match none",
        resource.place(six.region.start, six.region.end),
        label="probably to be left empty",
        help=f"write {clip(f'qcs::{service.prefix}::{six.account.text}:{six.tail.text}', 120)}",
        note=f"{service.prefix} is documented at {service.sources[0]}"
        if service.sources
        else f"{service.documented} of its {len(service)} known actions are documented",
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
    )
