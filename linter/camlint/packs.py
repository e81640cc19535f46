"""Packs of rules that are installed beside camlint, read when somebody names them."""

import pkgutil
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from camlint.nearest import did_you_mean
from camlint.registry import BUILT_IN_NAME, Entry, PackError
from camlint.rule import ENGINE, Rule
from camlint.wording import join_words, quote

GROUP = "camlint.rules"
"""The entry points under which packs are installed: the name of a pack, and its package."""

RESERVED = "CAM"
"""How the codes of the built-in rules begin, and no others."""

LEFT_OUT = (0, "")
"""What the last fields of a row of an index, ``when`` and ``demand``, are where it leaves them out."""

LEAST_INDEXED = 10
"""The fields of a row without those."""

_CODE = re.compile(r"[A-Z]+[0-9]+")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Pack:
    """An installed pack: its rules, and the distribution that they came in, with its version.

    ``distribution`` and ``version`` are ``""`` where nothing says what they are.
    """

    __slots__ = ("distribution", "entries", "name", "version")

    def __init__(
        self, name: str, distribution: str, version: str, entries: tuple[Entry, ...]
    ) -> None:
        self.name = name
        self.distribution = distribution
        self.version = version
        self.entries = entries


def read_packs(names: tuple[str, ...]) -> list[Pack]:
    """The installed packs of these names, each once, the built-in one left out. Raises PackError."""
    return [read_pack(name) for name in dict.fromkeys(names) if name != BUILT_IN_NAME]


def add_packs(entries: tuple[Entry, ...], packs: list[Pack]) -> tuple[Entry, ...]:
    """The entries and those of the packs, sorted by code.

    Raises PackError when two rules have a code or a name in common.
    """
    owners = {word: entry.pack for entry in entries for word in (entry.code, entry.name)}
    added = [entry for pack in packs for entry in pack.entries]
    for entry in added:
        for word in (entry.code, entry.name):
            if word in owners:
                raise PackError(_collision(entry, word, owners[word]))
            owners[word] = entry.pack
    return tuple(sorted((*entries, *added), key=lambda entry: entry.code))


def read_pack(name: str) -> Pack:
    """The installed pack of this name. Raises PackError when there is none that can be used."""
    point = _find_point(name)
    package = _import(point.module, name)
    if not hasattr(package, "__path__"):
        raise PackError(
            f'the pack "{name}" is the module {point.module}; a pack is a package, with a module '
            "for each rule"
        )
    origin = point.dist
    return Pack(
        name,
        origin.name if origin is not None else "",
        origin.version if origin is not None else "",
        read_package(package, name),
    )


def read_package(package: ModuleType, name: str) -> tuple[Entry, ...]:
    """The rules of a pack, from its index if it has one. Raises PackError when one is unfit."""
    if find_spec(f"{package.__name__}._index") is not None:
        entries = _read_index(package, name)
    else:
        entries = tuple(_make_entry(rule, name) for rule in _walk(package, name))
    if not entries:
        raise PackError(
            f'the pack "{name}" has no rules: no module of {package.__name__} has a function '
            "`check` under @rule"
        )
    for entry in entries:
        problem = _unfit(entry)
        if problem:
            raise PackError(f'{entry.module}, in the pack "{name}", {problem}')
    return tuple(sorted(entries, key=lambda entry: entry.code))


def _find_point(name: str) -> EntryPoint:
    """The entry point of a pack; what is found twice, in one package, counts once."""
    points = entry_points(group=GROUP)
    found = list({point.value: point for point in points if point.name == name}.values())
    if len(found) == 1:
        return found[0]
    if found:
        owners = [point.dist.name if point.dist is not None else point.value for point in found]
        raise PackError(
            f'several installed packages have a pack "{name}": {join_words(owners)}; uninstall all '
            "but one"
        )
    installed = sorted({point.name for point in points} - {BUILT_IN_NAME})
    absent = f"no pack called {quote(name)} is installed where camlint runs"
    meant = did_you_mean(name, installed)
    if meant:
        raise PackError(absent + meant)
    others = f"only {join_words(installed)}" if installed else "nor any other"
    raise PackError(
        f"{absent}, {others}; install the package that has it there: {sys.executable} -m pip "
        "install …"
    )


def _import(module: str, name: str) -> ModuleType:
    try:
        return import_module(module)
    except Exception as error:
        raise PackError(
            f'the pack "{name}" can\'t be used, since importing {module} fails: '
            f"{type(error).__name__}: {error}"
        ) from error


def _read_index(package: ModuleType, name: str) -> tuple[Entry, ...]:
    index = _import(f"{package.__name__}._index", name)
    try:
        return tuple(Entry(*_complete(row, name)) for row in index.ENTRIES)
    except (AttributeError, TypeError, ValueError) as error:
        raise PackError(
            f'the index of the pack "{name}" can\'t be read ({error}); build it again, or remove '
            f"{index.__name__}: camlint does without"
        ) from error


def _complete(row: Any, name: str) -> Any:
    """A row of an index with the fields that it leaves out, and the name of the pack."""
    return (*row, *LEFT_OUT[len(row) - LEAST_INDEXED :], name)


def _walk(package: ModuleType, name: str) -> Iterator[Rule]:
    """The rules that the modules of a package hold, one each."""
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        rule = getattr(_import(found.name, name), "check", None)
        if isinstance(rule, Rule) and rule.module == found.name:
            yield rule


def _make_entry(rule: Rule, name: str) -> Entry:
    return Entry(
        rule.code,
        rule.name,
        rule.severity.value,
        rule.confidence.value,
        rule.strict,
        tuple(kind.value for kind in rule.kinds),
        rule.visits,
        rule.module,
        rule.supersedes,
        rule.summary,
        rule.when,
        rule.demand,
        name,
    )


def _unfit(entry: Entry) -> str:
    """What keeps a rule of a pack from being used, ``""`` for nothing."""
    if not _CODE.fullmatch(entry.code):
        return (
            f"has the code {quote(entry.code)}; a code is capital letters and then digits, such as "
            "ACME001"
        )
    if entry.code.startswith(RESERVED):
        return (
            f"has the code {entry.code}, but codes that begin with {RESERVED} are those of "
            "camlint's own rules; begin it with a word of your own"
        )
    if not _NAME.fullmatch(entry.name):
        return (
            f"has the name {quote(entry.name)}; a name is words in lower case with hyphens, such as "
            "foreign-region"
        )
    if entry.visits == ENGINE:
        return "visits Context, and so would never be asked; annotate what it looks at"
    return ""


def _collision(entry: Entry, word: str, owner: str) -> str:
    """What to say of a rule whose code or name another rule has."""
    what = "code" if word == entry.code else "name"
    if owner == entry.pack:
        return f'the pack "{owner}" has two rules of the {what} {word}; only one can be meant by it'
    other = f'the pack "{owner}"' if owner else "camlint itself"
    advice = (
        "leave one of the two packs out" if owner else "whoever maintains the pack has to rename it"
    )
    return f'the pack "{entry.pack}" and {other} both have a rule of the {what} {word}; {advice}'
