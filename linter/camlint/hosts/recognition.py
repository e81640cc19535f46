"""What makes a JSON object, or a text that should have been one, a CAM policy rather than not.

The first matching row decides:

a. capitalised keys with a resource or a version of another cloud, and no sign of CAM, or actions
   that are paths of CloudBase functions: foreign;
b. a lower-case ``statement`` that holds something like a statement, or a lone trust statement: ours;
c. a capitalised ``Statement`` with version 2.0 or any sign of CAM: ours;
d. nothing but version 2.0 and ``statement``: ours, even when empty;
e. (text that isn't JSON) quoted ``statement`` and ``effect``, or a quoted sign of CAM: ours.
"""

import re
from enum import Enum

ELEMENTS = frozenset({"effect", "action", "resource", "principal", "condition"})
PRINCIPAL_FAMILIES = frozenset({"qcs", "service", "federated"})
FOREIGN_RESOURCES = ("arn:", "acs:", "trn:", "iam:")
FOREIGN_ACTIONS = "functions:/"
"""How the rules of CloudBase, which look like policies of version 1.0, begin their actions."""
FOREIGN_VERSIONS = ("2008-", "2012-")

_QUOTE = "[\"'“”‘’«»]"
_QUOTED_WORDS = (
    re.compile(_QUOTE + r"\s*statement\s*" + _QUOTE),
    re.compile(_QUOTE + r"\s*effect\s*" + _QUOTE),
)
_QUOTED_SIGN = re.compile(_QUOTE + r"\s*(?:qcs:[^:\n]*:|name/[A-Za-z0-9_*-]+:)")
_SIGN = re.compile(r"qcs:|name/[A-Za-z0-9_*-]+:")


class Recognised(Enum):
    """What an object turned out to be."""

    POLICY = "policy"
    STATEMENT = "lone statement"
    FOREIGN = "foreign"
    OTHER = "other"


POLICY, STATEMENT, FOREIGN, OTHER = Recognised
"""The same for those who ask often: until Python 3.12, a member of an Enum is slow to get at."""


def recognise(value: dict[str, object]) -> Recognised:
    """Which row of the table above a JSON object meets."""
    if "Statement" in value and _foreign(value):
        return FOREIGN
    listed = value.get("statement")
    if isinstance(listed, (list, dict)):
        if value.get("version") == "1.0" and _of_cloudbase(listed):
            return FOREIGN
        for item in listed if type(listed) is list else (listed,):
            if _like_statement(item):
                return POLICY
        if value.get("version") == "2.0" and len(value) == 2:
            return POLICY
    if "effect" in value and "action" in value:
        principal = value.get("principal")
        if isinstance(principal, dict) and not PRINCIPAL_FAMILIES.isdisjoint(principal):
            return STATEMENT
    listed = value.get("Statement")
    if isinstance(listed, (list, dict)):
        version = value.get("version", value.get("Version"))
        if version == "2.0" or _shows_cam(value):
            return POLICY
    return OTHER


def may_hold_policy(text: str) -> bool:
    """Whether a text is worth parsing: False only when no row could recognise anything in it."""
    return (
        "tatement" in text or "effect" in text or "qcs:" in text or "name/" in text or "\\u" in text
    )


def looks_like_policy(text: str) -> bool:
    """Row e: whether a text that isn't JSON was meant to be a CAM policy."""
    if all(word.search(text) for word in _QUOTED_WORDS):
        return True
    return _QUOTED_SIGN.search(text) is not None


def _like_statement(item: object) -> bool:
    if not isinstance(item, dict):
        return False
    if "action" in item and ("effect" in item or "resource" in item):
        return True
    return len(ELEMENTS & item.keys()) >= 2 or (
        sum(1 for key in item if key.lower() in ELEMENTS) >= 2
    )


def _foreign(value: dict[str, object]) -> bool:
    version = value.get("Version", value.get("version"))
    text = str(version)
    if not (text.startswith(FOREIGN_VERSIONS) or text in ("1", "1.1")):
        listed = value["Statement"]
        items = listed if isinstance(listed, list) else [listed]
        if not any(_foreign_resource(item) for item in items):
            return False
    return not _shows_cam(value)


def _of_cloudbase(listed: object) -> bool:
    items = listed if isinstance(listed, list) else [listed]
    actions = [item.get("action") for item in items if isinstance(item, dict)]
    return bool(actions) and all(
        isinstance(action, str) and action.startswith(FOREIGN_ACTIONS) for action in actions
    )


def _foreign_resource(item: object) -> bool:
    if not isinstance(item, dict):
        return False
    written = item.get("Resource", item.get("resource"))
    listed = written if isinstance(written, list) else [written]
    return any(isinstance(one, str) and one.startswith(FOREIGN_RESOURCES) for one in listed)


def _shows_cam(value: object) -> bool:
    """Whether any text below holds ``qcs:`` or ``name/service:``."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            if _SIGN.search(item):
                return True
        elif isinstance(item, dict):
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)
    return False
