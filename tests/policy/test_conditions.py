"""What a condition says of itself."""

import pytest

from camlint.policy.elements import Condition, Scalar


@pytest.mark.parametrize(
    ("operator", "values", "holds"),
    [
        ("string_equal", ("a",), False),
        ("string_not_equal", ("a",), False),
        ("string_equal_if_exist", ("a",), True),
        ("for_any_value:string_equal", ("a",), False),
        ("for_any_value:string_not_equal_if_exist", ("a",), True),
        ("for_all_value:string_equal", ("a",), None),
        ("for_all_value:string_equal_if_exist", ("a",), True),
        ("null_equal", ("true",), True),
        ("null_equal", ("false",), False),
        ("null_equal", (True,), None),
        ("null_equal", ("true", "false"), None),
        ("null_equal_if_exist", ("true",), None),
        ("stringEquals", ("a",), None),
        ("if_exist", ("a",), None),
    ],
)
def test_what_a_condition_makes_of_an_absent_key(
    operator: str, values: tuple[Scalar, ...], holds: bool | None
) -> None:
    condition = Condition(
        operator, "cos:prefix", values, ("c", operator, "cos:prefix"), listed=True
    )
    assert condition.when_absent is holds
