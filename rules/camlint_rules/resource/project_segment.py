"""The second segment of a resource, the project, isn't empty."""

import re
from collections.abc import Iterator

from camlint.patterns import SixSegments, split_resource
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

SERVICE = re.compile(r"[a-z][a-z0-9]+")
REGION = re.compile(r"[a-z]{2}-[a-z]+(-[a-z0-9]+)?")


@rule(
    code="CAM203",
    name="project-segment",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=("https://cloud.tencent.com/document/product/598/10606",),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": "cos:GetObject",
                "resource": ["qcs:«id/0»:cos:ap-guangzhou:uid/1250000000:logs-1250000000/*"]
              }]
            }
            """,
            fixed="""
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": "cos:GetObject",
                "resource": ["qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*"]
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
                "action": "trtc:RemoveUser",
                "resource": ["qcs:«trtc»:::uin/100000000001:sdkappid/1400000001"]
              }]
            }
            """,
            fixed="""
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": "trtc:RemoveUser",
                "resource": ["qcs::trtc::uin/100000000001:sdkappid/1400000001"]
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
            "action": "cos:GetObject",
            "resource": ["qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*"]
          }]
        }
        """
    ),
    when=Trait.PROJECT,
)
def check(resource: ResourcePattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    A resource has six segments, `qcs:project:service:region:account:resource`. The project exists
    only for compatibility with early versions of CAM, and a policy may not fill it in: CAM has an
    error of its own for that, `ResourceProjectError`.

    Most such resources were copied. Messages about a denied request, audit logs and the rules of
    COS replication all write `qcs:id/0:…`.

    ## How to fix it

    Leave the segment empty, so that two colons follow `qcs`:
    `qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*`.
    """
    six = resource.six
    if six is None or not six.project.text:
        return
    project = six.project.text
    if not project.strip():
        message = "the project segment has a blank in it where CAM wants it empty"
        label = "blank"
    elif project.startswith("id/"):
        message = (
            f"the project segment is {quote(project)}, as denial messages print it, but a policy "
            "must leave it empty"
        )
        label = "must be empty"
    else:
        message = f"the project segment is {quote(project)}, but a policy must leave it empty"
        label = "must be empty"
    way_out = f"write {clip(_repair(six), 120)}"
    edit = _edit(resource, six, context)
    yield Finding(
        message,
        resource.place(six.project.start, six.project.end),
        label=label,
        help=way_out,
        fixes=(Fix(Safety.REPAIR, way_out, edit),) if edit else (),
    )


def _edit(resource: ResourcePattern, six: SixSegments, context: Context) -> Replace | None:
    """What empties the segment, or moves what slipped there; None where that isn't plain."""
    project, start = six.project.text, six.project.start
    catalog = context.catalog
    if not (catalog.service(project).known or catalog.regions.known(project)):
        # Some other word may be a service that camlint doesn't know, or an old code of a region.
        word = SERVICE.fullmatch(project)
        return None if word else Replace(resource.place(start, six.project.end), "")
    mended = _repair(six)
    moved = split_resource(mended)
    if moved is None or project not in (moved.service.text, moved.region.text):
        return None
    region = moved.region.text
    if not catalog.service(moved.service.text).known:
        return None
    if region and not catalog.regions.known(region, moved.service.text):
        return None
    return Replace(resource.place(start, six.tail.end), mended[start:])


def _repair(six: SixSegments) -> str:
    """The resource without its project; what slipped there goes back to its place."""
    project, service, region, account, tail = (
        segment.text.strip()
        for segment in (six.project, six.service, six.region, six.account, six.tail)
    )
    if SERVICE.fullmatch(project) and not service:
        service = project
    elif SERVICE.fullmatch(project) and region.startswith(("uin/", "uid/")):
        return f"qcs::{project}:{service}:{region}:{account}/{tail}"
    elif REGION.fullmatch(project) and not region:
        region = project
    return f"qcs::{service}:{region}:{account}:{tail}"
