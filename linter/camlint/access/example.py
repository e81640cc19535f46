"""A request as an example for people: a real action where there is one, and words to try it by."""

from camlint.access.answer import Answer, Request
from camlint.access.decide import decide
from camlint.access.principals import ANONYMOUS
from camlint.access.question import Question
from camlint.patterns import matcher, split_action
from camlint.wording import clip, join_words

MOST_TRIED = 100
"""Known actions that are tried in place of one that was made up."""

LONGEST = 120
"""Characters of a resource, or of a value, that an example shows."""


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


def describe_request(request: Request) -> str:
    """A request in words: what is asked for, on what, by whom, and in which circumstances."""
    told = clip(request.action)
    if request.resource != "*":
        told += f" on {clip(request.resource, LONGEST)}"
    if request.principal == ANONYMOUS:
        told += ", without a signature"
    elif request.principal is not None:
        told += f", asked by {clip(request.principal, LONGEST)}"
    context = request.context or {}
    if context:
        when = (f"{key} = {' and '.join(context[key])}" for key in sorted(context))
        told += f", with {clip(join_words(when), LONGEST)}"
    return told
