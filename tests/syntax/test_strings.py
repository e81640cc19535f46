"""The maps of decoded strings: a slice of the value is the slice of the source, decoded."""

import json
from urllib.parse import quote, quote_plus

from hypothesis import given
from hypothesis import strategies as st

from camlint.syntax.strings import decode_percent, map_string

TEXT = st.text() | st.text(alphabet='"\\/:+%é😀\ud83d\ude00\x01 a')


@st.composite
def spelled(draw: st.DrawFn) -> str:
    """A JSON string whose characters are escaped in every way that JSON knows, or not at all."""
    pieces = []
    for character in draw(TEXT):
        plain = json.dumps(character, ensure_ascii=False)[1:-1]
        ways = [plain, json.dumps(character)[1:-1]]
        if ord(character) < 0x10000:
            ways.append(f"\\u{ord(character):04X}")
        if character == "/":
            ways.append("\\/")
        pieces.append(draw(st.sampled_from(ways)))
    return '"' + "".join(pieces) + '"'


@given(spelled(), st.text(max_size=5), st.data())
def test_slice_of_string_is_slice_of_source(token: str, before: str, data: st.DataObject) -> None:
    value = json.loads(token)
    text = before + token + ","
    offsets = map_string(text, len(before), len(before) + len(token))
    assert len(offsets) == len(value) + 1
    end = data.draw(st.integers(0, len(value)))
    start = data.draw(st.integers(0, end))
    source = text[offsets[start] : offsets[end]]
    assert json.loads(f'"{source}"') == value[start:end]


@given(TEXT, st.data())
def test_slice_of_string_in_string_is_slice_of_source(inner: str, data: st.DataObject) -> None:
    middle = json.dumps([inner])
    outer = json.dumps(middle, ensure_ascii=data.draw(st.booleans()))
    to_outer = map_string(outer, 0, len(outer))
    to_middle = map_string(middle, 1, len(middle) - 1)
    value = json.loads(middle)[0]
    end = data.draw(st.integers(0, len(value)))
    start = data.draw(st.integers(0, end))
    source = outer[to_outer[to_middle[start]] : to_outer[to_middle[end]]]
    assert json.loads('"' + json.loads(f'"{source}"') + '"') == value[start:end]


def test_string_without_backslash_needs_no_table() -> None:
    assert map_string('["abc"]', 1, 6) == range(2, 6)


def test_surrogate_pair_is_one_character() -> None:
    token = r'"a\ud83d\ude00\ud83d\u003a\/"'
    assert json.loads(token) == "a😀\ud83d:/"
    assert list(map_string(token, 0, len(token))) == [1, 2, 14, 20, 26, 28]


@given(st.text(st.characters(exclude_categories=["Cs"])), st.booleans(), st.data())
def test_slice_of_percent_decoded_is_slice_of_source(
    text: str, plus: bool, data: st.DataObject
) -> None:
    encoded = quote_plus(text) if plus else quote(text)
    value, offsets = decode_percent(encoded)
    assert value == text
    assert len(offsets) == len(value) + 1
    end = data.draw(st.integers(0, len(value)))
    start = data.draw(st.integers(0, end))
    assert decode_percent(encoded[offsets[start] : offsets[end]])[0] == value[start:end]


@given(st.lists(st.sampled_from(["%E4", "%B8", "%AD", "%", "%z", "+", "a", "é"])), st.data())
def test_slice_of_damaged_encoding_is_slice_of_source(
    pieces: list[str], data: st.DataObject
) -> None:
    encoded = "".join(pieces)
    value, offsets = decode_percent(encoded)
    assert len(offsets) == len(value) + 1
    end = data.draw(st.integers(0, len(value)))
    start = data.draw(st.integers(0, end))
    assert decode_percent(encoded[offsets[start] : offsets[end]])[0] == value[start:end]


def test_byte_that_is_not_utf_8_becomes_a_replacement_character() -> None:
    assert decode_percent("%FFa%e4%b8%ad%2g") == ("\ufffda中%2g", [0, 3, 4, 13, 14, 15, 16])
