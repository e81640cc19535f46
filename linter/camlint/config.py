"""Which configuration holds for a file: the nearest one above it, and what it says of that file."""

import os

from camlint.finding import Severity
from camlint.globs import Globs, show_path
from camlint.selection import Selection
from camlint.settings import Forbidden, ServiceFacts, Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.registry import Registry

OWN_FILE = "camlint.toml"
SHARED_FILE = "pyproject.toml"


class ConfigError(Exception):
    """A configuration can't be used; the text says which file and which key, and what would do.

    ``registry`` has the rules of its packs all the same, where those could be read.
    """

    def __init__(self, text: str, registry: "Registry | None" = None) -> None:
        super().__init__(text)
        self.registry = registry


class Values:
    """What a configuration, or one override in it, says; None where it says nothing."""

    __slots__ = (
        "accounts",
        "additions",
        "forbid",
        "forbid_on",
        "ignore",
        "no_public_access",
        "sdkappids",
        "select",
        "severity",
        "trusted_accounts",
    )

    def __init__(
        self,
        select: tuple[str, ...] | None = None,
        ignore: tuple[str, ...] = (),
        severity: dict[str, Severity] | None = None,
        accounts: tuple[str, ...] | None = None,
        sdkappids: tuple[str, ...] | None = None,
        additions: tuple[ServiceFacts, ...] = (),
        trusted_accounts: tuple[str, ...] | None = None,
        forbid: tuple[str, ...] | None = None,
        forbid_on: tuple[str, ...] | None = None,
        no_public_access: bool | None = None,
    ) -> None:
        self.select = select
        self.ignore = ignore
        self.severity = severity or {}
        self.accounts = accounts
        self.trusted_accounts = trusted_accounts
        self.sdkappids = sdkappids
        self.additions = additions
        self.forbid = forbid
        self.forbid_on = forbid_on
        self.no_public_access = no_public_access

    def over(self, below: "Values") -> "Values":
        """These values where they say something, those below elsewhere.

        ``ignore`` and ``additions`` add up.
        """
        return Values(
            below.select if self.select is None else self.select,
            below.ignore + self.ignore,
            below.severity | self.severity,
            below.accounts if self.accounts is None else self.accounts,
            below.sdkappids if self.sdkappids is None else self.sdkappids,
            below.additions + self.additions,
            below.trusted_accounts if self.trusted_accounts is None else self.trusted_accounts,
            below.forbid if self.forbid is None else self.forbid,
            below.forbid_on if self.forbid_on is None else self.forbid_on,
            below.no_public_access if self.no_public_access is None else self.no_public_access,
        )

    @property
    def forbidden(self) -> tuple[Forbidden, ...]:
        """What no policy may grant, as far as these values say so."""
        return (Forbidden(self.forbid, self.forbid_on or ("*",)),) if self.forbid else ()


class Override:
    """Values for the files whose paths, relative to the configuration's folder, match globs."""

    __slots__ = ("paths", "values")

    def __init__(self, paths: Globs, values: Values) -> None:
        self.paths = paths
        self.values = values


class NamedBundle:
    """The policies that one principal holds: what names their files, relative to a folder."""

    __slots__ = ("folder", "name", "words")

    def __init__(self, name: str, words: tuple[str, ...], folder: str) -> None:
        self.name = name
        self.words = words
        self.folder = folder


class Config:
    """One configuration; ``path`` is its file, ``""`` for the one that says nothing.

    ``registry`` has the rules of its packs and its own beside the built-in ones; None where it has
    none.
    """

    __slots__ = ("bundles", "overrides", "path", "registry", "values")

    def __init__(
        self,
        path: str = "",
        values: Values | None = None,
        overrides: tuple[Override, ...] = (),
        registry: "Registry | None" = None,
        bundles: tuple[NamedBundle, ...] = (),
    ) -> None:
        self.bundles = bundles
        self.path = path
        self.values = values or Values()
        self.overrides = overrides
        self.registry = registry

    def matching(self, path: str) -> tuple[int, ...]:
        """The overrides that hold for a file, by their number; ``path`` is absolute."""
        return tuple(number for number, one in enumerate(self.overrides) if one.paths.match(path))

    def resolve(
        self,
        matching: tuple[int, ...],
        asked: Selection,
        now: float | None = None,
        forbidden: tuple[Forbidden, ...] = (),
        *,
        no_public_access: bool = False,
    ) -> tuple[Selection, Settings]:
        """What holds for the files that those overrides match, under what the user asked for.

        A later override wins over an earlier one. ``select`` of the user replaces all of theirs,
        ``ignore`` adds to them. ``now`` is the time of the settings, None for the system's clock;
        ``forbidden`` and ``no_public_access`` are what the user demands beyond the configuration.
        """
        values = self.values
        for number in matching:
            values = self.overrides[number].values.over(values)
        selection = Selection(
            values.select if asked.select is None else asked.select,
            values.ignore + asked.ignore,
            values.severity | asked.severity,
            strict=asked.strict,
            min_severity=asked.min_severity,
            min_confidence=asked.min_confidence,
        )
        settings = Settings(
            values.accounts or (),
            values.sdkappids or (),
            values.additions,
            now,
            values.trusted_accounts or (),
            values.forbidden + forbidden,
            no_public_access=bool(values.no_public_access) or no_public_access,
        )
        return selection, settings


NO_CONFIG = Config()


class Configs:
    """Finds the configuration of each file, and reads each configuration once.

    ``only`` is one configuration for all files: NO_CONFIG, or one that the user named.
    """

    __slots__ = ("_by_folder", "_only", "_registry")

    def __init__(self, registry: "Registry", only: Config | None = None) -> None:
        self._registry = registry
        self._only = only
        self._by_folder: dict[str, Config] = {}

    def of(self, path: str) -> Config:
        """The configuration for a file; ``path`` is absolute. Raises ConfigError."""
        return self._only or self._above(os.path.dirname(path))

    def _above(self, folder: str) -> Config:
        """The configuration of the nearest folder, upwards from this one, that has any."""
        passed: list[str] = []
        while True:
            found = self._by_folder.get(folder) or self._read_in(folder)
            passed.append(folder)
            parent = os.path.dirname(folder)
            if found is None and parent == folder:
                found = NO_CONFIG
            if found is not None:
                self._by_folder.update(dict.fromkeys(passed, found))
                return found
            folder = parent

    def _read_in(self, folder: str) -> Config | None:
        for name in (OWN_FILE, SHARED_FILE):
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                config = read_config(path, self._registry)
                if config is not None:
                    return config
        return None


def read_config(path: str, registry: "Registry") -> Config | None:
    """The configuration in a file; None for a shared file that has none of ours.

    Raises ConfigError.
    """
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        shown = show_path(path, os.getcwd())
        raise ConfigError(f"{shown} can't be read: {error.strerror}") from error
    if os.path.basename(path) == SHARED_FILE and b"camlint" not in data:
        return None
    from camlint.config_file import parse_config  # noqa: PLC0415 - starts with tomllib

    return parse_config(data, path, registry)
