"""Columns and lists that stand straight whatever is in them."""

from hypothesis import given
from hypothesis import strategies as st

from camlint.report.table import align, count, wrap
from camlint.report.terminal import width


def test_wide_characters_take_two_columns() -> None:
    assert align([("a", "1"), ("云服务器", "2"), ("é", "3")]) == [
        "a         1",
        "云服务器  2",
        "é         3",
    ]


def test_what_could_act_on_a_terminal_is_shown() -> None:
    assert align([("\x1b[31m", "x")]) == ["\\u{1b}[31m  x"]
    assert wrap(["a\nb"], "") == ["a\\u{a}b"]


def test_lists_are_wrapped_and_indented() -> None:
    assert wrap(["one", "two", "three"], "n  ", 12) == ["n  one, two,", "   three"]
    assert wrap([], "n  ") == ["n  "]


@given(st.lists(st.text("ab云", min_size=1, max_size=8)), st.integers(10, 30))
def test_no_line_is_too_wide_and_no_word_lost(words: list[str], columns: int) -> None:
    lines = wrap(words, "  ", columns)
    assert all(width(line) <= max(columns, 2 + 17) for line in lines)
    assert [word.strip() for line in lines for word in line.split(",") if word.strip()] == words


def test_counts() -> None:
    assert [count(n, "action") for n in (0, 1, 19487)] == [
        "0 actions",
        "1 action",
        "19,487 actions",
    ]
