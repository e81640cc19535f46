"""How much conditions keep people out: each row of the table, and how rows go together."""

from typing import Any

import pytest

from camlint.access.strength import (
    TABLE,
    Strength,
    strength_against,
    strength_of,
    strongest,
)
from camlint.kinds import Kind
from camlint.policy.read import read_policy
from camlint.policy.statement import Statement


def statement(condition: dict[str, Any], effect: str = "allow") -> Statement:
    plain = {"effect": effect, "action": "*", "resource": "*", "condition": condition}
    (one,) = read_policy({"version": "2.0", "statement": [plain]}, Kind.IDENTITY).statements
    return one


ROWS: list[tuple[dict[str, Any], Strength]] = [
    ({"string_equal_if_exist": {"qcs:uin": "1"}}, Strength.WEAK),
    ({"null_equal": {"mfa": "false"}}, Strength.WEAK),
    ({"for_all_value:string_equal": {"qcs:request_tag": "a&b"}}, Strength.WEAK),
    ({"string_not_equal": {"qcs:uin": "1"}}, Strength.WEAK),
    ({"ip_equal": {"qcs:ip": "0.0.0.0/0"}}, Strength.WEAK),
    ({"ip_equal": {"qcs:ip": ["203.0.113.7", "nonsense"]}}, Strength.WEAK),
    ({"date_greater_than": {"qcs:current_time": "2020-01-01T00:00:00Z"}}, Strength.WEAK),
    ({"string_equal": {"cos:x-cos-acl": "private"}}, Strength.WEAK),
    ({"string_equals": {"qcs:uin": "1"}}, Strength.WEAK),
    ({"numeric_equal": {"mfa": 1}}, Strength.STRONG),
    ({"string_equal": {"qcs:mfa": "1"}}, Strength.STRONG),
    ({"for_any_value:string_equal": {"qcs:resource_tag": "a&b"}}, Strength.STRONG),
    ({"string_equal": {"qcs:resource_tag/env": "test"}}, Strength.STRONG),
    ({"ip_equal": {"qcs:ip": ["203.0.0.0/16", "2001:db8::/32"]}}, Strength.STRONG),
    ({"string_equal": {"vpc:requester_vpc": "vpc-a"}}, Strength.STRONG),
    ({"string_equal": {"qcs:create_uin": "${uin}"}}, Strength.STRONG),
]


@pytest.mark.parametrize(("condition", "strength"), ROWS)
def test_one_condition(condition: dict[str, Any], strength: Strength) -> None:
    assert strength_of(statement(condition)) is strength


def test_the_table_has_a_row_of_each_strength() -> None:
    assert {strength for _, strength in TABLE} == set(Strength)
    assert [strength.rank for _, strength in TABLE] == sorted(one.rank for _, one in TABLE)


def test_of_an_allow_the_strongest_counts_of_a_deny_the_weakest() -> None:
    both = {"ip_equal": {"qcs:ip": "203.0.113.7"}, "string_not_equal": {"qcs:uin": "1"}}
    assert strength_of(statement(both)) is Strength.STRONG
    away = {"ip_not_equal": {"qcs:ip": "203.0.113.7"}, "string_equal": {"qcs:uin": "1"}}
    assert strength_against(statement(away, "deny")) is Strength.WEAK
    assert strength_against(statement({"ip_not_equal": {"qcs:ip": "203.0.113.7"}}, "deny")) is (
        Strength.STRONG
    )


def test_nothing_is_none() -> None:
    assert strength_of(statement({})) is Strength.NONE
    assert strongest(()) is Strength.NONE
    assert strongest((Strength.WEAK, Strength.STRONG)) is Strength.STRONG
