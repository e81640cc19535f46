"""The circumstances of requests: which statements hold in some of them, in all, or in given ones.

Every key has finitely many values that matter, and the conditions of a statement are a conjunction
over keys. So what holds in all circumstances is found key by key, from the sets of statements that
hold for a value; only the smallest of those sets need be looked at.
"""

from collections.abc import Callable, Iterable, Mapping

from camlint.access.answer import Answer
from camlint.access.condition_key import Judged, Key, list_bits
from camlint.access.derived import DERIVED, Derived
from camlint.access.intersections import OutOfBudget
from camlint.access.letters import Letters
from camlint.access.terms import Members
from camlint.policy.elements import Condition
from camlint.policy.statement import Statement

MOST_KEYS = 200
"""Keys of the conditions of a few statements before circumstances for them are no longer sought."""

PRESENT = ("qcs:ip", "qcs:current_time")
"""Keys that hardly any request lacks: circumstances that are shown have them if they may."""

Context = Mapping[str, Members]
Spend = Callable[[int], None]

Option = tuple[Members, int]
"""Values of a key, and the mask of the statements that hold as far as that key goes."""


class Contexts:
    """The conditions of the statements of a question, by key.

    ``spend`` is told what each search costs, and may raise OutOfBudget. ``derived`` tells whether
    any condition is on a key that follows from the action.
    """

    __slots__ = ("_covers", "_of", "_spend", "derived")

    def __init__(self, statements: tuple[Statement, ...], letters: Letters, spend: Spend) -> None:
        listed: dict[str, list[tuple[int, Condition]]] = {}
        for index, statement in enumerate(statements):
            for condition in statement.conditions:
                listed.setdefault(condition.key, []).append((index, condition))
        keys = {name: Key(name, conditions, letters) for name, conditions in listed.items()}
        self._of = [
            tuple({one.key: keys[one.key] for one in statement.conditions}.values())
            for statement in statements
        ]
        self._spend = spend
        self._covers: dict[tuple[tuple[int, ...], int, Derived], tuple[int, ...] | None] = {}
        self.derived = any(name in keys for name in DERIVED)

    def truth(
        self, index: int, context: Context, unknown: frozenset[str], derived: Derived
    ) -> tuple[Answer, tuple[str, ...]]:
        """Whether the conditions of a statement hold, and the keys that leave that undecided."""
        undecided: list[str] = []
        for key in self._of[index]:
            members = context.get(key.name, ())
            if key.name in DERIVED:
                members = (derived[DERIVED.index(key.name)],)
            sure, perhaps = key.judge(members)
            if key.name in unknown and key.name not in DERIVED:
                sure, perhaps = 0, key.needs[index]
            if key.needs[index] & ~perhaps:
                return Answer.NO, ()
            if key.needs[index] & ~sure:
                undecided.append(key.name)
        return (Answer.UNDECIDED if undecided else Answer.YES), tuple(sorted(undecided))

    def cover(self, pos: tuple[int, ...], mask: int, derived: Derived) -> tuple[int, ...] | None:
        """Which statements of the mask hold, wherever all of ``pos`` do: a mask for each such case.

        None when there may be circumstances in which ``pos`` hold and none of the others does;
        no masks at all when nothing satisfies ``pos``. Raises OutOfBudget.
        """
        asked = (pos, mask, derived)
        if asked not in self._covers:
            self._covers[asked] = self._find_cover(pos, mask, derived)
        return self._covers[asked]

    def _find_cover(
        self, pos: tuple[int, ...], mask: int, derived: Derived
    ) -> tuple[int, ...] | None:
        choices: list[list[int]] = []
        for key in self._keys_of(pos, mask):
            wanted = key.wanted(pos)
            found: set[int] = set()
            judged = key.enumerate(pos, mask, derived)
            self._spend(len(judged))
            sharing = key.sharing(wanted)
            for one in judged:
                if not wanted & ~one.perhaps:
                    held = one.held
                    for bit, rest in sharing:
                        held |= 0 if rest & ~one.sure else bit
                    found.add(held & mask)
            if not found:
                return ()
            choices.append(_smallest(found))
        lives = {mask}
        for options in sorted(choices, key=len):
            self._spend(len(lives) * len(options))
            lives = {live & holds for live in lives for holds in options}
            if 0 in lives:
                return None
            lives = set(_smallest(lives))
        return None if 0 in lives else tuple(sorted(lives))

    def escape(self, pos: tuple[int, ...], mask: int, derived: Derived) -> Context | None:
        """Circumstances in which all of ``pos`` surely hold, and surely none of the mask.

        Keys that follow from the action are left out. None when none were found, which proves
        nothing. Raises OutOfBudget.
        """
        choices: list[tuple[str, list[Option]]] = []
        for key in self._keys_of(pos, mask):
            wanted = key.wanted(pos)
            found: dict[int, Members] = {}
            judged = key.enumerate(pos, mask, derived, some=True)
            self._spend(len(judged))
            for one in _by_preference(key.name, judged):
                if not wanted & ~one.sure and len(set(one.members)) == len(one.members):
                    found.setdefault(one.open & mask, one.members)
            if not found:
                return None
            choices.append((key.name, [(found[holds], holds) for holds in _smallest(found)]))
        choices.sort(key=lambda choice: (len(choice[1]), choice[0]))
        return self._choose(choices, mask)

    def _choose(self, choices: list[tuple[str, list[Option]]], mask: int) -> Context | None:
        """One option a key such that no statement of the mask holds for all of them."""
        if len(choices) > MOST_KEYS:
            raise OutOfBudget
        failed: set[tuple[int, int]] = set()

        def go(depth: int, live: int) -> Context | None:
            if depth == len(choices):
                return None if live else {}
            if (depth, live) in failed:
                return None
            name, options = choices[depth]
            self._spend(len(options))
            for members, holds in options:
                rest = go(depth + 1, live & holds)
                if rest is not None:
                    return {name: members, **rest} if members else rest
            failed.add((depth, live))
            return None

        found = go(0, mask)
        if found is None:
            return None
        return {name: found[name] for name in sorted(found) if name not in DERIVED}

    def _keys_of(self, pos: tuple[int, ...], mask: int) -> list[Key]:
        """The keys on which these statements have conditions, in order of their names."""
        found = {key.name: key for index in (*pos, *list_bits(mask)) for key in self._of[index]}
        return [found[name] for name in sorted(found)]


def _by_preference(name: str, judged: list[Judged]) -> list[Judged]:
    """What is rather shown comes first: values that can be read, and any at all where most have one.

    A value that isn't known is stood for by a letter that nobody can read.
    """
    awaited = name in PRESENT

    def demerits(one: Judged) -> tuple[bool, bool]:
        return not all(map(str.isprintable, one.members)), awaited and not one.members

    return sorted(judged, key=demerits)


def _smallest(masks: Iterable[int]) -> list[int]:
    """The masks that contain no other one."""
    kept: list[int] = []
    for mask in sorted(masks, key=lambda one: (one.bit_count(), one)):
        if not any(one & mask == one for one in kept):
            kept.append(mask)
    return kept
