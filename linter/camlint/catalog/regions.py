"""The regions of Tencent Cloud, their old codes, and what else people write in their place."""

import re

from camlint.nearest import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_ZONE = re.compile(r"([a-z]{2}-[a-z]+(?:-[a-z]+)?)-[0-9]+")


class LegacyRegion:
    """An old code of a region. ``documented`` says that a page equates it with ``modern``.

    Where it isn't, that is concluded from how such codes are built, or from COS's names alone.
    """

    __slots__ = ("code", "documented", "modern")

    def __init__(self, code: str, modern: str, *, documented: bool) -> None:
        self.code = code
        self.modern = modern
        self.documented = documented


class Regions:
    """Look-ups by the text of a region segment; texts are compared as written."""

    __slots__ = ("_cities", "_cos_only", "_legacy", "names")

    def __init__(self, table: "dict[str, Any]") -> None:
        self.names: dict[str, str] = table["regions"]
        self._cos_only = frozenset(table["cos_only"])
        self._legacy: dict[str, LegacyRegion] = {
            code: LegacyRegion(code, modern, documented=kind != "legacy_inferred")
            for kind in ("legacy_inferred", "legacy_cos", "legacy")
            for code, modern in table[kind].items()
        }
        self._cities: dict[str, str] = {}
        for region, title in self.names.items():
            # The first region of a city is its public one.
            for city in (region.split("-")[1], title.partition(" (")[0].replace(" ", "").lower()):
                if city:
                    self._cities.setdefault(city, region)

    def known(self, text: str, service: str = "") -> bool:
        """Whether a text is a region; COS has one more than the other services."""
        return text in self.names or (service in ("cos", "ci") and text in self._cos_only)

    def legacy(self, text: str) -> LegacyRegion | None:
        """The old code that a text is."""
        return self._legacy.get(text)

    def of_zone(self, text: str) -> str | None:
        """The region of an availability zone: ``ap-guangzhou`` for ``ap-guangzhou-3``."""
        match = _ZONE.fullmatch(text)
        return match[1] if match and match[1] in self.names else None

    def of_city(self, text: str) -> str | None:
        """The region that a city's name stands for: ``ap-guangzhou`` for ``Guangzhou``."""
        return self._cities.get(text.lower().replace(" ", ""))

    def nearest(self, text: str) -> str | None:
        """The region within two letters of a text, in whatever case."""
        return nearest(text.lower(), self.names)
