"""The rules that the command line asks for, which are known once all configurations are read."""

from collections.abc import Iterator

from camlint.cli.failure import Failure
from camlint.registry import Registry
from camlint.selection import Selection
from camlint.selectors import spell_selector, unknown_rule

Word = tuple[str, str]
"""An option, and a word of its value."""


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

    def _words(self) -> Iterator[Word]:
        yield from (("--select", word) for word in self._asked.select or ())
        yield from (("--ignore", word) for word in self._asked.ignore)


def _spell(words: tuple[str, ...], registry: Registry) -> tuple[str, ...]:
    spelt = [spell_selector(word, registry) for word in words]
    return tuple([word for word in spelt if word is not None])
