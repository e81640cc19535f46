"""A policy lets its holder read or set credentials of everything of a kind."""

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

GROUPS = frozenset(("credentials", "resets"))


@rule(
    code="CAM703",
    name="credential-exposure",
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
                "action": ["kms:ListKeys", «"kms:Decrypt"», «"cvm:Reset*Password"»],
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
                "action": [«"trtc:CreateSecret"»],
                "resource": "qcs::trtc::uin/100000000001:sdkappid/*"
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
                  "action": "trtc:CreateSecret",
                  "resource": "qcs::trtc::uin/100000000001:sdkappid/1400000001"
                },
                {
                  "effect": "allow",
                  "action": ["cvm:Describe*", "cdb:DescribeDBInstances"],
                  "resource": "*"
                }
              ]
            }
            """
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {"effect": "allow", "action": ["tke:Describe*"], "resource": "*"},
                {
                  "effect": "deny",
                  "action": ["tke:Describe*Credential", "tke:Describe*Kube*", "tke:*Security"],
                  "resource": "*"
                }
              ]
            }
            """
        ),
    ),
    supersedes=("CAM112", "CAM603", "CAM704", "CAM705", "CAM706", "CAM707"),
    cwe=522,
    security_severity=6.0,
    weighs=True,
    when=Trait.WIDE,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Whoever reads a secret, or sets a password, gets in wherever that opens, and CAM has no say there:
    a database, a machine, a cluster. On every resource of the kind that is everything that
    anybody will ever keep there. Read patterns such as `tke:Describe*` hold such operations too, though
    nobody thinks of them as more than looking.

    ## How to fix it

    Name the resources that are meant. Where CAM can't limit an operation, leave it to the few who
    need it, or deny it beside the pattern.

    ## What camlint knows

    The operations and what they let people do are data, in `tools/catalog/risks/groups.toml`. One
    finding for each product of a statement names the plainest and counts the others. Decided is
    access: a deny, a condition or a scope that takes an operation away raises nothing, and strong
    conditions make it a note (`camlint explain CAM703 --severity`). A whole product, `kms:*`, is
    `service-wildcard` (CAM604). What is milder, such as reading the code of functions, is a note in
    strict mode. Confidence is medium where only the public API names the operation.
    """
    for one in find_holdings(policy, GROUPS, context.settings, context.catalog):
        gift = one.gift
        yield Finding(
            one.message,
            gift.offer.pattern.place(),
            label="credentials",
            related=(Related(gift.offer.resource.place(), "on all of them"),),
            help=one.way_out(policy, context.settings, context.catalog),
            note=one.note,
            severity=Severity.NOTE if one.mild or one.strong else None,
            confidence=None if one.certain else Confidence.MEDIUM,
            strict=one.mild,
            witness=Witness(gift.request, gift.absent),
        )
