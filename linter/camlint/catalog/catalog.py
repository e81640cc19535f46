"""The catalogue: which actions of a service can be scoped, and its types of resource."""

import json
import os

_DATA = os.path.join(os.path.dirname(__file__), "data")


class ServiceFacts:
    """What is known of one service.

    ``resource_level`` are the operations that CAM matches against a resource, ``operation_level``
    those that it matches against ``"*"`` only; the rest is undocumented. ``types`` are the
    resource types as the service's templates spell them. ``sources`` are the pages behind it.
    """

    __slots__ = ("operation_level", "resource_level", "sources", "types")

    def __init__(
        self,
        operation_level: frozenset[str] = frozenset(),
        resource_level: frozenset[str] = frozenset(),
        types: tuple[str, ...] = (),
        sources: tuple[str, ...] = (),
    ) -> None:
        self.operation_level = operation_level
        self.resource_level = resource_level
        self.types = types
        self.sources = sources


NOTHING_KNOWN = ServiceFacts()


class Catalog:
    """Look-ups by service prefix, each service read from its data file when first named."""

    __slots__ = ("_services",)

    def __init__(self) -> None:
        self._services: dict[str, ServiceFacts] = {}

    def service(self, prefix: str) -> ServiceFacts:
        """The facts about the service with this prefix, empty ones when nothing is known."""
        facts = self._services.get(prefix)
        if facts is None:
            facts = _read(prefix)
            self._services[prefix] = facts
        return facts

    def resource_level(self, prefix: str, operation: str) -> bool | None:
        """Whether CAM matches a literal operation against resources; None is undocumented."""
        facts = self.service(prefix)
        if operation in facts.resource_level:
            return True
        return False if operation in facts.operation_level else None


def _read(prefix: str) -> ServiceFacts:
    if not prefix.isalnum() or not prefix.isascii():
        return NOTHING_KNOWN
    path = os.path.join(_DATA, f"{prefix}.json")
    try:
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
    except FileNotFoundError:
        return NOTHING_KNOWN
    return ServiceFacts(
        frozenset(data["operation_level"]),
        frozenset(data["resource_level"]),
        tuple(data["types"]),
        tuple(data["sources"]),
    )
