"""From the characters of cleaned texts back to those that a document has."""

from camlint.place import Part, Place, Pointer
from camlint.policy.malformed import NAMES, Malformed
from camlint.stains import map_clean


class Cleaned:
    """The texts that were read without their stains, by their place."""

    __slots__ = ("_maps",)

    def __init__(self, unclean: list[Malformed]) -> None:
        self._maps: dict[tuple[Pointer, bool], tuple[list[int], int]] = {}
        for fault in unclean:
            text = str(fault.value)
            where = (fault.pointer, fault.element in NAMES)
            self._maps[where] = (map_clean(text, fault.stains), len(text))

    def restore(self, place: Place) -> Place:
        """A place whose characters were counted in a cleaned text, as the document has them."""
        if place.start is None or place.end is None or place.part in (Part.TEXT, Part.OPENING):
            return place
        found = self._maps.get((place.pointer, place.part is Part.KEY))
        if found is None:
            return place
        kept, size = found
        start = kept[place.start] if place.start < len(kept) else size
        end = kept[place.end - 1] + 1 if place.start < place.end <= len(kept) else start
        return Place(place.pointer, start, end, part=place.part, occurrence=place.occurrence)
