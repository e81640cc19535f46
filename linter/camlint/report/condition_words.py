"""Conditions as people say them: ``qcs:ip were in 10.0.0.0/8``."""

from collections.abc import Iterable, Sequence

from camlint.policy.elements import Condition, Scalar
from camlint.wording import join_words, quote

MOST_NAMED = 3
"""How many values of a condition are named."""

_COMPARED = {
    "numeric": {"<": "less than", "<=": "at most", ">": "greater than", ">=": "at least"},
    "date": {"<": "before", "<=": "no later than", ">": "after", ">=": "no earlier than"},
}


def say_conditions(conditions: Sequence[Condition], verb: str, *, had: bool = True) -> str:
    """What conditions on one key ask for, after ``if``.

    ``verb`` is ``is`` or ``were``; ``had`` tells whether the request has the key at all.
    """
    key = conditions[0].key
    if _wants_absence(conditions):
        return f"the request {'has' if verb == 'is' else 'had'} no {key}"
    asked = [text for one in conditions if (text := _say(one))]
    if not had:
        clause = f"the request {'has' if verb == 'is' else 'had'} {key}"
        return f"{clause}, {' and '.join(asked)}" if asked else clause
    return f"{key} {verb} {' and '.join(asked)}" if asked else f"the request had {key}"


def say_condition(condition: Condition) -> str:
    """A condition in short, for lists: ``qcs:ip in 10.0.0.0/8``."""
    if _wants_absence((condition,)):
        return f"no {condition.key}"
    asked = _say(condition)
    suffix = " or absent" if condition.if_exist else ""
    return f"{condition.key} {asked}{suffix}" if asked else f"any {condition.key}"


def _wants_absence(conditions: Iterable[Condition]) -> bool:
    return any(one.base == "null_equal" and one.when_absent for one in conditions)


def _say(condition: Condition) -> str:
    """The predicate, ``""`` where any value will do."""
    known = condition.known
    whole = {"for_any_value": "at least one of ", "for_all_value": "all of "}
    prefix = whole.get(condition.qualifier, "")
    if prefix:
        prefix = "with a value " if condition.qualifier == "for_any_value" else "with only values "
    if known is None:
        return f"as {quote(condition.operator)} asks"
    if known.family == "null":
        return ""
    values = _list(condition.values)
    if known.order:
        return f"{prefix}{_COMPARED[known.family][known.order]} {values}"
    if known.family == "ip":
        return f"{prefix}{'outside' if known.negated else 'in'} {values}"
    if "like" in known.name:
        return f"{prefix}{'unlike' if known.negated else 'like'} {values}"
    end = " in any case" if known.name.endswith("ignore_case") else ""
    return f"{prefix}{'other than ' if known.negated else ''}{values}{end}"


def _list(values: tuple[Scalar, ...]) -> str:
    named = [value if isinstance(value, str) and value else quote(value) for value in values]
    if not named:
        return "nothing"
    if len(named) > MOST_NAMED:
        named[MOST_NAMED - 1 :] = [f"{len(named) - MOST_NAMED + 1} more"]
        return join_words(named)
    return " or ".join(str(one) for one in named)
