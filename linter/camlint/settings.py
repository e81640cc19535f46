"""What rules and catalogue may see of a configuration: facts about the user's own cloud, and the time."""

import time
from functools import lru_cache


@lru_cache(maxsize=1)
def read_system_clock() -> float:
    """The time when a rule first asked for it, so that all findings of a process agree."""
    return time.time()


class ActionFacts:
    """What a user states of one action; None means that nothing was said.

    ``level`` is a word of the catalogue, ``resources`` are templates in six segments.
    """

    __slots__ = ("level", "name", "resource_level", "resources")

    def __init__(
        self,
        name: str,
        level: str | None = None,
        resource_level: bool | None = None,
        resources: tuple[str, ...] | None = None,
    ) -> None:
        self.name = name
        self.level = level
        self.resource_level = resource_level
        self.resources = resources

    def _key(self) -> tuple[object, ...]:
        return (self.name, self.level, self.resource_level, self.resources)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ActionFacts) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())


class ServiceFacts:
    """What a user states of the service with a prefix; ``name`` None means that nothing was said."""

    __slots__ = ("actions", "name", "prefix")

    def __init__(
        self, prefix: str, name: str | None = None, actions: tuple[ActionFacts, ...] = ()
    ) -> None:
        self.prefix = prefix
        self.name = name
        self.actions = actions

    def _key(self) -> tuple[object, ...]:
        return (self.prefix, self.name, self.actions)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ServiceFacts) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())


class Forbidden:
    """Access that no policy may grant: any of the actions on any of the resources.

    Both are patterns as policies have them; a resource is ``"*"`` or has six segments.
    """

    __slots__ = ("actions", "resources")

    def __init__(self, actions: tuple[str, ...], resources: tuple[str, ...] = ("*",)) -> None:
        self.actions = actions
        self.resources = resources

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Forbidden)
            and self.actions == other.actions
            and self.resources == other.resources
        )

    def __hash__(self) -> int:
        return hash((self.actions, self.resources))


FORBID, NO_PUBLIC_ACCESS = "forbid", "no-public-access"
"""What a user may demand of policies: keys of the configuration, and options with two hyphens."""


class Settings:
    """Facts that a user stated; an empty tuple means that nothing was said.

    ``accounts`` are the user's own root account UINs (digits), ``trusted_accounts`` those of others
    that they let into theirs, ``sdkappids`` the SDKAppIDs that exist (digits), ``additions`` what
    they know better than the catalogue, later ones over earlier. ``now`` is the time to judge dates
    by, in seconds since 1970, UTC; None is the system's clock. ``forbidden`` and
    ``no_public_access`` are what they demand of every policy.
    """

    __slots__ = (
        "accounts",
        "additions",
        "forbidden",
        "no_public_access",
        "now",
        "sdkappids",
        "trusted_accounts",
    )

    def __init__(
        self,
        accounts: tuple[str, ...] = (),
        sdkappids: tuple[str, ...] = (),
        additions: tuple[ServiceFacts, ...] = (),
        now: float | None = None,
        trusted_accounts: tuple[str, ...] = (),
        forbidden: tuple[Forbidden, ...] = (),
        *,
        no_public_access: bool = False,
    ) -> None:
        self.accounts = accounts
        self.forbidden = forbidden
        self.no_public_access = no_public_access
        self.trusted_accounts = trusted_accounts
        self.sdkappids = sdkappids
        self.additions = additions
        self.now = now

    def read_clock(self) -> float:
        """The time to judge dates by, in seconds since 1970, UTC."""
        return read_system_clock() if self.now is None else self.now

    @property
    def demands(self) -> tuple[str, ...]:
        """What is demanded of every policy, by the keys of the configuration."""
        found = (FORBID,) if self.forbidden else ()
        return (*found, NO_PUBLIC_ACCESS) if self.no_public_access else found

    def _key(self) -> tuple[object, ...]:
        return (
            self.accounts,
            self.trusted_accounts,
            self.sdkappids,
            self.additions,
            self.now,
            self.forbidden,
            self.no_public_access,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Settings) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())


NOTHING_STATED = Settings()
