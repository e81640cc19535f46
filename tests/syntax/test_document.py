"""Documents: what is read, what is refused, and where a place stands in the file."""

import json
import subprocess
import sys
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.place import Part, Place, Pointer
from camlint.source import Source
from camlint.syntax.document import (
    MAX_NESTING,
    NOT_UTF8,
    TOO_BROKEN,
    TOO_DEEP,
    Document,
    embed,
    read_document,
)
from camlint.syntax.repeats import MAX_DUPLICATES, TOO_REPETITIVE
from camlint.syntax.slips import SlipKind

POLICY = """{
    "version": "2.0",
    "statement": [
        {"effect": "allow", "action": ["name/cos:GetObject", "cos:Put*"], "resource": "*"},
        {"effect": "deny", "action": "name/cos:DeleteObject", "resource": ["*"], "x": 1.5}
    ]
}
"""
VALUES = st.recursive(
    st.integers() | st.booleans() | st.text(max_size=4) | st.sampled_from(["a", "a,b", "*"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["a", "b", "effect", 'q"', "é"]), inner, max_size=4)
    ),
    max_leaves=15,
)


def read(text: str) -> Document:
    return read_document(Source("policy.json", text))


def shown(document: Document, place: Place) -> str:
    span = document.locate(place)
    return document.source.text[span.start : span.end]


def pointers(value: object) -> dict[Pointer, object]:
    """Every value below a plain value, the value itself included."""
    found: dict[Pointer, object] = {}
    stack: list[tuple[Pointer, object]] = [((), value)]
    while stack:
        pointer, item = stack.pop()
        found[pointer] = item
        if isinstance(item, dict):
            stack.extend(((*pointer, key), one) for key, one in item.items())
        elif isinstance(item, list):
            stack.extend(((*pointer, index), one) for index, one in enumerate(item))
    return found


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place(("statement", 1, "action")), '"name/cos:DeleteObject"'),
        (Place(("statement", 1, "effect")), '"deny"'),
        (Place(("statement", 1, "resource", 0)), '"*"'),
        (Place(("statement", 0, "resource")), '"*"'),
        (Place(("statement", 1, "resource")), '["*"]'),
        (Place(("statement", 1, "x")), "1.5"),
        (Place(("statement", 0, "action", 0), 5, 8), "cos"),
        (Place(("statement", 0, "resource"), 0, 1), "*"),
        (Place(("statement", 1, "effect"), 2), "ny"),
        (Place(("statement", 1, "effect"), 2, 99), "ny"),
        (Place(("statement", 1, "x"), 0, 1), "1.5"),
        (Place(("statement", 1, "effect"), part=Part.KEY), '"effect"'),
        (Place(("statement", 1, "x"), 0, 1, part=Part.KEY), "x"),
        (Place(("version",), part=Part.KEY), '"version"'),
        (Place(("statement", 0, "action", 1), part=Part.KEY), '"cos:Put*"'),
        (Place(("statement", 1), part=Part.OPENING), "{"),
        (Place(("statement",), part=Part.OPENING), "["),
        (Place((), part=Part.OPENING), "{"),
        (Place(()), POLICY.strip()),
        (Place((), 6, 15, part=Part.TEXT), '"version"'),
        (Place((), part=Part.TEXT), POLICY),
        (Place((), 10_000, 20_000, part=Part.TEXT), ""),
    ],
    ids=lambda case: f"{case.pointer} {case.part.name}" if isinstance(case, Place) else None,
)
def test_place_is_found(place: Place, expected: str) -> None:
    assert shown(read(POLICY), place) == expected


def test_right_one_of_equal_strings_is_found() -> None:
    document = read(POLICY)
    first, second = document.locate_all(
        [
            Place(("statement", 0, "action"), part=Part.KEY),
            Place(("statement", 1, "action"), part=Part.KEY),
        ]
    )
    assert [first.start, second.start] == [
        POLICY.index('"action"'),
        POLICY.rindex('"action"'),
    ]


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [
        (("statement", 1, "condition"), POLICY.index('{"effect": "deny"')),
        (("statement", 7, "effect"), POLICY.index("[")),
        (("statement", -1), POLICY.index("[")),
        (("statement", 0, "resource", 0), POLICY.index('"*"')),
        (("Statement",), 0),
        ((0,), 0),
    ],
)
@pytest.mark.parametrize("part", [Part.VALUE, Part.KEY, Part.OPENING])
def test_missing_place_is_the_opening_around_it(
    pointer: Pointer, expected: int, part: Part
) -> None:
    span = read(POLICY).locate(Place(pointer, part=part))
    assert (span.start, span.end) == (expected, expected + 1)


@given(VALUES, st.sampled_from([None, 1]), st.booleans(), st.booleans())
def test_every_value_is_found(
    value: object, indent: int | None, ascii_only: bool, together: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    document = read(text)
    places = [Place(pointer) for pointer in pointers(value)]
    spans = document.locate_all(places) if together else [document.locate(one) for one in places]
    for span, expected in zip(spans, pointers(value).values(), strict=True):
        assert repr(json.loads(text[span.start : span.end])) == repr(expected)


@given(VALUES)
def test_every_key_is_found(value: object) -> None:
    text = json.dumps(value)
    places = [Place(one, part=Part.KEY) for one in pointers(value) if one and one[-1:] != (0,)]
    for place, span in zip(places, read(text).locate_all(places), strict=True):
        if isinstance(place.pointer[-1], str):
            assert json.loads(text[span.start : span.end]) == place.pointer[-1]
            assert text[span.end :].startswith(":")


@given(VALUES, st.integers(1, 3), st.data())
def test_value_in_embedded_document_is_found(
    value: object, depth: int, data: st.DataObject
) -> None:
    text = json.dumps(value)
    percents = []
    for _ in range(depth):
        percents.append(data.draw(st.booleans()))
        text = json.dumps({"Action": "x", "PolicyDocument": quote(text) if percents[-1] else text})
    document = read(text)
    for percent in reversed(percents):
        document = embed(document, ("PolicyDocument",), percent=percent)
    assert document.value == value
    for pointer, expected in pointers(value).items():
        if isinstance(expected, str) and expected.isascii() and expected.isalpha():
            assert shown(document, Place(pointer, 0, len(expected))) == expected


def test_embedded_places_are_those_of_the_file() -> None:
    inner = '{"effect": "allow", "a\\u0062": ["x/y"]}'
    document = read(json.dumps({"PolicyDocument": inner}))
    policy = embed(document, ("PolicyDocument",))
    assert policy.text == inner
    assert policy.outer is document
    assert shown(policy, Place(("effect",))) == '\\"allow\\"'
    assert shown(policy, Place(("ab", 0), 0, 1)) == "x"
    assert shown(policy, Place(("ab",), part=Part.KEY)) == '\\"a\\\\u0062\\"'
    assert shown(policy, Place((), 0, 3, part=Part.TEXT)) == '{\\"e'
    assert shown(document, Place(("PolicyDocument",))) == json.dumps(inner)


def test_embedded_text_with_slips_tells_them() -> None:
    document = embed(read(json.dumps({"p": '{"a": 1,}'})), ("p",))
    assert document.value == {"a": 1}
    (slip,) = document.slips
    assert (slip.kind, slip.text) == (SlipKind.TRAILING_COMMA, ",")
    span = document.locate(Place((), slip.start, slip.end, part=Part.TEXT))
    assert document.source.text[span.start :] == ',}"}'


def test_url_encoded_text_that_is_not_utf_8_is_refused() -> None:
    document = read('{"Policy": "%7B%22a%22%3A%22%E4%B8%22%7D", "p": "%EF%BF%BD"}')
    assert embed(document, ("Policy",), percent=True).refusal == NOT_UTF8
    assert embed(document, ("p",), percent=True).refusal == ""


@pytest.mark.parametrize("pointer", [("statement",), ("nothing",), ("version", 0)])
def test_only_a_string_holds_a_document(pointer: Pointer) -> None:
    with pytest.raises(LookupError):
        embed(read(POLICY), pointer)


def test_duplicate_keys_are_told_in_order() -> None:
    document = read('{"a": 1, "s": [{"b": 1, "b": 2, "b": {"c": 3}}], "a": 4, "d": 5}')
    assert document.value == {"a": 4, "s": [{"b": {"c": 3}}], "d": 5}
    assert [(one.pointer, one.key, one.count, one.values) for one in document.duplicates] == [
        ((), "a", 2, (1, 4)),
        (("s", 0), "b", 3, (1, 2, {"c": 3})),
    ]


def test_occurrence_picks_a_duplicate() -> None:
    text = '{"a": {"x": 1}, "b": 0, "a": {"y": [2]}}'
    document = read(text)
    keys = [
        document.locate(Place(("a",), part=Part.KEY, occurrence=one)).start for one in (0, 1, None)
    ]
    assert keys == [1, text.rindex('"a"'), text.rindex('"a"')]
    assert shown(document, Place(("a",))) == '{"y": [2]}'
    assert shown(document, Place(("a",), occurrence=0)) == '{"x": 1}'
    assert shown(document, Place(("a", "y", 0))) == "2"
    assert document.locate(Place(("a", "x"))).start == text.rindex("{")


def test_text_with_slips_is_read_as_if_mended() -> None:
    document = read('\n{"a": 1, “b”: [‘x’,]}')
    assert document.value == {"a": 1, "b": ["x"]}
    assert document.plain_text == '\n{"a": 1, "b": ["x"]}'
    assert [slip.kind for slip in document.slips] == [
        SlipKind.CURLY_QUOTE,
        SlipKind.CURLY_QUOTE,
        SlipKind.TRAILING_COMMA,
    ]
    assert shown(document, Place(("a",))) == "1"
    assert shown(document, Place(("b",), part=Part.KEY)) == "“b”"
    assert shown(document, Place(("b", 0), 0, 1)) == "x"
    assert shown(document, Place((), 8, 9, part=Part.TEXT)) == ","


def test_text_that_lacks_something_has_no_value() -> None:
    document = read('\n{"a": [1, ...]}')
    assert document.value is None
    assert not document.readable
    assert [slip.kind for slip in document.slips] == [SlipKind.ELLIPSIS]
    assert shown(document, Place(("a",))) == "{"


@pytest.mark.parametrize("text", ['{"a": NaN}', "[-Infinity]", '{"a": 1, "a": Infinity}'])
def test_constant_that_is_not_json_is_a_slip(text: str) -> None:
    assert [slip.kind for slip in read(text).slips] == [SlipKind.BAD_NUMBER]


@pytest.mark.parametrize(
    "text",
    ["", "\x00", "{x}", '{"a": }', '["a": 1]', '{"a": "\\u12"}'],
)
def test_text_that_is_not_json_has_slips_and_no_value(text: str) -> None:
    document = read(text)
    assert document.slips
    assert document.value is None
    assert document.locate(Place(())).start <= len(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("null", None),
        ("[1e999]", [float("inf")]),
        ("[" + "1" * 5000 + "]", [float("inf")]),
        ('"\\ud83d"', "\ud83d"),
        ('"\\u0000"', "\x00"),
        ("[]", []),
    ],
)
def test_odd_json_is_read(text: str, value: object) -> None:
    document = read(text)
    assert document.value == value
    assert not document.slips
    assert not document.refusal
    assert shown(document, Place(())) == text


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}"), ('["[",', "]")])
def test_nesting_has_a_limit(opening: str, closing: str) -> None:
    deepest = opening * MAX_NESTING + "1" + closing * MAX_NESTING
    assert read(deepest).refusal == ""
    assert read(deepest).value is not None
    too_deep = read(opening + deepest + closing)
    assert (too_deep.refusal, too_deep.value, too_deep.slips) == (TOO_DEEP, None, ())


def test_brackets_in_strings_and_side_by_side_do_not_nest() -> None:
    text = json.dumps(["[" * 999, '"\\' + "{" * 999] + [[]] * 999)
    assert read(text).value == json.loads(text)


@pytest.mark.parametrize("text", ["[" * 20_000, '{"a":' * 20_000, "[}" * 20_000])
def test_deep_broken_text_gets_an_answer(text: str) -> None:
    document = read(text)
    assert document.refusal
    assert document.value is None


def test_hopeless_text_is_refused() -> None:
    document = read("," * 5000)
    assert document.refusal == TOO_BROKEN


@pytest.mark.parametrize(
    "text",
    [
        "[" + '{"a":1,"a":1},' * (MAX_DUPLICATES + 1) + "1]",
        "{" + ",".join(f'"{n % (MAX_DUPLICATES + 1)}":1' for n in range(3 * MAX_DUPLICATES)) + "}",
    ],
    ids=["many objects", "one object"],
)
def test_text_with_too_many_duplicates_is_refused(text: str) -> None:
    document = read(text)
    assert (document.refusal, document.value, document.duplicates) == (TOO_REPETITIVE, None, ())


def test_damaged_source_is_refused_with_its_own_words() -> None:
    document = read_document(Source("x", "{}", "it is not UTF-8 text"))
    assert document.refusal == "it is not UTF-8 text"
    assert document.value is None


def test_clean_text_loads_neither_parser_nor_maps() -> None:
    program = (
        "import sys\n"
        "from camlint.source import Source\n"
        "from camlint.syntax.document import embed, read_document\n"
        "outer = read_document(Source('x', '{\"p\": \"{}\"}'))\n"
        "assert embed(outer, ('p',)).value == {}\n"
        "print(*sorted(one for one in sys.modules if one.startswith('camlint.syntax.')))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [
        "camlint.syntax.document",
        "camlint.syntax.duplicate",
        "camlint.syntax.slips",
    ]
