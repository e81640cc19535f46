"""What must not be proved, although it looks as if it could be."""

import pytest

from camlint.access.answer import Answer, Request
from camlint.access.compare_resources import covered_resources
from camlint.access.covers import covered_by, covers
from camlint.access.find import find
from camlint.access.meets import meets
from camlint.catalog.catalog import Catalog
from camlint.kinds import Kind
from camlint.policy.read import read_policy
from camlint.settings import NOTHING_STATED, Settings

EVERYTHING = ("deny", "*", "*")
TRTC = "qcs::trtc::uin/100012345678:sdkappid/"
COS = "qcs::cos:ap-guangzhou:uid/1253653367:reports-1253653367/"
A_USER = {"qcs": "qcs::cam::uin/100012345678:uin/100012345679"}


def proves(question) -> bool:
    """Whether the last statement is said to match all of the first."""
    last = 1 << len(question.statements) - 1
    return bool(covered_by(question, 0, last)) or covers(question, 0, last).answer is Answer.YES


@pytest.mark.parametrize("letter", ["\u0001", "\u0002", "\x7f", "\ue000", "\u2028", "x", "字"])
def test_a_letter_of_the_policy_stands_for_nothing_else(ask, letter) -> None:
    question = ask(("allow", "cos:Get*", "*"), ("deny", f"cos:Get{letter}*", "*"))
    assert not proves(question)
    assert not proves(ask(("allow", "cos:*", COS + "*"), ("deny", "cos:*", f"{COS}{letter}*")))


def test_all_control_characters_of_a_policy_stand_for_themselves(ask) -> None:
    every = "".join(map(chr, range(1, 32)))
    question = ask(("allow", "cos:*", COS + "*"), ("deny", "cos:*", COS + every + "*"))
    assert not proves(question)


@pytest.mark.parametrize("hidden", ["\u0001", "\u200b", "\u00a0"])
def test_a_pattern_with_a_hidden_character_proves_nothing(ask, hidden) -> None:
    assert not proves(ask(("allow", "cos:*", COS + "a" + hidden), ("deny", "cos:*", COS + "*")))
    assert not proves(ask(("allow", "cos:*", COS + "*"), ("deny", "cos:*", [COS + hidden, "*"])))
    question = ask(("allow", "cos:*", COS + hidden), ("deny", "cos:*", COS + "b"))
    assert meets(question, 0, 1) is Answer.UNDECIDED


@pytest.mark.parametrize(
    ("allow", "deny"),
    [
        ({"string_equal": {"k": "${uin}"}}, {"string_equal": {"k": "1000"}}),
        ({"string_equal": {"k": "1000"}}, {"string_equal": {"k": "${uin}"}}),
        ({"ip_not_equal": {"qcs:ip": ["a", "b"]}}, {"ip_not_equal": {"qcs:ip": ["a"]}}),
        ({"ip_not_equal": {"qcs:ip": ["a"]}}, {"ip_not_equal": {"qcs:ip": ["a", "b"]}}),
        ({"numeric_equal": {"k": 1}}, {"numeric_equal": {"k": True}}),
        ({"string_equal": {"k": "v"}}, {"for_any_value:string_equal": {"k": "v"}}),
        ({"StringEquals": {"k": "v"}}, {"StringEquals": {"k": "v"}}),
        ({"string_equal_if_exists": {"k": "v"}}, {"string_equal_if_exists": {"k": "v"}}),
        ({"null_equal_if_exist": {"k": "true"}}, {"null_equal_if_exist": {"k": "true"}}),
        ({"any:string_equal": {"k": "v"}}, {"any:string_equal": {"k": "v"}}),
        ({}, {}),
    ],
)
def test_different_or_unreadable_conditions(ask, allow, deny) -> None:
    question = ask(("allow", "cdb:*", "*", allow), ("deny", "cdb:*", "*", deny))
    assert not proves(question)
    assert covers(question, 0, 0b10).answer is Answer.UNDECIDED


def test_a_deny_with_a_condition_leaves_what_it_does_not_hold_for(ask) -> None:
    block = {"ip_equal": {"qcs:ip": "203.0.113.0/24"}}
    question = ask(("allow", "cdb:*", "*"), ("deny", "cdb:*", "*", block))
    assert covers(question, 0, 0b10).answer is Answer.NO
    found = find(question, (0,), 0b10)
    assert isinstance(found, Request)
    assert found.context == {"qcs:ip": ("198.51.100.7",)}
    assert proves(ask(("allow", "cdb:*", "*", block), ("deny", "cdb:*", "*", block)))
    assert proves(ask(("allow", "cdb:*", "*", block), ("deny", "cdb:*", "*")))


def test_a_role_of_another_account(ask) -> None:
    role = "qcs::cam::uin/100012345678:roleName/reader"
    question = ask(("allow", "sts:AssumeRole", role), ("deny", "*", "qcs::cam:::roleName/*"))
    assert not proves(question)
    assert meets(question, 0, 1) is not Answer.NO
    assert proves(ask(("allow", "sts:AssumeRole", role), ("deny", "*", role[:-6] + "*")))


def test_another_bucket_account_than_the_owner(ask) -> None:
    deny = ("deny", "cos:*", "qcs::cos:::*")
    assert not proves(ask(("allow", "cos:GetObject", COS + "*"), deny))


def test_accounts_that_are_both_configured_still_differ(ask) -> None:
    one, two = ("100012345678", "100012345679")
    allow = ("allow", "trtc:RemoveUser", f"qcs::trtc::uin/{one}:sdkappid/1400000001")
    deny = ("deny", "trtc:*", f"qcs::trtc::uin/{two}:sdkappid/*")
    question = ask(allow, deny, accounts=(one, two))
    assert not proves(question)
    assert meets(question, 0, 1) is Answer.NO


@pytest.mark.parametrize("mine", ["100012345678", "100012345679"])
def test_of_several_configured_accounts_none_is_known_to_be_the_owners(ask, mine) -> None:
    allow = ("allow", "trtc:RemoveUser", f"qcs::trtc::uin/{mine}:sdkappid/1400000001")
    others = [("allow", "cdb:*", f"qcs::cdb::uin/10001234567{last}:*") for last in "89"]
    deny = ("deny", "trtc:*", "qcs::trtc:::sdkappid/*")
    accounts = ("100012345678", "100012345679")
    assert not proves(ask(allow, *others, deny, accounts=accounts))
    assert proves(ask(allow, deny, accounts=accounts))


def test_an_explicit_account_is_the_owners_only_where_that_is_known(ask) -> None:
    mine = "qcs::trtc::uin/100012345678:sdkappid/1400000001"
    other = ("allow", "trtc:*", "qcs::trtc::uin/100012345679:sdkappid/1400000002")
    deny = ("deny", "trtc:*", "qcs::trtc:::sdkappid/*")
    allow = ("allow", "trtc:RemoveUser", mine)
    assert not proves(ask(allow, other, deny))
    assert proves(ask(allow, deny))
    assert proves(ask(allow, other, deny, accounts=("100012345678",)))
    assert not proves(ask(allow, other, deny, accounts=("100012345679",)))
    assert not proves(ask(allow, deny, accounts=("100012345679",)))


def test_a_uin_and_an_appid_may_be_one_account(ask) -> None:
    allow = ("allow", "cos:GetObject", "qcs::cos::uin/100012345678:b-1/*")
    deny = ("deny", "cos:GetObject", "qcs::cos::uid/1253653367:b-1/*")
    question = ask(allow, deny)
    assert not proves(question)
    assert meets(question, 0, 1) is Answer.UNDECIDED


def test_a_variable_reaches_further_than_it_reads(ask) -> None:
    files = COS + "${uin}"
    assert not proves(ask(("allow", "cos:*", files), ("deny", "cos:*", COS + "1000")))
    assert not proves(ask(("allow", "cos:*", COS + "1000"), ("deny", "cos:*", files)))
    assert not proves(ask(("allow", "cos:*", files + "/a"), ("deny", "cos:*", COS + "${app_id}/a")))
    assert not proves(ask(("allow", "cos:*", files), ("deny", "cos:*", files + "/*")))
    assert proves(ask(("allow", "cos:*", files), ("deny", "cos:*", files)))
    assert proves(ask(("allow", "cos:*", files + "/a"), ("deny", "cos:*", files))) is False
    assert proves(ask(("allow", "cos:*", files), ("deny", "cos:*", COS + "*")))
    assert (
        meets(ask(("allow", "cos:*", files), ("deny", "cos:*", COS + "1")), 0, 1) is not Answer.NO
    )


@pytest.mark.parametrize("part", ["${var.bucket}", "<bucket>", "{{bucket}}"])
def test_what_a_template_fills_in_may_be_anything(ask, part) -> None:
    allow = ("allow", "cos:*", f"qcs::cos:::{part}/*")
    assert meets(ask(allow, ("deny", "cos:*", "qcs::cos:::b-1/*")), 0, 1) is Answer.UNDECIDED
    assert not proves(ask(allow, ("deny", "cos:*", "qcs::cos:::b-1/*")))
    assert proves(ask(("allow", "cos:*", f"qcs::cos:::{part}/a"), ("deny", "cos:*", allow[2])))


def test_only_a_star_surely_matches_an_action_without_a_resource(ask) -> None:
    level = "trtc:CreateCloudSliceTask"
    assert not proves(ask(("allow", level, "*"), ("deny", level, "qcs::trtc:::*")))
    assert not proves(ask(("allow", level, "*"), ("deny", "*", "qcs:::::*")))
    assert not proves(ask(("allow", level, "*"), ("deny", level, TRTC + "*")))
    assert proves(ask(("allow", level, "*"), ("deny", "trtc:*", "*")))
    for pattern in ("trtc:*", "*", "trtc:CreateNobodyKnows"):
        assert not proves(ask(("allow", pattern, "qcs::trtc:::*"), ("deny", "*", "qcs:::::*")))
        assert proves(ask(("allow", pattern, "qcs::trtc:::*"), ("deny", "*", "qcs::trtc:::*")))


def test_no_literal_resource_level_action_comes_without_a_resource(ask) -> None:
    remove = "trtc:RemoveUser"
    assert proves(ask(("allow", remove, "qcs::trtc:::*"), ("deny", "*", "qcs:::::*")))
    assert not proves(ask(("allow", "cdb:AddTimeWindow", "*"), ("deny", "*", "qcs:::::*")))


@pytest.mark.parametrize(
    "doubtful",
    [
        {"effect": "deny", "action": ["permid/280655"], "resource": "*"},
        {"effect": "deny", "action": "trtc:*", "resource": "*", "notAction": "a", "condition": 1},
        {"effect": "forbid", "action": "*", "resource": "*"},
        {"effect": "deny", "action": ["trtc:*", 5], "resource": "*"},
        {"effect": "deny", "action": "trtc:*"},
    ],
)
def test_a_statement_that_cannot_be_read_proves_nothing(ask, doubtful) -> None:
    question = ask(("allow", "trtc:RemoveUser", TRTC + "1"), doubtful)
    assert not proves(question)
    assert covers(question, 0, 0b10).answer is Answer.UNDECIDED
    assert meets(question, 0, 1) is Answer.UNDECIDED
    assert not isinstance(find(question, (0,), 0b10), type(None))


def test_a_set_of_actions_is_not_refused_with_those_beside_it(ask) -> None:
    question = ask(("allow", ["permid/280655", "trtc:RemoveUser"], TRTC + "1"), EVERYTHING)
    assert not proves(question)


def test_regions_of_which_it_is_not_known_what_they_are(ask) -> None:
    def pair(one: str, other: str):
        return ask(
            ("allow", "cdb:*", f"qcs::cdb:{one}::instanceId/cdb-1"),
            ("deny", "cdb:*", f"qcs::cdb:{other}::instanceId/*"),
        )

    assert proves(pair("gz", "ap-guangzhou"))
    assert proves(pair("ap-guangzhou", "gz"))
    for one, other in (("jp", "ap-tokyo"), ("ap-*", "ap-guangzhou"), ("ap-guangzhou", "ap-*")):
        assert not proves(pair(one, other))
        assert meets(pair(one, other), 0, 1) is Answer.UNDECIDED
    assert meets(pair("gz", "ap-shanghai"), 0, 1) is Answer.NO
    assert not proves(pair("", "ap-guangzhou"))


def test_types_fold_and_nothing_else(ask) -> None:
    cdb = "qcs::cdb:ap-guangzhou::instanceId/"
    for spelling in ("instanceid", "INSTANCEID", "InstanceId"):
        one = cdb.replace("instanceId", spelling) + "cdb-1"
        assert proves(ask(("allow", "cdb:*", one), ("deny", "cdb:*", cdb + "*")))
        assert proves(ask(("allow", "cdb:*", cdb + "cdb-1"), ("deny", "cdb:*", one)))
    assert proves(
        ask(
            ("allow", "trtc:*", TRTC.replace("sdkappid", "SdkAppId") + "1"),
            ("deny", "trtc:*", TRTC + "*"),
        )
    )
    assert not proves(ask(("allow", "trtc:*", TRTC + "Ab"), ("deny", "trtc:*", TRTC + "ab")))
    assert not proves(
        ask(("allow", "trtc:removeUser", TRTC + "1"), ("deny", "trtc:RemoveUser", "*"))
    )
    upper = ("deny", "trtc:*", TRTC.replace("sdkappid/", "SDK*"))
    assert not proves(ask(("allow", "trtc:*", TRTC + "1"), upper))


def test_a_question_mark_is_a_letter(ask) -> None:
    assert not proves(ask(("allow", "cos:GetObject", "*"), ("deny", "cos:Get?bject", "*")))
    assert not proves(ask(("allow", "cos:*", COS + "abc"), ("deny", "cos:*", COS + "a?c")))


@pytest.mark.parametrize("public", ["*", {"qcs": "qcs::cam::anyone:anyone"}])
def test_a_deny_to_anyone_is_not_one_to_a_named_user(ask, public) -> None:
    objects = {"action": "cos:GetObject", "resource": COS + "*"}
    allow = {"effect": "allow", "principal": A_USER, **objects}
    deny = {"effect": "deny", "principal": public, **objects}
    assert not proves(ask(allow, deny, kind=Kind.BUCKET))


def test_a_list_of_intricate_patterns_is_given_up(ask) -> None:
    many = [("allow", [f"cos:*a{i}*b{j}*" for i in range(60)], "*") for j in range(60)]
    question = ask(*many, ("deny", "cos:*x*", "*"))
    answers = {covers(question, index, question.full).answer for index in range(60)}
    assert Answer.YES not in answers
    assert question.exhausted


def pairs(actions, *resources: str, accounts: tuple[str, ...] = ()) -> list[tuple[int, int]]:
    value = {"effect": "allow", "action": actions, "resource": list(resources)}
    (statement,) = read_policy({"statement": [value]}, Kind.IDENTITY).statements
    found = covered_resources(statement, Settings(accounts) or NOTHING_STATED, Catalog())
    return list(found)


def test_resources_of_one_list() -> None:
    assert pairs("cos:*", COS + "a", COS + "*") == [(0, 1)]
    assert pairs("cos:*", COS + "a", COS + "a") == [(1, 0)]
    assert pairs("cos:*", "*", COS + "a") == [(1, 0)]
    assert pairs("cos:*", COS + "a\u0001", COS + "*") == []
    assert pairs("cos:*", COS + "a", "qcs::cos:::*") == []
    assert pairs("trtc:*", "qcs::trtc:::*", "qcs:::::*") == []
    assert pairs("trtc:RemoveUser", "qcs::trtc:::*", "qcs:::::*") == [(0, 1)]
    assert pairs("*", "qcs::trtc:::*", "qcs:::::*") == []
    assert pairs("trtc:*", TRTC + "1", "qcs::trtc:::*") == [(0, 1)]
