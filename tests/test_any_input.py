"""Whatever a file holds, there is an answer: no exception, places that exist, and the same again."""

import json
import sys
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camlint.edit import Edit, TextEdit
from camlint.engine import Engine, FileResult
from camlint.findings import Region, Summary
from camlint.kinds import ALL_KINDS, Kind
from camlint.registry import load_registry
from camlint.report.formats import FORMATS, open_report
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Lines, Source, decode_source, read_source
from camlint.syntax.rewrite import Rewriter

HERE = Path(__file__).parent
REGISTRY = load_registry()
STRICT = Selection(strict=True)
NAMES = {entry.code: entry.name for entry in REGISTRY.entries}
ENGINES = {
    kind: Engine(REGISTRY, STRICT, NOTHING_STATED, kind, edits=True) for kind in (None, *ALL_KINDS)
}
SCHEMA = pytest.importorskip("jsonschema").Draft202012Validator(
    json.loads((HERE.parent / "docs" / "findings.schema.json").read_text("utf-8"))
)
FILES = [path.read_bytes() for path in sorted((HERE / "policies").glob("*.json"))]
TEXTS = [read_source(str(path), path.name).text for path in (HERE / "policies").glob("*.json")]
TEXTS.sort()

ELEMENTS = [
    "version", "statement", "effect", "action", "resource", "condition", "principal",
    "Version", "Statement", "Effect", "ACTION", "resources", "notAction", "Principal", "sid",
    "qcs", "service", "federated", "PolicyDocument", "policy", "",
]  # fmt: skip
CONDITIONS = [
    "string_equal", "StringEquals", "string_like_if_exist", "ip_equal", "ip_not_equal",
    "for_any_value:string_equal", "for_all_value:string_like", "for_each:string_equal", "bool_equal",
    "date_less_than", "null_equal", "numeric_greater_than", "qcs:ip", "qcs:request_tag",
    "qcs:resource_tag", "qcs:tag/env", "cos:prefix", "vpc:requester_vpc", "aws:SourceIp", "cvm:x",
]  # fmt: skip
WORDS = [
    "2.0", "2012-10-17", "allow", "deny", "Allow", " allow", "alow", "*", "*:*", "cvm:*", "cvm*:*",
    "name/cos:GetObject", "cos:Get*", "cos:PutObject", "trtc:RemoveUser", "trtc:*", "cam:PassRole",
    "cvm:DescribeInstances", "sts:AssumeRole", "permid/280655", "cvm:", ":x", "cvm:De?cribe[A-Z]*",
    "qcs::cvm:::*", "qcs::cos:ap-guangzhou:uid/1250000000:photos-1250000000/*", "qcs::cvm", "qcs:",
    "qcs::cvm:ap-nowhere:uin/1:instance/ins-1", "qcs:id/1:cvm:gz:uin/100000000001:instance/*",
    "qcs::trtc::uin/100000000001:sdkappid/1400000001", "qcs::trtc::uin/1:sdkappid/*14*", "arn:aws:*",
    "qcs::cos::uid/1250000000:prefix//1250000000/photos/a*", "qcs::*:*:*:*", "qcs：：cvm:::*",
    "qcs::cam::uin/100000000001:root", "qcs::cam::uin/1:uin/2", "qcs::cam::anyone:anyone",
    "qcs::cam::uin/100000000001:roleName/x", "cvm.qcloud.com", "scf.tencent.com", "${uin}",
    "qcs::cam::uin/100000000001:saml-provider/x", "qcs::cos::uid/${account}:${qcs:username}/*",
    "10.0.0.0/8", "10.0.0.1/8", "0.0.0.0/0", "::/0", "1.2.3", "true", "2020-01-01T00:00:00Z",
    "env&test", "env&", "{\"statement\": [{\"effect\": \"allow\", \"action\": \"*\"}]}", "a/b~c",
    "*a*b*c*d*e*", "\ud83d", "\x1b[31m", "\u202e", "９", "ａ", "\u00a0", "\n", "x" * 300,
]  # fmt: skip
PIECES = [
    *"{}[]\",:'/\\# \n\r\t\0*0", "，", "：", "“", "”", "‘", "「", "（", "｛", "、", "。", "\u3000",
    "\u00a0", "\ufeff", "\u2028", "\ud83d", "//", "/*", "...", "null", "NaN", "1e999", '\\"', "\\u",
    "%22", "{{", "${", "<!--", "Allow", '"statement":', "qcs::",
]  # fmt: skip

BUDGET = 300_000
"""Calls for what grows with the square of a short policy, until a question gives up."""


def check(source: Source, kind: Kind | None = None) -> FileResult:
    """Lint a source with rules and caches that saw others before, and hold it against the rest."""
    result = ENGINES[kind].lint(source)
    for one in result.diagnostics:
        assert NAMES[one.code] == one.name
        for region in (one.region, *(related.region for related in one.related)):
            check_region(source.text, region)
        assert len(one.edits) == len(one.fixes)
        for edits in one.edits:
            assert all(0 <= edit.start <= edit.end <= len(source.text) for edit in edits)
            assert all(left.end <= right.start for left, right in pairwise(edits))
    reports = {name: render(name, result) for name in FORMATS}
    SCHEMA.validate(json.loads(reports["json"]))
    json.loads(reports["sarif"])
    again = Engine(REGISTRY, STRICT, NOTHING_STATED, kind, edits=True).lint(source)
    assert (again.policies, again.not_analysed) == (result.policies, result.not_analysed)
    assert render("json", again) == reports["json"]
    assert render("text", again) == reports["text"]
    return result


def check_region(text: str, region: Region) -> None:
    """A region lies within the text, and its lines and columns are those of its ends."""
    start, end = region.span.start, region.span.end
    assert 0 <= start <= end <= len(text)
    lines = Lines(text)
    assert (region.start, region.end) == (lines.position(start), lines.position(end))
    for at in (region.start, region.end):
        assert 1 <= at.line <= lines.count
        assert at.column >= 1


def render(name: str, result: FileResult) -> str:
    """The report in one format."""
    written: list[str] = []
    report = open_report(name, written.append, colour=True, registry=REGISTRY)
    report.start()
    report.file(result.diagnostics)
    report.finish(Summary(files=1, policies=result.policies))
    return "".join(written)


@pytest.fixture(autouse=True)
def lost_fixes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fix whose place doesn't exist, which the engine leaves out, fails these tests."""
    write = Rewriter.write

    def tell(self: Rewriter, edits: Iterable[Edit]) -> tuple[TextEdit, ...]:
        try:
            return write(self, edits)
        except (LookupError, ValueError) as error:
            raise AssertionError(f"a fix was lost: {error!r}") from error

    monkeypatch.setattr(Rewriter, "write", tell)


kinds = st.sampled_from([None, None, *ALL_KINDS])


@given(
    st.sampled_from(FILES),
    st.lists(st.tuples(st.integers(0, 600), st.integers(0, 8), st.binary(max_size=6)), max_size=4),
    st.binary(max_size=40),
    st.sampled_from(["utf-8", "utf-8", "utf-16", "utf-16-be", "utf-32-le", "gb18030", "latin-1"]),
)
def test_any_bytes(
    file: bytes, changes: list[tuple[int, int, bytes]], head: bytes, codec: str
) -> None:
    data = file if codec == "utf-8" else file.decode("utf-8", "replace").encode(codec, "replace")
    for start, length, piece in changes:
        data = data[:start] + piece + data[start + length :]
    check(decode_source(data, "policy.json"))
    check(decode_source(head + data, "policy.json"))
    check(decode_source(head, "policy.json"))


leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(WORDS)
    | st.builds(str.__add__, st.sampled_from(WORDS), st.sampled_from(WORDS))
    | st.text(max_size=6)
)
keys = st.sampled_from(ELEMENTS) | st.sampled_from(CONDITIONS) | st.text(max_size=3)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=25,
)


def element(*words: str) -> st.SearchStrategy[object]:
    """What stands where texts like these do: one, several of them, or anything else."""
    plain = st.sampled_from([*words, *WORDS])
    return plain | st.lists(plain, max_size=4) | values


conditions = st.dictionaries(
    st.sampled_from(CONDITIONS[:12]),
    st.dictionaries(st.sampled_from(CONDITIONS[12:]), element(), max_size=2),
    max_size=2,
)
statements = st.fixed_dictionaries(
    {"effect": st.sampled_from(["allow", "deny"]) | leaves, "action": element("cvm:*", "cos:*")},
    optional={
        "resource": element("*", "qcs::cvm:::*"),
        "condition": conditions | values,
        "principal": st.dictionaries(st.sampled_from(["qcs", "service", "federated"]), element())
        | values,
        "Action": element(),
    },
)
policies = st.fixed_dictionaries(
    {"version": st.just("2.0") | leaves, "statement": st.lists(statements, max_size=4) | values},
    optional={"principal": element(), "Statement": values, "extra": values},
)


@given(policies | values, kinds, st.booleans(), st.booleans())
def test_any_value(value: object, kind: Kind | None, ascii_only: bool, inside: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=None if inside else 1)
    check(Source("policy.json", text), kind)
    if inside:
        call = {"Action": "CreatePolicy", "PolicyDocument": text}
        check(Source("call.json", json.dumps(call, ensure_ascii=ascii_only)), kind)


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """A policy of ours with some of its characters or parts deleted, doubled, moved or replaced."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 3) | st.integers(0, 80)))
        piece = draw(
            st.sampled_from([*PIECES, *WORDS, "", text[start:end] * 2, text[end : end + 30]])
            | st.text(max_size=3)
        )
        text = text[:start] + piece + text[end:]
    cut = draw(st.sampled_from(["", "", "", "head", "tail", "nested", "twice"]))
    at = draw(st.integers(0, len(text)))
    if cut == "head":
        return text[at:]
    if cut == "tail":
        return text[:at]
    if cut == "nested":
        return json.dumps({"x": 1, "policy": text}, ensure_ascii=False)
    return text + text if cut == "twice" else text


@given(mutations(), kinds)
def test_any_mutation_of_a_policy(text: str, kind: Kind | None) -> None:
    check(Source("policy.json", text), kind)


@settings(max_examples=25)
@given(st.lists(statements, min_size=1, max_size=3), st.sampled_from(PIECES))
def test_work_is_bounded_by_the_text(listed: list[object], piece: str) -> None:
    many = ", ".join(json.dumps(one) + piece for one in listed * 16)
    text = f'{{"version": "2.0", "statement": [{many}]}}'
    assert count_calls(text) <= 100 * len(text) + BUDGET


def count_calls(text: str) -> int:
    """How many functions are called to lint a text."""
    engine = Engine(REGISTRY, STRICT, NOTHING_STATED, edits=True)
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        engine.lint(Source("policy.json", text))
    finally:
        sys.setprofile(None)
    return calls
