"""A request as an example for people: with a real action where there is one."""

from camlint.access.answer import Answer, Request
from camlint.access.decide import decide
from camlint.access.question import Question
from camlint.patterns import matcher, split_action

MOST_TRIED = 100
"""Known actions that are tried in place of one that was made up."""


def name_known_action(question: Question, request: Request, pattern: str) -> Request:
    """The same request for an action of the catalogue that ``pattern`` matches and that is allowed.

    The request itself where its action is known, or no such action is.
    """
    name = split_action(request.action)
    if name is None:
        return request
    service = question.catalog.service(name.service.text)
    if name.operation.text in service:
        return request
    matches = matcher(pattern)
    tried = 0
    for operation in service.operations:
        action = f"{service.prefix}:{operation}"
        if not matches(action):
            continue
        tried += 1
        if tried > MOST_TRIED:
            break
        for resource in (request.resource, "*"):
            other = Request(action, resource, request.principal, request.context, request.unknown)
            scoped = service.settled(operation)
            if scoped is (resource == "*") or decide(question, other).allowed is not Answer.YES:
                continue
            if _grantors(question, other) & _grantors(question, request):
                return other
    return request


def _grantors(question: Question, request: Request) -> frozenset[int]:
    return frozenset(decide(question, request).by)
