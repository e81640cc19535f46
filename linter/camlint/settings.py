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


class Settings:
    """Facts that a user stated; an empty tuple means that nothing was said.

    ``accounts`` are the user's own root account UINs (digits), ``trusted_accounts`` those of others
    that they let into theirs, ``sdkappids`` the SDKAppIDs that exist (digits), ``additions`` what
    they know better than the catalogue, later ones over earlier. ``now`` is the time to judge dates
    by, in seconds since 1970, UTC; None is the system's clock.
    """

    __slots__ = ("accounts", "additions", "now", "sdkappids", "trusted_accounts")

    def __init__(
        self,
        accounts: tuple[str, ...] = (),
        sdkappids: tuple[str, ...] = (),
        additions: tuple[ServiceFacts, ...] = (),
        now: float | None = None,
        trusted_accounts: tuple[str, ...] = (),
    ) -> None:
        self.accounts = accounts
        self.trusted_accounts = trusted_accounts
        self.sdkappids = sdkappids
        self.additions = additions
        self.now = now

    def read_clock(self) -> float:
        """The time to judge dates by, in seconds since 1970, UTC."""
        return read_system_clock() if self.now is None else self.now

    def _key(self) -> tuple[object, ...]:
        return (
            self.accounts,
            self.trusted_accounts,
            self.sdkappids,
            self.additions,
            self.now,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Settings) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())


NOTHING_STATED = Settings()
