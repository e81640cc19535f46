"""Whom a statement of a bucket or trust policy speaks of, and whether that is who asks."""

import re
from collections.abc import Iterable

from camlint.access.answer import Answer
from camlint.policy.elements import Principal

ANONYMOUS = "anonymous"
"""Who asks when nobody signed the request."""

EVERYBODY = "*"
PUBLIC = frozenset({"qcs::cam::anyone:anyone", "qcs::cam::anonymous:anonymous"})

_USER = re.compile(r"qcs::cam::uin/([0-9]+):uin/([0-9]+)")

People = frozenset[str]


def read_people(principals: Iterable[Principal]) -> People:
    """The names, those of a root account in one spelling.

    Source: https://cloud.tencent.com/document/product/598/10606
    """
    names: set[str] = set()
    for principal in principals:
        text = principal.text
        if text == EVERYBODY and principal.family not in ("*", "qcs"):
            text = f"{principal.family}:*"
        head, colon, last = text.rpartition(":")
        if last == "root" and colon:
            text = f"{head}:{head.rpartition(':')[2]}"
        names.add(text)
    return frozenset(names)


def names_public(people: People) -> bool:
    """Whether everybody is among the names, whom allows and denies take differently."""
    return EVERYBODY in people or bool(people & PUBLIC)


def find_askers(everyone: Iterable[People]) -> tuple[str, ...]:
    """Those who may ask: each who is named, a user who is not, and nobody in particular."""
    named: set[str] = set()
    for people in everyone:
        named |= people
    named -= PUBLIC | {EVERYBODY}
    number = 100000000001
    while any(str(number) in name for name in named):
        number += 1
    stranger = f"qcs::cam::uin/{number}:uin/{number + 1}"
    return (*sorted(named), stranger, ANONYMOUS)


def match_people(effect: str | None, people: People, asker: str) -> Answer:
    """Whether a statement with this effect speaks of who asks.

    An allow to everybody is one to each. A deny to anyone only refuses requests that nobody
    signed. Source: https://cloud.tencent.com/document/product/436/45235
    """
    answers = {_match_name(effect, name, asker) for name in people}
    if Answer.YES in answers:
        return Answer.YES
    return Answer.UNDECIDED if Answer.UNDECIDED in answers else Answer.NO


def _match_name(effect: str | None, name: str, asker: str) -> Answer:
    if name == asker:
        return Answer.YES
    if name == EVERYBODY:
        return Answer.YES if effect == "allow" else Answer.UNDECIDED
    if name in PUBLIC:
        if effect == "allow" or asker == ANONYMOUS:
            return Answer.YES
        return Answer.NO if effect == "deny" else Answer.UNDECIDED
    if asker == ANONYMOUS:
        return Answer.NO
    one, other = _USER.fullmatch(name), _USER.fullmatch(asker)
    if one is None or other is None:
        return Answer.UNDECIDED
    roots = (one[1] == one[2]) + (other[1] == other[2])
    return Answer.UNDECIDED if roots == 1 else Answer.NO
