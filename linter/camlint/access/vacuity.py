"""Conditions that decide nothing: those that no request meets, and those that every request meets.

Keys are independent of one another, so both are found key by key, from the few values that stand for
all. What is undecided, such as a comparison with a variable, proves neither.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from camlint.access.condition_key import Judged, Key
from camlint.access.derived import ANY, DERIVED, Derived, derive_all
from camlint.access.intersections import OutOfBudget
from camlint.access.letters import Letters
from camlint.patterns import holds_placeholder
from camlint.policy.elements import Condition, Scalar
from camlint.policy.statement import Statement

MOST_VALUES = 200
"""Values of the conditions on one key that are looked at; a policy of CAM's 6,144 characters has fewer."""


class Contradiction:
    """Conditions on one key that no request meets at once, while any fewer of them can be met.

    They are in an order that doesn't depend on theirs in the policy. ``only`` is the one value that
    all actions of the statement give the key, where the contradiction is with them; else None.
    """

    __slots__ = ("conditions", "only")

    def __init__(self, conditions: tuple[Condition, ...], only: str | None) -> None:
        self.conditions = conditions
        self.only = only


def find_contradictions(statement: Statement) -> Iterator[Contradiction]:
    """The keys whose conditions no request meets, each with the fewest conditions that show it."""
    by_key = _by_key(statement.conditions)
    for name in sorted(by_key):
        conditions = by_key[name]
        found = _contradict(name, conditions, ANY)
        if found:
            yield Contradiction(found, None)
        elif name in DERIVED:
            possible = derive_all(statement)
            values = {one[DERIVED.index(name)] for one in possible}
            found = _contradict(name, conditions, possible) if len(values) == 1 else ()
            if found:
                yield Contradiction(found, min(values))


def find_clash(one: Statement, other: Statement) -> tuple[Condition, ...]:
    """The fewest conditions of two statements that no request meets at once; none if it may.

    They are on one key, and there are some of either statement where each can hold by itself.
    """
    by_key = _by_key((*one.conditions, *other.conditions))
    possible = derive_all(one) & derive_all(other)
    for name in sorted(by_key):
        found = _contradict(name, by_key[name], possible)
        if found:
            return found
    return ()


def mirrors(one: Condition, other: Condition) -> bool:
    """Whether each value that a request may have under their key meets one of the two conditions.

    Two that exclude one another are then each all that the other isn't: ``string_equal`` and
    ``string_not_equal`` with the same value. False may be either.
    """
    key = _read(one.key, [one, other])
    judged = _judge(key, 2, ANY) if key is not None and one.key == other.key else None
    return judged is not None and all(judge.sure for judge in judged if judge.members)


def always_holds(condition: Condition, *beside: str) -> tuple[int, ...]:
    """The fewest values, by their indices, of which each request that has the key meets one.

    They are in an order that isn't that of the policy.
    What the texts ``beside`` stand for is left out of account, as if the condition had them too.
    Empty when that isn't proved.
    """
    if not _holds(condition, condition.values, beside):
        return ()
    kept = sorted(range(len(condition.values)), key=lambda index: repr(condition.values[index]))
    for index in reversed(kept):
        fewer = [one for one in kept if one != index]
        if fewer and _holds(condition, tuple(condition.values[one] for one in fewer), beside):
            kept = fewer
    return tuple(kept)


def _holds(condition: Condition, values: tuple[Scalar, ...], beside: tuple[str, ...]) -> bool:
    wider = Condition(
        condition.operator, condition.key, (*values, *beside), condition.pointer, listed=True
    )
    key = _read(condition.key, [wider])
    judged = _judge(key, 1, ANY) if key is not None else None
    return judged is not None and all(one.sure & 1 for one in judged if one.members)


def _by_key(conditions: Iterable[Condition]) -> dict[str, list[Condition]]:
    """The settled conditions by their key, in an order that isn't that of the policy."""
    found: dict[str, list[Condition]] = {}
    for condition in conditions:
        if not _unsettled(condition):
            found.setdefault(condition.key, []).append(condition)
    return {name: sorted(found[name], key=_rank) for name in found}


def _contradict(
    name: str, conditions: Sequence[Condition], possible: frozenset[Derived]
) -> tuple[Condition, ...]:
    """The fewest conditions that no value of the key meets; none when some value may meet all."""
    key = _read(name, conditions)
    judged = _judge(key, len(conditions), possible) if key is not None else None
    if key is None or judged is None:
        return ()
    terms = [key.needs[index] for index in range(len(conditions))]
    perhaps = {one.perhaps for one in judged}

    def clash(numbers: Iterable[int]) -> bool:
        wanted = 0
        for number in numbers:
            wanted |= terms[number]
        return all(wanted & ~one for one in perhaps)

    every = range(len(conditions))
    if not clash(every):
        return ()
    for size in (1, 2):
        for few in combinations(every, size):
            if clash(few):
                return tuple([conditions[number] for number in few])
    kept = list(every)
    for number in reversed(every):
        fewer = [one for one in kept if one != number]
        if clash(fewer):
            kept = fewer
    return tuple([conditions[number] for number in kept])


def _read(name: str, conditions: Sequence[Condition]) -> Key | None:
    """The conditions on one key made comparable; None where they have too many values."""
    if sum(len(one.values) for one in conditions) > MOST_VALUES:
        return None
    texts = [one for condition in conditions for one in condition.values if isinstance(one, str)]
    return Key(name, enumerate(conditions), Letters(texts))


def _judge(key: Key, count: int, possible: frozenset[Derived]) -> list[Judged] | None:
    """All that a request may have under the key; None where that is too much to look at."""
    try:
        judged: list[Judged] = []
        for derived in sorted(possible) if key.name in DERIVED else [("", "")]:
            judged += key.enumerate(tuple(range(count)), 0, derived)
    except OutOfBudget:
        return None
    return judged


def _unsettled(condition: Condition) -> bool:
    """Whether a value still has to be filled in, so that nothing follows from it."""
    return any(isinstance(one, str) and holds_placeholder(one) for one in condition.values)


def _rank(condition: Condition) -> tuple[bool, str, str]:
    """The same for the same condition, wherever it stands; presence last."""
    return (
        condition.base == "null_equal",
        condition.operator,
        repr(sorted(map(repr, condition.values))),
    )
