"""How much the conditions of statements keep people from what the statements allow."""

from collections.abc import Iterable
from enum import Enum

from camlint.access.limits import limits_by_tag
from camlint.policy.elements import Condition
from camlint.policy.statement import Statement
from camlint.policy.values import parse_network

SECOND_FACTOR = ("mfa", "qcs:mfa")
WHO_AND_WHERE = ("qcs:create_uin", "qcs:owner_uin", "qcs:uin", "qcs:vpc", "vpc:requester_vpc")
"""Keys that the caller can't choose: whose resource it is, who asks, and from which network.

Source: https://cloud.tencent.com/document/product/598/10608
"""

NARROW = {4: 1 << 16, 6: 1 << 96}
"""Addresses of the widest network that counts as narrow, by IP version: a /16, and a /32 of IPv6."""


class Strength(Enum):
    """How much conditions keep people out; the values are the words of ``explain --severity``."""

    NONE = "none"
    WEAK = "weak"
    STRONG = "strong"

    @property
    def rank(self) -> int:
        """0 for none up to 2 for strong."""
        return _RANK[self.value]


_RANK = {"none": 0, "weak": 1, "strong": 2}

TABLE = (
    ("no condition", Strength.NONE),
    ("_if_exist, null_equal, for_all_value: what lacks the key gets through", Strength.WEAK),
    ("a negated operator, such as string_not_equal or ip_not_equal", Strength.WEAK),
    ("a network wider than /16 (IPv6: /32), 0.0.0.0/0 above all", Strength.WEAK),
    ("a time, and what the caller sends: headers, parameters, instance types", Strength.WEAK),
    ("a second factor at sign-in: mfa, qcs:mfa", Strength.STRONG),
    ("a tag: qcs:resource_tag, qcs:request_tag, qcs:tag", Strength.STRONG),
    ("networks of at most a /16 (IPv6: a /32) each, or a VPC", Strength.STRONG),
    ("who asks, or who made the resource: qcs:uin, qcs:create_uin", Strength.STRONG),
)
"""Conditions in words and how strong they are. A STRONG one makes a finding one step milder."""


def strength_of(statement: Statement) -> Strength:
    """How much the conditions of an allow keep people out: all must hold, so the strongest counts."""
    return max(map(judge, statement.conditions), key=_rank, default=Strength.NONE)


def strength_against(deny: Statement) -> Strength:
    """How hard it is to slip past a deny with conditions: it takes one of them not to hold."""
    return min(map(_judge_denied, deny.conditions), key=_rank, default=Strength.NONE)


def strongest(strengths: Iterable[Strength]) -> Strength:
    """The strongest of some, for what must be met together."""
    return max(strengths, key=_rank, default=Strength.NONE)


def judge(condition: Condition) -> Strength:
    """How much a condition keeps people out when it must hold."""
    known = condition.known
    if known is None or known.family == "null" or known.negated or condition.if_exist:
        return Strength.WEAK
    if condition.qualifier == "for_all_value":
        return Strength.WEAK
    return _judge_key(condition)


def _judge_denied(condition: Condition) -> Strength:
    """How much a condition of a deny keeps people out, who must see to it that it doesn't hold.

    A negated operator then asks for one of its values. A key that is absent slips past, unless the
    operator has ``_if_exist`` or each request has the key.
    """
    known = condition.known
    if known is None or condition.qualifier:
        return Strength.WEAK
    if condition.key in SECOND_FACTOR:
        return Strength.STRONG
    present = condition.if_exist or condition.key == "qcs:ip"
    return _judge_key(condition) if known.negated and present else Strength.WEAK


def _judge_key(condition: Condition) -> Strength:
    if condition.key == "qcs:ip":
        return _judge_networks(condition)
    strong = condition.key in SECOND_FACTOR or condition.key in WHO_AND_WHERE
    return Strength.STRONG if strong or limits_by_tag(condition) else Strength.WEAK


def _judge_networks(condition: Condition) -> Strength:
    for value in condition.values:
        network = parse_network(value) if isinstance(value, str) else None
        if network is None or network.high - network.low >= NARROW[network.version]:
            return Strength.WEAK
    return Strength.STRONG


def _rank(strength: Strength) -> int:
    return strength.rank
