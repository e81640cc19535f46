"""JSONPaths: the common ones mean what jsonpath-ng means, and the dangerous ones are refused."""

import pickle
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.syntax.path import Found, PathError, compile_path, compile_relative

NAMES = ["a", "b", "qcs:ip", "*", ""]
STEPS = st.sampled_from([".a", ".b", "['a']", ".'qcs:ip'", ".*", "[*]", "[0]", "[1]", ".'*'"])
COMMON = st.lists(STEPS, max_size=5).map(lambda steps: "$" + "".join(steps))
DOCUMENTS = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(0, 3), st.sampled_from(["a", "text"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
    ),
    max_leaves=12,
)
POLICY = {
    "statement": [
        {"effect": "allow", "action": ["cos:A", "cos:B"], "condition": {"x": {"k": ["v"]}}},
        {"effect": "deny", "action": ["cos:C"]},
    ]
}


def follow(document: object, found: Found) -> list[object]:
    """What the pointers lead to."""
    values = []
    for pointer, _ in found:
        value = document
        for step in pointer:
            value = value[step]
        values.append(value)
    return values


@given(COMMON, DOCUMENTS)
def test_common_paths_find_what_jsonpath_ng_finds(text: str, document: object) -> None:
    from camlint.syntax.jsonpath import compile_jsonpath

    path = compile_path(text)
    assert path.steps is not None
    found = path.find(document)
    assert found == compile_jsonpath(text)(document)
    assert follow(document, found) == [value for _, value in found]


@given(st.sampled_from(["$..a", "$..*", "$..[0]", "$..[?(@.a)]", "$.a[-1]", "$.*[0:2]"]), DOCUMENTS)
def test_pointers_of_other_paths_lead_to_what_was_found(text: str, document: object) -> None:
    found = compile_path(text).find(document)
    assert follow(document, found) == [value for _, value in found]
    assert len({pointer for pointer, _ in found}) == len(found)


@pytest.mark.parametrize(
    ("text", "pointers"),
    [
        ("$", [()]),
        ("$..action[*]", [("statement", 0, "action", 0), ("statement", 0, "action", 1),
                          ("statement", 1, "action", 0)]),
        ("$.statement[?(@.effect == 'deny')].action[*]", [("statement", 1, "action", 0)]),
        ("$.statement[?(@.effect == 'allow' && !@.resource)]", [("statement", 0)]),
        ("$.statement[?(@.condition || @.effect == 'deny')].effect",
         [("statement", 0, "effect"), ("statement", 1, "effect")]),
        ("$.statement[*].action[?(@ == 'cos:B')]", [("statement", 0, "action", 1)]),
        ("$.statement[-1]", [("statement", 1)]),
        ("$.statement[*].effect,action", [("statement", 0, "effect"), ("statement", 0, "action"),
                                          ("statement", 1, "effect"), ("statement", 1, "action")]),
    ],
)  # fmt: skip
def test_what_a_path_selects(text: str, pointers: list[object]) -> None:
    assert [pointer for pointer, _ in compile_path(text).find(POLICY)] == pointers


@pytest.mark.parametrize("text", ["condition.*.k", "@.condition.*.k", "$.condition.*.k",
                                  " condition.x['k']", ".condition.x.k", "['condition'].x.k"])  # fmt: skip
def test_a_path_from_a_value_has_several_spellings(text: str) -> None:
    assert [value for _, value in compile_relative(text).find(POLICY["statement"][0])] == [["v"]]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("statement", "it must begin with $, as $.statement[?(@.effect == 'allow')].action[*] does"),
        ("$.statement[*", "something is missing at its end"),
        ("$.statement[?(@.effect==]", 'it makes no sense from "]" on (character 25)'),
        ("$.a | $.b", "the `|` (union) operator is deprecated"),
        ("$.a[?(@.b & @.c)]", "the `&` (intersection) operator is deprecated"),
        ("$.a[?(@.b == c)]", "an unquoted word as a comparison operand is deprecated; write `'c'` "
                             "instead"),
        ("$.a[?(@.b =~ 'c')]", "=~ in a filter isn't supported; `matches` in `then` has regular "
                               "expressions"),
        ("$.a[?($.b)]", "a filter can't look at the whole document: start from @ in it"),
        ("$..a..b", "it has .. more than once, which may take very long; name the way instead"),
        ("$..a[?(@..b)]", "it has .. more than once, which may take very long; name the way "
                          "instead"),
        ("$.a.`parent`", "parent isn't supported; names, indices, *, .., slices and filters are"),
        ("$.a.`len`", "len isn't supported; names, indices, *, .., slices and filters are"),
        ("$.a[/b]", "sortedthis isn't supported; names, indices, *, .., slices and filters are"),
        ("$.a + $.b", "operation isn't supported; names, indices, *, .., slices and filters are"),
        ("$.a where b", "where isn't supported; names, indices, *, .., slices and filters are"),
    ],
)  # fmt: skip
def test_what_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(PathError) as raised:
        compile_path(text)
    assert str(raised.value) == complaint


def test_a_deep_document_is_no_trouble() -> None:
    document: object = "end"
    for _ in range(200):
        document = {"a": [document]}
    assert len(compile_path("$..a").find(document)) == 200


def test_a_path_travels_to_another_process() -> None:
    for text in ("$.statement[*].effect", "$..effect"):
        path = pickle.loads(pickle.dumps(compile_path(text)))
        assert len(path.find(POLICY)) == 2


def test_common_paths_do_without_jsonpath_ng() -> None:
    program = (
        "import sys\nfrom camlint.syntax.path import compile_path\n"
        "compile_path(\"$.statement[*].condition.*.'qcs:ip'[0]\")\n"
        "print('jsonpath_ng' in sys.modules)\n"
        "compile_path('$..condition')\nprint('jsonpath_ng' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True"]
