"""Many resource patterns asked at once: which of them match a resource, or a request without one."""

from camlint.access.answer import Answer
from camlint.access.areas import Area, Point
from camlint.access.letters import Letters
from camlint.access.resources import matches_nothing_named, matches_point

Listed = list[tuple[Area, int]]
Masks = tuple[int, int]
"""The statements that surely match, and those that surely or perhaps do."""


class AreaIndex:
    """Areas with the statements that hold them, as bits of a mask; ``full`` has every bit.

    A resource of one service is only compared with the areas of that service, and with those that
    may be of any.
    """

    __slots__ = ("_areas", "_by_service", "_everywhere", "_full", "_letters", "_unnamed")

    def __init__(self, areas: Listed, letters: Letters, full: int) -> None:
        by_service: dict[str, Listed] = {}
        everywhere: Listed = []
        for area, mask in areas:
            service = area.service
            if not service or "*" in service or letters.unknown(service):
                everywhere.append((area, mask))
            else:
                by_service.setdefault(service, []).append((area, mask))
        self._areas = areas
        self._by_service = by_service
        self._everywhere = everywhere
        self._full = full
        self._letters = letters
        self._unnamed: dict[tuple[str, frozenset[str]], Masks] = {}

    def cost(self, point: Point) -> int:
        """How many matches it takes to ask about a resource."""
        return len(self._by_service.get(point.service, ())) + len(self._everywhere)

    def match(self, point: Point) -> Masks:
        """The statements that match a resource."""
        sure = perhaps = 0
        for listed in (self._by_service.get(point.service, ()), self._everywhere):
            for area, bits in listed:
                if bits & ~sure:
                    answer = matches_point(area, point, self._letters)
                    if answer is Answer.YES:
                        sure |= bits
                    elif answer is Answer.UNDECIDED:
                        perhaps |= bits
        if not point.service or "*" in point.service or self._letters.unknown(point.service):
            perhaps = self._full
        return sure, sure | perhaps

    def knows(self, service: str, sources: frozenset[str]) -> bool:
        """Whether such a request without a resource was asked about before and costs nothing."""
        return (service, sources) in self._unnamed

    def match_nothing_named(self, service: str, sources: frozenset[str]) -> Masks:
        """The statements that match a request of a service to which CAM gives no resource."""
        key = (service, sources)
        masks = self._unnamed.get(key)
        if masks is None:
            sure = perhaps = 0
            for area, bits in self._areas:
                answer = matches_nothing_named(area, service, sources, self._letters)
                if answer is Answer.YES:
                    sure |= bits
                elif answer is Answer.UNDECIDED:
                    perhaps |= bits
            masks = self._unnamed[key] = (sure, sure | perhaps)
        return masks
