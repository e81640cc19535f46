"""Which resources of one statement are matched by others of it."""

from collections.abc import Iterator

from camlint.access.answer import Answer
from camlint.access.areas import read_area
from camlint.access.first_cell import may_match_resource
from camlint.access.letters import Letters
from camlint.access.owner import infer_owner
from camlint.access.resources import matches_nothing_named, matches_point
from camlint.catalog.catalog import Catalog
from camlint.policy.elements import ResourcePattern
from camlint.policy.statement import Statement
from camlint.settings import Settings

MOST = 300
"""Different resources that are compared pair by pair; longer lists are searched for repeats only."""


def covered_resources(
    statement: Statement, settings: Settings, catalog: Catalog
) -> Iterator[tuple[int, int]]:
    """Pairs of indices: a resource, and another that matches all it does. In order.

    Of equal resources the later one is covered by the earlier.
    """
    if _all_of_different_services(statement.resources):
        return
    first: dict[str, int] = {}
    repeats: dict[int, int] = {}
    for index, resource in enumerate(statement.resources):
        if first.setdefault(resource.text, index) != index:
            repeats[index] = first[resource.text]
    found = dict(repeats)
    distinct = [statement.resources[index] for index in first.values()]
    if 1 < len(first) <= MOST and _any_may_match(distinct):
        found.update(_covered(statement, first, settings, catalog))
    yield from sorted(found.items())


def _all_of_different_services(resources: tuple[ResourcePattern, ...]) -> bool:
    """Whether no two resources can have anything in common, as their services tell."""
    services: set[str] = set()
    for resource in resources:
        six = resource.six
        service = "" if six is None else six.service.text
        if not service.isalnum() or service in services:
            return False
        services.add(service)
    return True


def _any_may_match(distinct: list[ResourcePattern]) -> bool:
    """Whether it is worth comparing: some resource may match another one."""
    return any(
        one is not other and may_match_resource(one, other)
        for one in distinct
        for other in distinct
    )


def _covered(
    statement: Statement,
    first: dict[str, int],
    settings: Settings,
    catalog: Catalog,
) -> Iterator[tuple[int, int]]:
    """Each resource that another matches whole, the later one first; what is gone matches none."""
    letters = Letters(first)
    owner = infer_owner((statement,), settings)
    areas = {
        text: read_area(text, statement.resources[index].six, letters, owner, catalog)
        for text, index in first.items()
        if text.isprintable()
    }
    services = _unscoped_services(statement, catalog)
    gone: set[str] = set()
    for text, area in reversed(areas.items()):
        point = area.point(letters)
        unnamed = [
            service
            for service in services
            if matches_nothing_named(area, service, frozenset(), letters) is not Answer.NO
        ]
        for other, by in first.items():
            wider = areas.get(other)
            if other == text or other in gone or wider is None:
                continue
            if matches_point(wider, point, letters) is Answer.YES and all(
                matches_nothing_named(wider, service, frozenset(), letters) is Answer.YES
                for service in unnamed
            ):
                gone.add(text)
                yield first[text], by
                break


def _unscoped_services(statement: Statement, catalog: Catalog) -> list[str]:
    """The services of which an action of the statement may come without a resource."""
    services: set[str] = set()
    for action in statement.actions:
        service, operation = action.name.service.text, action.name.operation.text
        literal = "*" not in action.name.qualified
        if not (literal and catalog.resource_level(service, operation)):
            services.add(service)
    if not statement.actions or any("*" in one or one == "permid" for one in services):
        services.update(
            resource.six.service.text
            for resource in statement.resources
            if resource.six is not None and resource.six.service.text
        )
    return sorted(services)
