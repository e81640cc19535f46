"""The index of services: who there is, under which other names, and who goes with whom."""

import re

from camlint.nearest import distance

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ANY = "*"
_WORD = re.compile(r"[a-z0-9]+")


class IndexEntry:
    """A service in a few words: its names (None where no source has one), and how much is known.

    ``actions`` counts its actions, ``documented`` those that a page about access management names,
    ``scoped`` those whose granularity is documented.
    """

    __slots__ = ("actions", "documented", "granularity", "name", "name_zh", "prefix", "scoped")

    def __init__(
        self,
        prefix: str,
        name: str | None,
        name_zh: str | None,
        granularity: str | None,
        actions: int,
        documented: int,
        scoped: int,
    ) -> None:
        self.prefix = prefix
        self.name = name
        self.name_zh = name_zh
        self.granularity = granularity
        self.actions = actions
        self.documented = documented
        self.scoped = scoped

    @property
    def title(self) -> str:
        """The service as a message names it: its English name, its Chinese one, or its prefix."""
        return self.name or self.name_zh or self.prefix


class Index:
    """``prefixes`` are those of all services; ``verbs`` begin action names of two or more services.

    ``renamed`` are products whose prefix in CAM is another one, ``related`` prefixes that share a
    product, ``foreign`` services of other clouds with the cloud and what does their work here,
    ``sdkappid`` the services whose resources are SDKAppIDs.
    """

    __slots__ = (
        "_by_letters",
        "_by_word",
        "_entries",
        "_pairs",
        "foreign",
        "prefixes",
        "related",
        "renamed",
        "sdkappid",
        "verbs",
    )

    def __init__(self, table: "dict[str, Any]") -> None:
        self._entries: dict[str, list[Any]] = table["services"]
        self.prefixes: tuple[str, ...] = tuple(self._entries)
        self.renamed: dict[str, list[str]] = table["renamed"]
        self.foreign: dict[str, list[str]] = table["foreign"]
        self.related: dict[str, list[str]] = table["related"]
        self._by_letters: dict[str, int] = {}
        self._by_word: dict[str, list[str]] = {}
        self._pairs: dict[str, list[str]] = table["pairs"]
        self.verbs: frozenset[str] = frozenset(table["verbs"])
        self.sdkappid: frozenset[str] = frozenset(table["sdkappid"])

    def __contains__(self, prefix: object) -> bool:
        return prefix in self._entries

    def entry(self, prefix: str) -> IndexEntry | None:
        """What the index says of the service with exactly this prefix."""
        row = self._entries.get(prefix)
        return None if row is None else IndexEntry(prefix, *row)

    @property
    def entries(self) -> tuple[IndexEntry, ...]:
        """Every service, by prefix."""
        return tuple(IndexEntry(prefix, *row) for prefix, row in self._entries.items())

    def titled(self, word: str) -> tuple[IndexEntry, ...]:
        """The services that have a word, in lower case, in their English names."""
        if not self._by_word:
            for prefix, (name, *_) in self._entries.items():
                for part in dict.fromkeys(_WORD.findall((name or "").lower())):
                    self._by_word.setdefault(part, []).append(prefix)
        prefixes = self._by_word.get(word, ())
        return tuple(IndexEntry(prefix, *self._entries[prefix]) for prefix in prefixes)

    def near(self, word: str, limit: int = 2) -> tuple[str, ...]:
        """The prefixes that are nearest to a word, at most ``limit`` letters off, by prefix.

        Two slips are believed only of words that begin alike.
        """
        if not self._by_letters:
            self._by_letters.update((prefix, _letters(prefix)) for prefix in self._entries)
        letters = _letters(word)
        best = limit
        found: list[str] = []
        for prefix, others in self._by_letters.items():
            # A slip changes two letters at most of those that a word has.
            most = best if prefix[:1] == word[:1] else min(best, 1)
            if (letters ^ others).bit_count() > 2 * most:
                continue
            apart = distance(word, prefix, most)
            if apart > most:
                continue
            if apart < best:
                best, found = apart, []
            found.append(prefix)
        return tuple(found)

    def goes_with(self, service: str, other: str) -> bool:
        """Whether actions of a service are known to be matched against resources of another."""
        partners = self._pairs.get(service, ())
        return service == other or ANY in partners or other in partners


def _letters(word: str) -> int:
    """A bit for every letter that a word has."""
    letters = 0
    for letter in word:
        letters |= 1 << ord(letter) % 64
    return letters
