"""Whose account an empty account segment is: the owner's, and which explicit ones equal it."""

from collections.abc import Iterable

from camlint.policy.statement import Statement
from camlint.settings import Settings

OWN = ""
"""The account of the policy's owner, as an empty segment names it.

Source: https://cloud.tencent.com/document/product/598/10606
"""

CROSS_ACCOUNT = frozenset({"cos", "cam"})
"""Services whose resources may be another account's: COS buckets, and the roles that sts assumes.

Source: https://cloud.tencent.com/document/product/598/10605
"""


class Owner:
    """What is known of the owner's account.

    ``stated`` are the account segments that the configuration gives; ``inferred`` are those that
    follow from a document that names one account only, which holds where resources can't be
    anybody else's.
    """

    __slots__ = ("inferred", "stated")

    def __init__(self, stated: frozenset[str], inferred: frozenset[str]) -> None:
        self.stated = stated
        self.inferred = inferred

    def owns(self, account: str, service: str) -> bool:
        """Whether an account segment of a service's resource is known to be the owner's."""
        if not account or account in self.stated:
            return True
        return account in self.inferred and service not in CROSS_ACCOUNT


def infer_owner(statements: Iterable[Statement], settings: Settings) -> Owner:
    """The owner of the policies that hold these statements, one principal's."""
    uins: set[str] = set()
    uids: set[str] = set()
    for statement in statements:
        for resource in statement.resources:
            if resource.six is not None:
                account = resource.six.account.text
                family, _, number = account.partition("/")
                if number.isdigit():
                    (uins if family == "uin" else uids).add(account)
    inferred = frozenset(uins | uids if len(uins) == 1 and len(uids) <= 1 else ())
    return Owner(frozenset(f"uin/{account}" for account in settings.accounts), inferred)
