"""Any document and any statement, however odd: every element found, every fault placed."""

from collections.abc import Callable
from functools import lru_cache

from camlint.kinds import TRUST, Kind
from camlint.patterns import split_action, split_resource
from camlint.place import Pointer
from camlint.policy.actions import Actions
from camlint.policy.elements import (
    ActionPattern,
    Condition,
    Principal,
    ResourcePattern,
)
from camlint.policy.malformed import (
    EMPTY,
    MISSING,
    UNCLEAN,
    UNREADABLE,
    WRONG_TYPE,
    Fault,
    Malformed,
    clean_text,
)
from camlint.policy.plain_lists import read_actions, read_resources
from camlint.policy.read_conditions import read_conditions
from camlint.policy.statement import Statement
from camlint.stains import is_plain

ELEMENTS = frozenset({"effect", "action", "resource", "condition", "principal", "sid"})
TOP_ELEMENTS = frozenset({"version", "statement", "principal"})
PRINCIPAL_FAMILIES = ("qcs", "service", "federated")

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    Item = TypeVar("Item", ActionPattern, ResourcePattern, Principal)


def read_top(
    value: dict[str, object], malformed: list[Malformed]
) -> tuple[dict[str, str], tuple[Principal, ...]]:
    """The spelling of a document's elements, and its principals; faults go to ``malformed``."""
    spelling, odd = _spell(tuple(value), TOP_ELEMENTS)
    if odd:
        malformed += [Malformed("element", UNCLEAN, (key,), key) for key in odd]
    if "principal" not in spelling:
        return spelling, ()
    key = spelling["principal"]
    return spelling, _read_principals(value[key], (key,), malformed, None, None)


@lru_cache(maxsize=1024)
def _spell(keys: tuple[str, ...], names: frozenset[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The key that stands for each element, and those of the keys that had to be cleaned for it.

    The documented lower-case spelling wins. Made once for objects with these keys: few sets of keys
    are in use.
    """
    spelling = {key: key for key in keys if key in names}
    for key in keys:
        lower = key.lower()
        if lower in names:
            spelling.setdefault(lower, key)
    odd: list[str] = []
    for key in keys:
        if is_plain(key):
            continue
        lower = clean_text("element", key).lower()
        if lower in names and lower not in spelling:
            spelling[lower] = key
            odd.append(key)
    return spelling, tuple(odd)


def read_statement(
    value: dict[str, object], pointer: Pointer, kind: Kind, *, shared: bool = False
) -> Statement:
    """A statement; what can't be read of it is among its faults."""
    spelling, odd = _spell(tuple(value), ELEMENTS)
    malformed: list[Malformed] = []
    if odd:
        malformed += [Malformed("element", UNCLEAN, (*pointer, key), key, pointer) for key in odd]

    effect = _read_effect(value, spelling, pointer, malformed)

    actions: Actions | None = None
    key = spelling.get("action")
    if key is None:
        malformed.append(Malformed("action", MISSING, pointer, None, pointer, effect))
    else:
        listed = value[key]
        if type(listed) is list:
            actions = read_actions(listed, pointer, key)
        if actions is None:
            place = (*pointer, key)
            actions = Actions(
                _read_list("action", listed, place, _make_action, malformed, pointer, effect)
            )

    resources: tuple[ResourcePattern, ...] = ()
    key = spelling.get("resource")
    if key is not None:
        listed = value[key]
        if type(listed) is list:
            resources = read_resources(listed, pointer, key)
        if not resources:
            place = (*pointer, key)
            resources = _read_list(
                "resource", listed, place, _make_resource, malformed, pointer, effect
            )
    elif kind is not TRUST:
        malformed.append(Malformed("resource", MISSING, pointer, None, pointer, effect))

    conditions: tuple[Condition, ...] = ()
    if "condition" in spelling:
        key = spelling["condition"]
        conditions = read_conditions(value[key], (*pointer, key), malformed, pointer, effect)

    principals: tuple[Principal, ...] = ()
    if "principal" in spelling:
        key = spelling["principal"]
        principals = _read_principals(value[key], (*pointer, key), malformed, pointer, effect)

    return Statement(
        pointer,
        value,
        spelling,
        effect,
        actions or Actions(()),
        resources,
        conditions,
        principals,
        tuple(malformed),
        shared,
    )


def _read_effect(
    value: dict[str, object], spelling: dict[str, str], pointer: Pointer, malformed: list[Malformed]
) -> str | None:
    key = spelling.get("effect")
    if key is None:
        malformed.append(Malformed("effect", MISSING, pointer, None, pointer))
        return None
    written = value[key]
    if written == "allow" or written == "deny":
        return str(written)
    place = (*pointer, key)
    if not isinstance(written, str):
        malformed.append(Malformed("effect", WRONG_TYPE, place, written, pointer))
        return None
    lower = clean_text("effect", written).lower()
    effect = lower if lower in ("allow", "deny") else None
    fault = UNREADABLE if written.strip() else EMPTY
    if effect is not None and lower != written.lower():
        fault = UNCLEAN
    malformed.append(Malformed("effect", fault, place, written, pointer, effect))
    return effect


def _make_action(text: str, place: Pointer) -> ActionPattern | None:
    name = split_action(text)
    return None if name is None else ActionPattern(text, place, name)


def _make_resource(text: str, place: Pointer) -> ResourcePattern | None:
    if text == "*":
        return ResourcePattern(text, place, None)
    six = split_resource(text)
    return None if six is None else ResourcePattern(text, place, six)


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
            continue
        fault, meant = _fault(text), None
        if fault is UNREADABLE and element != "principal":
            meant = make(clean_text(element, str(text)), at)
            fault = fault if meant is None else UNCLEAN
        malformed.append(Malformed(element, fault, at, text, statement, effect, meant))
    return tuple(items)


def _fault(written: object) -> Fault:
    """What keeps a value from being one of the texts that the grammar asks for."""
    if isinstance(written, str):
        return UNREADABLE if written.strip() else EMPTY
    return EMPTY if written in ([], {}) else WRONG_TYPE


def _read_principals(
    written: object,
    place: Pointer,
    malformed: list[Malformed],
    statement: Pointer | None,
    effect: str | None,
) -> tuple[Principal, ...]:
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
