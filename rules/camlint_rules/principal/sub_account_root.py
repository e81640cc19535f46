"""A name calls somebody the root of an account who can't be."""

from collections.abc import Iterator

from camlint.patterns import split_resource
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Kind,
    Policy,
    Principal,
    Related,
    Replace,
    Safety,
    Settings,
    Severity,
    clip,
    rule,
)

END = ":root"


@rule(
    code="CAM409",
    name="sub-account-root",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10606",
        "https://cloud.tencent.com/document/product/598/19381",
    ),
    kinds=(Kind.TRUST, Kind.BUCKET),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"qcs": [«"qcs::cam::uin/100012345678:uin/100012345679:root"»]},
                  "action": ["sts:AssumeRole"]
                },
                {
                  "effect": "allow",
                  "principal": {
                    "qcs": ["qcs::cam::uin/100012345678:uin/100012345680", «"qcs::cam::uin/100012345680:root"»]
                  },
                  "action": ["sts:AssumeRole"]
                }
              ]
            }
            """,
            fixed="""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"qcs": ["qcs::cam::uin/100012345678:uin/100012345679"]},
                  "action": ["sts:AssumeRole"]
                },
                {
                  "effect": "allow",
                  "principal": {
                    "qcs": ["qcs::cam::uin/100012345678:uin/100012345680", "qcs::cam::uin/100012345680:root"]
                  },
                  "action": ["sts:AssumeRole"]
                }
              ]
            }
            """,
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"qcs": [«"qcs::cam::uin/100087654321:uin/100012345678"»]},
                  "action": ["sts:AssumeRole"]
                }
              ]
            }
            """,
            settings=Settings(accounts=("100012345678",), trusted_accounts=("100087654321",)),
        ),
    ),
    good=Good("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "principal": {
                "qcs": [
                  "qcs::cam::uin/100012345678:root",
                  "qcs::cam::uin/100012345678:uin/100012345678",
                  "qcs::cam::uin/100012345678:uin/100012345679"
                ]
              },
              "action": ["sts:AssumeRole"]
            }
          ]
        }
    """),
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    An account has one root user, and both share one number: `qcs::cam::uin/100012345678:root`.
    A user (sub-account) has a number of its own, stands below its account, and is the root of
    nothing. A name that makes it one belongs to nobody: CAM refuses it (`PrincipalQcsNotExist`), or
    the access that was meant for the user never comes.

    ## How to fix it

    Write a user as `qcs::cam::uin/<account>:uin/<user>`, and a whole account as
    `qcs::cam::uin/<account>:root`. Which number is which stands on the page of the account and in
    the list of users in the console.

    ## What camlint knows

    Three names can be told to be wrong: one that goes on with `:root` behind a user, the root of a
    number that is a user's elsewhere in the same policy, and a user whose number is one of the
    `accounts` in the configuration. Whether a number exists at all is known to CAM alone.
    """
    everyone = [*policy.principals]
    for statement in policy.statements:
        everyone += statement.principals
    qcs = [one for one in everyone if one.family == "qcs" and one.text.startswith("qcs")]
    users: dict[str, Principal] = {}
    for one in qcs:
        name = one.name
        if name is not None and name.form == "user":
            users.setdefault(name.id, one)
    for one in qcs:
        name = one.name
        if name is None:
            found = _judge_end(one)
        elif name.form == "user":
            found = _judge_user(one, name.account, name.id, context.settings)
        elif name.form == "root" and name.account in users:
            found = _judge_root(one, name.account, users[name.account])
        else:
            found = None
        if found is not None:
            yield found


def _judge_end(principal: Principal) -> Finding | None:
    """A name that goes on with ``:root`` behind a user."""
    text = principal.text
    head = text.removesuffix(END)
    name = Principal("qcs", head, ()).name if head != text else None
    if name is None or split_resource(text) is None or name.form not in ("user", "root"):
        return None
    number = name.id or name.account
    whole = f"qcs::cam::uin/{name.account}:root" if name.form == "root" else head
    description = f"write {clip(whole)}"
    return Finding(
        f"{clip(text, 80)} makes {number} the root of something inside account {name.account}, and "
        "no such user can exist",
        principal.place(),
        label="can't exist",
        help=description
        + ("" if name.form == "root" else f" for the user; the account is uin/{name.account}:root"),
        fixes=(Fix(Safety.REPAIR, description, Replace(principal.place(), whole)),),
    )


def _judge_user(
    principal: Principal, account: str, user: str, settings: Settings
) -> Finding | None:
    """A user whose number is that of one of the user's own accounts."""
    if user not in settings.accounts:
        return None
    return Finding(
        f"{user} is one of your accounts and so can't be a user of account {account}: "
        f"{clip(principal.text)} names nobody",
        principal.place(),
        label="can't exist",
        help=f"write qcs::cam::uin/{user}:root for the account, or correct the number of the user",
        note="accounts in the configuration lists it",
    )


def _judge_root(principal: Principal, number: str, user: Principal) -> Finding:
    """The root of a number that another name calls a user."""
    return Finding(
        f"{clip(principal.text)} is the root of an account, but {number} is a user elsewhere in "
        "this policy, and one number can't be both",
        principal.place(),
        label="can't exist",
        related=(Related(user.place(), "a user here"),),
        help=f"write {clip(user.text)} if the user is meant, or correct one of the numbers",
        confidence=Confidence.MEDIUM,
    )
