"""Whose account an empty account segment is: the owner's, and which explicit ones equal it."""

from collections.abc import Iterable

from camlint.policy.statement import Statement
from camlint.settings import Settings

ACROSS_ACCOUNTS = frozenset({"cos", "ci", "cas", "cam"})
"""Services whose resources may be another account's: buckets, and the roles that sts assumes.

Source: https://cloud.tencent.com/document/product/598/10605
"""


class Owner:
    """What is known of the owner's account.

    ``stated`` is the account segment that the configuration gives, None where it gives none or
    several; ``inferred`` are those that follow from a document that names one account only, which
    holds where resources can't be anybody else's.
    """

    __slots__ = ("inferred", "stated")

    def __init__(self, stated: str | None, inferred: frozenset[str]) -> None:
        self.stated = stated
        self.inferred = inferred

    def owns(self, account: str, service: str) -> bool:
        """Whether an account segment of a service's resource is known to be the owner's."""
        if not account or account == self.stated:
            return True
        if account not in self.inferred:
            return False
        return service.isalnum() and service.lower() not in ACROSS_ACCOUNTS

    def segment(self, service: str) -> str:
        """The account segment that names the owner in a resource, ``""`` where it isn't known."""
        if self.stated is not None:
            return self.stated
        return next((one for one in sorted(self.inferred) if self.owns(one, service)), "")


def infer_owner(statements: Iterable[Statement], settings: Settings) -> Owner:
    """The owner of the policies that hold these statements, one principal's.

    Of several configured accounts none is known to be the owner's: each still differs from the
    others.
    """
    uins: set[str] = set()
    uids: set[str] = set()
    for statement in statements:
        for resource in statement.resources:
            if resource.six is not None:
                account = resource.six.account.text
                family, _, number = account.partition("/")
                if number.isdecimal() and family in ("uin", "uid"):
                    (uins if family == "uin" else uids).add(account)
    configured = {f"uin/{account}" for account in settings.accounts}
    stated = next(iter(configured)) if len(configured) == 1 else None
    lone = len(uins) == 1 and len(uids) <= 1 and (not configured or uins <= configured)
    return Owner(stated, frozenset(uins | uids if lone else ()))


def differ(one: str, other: str) -> bool:
    """Whether two account segments surely name different accounts.

    An account has a UIN and an APPID, so ``uin/1`` and ``uid/2`` may be the same.
    """
    family, _, number = one.partition("/")
    family2, _, number2 = other.partition("/")
    return (
        family == family2
        and family in ("uin", "uid")
        and number.isdecimal()
        and number2.isdecimal()
        and number != number2
    )
