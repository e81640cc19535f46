"""Lists of actions and of resources in which all is well, as it mostly is."""

from functools import lru_cache

from camlint.patterns import split_action, split_resource
from camlint.place import Pointer
from camlint.policy.actions import Actions
from camlint.policy.elements import ActionPattern, ResourcePattern

REMEMBERED = 2048
"""How many lists of actions are remembered; a bound on memory, not on what is analysed."""

FEW = 12
"""Actions of a list that is remembered: longer ones weigh more and are met again less."""


def read_actions(written: list[object], pointer: Pointer, key: str) -> Actions | None:
    """The actions of the list below ``key``; None unless there are some and all can be read.

    Equal lists at the same place are the same.
    """
    if len(written) > FEW:
        return _make_actions(pointer, key, *written)
    try:
        return _recall_actions(pointer, key, *written)
    except TypeError:  # a list or an object among them
        return None


def _make_actions(pointer: Pointer, key: str, *written: object) -> Actions | None:
    read: list[ActionPattern] = []
    for index, text in enumerate(written):
        if type(text) is not str or (name := split_action(text)) is None:
            return None
        read.append(ActionPattern(text, (*pointer, key, index), name))
    return Actions(tuple(read)) if read else None


_recall_actions = lru_cache(maxsize=REMEMBERED)(_make_actions)


def read_resources(
    written: list[object], pointer: Pointer, key: str
) -> tuple[ResourcePattern, ...]:
    """The resources of the list below ``key``; none unless all can be read."""
    read: list[ResourcePattern] = []
    for index, text in enumerate(written):
        if type(text) is not str or ((six := split_resource(text)) is None and text != "*"):
            return ()
        read.append(ResourcePattern(text, (*pointer, key, index), six))
    return tuple(read)
