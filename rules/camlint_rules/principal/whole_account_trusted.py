"""A role trusts a whole account instead of the users who need it."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Policy,
    Principal,
    Severity,
    rule,
)


@rule(
    code="CAM404",
    name="whole-account-trusted",
    severity=Severity.NOTE,
    confidence=Confidence.MEDIUM,
    references=(
        "https://cloud.tencent.com/document/product/598/19381",
        "https://cloud.tencent.com/document/product/598/10606",
    ),
    kinds=(Kind.TRUST,),
    bad=(
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"qcs": [«"qcs::cam::uin/100012345678:root"»]},
                  "action": ["sts:AssumeRole"]
                }
              ]
            }
        """),
        Bad("""
            {
              "version": "2.0",
              "principal": {"qcs": «"qcs::cam::uin/100012345678:uin/100012345678"»},
              "statement": [{"effect": "allow", "action": "name/sts:AssumeRole"}]
            }
        """),
    ),
    good=Good("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "principal": {
                "qcs": ["qcs::cam::uin/100012345678:uin/100012345679"],
                "service": ["scf.qcloud.com"]
              },
              "action": ["sts:AssumeRole"]
            }
          ]
        }
    """),
    cwe=269,
    security_severity=3.0,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    A role that trusts an account's root can be assumed by everyone in that account who is allowed
    `sts:AssumeRole`: today's users, tomorrow's, and whoever takes over one of them. Who that is, the
    administrators of that account decide, and this policy doesn't show it.

    ## How to fix it

    Name the users who need the role: `qcs::cam::uin/<account>:uin/<user>`. If the account's own
    administrators are meant to decide, leave it, and give `sts:AssumeRole` there for this role alone
    (`qcs::cam::uin/<account>:roleName/<role>`), never for `"*"`.

    ## What camlint knows

    CAM's guide to roles has the account as the carrier of a role and gives its users the right to
    assume it by a policy of their own. It is how the console makes roles, hence only a note. An
    account in `trusted-accounts` of the configuration is trusted on purpose and isn't reported; one
    that the configuration doesn't have is CAM405.
    """
    for principals, _ in policy.by_principals(policy.allows):
        for principal in principals:
            account = _account(principal)
            if account and account not in context.settings.trusted_accounts:
                yield Finding(
                    f"{principal.text} stands for all of account {account}: everyone there who is "
                    "allowed sts:AssumeRole can take on this role",
                    principal.place(),
                    label="a whole account",
                    help="name the users who need the role, such as "
                    f"qcs::cam::uin/{account}:uin/<user>",
                )


def _account(principal: Principal) -> str:
    """The account whose root a principal is, ``""`` for any other."""
    name = principal.name if principal.family == "qcs" else None
    return name.account if name is not None and name.form == "root" else ""
