"""Files that people write: the values, the lines and the words that TOML and YAML leave of them."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.syntax.placed import Placed, Sort, UnreadableError
from camlint.syntax.placed_toml import read_toml
from camlint.syntax.placed_yaml import read_yaml

Reader = Callable[[str], Placed]


def lines(placed: Placed, where: str = "") -> dict[str, int]:
    """The line of every value below one, by its path."""
    found = {where: placed.line} if where else {}
    for key, one in placed.table.items():
        found |= lines(one, f"{where}.{key}" if where else key)
    for at, one in enumerate(placed.items):
        found |= lines(one, f"{where}[{at}]")
    return found


def plain(placed: Placed) -> object:
    """The value without lines, scalars by their texts."""
    if placed.sort is Sort.TABLE:
        return {key: plain(one) for key, one in placed.table.items()}
    if placed.sort is Sort.LIST:
        return [plain(one) for one in placed.items]
    return placed.text


TOML = """\
# a comment, and = [ in it
policy = "a.json"
context."qcs:ip" = '''
[[cases]]
'''

[[cases]]  # the first
can = [
  "a:B",  # ]
  "c:D", "e:F",

  "g:H"]
context = { "k" = [1, 2], l.m = true }

[[cases]]
name = "second"
[cases.context]
"qcs:ip" = 1979-05-27
[[never-grants]]
action = '*'
"""


def test_every_value_of_toml_has_its_line() -> None:
    assert lines(read_toml(TOML)) == {
        "policy": 2,
        "context": 3,
        "context.qcs:ip": 3,
        "cases": 7,
        "cases[0]": 7,
        "cases[0].can": 8,
        "cases[0].can[0]": 9,
        "cases[0].can[1]": 10,
        "cases[0].can[2]": 10,
        "cases[0].can[3]": 12,
        "cases[0].context": 13,
        "cases[0].context.k": 13,
        "cases[0].context.k[0]": 13,
        "cases[0].context.k[1]": 13,
        "cases[0].context.l": 13,
        "cases[0].context.l.m": 13,
        "cases[1]": 15,
        "cases[1].name": 16,
        "cases[1].context": 17,
        "cases[1].context.qcs:ip": 18,
        "never-grants": 19,
        "never-grants[0]": 19,
        "never-grants[0].action": 20,
    }


def test_windows_lines_of_toml_are_counted_once() -> None:
    assert lines(read_toml(TOML.replace("\n", "\r\n"))) == lines(read_toml(TOML))


YAML = """\
policy: a.json

cases:
  - name: first
    can:
      - a:B
      - c:D
    context: {k: [1, 2],
              l: true}
  -
    name: second
never-grants: [x,
  y]
"""


def test_every_value_of_yaml_has_its_line() -> None:
    assert lines(read_yaml(YAML)) == {
        "policy": 1,
        "cases": 3,
        "cases[0]": 4,
        "cases[0].name": 4,
        "cases[0].can": 5,
        "cases[0].can[0]": 6,
        "cases[0].can[1]": 7,
        "cases[0].context": 8,
        "cases[0].context.k": 8,
        "cases[0].context.k[0]": 8,
        "cases[0].context.k[1]": 8,
        "cases[0].context.l": 9,
        "cases[1]": 11,
        "cases[1].name": 11,
        "never-grants": 12,
        "never-grants[0]": 12,
        "never-grants[1]": 13,
    }


@pytest.mark.parametrize(
    ("written", "sort", "text"),
    [
        ("0123", Sort.NUMBER, "0123"),
        ("1_000", Sort.NUMBER, "1_000"),
        ("10:30", Sort.NUMBER, "10:30"),
        ("1.50", Sort.NUMBER, "1.50"),
        ("2026-01-01", Sort.DATE, "2026-01-01"),
        ("2026-01-01T00:00:00Z", Sort.DATE, "2026-01-01T00:00:00Z"),
        ("True", Sort.BOOLEAN, "true"),
        ("on", Sort.BOOLEAN, "on"),
        ("No", Sort.BOOLEAN, "No"),
        ("'on'", Sort.TEXT, "on"),
        ("~", Sort.NOTHING, "~"),
        ("=", Sort.TEXT, "="),
        ("!!str 5", Sort.TEXT, "5"),
        ("203.0.113.7", Sort.TEXT, "203.0.113.7"),
    ],
)
def test_yaml_keeps_what_was_written(written: str, sort: Sort, text: str) -> None:
    value = read_yaml(f"key: {written}\n").table["key"]
    assert (value.sort, value.text) == (sort, text)


@pytest.mark.parametrize(
    ("written", "sort", "text"),
    [
        ("1.50", Sort.NUMBER, "1.50"),
        ("1e3", Sort.NUMBER, "1e3"),
        ("1_000", Sort.NUMBER, "1000"),
        ("2026-01-01", Sort.DATE, "2026-01-01"),
        ("2026-01-01T00:00:00Z", Sort.DATE, "2026-01-01T00:00:00Z"),
        ("07:32:00", Sort.DATE, "07:32:00"),
        ("true", Sort.BOOLEAN, "true"),
    ],
)
def test_toml_keeps_what_was_written_or_meant(written: str, sort: Sort, text: str) -> None:
    value = read_toml(f"key = {written}\n").table["key"]
    assert (value.sort, value.text) == (sort, text)


@pytest.mark.parametrize(
    ("read", "text", "line", "words"),
    [
        (read_toml, "a = 1\nb = [1\n", 2, "Unclosed array"),
        (read_toml, "a = 1\na = 2\n", 2, "overwrite"),
        (read_toml, "[t]\na = 1\n[t]\n", 3, "twice"),
        (read_toml, "x = 1\nqcs:ip = 2\n", 2, "stands in quotes"),
        (read_toml, f"a = {'[' * 5000}", 0, "nests deeper"),
        (read_toml, f"a = {'[' * 60}{']' * 60}", 1, "nests deeper"),
        (read_toml, f"a = {'9' * 5000}", 0, "number"),
        (read_yaml, "a: 1\nb: [1\n", 3, "expected ',' or ']'"),
        (read_yaml, "a: 1\nb: 2\na: 3\n", 3, 'the key "a" stands here twice, first on line 1'),
        (read_yaml, "a: 1\nb: *\n", 2, "must stand in quotes"),
        (read_yaml, "a: 1\nb: *other\n", 2, "undefined alias"),
        (read_yaml, "a: 1\non: 2\n", 2, "reads the key on as a truth value"),
        (read_yaml, "a: 1\n~: 2\n", 2, "reads the key ~ as nothing"),
        (read_yaml, "a: &x {b: 1}\nc:\n  <<: *x\n", 3, "<< isn't read"),
        (read_yaml, "a: 1\n? [x]\n: 2\n", 2, "a key must be a text"),
        (read_yaml, "a: !!python/object/apply:os.system [x]\n", 1, "says nothing here"),
        (read_yaml, "a: !!set {b}\n", 1, "says nothing here"),
        (read_yaml, "a: 1\n---\nb: 2\n", 2, "single document"),
        (read_yaml, "a: 1\nb: \x07\n", 2, "the character U+0007 may not stand in it"),
        (read_yaml, "[" * 5000, 0, "nests deeper"),
        (read_yaml, f"a: {'[' * 60}{']' * 60}", 1, "nests deeper"),
        (read_yaml, "a: &a [*a]\n", 1, "nests deeper"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(
    read: Reader, text: str, line: int, words: str
) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(text)
    assert words in str(caught.value)
    assert caught.value.line == line


def test_aliases_that_multiply_are_refused() -> None:
    steps = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    with pytest.raises(UnreadableError, match="too many values"):
        read_yaml("\n".join(["a0: &a0 [x]", *steps]))


def test_aliases_are_followed() -> None:
    assert plain(read_yaml("a: &x [1]\nb: *x\n")) == {"a": ["1"], "b": ["1"]}


def test_lines_are_given_up_where_they_cost_too_much() -> None:
    items = "".join(f'  "item-{number}",\n' for number in range(4000))
    placed = read_toml(f"first = 1\nlong = [\n{items}]\nlast = 2\n")
    assert len(placed.table["long"].items) == 4000
    assert placed.table["first"].line == 1


SCALARS = st.sampled_from(['"text"', "5", "true", "'''a\n]'''", "1979-05-27", '"a # ]"'])
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.lists(inner, max_size=3).map(
            lambda items: "[\n" + "".join(f"{i},\n" for i in items) + "]"
        )
    ),
    max_leaves=6,
)


@given(
    st.lists(st.tuples(st.sampled_from(["", "# c\n", "[[t]]\n", "[[t.u]]\n"]), VALUES), max_size=6)
)
def test_each_key_of_toml_is_found_on_its_line(parts: list[tuple[str, str]]) -> None:
    text = "".join(
        f"{'[[t]]' + chr(10) if not number else ''}{before}k{number} = {value}\n"
        for number, (before, value) in enumerate(parts)
    )
    rows = text.split("\n")
    for path, line in lines(read_toml(text)).items():
        key = path.rpartition(".")[2]
        if key.startswith("k") and "[" not in key:
            assert rows[line - 1].startswith(f"{key} = ")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (read_toml, read_yaml):
        try:
            read(text)
        except UnreadableError as error:
            assert str(error)


PIECES = st.sampled_from(
    [
        *"[]{}:,-?|>&*!%@`'\"#\n\t =~",
        "a",
        "on",
        "1",
        "<<",
        "!!map",
        "---",
        "[[a]]\n",
        "\u0085",
        "\x00",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_punctuation_is_read_or_refused(text: str) -> None:
    for read in (read_toml, read_yaml):
        try:
            read(text)
        except UnreadableError as error:
            assert str(error)
