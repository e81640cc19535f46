"""The fresh letters, and what is built on them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.access.intersections import OutOfBudget, globs_meet, intersect
from camlint.access.letters import Letters
from camlint.patterns import matcher

TEXTS = st.lists(st.text(st.characters(max_codepoint=40), max_size=12), max_size=6)
GLOBS = st.text("ab*", max_size=6)
SHORT = st.text("ab", max_size=8)


@given(TEXTS)
def test_a_fresh_letter_is_in_no_text(texts: list[str]) -> None:
    assert not any(Letters(texts).any_text in text for text in texts)


def test_letters_are_picked_anew_for_each_question() -> None:
    assert Letters(["a"]).any_text != Letters(["a" + Letters(["a"]).any_text]).any_text


def test_each_unknown_part_has_a_letter_of_its_own() -> None:
    letters = Letters(["${a}", "x${b}y<c>", "\u0001\u0002"])
    hidden = letters.hide("${a}${b}<c>")
    assert len({*hidden, letters.any_text}) == 4
    assert not {*hidden} & {*"\u0001\u0002${}abc<>xy"}
    assert letters.unknown(letters.hide("x${b}"))
    assert not letters.unknown("x")
    assert letters.loosen(letters.hide("x${b}y")) == "x*y"


@given(GLOBS, GLOBS, SHORT)
def test_an_intersection_is_what_both_match(one: str, other: str, text: str) -> None:
    both = matcher(one)(text) and matcher(other)(text)
    parts = intersect(one, other)
    assert any(matcher(part)(text) for part in parts) == both
    assert not both or globs_meet(one, other)


@given(GLOBS, GLOBS)
def test_globs_meet_just_where_they_have_a_text_in_common(one: str, other: str) -> None:
    parts = intersect(one, other)
    assert globs_meet(one, other) == bool(parts)
    for part in parts:
        text = part.replace("*", "")
        assert matcher(one)(text)
        assert matcher(other)(text)


def test_an_intersection_of_too_many_globs_is_given_up() -> None:
    one, other = ("*" + "*".join(letters) + "*" for letters in ("abcdefgh", "ijklmnop"))
    with pytest.raises(OutOfBudget):
        intersect(one, other)
