"""Which action, resource and principal of a statement match a request: what to point at."""

from dataclasses import dataclass

from camlint.access.answer import Answer, Request
from camlint.access.areas import read_point
from camlint.access.question import Question
from camlint.access.resources import matches_nothing_named, matches_point
from camlint.patterns import matcher, split_resource
from camlint.policy.elements import ActionPattern, ResourcePattern
from camlint.tasks.decision import PlacedStatement


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
        next((one for one in statement.resources if _matches(question, one, request)), None),
    )


def _matches(question: Question, resource: ResourcePattern, request: Request) -> bool:
    area = question.area(resource.text)
    if request.resource == "*":
        service = request.action.partition(":")[0]
        answer = matches_nothing_named(area, service, frozenset(), question.letters)
        return answer is Answer.YES
    six = split_resource(request.resource)
    if six is None:
        return False
    point = read_point(request.resource, six, question.owner, question.catalog)
    return matches_point(area, point, question.letters) is Answer.YES
