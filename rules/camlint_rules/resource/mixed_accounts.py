"""The resources of one policy belong to several accounts, or to one that isn't yours."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Place,
    Policy,
    Related,
    ResourcePattern,
    Settings,
    Severity,
    join_words,
    rule,
)

SHARED = ("cos", "cas")
"""The services whose resources may be granted across accounts."""

SAMPLES = ("12345678", "100000000001", "1250000000")
"""Numbers of Tencent's sample documents, which stand for any account."""

FAMILIES = ("uin/", "uid/")
FAMILY_LENGTH = 4

MINE = Settings(accounts=("100012345678",))


@rule(
    code="CAM218",
    name="mixed-accounts",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    references=(
        "https://cloud.tencent.com/document/product/598/10606",
        "https://cloud.tencent.com/document/product/598/10605",
        "https://cloud.tencent.com/document/api/598/13884",
    ),
    bad=(
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["trtc:RemoveUser", "trtc:DismissRoom"],
                  "resource": [
                    "qcs::trtc::uin/100012345678:sdkappid/1400123456",
                    "qcs::trtc::«uin/100012345687»:sdkappid/1400123457"
                  ]
                }
              ]
            }
        """),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["sts:AssumeRole"],
                  "resource": ["qcs::cam::«uin/100087654321»:roleName/deploy"]
                }
              ]
            }
            """,
            settings=MINE,
        ),
    ),
    good=(
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["trtc:RemoveUser", "trtc:DismissRoom"],
                  "resource": [
                    "qcs::trtc::uin/100012345678:sdkappid/1400123456",
                    "qcs::trtc:::sdkappid/1400123457"
                  ]
                },
                {
                  "effect": "allow",
                  "action": ["sts:AssumeRole"],
                  "resource": ["qcs::cam::uin/100087654321:roleName/deploy"]
                },
                {
                  "effect": "allow",
                  "action": ["cos:GetObject"],
                  "resource": [
                    "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*",
                    "qcs::cos:ap-guangzhou:uid/1301234567:photos-1301234567/*"
                  ]
                }
              ]
            }
        """),
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["trtc:RemoveUser"],
                  "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
                }
              ]
            }
            """,
            settings=MINE,
        ),
    ),
    kinds=(Kind.IDENTITY, Kind.SESSION, Kind.SCP),
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    A policy belongs to one account and can grant only what that account owns. Resources across
    accounts exist for COS and CAS alone, and for the roles of others that are assumed with
    `sts:AssumeRole`. Another number elsewhere is mostly a slip of the pen, or a line that was
    copied from the policy of another environment. It then grants or protects nothing, and CAM may
    refuse the policy: it has an error for resources of other accounts (`ResourceUinError`).

    ## How to fix it

    Correct the number, or leave the account segment empty, which means the account that the policy
    belongs to. For a resource that really is in another account, write a policy there.

    Tell camlint which accounts are yours, and any other is reported, one that is alone in its policy
    and one of a role to assume included:

    ```toml
    # camlint.toml
    accounts = ["100012345678"]
    ```

    ## What camlint knows

    That only COS and CAS have access across accounts is documented. UINs are compared with UINs and
    APPIDs with APPIDs, since one account has one of each. Of several accounts the one that most
    resources name is taken for the right one. APPIDs can't be compared with the configured UINs.
    """
    mine = context.settings.accounts
    if not mine and not _may_mix(policy):
        return
    named: dict[str, list[ResourcePattern]] = {}
    for statement in policy.statements:
        assumes = not mine and any(one.name.service.text == "sts" for one in statement.actions)
        for resource in statement.resources if not assumes else ():
            six = resource.six
            if six is None or not six.account.text:
                continue
            family, slash, number = six.account.text.partition("/")
            if not slash or family not in ("uin", "uid") or not number.isdecimal():
                continue
            if not mine and (six.service.text.lower() in SHARED or number in SAMPLES):
                continue
            named.setdefault(six.account.text, []).append(resource)
    if len(named) > 1 or (mine and named):
        yield from _compare(named, mine)


def _may_mix(policy: Policy) -> bool:
    """Whether two different accounts begin alike; False is a proof that they aren't mixed."""
    first: dict[str, str] = {}
    for statement in policy.statements:
        for resource in statement.resources:
            if resource.six is not None:
                account = resource.six.account.text
                if first.setdefault(account[:FAMILY_LENGTH], account) != account:
                    return True
    return False


def _compare(named: dict[str, list[ResourcePattern]], mine: tuple[str, ...]) -> Iterator[Finding]:
    for family in FAMILIES:
        accounts = [one for one in named if one.startswith(family)]
        if family == "uin/" and mine:
            for account in accounts:
                if account[4:] not in mine:
                    yield _tell_stranger(account, named[account], mine)
        elif len(accounts) > max(1, len(mine)):
            usual = max(accounts, key=lambda one: len(named[one]))
            for account in accounts:
                if account != usual:
                    yield _tell_mixed(account, named[account], usual, named[usual])


def _tell_mixed(
    account: str, resources: list[ResourcePattern], usual: str, others: list[ResourcePattern]
) -> Finding:
    return Finding(
        f"{account} is another account than {usual} elsewhere in this policy, and a policy reaches "
        "only the account that it belongs to",
        _place(resources[0]),
        label="another account",
        related=(
            Related(_place(others[0]), f"{usual} here"),
            *(Related(_place(one), "and this") for one in resources[1:4]),
        ),
        help=f"correct it to {usual}, or leave the segment empty for your own account",
    )


def _tell_stranger(
    account: str, resources: list[ResourcePattern], mine: tuple[str, ...]
) -> Finding:
    listed = join_words(mine[:4]) + (f" and {len(mine) - 4} more" if len(mine) > 4 else "")
    return Finding(
        f"{account} is none of your accounts, so this reaches outside or nowhere",
        _place(resources[0]),
        label="not in accounts",
        related=tuple(Related(_place(one), "and this") for one in resources[1:4]),
        help="correct it, leave the segment empty for your own account, or add it to accounts in "
        "the configuration",
        note=f"the configuration lists {listed}",
        confidence=Confidence.HIGH,
    )


def _place(resource: ResourcePattern) -> Place:
    six = resource.six
    return resource.place(six.account.start, six.account.end) if six else resource.place()
