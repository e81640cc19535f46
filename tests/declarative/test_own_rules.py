"""Rules of one's own on policies: what they find, where exactly, and what they say."""

import json
import pickle
from pathlib import Path

import pytest

from camlint.config import read_config
from camlint.engine import Engine
from camlint.findings import Diagnostic
from camlint.kinds import Kind
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source

HEAD = '[[rules]]\ncode = "ACME001"\nname = "acme-rule"\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def engine(rule: str, kind: Kind | None = None) -> Engine:
    if "message" not in rule:
        rule = 'message = "{value} is wrong"\n' + rule
    Path("camlint.toml").write_text(HEAD + rule, "utf-8")
    config = read_config(str(Path("camlint.toml").resolve()), load_registry())
    assert config is not None and config.registry is not None
    return Engine(config.registry, Selection(("ACME",)), NOTHING_STATED, kind)


def lint(rule: str, policy: object, kind: Kind | None = None) -> list[Diagnostic]:
    text = policy if isinstance(policy, str) else json.dumps(policy)
    return list(engine(rule, kind).lint(Source("policy.json", text)).diagnostics)


def marked(rule: str, policy: object) -> list[str]:
    """The characters that each finding is about."""
    return [one.offending for one in lint(rule, policy)]


def policy(**elements: object) -> dict[str, object]:
    statement = {"effect": "allow", "action": ["cos:GetObject"], "resource": ["*"]} | elements
    return {"version": "2.0", "statement": [statement]}


@pytest.mark.parametrize(
    ("then", "wrong"),
    [
        ("matches = 'cos:(Get|Head).*'", ["cos:DeleteObject", "cos:*", "*"]),
        ("matches = ['cos:Get.*', 'cos:Delete.*']", ["cos:*", "*"]),
        ("not-matches = 'cos:.*'", ["cos:GetObject", "cos:DeleteObject", "cos:*"]),
        ('one-of = ["cos:GetObject", "*"]', ["cos:DeleteObject", "cos:*"]),
        ('none-of = "*"', ["*"]),
        ('within = "cos:*"', ["*"]),
        ('within = ["cos:Get*", "name/cos:Delete*"]', ["cos:*", "*"]),
        ('outside = "cos:Delete*"', ["cos:DeleteObject", "cos:*", "*"]),
        ("max-length = 13", ["cos:DeleteObject"]),
        ("absent = true", ["cos:GetObject", "cos:DeleteObject", "cos:*", "*"]),
    ],
)
@pytest.mark.parametrize(
    "given", ["$.statement[*].action[*]", "$.statement[*].action", "$..action"]
)
def test_checks_of_texts(then: str, wrong: list[str], given: str) -> None:
    actions = ["name/cos:GetObject", "cos:DeleteObject", "cos:*", "*"]
    rule = f'given = "{given}"\nthen = {{ {then} }}'
    found = marked(rule, policy(action=actions))
    if then == "absent = true" and not given.endswith("[*]"):
        assert found == ['"action"']
    else:
        assert [one.strip('"').removeprefix("name/") for one in found] == wrong


def test_one_shape_for_all_spellings() -> None:
    rule = 'given = "$.statement[*].action[*]"\nthen = { none-of = "cos:DeleteBucket" }'
    text = '{"Version": "2.0", "Statement": {"Effect": "Allow", "Action": "name/cos:DeleteBucket"}}'
    (found,) = lint(rule, text)
    assert found.offending == '"name/cos:DeleteBucket"'
    assert found.pointer == "/Statement/Action"
    assert found.message == "cos:DeleteBucket is wrong"


RESOURCE = "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/a/*"


@pytest.mark.parametrize(
    ("part", "cut"),
    [
        ("service", "cos"),
        ("region", "ap-guangzhou"),
        ("account", "uid/1253653367"),
        ("resource", "photos-1253653367/a/*"),
        ("resource-type", "photos-1253653367"),
        ("resource-id", "a/*"),
    ],
)
def test_parts_of_a_resource(part: str, cut: str) -> None:
    rule = f'given = "$.statement[*].resource[*]"\npart = "{part}"\nthen = {{ none-of = "{cut}" }}'
    (found,) = lint(rule, policy(resource=[RESOURCE]))
    assert found.offending == cut
    assert found.message == f"{cut} is wrong"


@pytest.mark.parametrize(("part", "cut"), [("service", "cos"), ("operation", "GetObject")])
@pytest.mark.parametrize("prefix", ["", "name/"])
def test_parts_of_an_action(part: str, cut: str, prefix: str) -> None:
    rule = f'given = "$.statement[*].action[*]"\npart = "{part}"\nthen = {{ none-of = "{cut}" }}'
    assert marked(rule, policy(action=prefix + "cos:GetObject")) == [cut]


def test_an_empty_part_is_shown_as_the_whole() -> None:
    rule = 'given = "$..resource[*]"\npart = "region"\nthen = { none-of = "" }'
    (found,) = lint(rule, policy(resource="qcs::cam::uin/100032145678:role/1"))
    assert found.offending == '"qcs::cam::uin/100032145678:role/1"'
    assert found.message == '"" is wrong'


@pytest.mark.parametrize("resource", ["*", "qcs::trtc::uin/100032145678:*",
                                      "qcs::trtc::uin/100032145678:sdkappid/*",
                                      "qcs::trtc::uin/100032145678:sdkappid*"])  # fmt: skip
def test_a_wildcard_is_every_id(resource: str) -> None:
    rule = 'given = "$..resource[*]"\npart = "resource-id"\nthen = { one-of = [1400618273] }'
    (found,) = lint(rule, policy(resource=resource))
    assert found.message == "* is wrong"


def test_what_has_no_such_part_is_passed_over() -> None:
    rule = 'given = "$..resource[*]"\npart = "resource-id"\nthen = { one-of = "1" }'
    assert marked(rule, policy(resource=["qcs::cvm:::instance", "no resource", 7])) == []
    rule = 'given = "$..action[*]"\npart = "operation"\nthen = { one-of = "1" }'
    assert marked(rule, policy(action=["cos GetObject", "permid/280655"])) == []


CONDITION = {"ip_equal": {"qcs:ip": "203.0.113.0/24"}}
NEEDS = """
message = "{action} is allowed from anywhere"
given = "$.statement[*]"
where = { effect = "allow", action = ["cos:Delete*", "name/cvm:TerminateInstances"] }
then = { present = ["condition.*.'qcs:ip'", "condition.bool_equal.'qcs:mfa'"] }
"""


@pytest.mark.parametrize("action", ["cos:DeleteObject", "cos:*", "*", "cos:*Object", "name/cos:D*",
                                    "c*:DeleteBucket", "cvm:TerminateInstances", "cvm:Term*"])  # fmt: skip
def test_a_condition_that_is_needed(action: str) -> None:
    (found,) = lint(NEEDS, policy(action=["cos:GetObject", action]))
    assert found.message == f"{action.removeprefix('name/')} is allowed from anywhere"
    assert found.pointer == "/statement/0"
    assert found.offending == ""
    assert [(one.label, one.pointer) for one in found.related] == [
        ("allowed here", "/statement/0/action/1")
    ]
    assert lint(NEEDS, policy(action=[action], condition=CONDITION)) == []


@pytest.mark.parametrize("elements", [
    {"action": ["cos:GetObject", "cos:Put*"]},
    {"action": "cos:DeleteObject", "effect": "deny"},
    {"action": "cos:DeleteObject", "condition": {"ip_equal_if_exist": {"qcs:ip": ["1.2.3.4"]}}},
    {"action": "cos:DeleteObject", "condition": {"bool_equal": {"qcs:mfa": "true"}}},
    {"action": "permid/280655"},
])  # fmt: skip
def test_where_no_condition_is_needed(elements: dict[str, object]) -> None:
    assert lint(NEEDS, policy(**elements)) == []


def test_other_conditions_are_not_enough() -> None:
    for condition in ({"ip_equal": {"qcs:ip2": "1.2.3.4"}}, {}, [], "no"):
        assert len(lint(NEEDS, policy(action="cos:DeleteObject", condition=condition))) == 1
    string = {"string_equal": {"qcs:mfa": "true"}}
    assert len(lint(NEEDS, policy(action="cos:DeleteObject", condition=string))) == 1


def test_a_forbidden_service_however_it_is_named() -> None:
    rule = 'given = "$.statement[*]"\nwhere = { service = "billing" }\nthen = { absent = true }'
    for action in ("billing:DescribeBill", "bill*:*", "*"):
        assert len(lint(rule, policy(action=action))) == 1
    assert lint(rule, policy(action="cos:*")) == []


def test_service_and_action_are_asked_of_the_same_action() -> None:
    rule = """
    given = "$.statement[*]"
    where = { service = "cos", action = "*:Delete*" }
    then = { absent = true }
    """
    assert lint(rule, policy(action=["cos:GetObject", "cvm:DeleteImages"])) == []
    assert len(lint(rule, policy(action=["cos:GetObject", "cos:DeleteObject"]))) == 1


def test_what_must_not_be_there() -> None:
    rule = 'given = "$.statement[*]"\nthen = { absent = ["principal", "sid"] }'
    assert marked(rule, policy(principal={"qcs": "*"}, sid="a")) == ['"principal"', '"a"']
    rule = 'given = "$.statement[*]"\nthen = { absent = "condition.*.*" }'
    (found,) = lint(rule, policy(condition=CONDITION))
    assert found.offending == '"qcs:ip"'
    assert found.message == "qcs:ip is wrong"


def test_only_some_values() -> None:
    rule = """
    given = "$..resource[*]"
    where = { value = ["qcs::cos:*", "qcs::trtc:*"] }
    then = { max-length = 3 }
    """
    assert len(lint(rule, policy(resource=["qcs::cos:::a/*", "qcs::cvm:::instance/*", "*"]))) == 1


def test_numbers_and_truth_values_have_the_text_of_json() -> None:
    rule = 'given = "$.statement[*].condition.*.*[*]"\nthen = { one-of = ["true", 5, "1.5"] }'
    values = [True, 5, 1.5, "true", False, None]
    assert marked(rule, policy(condition={"a": {"b": values}})) == ["false"]


def test_a_value_is_found_once() -> None:
    rule = 'given = ["$..action[*]", "$.statement[*].action[*]"]\nthen = { max-length = 1 }'
    assert len(lint(rule, policy())) == 1


def test_the_statement_around_what_lies_outside_all() -> None:
    rule = 'given = "$..principal"\nwhere = { effect = "allow" }\nthen = { absent = true }'
    outside = {**policy(), "principal": {"qcs": ["*"]}}
    assert lint(rule, outside, Kind.BUCKET) == []
    assert len(lint(rule, policy(principal={"qcs": ["*"]}), Kind.BUCKET)) == 1


def test_kinds() -> None:
    rule = 'kinds = "bucket"\ngiven = "$..action[*]"\nthen = { max-length = 1 }'
    assert lint(rule, policy(), Kind.IDENTITY) == []
    assert len(lint(rule, policy(), Kind.BUCKET)) == 1


def test_a_text_that_is_too_long_is_not_called_right() -> None:
    rule = "given = \"$..action[*]\"\nthen = { not-matches = 'x' }"
    (found,) = lint(rule, policy(action="cos:" + "a" * 10_000))
    assert found.note.startswith("with more than 10,000 characters it was not compared; ")


def test_what_is_filled_in_is_not_filled_in_again() -> None:
    rule = (
        'message = "{value} and {action}"\ngiven = "$..sid"\nwhere = { service = "cos" }\n'
        "then = { max-length = 1 }"
    )
    (found,) = lint(rule, policy(sid="{action}{value.__class__}{0}"))
    assert found.message == "{action}{value.__class__}{0} and cos:GetObject"


def test_what_else_is_told() -> None:
    rule = (
        'severity = "note"\nhelp = "ask"\nreference = "https://wiki.example.com/cam"\n'
        'given = "$..action[*]"\nthen = { max-length = 1 }'
    )
    (found,) = lint(rule, policy())
    assert (found.severity.value, found.help, found.reference) == (
        "note",
        "ask",
        "https://wiki.example.com/cam",
    )
    assert found.note == "ACME001 is a rule of camlint.toml"


@pytest.mark.parametrize(
    ("then", "help"),
    [
        ("matches = 'a.*'", "write a text that matches a.*"),
        ("not-matches = ['c.*', 'd']", "write a text that doesn't match c.* or d"),
        ('one-of = ["a", "b", ""]', 'write a, b or ""'),
        ('none-of = ["cos:GetObject"]', "write anything but cos:GetObject"),
        ('within = "a"', "stay within a"),
        ('outside = ["c*", "d"]', "leave out what c* or d matches"),
        ("max-length = 5", "write 5 characters at most"),
        ("one-of = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]", "write 1, 2, 3, 4, 5, 6, 7, 8 or 2 more"),
        ("absent = true", "leave out this"),
    ],
)
def test_the_way_out_is_told_without_help(then: str, help: str) -> None:
    (found,) = lint(f'given = "$..action[*]"\nthen = {{ {then} }}', policy())
    assert found.help == help


def test_broken_json_and_policies_inside_strings_have_exact_places() -> None:
    rule = 'given = "$..action[*]"\npart = "operation"\nthen = { none-of = "DeleteBucket" }'
    inner = json.dumps(policy(action="name/cos:DeleteBucket"))
    assert marked(rule, {"PolicyDocument": inner}) == ["DeleteBucket"]
    broken = inner.replace('["*"]', '["*",]')
    assert marked(rule, broken) == ["DeleteBucket"]


@pytest.mark.parametrize("value", [None, 5, "text", [], {}, [None], [[]], {"a": {"b": [{}]}}])
@pytest.mark.parametrize("element", ["effect", "action", "resource", "condition", "principal"])
def test_no_value_of_an_element_is_too_odd(element: str, value: object) -> None:
    given = '["$..*", "$.statement[*]", "$.statement[*].action[*]", "$"]'
    for then in ('present = "a"', "absent = true", 'absent = "*.*"'):
        lint(f"given = {given}\nthen = {{ {then} }}", policy(**{element: value}))
    for then in ("max-length = 0", 'outside = "cos:*"', "matches = 'a'"):
        for part in ("region", "operation"):
            rule = f'given = "$..*"\npart = "{part}"\nwhere = {{ service = "cos" }}\n'
            lint(f"{rule}then = {{ {then} }}", policy(**{element: value}))


def test_a_long_policy_is_looked_at_in_one_go() -> None:
    statements = [
        {
            "effect": "allow",
            "action": [f"cos:Delete{number}x{one}" for one in range(50)],
            "resource": [f"qcs::cos:::b{number}x{one}/*" for one in range(50)],
        }
        for number in range(200)
    ]
    rule = 'given = "$.statement[*].resource[*]"\nwhere = { action = "cos:*9x49" }\n'
    found = lint(rule + "then = { max-length = 3 }", {"version": "2.0", "statement": statements})
    assert len(found) == 20 * 50


def test_an_engine_travels_to_another_process() -> None:
    rule = (
        'given = "$..action[*]"\nwhere = { effect = "allow", action = "cos:*" }\n'
        "then = { matches = ['cvm:.*', 'trtc:.*'] }"
    )
    travelled = pickle.loads(pickle.dumps(engine(rule)))
    result = travelled.lint(Source("policy.json", json.dumps(policy())))
    assert [one.code for one in result.diagnostics] == ["ACME001"]
