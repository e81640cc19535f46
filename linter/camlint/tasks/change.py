"""Requests that differ from one as little as a statement asks for: candidates, not yet decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

from camlint.access.answer import Answer, Request, Verdict
from camlint.access.decide import decide
from camlint.access.question import Question
from camlint.catalog.verbs import READING_VERBS
from camlint.kinds import Kind
from camlint.nearest import distance
from camlint.patterns import ActionName, Segment, matcher, split_action
from camlint.policy.actions import Actions
from camlint.policy.elements import (
    PRESET_KEYS,
    ActionPattern,
    Condition,
    Principal,
    ResourcePattern,
)
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.tasks.near_resources import match_resource
from camlint.tasks.values import Values, find_values

MOST_COMBINED = 50
"""Circumstances under which a statement applies that are tried."""

MOST_FITTING = 6
"""Values of one key that are tried."""

FINANCE_FREE = "cvm:DescribeInstances"
"""A known action that reads, and is of neither cam nor finance."""

Context = dict[str, tuple[str, ...]]

_ANY_ACTION = Actions((ActionPattern("*", (), ActionName(Segment("*", 0), Segment("*", 0))),))
_ANY_RESOURCE = ResourcePattern("*", (), None)


@dataclass(frozen=True, slots=True)
class Matched:
    """Which parts of a request a statement surely matches, conditions left aside."""

    action: bool
    resource: bool
    principal: bool

    @property
    def missing(self) -> int:
        """How many parts it doesn't match."""
        return 3 - self.action - self.resource - self.principal


def match_request_parts(question: Question, index: int, request: Request) -> Matched:
    """Which parts of a request statement ``index`` of a question matches."""
    return Matched(
        bool(question.match_action(request.action) >> index & 1),
        match_resource(question, index, request),
        bool(question.askers.match(request.principal)[0] >> index & 1),
    )


def near_actions(
    question: Question, index: int, request: Request, matched: Matched
) -> Iterator[tuple[str, ActionPattern | None]]:
    """The action itself where it is matched, with None; else those of the nearest patterns."""
    if matched.action:
        yield request.action, None
        return
    service, _, operation = request.action.partition(":")
    patterns = [
        one
        for one in question.statements[index].actions
        if not one.name.opaque and matcher(one.name.service.text)(service)
    ]
    patterns.sort(key=lambda one: _apart(one.name.operation.text, operation))
    for pattern in patterns[:3]:
        for action in islice(_fill_action(question, pattern, service, request.resource), 2):
            yield action, pattern


def _apart(pattern: str, operation: str) -> tuple[int, int]:
    """How far a pattern is from an operation: misspelt ones first, then those that begin alike."""
    plain, asked = pattern.replace("*", "").lower(), operation.lower()
    alike = 0
    for one, other in zip(plain, asked, strict=False):
        if one != other:
            break
        alike += 1
    return distance(plain, asked), -alike


def _fill_action(
    question: Question, pattern: ActionPattern, service: str, resource: str
) -> Iterator[str]:
    """Actions that a pattern stands for: known ones that CAM asks about in the same way first."""
    operation = pattern.name.operation.text
    if "*" not in operation:
        yield f"{service}:{operation}"
        return
    for known in question.catalog.matching(service, operation):
        if known.settled in (None, resource != "*"):
            yield known.qualified
    filled = operation.replace("*", "") or "Any"
    if split_action(f"{service}:{filled}") is not None:
        yield f"{service}:{filled}"


def bounded_actions(
    question: Question, statement: Statement, request: Request
) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    """Other actions, where conditions speak of the action itself and don't hold for this one.

    So it is under Tencent's ReadOnlyAccess and QCloudResourceFullAccess. With each come the
    conditions that hold for it. Source: https://cloud.tencent.com/document/product/598/105584
    """
    bounds = tuple(one for one in statement.conditions if one.key in PRESET_KEYS)
    if not bounds or holds(question, bounds, request) is Answer.YES:
        return
    service = request.action.partition(":")[0]
    reading = [
        known.qualified
        for known in question.catalog.service(service).matching("*")
        if known.verb in READING_VERBS and known.settled in (None, request.resource != "*")
    ]
    for action in (*reading[:1], FINANCE_FREE):
        other = Request(action, request.resource, request.principal, request.context)
        if holds(question, bounds, other) is Answer.YES:
            yield action, bounds


def near_principals(
    question: Question, index: int, request: Request, statement: Statement
) -> Iterator[tuple[str | None, Principal | None]]:
    """Who asks, where the statement speaks of them, with None; else the first whom it names."""
    if question.askers.match(request.principal)[0] >> index & 1:
        yield request.principal, None
        return
    for name in question.askers.names:
        if question.askers.match(name)[0] >> index & 1:
            principals = statement.principals or tuple(
                one for policy in question.policies for one in policy.principals
            )
            if principals:
                yield name, principals[0]
            return


def near_contexts(
    question: Question, statement: Statement, request: Request
) -> Iterator[tuple[Context, tuple[tuple[Condition, ...], ...]]]:
    """Circumstances under which a statement applies, and the conditions that didn't hold before.

    Those conditions are grouped by their key. The circumstances of the request come first, if they
    do, with none.
    """
    by_key: dict[str, list[Condition]] = {}
    for condition in statement.conditions:
        by_key.setdefault(condition.key, []).append(condition)
    context = dict(request.context or {})
    failing: list[tuple[Condition, ...]] = []
    choices: list[list[Values]] = []
    for key, conditions in by_key.items():
        group = tuple(conditions)
        if holds(question, group, request) is Answer.YES:
            continue
        satisfying = (
            values
            for values in find_values(conditions)
            if holds(question, group, _at(request, key, values)) is Answer.YES
        )
        fitting = list(islice(satisfying, MOST_FITTING))
        if not fitting:
            return
        failing.append(group)
        choices.append(fitting)
    for chosen in islice(product(*choices), MOST_COMBINED):
        changed = dict(context)
        for group, values in zip(failing, chosen, strict=True):
            changed.pop(group[0].key, None)
            if values is not None:
                changed[group[0].key] = values
        yield changed, tuple(failing)


def holds(question: Question, conditions: tuple[Condition, ...], request: Request) -> Answer:
    """Whether conditions hold for a request, asked of a statement that has nothing else."""
    alone = Statement((), {}, {}, "allow", _ANY_ACTION, (_ANY_RESOURCE,), conditions, (), ())
    policy = Policy(Kind.IDENTITY, {}, {}, (alone,), (), ())
    asked = Request(request.action, "*", None, request.context, request.unknown)
    verdict = decide(Question((policy,), question.settings, question.catalog), asked).verdict
    if verdict is Verdict.ALLOW:
        return Answer.YES
    return Answer.NO if verdict is Verdict.IMPLICIT_DENY else Answer.UNDECIDED


def _at(request: Request, key: str, values: Values) -> Request:
    context = {name: held for name, held in (request.context or {}).items() if name != key}
    if values is not None:
        context[key] = values
    return Request(
        request.action, request.resource, request.principal, context, request.unknown - {key}
    )
