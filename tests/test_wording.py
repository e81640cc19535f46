"""How messages quote values."""

import pytest

from camlint.wording import LONGEST, clip, name_type, quote


def test_clip_keeps_one_line() -> None:
    assert clip("// one\n\t two") == "// one two"


def test_clip_cuts_long_text_to_the_limit() -> None:
    assert clip("x" * 1000) == "x" * (LONGEST - 1) + "…"
    assert clip("x" * LONGEST) == "x" * LONGEST


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("allow", '"allow"'),
        ("a\nb", '"a\\nb"'),
        (None, "null"),
        (True, "true"),
        (2.0, "2.0"),
        pytest.param(10**5000, "a very long number", id="long"),
        ([], "an empty list"),
        ({"a": 1}, "an object"),
    ],
)
def test_quote_names_a_value_as_json_does(value: object, shown: str) -> None:
    assert quote(value) == shown


def test_a_boolean_is_not_called_a_number() -> None:
    assert name_type(False) == "a boolean"
    assert name_type(0) == "a number"
