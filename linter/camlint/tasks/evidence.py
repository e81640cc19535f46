"""Which action, resource and principal of a statement match a request: what to point at."""

from dataclasses import dataclass

from camlint.access.answer import Request
from camlint.access.question import Question
from camlint.patterns import matcher
from camlint.policy.elements import ActionPattern, ResourcePattern
from camlint.tasks.decision import PlacedStatement
from camlint.tasks.near_resources import matches


@dataclass(frozen=True, slots=True)
class Evidence:
    """The first action and the first resource that match; None where none surely does."""

    action: ActionPattern | None
    resource: ResourcePattern | None


def find_evidence(question: Question, placed: PlacedStatement, request: Request) -> Evidence:
    """What of a statement matches the request."""
    statement = placed.statement
    action = next(
        (
            one
            for one in statement.actions
            if not one.name.opaque and matcher(one.name.qualified)(request.action)
        ),
        None,
    )
    return Evidence(
        action,
        next((one for one in statement.resources if matches(question, one, request)), None),
    )
