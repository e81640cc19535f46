"""The statements that come nearest to allowing a request that nothing allows, and what they miss.

Whatever is said to be missing is proved: the request with that changed is decided again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from camlint.access.answer import Answer, Request, Verdict
from camlint.access.decide import decide
from camlint.nearest import distance
from camlint.patterns import matcher
from camlint.policy.elements import ActionPattern, Condition, Principal, ResourcePattern
from camlint.tasks.change import (
    bounded_actions,
    match_request_parts,
    near_actions,
    near_contexts,
    near_principals,
    near_resources,
)
from camlint.tasks.decision import Layer, PlacedStatement, Ruling, rule_on
from camlint.tasks.values import find_values

MOST_LOOKED_AT = 60
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
    def order(self) -> tuple[int, bool, list[int]]:
        """What near misses are sorted by: the fewest things missing first."""
        ranks = sorted((list(Lack).index(one.lack) for one in self.missing), reverse=True)
        return self.distance, not self.enough, ranks


def find_near_misses(ruling: Ruling) -> tuple[NearMiss, ...]:
    """The nearest misses of a request that nothing allows, nearest first.

    There are at most three, none of which misses two things more than the nearest.
    """
    if ruling.verdict is not Verdict.IMPLICIT_DENY:
        return ()
    layers = tuple(one.layer for one in ruling.layers)
    found = [
        miss
        for silent in ruling.deciding
        for miss in _misses_of(silent.layer, layers, ruling.request)
    ]
    found.sort(key=lambda miss: miss.order)
    return tuple(miss for miss in found[:MOST_SHOWN] if miss.distance <= found[0].distance + 1)


def _misses_of(layer: Layer, layers: tuple[Layer, ...], request: Request) -> Iterator[NearMiss]:
    question = layer.question
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
            enough = rule_on(layers, changed).verdict is Verdict.ALLOW
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
        acted = _with(request, action=action)
        for resource, nearest, segments in near_resources(question, index, acted):
            placed = _with(acted, resource=resource)
            there = missing
            if nearest is not None:
                there += (_tell_resource(layer, acted, nearest, segments),)
            for name, principal in near_principals(question, index, placed, statement):
                who = _with(placed, principal=name)
                whom = there
                if principal is not None:
                    whom += (Missing(Lack.PRINCIPAL, principal),)
                for context, failing in near_contexts(question, statement, who):
                    lacking = whom + tuple(
                        Missing(Lack.CONDITION, group[0], group) for group in failing
                    )
                    if lacking:
                        closed = frozenset(group[0].key for group in failing)
                        yield lacking, _with(who, context=context, closed=closed)


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


def _with(
    request: Request,
    *,
    action: str | None = None,
    resource: str | None = None,
    principal: str | None = None,
    context: dict[str, tuple[str, ...]] | None = None,
    closed: frozenset[str] | None = None,
) -> Request:
    """The request with some parts changed; ``closed`` are keys that are no longer open."""
    return Request(
        request.action if action is None else action,
        request.resource if resource is None else resource,
        request.principal if principal is None else principal,
        request.context if context is None else context,
        request.unknown if closed is None else request.unknown - closed,
    )


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
    """What would be without the denies that refuse a request; None where no deny does."""
    if ruling.verdict is not Verdict.EXPLICIT_DENY:
        return None
    layers = tuple(one.layer for one in ruling.layers)
    denying = {id(one.layer): one.decision.by for one in ruling.deciding}
    rest = [
        layer.without(denying[id(layer)]) if id(layer) in denying else layer for layer in layers
    ]
    without = rule_on(rest, ruling.request)
    ways = []
    if without.allowed is not Answer.NO:
        ways = list(islice(_ways_past(ruling, layers), MOST_SHOWN))
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
            changed = _with(ruling.request, context=context, closed=frozenset((key,)))
            if rule_on(layers, changed).verdict is Verdict.ALLOW:
                yield tuple(conditions), changed
                break
