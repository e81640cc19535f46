"""The tolerant parser: what it reads, what it calls a slip, and where it points."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.syntax.json import MAX_SLIPS, MAX_TOKENS, parse
from camlint.syntax.slips import Slip, SlipKind
from camlint.syntax.tree import Node

K = SlipKind

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.text(alphabet='"\\/{}[],:“”，： \n\u00a0a')
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=12
)
POLICY = """{
    "version": "2.0",
    "statement": [
        {"effect": "allow", "action": ["cos:Get*", "cos:Put*"], "resource": "qcs::cos:::b/*"},
        {"effect": "deny", "action": "*", "resource": ["*"], "condition": {"ip": {"k": [1, -2.5e3]}}}
    ]
}"""
NOISE = st.text(
    alphabet="{}[]:,\"\\'“”，：；、…. \n\r\t\u00a0\u3000\ufeff\x00/*#ae01-+u",
    min_size=0,
    max_size=4,
)


def refuse(name: str) -> object:
    raise ValueError(name)


def strict(text: str) -> tuple[bool, object]:
    """Whether a text is RFC 7159 JSON, and its value."""
    try:
        return True, json.loads(text, parse_constant=refuse)
    except ValueError:
        return False, None


def agrees_with_strict(text: str) -> None:
    valid, value = strict(text)
    parsed = parse(text)
    assert parsed.complete
    assert valid == (not parsed.slips), [(one.kind, one.start) for one in parsed.slips]
    if valid:
        assert parsed.root is not None
        assert repr(parsed.root.value) == repr(value)
    for slip in parsed.slips:
        assert 0 <= slip.start <= slip.end <= len(text)


def nodes(root: Node) -> Iterator[Node]:
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(node.items)
        for key, value in node.members:
            stack += (key, value)


@given(VALUES, st.sampled_from([None, 2]), st.booleans())
def test_json_is_read_as_the_standard_library_reads_it(
    value: object, indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    agrees_with_strict(text)
    root = parse(text).root
    assert root is not None
    for node in nodes(root):
        assert repr(json.loads(text[node.start : node.end])) == repr(node.value)


@given(st.data(), st.integers(1, 4))
def test_mutated_json_has_slips_exactly_when_strict_json_refuses_it(
    data: st.DataObject, times: int
) -> None:
    text = data.draw(st.just(POLICY) | VALUES.map(json.dumps))
    for _ in range(times):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 3))
        text = text[:start] + data.draw(NOISE) + text[end:]
    agrees_with_strict(text)


@given(st.text(alphabet="{}[]:,\"\\'“”，： \n/*#a1-.ué…", max_size=60))
def test_any_text_is_read(text: str) -> None:
    agrees_with_strict(text)


@pytest.mark.parametrize(
    "marked",
    [
        (K.COMMENT, '{«// read only»\n"a": 1}', "// read only"),
        (K.COMMENT, '«# replace "${uin}"»\n{"a": 1}', '# replace "${uin}"'),
        (K.COMMENT, '{"a": 1 «/* x\n*/»}', "/* x\n*/"),
        (K.COMMENT, "[1«/* never closed»", "/* never closed"),
        (K.COMMENT, "[1, 2«// two»\n]", "// two"),
        (K.TRAILING_COMMA, '["a"«,»\n]', ","),
        (K.TRAILING_COMMA, '{"a": 1«,»}', ","),
        (K.TRAILING_COMMA, '{"a": 1}«,»\n', ","),
        (K.MISSING_COMMA, '{"effect": "allow«"»\n "action": "*"}', ","),
        (K.MISSING_COMMA, '["a«"» "b"]', ","),
        (K.MISSING_COMMA, '[{"a": 1«}»{"a": 2}]', ","),
        (K.EXTRA_COMMA, '["a",«,» "b"]', ","),
        (K.EXTRA_COMMA, '{«,» "a": 1}', ","),
        (K.MISSING_COLON, '{"a«"» "b"}', ":"),
        (K.EXTRA_COLON, '{"a":«:» "b"}', ":"),
        (K.MISSING_VALUE, '{"a"«:», "b": 1}', "null"),
        (K.MISSING_VALUE, '{"a"«:»}', "null"),
        (K.CURLY_QUOTE, '{«“»effect": "allow"}', "“"),
        (K.CURLY_QUOTE, '{"effect«”»: "allow"}', "”"),
        (K.CURLY_QUOTE, '["example/«”»\n]', "”"),
        (K.CURLY_QUOTE, '{"a": ["x/*«”»], "b": ["*"]}', "”"),
        (K.SINGLE_QUOTE, "{«'»a': 1}", "'"),
        (K.DOUBLED_QUOTE, '{«""»effect"": 1}', '""'),
        (K.DOUBLED_QUOTE, '["cos:GetObject«""», "b"]', '""'),
        (K.UNTERMINATED_STRING, '{"a": "allo«w»\n}', '"'),
        (K.UNTERMINATED_STRING, '["a", "cos:Ge«t»,\n"b"]', '"'),
        (K.UNTERMINATED_STRING, '{"effec«t»: "allow"}', '"'),
        (K.UNTERMINATED_STRING, '["cos:Ge«t», "cos:Put"]', '"'),
        (K.FULL_WIDTH, '{"a": 1«，» "b": 2}', "，"),
        (K.FULL_WIDTH, '{"a"«：» 1}', "："),
        (K.FULL_WIDTH, '{"a": "b"«、»\n"c": 2}', "、"),
        (K.FULL_WIDTH, '["a"«；» "b"]', "；"),
        (K.ODD_SPACE, '{«\u00a0\u3000» "a": 1}', "\u00a0\u3000"),
        (K.ODD_SPACE, '«\ufeff»{"a": 1}', "\ufeff"),
        (K.ODD_SPACE, '{"a"«\u200b»: 1}', "\u200b"),
        (K.UNQUOTED, "[«cos:*»]", "cos:*"),
        (K.UNQUOTED, '{"a": «qcs::cam::uin/${uin}:x/*», "b": 1}', "qcs::cam::uin/${uin}:x/*"),
        (K.UNQUOTED, '{«effect»: "allow"}', "effect"),
        (K.UNQUOTED, '{«effect"»: "allow"}', 'effect"'),
        (K.UNQUOTED, '{"a": «True»}', "True"),
        (K.UNQUOTED, '{"a": [1],«1»\n"b": 2}', "1"),
        (K.ELLIPSIS, '["a", «...»]', "..."),
        (K.ELLIPSIS, '{"a": 1, «……»}', "……"),
        (K.CONTROL_CHARACTER, '["a«\t»b"]', "\t"),
        (K.CONTROL_CHARACTER, '["cos:Get«\n»Object"]', "\n"),
        (K.CONTROL_CHARACTER, "[«\x00»1]", "\x00"),
        (K.BAD_ESCAPE, r'["a«\*»b"]', r"\*"),
        (K.BAD_ESCAPE, r'["a«\u12»"]', r"\u12"),
        (K.BAD_NUMBER, "[«010»]", "010"),
        (K.BAD_NUMBER, "[«+1»]", "+1"),
        (K.BAD_NUMBER, "[«.5»]", ".5"),
        (K.BAD_NUMBER, "[«NaN»]", "NaN"),
        (K.BAD_NUMBER, "[«-Infinity»]", "-Infinity"),
        (K.UNCLOSED, '«{»"a": [1]', "}"),
        (K.UNCLOSED, '{"a": «[»1, 2}', "]"),
        (K.UNCLOSED, '{"a": «[»"x", "y", "b": 1}', "]"),
        (K.UNCLOSED, '{"s": [«{»"a": 1, {"a": 2}]}', "}"),
        (K.UNCLOSED, '{"s": [«{»"a": 1 ]}', "}"),
        (K.UNOPENED, '{"a": [1]«]»}', "]"),
        (K.UNOPENED, '{"a": {"b": 1}«}», "c": 2}', "}"),
        (K.UNOPENED, '{"a": 1}\n«}»', "}"),
        (K.EXTRA_VALUE, '{"a": 1} «{»"b": 2}', "{"),
        (K.UNBRACKETED, '{"resource": «"x", "y"», "b": 1}', '"x", "y"'),
        (K.EXTRA_VALUE, "1 «2»", "2"),
        (K.EMPTY, "«»", ""),
        (K.EMPTY, "«» \n ", ""),
    ],
    ids=lambda marked: f"{marked[0].value}: {marked[1]}",
)
def test_first_slip_is_where_a_person_would_point(marked: tuple[SlipKind, str, str]) -> None:
    kind, shown, put = marked
    start = shown.index("«")
    end = shown.index("»") - 1
    first = parse(shown.replace("«", "").replace("»", "")).slips[0]
    assert (first.kind, first.start, first.end, first.text) == (kind, start, end, put)


def kinds(slips: tuple[Slip, ...]) -> list[SlipKind]:
    return [slip.kind for slip in slips]


@pytest.mark.parametrize(
    ("text", "value", "met"),
    [
        ("{“a”: “b”}", {"a": "b"}, [K.CURLY_QUOTE] * 4),
        ("['say \"x\"']", ['say "x"'], [K.SINGLE_QUOTE] * 2),
        ('{"a": 1， }', {"a": 1}, [K.TRAILING_COMMA]),
        ('{"a": ["x", "y", "b": 1}', {"a": ["x", "y"], "b": 1}, [K.UNCLOSED]),
        ('{"s": [{"a": 1, {"a": 2}]}', {"s": [{"a": 1}, {"a": 2}]}, [K.UNCLOSED]),
        (r'["a\*b\qc"]', ["a*bqc"], [K.BAD_ESCAPE] * 2),
        ('["a", ..., "b"]', ["a", "b"], [K.ELLIPSIS, K.EXTRA_COMMA]),
        ('{"a"}', {"a": None}, [K.MISSING_COLON, K.MISSING_VALUE]),
        ('note: read me\n{"a": 1}', {"a": 1}, [K.UNQUOTED, K.EXTRA_COLON, K.UNQUOTED]),
    ],
)
def test_rest_is_read_in_spite_of_slips(text: str, value: object, met: list[SlipKind]) -> None:
    parsed = parse(text)
    assert parsed.root is not None
    assert parsed.root.value == value
    assert kinds(parsed.slips) == met


def test_unclosed_list_ends_after_its_last_item() -> None:
    text = '{"a": ["x", "y", "b": 1}'
    root = parse(text).root
    assert root is not None
    unclosed = root.members[0][1]
    assert text[unclosed.start : unclosed.end] == '["x", "y"'


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000,
        '{"a":' * 5000,
        "}" * 900,
        '"' + '\\"' * 5000,
        '"abc\n' * 900,
        "/*" * 5000,
        "\\" * 5000,
        "“" * 5000,
        "'a" * 5000,
        "[" + "[]" * 900,
        "[{" * 300 + "]" * 900,
        '{"a' * 300,
        "${" * 400,
        '"”,' * 300,
    ],
    ids=lambda text: text[:8],
)
def test_hostile_text_has_slips(text: str) -> None:
    assert parse(text).slips


def test_text_with_too_many_slips_is_given_up() -> None:
    parsed = parse("," * (MAX_SLIPS + 1))
    assert not parsed.complete
    assert parsed.root is None
    assert len(parsed.slips) == MAX_SLIPS


def test_text_with_too_many_tokens_is_given_up() -> None:
    parsed = parse("[" + "1," * MAX_TOKENS)
    assert not parsed.complete
    assert parsed.root is None
