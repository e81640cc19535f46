"""Conditions as people say them: ``qcs:ip were in 10.0.0.0/8``."""

from collections.abc import Iterable, Sequence

from camlint.policy.condition_words import say_operator
from camlint.policy.elements import Condition, Scalar
from camlint.wording import join_words, quote

MOST_NAMED = 3
"""How many values of a condition are named."""

_HOLD = {"is": "holds", "were": "held", "": "holding"}
_BOUNDS = {
    "qcs:read_only_action": "the action {} one that reads",
    "qcs:except_cam_finance": "the action {} of another service than cam and finance",
}
"""What conditions on keys that follow from the action come to when they ask for 1.

Source: https://cloud.tencent.com/document/product/598/105584
"""


def say_holding(conditions: Sequence[Condition], verb: str) -> str:
    """What conditions on one key ask for, after ``if``; ``verb`` is ``is`` or ``were``."""
    key = conditions[0].key
    if key in _BOUNDS and all(one.values in ((1,), ("1",)) for one in conditions):
        return _BOUNDS[key].format(verb)
    if _wants_absence(conditions):
        return f"the request {'has' if verb == 'is' else 'had'} no {key}"
    asked = [text for one in conditions if (text := _say(one, verb))]
    if not asked:
        return f"the request {'has' if verb == 'is' else 'had'} {key}"
    return f"{key} {join_words(asked)}"


def say_coming(conditions: Sequence[Condition]) -> str:
    """The same of a key that the request lacks, after ``it came``: ``with qcs:ip in 10.0.0.0/8``."""
    key = conditions[0].key
    asked = [text for one in conditions if (text := _say(one, ""))]
    return f"with {key} {join_words(asked)}" if asked else f"with {key}"


def say_condition(condition: Condition) -> str:
    """A condition in short, for lists: ``qcs:ip is in 10.0.0.0/8``."""
    if _wants_absence((condition,)):
        return f"no {condition.key}"
    asked = _say(condition, "is")
    suffix = " or absent" if condition.if_exist else ""
    return f"{condition.key} {asked}{suffix}" if asked else f"any {condition.key}"


def _wants_absence(conditions: Iterable[Condition]) -> bool:
    return any(one.base == "null_equal" and one.when_absent for one in conditions)


def _say(condition: Condition, verb: str) -> str:
    """The predicate with its verb, ``""`` where any value will do; without a verb for ``with``."""
    known = condition.known
    lead = f"{verb} " if verb else ""
    if known is None:
        return f"{lead}as {quote(condition.operator)} asks"
    if known.family == "null":
        return ""
    said = say_operator(condition, list_values(condition.values))
    equal = not known.order and known.family != "ip" and "like" not in known.name
    if equal and not verb and not known.negated and not condition.qualifier:
        said = f"set to {said}"
    if condition.qualifier:
        only = "only " if condition.qualifier == "for_all_value" else ""
        plain = known.family in ("string", "binary") and not known.negated
        return f"{_HOLD[verb]} {only}{'' if plain else 'what is '}{said}"
    return lead + said


def list_values(values: tuple[Scalar, ...]) -> str:
    """The values of a condition, any of which will do."""
    named = [
        value if isinstance(value, str) and value.strip() else quote(value)
        for value in values[:MOST_NAMED]
    ]
    if len(values) > MOST_NAMED:
        named.append(f"{len(values) - MOST_NAMED} more")
    return " or ".join(named) if named else "nothing"
