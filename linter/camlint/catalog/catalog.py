"""The catalogue: what is known of CAM's services, each read from its data file when first named."""

from camlint.catalog.action import Action
from camlint.catalog.data_file import read_service, read_table
from camlint.catalog.service import Service
from camlint.patterns import matcher
from camlint.settings import ServiceFacts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from camlint.catalog.condition_keys import ConditionKey, ConditionKeys
    from camlint.catalog.index import Index
    from camlint.catalog.principals import ServicePrincipals
    from camlint.catalog.regions import Regions
    from camlint.catalog.risks import Risks
    from camlint.catalog.suggestion import Suggestion

MOST_KEPT = 1024
"""How many services are kept before unknown ones no longer are: files may name any number."""


class Catalog:
    """Look-ups; a file of data is read when a question first needs it, and then kept.

    A policy that names one service costs one file. What needs more says so. ``additions`` are laid
    over the data, later ones over earlier.
    """

    __slots__ = ("_additions", "_kept", "_services")

    def __init__(self, additions: tuple[ServiceFacts, ...] = ()) -> None:
        self._additions = additions
        self._services: dict[str, Service] = {}
        self._kept: dict[str, Any] = {}

    def service(self, prefix: str) -> Service:
        """The service with exactly this prefix; one that is not ``known`` and empty for others."""
        service = self._services.get(prefix)
        if service is None:
            service = Service(prefix, self._read_service(prefix))
            if service.known or len(self._services) < MOST_KEPT:
                self._services[prefix] = service
        return service

    def _read_service(self, prefix: str) -> "dict[str, Any] | None":
        table = read_service(prefix)
        if not self._additions:
            return table
        from camlint.catalog.additions import extend_service  # noqa: PLC0415 - few have any

        return extend_service(prefix, table, self._additions)

    def find_service(self, prefix: str) -> Service | None:
        """The service with exactly this prefix, None for one that the catalogue hasn't got."""
        service = self.service(prefix)
        return service if service.known else None

    def find_action(self, prefix: str, operation: str) -> Action | None:
        """The action of exactly this service and name."""
        return self.service(prefix).find(operation)

    def resource_level(self, prefix: str, operation: str) -> bool | None:
        """Whether CAM matches a literal operation against resources.

        None is undocumented, or documented both ways without CAM's own page deciding.
        """
        return self.service(prefix).settled(operation)

    def matching(
        self, prefix: str, operation: str, *, every_service: bool = False
    ) -> tuple[Action, ...]:
        """The known actions that a pattern catches, by service and name.

        A ``*`` in ``prefix`` catches nothing unless ``every_service`` is set: then the index and
        the file of each service it matches are read.
        """
        if "*" not in prefix:
            return self.service(prefix).matching(operation)
        if not every_service:
            return ()
        caught = matcher(prefix)
        return tuple(
            action
            for known in self.index.prefixes
            if caught(known)
            for action in self.service(known).matching(operation)
        )

    def suggest_service(self, prefix: str) -> "Suggestion | None":
        """What a prefix that the catalogue hasn't got may stand for, and why. Reads the index."""
        from camlint.catalog.suggestion import suggest_service  # noqa: PLC0415 - for unknown ones

        return suggest_service(prefix, self.index)

    def suggest_action(self, prefix: str, operation: str) -> "Suggestion | None":
        """What an operation that the service hasn't got may stand for, and why. Reads the index.

        Never one with another verb; None where the service or nothing near is known.
        """
        from camlint.catalog.suggestion import suggest_action  # noqa: PLC0415 - for unknown ones

        service = self.find_service(prefix)
        return None if service is None else suggest_action(operation, service, self.index.verbs)

    def supplies(self, key: "ConditionKey", prefix: str, operation: str) -> bool | None:
        """Whether requests for an action hold a condition key.

        For a pattern that is False where none of the known actions that it catches supplies it, and
        None otherwise. None, too, where no document says, and for actions that aren't known.
        """
        carriers = key.carriers(prefix)
        if carriers is None:
            return None
        service = self.service(prefix)
        if "*" not in operation:
            return f"{prefix}:{operation}" in carriers if operation in service else None
        if any(map(matcher(f"{prefix}:{operation}"), carriers)):
            return None
        return False if service.catches(operation) else None

    def goes_with(
        self, action_service: str, resource_service: str, resource_type: str = ""
    ) -> bool:
        """Whether actions of one service may be matched against resources of another.

        So it is for the service itself, for those whose resources its templates name, for pairs
        that are known to work together, for vpc, and for security groups, ``qcs::cvm:…:sg/…``.
        """
        if action_service == resource_service or resource_service == "vpc":
            return True
        if resource_service == "cvm" and resource_type == "sg":
            return True
        if resource_service in self.service(action_service).resource_services:
            return True
        return self.index.goes_with(action_service, resource_service)

    @property
    def index(self) -> "Index":
        """Every service in a few words, other names, and the verbs that actions begin with."""
        found: Index | None = self._kept.get("index")
        if found is None:
            from camlint.catalog import index  # noqa: PLC0415 - few policies need it

            table = read_table("index")
            if self._additions:
                from camlint.catalog.additions import extend_index  # noqa: PLC0415 - few have any

                table = extend_index(table, self._additions)
            found = self._kept["index"] = index.Index(table)
        return found

    @property
    def regions(self) -> "Regions":
        """The regions."""
        found: Regions | None = self._kept.get("regions")
        if found is None:
            from camlint.catalog import regions  # noqa: PLC0415 - few policies need them

            found = self._kept["regions"] = regions.Regions(read_table("regions"))
        return found

    @property
    def condition_keys(self) -> "ConditionKeys":
        """The condition keys."""
        found: ConditionKeys | None = self._kept.get("condition-keys")
        if found is None:
            from camlint.catalog import condition_keys  # noqa: PLC0415 - few policies need them

            found = self._kept["condition-keys"] = condition_keys.ConditionKeys(
                read_table("condition-keys")
            )
        return found

    @property
    def service_principals(self) -> "ServicePrincipals":
        """The names under which services take on roles."""
        found: ServicePrincipals | None = self._kept.get("service-principals")
        if found is None:
            from camlint.catalog import principals  # noqa: PLC0415 - few policies need them

            found = principals.ServicePrincipals(read_table("service-principals"))
            self._kept["service-principals"] = found
        return found

    @property
    def sensitive_groups(self) -> dict[str, tuple[str, ...]]:
        """The actions of each group and family of risks, ``cam:CreatePolicy``; ``Action.groups`` is the reverse."""
        found: dict[str, tuple[str, ...]] | None = self._kept.get("sensitive-actions")
        if found is None:
            groups = read_table("sensitive-actions")["groups"]
            found = {group: tuple(actions) for group, actions in groups.items()}
            self._kept["sensitive-actions"] = found
        return found

    @property
    def risks(self) -> "Risks":
        """What sensitive actions let their holder do."""
        found: Risks | None = self._kept.get("risks")
        if found is None:
            from camlint.catalog import risks  # noqa: PLC0415 - few policies need it

            found = self._kept["risks"] = risks.Risks(read_table("risks"))
        return found

    @property
    def preset_policies(self) -> frozenset[str]:
        """The names of preset policies that Tencent's documents mention; there are more."""
        found: frozenset[str] | None = self._kept.get("preset-policies")
        if found is None:
            found = frozenset(read_table("preset-policies")["names"])
            self._kept["preset-policies"] = found
        return found
