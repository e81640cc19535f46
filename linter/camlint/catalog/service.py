"""A service, its actions and its resources, as one data file holds them."""

from camlint.catalog.action import Action, settle
from camlint.catalog.template import ResourceTemplate, read_template
from camlint.catalog.verbs import verb_of
from camlint.patterns import matcher

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from camlint.catalog.near import NearNames

WELL_COVERED_ACTIONS = 20
WELL_COVERED_PERCENT = 15
MOST_PATTERNS = 10_000
"""Patterns of which a service remembers whether they catch anything."""
NO_ROW: "dict[str, Any]" = {}


class Service:
    """What is known of one service; ``known`` is False for one that the catalogue hasn't got.

    ``name`` and ``name_zh`` are None where no source names it, ``granularity`` is ``"resource"``,
    ``"operation"``, ``"service"`` or None, ``tag_authorization`` True, False or None (data of 2023:
    low confidence). ``types`` are the resource types that templates of any service name for it, as
    they are spelt there; ``complete_types`` says that there are no others, ``regionless`` that its
    resources are documented without a region. ``sources`` are the pages behind all this.
    """

    __slots__ = (
        "_actions",
        "_by_lower",
        "_caught",
        "_near",
        "_rows",
        "_templates",
        "complete_types",
        "documented",
        "granularity",
        "known",
        "name",
        "name_zh",
        "prefix",
        "regionless",
        "sources",
        "tag_authorization",
        "types",
        "uses_region",
    )

    def __init__(self, prefix: str, data: "dict[str, Any] | None" = None) -> None:
        self.known = data is not None
        table = data or {}
        self.prefix = prefix
        self.name: str | None = table.get("name")
        self.name_zh: str | None = table.get("name_zh")
        self.granularity: str | None = table.get("granularity")
        self.tag_authorization: bool | None = table.get("tag_authorization")
        self.documented: int = table.get("documented", 0)
        self.complete_types: bool = table.get("complete_types", False)
        self.regionless: bool = table.get("regionless", False)
        self.sources: tuple[str, ...] = tuple(table.get("sources", ()))
        self.types: tuple[str, ...] = tuple(table.get("types", ()))
        self._templates: tuple[str, ...] = tuple(table.get("templates", ()))
        self.uses_region = self._tell_region_use()
        self._rows: dict[str, dict[str, Any]] = table.get("actions", {})
        self._actions: dict[str, Action] = {}
        self._by_lower: dict[str, str] = {}
        self._caught: dict[str, bool] = {}
        self._near: dict[str, NearNames] = {}

    def __repr__(self) -> str:
        return f"Service({self.prefix!r})"

    def __bool__(self) -> bool:
        """Whether the catalogue has the service, with actions or without."""
        return self.known

    def __len__(self) -> int:
        """How many actions are known."""
        return len(self._rows)

    def __contains__(self, operation: object) -> bool:
        """Whether the service has an action of exactly this name."""
        return operation in self._rows

    @property
    def title(self) -> str:
        """The service as a message names it: its English name, its Chinese one, or its prefix."""
        return self.name or self.name_zh or self.prefix

    @property
    def well_covered(self) -> bool:
        """Whether enough actions are documented for absence to mean something."""
        enough = self.documented * 100 >= WELL_COVERED_PERCENT * len(self._rows)
        return self.documented >= WELL_COVERED_ACTIONS and enough

    @property
    def operations(self) -> tuple[str, ...]:
        """The names of its actions, sorted."""
        return tuple(self._rows)

    @property
    def actions(self) -> tuple[Action, ...]:
        """Its actions, by name."""
        return tuple(self._action(operation) for operation in self._rows)

    @property
    def templates(self) -> tuple[ResourceTemplate, ...]:
        """The templates that name resources of this service, whichever service documents them."""
        return tuple(read_template(text) for text in self._templates)

    @property
    def account_forms(self) -> frozenset[str]:
        """What its templates write in the account segment: ``uin``, ``uid``, ``""``; maybe none."""
        return frozenset(template.account_form for template in self.templates)

    def _tell_region_use(self) -> bool | None:
        """Whether any template has a region; None where there is no template."""
        if self.regionless:
            return False
        return any(template.regional for template in self.templates) if self._templates else None

    @property
    def resource_services(self) -> frozenset[str]:
        """The services whose resources its actions are documented to be matched against."""
        return frozenset(
            template.split(":", 3)[2]
            for row in self._rows.values()
            for template in row.get("resources", ())
        )

    @property
    def resource_level(self) -> frozenset[str]:
        """The operations that CAM matches against resources, as far as that is settled."""
        return frozenset(name for name in self._rows if self.settled(name) is True)

    @property
    def operation_level(self) -> frozenset[str]:
        """The operations that CAM matches against ``"*"`` only, as far as that is settled."""
        return frozenset(name for name in self._rows if self.settled(name) is False)

    def settled(self, operation: str) -> bool | None:
        """Whether CAM matches an operation against resources; None is undocumented or disputed."""
        row = self._rows.get(operation)
        if row is None or "resource_level" not in row:
            return None
        return settle(row["resource_level"], row["origins"], conflict=row.get("conflict", False))

    def find(self, operation: str) -> Action | None:
        """The action of exactly this name."""
        return self._action(operation) if operation in self._rows else None

    def find_any_case(self, operation: str) -> Action | None:
        """The action of this name in whatever case, one of exactly this name first."""
        if operation in self._rows:
            return self._action(operation)
        if not self._by_lower:
            self._by_lower.update((name.lower(), name) for name in self._rows)
        name = self._by_lower.get(operation.lower())
        return None if name is None else self._action(name)

    def near(self, operation: str, verb: str = "") -> tuple[str, ...]:
        """The names of its actions that are nearest to an operation, at most two letters off.

        Only those that begin with ``verb``, where one is given.
        """
        names = self._near.get(verb)
        if names is None:
            from camlint.catalog import near  # noqa: PLC0415 - for unknown ones

            alike = (name for name in self._rows if not verb or verb_of(name) == verb)
            names = self._near[verb] = near.NearNames(alike)
        return names.nearest(operation)

    def matching(self, pattern: str, *, any_case: bool = False) -> tuple[Action, ...]:
        """The known actions that an operation pattern such as ``Describe*`` matches, by name."""
        if any_case:
            caught = matcher(pattern.lower())
            return tuple(self._action(name) for name in self._rows if caught(name.lower()))
        caught = matcher(pattern)
        return tuple(self._action(name) for name in self._rows if caught(name))

    def catches(self, pattern: str) -> bool:
        """Whether an operation pattern matches any known action."""
        found = self._caught.get(pattern)
        if found is None:
            if len(self._caught) >= MOST_PATTERNS:
                self._caught.clear()
            found = self._caught[pattern] = any(map(matcher(pattern), self._rows))
        return found

    def find_type(self, spelling: str) -> str | None:
        """The resource type as templates spell it, for one in whatever case."""
        if spelling in self.types:
            return spelling
        lower = spelling.lower()
        return next((known for known in self.types if known.lower() == lower), None)

    def _action(self, operation: str) -> Action:
        action = self._actions.get(operation)
        if action is None:
            action = self._actions[operation] = Action(
                self.prefix, operation, self._rows[operation]
            )
        return action
