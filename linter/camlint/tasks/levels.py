"""How deep an access goes: the levels of known actions, and which of them a pattern catches."""

from collections.abc import Iterable
from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.catalog.action import Action
    from camlint.catalog.catalog import Catalog

LEVELS = ("list", "read", "write", "permissions", "tagging")
"""The levels of actions, in the order in which reports name them."""

MOST_KEPT = 256
"""How many patterns a run remembers: the same few stand in most policies."""


@lru_cache(maxsize=MOST_KEPT)
def catch(service: str, operation: str, catalog: "Catalog") -> "tuple[Action, ...]":
    """The known actions that a pattern catches, by service and name.

    A ``*`` in ``service`` reads the whole catalogue. There may be actions that nobody published, so
    that a pattern catches at least these.
    """
    return catalog.matching(service, operation, every_service="*" in service)


@lru_cache(maxsize=MOST_KEPT)
def catch_by_level(
    service: str, operation: str, catalog: "Catalog"
) -> "dict[str, tuple[Action, ...]]":
    """The same actions by level, every level being there."""
    return group_by_level(catch(service, operation, catalog))


def group_by_level(actions: "Iterable[Action]") -> "dict[str, tuple[Action, ...]]":
    """The actions of each level, every level being there."""
    grouped: dict[str, list[Action]] = {level: [] for level in LEVELS}
    for action in actions:
        grouped[action.level].append(action)
    return {level: tuple(found) for level, found in grouped.items()}
