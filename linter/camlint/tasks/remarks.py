"""What is odd about a request: things that CAM would never be asked, and words nobody knows."""

from collections.abc import Iterable, Iterator

from camlint.access.answer import Request
from camlint.catalog.catalog import Catalog
from camlint.nearest import nearest
from camlint.policy.statement import Statement
from camlint.wording import quote


def remark_on(request: Request, statements: Iterable[Statement], catalog: Catalog) -> Iterator[str]:
    """Sentences about a request that is decided all the same."""
    asked = tuple(statements)
    yield from _of_action(request.action, catalog)
    # Role policies speak of no resource: they are themselves what is asked about.
    if any(one.resources for one in asked):
        yield from _of_resource(request, catalog)
    named = {condition.key for one in asked for condition in one.conditions}
    for key in sorted({*(request.context or {}), *request.unknown}):
        if key not in named:
            yield _of_key(key, named, catalog)
        else:
            known = catalog.condition_keys.find(key)
            if known is not None and known.supplied_by(request.action) is False:
                yield f"requests for {request.action} have no {key}, as documents have it"


def _of_action(action: str, catalog: Catalog) -> Iterator[str]:
    service, _, operation = action.partition(":")
    if catalog.find_service(service) is None:
        found = catalog.suggest_service(service)
        meant = f"; did you mean {quote(found.texts[0])}?" if found else ""
        yield f"no service {quote(service)} is known{meant or '; the public catalogue is partial'}"
    elif catalog.find_action(service, operation) is None:
        found = catalog.suggest_action(service, operation)
        meant = f"; did you mean {quote(f'{service}:{found.texts[0]}')}?" if found else ""
        yield f"no action {quote(action)} is known{meant or '; the public catalogue is partial'}"


def _of_resource(request: Request, catalog: Catalog) -> Iterator[str]:
    service, _, operation = request.action.partition(":")
    known = catalog.find_action(service, operation)
    if known is None:
        return
    if known.settled is True and request.resource == "*":
        forms = known.templates
        such = f", such as --resource '{forms[0].text}'" if forms else ""
        yield (
            f"{request.action} is resource-level: CAM asks about it with the resource{such}; "
            'decided for "*" as asked, which only "*" matches'
        )
    elif known.settled is False and request.resource != "*":
        yield (
            f'{request.action} is operation-level: CAM asks about it with "*", never with one '
            "resource; decided for the resource as asked, leave --resource out for what CAM does"
        )


def _of_key(key: str, named: Iterable[str], catalog: Catalog) -> str:
    meant = nearest(key, sorted(named))
    if meant is None and catalog.condition_keys.find(key) is None:
        near = catalog.condition_keys.find_near(key)
        meant = near.name if near is not None else None
    hint = f"; did you mean {quote(meant)}?" if meant else ""
    return f"no statement has a condition on {quote(key)}, so it changes nothing{hint}"
