"""What would change, as a diff: lines, ends, names."""

import pytest

from camlint.report.diff import show_diff
from camlint.report.terminal import coloured


def diff(old: str, new: str, path: str = "a.json") -> list[str]:
    return list(show_diff(path, old, new, None))


def test_equal_texts_have_none() -> None:
    assert diff("a\n", "a\n") == []
    assert diff("", "") == []


@pytest.mark.parametrize("odd", ["\r\n", "\u2028\n", "\x0b\n", "\x85\n"])
def test_only_line_feeds_end_lines(odd: str) -> None:
    assert diff(f"a{odd}b\n", f"a{odd}c\n")[3:] == [f" a{odd}", "-b\n", "+c\n"]


def test_a_last_line_without_an_end() -> None:
    no_end = "\\ No newline at end of file\n"
    assert diff("a", "b")[3:] == ["-a\n", no_end, "+b\n", no_end]
    assert diff("a\nb", "c\nb")[3:] == ["-a\n", "+c\n", " b\n", no_end]
    assert diff("a", "a\n")[3:] == ["-a\n", no_end, "+a\n"]


def test_names() -> None:
    assert diff("a\n", "b\n", "deep/a.json")[:2] == ["--- a/deep/a.json\n", "+++ b/deep/a.json\n"]
    assert diff("a\n", "b\n", "/a.json")[:2] == ["--- /a.json\n", "+++ /a.json\n"]
    assert diff("a\n", "b\n", "a\n+b")[0] == "--- a/a\\u{a}+b\n"


def test_a_terminal_gets_no_control_characters() -> None:
    lines = list(show_diff("a", "--\x1b[2J\n", "\t\x07\n", coloured))
    assert lines[3:] == ["\x1b[1;31m---\\u{1b}[2J\x1b[0m\n", "\x1b[32m+    \\u{7}\x1b[0m\n"]
