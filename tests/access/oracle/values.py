"""What a request may hold under a condition key: every sort of value that its conditions tell apart.

Each value that is mentioned, what lies between and beside them, and one that nobody mentions.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from ipaddress import IPv4Address, IPv6Address, ip_network
from itertools import combinations, pairwise, product

from oracle.conditions import (
    Line,
    Usage,
    Values,
    fill,
    holds,
    read_instant,
    read_number,
)

FRESH = ("zq", "ZQ", "qz")
"""Texts that no policy of the tests mentions."""

MOST_MEMBERS = 3
"""Members of the sets that a key of several values is tried with."""

MOST_LETTERS = 3
"""Letters of a text that is tried in every mixture of capitals and small letters."""

UNNAMED_ADDRESSES = ("192.0.2.77", "2001:db8:77::1")


def list_texts(lines: Iterable[Line], variable: str) -> list[str]:
    """Single values for one key that its conditions may tell apart."""
    by_family: dict[str, set[str]] = {}
    for line in lines:
        if line.known and line.family != "null":
            wanted = {fill(one, variable) for one in line.values}
            by_family.setdefault(line.family, set()).update(wanted)
    found: dict[str, None] = {}
    for family, wanted in sorted(by_family.items()):
        found.update(dict.fromkeys(MAKE[family](sorted(wanted))))
    return list(found) or [FRESH[0]]


def list_values(lines: list[Line], usage: Usage, variable: str) -> list[Values]:
    """What a key may hold, absence and sets included, one of each that the lines tell apart."""
    found: dict[tuple[object, ...], Values] = {}

    def add(present: Values) -> None:
        truths = tuple(holds(line, present, usage, variable) for line in lines)
        found.setdefault(truths, present)

    add(None)
    texts = list_texts(lines, variable)
    for text in texts:
        add((text,))
    if usage.many:
        alike = _alike(lines, usage, variable, texts)
        for number in range(2, MOST_MEMBERS + 1):
            for members in combinations(alike, number):
                add(members)
    return list(found.values())


def _alike(lines: list[Line], usage: Usage, variable: str, texts: list[str]) -> list[str]:
    """Two of each that are told apart: a set may hold both."""
    kept: dict[tuple[object, ...], list[str]] = {}
    for text in texts:
        truths = tuple(holds(line, (text,), usage, variable) for line in lines)
        if len(kept.setdefault(truths, [])) < 2:
            kept[truths].append(text)
    return [text for alike in kept.values() for text in alike]


def _strings(wanted: list[str]) -> Iterator[str]:
    for text in wanted:
        yield from (text, text.upper(), text.lower())
        if len(text) <= MOST_LETTERS:
            yield from map("".join, product(*((one.lower(), one.upper()) for one in text)))
        yield from (text.replace("*", ""), text.replace("*", FRESH[0]))
    for one, other in product(wanted, wanted):
        if "*" in one + other:
            head, tail = one.strip("*"), other.strip("*")
            yield from (head + tail, head + FRESH[0] + tail, FRESH[0] + head + tail + FRESH[0])
    yield from FRESH


def _numbers(wanted: list[str]) -> Iterator[str]:
    numbers = sorted({one for text in wanted if (one := read_number(text)) is not None})
    if numbers:
        yield from map(_decimal, _between(numbers, Fraction(1)))
    yield from ("7777", "-7777.5")


def _instants(wanted: list[str]) -> Iterator[str]:
    moments = sorted({one for text in wanted if (one := read_instant(text)) is not None})
    for moment in _between(moments, timedelta(seconds=2)) if moments else ():
        yield moment.isoformat().replace("+00:00", "Z")
    yield datetime(1999, 1, 1, tzinfo=UTC).isoformat().replace("+00:00", "Z")


def _between(sizes, step):
    """The sizes in order, with the middle of each two and one beyond either end."""
    yield from (sizes[0] - step, *sizes, sizes[-1] + step)
    for one, other in pairwise(sizes):
        yield one + (other - one) / 2


def _decimal(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else str(float(number))


def _addresses(wanted: list[str]) -> Iterator[str]:
    for text in wanted:
        try:
            network = ip_network(text, strict=False)
        except ValueError:
            continue
        low, high = int(network.network_address), int(network.broadcast_address)
        address = IPv4Address if network.version == 4 else IPv6Address
        last = (1 << (32 if network.version == 4 else 128)) - 1
        for number in (low, high, (low + high) // 2, low - 1, high + 1):
            if 0 <= number <= last:
                yield str(address(number))
    yield from UNNAMED_ADDRESSES


MAKE = {
    "string": _strings,
    "numeric": _numbers,
    "date": _instants,
    "ip": _addresses,
    "bool": lambda wanted: ["true", "false"],
    "binary": lambda wanted: [*wanted, "enpxcQ==", FRESH[0]],
}
