"""Whether one line of a condition holds for the values of its key: yes, no, or nobody says.

Source: https://cloud.tencent.com/document/product/598/10608
"""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from fractions import Fraction
from functools import cache
from ipaddress import ip_address, ip_network
from typing import Any, NamedTuple

Truth = bool | None
"""None is undecided."""

Values = tuple[str, ...] | None
"""What a request holds under a key; None where it hasn't got the key."""

SET_KEYS = ("qcs:resource_tag", "qcs:request_tag", "qcs:tag")
QUALIFIERS = ("for_any_value", "for_all_value")
VARIABLE = "${uin}"


class Line(NamedTuple):
    """One key under one operator, the values in no order."""

    operator: str
    key: str
    values: frozenset[str | int]

    @property
    def qualifier(self) -> str:
        return self.operator.rpartition(":")[0]

    @property
    def if_exist(self) -> bool:
        return self.operator.endswith("_if_exist")

    @property
    def base(self) -> str:
        return self.operator.rpartition(":")[2].removesuffix("_if_exist")

    @property
    def family(self) -> str:
        return self.base.partition("_")[0]

    @property
    def known(self) -> bool:
        return (
            self.qualifier in ("", *QUALIFIERS)
            and (self.base.replace("_not_", "_") in TESTS or self.base == "null_equal")
            and not (self.base == "null_equal" and self.if_exist)
        )


class Usage(NamedTuple):
    """What a question does with a key: the families of its operators, and whether it is a set."""

    families: frozenset[str]
    many: bool


def read_lines(block: dict[str, Any]) -> tuple[Line, ...]:
    """The lines of a condition block; each has to hold."""
    return tuple(
        Line(operator, key, frozenset(wanted if isinstance(wanted, list) else [wanted]))
        for operator, keys in block.items()
        for key, wanted in keys.items()
    )


def read_usage(lines: Iterable[Line]) -> dict[str, Usage]:
    """How the lines of one question use each key."""
    found: dict[str, Usage] = {}
    for line in lines:
        families, many = found.get(line.key, Usage(frozenset(), line.key in SET_KEYS))
        families |= {line.family} - {"null"} if line.known else set()
        found[line.key] = Usage(families, many or bool(line.qualifier))
    return found


def holds(line: Line, present: Values, usage: Usage, variable: str) -> Truth:
    """Whether a line holds for what a request has under its key; ``variable`` is what ${uin} is."""
    if not line.known:
        return None
    if line.family == "null":
        return some(_is_absent(wanted, present) for wanted in line.values)
    if present is None:
        if line.if_exist:
            return True
        return None if line.qualifier == "for_all_value" else False
    if len(usage.families) > 1:
        return None
    truths = [_holds_for_one(line, text, variable) for text in present]
    if line.qualifier == "for_any_value":
        return some(truths)
    if line.qualifier == "for_all_value":
        return every(truths) if truths else None
    return truths[0] if len(truths) == 1 else None


def _holds_for_one(line: Line, text: str, variable: str) -> Truth:
    test = TESTS[line.base.replace("_not_", "_")]
    hit = some(test(fill(wanted, variable), text) for wanted in line.values)
    if "_not_" not in line.base:
        return hit
    if len(line.values) > 1:
        return None if hit is not False else True
    return None if hit is None else not hit


def _is_absent(wanted: str | int, present: Values) -> Truth:
    return (wanted == "true") == (present is None) if wanted in ("true", "false") else None


def fill(wanted: str | int, variable: str) -> str:
    """A value of a policy as text, its variable replaced by what it is."""
    return str(wanted).replace(VARIABLE, variable)


def some(truths: Iterable[Truth]) -> Truth:
    """Whether any is true, or may be."""
    found = set(truths)
    return True if True in found else None if None in found else False


def every(truths: Iterable[Truth]) -> Truth:
    """Whether all are true, or may be."""
    found = set(truths)
    return False if False in found else None if None in found else True


def _like(pattern: str, text: str) -> Truth:
    middle = pattern.strip("*")
    if "*" in middle:
        return None
    if pattern and not middle:
        return True
    head, tail = pattern.startswith("*"), pattern.endswith("*")
    if head and tail:
        return middle in text
    if head:
        return text.endswith(middle)
    return text.startswith(middle) if tail else text == middle


@cache
def read_number(text: str) -> Fraction | None:
    """The number that a text is."""
    return Fraction(text) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) else None


@cache
def read_instant(text: str) -> datetime | None:
    """The instant that a text names, in UTC unless it says otherwise."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", text):
        return None
    return datetime.fromisoformat(text).astimezone(UTC)


def _within(network: str, text: str) -> Truth:
    try:
        return ip_address(text) in ip_network(network, strict=False)
    except ValueError:
        return None


def _same_truth(wanted: str, text: str) -> Truth:
    return wanted == text if {wanted, text} <= {"true", "false"} else None


def _same_bytes(wanted: str, text: str) -> Truth:
    """The pages call it once the equality of strings, once that of numbers."""
    one, other = read_number(wanted), read_number(text)
    return None if one is not None and one == other and wanted != text else wanted == text


def _compare(
    read: Callable[[str], Any], relation: Callable[[Any, Any], bool]
) -> Callable[[str, str], Truth]:
    def test(wanted: str, text: str) -> Truth:
        bound, value = read(wanted), read(text)
        return None if bound is None or value is None else relation(value, bound)

    return test


RELATIONS: dict[str, Callable[[Any, Any], bool]] = {
    "equal": lambda value, bound: value == bound,
    "less_than": lambda value, bound: value < bound,
    "less_than_equal": lambda value, bound: value <= bound,
    "greater_than": lambda value, bound: value > bound,
    "greater_than_equal": lambda value, bound: value >= bound,
}
TESTS: dict[str, Callable[[str, str], Truth]] = {
    "string_equal": lambda wanted, text: wanted == text,
    "string_equal_ignore_case": lambda wanted, text: wanted.lower() == text.lower(),
    "string_like": _like,
    "bool_equal": _same_truth,
    "binary_equal": _same_bytes,
    "ip_equal": _within,
    **{f"numeric_{name}": _compare(read_number, one) for name, one in RELATIONS.items()},
    **{f"date_{name}": _compare(read_instant, one) for name, one in RELATIONS.items()},
}
"""What a value of a policy asks of a text, for each operator that isn't negated."""
