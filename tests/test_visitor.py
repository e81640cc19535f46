"""What could not be compared is told, however few statements a policy has."""

import json

from camlint.api import lint_text


def codes(statements: list[dict[str, object]]) -> list[str]:
    text = json.dumps({"version": "2.0", "statement": statements})
    return [one.code for one in lint_text(text).diagnostics]


def allow(actions: list[str]) -> dict[str, object]:
    return {"effect": "allow", "action": actions, "resource": ["qcs::cos:::b-1253653367/*"]}


def test_two_statements_that_exhaust_the_budget_are_told_of() -> None:
    many = [allow([f"cos:*a{number}x{one}*" for number in range(2500)]) for one in (1, 1)]
    assert "CAM901" in codes(many)


def test_a_large_policy_that_was_compared_is_not_told_of() -> None:
    plain = [allow([f"cos:Op{one}x{number}" for number in range(200)]) for one in (1, 2)]
    assert "CAM901" not in codes(plain)
