"""A policy lets its holder destroy anything of a kind."""

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

GROUPS = frozenset(("destruction",))


@rule(
    code="CAM707",
    name="destructive-unbounded",
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
                "action": [«"cdb:IsolateDBInstance"», «"trtc:DismissRoom"»],
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
                  "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
                  "resource": "qcs::trtc::uin/100000000001:sdkappid/1400000001"
                },
                {"effect": "allow", "action": "cdb:RestartDBInstances", "resource": "*"}
              ]
            }
            """
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {"effect": "allow", "action": "cvm:Terminate*", "resource": "*"},
                {"effect": "deny", "action": ["cvm:*"], "resource": "*"}
              ]
            }
            """
        ),
    ),
    supersedes=("CAM112", "CAM603"),
    cwe=732,
    security_severity=4.5,
    weighs=True,
    when=Trait.WIDE,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    What is deleted or isolated is gone, or costs a night to bring back. On every resource of the kind a
    slip in a script, or somebody with a stolen key, takes production with it.

    ## How to fix it

    Name the resources that may go, or limit them by their tags with `qcs:resource_tag`.

    ## What camlint knows

    The operations and what they let people do are data, in `tools/catalog/risks/groups.toml`. One
    finding for each product of a statement names the plainest and counts the others. Decided is
    access: a deny, a condition or a scope that takes an operation away raises nothing, and strong
    conditions make it a note (`camlint explain CAM707 --severity`). A whole product, `cdb:*`, is
    `service-wildcard` (CAM604). Confidence is medium where only the public API names the operation.

    It runs in strict mode only: `wildcard-resource` (CAM603) says of the same operations that they could be
    limited, and is replaced by it where both speak of one place.
    """
    for one in find_holdings(policy, GROUPS, context.settings, context.catalog):
        gift = one.gift
        yield Finding(
            one.message,
            gift.offer.pattern.place(),
            label="destroys any of them",
            related=(Related(gift.offer.resource.place(), "on all of them"),),
            help=one.way_out(policy, context.settings, context.catalog),
            note=one.note,
            severity=Severity.NOTE if one.mild or one.strong else None,
            confidence=None if one.certain else Confidence.MEDIUM,
            strict=one.mild,
            witness=Witness(gift.request, gift.absent),
        )
