"""The text of a configuration file turned into values, or into words about what is wrong with it."""

import os
import tomllib

from camlint.config import SHARED_FILE, Config, ConfigError, NamedBundle, Override, Values
from camlint.config_catalog import read_additions
from camlint.config_demands import DEMAND_KEYS, read_demands
from camlint.finding import Severity
from camlint.globs import Globs, show_path
from camlint.nearest import did_you_mean
from camlint.registry import PackError
from camlint.selectors import spell_selector, unknown_rule
from camlint.settings import ServiceFacts
from camlint.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.registry import Registry

VALUE_KEYS = (
    "select",
    "ignore",
    "severity",
    "accounts",
    "trusted-accounts",
    "sdkappids",
    *DEMAND_KEYS,
)
RULE_SOURCES = ("rules", "rule-files")
TOP_KEYS = (*VALUE_KEYS, "overrides", "packs", *RULE_SOURCES, "catalog", "bundles")
OVERRIDE_KEYS = ("paths", *VALUE_KEYS)

SEVERITIES = tuple(severity.value for severity in Severity)

Table = dict[str, object]


def parse_config(data: bytes, path: str, registry: "Registry") -> Config | None:
    """The configuration that the bytes of a TOML file hold; None for a shared file without one.

    Raises ConfigError, which names everything that is wrong.
    """
    shown = show_path(path, os.getcwd())
    try:
        table: object = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{shown} is not valid TOML: {error}") from error
    if os.path.basename(path) == SHARED_FILE:
        tools = table.get("tool", {}) if isinstance(table, dict) else {}
        table = tools.get("camlint") if isinstance(tools, dict) else None
        if table is None:
            return None
    problems: list[str] = []
    folder = os.path.dirname(path)
    known = _add_packs(table, shown, registry)
    if isinstance(table, dict) and any(key in table for key in RULE_SOURCES):
        from camlint.config_rules.files import read_rules  # noqa: PLC0415 - few have any

        known = read_rules(table, folder, shown, known, problems)
    own = known if known is not registry else None
    config = _Reader(problems, known, folder).read(table, path, own)
    if problems:
        raise ConfigError("\n".join(f"{shown}: {problem}" for problem in problems), own)
    return config


def _add_packs(table: object, shown: str, registry: "Registry") -> "Registry":
    """The registry with the packs that a configuration names; all else in it may mean their rules.

    Raises ConfigError.
    """
    names = table.get("packs") if isinstance(table, dict) else None
    if names is None:
        return registry
    if not (isinstance(names, list) and all(isinstance(name, str) and name for name in names)):
        raise ConfigError(
            f"{shown}: packs is {_describe(names)}; write a list of the names of installed packs, "
            'such as ["acme"]'
        )
    try:
        return registry.with_packs(tuple(names))
    except PackError as error:
        raise ConfigError(f"{shown}: packs: {error}") from error


class _Reader:
    """Turns tables into values and notes down the problems that it meets."""

    __slots__ = ("_folder", "_problems", "_registry")

    def __init__(self, problems: list[str], registry: "Registry", folder: str) -> None:
        self._problems = problems
        self._registry = registry
        self._folder = folder

    def read(self, table: object, path: str, own: "Registry | None") -> Config:
        if not isinstance(table, dict):
            self._problems.append(f"tool.camlint is {_describe(table)}; it must be a table")
            return Config(path)
        self._check_keys(table, TOP_KEYS, "")
        additions = self._additions(table)
        overrides = table.get("overrides", [])
        if not isinstance(overrides, list) or not all(isinstance(one, dict) for one in overrides):
            self._problems.append(
                f"overrides is {_describe(overrides)}; write each one as a table below a line "
                "[[overrides]]"
            )
            overrides = []
        return Config(
            path,
            self._values(table, "", additions).over(Values(additions=additions)),
            tuple(
                self._override(one, f"overrides[{number}].", additions)
                for number, one in enumerate(overrides)
            ),
            own,
            self._bundles(table),
        )

    def _bundles(self, table: Table) -> tuple[NamedBundle, ...]:
        if "bundles" not in table:
            return ()
        from camlint.config_bundles import read_bundles  # noqa: PLC0415 - few have any

        return read_bundles(table["bundles"], self._folder, self._problems)

    def _additions(self, table: Table) -> tuple[ServiceFacts, ...]:
        if "catalog" not in table:
            return ()
        return read_additions(table["catalog"], self._folder, self._problems)

    def _override(self, table: Table, where: str, additions: tuple[ServiceFacts, ...]) -> Override:
        self._check_keys(table, OVERRIDE_KEYS, where)
        paths = self._texts(table, "paths", where, 'globs, such as ["terraform/**"]') or ()
        if not paths and ("paths" not in table or table["paths"] == []):
            self._problems.append(
                f"{where}paths is missing; name the files that the override is for, such as "
                'paths = ["terraform/**"]'
            )
        return Override(Globs(paths, self._folder), self._values(table, where, additions))

    def _values(self, table: Table, where: str, additions: tuple[ServiceFacts, ...]) -> Values:
        demands = read_demands(table, where, self._texts, additions, self._problems)
        return Values(
            self._selectors(table, "select", where),
            self._selectors(table, "ignore", where) or (),
            self._severities(table, where),
            self._numbers(table, "accounts", where, "100000000001"),
            self._numbers(table, "sdkappids", where, "1400000001"),
            trusted_accounts=self._numbers(table, "trusted-accounts", where, "100000000001"),
            forbid=demands.forbid,
            forbid_on=demands.forbid_on,
            no_public_access=demands.no_public_access,
        )

    def _check_keys(self, table: Table, known: tuple[str, ...], where: str) -> None:
        for key in table:
            if key not in known:
                hint = did_you_mean(key, known) or f"; the keys are {', '.join(known)}"
                self._problems.append(f'unknown key "{where}{key}"{hint}')

    def _selectors(self, table: Table, key: str, where: str) -> tuple[str, ...] | None:
        texts = self._texts(table, key, where, 'codes or names of rules, such as ["CAM210"]')
        if texts is None:
            return None
        selectors: list[str] = []
        for text in texts:
            spelt = spell_selector(text, self._registry)
            if spelt is None:
                self._problems.append(f"{where}{key}: {unknown_rule(text, self._registry)}")
            else:
                selectors.append(spelt)
        return tuple(selectors)

    def _severities(self, table: Table, where: str) -> dict[str, Severity]:
        given = table.get("severity", {})
        where += "severity"
        if not isinstance(given, dict):
            self._problems.append(
                f'{where} is {_describe(given)}; it must be a table, such as {{ CAM210 = "error" }}'
            )
            return {}
        severities: dict[str, Severity] = {}
        for word, severity in given.items():
            if self._registry.find(word) is None:
                self._problems.append(f"{where}: {unknown_rule(word, self._registry)}")
            if severity in SEVERITIES:
                severities[word] = Severity(severity)
            else:
                self._problems.append(
                    f"{where}.{word} is {_describe(severity)}; write error, warning or note"
                )
        return severities

    def _texts(self, table: Table, key: str, where: str, what: str) -> tuple[str, ...] | None:
        value = table.get(key)
        if value is None:
            return None
        if isinstance(value, list) and all(isinstance(item, str) and item for item in value):
            return tuple(value)
        wrong = value
        if isinstance(value, list):
            key, wrong = next(
                (f"{key}[{at}]", item)
                for at, item in enumerate(value)
                if not (isinstance(item, str) and item)
            )
        self._problems.append(f"{where}{key} is {_describe(wrong)}; write a list of {what}")
        return None

    def _numbers(self, table: Table, key: str, where: str, example: str) -> tuple[str, ...] | None:
        value = table.get(key)
        if value is None:
            return None
        if not isinstance(value, list):
            self._problems.append(
                f'{where}{key} is {_describe(value)}; write a list, such as ["{example}"]'
            )
            return None
        for at, item in enumerate(value):
            if not _is_digits(item):
                self._problems.append(
                    f"{where}{key}[{at}] is {_describe(item)}; "
                    f'write the digits of one number, such as "{example}"'
                )
        return tuple(str(item) for item in value)


def _is_digits(value: object) -> bool:
    """Whether a value is a number as the configuration wants it: digits, in quotes or without."""
    if isinstance(value, str):
        return value.isascii() and value.isdigit()
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _describe(value: object) -> str:
    """A TOML value as a message names it."""
    if isinstance(value, dict):
        return "a table of its own"
    return quote(value) if isinstance(value, (str, int, float, list)) else "a date or a time"
