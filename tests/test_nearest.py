"""How far words are apart, against a definition that is too slow to use."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.nearest import distance, nearest


def slow_distance(one: str, other: str) -> int:
    @cache
    def between(i: int, j: int) -> int:
        if i == 0 or j == 0:
            return i + j
        costs = [
            between(i - 1, j) + 1,
            between(i, j - 1) + 1,
            between(i - 1, j - 1) + (one[i - 1] != other[j - 1]),
        ]
        if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
            costs.append(between(i - 2, j - 2) + 1)
        return min(costs)

    return between(len(one), len(other))


@given(st.text("abc", max_size=7), st.text("abc", max_size=7), st.integers(0, 4))
def test_distance_is_the_definition_cut_at_the_limit(one: str, other: str, limit: int) -> None:
    assert distance(one, other, limit) == min(slow_distance(one, other), limit + 1)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("actions", "action"),
        ("actoin", "action"),
        ("principle", "principal"),
        ("resoruce", "resource"),
        ("conditon", "condition"),
        ("source", None),
        ("description", None),
        ("option", None),
        ("", None),
    ],
)
def test_nearest_believes_plain_slips_only(word: str, meant: str | None) -> None:
    assert nearest(word, ("action", "resource", "condition", "principal")) == meant
