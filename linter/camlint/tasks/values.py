"""Values of a condition key that are likely to meet a condition, or to miss it: to be tried out."""

from collections.abc import Iterable, Iterator

from camlint.policy.elements import Condition, Scalar
from camlint.policy.operators import Operator
from camlint.policy.values import Instant, parse_date, parse_network, parse_number

Values = tuple[str, ...] | None
"""The values of a key in a request, None where it is absent."""

MOST_LISTED = 20
"""Values of one condition that are looked at."""

ELSEWHERE = ("203.0.113.1", "198.51.100.1", "192.0.2.1", "2001:db8::1")
"""Addresses that are nobody's. Sources: RFC 5737 and 3849."""

ANY_TEXT = ("other", "another", "something-else")


def find_values(conditions: Iterable[Condition]) -> list[Values]:
    """Values of their key worth trying, likely ones first, each once; absence comes last."""
    near: list[Values] = []
    far: list[Values] = []
    for condition in conditions:
        known = condition.known
        if known is None:
            continue
        listed = condition.values[:MOST_LISTED]
        if known.family == "null":
            far.append(ANY_TEXT[:1])
            continue
        found = [(text,) for text in _around(known, listed)]
        (far if known.negated else near).extend(found)
        if known.family in ("string", "binary"):
            (near if known.negated else far).extend((text,) for text in ANY_TEXT)
    return [*dict.fromkeys((*near, *far)), None]


def _around(known: Operator, listed: tuple[Scalar, ...]) -> Iterator[str]:
    """The values themselves, or what lies in and beside them."""
    family = known.family
    for value in listed:
        if family == "ip":
            yield from _addresses(str(value))
        elif family == "numeric":
            yield from _numbers(value)
        elif family == "date":
            yield from _instants(str(value))
        elif family == "bool":
            yield from ("true", "false") if value in ("true", True) else ("false", "true")
        else:
            text = str(value)
            if "like" in known.name and "*" in text:
                yield text.replace("*", "") or ANY_TEXT[0]
                yield text.replace("*", "any")
            yield text
    if family == "ip":
        yield from ELSEWHERE


def _addresses(text: str) -> Iterator[str]:
    """Addresses of a network: one inside, where it has several, and its first."""
    from ipaddress import IPv4Address, IPv6Address  # noqa: PLC0415 - few policies have addresses

    network = parse_network(text)
    if network is None:
        return
    make = IPv4Address if network.version == 4 else IPv6Address
    if network.low < network.high:
        yield str(make(network.low + 1))
    yield str(make(network.low))


def _numbers(value: Scalar) -> Iterator[str]:
    number = parse_number(value)
    if number is None:
        return
    for changed in (number, number - 1, number + 1):
        whole = changed.denominator == 1
        yield str(changed.numerator) if whole else str(float(changed))


def _instants(text: str) -> Iterator[str]:
    instant = parse_date(text)
    if instant is None:
        return
    for seconds in (0, -1, 1):
        moved = Instant(instant.seconds + seconds, documented=True, zoned=True)
        if moved.text:
            yield moved.text
