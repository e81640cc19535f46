"""A policy with one thing less in it: a statement, an action, a resource, a condition, a value."""

from collections.abc import Iterator
from dataclasses import dataclass

from camlint.place import Pointer
from camlint.policy.read import read_policy
from camlint.policy.statement import Statement
from camlint.tasks.decision import PlacedPolicy, PlacedStatement

LISTED = ("action", "resource")
NARROWING = frozenset({"statement", *LISTED})
"""The parts without which a statement matches less, or nothing."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A policy without one part of it.

    ``part`` is what is gone, in a word, ``text`` how it is written and ``pointer`` where;
    ``number`` is that of its statement in the policy, from 1.
    """

    old: PlacedPolicy
    new: PlacedPolicy
    number: int
    statement: Statement
    part: str
    text: str
    pointer: Pointer

    @property
    def narrows(self) -> bool:
        """Whether the policy surely grants no more without it: an allow that matches less."""
        return self.statement.effect == "allow" and self.part in NARROWING

    @property
    def placed(self) -> PlacedStatement:
        """The statement as it is, in its place."""
        return PlacedStatement(self.number, self.statement, self.old)


def list_mutants(file: PlacedPolicy) -> Iterator[Mutant]:
    """All mutants of a policy, statement by statement.

    A list with one value in it isn't emptied: without its statement there is that mutant already.
    """
    for number, statement in enumerate(file.policy.statements, 1):
        for pointer, part, text in _parts(statement):
            value = _without(file.policy.value, pointer)
            yield Mutant(file, _change(file, value), number, statement, part, text, pointer)


def _change(placed: PlacedPolicy, value: dict[str, object]) -> PlacedPolicy:
    """The policy in its place, had it another value."""
    host = placed.host
    bare = host.bare and "statement" not in value
    policy = read_policy(value, host.kind, kind_known=host.kind_known, bare=bare)
    return PlacedPolicy(placed.path, policy, host, placed.role)


def _parts(statement: Statement) -> Iterator[tuple[Pointer, str, str]]:
    """Where the parts of a statement stand that it can lose, and what they are."""
    yield statement.pointer, "statement", ""
    for element in LISTED:
        key = statement.spelling.get(element)
        values = statement.value.get(key) if key else None
        if key and isinstance(values, list) and len(values) > 1:
            for at, text in enumerate(values):
                if isinstance(text, str):
                    yield (*statement.pointer, key, at), element, text
    for condition in statement.conditions:
        test = f"{condition.operator} {condition.key}"
        yield condition.pointer, "condition", test
        if len(condition.values) > 1:
            for at, value in enumerate(condition.values):
                yield (*condition.pointer, at), "value", f"{test} {value}"


def _without(value: dict[str, object], pointer: Pointer) -> dict[str, object]:
    """A copy of a policy without what is at a pointer, nor the objects that this leaves empty."""
    if not pointer:
        return {"statement": []}
    if len(pointer) == 1:
        # The only statement of a policy, which needn't stand in a list.
        return {**value, str(pointer[0]): []}
    copied = _cut(value, pointer)
    return copied if isinstance(copied, dict) else {}


def _cut(value: object, pointer: Pointer) -> object:
    """A copy of a value without what is at a pointer; an object that this leaves empty is None."""
    step, *rest = pointer
    if isinstance(value, list) and isinstance(step, int):
        kept = _cut(value[step], tuple(rest)) if rest else None
        return [*value[:step], *([] if kept is None else [kept]), *value[step + 1 :]]
    if not isinstance(value, dict):
        return value
    kept = _cut(value[step], tuple(rest)) if rest else None
    return {
        key: kept if key == step else one
        for key, one in value.items()
        if key != step or kept is not None
    } or None
