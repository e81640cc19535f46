"""Condition keys whose value follows from the action of a request, so that nobody can choose it.

Source: https://cloud.tencent.com/document/product/598/105584
"""

from camlint.access.intersections import intersect
from camlint.catalog.verbs import READING_VERBS
from camlint.patterns import matcher
from camlint.policy.statement import Statement

READ_ONLY = "qcs:read_only_action"
NOT_BILLING = "qcs:except_cam_finance"
DERIVED = (READ_ONLY, NOT_BILLING)
"""1 for actions that read, and for those of every service but CAM and billing; 0 for all others."""

_EXCEPTED = ("cam", "finance")

Derived = tuple[str, str]
"""The values of the two keys, each ``"1"`` or ``"0"``."""

ANY: frozenset[Derived] = frozenset({("0", "0"), ("0", "1"), ("1", "0"), ("1", "1")})
"""What follows from actions of which nothing is known."""


def derive(service: str, operation: str) -> Derived:
    """The values of the keys for one action."""
    reading = any(operation.startswith(verb) for verb in READING_VERBS)
    return ("1" if reading else "0", "0" if service in _EXCEPTED else "1")


def split(service: str, operation: str) -> list[tuple[str, str, Derived]]:
    """The actions of a pattern in patterns of which the keys have one value each.

    A pattern with the value of the rest stands for those of its actions that are in no other one.
    """
    services = [(service, "0" if service in _EXCEPTED else "1")]
    if "*" in service:
        matches = matcher(service)
        services += [(one, "0") for one in _EXCEPTED if matches(one)]
    operations = [(operation, derive(service, operation)[0])]
    if "*" in operation and operations[0][1] == "0":
        for verb in sorted(READING_VERBS):
            operations += [(one, "1") for one in intersect(operation, verb + "*")]
    return [
        (one, other, (reading, billing))
        for one, billing in services
        for other, reading in operations
    ]


def derive_all(statement: Statement) -> frozenset[Derived]:
    """What the keys may be for the actions of a statement."""
    found: set[Derived] = set()
    for action in statement.actions:
        if action.name.opaque:
            return ANY
        parts = split(action.name.service.text, action.name.operation.text)
        found.update(derived for _, _, derived in parts)
    return frozenset(found) if statement.complete and found else ANY
