"""What a user knows better than the catalogue, laid over its data."""

from camlint.catalog.verbs import READING_VERBS, verb_of
from camlint.settings import ActionFacts, ServiceFacts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ORIGIN = "configuration"


def extend_service(
    prefix: str, table: "dict[str, Any] | None", additions: tuple[ServiceFacts, ...]
) -> "dict[str, Any] | None":
    """The data of a service with what was added; None where neither knows it.

    Templates that are added to another service's action count here if they name this one.
    """
    own = [one for one in additions if one.prefix == prefix]
    if table is None and not own:
        return None
    table = dict(table or {})
    rows: dict[str, dict[str, Any]] = dict(table.get("actions", {}))
    for service in own:
        if service.name is not None:
            table["name"] = service.name
        for action in service.actions:
            rows[action.name] = _extend_action(rows.get(action.name), action)
    table["actions"] = dict(sorted(rows.items()))
    templates = {
        template
        for service in additions
        for action in service.actions
        for template in action.resources or ()
        if template.split(":")[2] == prefix
    }
    if templates:
        table["templates"] = sorted({*table.get("templates", ()), *templates})
        types = (template.split(":", 5)[5].partition("/")[0] for template in templates)
        fixed = (head for head in types if "$" not in head and "*" not in head)
        table["types"] = sorted({*table.get("types", ()), *fixed})
    return table


def extend_index(table: "dict[str, Any]", additions: tuple[ServiceFacts, ...]) -> "dict[str, Any]":
    """The data of the index with the services that were added; its counts stay as they are."""
    services: dict[str, list[Any]] = dict(table["services"])
    for service in additions:
        row = services.get(service.prefix, [None, None, None, len(service.actions), 0, 0])
        services[service.prefix] = [service.name or row[0], *row[1:]]
    return table | {"services": dict(sorted(services.items()))}


def _extend_action(row: "dict[str, Any] | None", action: ActionFacts) -> "dict[str, Any]":
    """A row with what was stated over it: a stated granularity ends a dispute about it."""
    extended: dict[str, Any] = dict(row or {"level": _tell_level(action.name), "origins": []})
    extended["origins"] = [*(one for one in extended["origins"] if one != ORIGIN), ORIGIN]
    if action.level is not None:
        extended["level"] = action.level
    if action.resource_level is not None:
        extended = {
            key: value
            for key, value in extended.items()
            if key not in ("conflict", "inferred", "resources")
            or (key == "resources" and action.resource_level)
        }
        extended["resource_level"] = action.resource_level
    if action.resources is not None:
        extended["resources"] = list(action.resources)
        extended["resource_level"] = True
    return extended


def _tell_level(operation: str) -> str:
    verb = verb_of(operation)
    if verb not in READING_VERBS:
        return "write"
    return "list" if verb == "List" or operation.endswith("List") else "read"
