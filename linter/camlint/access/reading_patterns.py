"""The few patterns that keep what reads of a whole product."""

import re
from collections.abc import Iterable
from functools import lru_cache

from camlint.catalog.catalog import Catalog
from camlint.catalog.verbs import READING_VERBS

MOST_NAMED = 4
"""Reading actions that are named one by one: a list as short is clearer than patterns."""

MOST_PATTERNS = 8
"""Patterns from which nothing is proposed: nobody would read them."""

VERBS = READING_VERBS - {"Export"} | {"Head", "Options"}
"""What plainly reads and leaves nothing behind, as an exported file is."""

CREDENTIALS = "credentials"

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+|.")


@lru_cache(maxsize=512)
def keep_reading(prefix: str, catalog: Catalog) -> tuple[str, ...]:
    """Patterns of operations, then names, that stand for the reading actions of a product.

    None of them stands for a known action that does more, or that hands out credentials. Empty
    where nothing of the product is known to read, or it would take too many.
    """
    credentials = {
        action
        for kind in catalog.risks.kinds
        if kind.group == CREDENTIALS and not kind.mild
        for action in kind.actions
    }
    kept: list[str] = []
    others: list[str] = []
    for action in catalog.service(prefix).actions:
        keep = action.reads and action.verb in VERBS and action.qualified not in credentials
        (kept if keep else others).append(action.name)
    found = kept if len(kept) <= MOST_NAMED else list(_cover(kept, others, ""))
    found.sort(key=lambda one: not one.endswith("*"))
    return tuple(found) if len(found) <= MOST_PATTERNS else ()


def _cover(kept: list[str], others: list[str], start: str) -> Iterable[str]:
    """The widest patterns, cut at words, that match all names of one list and none of the other."""
    if len(kept) == 1:
        return kept
    if start and not any(name.startswith(start) for name in others):
        return (f"{start}*",)
    longer: dict[str, list[str]] = {}
    whole: list[str] = []
    for name in kept:
        word = _WORD.match(name, len(start))
        if word is None:
            whole.append(name)
        else:
            longer.setdefault(name[: word.end()], []).append(name)
    below = (_cover(names, others, beginning) for beginning, names in longer.items())
    return (*whole, *(one for found in below for one in found))
