"""Whether two texts of a policy differ in nothing but their layout; knows no layout itself."""

import json

from camlint.syntax.document import refuse_constant

LISTED = ("action", "resource")
"""Elements of a statement whose single value may stand with or without brackets."""


def says_the_same(one: str, other: str) -> bool:
    """Whether two texts are the same policy, or the same list of policies, laid out differently.

    What may differ: white space, the order of keys, how a string is escaped; brackets around a
    lone statement, action, resource or name of a principal; and the order and number of equal
    texts in those lists and among the values of a condition key. Numbers are compared as written.
    A text that isn't JSON, or has a key twice, is the same as no other.
    """
    try:
        return _plain(one) == _plain(other)
    except ValueError:
        return False


def _plain(text: str) -> object:
    """What a text says, without all that may differ."""
    value = json.loads(
        text,
        object_pairs_hook=_object,
        parse_int=_number,
        parse_float=_number,
        parse_constant=refuse_constant,
    )
    if isinstance(value, list):
        return [_plain_policy(item) for item in value]
    return _plain_policy(value)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made


def _number(digits: str) -> tuple[str, str]:
    """A number in its author's spelling, equal to no string."""
    return "number", digits


def _plain_policy(policy: object) -> object:
    if not isinstance(policy, dict):
        return policy
    if not any(key.lower() == "statement" for key in policy):
        return _plain_statement(policy)
    plain: dict[str, object] = {}
    for key, value in policy.items():
        if key.lower() == "statement":
            listed = [value] if isinstance(value, dict) else value
            plain[key] = (
                [_plain_statement(item) for item in listed] if isinstance(listed, list) else listed
            )
        elif key.lower() == "principal":
            plain[key] = _plain_principal(value)
        else:
            plain[key] = value
    return plain


def _plain_statement(statement: object) -> object:
    if not isinstance(statement, dict):
        return statement
    plain: dict[str, object] = {}
    for key, value in statement.items():
        if key.lower() in LISTED:
            plain[key] = _plain_list([value] if isinstance(value, str) else value)
        elif key.lower() == "principal":
            plain[key] = _plain_principal(value)
        elif key.lower() == "condition" and isinstance(value, dict):
            plain[key] = {
                operator: {name: _plain_list(values) for name, values in block.items()}
                if isinstance(block, dict)
                else block
                for operator, block in value.items()
            }
        else:
            plain[key] = value
    return plain


def _plain_principal(principal: object) -> object:
    if not isinstance(principal, dict):
        return principal
    return {
        family: _plain_list([names] if isinstance(names, str) else names)
        for family, names in principal.items()
    }


def _plain_list(value: object) -> object:
    """A list of texts and numbers as the set that it is; any other value as it stands."""
    if isinstance(value, list) and all(isinstance(item, (str, tuple)) for item in value):
        return frozenset(value)
    return value
