"""What a misspelt operator of a condition was meant to be: AWS's names, slips, odd modifiers."""

import re
from functools import lru_cache

from camlint.nearest import distance
from camlint.policy.misspelt import MisspeltOperator, Spelling
from camlint.policy.operators import OPERATORS, QUALIFIERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.policy.elements import Condition
    from camlint.policy.statement import Statement

LONGEST = 100
"""Characters of an operator that are looked at; the longest of CAM's has 52."""

AWS: dict[str, str] = {
    "StringEquals": "string_equal",
    "StringNotEquals": "string_not_equal",
    "StringEqualsIgnoreCase": "string_equal_ignore_case",
    "StringNotEqualsIgnoreCase": "string_not_equal_ignore_case",
    "StringLike": "string_like",
    "StringNotLike": "string_not_like",
    "NumericEquals": "numeric_equal",
    "NumericNotEquals": "numeric_not_equal",
    "NumericLessThan": "numeric_less_than",
    "NumericLessThanEquals": "numeric_less_than_equal",
    "NumericGreaterThan": "numeric_greater_than",
    "NumericGreaterThanEquals": "numeric_greater_than_equal",
    "DateEquals": "date_equal",
    "DateNotEquals": "date_not_equal",
    "DateLessThan": "date_less_than",
    "DateLessThanEquals": "date_less_than_equal",
    "DateGreaterThan": "date_greater_than",
    "DateGreaterThanEquals": "date_greater_than_equal",
    "Bool": "bool_equal",
    "BinaryEquals": "binary_equal",
    "IpAddress": "ip_equal",
    "NotIpAddress": "ip_not_equal",
    "Null": "null_equal",
    "ArnEquals": "",
    "ArnLike": "",
    "ArnNotEquals": "",
    "ArnNotLike": "",
}
"""The operators of AWS, nearly all of them Alibaba Cloud's as well, and what does their work here.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

_SHORT = {
    "eq": "equal",
    "ne": "not_equal",
    "neq": "not_equal",
    "lt": "less_than",
    "le": "less_than_equal",
    "lte": "less_than_equal",
    "gt": "greater_than",
    "ge": "greater_than_equal",
    "gte": "greater_than_equal",
    "lessthanorequal": "less_than_equal",
    "lessthanorequals": "less_than_equal",
    "greaterthanorequal": "greater_than_equal",
    "greaterthanorequals": "greater_than_equal",
    "notequals": "not_equal",
    "equals": "equal",
}
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
# Compiled on first use, since nearly every operator is right.
# An s may be the plural's, or the first letter of string_equal.
_QUALIFIED = r"(?:for)?(any|all)value(?:s(?!tring))?"
_IF_EXIST = r"ifexist(?:s(?!tring))?"
_BARE_SUFFIX = r"(?i)_?if_?exists?\Z"


def find_misspelt(statement: "Statement") -> tuple[MisspeltOperator, ...]:
    """The operators of a statement that CAM doesn't know, in order, each once."""
    groups: dict[str, list[Condition]] = {}
    for condition in statement.conditions:
        if condition.known is None:
            groups.setdefault(condition.operator, []).append(condition)
    written = statement.written_operators
    claimed: set[str] = set()
    found: list[MisspeltOperator] = []
    for text, conditions in groups.items():
        spelling = read_operator(text)
        meant = spelling.meant
        found.append(
            MisspeltOperator(
                text,
                conditions[0].operator_pointer,
                tuple(conditions),
                spelling,
                taken=meant in written or meant in claimed,
            )
        )
        claimed.add(meant)
    return tuple(found)


@lru_cache(maxsize=256)
def read_operator(text: str) -> Spelling:
    """What an operator was meant to be that isn't written as CAM has it."""
    lower = text[:LONGEST].lower().replace("\uff1a", ":")
    squashed = _NOT_LETTERS.sub("", lower)
    qualifier: str | None = ""
    rest, if_exist = _take_suffix(squashed)
    rest, found = _take_qualifiers(rest)
    if len(found) > 1:
        qualifier = None
    elif found:
        qualifier = f"for_{found.pop()}_value"
    elif ":" in lower:
        head, _, tail = lower.partition(":")
        before, suffix = _take_suffix(_NOT_LETTERS.sub("", head))
        qualifier = "" if suffix and not before else _nearest_qualifier(before)
        rest = _take_suffix(_NOT_LETTERS.sub("", tail))[0]
    base, sure = _find_base(rest)
    as_written = base != "" and re.search(rf"{base}(?![a-z])", text) is not None
    joined = base != "" and re.search(rf"{base}(?=if|for)", text) is not None
    return Spelling(
        base,
        qualifier,
        if_exist=if_exist,
        modifier=rest == _SQUASHED.get(base) and (as_written or joined),
        amazon=_find_amazon(text, rest),
        sure=sure,
    )


def _take_suffix(squashed: str) -> tuple[str, bool]:
    """What is left without ``_if_exist`` in any spelling, and whether it was there."""
    rest = re.sub(_IF_EXIST, "", squashed)
    if rest != squashed:
        return rest, True
    start = squashed.rfind("if")
    if start > 0 and distance(squashed[start + 2 :], "exist") <= 2:
        return squashed[:start], True
    return squashed, False


def _take_qualifiers(squashed: str) -> tuple[str, set[str]]:
    """What is left without qualifiers, and which of ``any`` and ``all`` there were."""
    found: set[str] = set()

    def take(match: "re.Match[str]") -> str:
        found.add(match[1])
        return ""

    return re.sub(_QUALIFIED, take, squashed), found


def _find_amazon(text: str, squashed: str) -> str:
    """AWS's name for an operator, where it is written in one word as AWS does."""
    word = re.sub(_BARE_SUFFIX, "", text[:LONGEST].rpartition(":")[2])
    return "" if "_" in word or word in ("bool", "null") else _AWS.get(squashed, "")


def _nearest_qualifier(squashed: str) -> str | None:
    """The qualifier that a text is but for a letter; None where neither is."""
    if squashed in ("any", "forany", "all", "forall"):
        return f"for_{squashed[-3:]}_value"
    for name in QUALIFIERS:
        if distance(squashed, name.replace("_", "")) < 2:
            return name
    return None


def _find_base(squashed: str) -> tuple[str, bool]:
    """The operator that a text without modifiers comes nearest to, and whether no other does."""
    known = _KNOWN.get(squashed)
    if known is not None:
        return known, True
    near: dict[str, int] = {}
    for spelt, name in _NEARBY.items():
        if squashed[:1] == spelt[:1]:
            apart = distance(squashed, spelt)
        elif squashed[-4:] == spelt[-4:]:
            # Only a slip in the first letter is believed of words that begin otherwise.
            apart = distance(squashed, spelt, 1)
            apart = apart if apart < 2 else 3
        else:
            continue
        if apart <= 2:
            near[name] = min(near.get(name, apart), apart)
    if not near:
        return "", False
    (best, least), *others = sorted(near.items(), key=lambda one: (one[1], one[0]))
    return best, all(apart > least + 1 for _, apart in others)


def _list_known() -> dict[str, str]:
    """The bases of CAM, AWS's names and common short forms, all in letters alone."""
    known = {name.lower(): base for name, base in AWS.items()}
    for family in ("string", "numeric", "number", "num", "date", "ip", "bool", "null", "binary"):
        for short, long in _SHORT.items():
            name = f"{'numeric' if family in ('number', 'num') else family}_{long}"
            if name in OPERATORS:
                known[family + short] = name
    for base in OPERATORS:
        if base.startswith("numeric_"):
            known["number" + base.removeprefix("numeric_").replace("_", "")] = base
    known["booleanequal"] = known["booleanequals"] = known["boolean"] = "bool_equal"
    known["ipnotaddress"] = "ip_not_equal"
    return known | {squashed: base for base, squashed in _SQUASHED.items()}


_SQUASHED = {base: base.replace("_", "") for base in OPERATORS}
_KNOWN = _list_known()
_AWS = {name.lower(): name for name in AWS}
_NEARBY = {spelt: base for spelt, base in _KNOWN.items() if base and len(spelt) > 5}
