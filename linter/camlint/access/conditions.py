"""The condition blocks of statements: when two are the same, and which can't be read."""

from camlint.policy.elements import Condition
from camlint.policy.statement import Statement

OPERATORS = frozenset(
    [
        "string_equal",
        "string_not_equal",
        "string_equal_ignore_case",
        "string_not_equal_ignore_case",
        "string_like",
        "string_not_like",
        "numeric_equal",
        "numeric_not_equal",
        "numeric_less_than",
        "numeric_less_than_equal",
        "numeric_greater_than",
        "numeric_greater_than_equal",
        "date_equal",
        "date_not_equal",
        "date_less_than",
        "date_less_than_equal",
        "date_greater_than",
        "date_greater_than_equal",
        "bool_equal",
        "binary_equal",
        "ip_equal",
        "ip_not_equal",
        "null_equal",
    ]
)
"""The operators without qualifier and suffix.

Source: https://cloud.tencent.com/document/product/598/10608
"""

QUALIFIERS = frozenset({"", "for_any_value", "for_all_value"})

Block = frozenset[tuple[str, str, frozenset[tuple[str, object]]]]
"""Conditions as a set: operator, key and values with their types, in no order."""

UNCONDITIONAL: Block = frozenset()


def read_block(statement: Statement) -> Block:
    """The conditions of a statement, such that equal blocks hold for the same requests."""
    if not statement.conditions:
        return UNCONDITIONAL
    return frozenset(
        (
            condition.operator,
            condition.key,
            frozenset((type(value).__name__, value) for value in condition.values),
        )
        for condition in statement.conditions
    )


def misspelt(statement: Statement) -> bool:
    """Whether a condition has an operator that CAM doesn't know."""
    return any(_misspelt(condition) for condition in statement.conditions)


def _misspelt(condition: Condition) -> bool:
    if condition.qualifier not in QUALIFIERS or condition.base not in OPERATORS:
        return True
    if ":" in condition.operator and not condition.qualifier:
        return True
    return condition.base == "null_equal" and condition.if_exist
