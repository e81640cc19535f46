"""A trust or bucket policy doesn't say whom a statement speaks of."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Policy,
    Severity,
    rule,
)


@rule(
    code="CAM016",
    name="missing-principal",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10603",
        "https://cloud.tencent.com/document/product/436/18023",
        "https://cloud.tencent.com/document/product/598/19381",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                «{»
                  "effect": "allow",
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
                }
              ]
            }
            """,
            kind=Kind.BUCKET,
        ),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"service": ["cvm.qcloud.com"]},
                  "action": ["sts:AssumeRole"]
                },
                «{»
                  "effect": "allow",
                  "action": ["sts:AssumeRole"]
                }
              ]
            }
        """),
    ),
    good=(
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"qcs": ["qcs::cam::uin/100012345678:uin/100087654321"]},
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
                }
              ]
            }
        """),
        Good("""
            {
              "version": "2.0",
              "principal": {"qcs": ["qcs::cam::uin/100012345678:uin/100087654321"]},
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
                }
              ]
            }
        """),
    ),
    kinds=(Kind.TRUST, Kind.BUCKET),
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The policy of a bucket or a role is attached to nobody, so each statement must say whom it
    speaks of. Without a `principal` CAM and COS don't take it for everybody or for the own account:
    the policy is refused (`PrincipalError`), or the statement reaches nobody.

    ## How to fix it

    Add the principal: `{"qcs": ["qcs::cam::uin/100012345678:uin/100087654321"]}` for a user,
    `{"service": ["cvm.qcloud.com"]}` for a service of Tencent Cloud, `{"federated": ["…"]}` for an
    identity provider. Don't write `"*"` to be done with it: that is everybody, without an account.

    ## What camlint knows

    The element is documented as required in both. A principal at the top level of the document holds
    for all of its statements. Where every statement lacks one, camlint knows of the kind only by
    `--kind` or by what the file says around the policy.
    """
    if "principal" in policy.spelling and not policy.bare:
        return
    trust = context.kind is Kind.TRUST
    for statement in policy.statements:
        if "principal" in statement.spelling:
            continue
        speaker = f"this {statement.effect}" if statement.effect else "this statement"
        yield Finding(
            f"{speaker} of a {'trust' if trust else 'bucket'} policy names no principal, so it "
            f"reaches nobody or {'CAM' if trust else 'COS'} refuses the policy",
            statement.opening(),
            label="no principal in here",
            help='add "principal" with '
            + (
                'who may take the role, such as {"service": ["cvm.qcloud.com"]}'
                if trust
                else 'whom it is meant for, such as {"qcs": ["qcs::cam::uin/<UIN>:uin/<UIN>"]}'
            ),
            confidence=None if context.kind_known else Confidence.MEDIUM,
        )
