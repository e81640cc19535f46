"""An allow gives writing actions on every application."""

from collections.abc import Iterator

from camlint.access.limits import find_limitable, is_certain
from camlint.catalog.action import Action
from camlint.patterns import SixSegments
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Related,
    Settings,
    Severity,
    Statement,
    clip,
    join_words,
    quote,
    rule,
)

WITH_APPLICATIONS = ("im", "tiw", "trtc")
"""Services whose only resources are applications.

Source: https://cloud.tencent.com/document/product/598/70059
"""


@rule(
    code="CAM607",
    name="all-applications",
    severity=Severity.NOTE,
    confidence=Confidence.HIGH,
    strict=True,
    references=(
        "https://cloud.tencent.com/document/product/598/70059",
        "https://cloud.tencent.com/document/product/598/10592",
    ),
    kinds=(Kind.IDENTITY, Kind.SESSION),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
                "resource": [«"qcs::trtc::uin/100012345678:sdkappid/*"»]
              }]
            }
            """
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["trtc:DismissRoom"],
                "resource": [«"qcs::trtc:::*"»]
              }]
            }
            """,
            settings=Settings(sdkappids=("1400123456", "1400123457")),
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
              "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
            },
            {
              "effect": "deny",
              "action": ["trtc:DismissRoom"],
              "resource": ["qcs::trtc::uin/100012345678:sdkappid/*"]
            }
          ]
        }
        """
    ),
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    `sdkappid/*` is every application of the account, the one with the real customers and each that
    will be created. A test tool that may dismiss rooms everywhere will some day dismiss the wrong
    ones.

    ## How to fix it

    Name the applications by their SDKAppIDs: `sdkappid/1400123456`. Several of them are several
    entries of the list.

    ## What camlint knows

    Reported are `sdkappid/*` of any product, and `*` behind `trtc`, `im` or `tiw`, which have no
    other resources, beside at least one action that changes something and is documented as limited
    to applications. A statement with any condition isn't reported, nor is `trtc:*`, which is
    `service-wildcard` (CAM604).
    """
    if statement.effect != "allow" or statement.conditions or not statement.complete:
        return
    if any(one.everything for one in statement.resources):
        return
    for resource in statement.resources:
        six = resource.six
        if six is None or not _is_every(six):
            continue
        reached = [
            (at, action)
            for at, pattern in enumerate(statement.actions)
            for action in find_limitable(pattern, context.catalog)
            if not action.reads and _works_on(action, six.service.text)
        ]
        if not reached:
            continue
        at, first = reached[0]
        more = len({action.qualified for _, action in reached}) - 1
        named = clip(first.qualified, 50) + (
            f" and {more} more writing action{'s' if more > 1 else ''}" if more else ""
        )
        ids = context.settings.sdkappids
        account = six.account.text or "uin/<UIN>"
        form = f"qcs::{six.service.text}::{account}:sdkappid/"
        if 0 < len(ids) <= 3:
            way_out = f"name those that are meant: {form}{join_words(ids)}"
            way_out += ", each in a resource of its own" if len(ids) > 1 else ""
        else:
            way_out = f"name those that are meant, as in {form}<SDKAppID>"
        yield Finding(
            f"{quote(resource.text, 80)} lets {named} reach every application, those to come "
            "included",
            resource.place(),
            label="every application",
            related=(Related(statement.actions[at].place(), "changes what it reaches"),),
            help=way_out,
            confidence=None if is_certain([action for _, action in reached]) else Confidence.MEDIUM,
        )


def _is_every(six: SixSegments) -> bool:
    """Whether a resource is all applications of a service."""
    kind, rest = six.resource_type.text, six.resource_id
    if kind == "*":
        return six.service.text in WITH_APPLICATIONS
    return kind.lower() == "sdkappid" and rest is not None and rest.text == "*"


def _works_on(action: Action, service: str) -> bool:
    return any(
        one.service == service and one.names_type("sdkappid") and "${" in one.tail
        for one in action.templates
    )
