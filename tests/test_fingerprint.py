"""A fingerprint outlives every change of layout and none of meaning."""

import json
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from camlint import fingerprint as fingerprint_module
from camlint.finding import Finding, Severity
from camlint.findings import Diagnostic, Region
from camlint.fingerprint import fingerprint, fingerprints
from camlint.hosts.search import HostedPolicy
from camlint.kinds import Kind
from camlint.place import Place
from camlint.registry import Entry
from camlint.source import Lines, Source, Span
from camlint.syntax.document import Document

STATEMENT = {
    "effect": "allow",
    "action": ["name/cdb:DescribeDBInstances", "cdb:CloseWanService"],
    "resource": "*",
    "condition": {"ip_equal": {"qcs:ip": ["10.0.0.0/8", "192.168.0.0/16"]}},
}


def diagnostic(statement, offending='"*"', *, code="CAM603", path="a.json", text="", at=0):
    source = Source(path, text or offending)
    value: dict[str, object] = {"statement": [statement]}
    document = Document(source, source.text, value)
    return Diagnostic(
        Entry(code, "some-rule", "error", "high", False, (), "", "", (), ""),
        Finding("the message", Place(("statement", 0))),
        Severity.ERROR,
        "",
        source,
        HostedPolicy(document, (), value, "", Kind.IDENTITY, kind_known=True, bare=False),
        Region(Span(at, at + len(offending)), Lines(source.text)),
    )


def of(statement, offending='"*"', **where):
    return fingerprint(diagnostic(statement, offending, **where), 1)


def test_its_form():
    assert re.fullmatch("[0-9a-f]{20}:3", fingerprint(diagnostic(STATEMENT), 3))


def test_it_is_the_same_in_every_release():
    assert of(STATEMENT) == "2ea63eedf591ee9eba37:1"


NAMES = st.sampled_from(["cdb:A", "cdb:B", "trtc:C", "cos:Get*", "*"])
STATEMENTS = st.fixed_dictionaries(
    {
        "effect": st.sampled_from(["allow", "deny"]),
        "action": st.lists(NAMES, min_size=1),
        "resource": st.lists(st.sampled_from(["*", "qcs::cdb:::*", "qcs::cos:::b/*"]), min_size=1),
    },
    optional={
        "condition": st.dictionaries(
            st.sampled_from(["ip_equal", "string_equal"]),
            st.dictionaries(
                st.sampled_from(["qcs:ip", "qcs:tag"]),
                st.lists(st.sampled_from(["a", "b", "c"]), min_size=1),
                min_size=1,
            ),
            min_size=1,
        ),
        "principal": st.dictionaries(
            st.sampled_from(["qcs", "service"]),
            st.lists(st.sampled_from(["x", "y"]), min_size=1),
            min_size=1,
        ),
        "sid": st.sampled_from(["one", "two"]),
    },
)


def rewritten(data, statement):
    """The same statement as somebody else would have written it."""

    def values(items):
        again = data.draw(st.permutations(items))
        if data.draw(st.booleans()):
            again = [*again, again[0]]
        return again[0] if len(set(again)) == 1 and data.draw(st.booleans()) else again

    def keys(value):
        return {key: value[key] for key in data.draw(st.permutations(list(value)))}

    again = {}
    for key, value in keys(statement).items():
        spelled = data.draw(st.sampled_from([key, key.capitalize()]))
        if key == "action":
            prefix = data.draw(st.sampled_from(["", "name/"]))
            again[spelled] = values([prefix + name for name in value])
        elif key == "resource":
            again[spelled] = values(value)
        elif key == "condition":
            again[spelled] = {
                operator: {name: values(items) for name, items in keys(block).items()}
                for operator, block in keys(value).items()
            }
        elif key == "principal":
            again[spelled] = {family: values(who) for family, who in keys(value).items()}
        elif key != "sid":
            again[spelled] = value
    return again


@given(st.data(), STATEMENTS)
def test_it_survives_another_way_to_write_the_statement(data, statement):
    again = rewritten(data, statement)
    assert of(again) == of(statement)
    layout = data.draw(st.sampled_from([None, 1, 4, "\t"]))
    whole, whole_again = json.dumps(statement), json.dumps(again, indent=layout)
    assert of(again, whole_again) == of(statement, whole)


@given(STATEMENTS, st.sets(NAMES, min_size=1))
def test_it_lapses_when_the_actions_change(statement, actions):
    assume(actions != set(statement["action"]))
    assert of({**statement, "action": sorted(actions)}) != of(statement)


@given(st.permutations([{"effect": "allow", "action": f"cdb:{n}", "resource": "*"} for n in "ABC"]))
def test_it_survives_other_statements_before_and_after(statements):
    text = json.dumps({"version": "2.0", "statement": statements}, indent=2)
    ordered = [
        diagnostic(one, f'"{one["action"]}"', text=text, at=text.index(f'"{one["action"]}"'))
        for one in statements
    ]
    by_action = {
        one.offending: identity
        for one, identity in zip(ordered, fingerprints(ordered), strict=True)
    }
    assert by_action == {f'"{s["action"]}"': of(s, f'"{s["action"]}"') for s in statements}


@pytest.mark.parametrize(
    "change",
    [
        {"effect": "deny"},
        {"resource": "qcs::cdb:::*"},
        {"condition": {"ip_equal": {"qcs:ip": ["10.0.0.0/8"]}}},
        {"condition": {"ip_not_equal": STATEMENT["condition"]["ip_equal"]}},
        {"principal": {"qcs": "*"}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_it_lapses_when_anything_else_that_counts_changes(change):
    assert of({**STATEMENT, **change}) != of(STATEMENT)


def test_it_depends_on_rule_file_and_offending_value():
    prints = [
        of(STATEMENT),
        of(STATEMENT, code="CAM604"),
        of(STATEMENT, path="b.json"),
        of(STATEMENT, '"cdb:CloseWanService"'),
        of(None),
    ]
    assert len(set(prints)) == len(prints)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('"*"', '["*"]'),
        ('["cdb:A", "name/cdb:B"]', '[ "cdb:B",\n "cdb:A" ]'),
        ('"name/cdb:A"', '"cdb:\\u0041"'),
        ("name/cdb:A", "cdb:A"),
        ('{"ip_equal": {"qcs:ip": "10.0.0.0/8"}}', '{"ip_equal":{"qcs:ip":["10.0.0.0/8"]}}'),
        ("{,\n  }", "{,   }"),
    ],
)
def test_the_offending_value_is_what_it_says_not_how(one, other):
    assert of(STATEMENT, one) == of(STATEMENT, other)


@pytest.mark.parametrize(
    "statement",
    [
        {"effect": None, "action": 3, "resource": [{}, 1, True, "x"], "condition": "x"},
        {"condition": {"ip_equal": "10.0.0.1"}, "principal": "*"},
        {"Action": "a", "action": "b", "\ud800": "\udfff"},
        ["no", "statement"],
    ],
)
def test_a_broken_statement_has_one_too(statement):
    assert of(statement) == of(json.loads(json.dumps(statement)))
    assert of(statement) != of(STATEMENT)


def test_an_offending_text_of_any_sort_has_one():
    for offending in ("", "[" * 100_000, "1" * 5000, "\ud800", '"open'):
        assert of(None, offending) == of(None, offending)


def test_a_statement_is_rendered_once_for_all_its_findings(monkeypatch):
    rendered = []
    original = fingerprint_module._statement_meaning

    def count(statement):
        rendered.append(statement)
        return original(statement)

    monkeypatch.setattr(fingerprint_module, "_statement_meaning", count)
    found = [diagnostic(STATEMENT, f'"cvm:A{number}"') for number in range(50)]
    assert len(set(fingerprints(found))) == 50
    assert len(rendered) == 1
    assert list(fingerprints(found[:1])) == [fingerprint(found[0], 1)]
