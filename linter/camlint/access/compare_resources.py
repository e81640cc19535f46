"""Which resources of one statement are matched by others of it."""

from collections.abc import Iterator

from camlint.access.answer import Answer
from camlint.access.first_cell import may_match_resource
from camlint.access.letters import Letters
from camlint.access.owner import infer_owner
from camlint.access.resources import Area, matches_point
from camlint.catalog.catalog import Catalog
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
    first: dict[str, int] = {}
    repeats: dict[int, int] = {}
    for index, resource in enumerate(statement.resources):
        if first.setdefault(resource.text, index) != index:
            repeats[index] = first[resource.text]
    found = dict(repeats)
    if 1 < len(first) <= MOST and _any_may_match(statement, first):
        found.update(_covered(statement, first, settings, catalog))
    yield from sorted(found.items())


def _any_may_match(statement: Statement, first: dict[str, int]) -> bool:
    """Whether it is worth comparing: some resource may match another one."""
    distinct = [statement.resources[index] for index in first.values()]
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
    letters = Letters(first)
    owner = infer_owner((statement,), settings)
    areas = {
        text: Area(text, statement.resources[index].six, letters, owner, catalog)
        for text, index in first.items()
    }
    gone: set[str] = set()
    for text, index in reversed(first.items()):
        point = areas[text].point(letters)
        for other, by in first.items():
            if other == text or other in gone:
                continue
            if matches_point(areas[other], point, letters) is Answer.YES:
                gone.add(text)
                yield index, by
                break
