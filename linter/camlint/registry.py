"""The rules that are installed, known by their index and imported only when they are needed."""

import sys
from collections.abc import Iterable

from camlint.finding import Confidence, Severity
from camlint.kinds import Kind
from camlint.rule import Rule

BUILT_IN = "camlint_rules"
"""The built-in pack, imported by name; it is also an entry point, which costs more to read."""


BUILT_IN_NAME = "camlint"
"""The name of that entry point, and of the pack for people; it is always active."""


class PackError(Exception):
    """A pack of rules can't be used; the text says why, and not who named it."""


class Entry:
    """What the index tells of one rule without importing it.

    ``demand`` is what the user must demand for it to run, ``""`` where it runs unasked. ``pack`` is
    the name of its pack, ``""`` for the built-in one. ``rule`` is the rule itself where it comes
    from a configuration and not from a module.
    """

    __slots__ = (
        "code",
        "confidence",
        "demand",
        "kinds",
        "module",
        "name",
        "pack",
        "rule",
        "severity",
        "strict",
        "summary",
        "supersedes",
        "visits",
        "when",
    )

    def __init__(
        self,
        code: str,
        name: str,
        severity: str,
        confidence: str,
        strict: bool,
        kinds: tuple[str, ...],
        visits: str,
        module: str,
        supersedes: tuple[str, ...],
        summary: str,
        when: int = 0,
        demand: str = "",
        pack: str = "",
        rule: Rule | None = None,
    ) -> None:
        self.code = code
        self.name = name
        self.severity = Severity(severity)
        self.confidence = Confidence(confidence)
        self.strict = strict
        self.kinds = tuple(Kind(kind) for kind in kinds)
        self.visits = visits
        self.module = module
        self.supersedes = supersedes
        self.summary = summary
        self.when = when
        self.demand = demand
        self.pack = pack
        self.rule = rule

    def matches(self, selector: str) -> bool:
        """Whether a selector names this rule: its code, the beginning of it, or its name."""
        return self.name == selector or self.code.startswith(selector)


class Registry:
    """The entries of every active pack and of a configuration, sorted by code."""

    __slots__ = ("_by_word", "entries")

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        self._by_word = {entry.code: entry for entry in entries} | {
            entry.name: entry for entry in entries
        }

    def with_packs(self, names: tuple[str, ...]) -> "Registry":
        """The same registry with the rules of installed packs in it. Raises PackError."""
        if not names:
            return self
        from camlint.packs import add_packs, read_packs  # noqa: PLC0415 - importlib.metadata is slow

        return Registry(add_packs(self.entries, read_packs(names)))

    def with_rules(self, entries: Iterable[Entry]) -> "Registry":
        """The same with further rules in it, but for those whose codes it has."""
        further = {entry.code: entry for entry in entries} | {
            entry.code: entry for entry in self.entries
        }
        if len(further) == len(self.entries):
            return self
        return Registry(tuple(further[code] for code in sorted(further)))

    def find(self, word: str) -> Entry | None:
        """The rule with this code (in any case) or name."""
        return self._by_word.get(word) or self._by_word.get(word.upper())

    def known(self, selector: str) -> bool:
        """Whether a selector (code, beginning of a code, or name) names any rule."""
        return bool(selector) and any(entry.matches(selector) for entry in self.entries)

    def rule(self, code: str) -> Rule:
        """The rule itself; imports its module. Raises KeyError for an unknown code."""
        return load_rule(self._by_word[code])


def load_rule(entry: Entry) -> Rule:
    """The rule behind an entry; imports its module where it has one."""
    if entry.rule is not None:
        return entry.rule
    module = sys.modules.get(entry.module) or __import__(entry.module, fromlist=("check",))
    found = module.check
    if not isinstance(found, Rule):
        raise TypeError(f"{entry.module}.check is not a rule; rebuild the index of its pack")
    return found


def load_registry(packs: tuple[str, ...] = ()) -> Registry:
    """The registry of the built-in pack, read from its generated index, and of installed packs.

    Raises PackError when one of the latter can't be used.
    """
    index = __import__(BUILT_IN + "._index", fromlist=("ENTRIES",))
    return Registry(tuple(Entry(*row) for row in index.ENTRIES)).with_packs(packs)
