"""How many known actions read, write, change rights and are sensitive, in words."""

from collections.abc import Iterable

from camlint.catalog.action import Action
from camlint.wording import join_words

SHOWN = 2
"""Sensitive actions that are named."""

WORDS = (
    (("list", "read"), "reads", "read"),
    (("write",), "writes", "write"),
    (("permissions",), "changes who has access", "change who has access"),
    (("tagging",), "changes tags", "change tags"),
)
"""What one action and several do, by their levels."""


def count_levels(actions: Iterable[Action]) -> str:
    """``63 read, 80 write; 12 are sensitive, such as DescribeSecret and DismissRoom``.

    Levels without an action are left out; ``""`` where there is no action at all.
    """
    counted = tuple(actions)
    parts = []
    for levels, one, several in WORDS:
        count = sum(1 for action in counted if action.level in levels)
        if count:
            parts.append(f"{count} {one if count == 1 else several}")
    told = ", ".join(parts)
    sensitive = sorted(
        (action for action in counted if action.groups),
        key=lambda action: (action.level != "permissions", "credentials" not in action.groups),
    )
    if sensitive:
        named = join_words(action.name for action in sensitive[:SHOWN])
        such = f", such as {named}" if len(sensitive) > SHOWN else f": {named}"
        told += f"; {len(sensitive)} {'is' if len(sensitive) == 1 else 'are'} sensitive{such}"
    return told
