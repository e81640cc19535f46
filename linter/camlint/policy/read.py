"""Plain values to the typed view: every element found, every fault placed, nothing refused."""

from collections.abc import Callable
from functools import lru_cache

from camlint.kinds import Kind
from camlint.patterns import split_action, split_resource
from camlint.place import Pointer
from camlint.policy.elements import (
    ActionPattern,
    Condition,
    Principal,
    ResourcePattern,
)
from camlint.policy.malformed import Fault, Malformed, clean_text
from camlint.policy.policy import Policy
from camlint.policy.read_conditions import read_conditions
from camlint.policy.statement import Statement
from camlint.stains import is_plain

ELEMENTS = frozenset({"effect", "action", "resource", "condition", "principal", "sid"})
TOP_ELEMENTS = frozenset({"version", "statement", "principal"})
PRINCIPAL_FAMILIES = ("qcs", "service", "federated")

USUAL = 3
"""How many elements most statements have: effect, action and resource."""

EVERYTHING = ["*"]

REMEMBERED = 2048
"""How many statements are remembered; a bound on memory, not on what is analysed."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    Item = TypeVar("Item", ActionPattern, ResourcePattern, Principal)


def read_policy(
    value: dict[str, object],
    kind: Kind,
    *,
    kind_known: bool = False,
    bare: bool = False,
    implied_version: bool = False,
    limit: int = 0,
    name: str = "",
    long: bool = False,
    size: int = 0,
) -> Policy:
    """The typed view of a policy's plain value; ``bare`` reads it as a lone statement.

    ``limit``, ``name``, ``long`` and ``size`` are told of in Policy: they are nothing that the value shows.
    """
    malformed: list[Malformed] = []
    principals: tuple[Principal, ...] = ()
    spelling: dict[str, str] = {}
    statements: list[Statement] = []
    if bare:
        statements.append(_read_statement(value, (), kind))
    else:
        spelling, odd = _spell(tuple(value), TOP_ELEMENTS)
        if odd:
            malformed += [Malformed("element", Fault.UNCLEAN, (key,), key) for key in odd]
        if "principal" in spelling:
            key = spelling["principal"]
            principals = _read_principals(value[key], (key,), malformed, None, None)
        if "statement" in spelling:
            key = spelling["statement"]
            listed = value[key]
            if isinstance(listed, list):
                items: list[tuple[Pointer, object]] = [
                    ((key, index), item) for index, item in enumerate(listed)
                ]
            else:
                items = [((key,), listed)]
            for pointer, item in items:
                if isinstance(item, dict):
                    statements.append(_read_statement(item, pointer, kind))
                else:
                    malformed.append(Malformed("statement", Fault.WRONG_TYPE, pointer, item))
    for statement in statements:
        if statement.malformed:
            malformed.extend(statement.malformed)
    return Policy(
        kind,
        value,
        spelling,
        tuple(statements),
        principals,
        tuple(malformed),
        kind_known=kind_known,
        bare=bare,
        implied_version=implied_version,
        limit=limit,
        name=name,
        long=long,
        size=size,
    )


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


def _read_statement(value: dict[str, object], pointer: Pointer, kind: Kind) -> Statement:
    """The statement. Plain ones on ``"*"`` are few, so equal ones at the same place are the same."""
    if len(value) == USUAL and value.get("resource") == EVERYTHING:
        actions = value.get("action")
        if type(actions) is list:
            try:
                known = _recall(value.get("effect"), tuple(actions), pointer)
            except TypeError:  # a list or an object among them
                known = None
            if known is not None:
                return known
    return _make_statement(value, pointer, kind)


@lru_cache(maxsize=REMEMBERED)
def _recall(effect: object, actions: tuple[object, ...], pointer: Pointer) -> Statement | None:
    """The statement made of these texts; None where they aren't all texts: 1 and true are equal."""
    for text in (effect, *actions):
        if type(text) is not str:
            return None
    value = {"effect": effect, "action": list(actions), "resource": list(EVERYTHING)}
    return _make_statement(value, pointer, Kind.IDENTITY, shared=True)


def _make_statement(
    value: dict[str, object], pointer: Pointer, kind: Kind, *, shared: bool = False
) -> Statement:
    spelling, odd = _spell(tuple(value), ELEMENTS)
    malformed: list[Malformed] = []
    if odd:
        malformed += [
            Malformed("element", Fault.UNCLEAN, (*pointer, key), key, pointer) for key in odd
        ]

    effect: str | None = None
    key = spelling.get("effect")
    if key is None:
        malformed.append(Malformed("effect", Fault.MISSING, pointer, None, pointer))
    else:
        written = value[key]
        if written == "allow" or written == "deny":
            effect = str(written)
        elif isinstance(written, str):
            lower = clean_text("effect", written).lower()
            effect = lower if lower in ("allow", "deny") else None
            fault = Fault.UNREADABLE if written.strip() else Fault.EMPTY
            if effect is not None and lower != written.lower():
                fault = Fault.UNCLEAN
            malformed.append(Malformed("effect", fault, (*pointer, key), written, pointer, effect))
        else:
            malformed.append(
                Malformed("effect", Fault.WRONG_TYPE, (*pointer, key), written, pointer)
            )

    actions: tuple[ActionPattern, ...] = ()
    key = spelling.get("action")
    if key is None:
        malformed.append(Malformed("action", Fault.MISSING, pointer, None, pointer, effect))
    else:
        place = (*pointer, key)
        actions = _read_plain_actions(value[key], place)
        if not actions:
            actions = _read_list(
                "action", value[key], place, _make_action, malformed, pointer, effect
            )

    resources: tuple[ResourcePattern, ...] = ()
    key = spelling.get("resource")
    if key is not None:
        place = (*pointer, key)
        resources = _read_plain_resources(value[key], place)
        if not resources:
            resources = _read_list(
                "resource", value[key], place, _make_resource, malformed, pointer, effect
            )
    elif kind is not Kind.TRUST:
        malformed.append(Malformed("resource", Fault.MISSING, pointer, None, pointer, effect))

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
        actions,
        resources,
        conditions,
        principals,
        tuple(malformed),
        shared=shared,
    )


def _read_plain_actions(written: object, place: Pointer) -> tuple[ActionPattern, ...]:
    """The actions of a list in which all is well, as it mostly is; nothing of any other."""
    if type(written) is not list:
        return ()
    read = [
        ActionPattern(text, (*place, index), name)
        for index, text in enumerate(written)
        if type(text) is str and (name := split_action(text)) is not None
    ]
    return tuple(read) if len(read) == len(written) else ()


def _read_plain_resources(written: object, place: Pointer) -> tuple[ResourcePattern, ...]:
    """The same for resources."""
    if type(written) is not list:
        return ()
    read = [
        ResourcePattern(text, (*place, index), None if text == "*" else six)
        for index, text in enumerate(written)
        if type(text) is str and ((six := split_resource(text)) is not None or text == "*")
    ]
    return tuple(read) if len(read) == len(written) else ()


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
    if type(written) is list and written:
        listed: list[tuple[object, Pointer]] = [
            (text, (*place, index)) for index, text in enumerate(written)
        ]
    else:
        listed = [(written, place)]
    items: list[Item] = []
    for text, at in listed:
        made = make(text, at) if isinstance(text, str) else None
        if made is not None:
            items.append(made)
            continue
        fault, meant = _fault(text), None
        if fault is Fault.UNREADABLE and element != "principal":
            meant = make(clean_text(element, str(text)), at)
            fault = fault if meant is None else Fault.UNCLEAN
        malformed.append(Malformed(element, fault, at, text, statement, effect, meant))
    return tuple(items)


def _fault(written: object) -> Fault:
    """What keeps a value from being one of the texts that the grammar asks for."""
    if isinstance(written, str):
        return Fault.UNREADABLE if written.strip() else Fault.EMPTY
    return Fault.EMPTY if written in ([], {}) else Fault.WRONG_TYPE


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
        fault = Fault.UNREADABLE if written.strip() else Fault.EMPTY
        malformed.append(Malformed("principal", fault, place, written, statement, effect))
        return ()
    if not isinstance(written, dict):
        fault = Fault.EMPTY if written == [] else Fault.WRONG_TYPE
        malformed.append(Malformed("principal", fault, place, written, statement, effect))
        return ()
    if not written:
        malformed.append(Malformed("principal", Fault.EMPTY, place, written, statement, effect))
    principals: list[Principal] = []
    for key, item in written.items():
        at = (*place, key)
        family = key.lower()
        if family not in PRINCIPAL_FAMILIES:
            malformed.append(Malformed("principal", Fault.UNREADABLE, at, item, statement, effect))
            continue

        def make(text: str, at: Pointer, family: str = family) -> Principal | None:
            return Principal(family, text, at) if text.strip() else None

        principals.extend(_read_list("principal", item, at, make, malformed, statement, effect))
    return tuple(principals)
