"""Why it can't be told whether a statement matches a request."""

from dataclasses import dataclass
from enum import Enum

from camlint.access.answer import Answer, Request
from camlint.access.question import Question
from camlint.policy.elements import Condition
from camlint.tasks.altered import alter
from camlint.tasks.change import holds, match_request_parts
from camlint.tasks.decision import LayerDecision, PlacedStatement
from camlint.tasks.near_resources import match_resource


class Doubt(Enum):
    """What can't be told of a statement.

    ACCOUNT is a resource that it matches if the account in the request is the owner's.
    """

    UNREADABLE = "unreadable"
    PRINCIPAL = "principal"
    RESOURCE = "resource"
    ACCOUNT = "account"
    CONDITION = "condition"


@dataclass(frozen=True, slots=True)
class Unsure:
    """A statement that may match, and why that isn't known.

    ``open`` are the conditions on keys that were left open, ``unclear`` those that no document
    decides.
    """

    statement: PlacedStatement
    doubts: tuple[Doubt, ...]
    open: tuple[Condition, ...]
    unclear: tuple[Condition, ...]


def find_doubts(one: LayerDecision, request: Request) -> tuple[Unsure, ...]:
    """Why each statement of which it isn't known whether it matches may or may not."""
    return tuple(
        _doubt(one.layer.question, index, one.layer.statements[index], request)
        for index in one.decision.by
    )


def _doubt(question: Question, index: int, placed: PlacedStatement, request: Request) -> Unsure:
    doubts: list[Doubt] = []
    if question.unreadable >> index & 1:
        return Unsure(placed, (Doubt.UNREADABLE,), (), ())
    matched = match_request_parts(question, index, request)
    if not matched.resource:
        owned = match_resource(question, index, _at_home(request))
        doubts.append(Doubt.ACCOUNT if owned else Doubt.RESOURCE)
    if not matched.principal:
        doubts.append(Doubt.PRINCIPAL)
    unheld = [
        condition
        for condition in placed.statement.conditions
        if holds(question, (condition,), request) is Answer.UNDECIDED
    ]
    if unheld:
        doubts.append(Doubt.CONDITION)
    open_ = tuple(condition for condition in unheld if condition.key in request.unknown)
    return Unsure(
        placed,
        tuple(doubts),
        open_,
        tuple(condition for condition in unheld if condition.key not in request.unknown),
    )


def _at_home(request: Request) -> Request:
    """The request about the same resource of the owner's."""
    parts = request.resource.split(":", 5)
    if len(parts) != 6:
        return request
    return alter(request, resource=":".join((*parts[:4], "", parts[5])))
