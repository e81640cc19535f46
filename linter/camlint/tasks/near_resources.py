"""Resources that a statement matches and that differ from one as little as may be."""

from collections.abc import Iterator
from itertools import combinations

from camlint.access.answer import Answer, Request
from camlint.access.areas import read_point
from camlint.access.question import Question
from camlint.access.resources import matches_nothing_named, matches_point
from camlint.patterns import split_resource
from camlint.policy.elements import ResourcePattern
from camlint.tasks.altered import alter

SEGMENTS = ("service", "region", "account", "name")
ACCOUNT, NAME = 2, 3
MOST_PATTERNS = 100
"""Resources of a statement that are looked at."""

ANYTHING = "1"
"""What stands for ``*`` where the request says nothing better."""


def match_resource(question: Question, index: int, request: Request) -> bool:
    """Whether a statement surely matches the resource of a request."""
    resources = question.statements[index].resources
    return not resources or any(matches(question, one, request) for one in resources)


def matches(question: Question, resource: ResourcePattern, request: Request) -> bool:
    """Whether a resource of one of the question's statements surely matches that of a request."""
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


def near_resources(
    question: Question, index: int, request: Request
) -> Iterator[tuple[str, ResourcePattern | None, tuple[str, ...]]]:
    """The resource itself where it is matched, with None; else the nearest that is.

    With each comes the pattern that matches it, and which segments were changed.
    """
    if match_resource(question, index, request):
        yield request.resource, None, ()
        return
    patterns = [one for one in question.statements[index].resources if one.six is not None]
    best: list[tuple[int, int, str, ResourcePattern, tuple[str, ...]]] = []
    for number, pattern in enumerate(patterns[:MOST_PATTERNS]):
        for count, resource, segments in _fill_resource(pattern, request):
            changed = alter(request, resource=resource)
            if matches(question, pattern, changed):
                best.append((count, number, resource, pattern, segments))
                break
    for _, _, resource, pattern, segments in sorted(best, key=lambda one: one[:2])[:3]:
        yield resource, pattern, segments


def _fill_resource(
    pattern: ResourcePattern, request: Request
) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Resources between the one asked about and a pattern, those with few changes first."""
    wanted = _segments(pattern.text)
    if request.resource == "*":
        service = request.action.partition(":")[0]
        made = [text.replace("*", "") for text in wanted[:3]]
        tail = wanted[3].replace("*", ANYTHING)
        yield 1, _spell([made[0] or service, *made[1:], tail]), ()
        return
    asked = _segments(request.resource)
    # An empty account is the owner's, and which one that is may not be known.
    differing = [
        at
        for at in range(4)
        if wanted[at] != asked[at]
        and (at >= ACCOUNT or wanted[at])
        and (at == NAME or wanted[at] != "*")
    ]
    rest = asked[3].partition("/")[2] or ANYTHING
    for count in range(1, len(differing) + 1):
        for chosen in combinations(differing, count):
            made = list(asked)
            for at in chosen:
                made[at] = wanted[at].replace("*", rest if at == NAME else "")
            yield count, _spell(made), tuple(SEGMENTS[at] for at in chosen)


def _segments(text: str) -> list[str]:
    six = split_resource(text)
    if six is None:
        return ["", "", "", text]
    return [six.service.text, six.region.text, six.account.text, six.tail.text]


def _spell(segments: list[str]) -> str:
    return "qcs::" + ":".join(segments)
