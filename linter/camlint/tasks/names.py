"""Which services, regions and condition keys a bare word names, exactly or else in part."""

from collections.abc import Iterable

from camlint.catalog.verbs import verb_of
from camlint.nearest import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.catalog.catalog import Catalog
    from camlint.catalog.condition_keys import ConditionKey
    from camlint.catalog.index import IndexEntry
    from camlint.catalog.service import Service

SHORTEST = 3
"""Letters that a part of a region's or condition key's name must have to point at it."""

SHORTEST_WORD = 5
"""Letters of a word of a product's name from which a slip in it is still recognised."""


class NamedRegion:
    """A region: its code, its English name (``""`` where no document has one)."""

    __slots__ = ("name", "title")

    def __init__(self, name: str, title: str) -> None:
        self.name = name
        self.title = title


class Named:
    """What a word names; ``service`` is the one meant, ``services`` are others that it may mean.

    ``note`` tells how the word leads there, where that isn't plain to see.
    """

    __slots__ = ("condition_keys", "note", "regions", "service", "services")

    def __init__(
        self,
        service: "Service | None",
        services: "tuple[IndexEntry, ...]",
        condition_keys: "tuple[ConditionKey, ...]",
        regions: tuple[NamedRegion, ...],
        note: str,
    ) -> None:
        self.service = service
        self.services = services
        self.condition_keys = condition_keys
        self.regions = regions
        self.note = note


def find_named(word: str, catalog: "Catalog") -> Named | None:
    """What a word names exactly, or else what has it in its name; None where nothing does."""
    index = catalog.index
    lower = word.lower()
    prefix = lower if lower in index else ""
    regions, note = _find_regions(word, catalog)
    keys = _find_keys(word, catalog.condition_keys.names, part=False)
    if prefix:
        alike = {*index.related.get(prefix, ()), *_worded(word, catalog)} - {prefix}
        services = _entries(sorted(alike), catalog)
        return Named(catalog.service(prefix), services, _keys(keys, catalog), regions, note)
    if regions or keys:
        return Named(None, (), _keys(keys, catalog), regions, note)
    renamed = index.renamed.get(_squeeze(word))
    titled = _titled(word, catalog)
    keys = _find_keys(word, catalog.condition_keys.names, part=True)
    if renamed:
        names = " or ".join(f'"{one}"' for one in renamed)
        note = f'"{word}" is {names} in CAM'
        titled = [*renamed, *(one for one in titled if one not in renamed)]
    regions = _find_cities(word, catalog)
    only = titled[0] if len(titled) == 1 and not regions and not keys else None
    if not (titled or regions or keys):
        return None
    services = () if only else _entries(titled, catalog)
    service = catalog.service(only) if only else None
    return Named(service, services, _keys(keys, catalog), regions, note)


def suggest_named(word: str, catalog: "Catalog") -> tuple[tuple[str, ...], str]:
    """Queries that a word without any meaning may stand for, nearest first, and why the first."""
    meant = catalog.suggest_service(word)
    texts = [] if meant is None else list(meant.texts)
    region = catalog.regions.nearest(word)
    key = nearest(word, catalog.condition_keys.names)
    texts += [one for one in (region, key) if one]
    if not texts:
        words = {
            part for entry in catalog.index.entries for part in _plain(entry.name or "").split()
        }
        words.update(part for name in catalog.regions.names for part in name.split("-"))
        words = {part for part in words if len(part) >= SHORTEST_WORD}
        near = nearest(_plain(word), sorted(words))
        texts = [near] if near else []
    verb = verb_of(word)
    if not texts and verb != word and verb in catalog.index.verbs and word.isalnum():
        return (f"*:{word}",), "an action is looked up with its service, or * for any"
    return tuple(texts), meant.reason if meant is not None and meant.kind == "foreign" else ""


def _find_regions(word: str, catalog: "Catalog") -> tuple[tuple[NamedRegion, ...], str]:
    """The region that a word is the code, an old code, a zone or the city of, and which of them."""
    regions = catalog.regions
    lower = word.lower()
    if regions.known(lower, "cos"):
        note = "" if lower in regions.names else f'only COS and CI have the region "{lower}"'
        return (NamedRegion(lower, regions.names.get(lower, "")),), note
    old = regions.legacy(lower)
    if old is not None:
        sure = "the old code" if old.documented else "probably, by its looks, an old code"
        return (_region(old.modern, catalog),), f'"{lower}" is {sure} of {old.modern}'
    zone = regions.of_zone(lower)
    if zone is not None:
        note = f'"{lower}" is an availability zone of {zone}; policies name the region'
        return (_region(zone, catalog),), note
    return (), ""


def _find_cities(word: str, catalog: "Catalog") -> tuple[NamedRegion, ...]:
    """The regions that have a word in their code or English name."""
    plain, squeezed = _plain(word), _squeeze(word)
    if len(plain) < SHORTEST:
        return ()
    return tuple(
        NamedRegion(name, title)
        for name, title in catalog.regions.names.items()
        if squeezed in _squeeze(name) or plain in _plain(title)
    )


def _region(name: str, catalog: "Catalog") -> NamedRegion:
    return NamedRegion(name, catalog.regions.names.get(name, ""))


def _find_keys(word: str, names: Iterable[str], *, part: bool) -> list[str]:
    """The condition keys that a word is, without their prefix, or is a part of."""
    lower = word.lower()
    if part:
        return [name for name in names if len(lower) >= SHORTEST and lower in name.lower()]
    return [name for name in names if lower in (name, name.rpartition(":")[2].removesuffix("/*"))]


def _keys(names: Iterable[str], catalog: "Catalog") -> "tuple[ConditionKey, ...]":
    found = (catalog.condition_keys.find(name) for name in names)
    return tuple(key for key in found if key is not None)


def _titled(word: str, catalog: "Catalog") -> list[str]:
    """The prefixes of the services that have a word in their prefix, English or Chinese name."""
    plain = _plain(word)
    return [
        entry.prefix
        for entry in catalog.index.entries
        if plain in _plain(entry.name or "")
        or plain in _plain(entry.name_zh or "")
        or (len(plain) >= SHORTEST and plain in entry.prefix)
    ]


def _worded(word: str, catalog: "Catalog") -> list[str]:
    """The prefixes of the services that have a whole word in their English name."""
    plain = _plain(word)
    return [
        entry.prefix
        for entry in catalog.index.entries
        if plain in _plain(entry.name or "").replace("(", "").replace(")", "").split()
    ]


def _entries(prefixes: Iterable[str], catalog: "Catalog") -> "tuple[IndexEntry, ...]":
    found = (catalog.index.entry(prefix) for prefix in prefixes)
    return tuple(entry for entry in found if entry is not None)


def _plain(text: str) -> str:
    """A name as it is compared: neither case nor hyphens tell two products apart."""
    return text.lower().replace("-", " ").replace("_", " ")


def _squeeze(text: str) -> str:
    return _plain(text).replace(" ", "")
