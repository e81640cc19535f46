"""An action isn't among those known of its service."""

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
    join_words,
    rule,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.catalog.suggestion import Suggestion

MOST_MEANT = 3
PARTIAL = "the public catalogue is partial, so the operation may exist all the same"


@rule(
    code="CAM103",
    name="unknown-action",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    references=(
        "https://pypi.org/project/tencentcloud-sdk-python-cam/",
        "https://cloud.tencent.com/document/product/598/10604",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": [
                    "trtc:DescribeRoomInfo",
                    "trtc:«DismisRoom»",
                    "name/trtc:«RemoveUsers»"
                  ],
                  "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
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
                  "action": [
                    "trtc:DescribeRoomInfo",
                    "trtc:DismissRoom",
                    "name/trtc:RemoveUser"
                  ],
                  "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
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
                  "effect": "deny",
                  "action": ["cdb:«IsolateDBInstances»", "cvm:«TerminateInstance»"],
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
                  "action": ["cdb:IsolateDBInstance", "cvm:TerminateInstances"],
                  "resource": "*"
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
              "action": ["trtc:DescribeRoomInfo", "trtc:DismissRoom", "name/trtc:RemoveUser"],
              "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
            },
            {
              "effect": "deny",
              "action": ["cdb:IsolateDBInstance", "cvm:TerminateInstances", "cvm:Terminate*"],
              "resource": "*"
            }
          ]
        }
    """),
)
def check(action: ActionPattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    An operation that doesn't exist is never asked for: an allow for it grants nothing, a deny for
    it prevents nothing, and the request that was meant is decided by what else stands in the
    policy. CAM's API can refuse a policy for a name that it doesn't know (`ActionNotExist`), which
    is documented for policies and not for roles.

    ## How to fix it

    Write the name that the message proposes. If the operation is one that you know to work, keep
    it and ignore this rule for that policy.

    ## What camlint knows

    Tencent publishes only a part of the names that CAM knows: those of the public API, of the
    pages about access management and of official examples. Absence therefore proves nothing.
    This is a warning only where the service is well documented and a known operation with the same
    verb is spelt nearly so; `Restore` is never taken for a slip of `Restart`. Any other unknown
    name is a note in strict mode.
    """
    name = action.name
    if name.opaque or name.wild:
        return
    operation = name.operation.text
    if "?" in operation:
        return
    service = context.catalog.service(name.service.text)
    if not service.known or operation in service:
        return
    suggestion = context.catalog.suggest_action(service.prefix, operation)
    if suggestion is not None and suggestion.kind == "case":
        return
    place = action.place(name.operation.start, name.operation.end)
    shown = clip(action.text)
    missing = (
        f"{shown} isn't among the {len(service)} known {service.prefix} actions"
        if len(service)
        else f"no {service.prefix} action such as {shown} is publicly known"
    )
    if suggestion is not None and service.well_covered and len(suggestion.texts) <= MOST_MEANT:
        listed = " or ".join(suggestion.texts)
        are = "is" if suggestion.only else "are"
        # Tencent's own samples aren't always sure of the plural.
        likely = "may match" if suggestion.kind == "plural" else "probably matches"
        way_out = f"write {_proposals(service, suggestion)}"
        fixes = (Fix(Safety.REPAIR, way_out, Replace(place, suggestion.texts[0])),)
        yield Finding(
            f"{missing}, whereas {join_words(suggestion.texts)} {are}, so it {likely} nothing",
            place,
            label=f"meant as {listed}?",
            help=way_out,
            note=PARTIAL + _page(service),
            fixes=fixes if suggestion.only else (),
        )
        return
    help_text = "compare the name with the product's page about access management"
    if suggestion is not None:
        help_text = f"if it is a slip, write {_proposals(service, suggestion)}"
    yield Finding(
        f"{missing}, so nothing about it was checked",
        place,
        label="not a known operation",
        help=help_text,
        note=PARTIAL + _page(service),
        severity=Severity.NOTE,
        confidence=Confidence.LOW,
        strict=True,
    )


def _proposals(service: Service, suggestion: "Suggestion") -> str:
    return " or ".join(f'"{service.prefix}:{text}"' for text in suggestion.texts[:MOST_MEANT])


def _page(service: Service) -> str:
    return f"; see {service.sources[0]}" if service.sources else ""
