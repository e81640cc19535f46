"""When statements hold that cover another one, in words: what a proof about conditions rests on."""

from collections.abc import Sequence

from camlint.policy.statement import Statement


def say_when(statement: Statement) -> str:
    """`` when qcs:ip is in 10.0.0.0/8``, ``""`` for a statement that always holds."""
    return f" when {statement.circumstances}" if statement.conditions else ""


def say_why(statement: Statement, others: Sequence[Statement]) -> str:
    """Why others cover a statement although they don't always hold; ``""`` where they do."""
    conditional = [one for one in others if one.conditions]
    if not conditional:
        return ""
    if not statement.conditions and len(others) == 1:
        return "that one holds for each of these requests, conditions and all"
    if not statement.conditions:
        return "taken together, the conditions of those leave none of these requests out"
    if {one.circumstances for one in conditional} == {statement.circumstances}:
        return "the conditions are the same"
    holds = "one of those holds" if len(others) > 1 else "that one holds"
    return f"whenever {statement.circumstances}, {holds} too"
