"""Users' regular expressions: they match what Python's match, and take no time to speak of."""

import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.regular import MOST_REMEMBERED, compile_regular
from camlint.regular_syntax import MOST_POSITIONS, RegularError

ATOMS = st.sampled_from(
    ["a", "b", "-", ".", "[ab]", "[^a]", "[]a]", "[a-]", r"[\]a]", r"\d", r"\w", r"\W", r"\.", "{"]
)
REPEATS = ["*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}", "{,2}", "{0}", "*?", "{1,2}?"]


def grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        several.map("".join),
        several.map(lambda parts: f"(?:{'|'.join(parts)})"),
        several.map(lambda parts: f"({'|'.join(parts)}|)"),
        st.tuples(inner, st.sampled_from(REPEATS)).map(lambda two: f"(?P<g>{two[0]}){two[1]}"),
    )


PATTERNS = st.recursive(ATOMS, grow, max_leaves=8)


@given(PATTERNS, st.sampled_from(["", "(?i)", "(?s)", "(?ai)"]), st.text("ab-.A1\né", max_size=7))
def test_it_matches_what_python_matches(pattern: str, flags: str, text: str) -> None:
    pattern = flags + pattern.replace("?P<g>", "?:")
    assert compile_regular(pattern).matches(text) == bool(re.fullmatch(pattern, text))


@pytest.mark.parametrize("pattern", ["^a+$", r"\Aa+\Z", "a+", "^(a|b)+$"])
def test_anchors_at_the_ends_change_nothing(pattern: str) -> None:
    regular = compile_regular(pattern)
    assert regular.matches("aaa")
    assert not regular.matches("aaa-")


@pytest.mark.parametrize(
    "pattern", ["(a+)+b", "(a|a)*b", "(.*)*c", "(a?){40}a{40}", "(a|b)*a(a|b){31}", "(.*a){20}"]
)
def test_what_python_would_not_live_to_see(pattern: str) -> None:
    regular = compile_regular(pattern)
    assert regular.matches("a" * 30 + "ab" * 2_000) == pattern.startswith("(a|b)")
    assert regular.matches("ab" * 40 + "!") is False


def test_what_is_remembered_is_bounded() -> None:
    regular = compile_regular(r"\w*")
    assert regular.matches("".join(chr(code) for code in range(0x4E00, 0x4E00 + 12_000)))
    assert len(regular._masks) <= MOST_REMEMBERED
    assert len(regular._accepted) <= MOST_REMEMBERED


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        ("(a", "is no regular expression: missing ), unterminated subpattern at position 0"),
        ("[a", "is no regular expression: unterminated character set at position 0"),
        ("x(?=a)", 'has "(?=" at position 1'),
        ("x(?!a).*", 'has "(?!" at position 1'),
        ("(?i:a)", 'has "(?i" at position 0'),
        ("(?>a)", 'has "(?>" at position 0'),
        ("(?P<x>a)(?P=x)", 'has "(?P" at position 8'),
        (r"(a)\1", r'has "\1" at position 3'),
        (r"a\b", r'has "\b" at position 1'),
        ("a$b", 'has "$" at position 1'),
        ("a++", 'has a repetition with "+" behind it'),
        ("a{1,501}", "repeats something more than 500 times"),
        ("(a{1,100}){1,100}", "has more than 500 characters, repetitions such as {1,64}"),
        ("(" * 60 + "a" + ")" * 60, "has more than 50 groups inside one another"),
    ],
)
def test_what_is_refused(pattern: str, complaint: str) -> None:
    with pytest.raises(RegularError) as raised:
        compile_regular(pattern)
    assert str(raised.value).startswith(complaint)


def test_nothing_repeated_is_nothing() -> None:
    assert compile_regular("((){400}){400}").matches("")
    assert not compile_regular("(((){0,400}){400}){3}").matches("a")
    assert MOST_POSITIONS >= 400


def test_it_travels_to_another_process() -> None:
    regular = compile_regular("acme-[a-z]+")
    assert pickle.loads(pickle.dumps(regular)).matches("acme-shop")
