"""An action stands beside resources of other types only."""

from collections.abc import Iterator

from camlint.access.nouns import find_page
from camlint.catalog.action import AUTHORITY, Action
from camlint.catalog.template import ResourceTemplate
from camlint.patterns import SixSegments
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Related,
    Severity,
    Statement,
    clip,
    join_words,
    rule,
)


@rule(
    code="CAM507",
    name="unmatched-resource",
    severity=Severity.NOTE,
    confidence=Confidence.MEDIUM,
    strict=True,
    references=(
        "https://cloud.tencent.com/document/product/598/67492",
        "https://cloud.tencent.com/document/product/598/10606",
    ),
    kinds=(Kind.IDENTITY, Kind.SESSION, Kind.SCP),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["trtc:DismissRoom", «"cdb:CloseAuditService"»],
                "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
              }]
            }
            """
        ),
    ),
    good=(
        Good(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["trtc:DismissRoom", "cdb:CloseAuditService"],
                "resource": [
                  "qcs::trtc::uin/100012345678:sdkappid/1400123456",
                  "qcs::cdb:ap-guangzhou:uin/100012345678:instanceid/cdb-a1b2c3d4"
                ]
              }]
            }
            """
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["cdb:CloseAuditService", "cdb:Describe*"],
                "resource": ["qcs::cdb:::*"]
              }]
            }
            """
        ),
    ),
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    CAM matches an action against the resource that it works on. When a statement names applications
    of TRTC only, an action on databases that stands beside them matches none: an allow doesn't
    grant it, a deny doesn't refuse it. Usually the resource was forgotten, or the action was put in
    the wrong statement.

    ## How to fix it

    Add a resource of the type that the action works on, or move the action to a statement
    that has one.

    ## What camlint knows

    The types are those that CAM's page on the product lists for the action; the lists have slips,
    hence the medium confidence. Resources of a type that isn't known, or that may be of any, are
    given the benefit of the doubt. When no action of the statement belongs to its resources, that
    is `service-mismatch` (CAM213); operation-level actions are `void-grant` (CAM505).
    """
    resources = [one.six for one in statement.resources if one.six is not None]
    if not statement.complete or not resources or len(resources) < len(statement.resources):
        return
    for pattern in statement.actions:
        name = pattern.name
        if name.opaque or name.wild:
            continue
        action = context.catalog.find_action(name.service.text, name.operation.text)
        if action is None or not action.settled or AUTHORITY not in action.origins:
            continue
        forms = action.templates
        if not forms or any(_may_match(one, forms, context) for one in resources):
            continue
        if not _belongs(statement, resources, context):
            return
        shown = list(dict.fromkeys(form.text for form in forms))
        page = find_page(context.catalog.service(action.service), action)
        yield Finding(
            f"{clip(name.qualified)} works on {_name_types(action)}, and the statement has none",
            pattern.place(),
            label="matches no resource here",
            related=tuple(Related(one.place(), "another type") for one in statement.resources[:1]),
            help=f"add a resource of the form {shown[0]}, or move the action to a statement that "
            "has one",
            note=f"the types are listed at {page}" if page else "",
        )


def _may_match(six: SixSegments, forms: tuple[ResourceTemplate, ...], context: Context) -> bool:
    """Whether a resource is of one of the types, or of one that isn't known."""
    service, kind = six.service.text, six.resource_type.text
    if service in ("", "*") or "*" in service or "*" in kind:
        return any(form.service == service for form in forms) or not service.strip("*")
    known = context.catalog.service(service)
    if not known.types:
        return not known.known or any(form.service == service for form in forms)
    if six.resource_id is None or known.find_type(kind) is None:
        return True
    return any(form.service == service and form.names_type(kind) for form in forms)


def _belongs(statement: Statement, resources: list[SixSegments], context: Context) -> bool:
    """Whether some action of the statement goes with some of its resources."""
    services = {one.name.service.text for one in statement.actions}
    return any(
        "*" in service
        or context.catalog.goes_with(service, six.service.text, six.resource_type.text)
        for six in resources
        for service in services
    )


def _name_types(action: Action) -> str:
    """What the action works on: ``instanceId of cdb``."""
    types = dict.fromkeys(
        f"{form.type or 'buckets'} of {form.service}" for form in action.templates
    )
    return join_words(list(types)[:3])
