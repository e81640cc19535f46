"""Conditions in words: what a key has to be, and when a statement holds."""

from collections.abc import Iterable

from camlint.policy.elements import Condition, Scalar
from camlint.wording import clip, join_words, quote

SHOWN = 3
"""Values of a condition, and conditions of a statement, that a sentence names."""

_SIZES = {
    "numeric": {"": "", "<": "below ", "<=": "at most ", ">": "above ", ">=": "at least "},
    "date": {"": "", "<": "before ", "<=": "not after ", ">": "after ", ">=": "not before "},
}
_PRESETS = {
    "qcs:read_only_action": "the action reads",
    "qcs:except_cam_finance": "the action is of neither cam nor finance",
}
"""What conditions on keys that follow from the action come to when they ask for 1.

Source: https://cloud.tencent.com/document/product/598/105584
"""


def say_value(condition: Condition) -> str:
    """What the value of the key has to be, behind ``is``: ``below 5``, ``in 10.0.0.0/8``."""
    known = condition.known
    if known is None:
        return f"as {clip(condition.operator)} has it"
    if known.family == "null":
        return "absent" if condition.when_absent else "present"
    bare = known.family not in ("string", "binary")
    shown = [_show(value, bare=bare) for value in condition.values[:SHOWN]]
    if len(condition.values) > SHOWN:
        shown.append(f"{len(condition.values) - SHOWN} more")
    *most, last = shown or ["nothing"]
    values = f"{', '.join(most)} or {last}" if most else last
    if known.family == "ip" and any("/" in str(value) for value in condition.values):
        return ("outside " if known.negated else "in ") + values
    if known.order:
        return _SIZES[known.family][known.order] + values
    if known.name.endswith("_like"):
        return ("unlike " if known.negated else "like ") + values
    case = " in any case" if known.name.endswith("_ignore_case") else ""
    return ("other than " if known.negated else "") + values + case


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


def _show(value: Scalar, *, bare: bool) -> str:
    return clip(str(value)) if bare else quote(value)
