"""A resource of a service without regions names a region."""

from collections.abc import Iterator

from camlint.patterns import holds_placeholder
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    ResourcePattern,
    Severity,
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
    bad=Bad(
        """
        {
          "version": "2.0",
          "statement": [{
            "effect": "allow",
            "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
            "resource": ["qcs::trtc:«ap-guangzhou»:uin/100000000001:sdkappid/1400000001"]
          }]
        }
        """
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
              "action": "cdb:RestartDBInstances",
              "resource": ["qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-a1b2c3d4"]
            }
          ]
        }
        """
    ),
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
    """
    six = resource.six
    if six is None or six.service.text.lower() not in WITHOUT_REGION:
        return
    region = six.region.text
    if not region.strip() or region == "*" or holds_placeholder(region):
        return
    service = six.service.text
    if service.lower() == "cam" and region.startswith("uin/") and six.tail.text.startswith("mfa/"):
        # The one published name of an MFA device has the account here.
        return
    misplaced = region.startswith(("uin/", "uid/")) and not six.account.text
    account = region if misplaced else six.account.text
    what = "an account in the region segment" if misplaced else f"region {quote(region)}"
    yield Finding(
        f"resources of {service} have no region, so one with {what} matches none of them",
        resource.place(six.region.start, six.region.end),
        label="belongs one segment later" if misplaced else "must be empty",
        help=f"write {clip(f'qcs::{service}::{account}:{six.tail.text}', 120)}",
    )
