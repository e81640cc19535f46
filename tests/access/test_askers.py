"""Whom the statements of bucket and trust policies speak of."""

from typing import Any

import pytest

from camlint.access.answer import Answer, Request, Verdict
from camlint.access.covers import covered_by, covers
from camlint.access.decide import decide
from camlint.access.find import find
from camlint.access.principals import ANONYMOUS, match_people, read_people
from camlint.kinds import Kind
from camlint.policy.elements import Principal

Plain = dict[str, Any]

COS = "qcs::cos:ap-guangzhou:uid/1253653367:reports-1253653367/*"
ANN, BOB = "qcs::cam::uin/1001:uin/2001", "qcs::cam::uin/1001:uin/2002"
ROOT = "qcs::cam::uin/1001:root"
GROUP = "qcs::cam::uin/1001:groupid/13"
ANYONE = "qcs::cam::anyone:anyone"
NOBODY = "qcs::cam::anonymous:anonymous"


def reading(effect: str, *people: str, **more: object) -> Plain:
    who: object = "*" if people == ("*",) else {"qcs": list(people)}
    return {"effect": effect, "principal": who, "action": "cos:Get*", "resource": COS, **more}


@pytest.mark.parametrize(
    ("first", "second", "proved"),
    [
        (reading("allow", ANN), reading("deny", ANN), True),
        (reading("allow", ANN), reading("deny", ANN, BOB), True),
        (reading("allow", ANN, BOB), reading("deny", ANN), False),
        (reading("allow", ANN), reading("allow", "*"), True),
        (reading("allow", ANN), reading("allow", ANYONE), True),
        (reading("allow", ANYONE), reading("allow", NOBODY), True),
        (reading("allow", ANYONE), reading("allow", ANN), False),
        (reading("deny", ANYONE), reading("deny", ANYONE), True),
        (reading("deny", "*"), reading("deny", "*"), True),
        (reading("deny", ANN), reading("deny", ANYONE), False),
        (reading("deny", ANYONE), reading("deny", "*"), False),
        (reading("allow", "*"), reading("deny", "*"), False),
        (reading("allow", "*"), reading("deny", ANYONE), False),
        (reading("allow", ANN), reading("deny", ROOT), False),
        (reading("allow", ANN), reading("deny", GROUP), False),
        (reading("allow", GROUP), reading("deny", GROUP), True),
        (reading("allow", ROOT), reading("deny", "qcs::cam::uin/1001:uin/1001"), True),
    ],
)
def test_who_is_covered_by_whom(ask, first, second, proved) -> None:
    question = ask(first, second, kind=Kind.BUCKET)
    assert bool(covered_by(question, 0, 0b10)) is proved
    assert (covers(question, 0, 0b10).answer is Answer.YES) is proved


def test_the_gap_between_two_users_has_a_witness(ask) -> None:
    question = ask(reading("allow", ANN, BOB), reading("deny", ANN), kind=Kind.BUCKET)
    found = find(question, (0,), 0b10)
    assert isinstance(found, Request)
    assert found.principal == BOB
    assert decide(question, found).verdict is Verdict.ALLOW
    assert decide(question, Request(found.action, found.resource, ANN)).verdict is (
        Verdict.EXPLICIT_DENY
    )


def test_unsigned_requests_are_refused_by_a_deny_to_anyone(ask) -> None:
    question = ask(reading("allow", "*"), reading("deny", ANYONE), kind=Kind.BUCKET)
    resource = COS[:-1] + "a"
    unsigned = decide(question, Request("cos:GetObject", resource, ANONYMOUS))
    assert unsigned.verdict is Verdict.EXPLICIT_DENY
    assert decide(question, Request("cos:GetObject", resource, ANN)).verdict is Verdict.ALLOW
    assert decide(question, Request("cos:GetObject", resource)).verdict is Verdict.DEPENDS


def test_principals_of_the_whole_policy_count(ask) -> None:
    bare = {"effect": "deny", "action": "cos:*", "resource": COS}
    allow = {"effect": "allow", "action": "cos:Get*", "resource": COS}
    question = ask(allow, bare, kind=Kind.BUCKET, principal={"qcs": [ANN]})
    assert covered_by(question, 0, 0b10) == (1,)
    both = ask(reading("allow", ANN), bare, kind=Kind.BUCKET, principal={"qcs": [BOB]})
    assert covered_by(both, 0, 0b10) == ()


def test_nothing_is_proved_of_a_bucket_policy_without_principals(ask) -> None:
    bare = {"effect": "deny", "action": "cos:*", "resource": COS}
    allow = {"effect": "allow", "action": "cos:Get*", "resource": COS}
    assert covered_by(ask(allow, bare, kind=Kind.BUCKET), 0, 0b10) == ()
    half = ask(reading("allow", ANN), bare, kind=Kind.BUCKET)
    assert covered_by(half, 0, 0b10) == ()


def test_trust_policies_have_no_resource(ask) -> None:
    trust = {"action": "name/sts:AssumeRole", "principal": {"service": "cvm.qcloud.com"}}
    question = ask({"effect": "allow", **trust}, {"effect": "deny", **trust}, kind=Kind.TRUST)
    assert covered_by(question, 0, 0b10) == (1,)
    other = {**trust, "principal": {"service": "scf.qcloud.com"}}
    question = ask({"effect": "allow", **trust}, {"effect": "deny", **other}, kind=Kind.TRUST)
    assert covers(question, 0, 0b10).answer is Answer.UNDECIDED


@pytest.mark.parametrize(
    ("effect", "name", "asker", "answer"),
    [
        ("allow", ANN, ANN, Answer.YES),
        ("allow", ANN, BOB, Answer.NO),
        ("allow", ANN, ANONYMOUS, Answer.NO),
        ("deny", ANYONE, ANN, Answer.NO),
        ("deny", ANYONE, ANONYMOUS, Answer.YES),
        ("deny", "*", ANN, Answer.UNDECIDED),
        (None, ANYONE, ANN, Answer.UNDECIDED),
        ("deny", GROUP, ANN, Answer.UNDECIDED),
        ("allow", ROOT, ANN, Answer.UNDECIDED),
        ("allow", ROOT, "qcs::cam::uin/1002:uin/1002", Answer.NO),
        ("allow", "cvm.qcloud.com", ANN, Answer.UNDECIDED),
    ],
)
def test_one_name(effect, name, asker, answer) -> None:
    people = read_people([Principal("qcs", name, ())])
    assert match_people(effect, people, asker) is answer
