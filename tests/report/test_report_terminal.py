"""What may reach a terminal, how wide it is, and when it is coloured."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.report.terminal import colour_wanted, escape, width


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain “text” 数据库", "plain “text” 数据库"),
        ("\x1b[31m", "\\u{1b}[31m"),
        ("a\r\nb\tc", "a\\u{d}\\u{a}b\\u{9}c"),
        ("\x7f\x9b", "\\u{7f}\\u{9b}"),
        ("\u202e\u2066\u200f", "\\u{202e}\\u{2066}\\u{200f}"),
        ("\u200b\ufeff\u2060", "\\u{200b}\\u{feff}\\u{2060}"),
        ("\u2028\u00a0", "\\u{2028}\\u{a0}"),
        ("\udc80\U000e0041", "\\u{dc80}\\u{e0041}"),
    ],
)
def test_what_could_act_or_hide_is_made_visible(text, shown):
    assert escape(text) == shown


@given(st.text())
def test_what_is_shown_is_one_printable_line_that_any_utf8_stream_takes(text):
    shown = escape(text)
    assert shown.isprintable()
    shown.encode()
    assert escape(shown) == shown


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("数据库", 6), ("Ｆull", 5), ("e\u0301", 1), ("“”", 2), ("", 0), ("😀", 2)],
)
def test_width(text, columns):
    assert width(text) == columns


@pytest.mark.parametrize(
    ("choice", "stream", "environ", "wanted"),
    [
        ("always", io.StringIO(), {"NO_COLOR": "1"}, True),
        ("never", Terminal(), {"FORCE_COLOR": "1"}, False),
        ("auto", Terminal(), {}, True),
        ("auto", io.StringIO(), {}, False),
        ("auto", Terminal(), {"NO_COLOR": "1"}, False),
        ("auto", Terminal(), {"NO_COLOR": ""}, True),
        ("auto", io.StringIO(), {"FORCE_COLOR": "1"}, True),
        ("auto", io.StringIO(), {"FORCE_COLOR": "0"}, False),
        ("auto", io.StringIO(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("auto", Terminal(), {"TERM": "dumb"}, False),
        ("auto", Terminal(), {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
    ],
)
def test_when_to_colour(choice, stream, environ, wanted):
    assert colour_wanted(choice, stream, environ) is wanted
