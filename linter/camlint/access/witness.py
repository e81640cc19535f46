"""A generic request made concrete: something a person can read, try out, and check."""

from collections.abc import Iterable, Iterator

from camlint.access.answer import Answer, Request
from camlint.access.areas import Area, Point
from camlint.access.decide import match_request
from camlint.access.derived import derive
from camlint.access.question import Question
from camlint.access.requests import Box, Generic
from camlint.access.resources import matches_point
from camlint.patterns import matcher

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.access.contexts import Context

FILLERS = ("Any", "", "Other", "Some", "Example", *(f"Any{number}" for number in range(2, 40)))
NAMES = ("1", "example", "any", *(f"example-{number}" for number in range(2, 40)), "")
SERVICES = ("cvm", "cdb", "cos", "vpc", "trtc")
REGIONS = ("ap-guangzhou", "ap-shanghai", "ap-beijing", "ap-singapore", "eu-frankfurt")
MOST_OPERATIONS = 500
"""Operations of a service that are tried before one is made up."""


def witness(
    question: Question,
    box: Box,
    generic: Generic,
    asker: str | None,
    context: "Context",
    pos: tuple[int, ...],
    neg: int,
) -> Request | None:
    """A concrete request of the box that every statement of ``pos`` matches, and none of ``neg``.

    Its action is one of the catalogue where one is matched by the same statements, its segments
    are filled in as far as they are known. None when nothing readable was found; what is returned
    was asked of the statements again.
    """
    if not all(text.isprintable() for members in context.values() for text in members):
        return None
    for action in _actions(question, generic):
        if question.match_action(action) != generic.action:
            continue
        if question.derives and derive(*_halve(action)) != generic.derived:
            continue
        resource: str | None = "*"
        if generic.named:
            resource = _resource(question, box.area, action.partition(":")[0])
        if resource is None or not (action + resource).isprintable():
            return None
        request = Request(action, resource, asker, context)
        _, sure, perhaps = match_request(question, request)
        held = all(sure >> index & 1 for index in pos)
        return request if held and not perhaps & neg else None
    return None


def _halve(action: str) -> tuple[str, str]:
    service, _, operation = action.partition(":")
    return service, operation


def _actions(question: Question, generic: Generic) -> Iterator[str]:
    """Actions of the pattern that may be of its sort: known ones first, then made up ones."""
    services = list(_fill(generic.service, SERVICES, FILLERS))
    for service in services:
        known = question.catalog.service(service)
        for operation in known.operations[:MOST_OPERATIONS]:
            if known.settled(operation) is generic.named and matcher(generic.operation)(operation):
                yield f"{service}:{operation}"
    for service in services:
        for operation in _fill(generic.operation, (), FILLERS):
            if question.catalog.resource_level(service, operation) in (None, generic.named):
                yield f"{service}:{operation}"


def _fill(pattern: str, known: Iterable[str], fillers: Iterable[str]) -> Iterator[str]:
    """Texts that a pattern matches, those that are known first."""
    if "*" not in pattern:
        yield pattern
        return
    yield from (text for text in known if matcher(pattern)(text))
    for filler in fillers:
        if text := pattern.replace("*", filler):
            yield text


def _resource(question: Question, area: Area, service: str) -> str | None:
    """A resource of the area, by preference of the service, that no more statements match."""
    point = area.point(question.letters)
    areas = question.every_area()
    named = area.service if area.service.strip("*") else ""
    facts = question.catalog.service(named or service)
    known = [f"{spelling}/{name}" for spelling in facts.types for name in NAMES if name]
    regions = ("", *REGIONS) if facts.regionless else (*REGIONS, "")
    choices: dict[str, Iterable[str]] = {
        "service": (named,) if named else (service, *SERVICES),
        "region": (area.region,) if area.region.strip("*") else regions,
        "account": _accounts(question, area, service),
        "tail": _fill(area.tail, known, NAMES),
    }
    for part, texts in choices.items():
        wanted = [matches_point(one, point, question.letters) for one in areas]
        for text in texts:
            changed = _change(question, point, part, text)
            if all(
                before is Answer.UNDECIDED
                or matches_point(one, changed, question.letters) is before
                for one, before in zip(areas, wanted, strict=True)
            ):
                point = changed
                break
        else:
            return None
    account = point.account or question.owner.segment(point.service)
    return f"qcs::{point.service}:{point.region}:{account}:{point.tail}"


def _accounts(question: Question, area: Area, service: str) -> Iterator[str]:
    """The owner's account where the area is open to all, then others."""
    if area.account != "*":
        yield area.account
        return
    yield question.owner.segment(service)
    for number in range(100000000001, 100000000021):
        yield f"uin/{number}"


def _change(question: Question, point: Point, part: str, text: str) -> Point:
    """The same resource with one part replaced."""
    parts = {
        "service": point.service,
        "region": point.region,
        "account": point.account,
        "tail": point.tail,
        part: text,
    }
    return Point(
        point.sources,
        (parts["service"], parts["region"], parts["account"], parts["tail"]),
        own=question.owner.owns(parts["account"], parts["service"]),
        loose=text if part == "tail" else point.loose,
        unknown=point.unknown,
    )
