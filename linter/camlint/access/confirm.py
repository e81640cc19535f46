"""Asking two sides about a request that was found, in words that each understands by itself."""

from collections.abc import Iterator

from camlint.access.answer import Request, Verdict
from camlint.access.comparison import Difference
from camlint.access.decide import decide
from camlint.access.owner import Owner
from camlint.access.sides import Side
from camlint.catalog.catalog import Catalog
from camlint.policy.values import parse_bool, parse_date, parse_network, parse_number

USUAL = {
    "bool": "true",
    "date": "2026-01-01T00:00:00Z",
    "ip": "10.0.0.1",
    "numeric": "1",
}
"""A value of each type of condition keys, for one that only has to be there."""


def confirm(request: Request, allowing: Side, refusing: Side, owner: Owner) -> Difference | None:
    """The difference that a request makes, as either side answers it by itself; None if neither.

    ``owner`` is what both sides together tell of the owner.

    What only both sides together make sense of is put otherwise: a value that hasn't the type of
    its key, and an account that only both tell to be the owner's.
    """
    for one in _spellings(request, owner, allowing.alone.catalog):
        yes = decide(allowing.alone, one)
        if yes.verdict is Verdict.ALLOW:
            no = decide(refusing.alone, one)
            if no.verdict in (Verdict.EXPLICIT_DENY, Verdict.IMPLICIT_DENY):
                return Difference(one, yes.by, no.verdict, no.by)
    return None


def _spellings(request: Request, owner: Owner, catalog: Catalog) -> Iterator[Request]:
    """The request in the words to be tried, the best first."""
    typed = _with_types(request, catalog)
    for one in (request,) if typed is None else (typed, request):
        yield one
        parts = one.resource.split(":", 5)
        if len(parts) == 6 and parts[4] and owner.owns(parts[4], parts[2]):
            parts[4] = ""
            yield Request(one.action, ":".join(parts), one.principal, one.context, one.unknown)


def _with_types(request: Request, catalog: Catalog) -> Request | None:
    """The request with a value of the right type for each key; None where they all have one."""
    context = dict(request.context or {})
    for key, values in context.items():
        known = catalog.condition_keys.find(key)
        if known is not None and not all(_fits(value, known.type) for value in values):
            context[key] = (USUAL[known.type],)
    if context == (request.context or {}):
        return None
    return Request(request.action, request.resource, request.principal, context, request.unknown)


def _fits(value: str, type_: str) -> bool:
    if type_ == "ip":
        return "/" not in value and parse_network(value) is not None
    if type_ == "numeric":
        return parse_number(value) is not None
    if type_ == "date":
        return parse_date(value) is not None
    return type_ != "bool" or parse_bool(value) is not None
