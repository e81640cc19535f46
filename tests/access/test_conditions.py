"""Conditions in the engine, by examples that a person can check by hand."""

import pytest

from camlint.access.answer import UNKNOWN, Answer, Request, Verdict
from camlint.access.covers import covered_by, covers, matches_nothing
from camlint.access.decide import decide
from camlint.access.find import find

IP, TAG, NOW = "qcs:ip", "qcs:resource_tag", "qcs:current_time"
TEN = {"ip_equal": {IP: "10.0.0.0/8"}}
READING = {"numeric_equal": {"qcs:read_only_action": 1}}


def block(condition):
    return ("cdb:*", "*", condition) if condition else ("cdb:*", "*")


def question_of(ask, allow, denies):
    return ask(("allow", *block(allow)), *(("deny", *block(one)) for one in denies))


COVERED = [
    ({"ip_equal": {IP: "10.1.0.0/16"}}, [TEN]),
    (TEN, [{"ip_equal": {IP: "10.0.0.0/9"}}, {"ip_equal": {IP: "10.128.0.0/9"}}]),
    (None, [{"ip_equal_if_exist": {IP: "10.0.0.0/8"}}, {"ip_not_equal": {IP: "10.0.0.0/8"}}]),
    ({"ip_equal": {IP: "2001:db8:1::/48"}}, [{"ip_equal": {IP: "2001:db8::/32"}}]),
    ({"numeric_less_than": {"k": 5}}, [{"numeric_less_than_equal": {"k": 5}}]),
    ({"numeric_equal": {"k": "1.50"}}, [{"numeric_equal": {"k": 1.5}}]),
    ({"date_less_than": {NOW: "2025-01-01T00:00:00Z"}}, [{"date_less_than": {NOW: "2025-01-01T08:00:01+08:00"}}]),
    ({"string_like": {"k": "ab*"}}, [{"string_like": {"k": "a*"}}]),
    ({"string_like": {"k": "a*"}}, [{"string_like": {"k": "ab*"}}, {"string_not_like": {"k": "ab*"}}]),
    ({"string_equal_ignore_case": {"k": "aB"}}, [{"string_equal": {"k": ["ab", "aB", "AB", "Ab"]}}]),
    ({"string_not_equal": {"k": ["a", "b"]}}, [{"string_not_equal_if_exist": {"k": "c"}}, {"string_equal": {"k": "c"}}]),
    ({"bool_equal": {"k": "true"}, "string_equal": {"j": "x"}}, [{"bool_equal": {"k": "true"}}]),
    ({"numeric_equal": {"k": 1}}, [{"null_equal": {"j": "true"}}, {"string_equal": {"j": "x"}}, {"string_not_equal": {"j": "x"}}]),
    ({"null_equal": {"k": "true"}}, [{"string_not_equal_if_exist": {"k": "a"}}]),
    ({"for_any_value:string_equal": {TAG: "a&b"}}, [{"for_any_value:string_equal": {TAG: ["a&b", "c&d"]}}]),
    ({"for_any_value:string_equal": {"k": "a"}}, [{"for_any_value:string_not_equal": {"k": "b"}}]),
    ({"for_all_value:string_equal_if_exist": {"k": "a"}}, [{"for_all_value:string_equal_if_exist": {"k": ["a", "b"]}}]),
    ({"string_equal": {"k": "${uin}"}}, [{"string_equal": {"k": "${uin}"}}]),
]  # fmt: skip


@pytest.mark.parametrize(("allow", "denies"), COVERED)
def test_what_covers(ask, allow, denies) -> None:
    question = question_of(ask, allow, denies)
    assert covers(question, 0, question.denies).answer is Answer.YES
    assert covered_by(question, 0, question.denies) == tuple(range(1, len(denies) + 1))
    assert find(question, (0,), question.denies) is None


ESCAPES = [
    (None, [{"ip_equal": {IP: "10.0.0.0/8"}}, {"ip_not_equal": {IP: "10.0.0.0/8"}}], {}),
    (TEN, [{"ip_equal": {IP: "10.0.0.0/9"}}, {"ip_equal": {IP: "10.192.0.0/10"}}], {IP: ("10.128.0.1",)}),
    ({"ip_not_equal": {IP: "10.0.0.0/9"}}, [{"ip_not_equal": {IP: "10.0.0.0/8"}}], {IP: ("10.128.0.1",)}),
    ({"numeric_less_than_equal": {"k": 5}}, [{"numeric_less_than": {"k": 5}}], {"k": ("5",)}),
    ({"numeric_greater_than": {"k": 5}}, [{"numeric_greater_than_equal": {"k": 6}}], {"k": ("5.5",)}),
    ({"date_less_than": {NOW: "2026-01-01T00:00:00Z"}}, [{"date_less_than": {NOW: "2025-01-01T00:00:00Z"}}], {NOW: ("2025-01-01T00:00:00Z",)}),
    ({"string_equal_ignore_case": {"k": "aB"}}, [{"string_equal": {"k": ["ab", "aB", "AB"]}}], {"k": ("Ab",)}),
    ({"string_like": {"k": "a*"}}, [{"string_like": {"k": "ab*"}}, {"string_equal": {"k": "a"}}], {"k": ("aexample",)}),
    ({"string_equal": {"k": ["a", "b"]}}, [{"string_equal": {"k": "a"}}], {"k": ("b",)}),
    ({"string_equal_if_exist": {"k": "a"}}, [{"string_equal": {"k": "a"}}], {}),
    ({"for_any_value:string_equal": {"k": ["a", "b"]}}, [{"for_all_value:string_equal": {"k": ["a", "b"]}}], {"k": ("a", "example")}),
    ({"for_any_value:string_equal": {TAG: ["a&b", "e&f"]}}, [{"for_any_value:string_equal": {TAG: "a&b"}}], {TAG: ("e&f",)}),
]  # fmt: skip


@pytest.mark.parametrize(("allow", "denies", "context"), ESCAPES)
def test_what_escapes_is_shown_by_a_request(ask, allow, denies, context) -> None:
    question = question_of(ask, allow, denies)
    assert not covered_by(question, 0, question.denies)
    found = find(question, (0,), question.denies)
    assert isinstance(found, Request)
    assert found.context == context
    assert decide(question, found).verdict is Verdict.ALLOW


UNDECIDED = [
    ({"for_all_value:string_equal": {"k": "a"}}, [{"for_any_value:string_equal": {"k": "a"}}]),
    ({"string_not_equal": {"k": ["a", "b"]}}, [{"string_not_equal": {"k": "a"}}]),
    ({"string_like": {"k": "a*b"}}, [{"string_like": {"k": "a*"}}]),
    ({"string_equal": {"mfa": "0"}}, [{"numeric_equal": {"mfa": 0}}]),
    ({"string_equal": {TAG: "a&b"}}, [{"for_any_value:string_equal": {TAG: "a&b"}}, {"null_equal": {TAG: "true"}}]),
    ({"ip_equal": {IP: "not an address"}}, [TEN]),
    ({"string_equal_ignore_case": {"k": "é"}}, [{"string_equal": {"k": ["é", "É"]}}]),
]  # fmt: skip


@pytest.mark.parametrize(("allow", "denies"), UNDECIDED)
def test_what_no_page_says_stays_undecided(ask, allow, denies) -> None:
    question = question_of(ask, allow, denies)
    assert not covered_by(question, 0, question.denies)
    assert covers(question, 0, question.denies).answer is Answer.UNDECIDED
    assert find(question, (0,), question.denies) is UNKNOWN


NEVER = [
    {"numeric_less_than": {"k": 5}, "numeric_greater_than": {"k": 7}},
    {"ip_equal": {IP: "10.0.0.0/9"}, "ip_equal_if_exist": {IP: "10.128.0.0/9"}},
    {"string_equal": {"k": "a"}, "string_like": {"k": "b*"}},
    {"null_equal": {"k": "true"}, "string_equal": {"k": "a"}},
]


@pytest.mark.parametrize("condition", NEVER)
def test_a_contradiction_matches_nothing_and_is_covered_by_nothing(ask, condition) -> None:
    question = question_of(ask, condition, [None])
    assert matches_nothing(question, 0)
    question = question_of(ask, condition, [TEN])
    assert covers(question, 0, question.denies).empty
    assert covered_by(question, 0, question.denies) == ()
    assert find(question, (0,), 0) is None


def test_reading_follows_from_the_action(ask) -> None:
    allow = ("allow", "cdb:*", "*", READING)
    question = ask(allow, ("deny", "cdb:Describe*", "*"))
    found = find(question, (0,), 0b10)
    assert isinstance(found, Request)
    assert found.action == "cdb:BatchGetAny"
    assert found.context == {}
    verbs = ("BatchGet", "BatchQuery", "Check", "Compare", "Describe", "Download", "Export", "Get")
    more = ("Inquire", "Inquiry", "List", "Query", "Search", "Validate", "Verify", "View")
    question = ask(allow, ("deny", [f"cdb:{verb}*" for verb in (*verbs, *more)], "*"))
    assert covered_by(question, 0, 0b10) == (1,)
    assert covers(question, 0, 0b10).answer is Answer.YES
    assert matches_nothing(ask(("allow", "cdb:Create*", "*", READING)), 0)
    assert covered_by(ask(("allow", "cdb:GetX", "*"), ("deny", "*", "*", READING)), 0, 0b10)


@pytest.mark.parametrize(
    ("context", "unknown", "verdict", "keys"),
    [
        ({}, (), Verdict.IMPLICIT_DENY, ()),
        ({IP: ("10.2.3.4",)}, (), Verdict.ALLOW, ()),
        ({IP: ("11.2.3.4",)}, (), Verdict.IMPLICIT_DENY, ()),
        ({IP: ("11.2.3.4", "10.2.3.4")}, (), Verdict.DEPENDS, (IP,)),
        ({IP: ("nonsense",)}, (), Verdict.DEPENDS, (IP,)),
        ({}, (IP,), Verdict.DEPENDS, (IP,)),
        ({}, ("other",), Verdict.IMPLICIT_DENY, ()),
        (None, (), Verdict.DEPENDS, (IP,)),
    ],
)
def test_decisions_by_circumstances(ask, context, unknown, verdict, keys) -> None:
    question = ask(("allow", "cdb:*", "*", TEN))
    request = Request("cdb:DescribeDBInstances", "*", None, context, frozenset(unknown))
    decision = decide(question, request)
    assert decision.verdict is verdict
    assert decision.depends_on == keys
