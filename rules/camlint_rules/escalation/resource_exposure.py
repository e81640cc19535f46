"""A policy lets its holder open any resource of a kind to the outside."""

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

GROUPS = frozenset(("exposure",))


@rule(
    code="CAM705",
    name="resource-exposure",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10592",
        "https://cloud.tencent.com/document/product/436/18023",
    ),
    kinds=(Kind.IDENTITY, Kind.SESSION),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["cos:GetBucket", «"cos:PutBucketACL"», "cos:PutBucketPolicy"],
                "resource": "qcs::cos:ap-guangzhou:uid/1250000000:*"
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
                "action": [«"vpc:*SecurityGroupPolicies"», «"cdb:OpenWan*"»],
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
                  "action": "cos:PutBucketACL",
                  "resource": "qcs::cos:ap-guangzhou:uid/1250000000:website-1250000000/*"
                },
                {"effect": "allow", "action": ["vpc:Describe*"], "resource": "*"}
              ]
            }
            """
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {"effect": "allow", "action": ["cdb:Open*", "cdb:Describe*"], "resource": "*"},
                {"effect": "deny", "action": "cdb:OpenWanService", "resource": "*"}
              ]
            }
            """
        ),
    ),
    supersedes=("CAM112", "CAM603", "CAM704", "CAM707"),
    cwe=732,
    security_severity=6.0,
    weighs=True,
    when=Trait.WIDE,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    A bucket that anybody may read, a database with an address on the internet, a security group that lets
    everybody in: most leaks begin with one of them. Whoever may open any resource of a kind needs only
    one slip, or one stolen key, for it to be the one that matters. Nothing else in the policy
    looks dangerous beside it.

    ## How to fix it

    Name the resources that are meant to be public, and leave the rest to those who look after the
    network. An organization can forbid it for everybody with a service control policy.

    ## What camlint knows

    The operations and what they let people do are data, in `tools/catalog/risks/groups.toml`. One
    finding for each product of a statement names the plainest and counts the others. Decided is
    access: a deny, a condition or a scope that takes an operation away raises nothing, and strong
    conditions make it a note (`camlint explain CAM705 --severity`). A whole product, `cos:*`, is
    `service-wildcard` (CAM604). Confidence is medium where only the public API names the operation.

    What opens things less directly, such as an address on the internet, is a note in strict mode. Who
    may read a public bucket is `public-principal` (CAM402).
    """
    for one in find_holdings(policy, GROUPS, context.settings, context.catalog):
        gift = one.gift
        yield Finding(
            one.message,
            gift.offer.pattern.place(),
            label="opens it to the outside",
            related=(Related(gift.offer.resource.place(), "on all of them"),),
            help=one.way_out(policy, context.settings, context.catalog),
            note=one.note,
            severity=Severity.NOTE if one.mild or one.strong else None,
            confidence=None if one.certain else Confidence.MEDIUM,
            strict=one.mild,
            witness=Witness(gift.request, gift.absent),
        )
