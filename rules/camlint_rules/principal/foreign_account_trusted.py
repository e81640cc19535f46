"""Somebody from an account that isn't among yours is let in."""

from collections.abc import Iterator

from camlint.access.bucket_deeds import list_deeds
from camlint.access.limits import limits_by_tag
from camlint.access.strength import Strength, judge
from camlint.rule import (
    Bad,
    Condition,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Policy,
    Principal,
    Related,
    Settings,
    Severity,
    Statement,
    clip,
    join_words,
    rule,
)

EXTERNAL_ID = "sts:external_id"
MINE = Settings(accounts=("100012345678",))

MOST_LISTED = 4
MOST_DEEDS = 2
"""Things that strangers can do of which the message tells."""


@rule(
    code="CAM405",
    name="foreign-account-trusted",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/19381",
        "https://cloud.tencent.com/document/product/598/10606",
        "https://cloud.tencent.com/document/product/436/45235",
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
                  "principal": {
                    "qcs": [
                      "qcs::cam::uin/100012345678:root",
                      «"qcs::cam::uin/100087654321:root"»
                    ]
                  },
                  "action": ["sts:AssumeRole"]
                }
              ]
            }
            """,
            settings=MINE,
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"qcs": [«"qcs::cam::uin/100012345687:uin/100012345690"»]},
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
                }
              ]
            }
            """,
            settings=MINE,
        ),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"qcs": [«"qcs::cam::uin/100087654321:uin/100087654322"»]},
                  "action": ["sts:AssumeRole"]
                }
              ]
            }
        """),
    ),
    good=(
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"qcs": ["qcs::cam::uin/100087654321:root"]},
                  "action": ["sts:AssumeRole"],
                  "condition": {"string_equal": {"sts:external_id": "k7Qv-2f9d-backup"}}
                }
              ]
            }
            """,
            settings=MINE,
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {
                    "qcs": ["qcs::cam::uin/100012345678:root", "qcs::cam::uin/100087654321:root"]
                  },
                  "action": ["sts:AssumeRole"]
                }
              ]
            }
            """,
            settings=Settings(accounts=("100012345678",), trusted_accounts=("100087654321",)),
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"service": ["scf.qcloud.com"]},
                  "action": ["sts:AssumeRole"]
                }
              ]
            }
            """,
            settings=MINE,
        ),
    ),
    supersedes=("CAM404",),
    cwe=284,
    security_severity=6.0,
    weighs=True,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    One wrong digit, or a line from somebody else's policy, and a role or a bucket is open to
    strangers. Even where the other account is meant, a role for a third party has a second risk:
    the third party works for many customers, and one of them may tell it the name of your role
    instead of their own. An external ID, agreed on with the third party for you alone, prevents
    that: the role is assumed only by a request that brings it.

    ## How to fix it

    Correct the account if it is a slip. For a role that a third party assumes, add
    `{"string_equal": {"sts:external_id": "<the agreed id>"}}` as the condition. For an account that
    you trust without one, tell camlint:

    ```toml
    # camlint.toml
    accounts = ["100012345678"]
    trusted-accounts = ["100087654321"]
    ```

    ## What camlint knows

    Which accounts are yours is known from the configuration alone. Without it every account whose
    users a role trusts is a note in strict mode, and one in a bucket policy isn't reported. An
    external ID counts when it is compared by `string_equal`, without `_if_exist`: with that, a
    request without an id passes. The external ID is documented for roles; how the condition key is spelt is known
    only from policies in use. In a bucket policy there is none, so there only the configuration
    decides. A strong condition makes it a note: a second factor, networks of at most a /16, a VPC, or
    who asks (`camlint explain --severity`).
    """
    mine = frozenset(context.settings.accounts)
    trusted = frozenset(context.settings.trusted_accounts)
    if not mine and (context.kind is Kind.BUCKET or not context.strict):
        return
    asked: set[str] = set()
    for principals, statements in policy.by_principals(policy.allows):
        found = [_find_external_id(one) for one in statements]
        if context.kind is Kind.BUCKET:
            found = [None]
        unsure = [one for one in found if one is None or one.if_exist]
        if not unsure:
            continue
        checked = unsure[0]
        limited = all(
            any(map(_is_strong, statement.conditions))
            for statement, one in zip(statements, found, strict=True)
            if one is None or one.if_exist
        )
        for principal in principals:
            account = _account(principal)
            if not account or account in mine or account in trusted:
                continue
            if mine:
                what = _list_what(statements, context) if context.kind is Kind.BUCKET else ""
                yield _tell(principal, account, checked, what, context, limited=limited)
            elif principal.family == "qcs" and account not in asked:
                asked.add(account)
                yield _ask(principal, account)


def _account(principal: Principal) -> str:
    """The account that a principal is from, ``""`` for none."""
    name = principal.name if principal.family in ("qcs", "federated") else None
    return name.account if name is not None else ""


def _find_external_id(statement: Statement) -> Condition | None:
    """The condition that asks for an external ID, one that asks for it always first."""
    found = [
        one
        for one in statement.conditions
        if one.key == EXTERNAL_ID
        and one.base in ("string_equal", "string_equal_ignore_case", "string_like")
        and all(str(value).strip("*") for value in one.values)
    ]
    return min(found, key=lambda one: one.if_exist, default=None)


def _is_strong(condition: Condition) -> bool:
    """Whether a condition says who asks or from where, so that few strangers get through."""
    return judge(condition) is Strength.STRONG and not limits_by_tag(condition)


def _list_what(statements: list[Statement], context: Context) -> str:
    """What the statements let people do to a bucket, the worst of it, ``""`` where nothing is known."""
    catalog = context.catalog
    names = [action.name for one in statements for action in one.actions if not action.name.opaque]
    if any("*" in name.service.text or not name.operation.text.strip("*") for name in names):
        return "do anything with the bucket"
    known = {
        one for name in names for one in catalog.matching(name.service.text, name.operation.text)
    }
    return join_words(list_deeds(known)[:MOST_DEEDS]) if known else ""


def _who(principal: Principal) -> str:
    """What a principal is in words, for the middle of a sentence."""
    name = principal.name
    if name is None or name.form == "root":
        return "everyone who is allowed sts:AssumeRole there"
    words = {"user": f"user {name.id}", "role": "a role", "group": "a group"}
    return words.get(name.form, "somebody")


def _tell(
    principal: Principal,
    account: str,
    checked: Condition | None,
    what: str,
    context: Context,
    *,
    limited: bool,
) -> Finding:
    mine = context.settings.accounts
    listed = join_words(
        [*mine[:MOST_LISTED], f"{len(mine) - MOST_LISTED} more"]
        if len(mine) > MOST_LISTED
        else mine
    )
    if principal.family == "federated":
        message = f"{clip(principal.text, 80)} is an identity provider of account {account}, "
        message += "which is none of yours, so others decide who its users are"
        way_out = "correct the account, or add it to trusted-accounts in the configuration"
    elif context.kind is Kind.BUCKET:
        message = f"account {account} is none of yours, and this lets "
        message += f"{clip(principal.text, 80)} {what or 'into the bucket'}"
        way_out = "correct the account, or add it to trusted-accounts in the configuration"
    else:
        message = f"account {account} is none of yours, and this lets {_who(principal)} take on "
        message += "the role without an external ID"
        way_out = (
            "correct the account, ask for an external ID with "
            f'{{"string_equal": {{"{EXTERNAL_ID}": "…"}}}}, or add the account to '
            "trusted-accounts in the configuration"
        )
    related: tuple[Related, ...] = ()
    if checked is not None:
        related = (Related(checked.operator_place(), "a request without an id passes"),)
    return Finding(
        message,
        principal.place(),
        label="not one of your accounts",
        related=related,
        help=way_out,
        note=f"the configuration lists {listed} as yours"
        + ("; note rather than warning, since conditions let few through" if limited else ""),
        severity=Severity.NOTE if limited else None,
    )


def _ask(principal: Principal, account: str) -> Finding:
    return Finding(
        f"nothing says whether account {account} is yours, and this lets {_who(principal)} take on "
        "the role",
        principal.place(),
        label="yours?",
        help=f'put accounts = ["{account}"] into camlint.toml if it is, and camlint reports only '
        "others",
        severity=Severity.NOTE,
        strict=True,
    )
