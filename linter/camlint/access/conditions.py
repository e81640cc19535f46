"""The condition blocks of statements: when two are the same, and which can't be read."""

from camlint.policy.statement import Statement

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
    return any(condition.known is None for condition in statement.conditions)
