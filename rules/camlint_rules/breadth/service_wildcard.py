"""An allow names every operation of one product."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Related,
    ResourcePattern,
    Severity,
    Statement,
    quote,
    rule,
)

PATHS = ("cos", "ci")
"""Services whose resources begin with the name of a bucket instead of a type."""


@rule(
    code="CAM604",
    name="service-wildcard",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10604",
        "https://cloud.tencent.com/document/product/598/10592",
    ),
    kinds=(Kind.IDENTITY, Kind.SESSION, Kind.BUCKET),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": [«"trtc:*"», «"cdb:*"»],
                "resource": "*"
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
                "action": [«"trtc:*"»],
                "resource": ["qcs::trtc::uin/100000000001:sdkappid/1400000001"]
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
                "action": ["trtc:Describe*", "trtc:DismissRoom", "trtc:RemoveUser"],
                "resource": ["qcs::trtc::uin/100000000001:sdkappid/1400000001"]
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
                "action": "cdb:*",
                "resource": "*",
                "condition": {"numeric_equal": {"qcs:read_only_action": 1}}
              }]
            }
            """
        ),
    ),
    supersedes=("CAM112", "CAM603"),
    cwe=250,
    security_severity=5.0,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    `trtc:*` is more than using TRTC: it takes in changing the application, its callbacks and its
    keys. `cdb:*` includes destroying an instance and resetting its passwords, `cos:*` deleting
    buckets and rewriting their policies. Operations that a product gets in the future are
    included from their first day.

    ## How to fix it

    List what the holder does, by name or by verb: `trtc:Describe*`, `trtc:DismissRoom`. Name the
    resources too, where the operations allow it. For readers there is the condition
    `{"numeric_equal": {"qcs:read_only_action": 1}}`.

    If the holder does administer the product, keep the wildcard and limit the resource: with every
    resource named, this is only a note.

    ## What camlint knows

    A resource counts as named when it has an id, a name or a beginning of one: `sdkappid/1400000001`
    and `logs-1250000000/*` do, `instanceId/*` and `"*"` don't.
    """
    if not statement.wildcards:
        return
    if statement.effect != "allow" or any(one.preset for one in statement.conditions):
        return
    if any(fault.element in ("condition", "resource") for fault in statement.malformed):
        return
    if any(action.name.qualified == "*:*" for action in statement.actions):
        return
    wide = next((one for one in statement.resources if not _is_named(one)), None)
    for action in statement.actions:
        service = action.name.service.text
        if action.name.opaque or action.name.operation.text != "*" or "*" in service:
            continue
        way_out = "list the operations that are needed, by name or by verb"
        if wide is None:
            yield Finding(
                f"{quote(action.text)} allows every operation of {service}, now and in the future, "
                "on the resources listed",
                action.place(),
                label=f"every operation of {service}",
                help=way_out,
                severity=Severity.NOTE,
            )
        else:
            where = "every resource" if wide.six is None else quote(wide.text, 80)
            yield Finding(
                f"{quote(action.text)} allows every operation of {service}, now and in the future, "
                f"on {where}",
                action.place(),
                label=f"every operation of {service}",
                related=(Related(wide.place(), "names no single resource"),),
                help=f"{way_out}, and name the resources where they allow it",
            )


def _is_named(resource: ResourcePattern) -> bool:
    """Whether the last segment has an id, a name or a beginning of one."""
    six = resource.six
    if six is None:
        return False
    tail = six.tail.text
    if "*" not in tail:
        return True
    if six.service.text in PATHS:
        return "*" not in six.resource_type.text
    return six.resource_id is not None and six.resource_id.text.strip("*/") != ""
