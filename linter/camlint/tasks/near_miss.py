"""The statements that come nearest to allowing a request that nothing allows, and what they miss.

Whatever is said to be missing is proved: the request with that changed is decided again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from camlint.access.answer import Request, Verdict
from camlint.access.decide import decide
from camlint.access.intersections import OutOfBudget
from camlint.nearest import distance
from camlint.patterns import matcher
from camlint.policy.elements import ActionPattern, Condition, Principal, ResourcePattern
from camlint.tasks.altered import alter
from camlint.tasks.change import (
    bounded_actions,
    match_request_parts,
    near_actions,
    near_contexts,
    near_principals,
)
from camlint.tasks.decision import Layer, PlacedStatement, Ruling, rule_on
from camlint.tasks.near_resources import near_resources

MOST_LOOKED_AT = 24
"""Statements of a layer that are looked at closely, those that match most of the request first."""

MOST_TRIED = 300
"""Changed requests that are decided for one statement before it is given up."""

MOST_SHOWN = 3

SLIPS = 2
"""Letters that may differ between an action and the one that was meant."""


class Lack(Enum):
    """What a statement misses of a request, the least first."""

    CONDITION = "condition"
    RESOURCE = "resource"
    RESOURCE_NOT_GIVEN = "resource-not-given"
    OPERATION_LEVEL = "operation-level"
    PRINCIPAL = "principal"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that keeps a statement from allowing a request.

    ``part`` is the action pattern, resource or principal that comes nearest, or the first of the
    ``conditions``, all on one key. ``segments`` are the parts of the resource that differ.
    """

    lack: Lack
    part: ActionPattern | ResourcePattern | Principal | Condition
    conditions: tuple[Condition, ...] = ()
    segments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NearMiss:
    """An allow statement that would allow ``request``, the request asked with ``missing`` changed.

    ``layer`` is the one that has the statement. ``enough`` says that the changed request would be
    allowed altogether; else another layer still refuses it. ``elsewhere`` says that its action is no
    misspelling of the one asked about.
    """

    layer: Layer
    statement: PlacedStatement
    missing: tuple[Missing, ...]
    request: Request
    enough: bool
    elsewhere: bool

    @property
    def distance(self) -> int:
        """How many things are missing, another action altogether being as bad as four."""
        return len(self.missing) + (3 if self.elsewhere else 0)

    @property
    def order(self) -> tuple[int, bool, int, list[int]]:
        """What near misses are sorted by: the fewest things missing first, then segments."""
        segments = sum(len(one.segments) for one in self.missing)
        ranks = sorted((list(Lack).index(one.lack) for one in self.missing), reverse=True)
        return self.distance, not self.enough, segments, ranks


def find_near_misses(ruling: Ruling) -> tuple[NearMiss, ...]:
    """The nearest misses of a request that nothing allows, nearest first.

    There are at most three, none of which misses two things more than the nearest.
    """
    if ruling.verdict is not Verdict.IMPLICIT_DENY:
        return ()
    layers = tuple(one.layer for one in ruling.layers)
    found: list[NearMiss] = []
    for silent in ruling.deciding:
        try:
            found.extend(_misses_of(silent.layer, layers, ruling.request))
        except OutOfBudget:
            continue
    found.sort(key=lambda miss: miss.order)
    return tuple(miss for miss in found[:MOST_SHOWN] if miss.distance <= found[0].distance + 1)


def _misses_of(layer: Layer, layers: tuple[Layer, ...], request: Request) -> Iterator[NearMiss]:
    question = layer.question
    others = [one for one in layers if one is not layer]
    looked_at = []
    for index, placed in enumerate(layer.statements):
        if not question.allows >> index & 1 or question.unreadable >> index & 1:
            continue
        matched = match_request_parts(question, index, request)
        if not matched.action and not _of_service(placed, request.action):
            continue
        looked_at.append((matched.missing, index))
    for _, index in sorted(looked_at)[:MOST_LOOKED_AT]:
        miss = _miss_of(layer, index, request)
        if miss is not None:
            missing, changed = miss
            enough = rule_on(others, changed).verdict is Verdict.ALLOW
            elsewhere = any(one.lack is Lack.ACTION for one in missing) and (
                distance(changed.action.lower(), request.action.lower()) > SLIPS
            )
            yield NearMiss(layer, layer.statements[index], missing, changed, enough, elsewhere)


def _miss_of(
    layer: Layer, index: int, request: Request
) -> tuple[tuple[Missing, ...], Request] | None:
    """What one statement misses, and the request that it allows once that is changed."""
    for missing, changed in islice(_changes(layer, index, request), MOST_TRIED):
        decision = decide(layer.question, changed)
        if decision.verdict is Verdict.ALLOW and index in decision.by:
            return missing, changed
    return None


def _changes(
    layer: Layer, index: int, request: Request
) -> Iterator[tuple[tuple[Missing, ...], Request]]:
    """Changed requests that a statement may allow, those with few changes first."""
    question = layer.question
    statement = layer.statements[index].statement
    matched = match_request_parts(question, index, request)
    actions: list[tuple[str, tuple[Missing, ...]]] = [
        (action, () if pattern is None else (Missing(Lack.ACTION, pattern),))
        for action, pattern in near_actions(question, index, request, matched)
    ]
    if matched.action:
        actions += [
            (action, (Missing(Lack.CONDITION, bounds[0], bounds),))
            for action, bounds in bounded_actions(question, statement, request)
        ]
    for action, missing in actions:
        acted = alter(request, action=action)
        for resource, nearest, segments in near_resources(question, index, acted):
            placed = alter(acted, resource=resource)
            there = missing
            if nearest is not None:
                there += (_tell_resource(layer, acted, nearest, segments),)
            for name, principal in near_principals(question, index, placed, statement):
                who = alter(placed, principal=name)
                whom = there
                if principal is not None:
                    whom += (Missing(Lack.PRINCIPAL, principal),)
                for context, failing in near_contexts(question, statement, who):
                    lacking = whom + tuple(
                        Missing(Lack.CONDITION, group[0], group) for group in failing
                    )
                    if lacking:
                        closed = frozenset(group[0].key for group in failing)
                        yield lacking, alter(who, context=context, closed=closed)


def _tell_resource(
    layer: Layer, request: Request, nearest: ResourcePattern, segments: tuple[str, ...]
) -> Missing:
    """The resource as what is missing, by how CAM asks about the action."""
    if request.resource != "*":
        return Missing(Lack.RESOURCE, nearest, segments=segments)
    service, _, operation = request.action.partition(":")
    scoped = layer.question.catalog.resource_level(service, operation)
    return Missing(Lack.RESOURCE_NOT_GIVEN if scoped else Lack.OPERATION_LEVEL, nearest)


def _of_service(placed: PlacedStatement, action: str) -> bool:
    """Whether a statement has any action of the service."""
    service = action.partition(":")[0]
    return any(matcher(named)(service) for named in placed.statement.services)
