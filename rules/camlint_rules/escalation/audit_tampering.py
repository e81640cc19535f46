"""A policy lets its holder stop the logs, trails and guards that would show what they do."""

from collections.abc import Iterator

from camlint.access.sensitive import find_holdings
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Policy,
    Related,
    Severity,
    Trait,
    Witness,
    rule,
)

GROUPS = frozenset(("audit",))


@rule(
    code="CAM706",
    name="audit-tampering",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10592",
        "https://cloud.tencent.com/document/product/598/67492",
    ),
    kinds=(Kind.IDENTITY, Kind.SESSION),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["cloudaudit:Describe*", «"cloudaudit:StopLogging"», "cloudaudit:DeleteAuditTrack"],
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
                "action": [«"cls:Delete*"», «"cdb:Close*"»],
                "resource": "*"
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
                "action": ["cloudaudit:Describe*", "cloudaudit:LookUpEvents", "monitor:Describe*"],
                "resource": "*"
              }]
            }
            """
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {"effect": "allow", "action": ["cloudaudit:*Audit*"], "resource": "*"},
                {
                  "effect": "deny",
                  "action": ["cloudaudit:Delete*", "cloudaudit:Modify*", "cloudaudit:Update*"],
                  "resource": "*"
                }
              ]
            }
            """
        ),
    ),
    supersedes=("CAM112", "CAM603", "CAM704", "CAM707"),
    cwe=778,
    security_severity=5.5,
    weighs=True,
    when=Trait.WIDE,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Whoever breaks in first sees to it that nobody notices: the trail stops, the logs go, the alarm is
    gone. People who work on other things don't need to be able to do that, and an inquiry that finds no
    records can't clear them either.

    ## How to fix it

    Leave trails, logs and guards to those who look after security, and deny these operations to everybody
    else, best with a service control policy or a permissions boundary.

    ## What camlint knows

    The operations and what they let people do are data, in `tools/catalog/risks/groups.toml`. One
    finding for each product of a statement names the plainest and counts the others. Decided is
    access: a deny, a condition or a scope that takes an operation away raises nothing, and strong
    conditions make it a note (`camlint explain CAM706 --severity`). A whole product, `cloudaudit:*`, is
    `service-wildcard` (CAM604). Confidence is medium where only the public API names the operation.
    """
    for one in find_holdings(policy, GROUPS, context.settings, context.catalog):
        gift = one.gift
        yield Finding(
            one.message,
            gift.offer.pattern.place(),
            label="nobody sees it afterwards",
            related=(Related(gift.offer.resource.place(), "on all of them"),),
            help=one.way_out(policy, context.settings, context.catalog),
            note=one.note,
            severity=Severity.NOTE if one.mild or one.strong else None,
            confidence=None if one.certain else Confidence.MEDIUM,
            strict=one.mild,
            witness=Witness(gift.request, gift.absent),
        )
