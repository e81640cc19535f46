"""Quick look-ups of misspelt names find what comparing every name finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.catalog.catalog import Catalog
from camlint.catalog.near import NearNames
from camlint.nearest import distance

CATALOG = Catalog()
LETTERS = "abcs"


def compare_all(word: str, names: tuple[str, ...], limit: int) -> tuple[str, ...]:
    apart = {name: distance(word, name, limit) for name in names}
    best = min(apart.values(), default=limit + 1)
    return tuple(name for name in names if apart[name] == best <= limit)


@st.composite
def slips(draw: st.DrawFn, names: tuple[str, ...]) -> str:
    """A known name after up to three slips."""
    word = draw(st.sampled_from(names))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(word)))
        letter = draw(st.sampled_from(LETTERS))
        word = draw(
            st.sampled_from(
                [
                    word[:at] + letter + word[at:],
                    word[:at] + word[at + 1 :],
                    word[:at] + letter + word[at + 1 :],
                    word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
                ]
            )
        )
    return word


@given(slips(CATALOG.service("trtc").operations))
def test_actions(word: str) -> None:
    trtc = CATALOG.service("trtc")
    assert trtc.near(word) == compare_all(word, trtc.operations, 2)


@given(slips(CATALOG.index.prefixes), st.integers(1, 2))
def test_services(word: str, limit: int) -> None:
    alike = tuple(one for one in CATALOG.index.prefixes if one[:1] == word[:1])
    others = tuple(one for one in CATALOG.index.prefixes if one[:1] != word[:1])
    near = (*compare_all(word, alike, limit), *compare_all(word, others, 1))
    best = min((distance(word, one, limit) for one in near), default=0)
    assert CATALOG.index.near(word, limit) == tuple(
        sorted(one for one in near if distance(word, one, limit) == best)
    )


@given(st.text(LETTERS, max_size=8), st.lists(st.text(LETTERS, max_size=8), unique=True))
def test_any_names(word: str, names: list[str]) -> None:
    assert NearNames(names).nearest(word) == compare_all(word, tuple(names), 2)


@pytest.mark.parametrize("word", ["", "x", "𐀀", "\ud800", "é" * 300])
def test_odd_words_are_near_nothing(word: str) -> None:
    assert CATALOG.service("trtc").near(word) == ()
    assert CATALOG.index.near(word, 1) in ((), compare_all(word, CATALOG.index.prefixes, 1))


def test_only_actions_with_the_verb() -> None:
    cvm = CATALOG.service("cvm")
    assert cvm.near("StopInstance", "Stop") == ("StopInstances",)
    assert cvm.near("StopInstance", "Start") == ()
