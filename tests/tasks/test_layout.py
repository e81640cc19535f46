"""The one layout: what it moves, what it never touches, and that it settles at once."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from camlint.engine import Engine
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source, read_source
from camlint.syntax.document import read_document
from camlint.tasks.layout import UnfitError, is_whole_policy, lay_out
from camlint.tasks.layout_proof import says_the_same

OWN = Path(__file__).parent.parent / "policies"
CORPUS = os.environ.get("CAMLINT_CORPUS", "")

UNTIDY = """\
{"statement":{"condition":{"for_any_value:string_equal":{"qcs:resource_tag":["env&test","env&dev",
"env&test"]},"numeric_equal":{"qcs:read_only_action":1.0}},"resource":"*",
"notes":{"b":[2,1,2],"a":{}},"action":["name/cos:GetObject","cos:*","cos:GetBucket","cos:*"],
"effect":"allow","principal":{"service":"cvm.qcloud.com","qcs":["qcs::cam::uin/2:root",
"qcs::cam::uin/1:root"]},"sid":"一"},"Id":[],"version":"2.0"}"""
TIDY = """\
{
  "version": "2.0",
  "statement": [
    {
      "sid": "一",
      "effect": "allow",
      "principal": {
        "service": ["cvm.qcloud.com"],
        "qcs": ["qcs::cam::uin/1:root", "qcs::cam::uin/2:root"]
      },
      "action": ["cos:*", "cos:GetBucket", "name/cos:GetObject"],
      "resource": ["*"],
      "condition": {
        "for_any_value:string_equal": {
          "qcs:resource_tag": ["env&dev", "env&test"]
        },
        "numeric_equal": {
          "qcs:read_only_action": 1.0
        }
      },
      "notes": {
        "b": [2, 1, 2],
        "a": {}
      }
    }
  ],
  "Id": []
}
"""


def tidy(text: str) -> str:
    return lay_out(read_document(Source("policy.json", text)))


def statement(**elements: object) -> str:
    return json.dumps({"version": "2.0", "statement": [elements]}, ensure_ascii=False)


def laid_out(**elements: object) -> dict[str, object]:
    """The elements of a statement after its policy was laid out."""
    (found,) = json.loads(tidy(statement(**elements)))["statement"]
    assert isinstance(found, dict)
    return found


def test_an_untidy_policy() -> None:
    assert tidy(UNTIDY) == TIDY
    assert tidy(TIDY) == TIDY


def test_a_list_of_policies_and_a_lone_statement() -> None:
    assert tidy(f"[{UNTIDY},{UNTIDY}]").count('"version": "2.0"') == 2
    lone = '{"principal": {"qcs": "*"}, "action": "cos:GetObject", "effect": "allow"}'
    assert tidy(lone).startswith('{\n  "effect": "allow",\n  "principal": {\n    "qcs": ["*"]\n')


def test_elements_are_known_in_any_case_and_keep_theirs() -> None:
    text = statement(Resource="*", Effect="Allow", ACTION="cos:GetObject")
    keys = json.loads(tidy(text))["statement"][0]
    assert list(keys) == ["Effect", "ACTION", "Resource"]


def test_two_spellings_of_an_element_keep_their_order() -> None:
    assert list(laid_out(Effect="deny", action="a:b", effect="allow")) == [
        "Effect",
        "effect",
        "action",
    ]


def test_statements_conditions_and_families_keep_their_order() -> None:
    condition = {"string_equal": {"b": "1", "a": "2"}, "ip_equal": {"qcs:ip": "10.0.0.0/8"}}
    kept = laid_out(effect="allow", condition=condition)["condition"]
    assert json.dumps(kept) == json.dumps(condition)


@pytest.mark.parametrize(
    "malformed", [[], {}, "", " ", 7, None, True, ["b:x", 1, "a:x"], ["b:x", ["a:x"]], [{}]]
)
def test_what_is_malformed_stays_as_it_is(malformed: object) -> None:
    for element in ("action", "resource"):
        assert laid_out(effect="allow", **{element: malformed})[element] == malformed
    principal = {"qcs": malformed}
    assert laid_out(effect="allow", action="a:b", principal=principal)["principal"] == principal


def test_one_value_of_a_condition_key_stays_without_brackets() -> None:
    condition = {"string_equal": {"a": "x", "b": ["x"]}, "numeric_equal": {"c": 1}}
    assert laid_out(effect="allow", condition=condition)["condition"] == condition


def test_values_of_a_condition_key_are_sorted_numbers_first_by_what_they_are() -> None:
    text = '{"version":"2.0","statement":[{"effect":"allow","condition":{"x":{"k":%s}}}]}'
    for given_, wanted in (
        ('["b",10,"a",9.5,1e1,10]', '[9.5, 10, 1e1, "a", "b"]'),
        ("[2,true,1]", "[2, true, 1]"),
        ("[2,null,2]", "[2, null, 2]"),
        ('["b",["a"]]', None),
    ):
        made = tidy(text % given_)
        assert f'"k": {wanted}' in made or wanted is None
        assert says_the_same(text % given_, made)


def test_a_prefix_counts_last_in_the_order_of_actions() -> None:
    actions = ["name/cvm:B", "vpc:A", "cvm:C", "cvm:A", "cvm:B", "*"]
    wanted = ["*", "cvm:A", "cvm:B", "name/cvm:B", "cvm:C", "vpc:A"]
    assert laid_out(effect="allow", action=actions)["action"] == wanted


def test_strings_and_numbers_are_written_as_they_were() -> None:
    text = r'{"version":"2.0","statement":[],"x":["\u4e00一\t\\\/\"\u202e",1.50,-0,1E5,%s]}'
    text %= "9" * 5000
    wanted = text.partition('"x":')[2].rstrip("}").replace(r"\/", "/").replace(",", ",\n    ")
    assert wanted.strip("[]") in tidy(text)
    assert says_the_same(text, tidy(text))


def test_the_backslash_before_a_slash_goes_and_no_other() -> None:
    text = r'{"version":"2.0","statement":[{"effect":"allow","action":["name\/a:b\\/c"]}]}'
    assert r'["name/a:b\\/c"]' in tidy(text)


def test_equal_texts_are_one_however_they_are_escaped() -> None:
    text = r'{"version":"2.0","statement":[{"effect":"allow","action":["c\u006fs:A","cos:A"]}]}'
    assert r'"action": ["c\u006fs:A"]' in tidy(text)


@pytest.mark.parametrize(("length", "lines"), [(72, 1), (73, 4)])
def test_a_list_stays_on_one_line_up_to_a_hundred_columns(length: int, lines: int) -> None:
    long = "a:" + "b" * (length - 2)
    rows = tidy(statement(effect="allow", action=["a:a", long], x=1)).splitlines()
    assert max(len(row) for row in rows if '"action"' in row) <= 100
    assert len(rows) == 9 + lines
    assert len(tidy(statement(effect="allow", action=["a:" + "b" * 200])).splitlines()) == 9


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_are_those_of_the_file(end: str) -> None:
    text = UNTIDY.replace("\n", end)
    assert tidy(text) == TIDY.replace("\n", end)
    assert tidy(tidy(text)) == tidy(text)


def test_one_line_end_closes_the_file() -> None:
    assert tidy(f"\n\n{TIDY}\n\n") == TIDY
    assert tidy(TIDY.rstrip()) == TIDY


def test_a_text_with_too_many_tokens_is_refused() -> None:
    with pytest.raises(UnfitError, match="too long"):
        tidy(f'{{"version": "2.0", "statement": [], "x": [{"1," * 110_000}1]}}')


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (TIDY, True),
        (f"[{TIDY}]", True),
        (f'[{TIDY}, {{"name": "x"}}]', False),
        (f'{{"policy": {TIDY}}}', False),
        ("[]", False),
        ('"text"', False),
    ],
)
def test_what_is_a_whole_policy(text: str, whole: bool) -> None:
    assert is_whole_policy(read_document(Source("policy.json", text))) is whole


def test_depth_is_no_matter() -> None:
    deep = f'{{"version": "2.0", "statement": [], "x": {"[" * 190}{"]" * 190}}}'
    assert says_the_same(deep, tidy(deep))


LAYOUT_DEPENDENT = frozenset({"CAM006", "CAM109", "CAM110", "CAM216", "CAM603", "CAM801"})
"""A lone statement and repetitions are mended, and CAM603 names whichever action comes first."""


def whole_policies(folder: Path) -> list[Path]:
    found = []
    for path in sorted(folder.glob("*.json")):
        document = read_document(read_source(str(path), path.name))
        fit = not (document.slips or document.refusal or document.duplicates)
        if fit and is_whole_policy(document):
            found.append(path)
    return found


def hold_layout_to_account(path: Path) -> None:
    """Fail where laying a file out changes what it means, what is said of it, or twice differs."""
    source = read_source(str(path), path.name)
    made = tidy(source.text)
    assert says_the_same(source.text, made)
    assert tidy(made) == made
    engine = Engine(load_registry(), Selection(strict=True), NOTHING_STATED)
    before, after = (
        {
            (one.code, one.message)
            for one in engine.lint(Source(path.name, text)).diagnostics
            if one.code not in LAYOUT_DEPENDENT
        }
        for text in (source.text, made)
    )
    assert (path.name, after) == (path.name, before)


@pytest.mark.parametrize("path", whole_policies(OWN), ids=lambda path: path.name)
def test_our_policies_are_laid_out_without_a_change_of_findings(path: Path) -> None:
    hold_layout_to_account(path)


@pytest.mark.skipif(not CORPUS, reason="CAMLINT_CORPUS names no folder of policies to run on")
def test_so_are_those_of_the_corpus() -> None:
    paths = whole_policies(Path(CORPUS) / "policies")
    assert paths
    for path in paths:
        hold_layout_to_account(path)


ELEMENTS = "version statement Statement effect Effect action Action resource condition principal"
NAMES = st.sampled_from([*ELEMENTS.split(), "sid", "qcs", "string_equal", "notes", "", "版本"])
SCALARS = (
    st.sampled_from(["*", "name/cos:GetObject", "cos:GetObject", "cos:*", "qcs::cos:::b/*", " "])
    | st.text(max_size=4)
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.none()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
STATEMENTS = st.dictionaries(NAMES, VALUES, max_size=6)
POLICIES = st.dictionaries(NAMES, VALUES | st.lists(STATEMENTS, max_size=3), max_size=5)


@given(
    policy=POLICIES | st.lists(POLICIES, max_size=2),
    ascii_only=st.booleans(),
    indent=st.sampled_from([None, 0, 3, "\t"]),
)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_value_settles_and_keeps_its_meaning(
    policy: object, ascii_only: bool, indent: int | str | None
) -> None:
    text = json.dumps(policy, ensure_ascii=ascii_only, indent=indent)
    once = tidy(text)
    assert says_the_same(text, once)
    assert tidy(once) == once
    assert once.endswith("\n")
    assert not once.endswith("\n\n")
