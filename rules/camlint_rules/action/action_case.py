"""An action differs from the known one in capital and small letters."""

from collections.abc import Iterator

from camlint.catalog.service import Service
from camlint.rule import (
    ActionPattern,
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Replace,
    Safety,
    Severity,
    clip,
    rule,
)

CASED = "cos"
"""The one service whose documents say that capitals count."""


@rule(
    code="CAM105",
    name="action-case",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    references=(
        "https://cloud.tencent.com/document/product/436/30580",
        "https://cloud.tencent.com/document/product/598/10604",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "deny",
                  "action": ["trtc:«dismissRoom»", "cdb:«DescribeDbInstances»", "trtc:«describe*»"],
                  "resource": "*"
                }
              ]
            }
        """,
            fixed="""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "deny",
                  "action": ["trtc:DismissRoom", "cdb:DescribeDBInstances", "trtc:Describe*"],
                  "resource": "*"
                }
              ]
            }
            """,
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["name/cos:«getObject»", "name/cos:«head*»"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1255000001:photos-1255000001/*"]
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
                  "action": ["name/cos:GetObject", "name/cos:Head*"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1255000001:photos-1255000001/*"]
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
              "action": ["trtc:DismissRoom", "cdb:DescribeDBInstances", "trtc:Describe*"],
              "resource": "*"
            },
            {
              "effect": "allow",
              "action": ["name/cos:GetObject", "name/cos:Head*"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1255000001:photos-1255000001/*"]
            }
          ]
        }
    """),
)
def check(action: ActionPattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    For COS it is documented that capital and small letters count in an action: `cos:getObject` is
    none, so the statement grants or prevents nothing. For other products no document says whether
    CAM minds; the names are published in one spelling only, and only that one is sure to work.

    ## How to fix it

    Write the name as it is published, which the message shows.

    ## What camlint knows

    An error for COS, whose documents say so, and a warning elsewhere. A pattern is reported only
    where the service is well documented and nothing known matches it as it is written.
    """
    name = action.name
    operation = name.operation.text
    if name.opaque or "*" in name.service.text or "?" in operation:
        return
    service = context.catalog.service(name.service.text)
    if not service.known or operation in service or not operation.strip("*"):
        return
    sure = service.prefix == CASED
    shown = clip(action.text)
    if "*" in operation:
        if not service.well_covered or service.matching(operation):
            return
        matched = service.matching(operation, any_case=True)
        if not matched:
            return
        examples = ", ".join(one.name for one in matched[:3])
        right = _recase(operation, service)
        message = (
            f"{shown} matches none of the {len(service)} known {service.prefix} actions, only some "
            f"in another case, such as {matched[0].name}"
        )
        way_out = f'write "{service.prefix}:{right}"' if right else f"spell it like {examples}"
    else:
        found = service.find_any_case(operation)
        if found is None:
            return
        right = found.name
        message = f"{shown} is published as {found.qualified}, with other capitals"
        way_out = f'write "{found.qualified}"'
    consequence = (
        ", and COS tells capitals from small letters, so it matches nothing"
        if sure
        else ", so it may match nothing"
    )
    place = action.place(name.operation.start, name.operation.end)
    fix = Fix(Safety.REPAIR, way_out, Replace(place, right))
    yield Finding(
        message + consequence,
        place,
        label=f"published as {right}" if right else "another case",
        help=way_out,
        note="" if sure else "no document says whether CAM minds the case here; for COS it counts",
        severity=Severity.ERROR if sure else None,
        confidence=Confidence.HIGH if sure else None,
        fixes=(fix,) if right else (),
    )


def _recase(operation: str, service: Service) -> str:
    """The pattern as the known names spell its beginning; empty where they don't agree on one."""
    head, _, rest = operation.partition("*")
    if rest or not head:
        return ""
    heads = {one.name[: len(head)] for one in service.matching(operation, any_case=True)}
    return f"{heads.pop()}*" if len(heads) == 1 else ""
