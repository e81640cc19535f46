"""The catalogue's data: the published actions and the curated facts brought together."""

from typing import Any

from camlint.catalog.verbs import verb_of
from catalog.curated import Curated
from catalog.layout import render
from catalog.levels import Levels
from catalog.risks import Risks

FORMAT = 1
DOCUMENTED = frozenset(("cam-enabled-api", "product-docs"))
SERVICES_OF_A_VERB = 2
"""How many services must use a first word before it counts as a verb: ``Descirbe`` is a slip that
one service published, ``Describe`` is what was meant."""

Document = dict[str, Any]


def compile_catalog(
    curated: Curated, risks: Risks, versions: dict[str, str], published: dict[str, Document]
) -> dict[str, str]:
    """The text of every data file, by its path below the data folder."""
    head: Document = {
        "format": FORMAT,
        "date": curated.tables["about"]["date"],
        "packages": versions,
    }
    services = compile_services(curated, risks, published)
    files = {
        f"services/{prefix}.json": render(head | service, wide=("sources", "templates", "actions"))
        for prefix, service in services.items()
    }
    index = compile_index(curated, services)
    files["index.json"] = render(
        head | index, wide=("services", "renamed", "foreign", "related", "pairs")
    )
    for name in ("condition-keys", "preset-policies", "regions", "service-principals"):
        table = curated.tables[name]
        files[f"{name}.json"] = render(head | table, wide=tuple(table))
    files["sensitive-actions.json"] = render(head | {"groups": risks.actions}, wide=("groups",))
    files["risks.json"] = render(head | risks.table, wide=("families", "groups", "kinds", "paths"))
    return files


def compile_services(
    curated: Curated, risks: Risks, published: dict[str, Document]
) -> dict[str, Document]:
    """What is known of each service, by its prefix."""
    products = curated.tables["products"]
    levels = Levels(curated.tables["verbs"]["levels"])
    groups = groups_by_action(risks.actions)
    renamed: dict[str, str] = products["published_as"]
    names: dict[str, str] = {}
    actions: dict[str, dict[str, Document]] = {}
    for name, listing in published.items():
        prefix = renamed.get(name, name)
        if prefix == name:
            names[prefix] = listing["name_zh"]
        rows = actions.setdefault(prefix, {})
        for operation in listing["actions"]:
            rows[operation] = {"origins": ["sdk"]}
    for prefix, service in curated.services.items():
        rows = actions.setdefault(prefix, {})
        for operation, facts in service.get("actions", {}).items():
            origins = {*facts.get("origins", ()), *rows.get(operation, {}).get("origins", ())}
            rows[operation] = facts | {"origins": sorted(origins)}
    services: dict[str, Document] = {}
    for prefix, rows in sorted(actions.items()):
        for operation, row in rows.items():
            row.setdefault("level", levels.tell(operation))
            if operation in groups.get(prefix, {}):
                row["groups"] = groups[prefix][operation]
        facts = curated.services.get(prefix, {})
        services[prefix] = {
            "service": prefix,
            "name": facts.get("name"),
            "name_zh": facts.get("name_zh") or names.get(prefix) or None,
            "granularity": facts.get("granularity"),
            "tag_authorization": facts.get("tag_authorization"),
            "documented": sum(not DOCUMENTED.isdisjoint(row["origins"]) for row in rows.values()),
            "complete_types": prefix in products["complete_types"],
            "regionless": prefix in products["regionless"],
            "sources": facts.get("sources", []),
        }
    templates = templates_by_service(actions)
    for prefix, service in services.items():
        service["templates"] = templates.get(prefix, [])
        service["types"] = types_of(service["templates"])
        service["actions"] = actions[prefix]
    return services


def groups_by_action(groups: dict[str, list[str]]) -> dict[str, dict[str, list[str]]]:
    """The groups of risk that an action is in, by its prefix and its operation."""
    found: dict[str, dict[str, list[str]]] = {}
    for group in sorted(groups):
        for action in groups[group]:
            prefix, operation = action.split(":")
            found.setdefault(prefix, {}).setdefault(operation, []).append(group)
    return found


def templates_by_service(actions: dict[str, dict[str, Document]]) -> dict[str, list[str]]:
    """The templates that name a service, whichever service's actions they are documented for."""
    found: dict[str, set[str]] = {}
    for rows in actions.values():
        for row in rows.values():
            for template in row.get("resources", ()):
                found.setdefault(template.split(":")[2], set()).add(template)
    return {prefix: sorted(templates) for prefix, templates in found.items()}


def types_of(templates: list[str]) -> list[str]:
    """The resource types that templates name: what stands before the first ``/`` of the last part."""
    heads = {template.split(":", 5)[5].partition("/")[0] for template in templates}
    return sorted(head for head in heads if "$" not in head and "*" not in head)


def compile_index(curated: Curated, services: dict[str, Document]) -> Document:
    """What a search among services needs, without reading the file of each."""
    products = curated.tables["products"]
    misspelt = curated.tables["verbs"]["misspelt"]
    verbs: dict[str, set[str]] = {}
    for prefix, service in services.items():
        for operation in service["actions"]:
            verbs.setdefault(verb_of(operation), set()).add(prefix)
    return {
        "renamed": {name: [prefix] for name, prefix in products["published_as"].items()}
        | products["renamed"],
        "foreign": products["foreign"],
        "related": products["related"],
        "pairs": products["pairs"],
        "verbs": sorted(
            verb
            for verb, used in verbs.items()
            if len(used) >= SERVICES_OF_A_VERB and verb not in misspelt
        ),
        "sdkappid": sorted(
            prefix
            for prefix, service in services.items()
            if "sdkappid" in (spelling.lower() for spelling in service["types"])
        ),
        "services": {
            prefix: [
                service["name"],
                service["name_zh"],
                service["granularity"],
                len(service["actions"]),
                service["documented"],
                sum("resource_level" in row for row in service["actions"].values()),
            ]
            for prefix, service in services.items()
        },
    }
