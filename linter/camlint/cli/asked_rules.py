"""The rules that the command line asks for, which are known once all configurations are read."""

from collections.abc import Collection, Iterator

from camlint.cli.failure import Failure
from camlint.registry import Entry, Registry
from camlint.selection import Selection
from camlint.selectors import spell_selector, unknown_rule
from camlint.settings import FORBID, NO_PUBLIC_ACCESS

Word = tuple[str, str]
"""An option, and a word of its value."""

WAYS = {
    FORBID: "--forbid ACTION, such as --forbid 'cam:*'",
    NO_PUBLIC_ACCESS: "--no-public-access",
}
"""The options that make the rules with a demand run."""


class AskedRules:
    """A selection whose words may mean rules of the packs of any configuration of the run.

    A word that one registry doesn't know may be known to another: only after all of them were
    asked, ``refuse_unknown`` can say that it means nothing.
    """

    __slots__ = ("_asked", "_registries")

    def __init__(self, asked: Selection, registry: Registry) -> None:
        self._asked = asked
        self._registries = [registry]

    def spell(self, registry: Registry) -> Selection:
        """The selection as a registry spells it; a word that it doesn't know selects nothing."""
        if registry not in self._registries:
            self._registries.append(registry)
        asked = self._asked
        if asked.select is None and not asked.ignore:
            return asked
        return Selection(
            None if asked.select is None else _spell(asked.select, registry),
            _spell(asked.ignore, registry),
            asked.severity,
            strict=asked.strict,
            min_severity=asked.min_severity,
            min_confidence=asked.min_confidence,
        )

    def refuse_unknown(self) -> None:
        """Raise Failure for a word that no registry knows."""
        for option, word in self._words():
            if all(spell_selector(word, registry) is None for registry in self._registries):
                largest = max(self._registries, key=lambda registry: len(registry.entries))
                raise Failure(f"{option}: {unknown_rule(word, largest)}")

    def refuse_idle(self, demanded: Collection[str], stated: Collection[str] | None) -> None:
        """Raise Failure for a word that asks for nothing, or against what is demanded beside it.

        ``demanded`` is what the command line demands, ``stated`` that and what any configuration
        does, None where there is nothing to check.
        """
        for option, word in self._words():
            for entry in self._named(word):
                demand = entry.demand
                if option == "--ignore" and demand in demanded:
                    raise Failure(
                        f"--{demand} asks for {entry.code} and --ignore {word} leaves it out; drop "
                        "one of the two"
                    )
                if option == "--select" and stated is not None and demand not in stated:
                    if spell_selector(word, self._registries[0]) not in (entry.code, entry.name):
                        continue
                    raise Failure(
                        f"--select {word}: {entry.code} finds nothing until it is told what to look "
                        f"for; use {WAYS[demand]}"
                    )

    def _named(self, word: str) -> Iterator[Entry]:
        """The rules with a demand that a word names, each once."""
        registry = self._registries[0]
        spelt = spell_selector(word, registry)
        for entry in registry.entries if spelt is not None else ():
            if entry.demand and entry.matches(spelt or ""):
                yield entry

    def _words(self) -> Iterator[Word]:
        yield from (("--select", word) for word in self._asked.select or ())
        yield from (("--ignore", word) for word in self._asked.ignore)


def _spell(words: tuple[str, ...], registry: Registry) -> tuple[str, ...]:
    spelt = [spell_selector(word, registry) for word in words]
    return tuple([word for word in spelt if word is not None])
