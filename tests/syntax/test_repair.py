"""Texts that aren't JSON: what is mended, what is left alone, and where the mended text came from."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.edit import apply_edits
from camlint.source import Source
from camlint.syntax.document import Document, read_document
from camlint.syntax.json import parse
from camlint.syntax.repair import recover
from camlint.syntax.slips import SlipKind

POLICY = """{
  "version": "2.0",
  "statement": [
    {
      "effect": "allow",
      "action": ["cos:GetObject", "cos:PutObject"],
      "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
      "condition": {"ip_equal": {"qcs:ip": ["10.217.182.0/24"]}}
    }
  ]
}
"""


def read(text: str) -> Document:
    return read_document(Source("policy.json", text))


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ('{"a": 1,}', '{"a": 1}'),
        ('{"a": [1, 2,],}', '{"a": [1, 2]}'),
        ('{"a": 1，}', '{"a": 1}'),
        ('{"a": 1 "b": 2}', '{"a": 1, "b": 2}'),
        ('{"a": 1,, "b": 2}', '{"a": 1, "b": 2}'),
        ('{"a" 1}', '{"a": 1}'),
        ('{“a”：‘b’，"c"：1}', '{"a":"b","c":1}'),
        ('{"a": “say "x" now”}', '{"a": "say \\"x\\" now"}'),
        ("{'a': 'it \\\" is'}", '{"a": "it \\" is"}'),
        ('{"a": ""b""}', '{"a": "b"}'),
        ('{"a": "b}', '{"a": "b"}'),
        ('{\u00a0"a":\u30001}', '{ "a": 1}'),
        ('// first\n{"a": 1} // last', '{"a": 1}'),
        (
            '{\n  // alone\n  "a": 1, // behind\n  /* two\n  lines */ "b": 2\n}',
            '{\n  "a": 1,\n   "b": 2\n}',
        ),
        ('{"a": /* why */ 1}', '{"a":  1}'),
        ('# note\n{"a": 1}', '{"a": 1}'),
        ('> {\n> "a": 1\n> }', ' {\n "a": 1\n }'),
        ("{a: b}", '{"a": "b"}'),
        ('{"a": True, "b": None}', '{"a": true, "b": null}'),
        ('{"a": 010, "b": +1, "c": .5}', '{"a": 10, "b": 1, "c": 0.5}'),
        ('{"a": [1, 2', '{"a": [1, 2]}'),
        ('{"a": {"b": [1}, "c": 2}', '{"a": {"b": [1]}, "c": 2}'),
        ('{"a": 1}}', '{"a": 1}'),
        ('{"a": "x", "y", "z", "b": 1}', '{"a": ["x", "y", "z"], "b": 1}'),
        ('{"a": 1}\n{"b": 2}\n{"c": 3}', '[{"a": 1},\n{"b": 2},\n{"c": 3}]'),
        ('{"a": 1}, {"b": 2}', '[{"a": 1}, {"b": 2}]'),
        ('{"a": "b\tc"}', '{"a": "b\\tc"}'),
        ('{"a": "b\\*c"}', '{"a": "b*c"}'),
        ('Policy:\n{"a": 1}', '{"a": 1}'),
    ],
)
def test_one_way_to_mend_is_taken(text: str, mended: str) -> None:
    document = read(text)
    assert document.recovered is not None, [slip.kind for slip in document.slips]
    assert json.loads(document.plain_text) == json.loads(mended) == document.value
    assert document.plain_text.strip() == mended.strip()
    assert all(slip.mended for slip in document.slips)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('{"a": [1, ...]}', SlipKind.ELLIPSIS),
        ('{"a": {...}}', SlipKind.ELLIPSIS),
        ('{"a": }', SlipKind.MISSING_VALUE),
        ('{"condition": {"key": {"value"}}}', SlipKind.MISSING_VALUE),
        ('["a": 1]', SlipKind.EXTRA_COLON),
        ('"statement": [1]', SlipKind.EXTRA_COLON),
        ('{"a": 1, {"b": 2}}', SlipKind.EXTRA_VALUE),
        ('{"a": 1, b}', SlipKind.UNQUOTED),
        ('{"a": NaN}', SlipKind.BAD_NUMBER),
        ('{"a": "\\u12"}', SlipKind.BAD_ESCAPE),
        ("", SlipKind.EMPTY),
    ],
)
def test_nothing_is_guessed(text: str, kind: SlipKind) -> None:
    document = read(text)
    assert (document.value, document.recovered) == (None, None)
    assert document.slips[0].kind is kind


def test_the_edits_of_all_slips_make_the_mended_text() -> None:
    text = POLICY.replace('"cos:PutObject"', "“cos:PutObject”,").replace('"2.0",', '"2.0"、 // v')
    document = read(text)
    edits = [edit for slip in document.slips for edit in slip.edits]
    assert apply_edits(text, edits) == document.plain_text
    assert json.loads(document.plain_text) == json.loads(POLICY)


def test_one_string_in_odd_quotes_is_one_slip() -> None:
    (slip,) = read('{"a": “b”}').slips
    assert (slip.kind, slip.text, len(slip.edits)) == (SlipKind.CURLY_QUOTE, "“b”", 2)


BREAKS = st.sampled_from(
    [
        *(
            ",",
            "，",
            "、",
            "：",
            "“",
            "”",
            "'",
            '"',
            '""',
            "\u00a0",
            "\u3000",
            "//",
            "/*",
            "*/",
            "#",
            ">",
        ),
        *("{", "}", "[", "]", "...", "\n", "\t", "\\", "\x00", "\ufeff", "，\n", "None", "01", ":"),
    ]
)


@st.composite
def broken_policies(draw: st.DrawFn) -> str:
    """A policy in which a few characters were dropped, doubled or replaced."""
    text = POLICY
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(text)))
        gone = draw(st.integers(0, 3))
        text = text[:at] + draw(st.just("") | BREAKS) + text[at + gone :]
    return text


@given(st.text(max_size=80) | st.text("{}[]\",: \n'“”，：/#>.ab1", max_size=80) | broken_policies())
def test_a_mended_text_is_json_and_knows_where_it_came_from(text: str) -> None:
    parsed = parse(text)
    if not parsed.slips:
        return
    slips, recovered = recover(text, parsed)
    assert slips
    if recovered is None:
        return
    json.loads(recovered.text)
    offsets = list(recovered.offsets)
    assert len(offsets) == len(recovered.text) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)


@given(broken_policies())
def test_what_still_stands_is_found_at_its_place(text: str) -> None:
    document = read(text)
    if document.recovered is None:
        return
    offsets = document.recovered.offsets
    for index, character in enumerate(document.plain_text):
        if character.isalpha():
            written = text[offsets[index] : offsets[index + 1]]
            assert (
                written in ("", character)
                or not written.isalpha()
                or written.lower() in (*("true", "false", "null", "none"),)
            )
