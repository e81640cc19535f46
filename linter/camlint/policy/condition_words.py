"""Conditions in words: what a key has to be, and when a statement holds."""

from collections.abc import Iterable

from camlint.policy.elements import Condition, Scalar
from camlint.wording import clip, join_words, quote

SHOWN = 3
"""Values of a condition, and conditions of a statement, that a sentence names."""

MOST = 1e18
"""Numbers from here on are in the order of their digits."""

_SIZES = {
    "numeric": {"<": "less than", "<=": "at most", ">": "greater than", ">=": "at least"},
    "date": {"<": "before", "<=": "no later than", ">": "after", ">=": "no earlier than"},
}
_PRESETS = {
    "qcs:read_only_action": "the action reads",
    "qcs:except_cam_finance": "the action is of neither cam nor finance",
}
"""What conditions on keys that follow from the action come to when they ask for 1.

Source: https://cloud.tencent.com/document/product/598/105584
"""


def say_value(condition: Condition) -> str:
    """What the value of the key has to be, behind ``is``: ``less than 5``, ``in 10.0.0.0/8``.

    The same whatever the order of the values.
    """
    known = condition.known
    if known is None:
        return f"as {clip(condition.operator)} has it"
    if known.family == "null":
        return "absent" if condition.when_absent else "present"
    bare = known.family not in ("string", "binary")
    values = sorted(condition.values, key=_rank)
    shown = [clip(str(value)) if bare else quote(value) for value in values[:SHOWN]]
    if len(values) > SHOWN:
        shown.append(f"{len(values) - SHOWN} more")
    *most, last = shown or ["nothing"]
    return say_operator(condition, f"{', '.join(most)} or {last}" if most else last)


def say_operator(condition: Condition, values: str) -> str:
    """The values of a condition, as told, with what its operator adds: ``outside 10.0.0.0/8``.

    The operator must be known, and compare values.
    """
    known = condition.known
    if known is None:
        raise ValueError(f"{condition.operator} is no operator of CAM's")
    if known.order:
        return f"{_SIZES[known.family][known.order]} {values}"
    if known.family == "ip" and "/" in values:
        return f"{'outside' if known.negated else 'in'} {values}"
    if known.name.endswith("_like"):
        return f"{'unlike' if known.negated else 'like'} {values}"
    case = " in any case" if known.name.endswith("_ignore_case") else ""
    return f"{'other than ' if known.negated else ''}{values}{case}"


def _rank(value: Scalar) -> tuple[bool, float, str]:
    """Numbers by their size, then texts."""
    if isinstance(value, str):
        return True, 0, value
    return False, float(value) if abs(value) < MOST else MOST, str(value)


def say_conditions(conditions: Iterable[Condition]) -> str:
    """When conditions hold together: ``qcs:ip is in 10.0.0.0/8 and the action reads``."""
    clauses = [_say(one) for one in conditions]
    left = len(clauses) - SHOWN
    if left > 0:
        clauses = [*clauses[:SHOWN], f"{left} more condition{'s' * (left > 1)} hold"]
    return join_words(clauses)


def _say(condition: Condition) -> str:
    key = clip(condition.key)
    if condition.preset and condition.key in _PRESETS:
        return _PRESETS[condition.key]
    value = say_value(condition)
    if condition.qualifier == "for_any_value":
        clause = f"one {key} is {value}"
    elif condition.qualifier == "for_all_value":
        clause = f"every {key} is {value}"
    else:
        clause = f"{key} is {value}"
    return f"{clause} or absent" if condition.if_exist else clause
