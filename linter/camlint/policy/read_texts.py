"""The texts of a statement: its effect, actions, resources and principals, and what is wrong with them."""

from collections.abc import Callable
from functools import lru_cache

from camlint.patterns import split_action, split_resource
from camlint.place import Pointer
from camlint.policy.actions import Actions
from camlint.policy.elements import ActionPattern, Principal, ResourcePattern
from camlint.policy.malformed import (
    EMPTY,
    UNCLEAN,
    UNREADABLE,
    WRONG_TYPE,
    Fault,
    Malformed,
    clean_text,
)

PRINCIPAL_FAMILIES = ("qcs", "service", "federated")

REMEMBERED = 2048
"""How many lists of actions are remembered; a bound on memory, not on what is analysed."""

FEW = 12
"""Actions of a list that is remembered: longer ones weigh more and are met again less."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    Item = TypeVar("Item", ActionPattern, ResourcePattern, Principal)


def read_effect(
    written: object, place: Pointer, malformed: list[Malformed], statement: Pointer
) -> str | None:
    """``"allow"`` or ``"deny"``, None where it is neither; a fault is added to ``malformed``."""
    if written == "allow" or written == "deny":
        return str(written)
    if not isinstance(written, str):
        malformed.append(Malformed("effect", WRONG_TYPE, place, written, statement))
        return None
    lower = clean_text("effect", written).lower()
    effect = lower if lower in ("allow", "deny") else None
    fault = _fault(written)
    if effect is not None and lower != written.lower():
        fault = UNCLEAN
    malformed.append(Malformed("effect", fault, place, written, statement, effect))
    return effect


def read_actions(
    written: object, pointer: Pointer, key: str, effect: str | None, malformed: list[Malformed]
) -> Actions:
    """The actions below a key of the statement at ``pointer``; faults are added to ``malformed``.

    Short lists are few, so equal ones at the same place are the same.
    """
    if type(written) is not list or not written:
        make, place = _make_action, (*pointer, key)
        return Actions(_read_list("action", written, place, make, malformed, pointer, effect))
    read_all = _recall_actions if len(written) <= FEW else _read_actions
    try:
        read = read_all(pointer, key, *written)
    except TypeError:  # a list or an object among them
        read = _read_actions(pointer, key, *written)
    if read.malformed:
        if not all(isinstance(one.value, str) for one in read.malformed):
            # 1 and true are equal.
            read = _read_actions(pointer, key, *written)
        malformed += [one.under(effect) for one in read.malformed]
    return read


def _read_actions(pointer: Pointer, key: str, *written: object) -> Actions:
    read: list[ActionPattern] = []
    malformed: list[Malformed] = []
    for index, text in enumerate(written):
        at = (*pointer, key, index)
        if type(text) is str and (name := split_action(text)) is not None:
            read.append(ActionPattern(text, at, name))
        else:
            malformed.append(_refuse("action", text, at, _make_action, pointer, None))
    return Actions(tuple(read), tuple(malformed))


_recall_actions = lru_cache(maxsize=REMEMBERED)(_read_actions)


def _make_action(text: str, place: Pointer) -> ActionPattern | None:
    name = split_action(text)
    return None if name is None else ActionPattern(text, place, name)


def read_resources(
    written: object, pointer: Pointer, key: str, effect: str | None, malformed: list[Malformed]
) -> tuple[ResourcePattern, ...]:
    """The resources below a key of the statement at ``pointer``; faults are added to ``malformed``."""
    make = _make_resource
    if type(written) is not list or not written:
        return _read_list("resource", written, (*pointer, key), make, malformed, pointer, effect)
    # What _read_list does, without a call for each of them: resources are seldom met twice.
    read: list[ResourcePattern] = []
    for index, text in enumerate(written):
        at = (*pointer, key, index)
        if type(text) is str and ((six := split_resource(text)) is not None or text == "*"):
            read.append(ResourcePattern(text, at, six))
        else:
            malformed.append(_refuse("resource", text, at, make, pointer, effect))
    return tuple(read)


def _make_resource(text: str, place: Pointer) -> ResourcePattern | None:
    six = split_resource(text)
    return None if six is None and text != "*" else ResourcePattern(text, place, six)


def _read_list(
    element: str,
    written: object,
    place: Pointer,
    make: "Callable[[str, Pointer], Item | None]",
    malformed: list[Malformed],
    statement: Pointer | None,
    effect: str | None,
) -> "tuple[Item, ...]":
    """What ``make`` makes of a string, or of each string of a list; the rest is malformed."""
    listed: list[object] = written if type(written) is list and written else [written]
    items: list[Item] = []
    for index, text in enumerate(listed):
        at = (*place, index) if listed is written else place
        made = make(text, at) if isinstance(text, str) else None
        if made is not None:
            items.append(made)
        else:
            malformed.append(_refuse(element, text, at, make, statement, effect))
    return tuple(items)


def _refuse(
    element: str,
    written: object,
    place: Pointer,
    make: "Callable[[str, Pointer], Item | None]",
    statement: Pointer | None,
    effect: str | None,
) -> Malformed:
    """The fault of something of which ``make`` makes nothing, unless it is cleaned."""
    fault, meant = _fault(written), None
    if fault is UNREADABLE and element != "principal":
        meant = make(clean_text(element, str(written)), place)
        fault = fault if meant is None else UNCLEAN
    return Malformed(element, fault, place, written, statement, effect, meant)


def _fault(written: object) -> Fault:
    """What keeps a value from being one of the texts that the grammar asks for."""
    if isinstance(written, str):
        return UNREADABLE if written.strip() else EMPTY
    return EMPTY if written in ([], {}) else WRONG_TYPE


def read_principals(
    written: object,
    place: Pointer,
    malformed: list[Malformed],
    statement: Pointer | None,
    effect: str | None,
) -> tuple[Principal, ...]:
    """The principals of a statement or document; faults are added to ``malformed``."""
    if isinstance(written, str):
        if written == "*":
            return (Principal("*", "*", place),)
        fault = UNREADABLE if written.strip() else EMPTY
        malformed.append(Malformed("principal", fault, place, written, statement, effect))
        return ()
    if not isinstance(written, dict):
        fault = EMPTY if written == [] else WRONG_TYPE
        malformed.append(Malformed("principal", fault, place, written, statement, effect))
        return ()
    if not written:
        malformed.append(Malformed("principal", EMPTY, place, written, statement, effect))
    principals: list[Principal] = []
    for key, item in written.items():
        at = (*place, key)
        family = key.lower()
        if family not in PRINCIPAL_FAMILIES:
            malformed.append(Malformed("principal", UNREADABLE, at, item, statement, effect))
            continue

        def make(text: str, at: Pointer, family: str = family) -> Principal | None:
            return Principal(family, text, at) if text.strip() else None

        principals.extend(_read_list("principal", item, at, make, malformed, statement, effect))
    return tuple(principals)
