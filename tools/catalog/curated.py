"""The curated facts: what people read out of Tencent's pages, checked for slips of the pen."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from camlint.catalog.action import LEVELS

HERE = Path(__file__).resolve().parent
FACTS = HERE / "facts"
ORIGINS = ("cam-enabled-api", "cloudaudit", "doc-example", "product-docs")
GRANULARITIES = ("operation", "resource", "service")
SERVICE_KEYS = frozenset(
    ("service", "name", "name_zh", "granularity", "tag_authorization", "sources", "actions")
)
ACTION_KEYS = frozenset(("level", "origins", "resource_level", "resources", "conflict", "inferred"))

Document = dict[str, Any]


class WrongFact(Exception):
    """A fact doesn't have the form that the catalogue needs; the text names the file and it."""


class Curated:
    """The curated facts; ``services`` by prefix, ``tables`` by the names of their files."""

    def __init__(self, services: dict[str, Document], tables: dict[str, Document]) -> None:
        self.services = services
        self.tables = tables


def read_curated(folder: Path = FACTS) -> Curated:
    """The facts in a folder. Raises WrongFact, which names everything that is wrong."""
    services = {
        path.stem: json.loads(path.read_text("utf-8"))
        for path in sorted((folder / "services").glob("*.json"))
    }
    problems = [
        f"services/{prefix}.json: {problem}"
        for prefix, document in services.items()
        for problem in check_service(prefix, document)
    ]
    if problems:
        raise WrongFact("\n".join(problems))
    tables = {
        path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))
    }
    return Curated(services, tables)


def check_service(prefix: str, document: Document) -> Iterator[str]:
    """What is wrong with the facts about one service."""
    if document.get("service") != prefix:
        yield f'says that its service is "{document.get("service")}"'
    yield from (f'unknown key "{key}"' for key in sorted(document.keys() - SERVICE_KEYS))
    if document.get("granularity", "service") not in GRANULARITIES:
        yield f'granularity "{document["granularity"]}" is none of {", ".join(GRANULARITIES)}'
    for operation, facts in document.get("actions", {}).items():
        yield from (f"{operation}: {problem}" for problem in check_action(facts))


def check_action(facts: Document) -> Iterator[str]:
    """What is wrong with the facts about one action."""
    yield from (f'unknown key "{key}"' for key in sorted(facts.keys() - ACTION_KEYS))
    yield from (
        f'origin "{origin}" is none of {", ".join(ORIGINS)}'
        for origin in facts.get("origins", ())
        if origin not in ORIGINS
    )
    if facts.get("level", "read") not in LEVELS:
        yield f'level "{facts["level"]}" is none of {", ".join(LEVELS)}'
    if "resources" in facts and facts.get("resource_level") is not True:
        yield "has resources and isn't marked resource_level: true"
    for template in facts.get("resources", ()):
        parts = template.split(":", 5)
        if len(parts) != 6 or parts[:2] != ["qcs", ""]:
            yield f'resource "{template}" doesn\'t have the six segments of qcs::service:region:account:resource'
