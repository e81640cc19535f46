"""What the name of a principal says: whether it is everybody, an account, a user, or a provider."""

import re
from functools import lru_cache

EVERYBODY = ("*", "qcs::cam::anyone:anyone", "qcs::cam::anonymous:anonymous")
"""The names under ``qcs`` that stand for everybody, those who sign nothing included.

Source: https://cloud.tencent.com/document/product/436/45235
"""

_NAME = re.compile(r"qcs::cam::uin/(?P<account>[0-9]+):(?P<tail>[^:\s]+)")
_FORMS = (
    ("user", "uin/", r"[0-9]+"),
    ("group", "groupid/", r"[0-9]+"),
    ("service", "service/", r".+"),
    ("role", "roleName/", r".+"),
    ("role", "role/", r".+"),
    ("saml", "saml-provider/", r".+"),
    ("oidc", "oidc-provider/", r".+"),
)
PROVIDERS = ("saml", "oidc")
"""The forms of those who vouch for users from elsewhere; they belong under ``federated``."""


class PrincipalName:
    """A readable name of six segments, or of everybody.

    ``form`` is ``everybody``, ``root`` (a whole account), ``user``, ``group``, ``role``, ``service``
    (one that acts for an account), ``saml``, ``oidc``, or ``other`` for a kind of name that no
    document tells of. ``account`` are the digits of the account, ``""`` for everybody; ``id`` is
    what stands behind the kind: the digits of a user, the name of a role.
    Source: https://cloud.tencent.com/document/product/598/10606
    """

    __slots__ = ("account", "form", "id")

    def __init__(self, form: str, account: str = "", id: str = "") -> None:
        self.form = form
        self.account = account
        self.id = id


_EVERYBODY = PrincipalName("everybody")


@lru_cache(maxsize=1024)
def read_principal_name(text: str) -> PrincipalName | None:
    """The name that a text spells, None where it has none of the forms or a wildcard inside.

    ``uin/1000:uin/1000`` is the account itself, as ``uin/1000:root`` is.
    """
    if text in EVERYBODY:
        return _EVERYBODY
    match = _NAME.fullmatch(text)
    if match is None or "*" in text:
        return None
    account, tail = match["account"], match["tail"]
    if tail == "root":
        return PrincipalName("root", account)
    for form, head, rest in _FORMS:
        if tail.startswith(head):
            who = tail[len(head) :]
            if re.fullmatch(rest, who) is None:
                return None
            if form == "user" and who == account:
                return PrincipalName("root", account)
            return PrincipalName(form, account, who)
    return PrincipalName("other", account, tail)
