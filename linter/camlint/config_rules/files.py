"""All rules of one's own that a configuration has or names, added to those that are installed."""

import os
import tomllib

from camlint.config_rules.rule import read_code, read_name, read_rule
from camlint.config_rules.table import RuleTable, Table, describe
from camlint.declarative.rule import make_entry
from camlint.finding import Confidence, Severity
from camlint.kinds import ALL_KINDS
from camlint.nearest import did_you_mean
from camlint.registry import Entry, Registry

FILE_KEYS = ("rules",)
EXAMPLE = '["security.rules.toml"]'


def read_rules(
    table: Table, folder: str, shown: str, registry: Registry, problems: list[str]
) -> Registry:
    """The registry with the rules of a configuration in it: its own, and those of its files.

    ``folder`` is where the names of files start, ``shown`` what the configuration is called. What
    is wrong is added to ``problems``.
    """
    reader = _Reader(registry, problems)
    reader.read(table.get("rules", []), shown, "")
    names = table.get("rule-files", [])
    if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
        problems.append(f"rule-files is {describe(names)}; write a list, such as {EXAMPLE}")
        names = []
    for name in dict.fromkeys(names):
        rules = _read_file(os.path.join(folder, name), name, problems)
        home = os.path.join(os.path.dirname(shown), name).replace(os.sep, "/")
        reader.read(rules, home, f"{name}: ")
    return registry.with_rules(reader.entries)


def _read_file(path: str, name: str, problems: list[str]) -> object:
    """What a file of rules has under ``rules``; nothing, noted, where it can't be used."""
    try:
        with open(path, "rb") as file:
            table = tomllib.loads(file.read().decode("utf-8"))
    except OSError as error:
        problems.append(f"rule-files: {name} can't be read: {error.strerror}")
        return []
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"rule-files: {name} is not valid TOML: {error}")
        return []
    for key in table:
        if key not in FILE_KEYS:
            hint = did_you_mean(key, FILE_KEYS) or "; a file of rules has only [[rules]]"
            problems.append(f'{name}: unknown key "{key}"{hint}')
    return table.get("rules", [])


class _Reader:
    """Collects rules and sees to it that no two have a code or a name in common."""

    __slots__ = ("_homes", "_problems", "_registry", "entries")

    def __init__(self, registry: Registry, problems: list[str]) -> None:
        self._registry = registry
        self._problems = problems
        self._homes: dict[str, str] = {}
        self.entries: list[Entry] = []

    def read(self, rules: object, home: str, prefix: str) -> None:
        """Read the rules of one file, called ``home``; problems begin with ``prefix``."""
        if not isinstance(rules, list) or not all(isinstance(one, dict) for one in rules):
            self._problems.append(
                f"{prefix}rules is {describe(rules)}; write each rule as a table below a line "
                "[[rules]]"
            )
            return
        for number, table in enumerate(rules):
            self._read_one(table, f"{prefix}rules[{number}]", home)

    def _read_one(self, table: Table, where: str, home: str) -> None:
        words = [word for word in (table.get("code"), table.get("name")) if isinstance(word, str)]
        if words:
            where += f" ({words[0]})"
        named = RuleTable(table, f"{where}.", self._problems)
        code, name = read_code(named), read_name(named)
        self._claim(named, "code", code, where)
        self._claim(named, "name", name, where)
        declared = read_rule(named, code, name, home)
        if declared is not None:
            self.entries.append(make_entry(declared))
        elif code is not None and name is not None:
            # Whatever else is wrong with it, `select` and the like may name it.
            self.entries.append(_stand_in(code, name))

    def _claim(self, table: RuleTable, key: str, word: str | None, where: str) -> None:
        if word is None:
            return
        if self._registry.find(word) is not None:
            table.complain(f'"{word}" is taken by a rule of camlint; choose another', key)
        elif word in self._homes:
            table.complain(f'"{word}" is taken by {self._homes[word]}; choose another', key)
        else:
            self._homes[word] = where


def _stand_in(code: str, name: str) -> Entry:
    severity, confidence = Severity.WARNING.value, Confidence.HIGH.value
    kinds = tuple(kind.value for kind in ALL_KINDS)
    return Entry(code, name, severity, confidence, False, kinds, "Policy", "", (), "")
