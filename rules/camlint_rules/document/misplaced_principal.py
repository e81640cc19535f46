"""A policy that is attached to somebody, or handed to STS, names a principal."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Part,
    Place,
    Policy,
    Severity,
    Statement,
    Trait,
    rule,
)

_OF_THEIR_OWN = frozenset({"cas", "cdcs", "cmqqueue", "cmqtopic", "cosvector"})
"""Services that document policies of their own things, or of their own API, with a principal.

Sources, one for each: the API "Set Vault Access Policy" of CAS,
https://cloud.tencent.com/document/product/1232/44633 (CDCS),
https://www.tencentcloud.com/document/product/406/34254 (CMQ, both models), and
https://cloud.tencent.com/document/product/436/127699 (COS Vectors)
"""


@rule(
    code="CAM015",
    name="misplaced-principal",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10603",
        "https://cloud.tencent.com/document/api/1312/48195",
        "https://cloud.tencent.com/document/product/1232/44633",
        "https://cloud.tencent.com/document/product/436/127699",
        "https://www.tencentcloud.com/document/product/406/34254",
    ),
    bad=Bad("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              «"principal"»: {"qcs": ["qcs::cam::uin/100012345678:uin/100087654321"]},
              "action": ["cdb:DescribeDBInstances"],
              "resource": ["qcs::cdb:ap-guangzhou::instanceId/cdb-a1b2c3d4"]
            }
          ]
        }
    """),
    good=(
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cdb:DescribeDBInstances"],
                  "resource": ["qcs::cdb:ap-guangzhou::instanceId/cdb-a1b2c3d4"]
                }
              ]
            }
        """),
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"service": ["cvm.qcloud.com"]},
                  "action": ["sts:AssumeRole"]
                }
              ]
            }
        """),
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"qcs": ["qcs::cam::uin/100012345678:uin/100087654321"]},
                  "action": ["name/cos:GetObject"],
                  "resource": "*"
                }
              ]
            }
        """),
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"qcs": ["qcs::cam::uin/100012345678:uin/100087654321"]},
                  "action": ["name/cdcs:GetCoffer"],
                  "resource": ["qcs::cdcs:ap-guangzhou:uid/1253653367:deeds-1253653367/*"]
                }
              ]
            }
        """),
    ),
    kinds=(Kind.IDENTITY, Kind.SCP, Kind.SESSION),
    supersedes=("CAM011", "CAM012", "CAM214", "CAM215"),
    when=Trait.PRINCIPAL,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The principal of an identity policy is whoever it is attached to: a user, a group, a role. An
    element `principal` has its place only where a policy belongs to a thing instead of a person: in
    the trust policy of a role and in the policy of a COS bucket. Elsewhere CAM may refuse the
    policy, and if it doesn't, the statement isn't limited to the principal that is named: it holds
    for whoever the policy is attached to.

    ## How to fix it

    Delete the principal, and attach the policy to the one who was meant. If this is the policy of a
    bucket or a role, tell camlint so: `--kind bucket`, `--kind trust`.

    ## What camlint knows

    By CAM's reference the element can only be used in trust and bucket policies, and by that of STS
    a session policy can't contain it. For session policies this is a warning: README files of COS's
    own STS SDKs show one with a principal.

    A document with a principal is taken for a trust policy if its actions are those of STS, for a
    bucket policy if its actions or resources are those of COS, and else for an identity policy. That
    is a guess: without `--kind`, or something around the policy that tells its kind, this is a
    warning of medium confidence.

    Some products have policies of their own with a principal in them: the vaults of CAS, the coffers
    of CDCS, the vector buckets of COS, and the API of CMQ. Where a statement speaks of theirs alone, and
    nothing tells the kind, camlint says nothing.
    """
    known = context.kind_known
    everywhere = None if policy.bare else policy.spelling.get("principal")
    if everywhere is not None and (known or not _of_their_own(policy.statements)):
        yield _tell((everywhere,), context)
    for statement in policy.statements:
        key = statement.spelling.get("principal")
        if key is not None and (known or not _of_their_own((statement,))):
            yield _tell((*statement.pointer, key), context)


def _of_their_own(statements: tuple[Statement, ...]) -> bool:
    """Whether all actions and resources belong to products whose own policies have a principal."""
    services: set[str] = set()
    for statement in statements:
        services |= statement.services
        services |= {one.six.service.text for one in statement.resources if one.six is not None}
    return bool(services) and _OF_THEIR_OWN.issuperset(services)


def _tell(pointer: tuple[str | int, ...], context: Context) -> Finding:
    place = Place(pointer, part=Part.KEY)
    if context.kind is Kind.SESSION:
        return Finding(
            "a session policy can't contain a principal: it speaks of whoever gets the temporary "
            "key, and STS may refuse it",
            place,
            label="not in a session policy",
            help="delete it",
            note="STS's reference rules it out, but samples of COS's STS SDKs have one",
            severity=Severity.WARNING,
            confidence=Confidence.MEDIUM,
        )
    if context.kind is Kind.SCP:
        return Finding(
            "a service control policy has no principal: it speaks of every account below the node "
            "that it is attached to, whatever is named here",
            place,
            label="not in a service control policy",
            help="delete it, and attach the policy to the accounts that are meant",
            scope=pointer,
        )
    if not context.kind_known:
        return Finding(
            "this reads like an identity policy, which has no principal: it speaks of whoever it is "
            "attached to, and CAM may refuse it for this",
            place,
            label="only in trust and bucket policies",
            help="delete it, and attach the policy to whom it is meant for; or, if this is another "
            "kind of policy, say so with --kind trust or --kind bucket",
            severity=Severity.WARNING,
            confidence=Confidence.MEDIUM,
        )
    return Finding(
        "an identity policy has no principal: it speaks of whoever it is attached to, and CAM may "
        "refuse it for this",
        place,
        label="only in trust and bucket policies",
        help="delete it, and attach the policy to whom it is meant for",
        scope=pointer,
    )
