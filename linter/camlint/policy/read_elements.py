"""Any document and any statement, whatever elements they have or lack."""

from functools import lru_cache

from camlint.kinds import TRUST, Kind
from camlint.place import Pointer
from camlint.policy.actions import Actions
from camlint.policy.elements import Condition, Principal, ResourcePattern
from camlint.policy.malformed import MISSING, UNCLEAN, Malformed, clean_text
from camlint.policy.read_conditions import read_conditions
from camlint.policy.read_texts import read_actions, read_effect, read_principals, read_resources
from camlint.policy.statement import Statement
from camlint.stains import is_plain

ELEMENTS = frozenset({"effect", "action", "resource", "condition", "principal", "sid"})
TOP_ELEMENTS = frozenset({"version", "statement", "principal"})

NO_ACTIONS = Actions(())


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
    return spelling, read_principals(value[key], (key,), malformed, None, None)


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

    effect: str | None = None
    key = spelling.get("effect")
    if key is None:
        malformed.append(Malformed("effect", MISSING, pointer, None, pointer))
    else:
        effect = read_effect(value[key], (*pointer, key), malformed, pointer)

    actions = NO_ACTIONS
    key = spelling.get("action")
    if key is None:
        malformed.append(Malformed("action", MISSING, pointer, None, pointer, effect))
    else:
        actions = read_actions(value[key], pointer, key, effect, malformed)

    resources: tuple[ResourcePattern, ...] = ()
    key = spelling.get("resource")
    if key is not None:
        resources = read_resources(value[key], pointer, key, effect, malformed)
    elif kind is not TRUST:
        malformed.append(Malformed("resource", MISSING, pointer, None, pointer, effect))

    conditions: tuple[Condition, ...] = ()
    if "condition" in spelling:
        key = spelling["condition"]
        conditions = read_conditions(value[key], (*pointer, key), malformed, pointer, effect)

    principals: tuple[Principal, ...] = ()
    if "principal" in spelling:
        key = spelling["principal"]
        principals = read_principals(value[key], (*pointer, key), malformed, pointer, effect)

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
        shared,
    )
