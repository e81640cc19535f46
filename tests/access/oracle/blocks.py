"""Condition blocks that share keys and values, by what is known of them."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from oracle.evaluator import Plain

STRINGS = ("a", "b", "ab", "A")
LIKES = ("a*", "*b", "*a*", "*", "ab*", "a", "b*", "*ab")
NUMBERS: tuple[object, ...] = (1, 2, "2", "2.5", 3)
DATES = ("2024-01-01T00:00:00Z", "2024-01-01T00:00:10Z", "2024-06-01T00:00:00Z")
NETWORKS = (
    *("10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "10.1.2.3/16", "0.0.0.0/0", "11.0.0.0/8"),
    *("2001:db8::/32", "2001:db8::1", "::/0"),
)
SIZES = ("equal", "less_than", "less_than_equal", "greater_than", "greater_than_equal")
"""What orders are called; one in a while is negated too."""


def lines(bases: Sequence[str], values: Sequence[object], most: int) -> st.SearchStrategy[Any]:
    """An operator of these with some of these values."""
    some = st.lists(st.sampled_from(values), min_size=1, max_size=most, unique_by=str)
    return st.tuples(st.sampled_from(bases), some)


def _orders(family: str) -> list[str]:
    return [f"{family}_{name}" for name in (*SIZES, "not_equal")]


TESTS = {
    "s": st.one_of(
        lines(
            ["string_equal", "string_equal_ignore_case", "string_equal"],
            (*STRINGS, "c"),
            3,
        ),
        lines(["string_not_equal", "string_not_equal_ignore_case"], STRINGS, 1),
        lines(["string_like"], LIKES, 2),
        lines(["string_not_like"], LIKES, 1),
    ),
    "n": st.one_of(lines(_orders("numeric"), NUMBERS, 1), lines(["numeric_equal"], NUMBERS, 3)),
    "d": lines(_orders("date"), DATES, 1),
    "i": st.one_of(lines(["ip_equal"], NETWORKS, 3), lines(["ip_not_equal"], NETWORKS, 1)),
    "f": lines(["bool_equal"], ("true", "false"), 2),
    "y": lines(["binary_equal"], ("YQ==", "Yg=="), 2),
}
"""What is asked of each key, one key for each family of operators."""

NULL = lines(["null_equal"], ("true", "false"), 1)
QUALIFIERS = st.sampled_from(("for_any_value:", "for_all_value:"))


def _put(key: str, line: tuple[str, list[object]], prefix: str, suffix: str) -> Plain:
    base, values = line
    if base == "null_equal":
        prefix = suffix = ""
    return {prefix + base + suffix: {key: values[0] if len(values) == 1 else values}}


def _merge(parts: list[Plain]) -> Plain:
    block: Plain = {}
    for part in parts:
        for operator, keys in part.items():
            block.setdefault(operator, {}).update(keys)
    return block


def on(
    key: str, tests: st.SearchStrategy[Any], prefixes: st.SearchStrategy[str]
) -> st.SearchStrategy[Plain]:
    """Such a line for a key, or one that asks if it is there, with a qualifier of these before it."""
    suffixes = st.sampled_from(("", "", "_if_exist"))
    return st.builds(_put, st.just(key), st.one_of(tests, tests, tests, NULL), prefixes, suffixes)


def blocks(*parts: st.SearchStrategy[Plain], most: int = 2) -> st.SearchStrategy[Plain]:
    """Condition blocks put together of these lines."""
    return st.builds(_merge, st.lists(st.one_of(*parts), min_size=1, max_size=most))


NO_PREFIX = st.just("")
TYPED = {key: on(key, tests, NO_PREFIX) for key, tests in TESTS.items()}
PLAIN_BLOCKS = blocks(*TYPED.values())
"""Conditions of which everything is known, on keys of one value."""

SETS = blocks(
    on("s", TESTS["s"], QUALIFIERS),
    on("qcs:resource_tag", TESTS["s"], st.one_of(NO_PREFIX, QUALIFIERS)),
    on("n", TESTS["n"], st.one_of(NO_PREFIX, QUALIFIERS, QUALIFIERS)),
)
"""Conditions on keys of several values."""

UNCLEAR_TESTS = st.one_of(
    lines(["string_equal", "string_like"], ("${uin}", "a", "b", "a${uin}", "a*b"), 2),
    lines(["string_not_equal", "string_not_like"], (*STRINGS, "${uin}"), 3),
    lines(["numeric_not_equal"], NUMBERS, 2),
    lines(["numeric_equal", "ip_equal", "date_less_than"], ("soon", "${uin}", "1"), 1),
)
UNCLEAR = blocks(
    on("s", UNCLEAR_TESTS, st.one_of(NO_PREFIX, NO_PREFIX, QUALIFIERS)),
    on("s", TESTS["s"], NO_PREFIX),
    on("S", TESTS["s"], NO_PREFIX),
    on("n", TESTS["s"], NO_PREFIX),
    on("n", TESTS["n"], NO_PREFIX),
    on("s", lines(["string_equals"], ("a",), 1), NO_PREFIX),
)
"""Conditions of which something isn't known: variables, lists denied, one key of two types."""

DERIVED_BLOCKS = blocks(
    on("qcs:read_only_action", lines(_orders("numeric"), (0, 1), 1), NO_PREFIX),
    on("qcs:except_cam_finance", lines(_orders("numeric"), (0, 1), 1), NO_PREFIX),
    TYPED["s"],
)
"""Conditions on keys that follow from the action."""
