"""The table ``[catalog]`` of a configuration, and the files of facts that it names."""

import json
import os
import re
from collections.abc import Iterator

from camlint.catalog.action import LEVELS
from camlint.catalog.template import ResourceTemplate
from camlint.nearest import did_you_mean
from camlint.settings import ActionFacts, ServiceFacts
from camlint.wording import quote

TABLE_KEYS = ("files", "services")
FILE_KEYS = ("services",)
SERVICE_KEYS = ("name", "actions")
ACTION_KEYS = ("level", "resource-level", "resources")
PREFIX = re.compile(r"[a-z0-9]+")
OPERATION = re.compile(r"[A-Za-z0-9_]+")
EXAMPLE = '{ level = "write", resource-level = true }'

Table = dict[str, object]


def read_additions(table: object, folder: str, problems: list[str]) -> tuple[ServiceFacts, ...]:
    """The facts that a table ``[catalog]`` states: those of its files first, then its own.

    ``folder`` is where the names of files start. What is wrong is added to ``problems``.
    """
    if not isinstance(table, dict):
        problems.append(f"catalog is {_describe(table)}; it must be a table")
        return ()
    reader = _Reader(problems)
    facts: list[ServiceFacts] = []
    reader.check_keys(table, TABLE_KEYS, "catalog.")
    files = table.get("files", [])
    if not isinstance(files, list) or not all(isinstance(name, str) for name in files):
        problems.append(
            f'catalog.files is {_describe(files)}; write a list, such as ["cam-facts.json"]'
        )
        files = []
    for name in files:
        document = _read_file(os.path.join(folder, name), name, problems)
        if document is not None:
            reader.check_keys(document, FILE_KEYS, f"{name}: ")
            facts += reader.services(document.get("services", {}), f"{name}: services")
    facts += reader.services(table.get("services", {}), "catalog.services")
    return tuple(facts)


def _read_file(path: str, name: str, problems: list[str]) -> Table | None:
    try:
        with open(path, encoding="utf-8") as file:
            document: object = json.load(file)
    except OSError as error:
        problems.append(f"catalog.files: {name} can't be read: {error.strerror}")
        return None
    except (ValueError, RecursionError) as error:
        problems.append(f"catalog.files: {name} is not valid JSON: {error}")
        return None
    if isinstance(document, dict):
        return document
    problems.append(
        f'catalog.files: {name} holds {_describe(document)}; it must be {{"services": {{...}}}}'
    )
    return None


class _Reader:
    """Turns tables into facts and notes down the problems that it meets."""

    __slots__ = ("_problems",)

    def __init__(self, problems: list[str]) -> None:
        self._problems = problems

    def check_keys(self, table: Table, known: tuple[str, ...], where: str) -> None:
        for key in table:
            if key not in known:
                hint = did_you_mean(key, known) or f"; the keys are {', '.join(known)}"
                self._problems.append(f'unknown key "{where}{key}"{hint}')

    def services(self, table: object, where: str) -> Iterator[ServiceFacts]:
        for prefix, facts in self._table(table, where, "a table of services").items():
            place = f"{where}.{prefix}"
            if not PREFIX.fullmatch(prefix):
                self._problems.append(
                    f"{place}: the prefix of a service is of lower-case letters and digits"
                )
                continue
            service = self._table(facts, place, 'a table, such as { name = "My Service" }')
            self.check_keys(service, SERVICE_KEYS, f"{place}.")
            actions = self._actions(service.get("actions", {}), f"{place}.actions")
            yield ServiceFacts(prefix, self._name(service, place), tuple(actions))

    def _actions(self, table: object, where: str) -> Iterator[ActionFacts]:
        for name, facts in self._table(
            table, where, f"a table, such as {{ Name = {EXAMPLE} }}"
        ).items():
            place = f"{where}.{name}"
            if not OPERATION.fullmatch(name):
                self._problems.append(
                    f"{place}: name one action, without its service and without wildcards"
                )
                continue
            action = self._table(facts, place, f"a table, such as {EXAMPLE}")
            self.check_keys(action, ACTION_KEYS, f"{place}.")
            yield ActionFacts(
                name,
                self._level(action, place),
                self._resource_level(action, place),
                self._resources(action, place),
            )

    def _level(self, facts: Table, place: str) -> str | None:
        level = facts.get("level")
        if level is None or (isinstance(level, str) and level in LEVELS):
            return level
        self._problems.append(f"{place}.level is {_describe(level)}; write {_or(LEVELS)}")
        return None

    def _resource_level(self, facts: Table, place: str) -> bool | None:
        value = facts.get("resource-level")
        if value is None or isinstance(value, bool):
            return value
        self._problems.append(f"{place}.resource-level is {_describe(value)}; write true or false")
        return None

    def _resources(self, facts: Table, place: str) -> tuple[str, ...] | None:
        value = facts.get("resources")
        if value is None:
            return None
        if not isinstance(value, list) or not value:
            self._problems.append(
                f"{place}.resources is {_describe(value)}; write a list of resources in six segments"
            )
            return None
        if facts.get("resource-level") is False:
            self._problems.append(
                f"{place} has resources, and resource-level = false says that it has none"
            )
        for at, text in enumerate(value):
            if not _is_template(text):
                self._problems.append(
                    f"{place}.resources[{at}] is {_describe(text)}; write the six segments "
                    "qcs::service:region:account:resource"
                )
                return None
        return tuple(value)

    def _name(self, facts: Table, place: str) -> str | None:
        value = facts.get("name")
        if value is None or isinstance(value, str):
            return value
        self._problems.append(f"{place}.name is {_describe(value)}; write a text")
        return None

    def _table(self, value: object, where: str, what: str) -> Table:
        """The value if it is a table; else an empty one, after noting what it should have been."""
        if isinstance(value, dict):
            return value
        self._problems.append(f"{where} is {_describe(value)}; write {what}")
        return {}


def _is_template(text: object) -> bool:
    if not isinstance(text, str):
        return False
    try:
        ResourceTemplate(text)
    except ValueError:
        return False
    return True


def _or(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _describe(value: object) -> str:
    """A value as a message names it."""
    if isinstance(value, dict):
        return "a table of its own"
    return quote(value) if isinstance(value, (str, int, float, list)) else "no value for it"
