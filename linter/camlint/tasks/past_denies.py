"""What would become of a request that is denied: without the denies, or under other circumstances."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from camlint.access.answer import Answer, Request, Verdict
from camlint.access.intersections import OutOfBudget
from camlint.policy.elements import Condition
from camlint.tasks.altered import alter
from camlint.tasks.decision import Layer, Ruling, rule_on
from camlint.tasks.values import find_values

MOST_TRIED = 100
"""Values of one condition key that are tried."""

MOST_WAYS = 3


@dataclass(frozen=True, slots=True)
class WithoutDenies:
    """What becomes of a request that is denied, but for that.

    ``ruling`` is what is said without the statements that deny it. ``ways`` are requests that
    differ in the circumstances only and are allowed, each with the conditions of denies that let
    it pass, all on one key.
    """

    ruling: Ruling
    ways: tuple[tuple[tuple[Condition, ...], Request], ...]


def look_past_denies(ruling: Ruling) -> WithoutDenies | None:
    """What would be without the denies that refuse a request.

    None where no deny does, and where there is too much to look at.
    """
    if ruling.verdict is not Verdict.EXPLICIT_DENY:
        return None
    layers = tuple(one.layer for one in ruling.layers)
    denying = {id(one.layer): one.decision.by for one in ruling.deciding}
    rest = [
        layer.without(denying[id(layer)]) if id(layer) in denying else layer for layer in layers
    ]
    try:
        without = rule_on(rest, ruling.request)
    except OutOfBudget:
        return None
    ways: list[tuple[tuple[Condition, ...], Request]] = []
    if without.allowed is not Answer.NO:
        with suppress(OutOfBudget):
            ways.extend(islice(_ways_past(ruling, layers), MOST_WAYS))
    return WithoutDenies(without, tuple(ways))


def _ways_past(
    ruling: Ruling, layers: tuple[Layer, ...]
) -> Iterator[tuple[tuple[Condition, ...], Request]]:
    """Circumstances, one key changed, in which the request is allowed."""
    by_key: dict[str, list[Condition]] = {}
    for one in ruling.deciding:
        for placed in one.by:
            for condition in placed.statement.conditions:
                by_key.setdefault(condition.key, []).append(condition)
    for key, conditions in by_key.items():
        for values in islice(find_values(conditions), MOST_TRIED):
            context = dict(ruling.request.context or {})
            context.pop(key, None)
            if values is not None:
                context[key] = values
            changed = alter(ruling.request, context=context, closed=frozenset((key,)))
            if rule_on(layers, changed).verdict is Verdict.ALLOW:
                yield tuple(conditions), changed
                break
