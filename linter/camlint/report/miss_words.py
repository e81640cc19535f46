"""What a statement that nearly allows a request misses: in words, and where it stands."""

from camlint.access.answer import Request
from camlint.place import Place
from camlint.policy.elements import Condition, ResourcePattern
from camlint.report.condition_words import say_coming, say_holding
from camlint.report.ruling_words import name_statements
from camlint.tasks.near_miss import Lack, Missing, NearMiss

OWN = "the owner's own (left empty)"

LABELS = {
    Lack.CONDITION: "doesn't hold",
    Lack.RESOURCE: "another resource",
    Lack.RESOURCE_NOT_GIVEN: "no such resource was asked about",
    Lack.OPERATION_LEVEL: 'only "*" would match',
    Lack.PRINCIPAL: "somebody else",
    Lack.ACTION: "another action",
}
"""What stands beside the part of a statement that is missed."""


def say_miss(miss: NearMiss, request: Request) -> str:
    """What a statement would allow, and what is missing for it."""
    named = name_statements([miss.statement])
    for one in miss.missing:
        if one.lack is Lack.OPERATION_LEVEL and len(miss.missing) == 1:
            return (
                f'{named} allows {request.action}, but not on "*", and CAM asks about it without '
                "a resource, which nothing else matches"
            )
    clauses = []
    coming = []
    for one in miss.missing:
        if _comes(one, miss, request):
            coming.append(say_coming(one.conditions))
        else:
            clauses.append(_say_missing(one, miss))
    if coming:
        clauses.append(f"it came {' and '.join(coming)}")
    rest = "" if miss.enough else ", though something else still refuses it then"
    return f"{named} would allow it if {' and '.join(clauses)}{rest}"


def place_missing(one: Missing) -> Place:
    """What is missing, of a resource the one segment that differs."""
    part = one.part
    if isinstance(part, ResourcePattern) and part.six is not None and len(one.segments) == 1:
        six = part.six
        segments = {"service": six.service, "region": six.region, "account": six.account}
        segment = segments.get(one.segments[0], six.tail)
        return part.place(segment.start, segment.end)
    return Place(part.pointer)


def _comes(one: Missing, miss: NearMiss, request: Request) -> bool:
    """Whether what is missing is a key that the request lacks and should have."""
    if not one.conditions:
        return False
    key = one.conditions[0].key
    return key in (miss.request.context or {}) and key not in (request.context or {})


def _say_missing(one: Missing, miss: NearMiss) -> str:
    part = one.part
    if isinstance(part, Condition):
        return say_holding(one.conditions, "were")
    if one.lack is Lack.ACTION:
        return f"the action were {'one of ' if '*' in part.text else ''}{part.text}"
    if one.lack is Lack.PRINCIPAL:
        return f"it came from {part.text}"
    if one.lack is Lack.RESOURCE_NOT_GIVEN:
        return f"it were about {part.text}"
    if one.lack is Lack.OPERATION_LEVEL:
        return f"it were about {part.text}"
    changed = miss.request.resource.split(":", 5)
    places = {"service": 2, "region": 3, "account": 4, "name": 5}
    if len(one.segments) == 1 and one.segments != ("name",):
        (segment,) = one.segments
        value = changed[places[segment]]
        return f"the {segment} were {value or OWN}"
    if one.segments == ("name",):
        wanted = part.text.split(":", 5)[5]
        return f"the resource were {'one of ' if '*' in wanted else ''}{wanted}"
    return f"the resource were {'one of ' if '*' in part.text else ''}{part.text}"
