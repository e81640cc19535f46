"""Which sensitive actions a pattern stands for, of what kind each is, and of what it takes all."""

from functools import lru_cache

from camlint.access.limits import nameable
from camlint.access.nouns import nouns_of
from camlint.access.offers import EVERYTHING
from camlint.catalog.action import Action
from camlint.catalog.catalog import Catalog
from camlint.catalog.risks import SensitiveKind
from camlint.patterns import ActionName

REMEMBERED = 8192
"""Patterns of actions whose sensitive ones are remembered."""


class Sensitive:
    """An action as one kind has it; ``rank`` is 0 for the worst of all.

    ``wanted`` has the patterns of resources for each type that the action can be limited to: who has
    all of one pattern of each type has it on everything. ``EVERYTHING`` alone where it can't be.
    """

    __slots__ = ("action", "kind", "rank", "wanted")

    def __init__(self, kind: SensitiveKind, action: Action, rank: tuple[int, int]) -> None:
        self.kind = kind
        self.action = action
        self.rank = rank
        self.wanted = _list_wanted(action)

    def __repr__(self) -> str:
        return f"Sensitive({self.kind!r}, {self.action!r})"


@lru_cache(maxsize=REMEMBERED)
def find_sensitive(name: ActionName, catalog: Catalog) -> tuple[tuple[str, Action], ...]:
    """The sensitive actions that a pattern stands for, by their qualified names.

    None of a whole service, or of several.
    """
    service, operation = name.service.text, name.operation.text
    if name.opaque or operation == "*" or "*" in service:
        return ()
    caught = catalog.matching(service, operation)
    return tuple([(one.qualified, one) for one in caught if one.groups])


@lru_cache(maxsize=REMEMBERED)
def list_kinds(action: Action, groups: frozenset[str], catalog: Catalog) -> tuple[Sensitive, ...]:
    """An action once for each kind of some groups that has it. Reads the risks."""
    return tuple(
        Sensitive(kind, action, (number, kind.actions.index(action.qualified)))
        for number, kind in enumerate(catalog.risks.kinds)
        if kind.group in groups and action.qualified in kind.actions
    )


def _list_wanted(action: Action) -> tuple[tuple[str, ...], ...]:
    kinds: dict[tuple[str, str], list[str]] = {}
    for form in nameable(action):
        noun = nouns_of(form.service, form.type)[0]
        tail = form.pattern.split(":", 5)[5]
        kinds.setdefault((form.service, noun), []).append(f"qcs::{form.service}:::{tail}")
    return tuple(tuple(forms) for forms in kinds.values()) or ((EVERYTHING,),)
