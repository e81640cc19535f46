"""What the rules that prove something of conditions say: contradictions, and what is always true."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.access.answer import Request, Verdict
from camlint.access.covers import matches_nothing
from camlint.access.decide import decide
from camlint.access.question import Question
from camlint.catalog.catalog import Catalog
from camlint.engine import Engine
from camlint.findings import Diagnostic
from camlint.kinds import Kind
from camlint.policy.read import read_policy
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source

REGISTRY = load_registry()
PROOFS = ("CAM312", "CAM313")
SIZE, VPC, TAG, IP = "cos:content-length", "vpc:vpc", "qcs:resource_tag", "qcs:ip"
READING = "qcs:read_only_action"


def lint(
    condition: object,
    action: object = "cdb:*",
    effect: str = "allow",
    select: tuple[str, ...] | None = PROOFS,
    kind: Kind | None = None,
) -> list[Diagnostic]:
    statement = {"effect": effect, "action": action, "resource": "*", "condition": condition}
    text = json.dumps({"version": "2.0", "statement": [statement]})
    selection = Selection(select, strict=True)
    engine = Engine(REGISTRY, selection, NOTHING_STATED, kind)
    return list(engine.lint(Source("policy.json", text)).diagnostics)


def told(condition: object, *arguments: object, **options: str) -> list[str]:
    return [f"{one.code} {one.message}" for one in lint(condition, *arguments, **options)]  # type: ignore[arg-type]


CONTRADICTIONS = [
    (
        {"numeric_less_than_equal": {SIZE: 5}, "numeric_greater_than": {SIZE: "5.0"}},
        f"no number is both greater than 5.0 and at most 5, as {SIZE} would have to be",
    ),
    (
        {"numeric_less_than": {SIZE: 5}, "numeric_equal": {SIZE: [3, 7]}, "numeric_not_equal": {SIZE: 3}},
        f"no number is at once 3 or 7, less than 5 and other than 3, as {SIZE} would have to be",
    ),
    (
        {"date_less_than": {"qcs:current_time": "2030-01-01T00:00:00Z"}, "date_greater_than_equal": {"qcs:current_time": "2030-01-01T08:00:00+08:00"}},
        "no date is both no earlier than 2030-01-01T08:00:00+08:00 and before 2030-01-01T00:00:00Z, as qcs:current_time would have to be",
    ),
    (
        {"ip_equal": {IP: "203.0.113.0/24"}, "ip_not_equal_if_exist": {IP: "203.0.0.0/16"}},
        f"no address is both in 203.0.113.0/24 and outside 203.0.0.0/16, as {IP} would have to be",
    ),
    (
        {"string_equal": {VPC: "a"}, "string_equal_ignore_case": {VPC: "B"}},
        f'no text is both "a" and "B" in any case, as {VPC} would have to be',
    ),
    (
        {"string_equal_if_exist": {VPC: "a"}, "string_like_if_exist": {VPC: "b*"}, "null_equal": {VPC: "false"}},
        f'no text is both "a" and like "b*", and null_equal wants {VPC} to be there',
    ),
    ({"null_equal": {VPC: "true"}, "string_like": {VPC: "b*"}}, f'{VPC} can\'t be absent and like "b*" at once'),
    ({"string_not_like": {VPC: "*"}}, f'no text is unlike "*", as {VPC} would have to be'),
    (
        {"for_any_value:string_equal": {TAG: "a&b"}, "for_all_value:string_like": {TAG: "c&*"}},
        f'no values of {TAG} are such that all are like "c&*" and one is "a&b"',
    ),
    ({"numeric_equal": {READING: 2}}, f"{READING} is 0 or 1, never 2"),
    ({"null_equal": {READING: "true"}}, f"{READING} follows from the action and is never absent"),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "why"), CONTRADICTIONS)
def test_a_contradiction_is_told_in_words(condition: dict[str, object], why: str) -> None:
    assert told(condition) == [f"CAM312 {why}, so this allow grants nothing"]
    assert told(condition, effect="deny") == [f"CAM312 {why}, so this deny never fires"]
    turned = dict(reversed(condition.items()))
    (one,), (other,) = lint(condition), lint(turned)
    assert (one.offending, one.message) == (other.offending, other.message)


NO_CONTRADICTION = [
    {"numeric_less_than": {SIZE: 5}, "numeric_greater_than": {SIZE: "4.99"}},
    {"string_equal_if_exist": {VPC: "a"}, "string_like_if_exist": {VPC: "b*"}},
    {"string_equal": {VPC: "${uin}"}, "string_like": {VPC: "b*"}},
    {"string_equal": {VPC: "<vpc>"}, "string_equal_ignore_case": {VPC: "b"}},
    {"string_equal": {VPC: "a"}, "string_not_equal": {VPC: ["a", "b"]}},
    {"string_equal": {VPC: "0"}, "numeric_equal": {VPC: 1}},
    {"string_equal": {TAG: "a&b"}, "string_like": {TAG: "c&*"}},
    {"for_any_value:string_equal": {TAG: "a&b"}, "for_any_value:string_like": {TAG: "c&*"}},
    {"for_all_value:string_equal": {TAG: "a&b"}, "for_all_value:string_like": {TAG: "c&*"}},
    {"ip_equal": {IP: "10.0.0.0/8"}, "ip_not_equal": {IP: "10.0.0.0/9"}},
    {"ip_equal": {IP: "nowhere"}, "ip_not_equal": {IP: "10.0.0.0/9"}},
    {"string_like": {VPC: "a*c"}, "string_equal": {VPC: "b"}},
    {"string_equal": {VPC: "a"}, "string_equal_if_exist": {"vpc:region": "b"}},
    {"ip_equal": {IP: "10.0.0.0/8"}, "StringEquals": {IP: "b"}},
    {"string_not_like_if_exist": {VPC: "*"}},
]


@pytest.mark.parametrize("condition", NO_CONTRADICTION)
def test_what_may_be_met_or_is_undecided_is_no_contradiction(condition: object) -> None:
    assert told(condition, select=("CAM312",)) == []  # type: ignore[arg-type]


def test_the_fewest_conditions_are_marked() -> None:
    condition = {
        "numeric_greater_than": {SIZE: 1},
        "numeric_equal": {SIZE: 9},
        "numeric_less_than": {SIZE: 5},
        "null_equal": {SIZE: "false"},
    }
    (found,) = lint(condition)
    assert (found.offending, found.label) == ("9", "9")
    assert [one.label for one in found.related] == ["less than 5"]


def test_each_key_has_a_finding() -> None:
    condition = {
        "string_equal": {VPC: "a", "vpc:region": "b"},
        "string_like": {VPC: "b*", "vpc:region": "c*"},
    }
    assert [one.offending for one in lint(condition)] == ['"a"', '"b"']


def test_actions_that_never_meet_the_condition_are_a_contradiction() -> None:
    once = {"numeric_equal": {READING: 1}}
    (found,) = lint(once, ["cdb:Create*", "cdb:DeleteBackup"])
    assert found.message == (
        f"{READING} is 0 for cdb:Create* and cdb:DeleteBackup, never 1, so this allow grants nothing"
    )
    assert found.confidence.value == "medium"
    assert lint(once, ["cdb:Create*", "cdb:Describe*"]) == []
    assert lint(once, ["cdb:*", "cdb:Create*"]) == []
    assert lint(once, ["permid/123", "cdb:Create*"]) == []
    assert (
        len(lint({"numeric_equal": {"qcs:except_cam_finance": 1}}, ["cam:*", "finance:Pay"])) == 1
    )


ALWAYS = [
    ({"string_like": {VPC: ["a*", "*"]}}, '"*"', f'every text is like "*", so the condition only asks that {VPC} is there'),
    ({"string_like_if_exist": {VPC: "**"}}, '"**"', f'every text is like "**", so the condition on {VPC} restricts nothing'),
    ({"for_all_value:string_like": {VPC: "*"}}, '"*"', f'every text is like "*", so the condition at most asks that {VPC} is there'),
    ({"bool_equal": {"cos:secure-transport": ["true", "false"]}}, '["true", "false"]', "false and true together are every value, so the condition only asks that cos:secure-transport is there"),
    ({"ip_equal": {IP: ["0.0.0.0/1", "10.0.0.0/8", "128.0.0.0/1"]}}, '"0.0.0.0/1"', "0.0.0.0/1 and 128.0.0.0/1 together are every IPv4 address, so this allow isn't restricted to any network"),
    ({"ip_equal": {IP: ["::/1", "8000::/1"]}}, '["::/1", "8000::/1"]', "8000::/1 and ::/1 together are every IPv6 address, so this allow isn't restricted to any network"),
    ({"numeric_equal": {READING: [0, 1]}}, "[0, 1]", f"{READING} is 0 or 1, and either will do, so the condition on {READING} restricts nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "offending", "message"), ALWAYS)
def test_what_is_always_true_says_what_is_left_of_it(
    condition: object, offending: str, message: str
) -> None:
    (found,) = lint(condition)
    assert (found.code, found.offending, found.message) == ("CAM313", offending, message)


@pytest.mark.parametrize(
    "condition",
    [
        {"string_like": {VPC: ["a*", "b*"]}},
        {"string_like": {TAG: "*"}},
        {"string_not_equal": {VPC: "a"}},
        {"null_equal": {VPC: "false"}},
        {"bool_equal": {"cos:secure-transport": ["true", "true"]}},
        {"ip_equal": {IP: ["0.0.0.0/1", "128.0.0.0/2"]}},
        {"ip_not_equal": {IP: ["0.0.0.0/1", "128.0.0.0/1"]}},
        {"numeric_equal": {READING: 1}},
        {"numeric_less_than": {SIZE: [5, 6]}},
    ],
)
def test_what_leaves_something_out_is_not_always_true(condition: object) -> None:
    assert told(condition, select=("CAM313",)) == []  # type: ignore[arg-type]


def test_one_cause_is_told_once() -> None:
    everything = {"string_like": {VPC: "*"}, "null_equal": {VPC: "true"}}
    assert [one.code for one in lint(everything, "*", select=None)] == ["CAM508", "CAM312"]
    networks = {"ip_equal": {IP: ["0.0.0.0/0", "::/0"]}}
    assert [one.code for one in lint(networks, select=("CAM307", *PROOFS))] == ["CAM307"]
    nowhere = {"ip_equal": {IP: "10.0.0.0/8"}, "ip_not_equal": {IP: "0.0.0.0/0"}}
    assert [one.code for one in lint(nowhere, select=("CAM307", *PROOFS))] == ["CAM307"]
    assert [one.code for one in lint(nowhere)] == ["CAM312"]
    past = {
        "date_less_than": {"qcs:current_time": "2020-01-01T00:00:00Z"},
        "date_greater_than": {"qcs:current_time": "2021-01-01T00:00:00Z"},
    }
    assert [one.code for one in lint(past, select=("CAM314", *PROOFS))] == ["CAM312"]


def test_many_values_are_given_up_without_a_word() -> None:
    values = [f"v{number}*" for number in range(300)]
    assert lint({"string_like": {VPC: values}, "string_equal": {VPC: "w"}}) == []


VALUES = {
    "string": (VPC, ["a", "ab", "b", "A"], ["a", "ab", "b", "A", "B", "c", ""]),
    "numeric": (SIZE, ["1", "2", "3"], ["0", "1", "1.5", "2", "2.5", "3", "4"]),
    "ip": (IP, ["10.0.0.0/8", "10.0.0.0/9", "11.0.0.1", "::/0"], ["10.0.0.1", "10.200.0.1", "11.0.0.1", "12.0.0.1", "fd00::1"]),
}  # fmt: skip
OPERATORS = {
    "string": ["string_equal", "string_not_equal", "string_like", "string_not_like", "string_equal_ignore_case"],
    "numeric": ["numeric_equal", "numeric_not_equal", "numeric_less_than", "numeric_greater_than_equal"],
    "ip": ["ip_equal", "ip_not_equal"],
}  # fmt: skip


@st.composite
def blocks(draw: st.DrawFn) -> tuple[str, dict[str, dict[str, object]]]:
    """Conditions on one key, with any operators of one family."""
    family = draw(st.sampled_from(sorted(VALUES)))
    key, values, _ = VALUES[family]
    found: dict[str, dict[str, object]] = {}
    for operator in draw(st.lists(st.sampled_from(OPERATORS[family]), min_size=1, max_size=3)):
        suffix = draw(st.sampled_from(["", "_if_exist"]))
        chosen = draw(st.lists(st.sampled_from(values), min_size=1, max_size=2))
        if operator == "string_like":
            chosen = [one + draw(st.sampled_from(["", "*"])) for one in chosen]
        found[operator + suffix] = {key: chosen}
    if draw(st.booleans()):
        found["null_equal"] = {key: draw(st.sampled_from(["true", "false"]))}
    return family, found


@given(blocks())
def test_what_is_said_of_conditions_is_true_of_every_request(
    block: tuple[str, dict[str, dict[str, object]]],
) -> None:
    family, condition = block
    key, _, values = VALUES[family]
    statement = {"effect": "allow", "action": "cdb:*", "resource": "*", "condition": condition}
    policy = read_policy({"version": "2.0", "statement": [statement]}, Kind.IDENTITY)
    question = Question((policy,), NOTHING_STATED, Catalog())
    verdicts = {
        decide(question, Request("cdb:CreateBackup", "*", None, context)).verdict
        for context in ({}, *({key: (value,)} for value in values))
    }
    found = lint(condition)
    dead = [one for one in found if one.code == "CAM312"]
    assert bool(dead) is matches_nothing(question, 0)
    if dead:
        assert verdicts == {Verdict.IMPLICIT_DENY}
    if len(condition) == 1 and [one.code for one in found] == ["CAM313"] and family != "ip":
        present = [Request("cdb:CreateBackup", "*", None, {key: (value,)}) for value in values]
        assert {decide(question, one).verdict for one in present} == {Verdict.ALLOW}
