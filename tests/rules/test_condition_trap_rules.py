"""What the rules about the traps of conditions say beyond their own examples."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.engine import Engine
from camlint.finding import Safety
from camlint.findings import Diagnostic
from camlint.fixes import fix_text
from camlint.patterns import matcher
from camlint.policy.values import parse_network
from camlint.registry import load_registry
from camlint.rule import Confidence
from camlint.selection import Selection
from camlint.settings import Settings
from camlint.source import Source

REGISTRY = load_registry()
MINE = tuple(f"CAM{number}" for number in (310, 311, *range(314, 326)))
NOW = 1_767_225_600.0
PHOTOS = "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"


def engine(select: tuple[str, ...] = MINE) -> Engine:
    return Engine(REGISTRY, Selection(select), Settings(now=NOW), edits=True)


def statement(condition: object, action: object = "cos:PutObject", effect: str = "allow") -> object:
    return {"effect": effect, "action": action, "resource": PHOTOS, "condition": condition}


def lint(*statements: object, select: tuple[str, ...] = MINE) -> list[Diagnostic]:
    """What these rules say of a policy with these statements."""
    text = json.dumps({"version": "2.0", "statement": list(statements)}, ensure_ascii=False)
    return list(engine(select).lint(Source("policy.json", text)).diagnostics)


def told(*arguments: object, **options: str) -> list[tuple[str, str]]:
    """The codes with what they mark, of a policy with one statement."""
    return [(one.code, one.offending) for one in lint(statement(*arguments, **options))]  # type: ignore[arg-type]


def codes(*statements: object) -> list[str]:
    return sorted(one.code for one in lint(*statements))


def mended(condition: object, action: object = "cos:PutObject", effect: str = "allow") -> object:
    """The condition after all fixes of these rules."""
    document = {"version": "2.0", "statement": [statement(condition, action, effect)]}
    source = Source("policy.json", json.dumps(document))
    return json.loads(fix_text(source, engine(), Safety.REPAIR).text)["statement"][0]["condition"]


@pytest.mark.parametrize(
    "operator",
    ["StringEquals", "string_equals", "for_each:string_not_equal", "null_equal_if_exist", ":", ""],
)
@pytest.mark.parametrize(
    "key", ["qcs:resource_tag", "qcs:tag", "cos:prefix", "qcs:request_tag", "qcs:current_time"]
)
def test_nothing_is_said_under_an_operator_that_cam_does_not_know(operator: str, key: str) -> None:
    for effect in ("allow", "deny"):
        condition = {operator: {key: ["a/b*", "a/b*", True, "2020-01-01T00:00:00Z"]}}
        assert told(condition, ["cos:*", "cos:GetObject"], effect) == []


# CAM310 missing-tag-qualifier


@pytest.mark.parametrize(
    ("operator", "key"),
    [
        ("for_any_value:string_equal", "qcs:resource_tag"),
        ("for_any_value:string_like_if_exist", "qcs:resource_tag"),
        ("string_equal", "qcs:resource_tag/team"),
        ("string_equal", "qcs:request_tag"),
        ("null_equal", "qcs:resource_tag"),
        ("numeric_equal", "qcs:resource_tag"),
    ],
)
def test_tag_conditions_that_need_no_qualifier(operator: str, key: str) -> None:
    assert "CAM310" not in [code for code, _ in told({operator: {key: "1"}}, "cvm:*")]


def test_a_missing_qualifier_is_named_with_the_whole_operator() -> None:
    (one,) = lint(statement({"string_like_if_exist": {"qcs:resource_tag": "a&b*"}}, "cvm:*"))
    assert one.help == "write for_any_value:string_like_if_exist"


# CAM311 vacuous-for-all


@pytest.mark.parametrize(
    "beside",
    [
        {"null_equal": {"bmvpc:unVpcId": "false"}},
        {"string_like": {"bmvpc:unVpcId": "vpc-*"}},
        {"for_any_value:string_equal": {"bmvpc:unVpcId": "vpc-a1b2c3d4"}},
        {"null_equal": {"bmvpc:unVpcId/x": "false"}},
    ],
)
def test_a_second_condition_that_needs_the_key_answers_for_all(beside: dict[str, object]) -> None:
    every = {"for_all_value:string_equal": {"bmvpc:unVpcId": ["vpc-a1b2c3d4"]}}
    assert told({**every, **beside}, "bmeip:*") == []
    assert told(every, "bmeip:*") == [("CAM311", "for_all_value")]


@pytest.mark.parametrize(
    ("operator", "effect", "beside"),
    [
        ("for_all_value:string_equal_if_exist", "allow", {}),
        ("for_all_value:string_not_equal", "allow", {}),
        ("for_all_value:string_equal", "deny", {}),
    ],
)
def test_where_for_all_is_left_alone(operator: str, effect: str, beside: dict[str, object]) -> None:
    condition = {operator: {"bmvpc:unVpcId": "vpc-a1b2c3d4"}, **beside}
    assert told(condition, "bmeip:*", effect) == []


@pytest.mark.parametrize(
    "beside", [{"null_equal": {"k": "true"}}, {"string_equal_if_exist": {"k": "a"}}]
)
def test_conditions_that_hold_without_the_key_do_not_answer(beside: dict[str, object]) -> None:
    condition = {"for_all_value:string_equal": {"k": "a"}, **beside}
    assert told(condition, "bmeip:*") == [("CAM311", "for_all_value")]


# CAM314 expired-condition

PAST, FUTURE = "2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("effect", "condition", "marked"),
    [
        ("allow", {"date_less_than": {"qcs:current_time": PAST}}, PAST),
        ("allow", {"date_less_than_equal_if_exist": {"qcs:current_time": PAST}}, PAST),
        ("allow", {"date_equal": {"qcs:current_time": PAST}}, PAST),
        ("deny", {"date_less_than": {"qcs:current_time": PAST}}, PAST),
        ("deny", {"date_greater_than": {"qcs:current_time": PAST}}, PAST),
        ("allow", {"date_less_than": {"qcs:current_time": FUTURE}}, None),
        ("allow", {"date_less_than": {"qcs:current_time": [PAST, FUTURE]}}, None),
        ("allow", {"date_less_than": {"qcs:current_time": ["2020-01-01T00:00:00Z", PAST]}}, PAST),
        ("allow", {"date_greater_than": {"qcs:current_time": PAST}}, None),
        ("deny", {"date_greater_than": {"qcs:current_time": FUTURE}}, None),
        ("deny", {"date_greater_than": {"qcs:current_time": [FUTURE, PAST]}}, PAST),
        ("deny", {"date_not_equal": {"qcs:current_time": PAST}}, None),
        ("allow", {"date_less_than": {"cvm:created": PAST}}, None),
        ("allow", {"date_less_than": {"qcs:current_time": "soon"}}, None),
        ("allow", {"date_less_than": {"qcs:current_time": 1577836800}}, None),
        ("allow", {"string_equal": {"qcs:current_time": PAST}}, None),
        ("allow", {"date_less_than": {"qcs:current_time": "2025-12-31 00:00:00"}}, None),
        ("allow", {"date_less_than": {"qcs:current_time": "2025-12-30"}}, "2025-12-30"),
        (
            "deny",
            {
                "date_greater_than": {"qcs:current_time": PAST},
                "date_less_than": {"qcs:current_time": "2026-02-01T00:00:00Z"},
            },
            None,
        ),
        (
            "deny",
            {
                "date_greater_than": {"qcs:current_time": PAST},
                "date_greater_than_equal": {"qcs:current_time": "2026-02-01T00:00:00Z"},
            },
            None,
        ),
        (
            "deny",
            {
                "date_greater_than": {"qcs:current_time": "2025-01-01T00:00:00Z"},
                "date_less_than": {"qcs:current_time": PAST},
            },
            PAST,
        ),
    ],
)
def test_dates_in_the_past(effect: str, condition: dict[str, object], marked: str | None) -> None:
    found = lint(statement(condition, "trtc:RemoveUser", effect), select=("CAM314",))
    assert [one.offending for one in found] == ([] if marked is None else [f'"{marked}"'])


def test_a_date_in_another_form_is_less_sure() -> None:
    for date, sure in ((PAST, Confidence.HIGH), ("2025-01-01 00:00:00", Confidence.MEDIUM)):
        (one,) = lint(statement({"date_less_than": {"qcs:current_time": date}}, "cvm:*"))
        assert one.confidence is sure


# CAM315 wildcard-without-like


@pytest.mark.parametrize(
    ("condition", "fixed"),
    [
        (
            {"for_any_value:string_not_equal_if_exist": {"qcs:request_tag": "a&*"}},
            {"for_any_value:string_not_like_if_exist": {"qcs:request_tag": "a&*"}},
        ),
        ({"string_equal": {"vpc:region": "ap-*", "qcs:uin": "1"}}, None),
        ({"string_equal": {"vpc:region": "ap-*"}, "string_like": {"qcs:uin": "1*"}}, None),
        ({"string_equal": {"vpc:region": "ap-*-1"}}, None),
        ({"string_equal": {"vpc:region": "*"}}, None),
        ({"string_equal_ignore_case": {"vpc:region": "AP-*"}}, None),
        ({"binary_equal": {"vpc:region": "ap-*"}}, None),
        ({"string_equal": {"oidc:aud": "sts.*"}}, None),
    ],
)
def test_a_star_under_a_plain_operator(
    condition: dict[str, dict[str, str]], fixed: dict[str, object] | None
) -> None:
    assert [code for code, _ in told(condition, "vpc:DeleteSubnet")] == ["CAM315"]
    assert mended(condition, "vpc:DeleteSubnet") == (fixed or condition)


@pytest.mark.parametrize(
    "operator", ["string_like", "string_not_like", "numeric_equal", "ip_equal"]
)
def test_a_star_under_other_operators(operator: str) -> None:
    assert told({operator: {"vpc:region": "ap-*"}}, "vpc:DeleteSubnet") == []


def test_several_starred_values_are_one_slip() -> None:
    condition = {"string_equal": {"vpc:region": ["*-guangzhou*", "ap-*"]}}
    (one,) = lint(statement(condition, "vpc:DeleteSubnet"))
    assert one.offending == '"*-guangzhou*"'
    assert len(one.related) == 1


# CAM316 redundant-condition-value


@pytest.mark.parametrize(
    ("operator", "values", "left"),
    [
        ("string_equal", ["a", "A", "a"], ["a", "A"]),
        ("string_equal", ["1", 1, 1], ["1", 1]),
        ("string_equal", [True, 1, "1"], ["true", 1, "1"]),
        ("string_equal", ["<a>", "<a>"], ["<a>", "<a>"]),
        ("string_equal_ignore_case", ["a", "A", "ä", "Ä"], ["a", "ä", "Ä"]),
        ("string_like", ["a*", "ab", "ab*", "*b"], ["a*", "*b"]),
        ("string_like", ["*a*", "ba", "a*"], ["*a*"]),
        ("string_like", ["*", "a"], ["*", "a"]),
        ("string_like", ["a*c", "abc"], ["a*c", "abc"]),
        ("string_like", ["a*", "a*c"], ["a*"]),
        ("string_like", ["${uin}*", "${uin}a"], ["${uin}*", "${uin}a"]),
        ("string_not_like", ["a*", "ab"], ["a*", "ab"]),
        ("string_not_equal", ["a", "b", "a"], ["a", "b"]),
        ("numeric_equal", [1, "1.0", "01", 2], [1, 2]),
        ("numeric_equal", [10**400, 10**400], [10**400]),
        ("numeric_less_than", [5, 7, 7], [7]),
        ("numeric_greater_than_equal", ["5", 7], ["5"]),
        ("numeric_not_equal", [1, "1.0"], [1, "1.0"]),
        ("ip_equal", ["10.0.0.0/8", "10.1.2.3", "10.1.0.0/16"], ["10.0.0.0/8"]),
        ("ip_equal", ["10.1.2.3", "10.1.2.3/32"], ["10.1.2.3"]),
        ("ip_equal", ["10.1.2.9/24", "10.1.2.9/24"], ["10.1.2.9/24"]),
        ("ip_equal", ["10.1.2.9/24", "10.1.2.3"], ["10.1.2.9/24", "10.1.2.3"]),
        ("ip_equal", ["10.1.2.9/24", "10.1.0.0/16"], ["10.1.0.0/16"]),
        ("ip_equal", ["0.0.0.0/0", "10.1.2.3"], ["0.0.0.0/0", "10.1.2.3"]),
        ("ip_equal", ["::/64", "0.0.0.1", "::1"], ["::/64", "0.0.0.1"]),
        ("ip_not_equal", ["10.0.0.0/8", "10.1.2.3"], ["10.0.0.0/8", "10.1.2.3"]),
        ("date_equal", [FUTURE, "2026-01-01 00:00:00"], [FUTURE, "2026-01-01 00:00:00"]),
        ("date_less_than", [FUTURE, "2027-01-01T00:00:00Z"], ["2027-01-01T00:00:00Z"]),
        ("bool_equal", ["true", "true"], ["true"]),
    ],
)
def test_which_values_are_left(operator: str, values: list[object], left: list[object]) -> None:
    assert mended({operator: {"my:key": values}}, "vpc:DeleteSubnet") == {
        operator: {"my:key": left}
    }


def left_of(operator: str, values: list[str]) -> list[str]:
    """The values of which nothing is said."""
    said = lint(statement({operator: {"my:key": values}}, "vpc:DeleteSubnet"), select=("CAM316",))
    gone = {int(one.pointer.rpartition("/")[2]) for one in said}
    assert len(gone) == len(said)
    return [value for index, value in enumerate(values) if index not in gone]


@given(st.lists(st.text("ab*", max_size=3), min_size=2, max_size=6), st.text("ab", max_size=4))
def test_what_is_left_of_patterns_matches_the_same(values: list[str], text: str) -> None:
    left = left_of("string_like", values)
    assert any(matcher(one)(text) for one in values) == any(matcher(one)(text) for one in left)


ADDRESSES = st.integers(0, 15)
NETWORKS = st.tuples(ADDRESSES, st.integers(28, 32))


@given(st.lists(NETWORKS, min_size=2, max_size=6), ADDRESSES)
def test_what_is_left_of_networks_holds_the_same(values: list[tuple[int, int]], at: int) -> None:
    written = [f"192.0.2.{low}/{prefix}" for low, prefix in values]

    def held(texts: list[str]) -> bool:
        networks = [parse_network(text) for text in texts]
        base = int.from_bytes(bytes((192, 0, 2, at)))
        return any(one is not None and one.low <= base <= one.high for one in networks)

    assert held(written) == held(left_of("ip_equal", written))


# CAM317 if-exist-weakens


@pytest.mark.parametrize(
    ("action", "condition", "weak"),
    [
        ("cos:*", {"string_equal_if_exist": {"cos:prefix": "a"}}, True),
        ("*", {"string_equal_if_exist": {"cos:content-type": "a"}}, True),
        ("cvm:*", {"for_any_value:string_equal_if_exist": {"qcs:request_tag": "a&b"}}, True),
        ("cvm:*", {"string_equal_if_exist": {"cos:prefix": "a"}}, False),
        ("cos:Get*", {"string_equal_if_exist": {"cos:prefix": "a"}}, False),
        ("cos:*", {"string_not_equal_if_exist": {"cos:prefix": "a"}}, False),
        ("cos:*", {"ip_equal_if_exist": {"qcs:ip": "10.0.0.0/8"}}, False),
        ("cos:*", {"string_equal_if_exist": {"vpc:requester_vpc": "vpc-a1b2c3d4"}}, False),
        (
            "cos:*",
            {"string_equal_if_exist": {"cos:prefix": "a"}, "ip_equal": {"qcs:ip": "10.1.2.3"}},
            False,
        ),
    ],
)
def test_allows_that_a_missing_key_unbinds(
    action: str, condition: dict[str, object], weak: bool
) -> None:
    assert ("CAM317" in codes(statement(condition, action))) is weak
    assert "CAM317" not in codes(statement(condition, action, "deny"))


def test_a_deny_on_the_key_binds_it_again() -> None:
    allow = statement({"string_equal_if_exist": {"cos:prefix": "a"}}, "cos:*")
    deny = statement({"string_not_equal_if_exist": {"cos:prefix": "a"}}, "cos:GetBucket", "deny")
    assert codes(allow) == ["CAM317"]
    assert codes(allow, deny) == []
    other = statement(
        {"string_not_equal_if_exist": {"cos:versionid": "a"}}, "cos:GetObject", "deny"
    )
    assert codes(allow, other) == ["CAM317"]


def test_keys_under_one_operator_are_one_finding() -> None:
    keys = {"cos:prefix": "a", "cos:versionid": "b"}
    (one,) = lint(statement({"string_equal_if_exist": keys}, "cos:*"))
    assert "cos:prefix and cos:versionid" in one.message


# CAM318 negated-list


@pytest.mark.parametrize(
    ("operator", "values", "told_of"),
    [
        ("ip_not_equal", ["10.1.2.3", "10.1.2.4"], True),
        ("for_any_value:string_not_like_if_exist", ["a", "b"], True),
        ("numeric_not_equal", [1, 2], True),
        ("ip_not_equal", ["10.1.2.3"], False),
        ("ip_equal", ["10.1.2.3", "10.1.2.4"], False),
        ("ip_not_equal", ["10.1.2.3", "10.1.2.3"], False),
    ],
)
def test_negated_lists(operator: str, values: list[object], told_of: bool) -> None:
    for effect in ("allow", "deny"):
        found = codes(statement({operator: {"qcs:ip": values}}, "cdb:*", effect))
        assert ("CAM318" in found) is told_of


# CAM319 key-ignored-by-action


@pytest.mark.parametrize(
    ("action", "condition"),
    [
        ("cos:PutObject", {"string_equal": {"cos:x-cos-acl": "private"}}),
        ("cos:GetObject", {"string_equal": {"cos:content-type": "a"}}),
        ("cos:GetObject", {"string_equal_if_exist": {"cos:x-cos-acl": "private"}}),
        ("cos:GetObject", {"null_equal": {"cos:x-cos-acl": "true"}}),
        ("cos:GetObjekt", {"string_equal": {"cos:x-cos-acl": "private"}}),
        ("cos:Put*", {"string_equal": {"cos:x-cos-acl": "private"}}),
        ("permid/280655", {"string_equal": {"cos:x-cos-acl": "private"}}),
        ("cvm:RunInstances", {"for_any_value:string_equal": {"qcs:request_tag": "a&b"}}),
        ("cos:GetObject", {"ip_equal": {"qcs:ip": "10.1.2.3"}}),
        ("cos:GetObject", {"string_equal": {"my:key": "a"}}),
    ],
)
def test_keys_that_may_be_there(action: str, condition: dict[str, object]) -> None:
    for effect in ("allow", "deny"):
        assert told(condition, action, effect) == []


@pytest.mark.parametrize(
    ("action", "key", "operator", "sure"),
    [
        ("name/cos:GetObject", "cos:x-cos-acl", "string_equal", Confidence.HIGH),
        ("cvm:RunInstances", "cos:prefix", "string_not_equal", Confidence.MEDIUM),
        ("cos:Delete*", "cos:x-cos-acl", "string_equal", Confidence.MEDIUM),
        ("cvm:*", "cos:x-cos-acl", "string_equal", Confidence.MEDIUM),
        ("cos:GetObject", "qcs:request_tag", "for_any_value:string_equal", Confidence.HIGH),
    ],
)
def test_keys_that_are_never_there(action: str, key: str, operator: str, sure: Confidence) -> None:
    for effect in ("allow", "deny"):
        (one,) = lint(statement({operator: {key: "a"}}, action, effect))
        assert (one.code, one.offending, one.confidence) == ("CAM319", f'"{key}"', sure)


# CAM320 deny-misses-absent-key


@pytest.mark.parametrize(
    ("action", "key", "fixed"),
    [
        ("cos:PutObject", "cos:x-cos-acl", True),
        (["cos:PutObject", "cos:PutObjectACL"], "cos:x-cos-acl", True),
        (["cos:PutObject", "cos:Put*"], "cos:x-cos-acl", False),
        ("cos:*", "cos:x-cos-acl", False),
        ("*", "cos:x-cos-acl", False),
        ("cos:PutObject", "cos:content-type", False),
        (["cos:PutObject", "permid/280655"], "cos:x-cos-acl", False),
    ],
)
def test_denies_that_are_passed_without_the_key(action: object, key: str, fixed: bool) -> None:
    condition = {"string_not_equal": {key: "private"}}
    (one,) = lint(statement(condition, action, "deny"), select=("CAM320",))
    assert [fix.safety for fix in one.fixes] == [Safety.NARROWING] * fixed
    after = {"string_not_equal_if_exist": {key: "private"}} if fixed else condition
    assert mended(condition, action, "deny") == after


@pytest.mark.parametrize(
    "condition",
    [
        {"string_not_equal": {"cos:x-cos-acl": "private", "qcs:uin": "1"}},
        {
            "string_not_equal": {"cos:x-cos-acl": "private"},
            "string_not_equal_if_exist": {"qcs:uin": "1"},
        },
    ],
)
def test_an_operator_that_others_share_is_left_to_the_author(condition: dict[str, object]) -> None:
    assert mended(condition, "cos:PutObject", "deny") == condition
    assert "CAM320" in codes(statement(condition, "cos:PutObject", "deny"))


@pytest.mark.parametrize(
    ("operator", "key"),
    [
        ("ip_not_equal", "qcs:ip"),
        ("date_not_equal", "qcs:current_time"),
        ("for_any_value:string_not_equal", "qcs:resource_tag"),
        ("for_any_value:string_not_equal", "qcs:request_tag"),
        ("string_equal", "cos:x-cos-acl"),
        ("string_not_equal_if_exist", "cos:x-cos-acl"),
        ("string_not_equal", "vpc:requester_vpc"),
        ("for_all_value:string_not_equal", "cos:x-cos-acl"),
    ],
)
def test_denies_that_nobody_passes_by_leaving_something_out(operator: str, key: str) -> None:
    assert "CAM320" not in codes(statement({operator: {key: "a&b"}}, "cos:PutBucket", "deny"))


def test_an_allow_that_waives_the_key_silences_the_deny() -> None:
    deny = statement({"string_not_equal": {"cos:versionid": "a"}}, "cos:GetObject", "deny")
    waiving = statement({"string_equal_if_exist": {"cos:versionid": "a"}}, "cos:GetObject")
    asking = statement({"string_equal": {"cos:versionid": "a"}}, "cos:GetObject")
    assert codes(waiving, deny) == []
    assert codes(asking, deny) == ["CAM320"]


def test_actions_without_the_key_are_told_once() -> None:
    condition = {"string_not_equal": {"cos:x-cos-acl": "private"}}
    assert codes(statement(condition, "cos:GetObject", "deny")) == ["CAM319"]
    both = statement(condition, ["cos:GetObject", "cos:PutObject"], "deny")
    assert codes(both) == ["CAM319", "CAM320"]


# CAM321 boolean-literal


def test_literals_in_lists_and_alone() -> None:
    condition = {"null_equal": {"my:key": True}, "bool_equal": {"my:key": [False, "true"]}}
    assert [code for code, _ in told(condition, "cvm:*")] == ["CAM321", "CAM321"]
    fixed = {"null_equal": {"my:key": "true"}, "bool_equal": {"my:key": ["false", "true"]}}
    assert mended(condition, "cvm:*") == fixed


@pytest.mark.parametrize("operator", ["numeric_equal", "date_less_than", "ip_equal"])
def test_literals_where_no_truth_value_can_be_meant(operator: str) -> None:
    assert told({operator: {"my:key": True}}, "cvm:*") == []


def test_numbers_are_no_truth_values() -> None:
    assert told({"bool_equal": {"my:key": [0, 1]}}, "cvm:*") == []


# CAM322 tag-unsupported-service

TAGGED = {"for_any_value:string_equal": {"qcs:resource_tag": "a&b"}}


@pytest.mark.parametrize(
    ("action", "told_of"),
    [
        ("captcha:DescribeCaptchaUserAllAppId", True),
        (["captcha:*", "dnspod:*"], True),
        (["captcha:*", "cvm:*"], False),
        (["captcha:*", "nosuch:*"], False),
        (["captcha:*", "permid/280655"], False),
        ("*", False),
        ("cvm:*", False),
    ],
)
def test_products_that_do_not_see_tags(action: object, told_of: bool) -> None:
    assert ("CAM322" in [code for code, _ in told(TAGGED, action)]) is told_of


def test_a_product_and_conditions_on_tags_make_one_finding() -> None:
    condition = {**TAGGED, "null_equal": {"qcs:resource_tag/env": "false"}}
    assert told(condition, "captcha:*") == [("CAM322", '"qcs:resource_tag"')]


# CAM323 unencoded-query-value


@pytest.mark.parametrize(
    ("value", "encoded"),
    [
        ("a/b", "a%2Fb"),
        ("a%2Fb/c", "a%2Fb%2Fc"),
        ("报告", "%E6%8A%A5%E5%91%8A"),
        ("a b+c=d", "a%20b%2Bc%3Dd"),
        ("${uin}/", "${uin}%2F"),
        ("a%2fb", None),
        ("MTg0NDUxNTc1NjIzMTQ1MDAwODg", None),
        ("a-b_c.d~e", None),
        ("", None),
    ],
)
def test_what_is_url_encoded(value: str, encoded: str | None) -> None:
    wanted = {"string_equal": {"cos:prefix": value if encoded is None else encoded}}
    assert mended({"string_equal": {"cos:prefix": value}}, "cos:GetBucket") == wanted


@pytest.mark.parametrize("value", ["100%", "a%25/b", "\ud800"])
def test_a_value_that_can_be_encoded_in_two_ways_is_left_to_the_author(value: str) -> None:
    for one in lint(statement({"string_equal": {"cos:prefix": value}}, "cos:GetBucket")):
        assert (one.code, one.fixes) == ("CAM323", ())


def test_headers_and_other_families_are_not_encoded() -> None:
    assert told({"string_equal": {"cos:content-type": "image/jpeg"}}) == []
    assert told({"numeric_equal": {"cos:prefix": "a/b"}}, "cos:GetBucket") == []


# CAM324 condition-with-wildcard-action


@pytest.mark.parametrize(
    ("effect", "action", "condition", "told_of"),
    [
        ("allow", "cos:*", {"string_equal": {"cos:prefix": "a"}}, True),
        ("allow", "name/*:*", {"string_not_equal": {"cos:prefix": "a"}}, True),
        ("allow", "cos:*", {"string_equal_if_exist": {"cos:prefix": "a"}}, False),
        ("deny", "cos:*", {"string_equal": {"cos:prefix": "a"}}, False),
        ("deny", "cos:*", {"string_equal_if_exist": {"cos:prefix": "a"}}, True),
        ("deny", "cos:*", {"null_equal": {"cos:prefix": "true"}}, True),
        ("allow", "cos:Get*", {"string_equal": {"cos:prefix": "a"}}, False),
        ("allow", "cos:*", {"string_equal": {"cos:content-type": "a"}}, False),
        ("allow", "cos:*", {"ip_equal": {"qcs:ip": "10.1.2.3"}}, False),
        ("allow", "cos:*", {"for_any_value:string_equal": {"qcs:request_tag": "a&b"}}, False),
        ("allow", "cos:*", {"for_all_value:string_equal": {"cos:prefix": "a"}}, False),
    ],
)
def test_every_operation_beside_a_key_of_a_few(
    effect: str, action: str, condition: dict[str, object], told_of: bool
) -> None:
    assert ("CAM324" in [code for code, _ in told(condition, action, effect)]) is told_of


# CAM325 superseded-condition-key


@pytest.mark.parametrize(
    ("key", "action", "present"),
    [
        ("qcs:tag", "cvm:*", "qcs:resource_tag"),
        ("qcs:tag/env", "cvm:*", "qcs:resource_tag/env"),
        ("qcs:vpc", "cos:GetObject", "vpc:requester_vpc"),
        ("qcs:vpc", "cvm:*", None),
        ("qcs:resource_tag", "cvm:*", None),
        ("QCS:TAG", "cvm:*", None),
    ],
)
def test_keys_that_were_replaced(key: str, action: str, present: str | None) -> None:
    found = lint(statement({"for_any_value:string_equal": {key: "a&b"}}, action))
    wanted = [] if present is None else [f"write {present}"]
    assert [one.help for one in found if one.code == "CAM325"] == wanted
