"""A policy lets its holder read out all stored data of a kind."""

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

GROUPS = frozenset(("exfiltration",))


@rule(
    code="CAM704",
    name="data-exfiltration",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    strict=True,
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
                "action": [«"cos:GetObject"», «"cdb:DescribeBackups"»],
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
              "statement": [
                {
                  "effect": "allow",
                  "action": "cos:GetObject",
                  "resource": "qcs::cos:ap-guangzhou:uid/1250000000:reports-1250000000/*"
                },
                {"effect": "allow", "action": "cdb:DescribeDBInstances", "resource": "*"}
              ]
            }
            """
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {"effect": "allow", "action": "cos:Get*", "resource": "*"},
                {"effect": "deny", "action": ["cos:GetObject", "cos:GetBucket"], "resource": "*"}
              ]
            }
            """
        ),
    ),
    supersedes=("CAM112", "CAM603", "CAM707"),
    cwe=200,
    security_severity=4.5,
    weighs=True,
    when=Trait.WIDE,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    A backup, a snapshot or a bucket holds everything at once, and copying it leaves no trace in the
    database that it came from. On every resource of the kind, one key is enough to carry off all that the
    account keeps.

    ## How to fix it

    Name the buckets, databases and disks that are meant.

    ## What camlint knows

    The operations and what they let people do are data, in `tools/catalog/risks/groups.toml`. One
    finding for each product of a statement names the plainest and counts the others. Decided is
    access: a deny, a condition or a scope that takes an operation away raises nothing, and strong
    conditions make it a note (`camlint explain CAM704 --severity`). A whole product, `cos:*`, is
    `service-wildcard` (CAM604). Confidence is medium where only the public API names the operation.

    It runs in strict mode only, since reading is what many policies are for.
    """
    for one in find_holdings(policy, GROUPS, context.settings, context.catalog):
        gift = one.gift
        yield Finding(
            one.message,
            gift.offer.pattern.place(),
            label="reads it all",
            related=(Related(gift.offer.resource.place(), "on all of them"),),
            help=one.way_out(policy, context.settings, context.catalog),
            note=one.note,
            severity=Severity.NOTE if one.mild or one.strong else None,
            confidence=None if one.certain else Confidence.MEDIUM,
            strict=one.mild,
            witness=Witness(gift.request, gift.absent),
        )
