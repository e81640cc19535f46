"""What of a run fits into one upload to code scanning: the worst of it, when not everything does."""

import zlib

from camlint.finding import Severity

MOST_RESULTS = 25_000
"""Results of a run; an upload with more is refused as a whole.

Source: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

MOST_BYTES = 9_500_000
"""Bytes of the results, compressed: 10 MB are taken, less room for the rules. The same source."""

HELD_BACK = 65_536
"""Bytes that a compressor may have taken in without having put anything out for them."""

Numbered = tuple[int, str]
"""How many results came before, and the text of this one."""


class Kept:
    """The results of a run in their order, the mildest and last left out beyond a number."""

    __slots__ = ("_by_rank", "_most", "_offered")

    def __init__(self, most: int = MOST_RESULTS) -> None:
        self._most = most
        self._by_rank: list[list[Numbered]] = [[] for _ in Severity]
        self._offered = [0]

    def add(self, text: str, severity: Severity) -> None:
        """Keep a result, perhaps in the place of a milder one."""
        number = self._offered[0]
        self._offered[0] += 1
        if sum(map(len, self._by_rank)) >= self._most:
            milder = next((one for one in self._by_rank[: severity.rank] if one), None)
            if milder is None:
                return
            milder.pop()
        self._by_rank[severity.rank].append((number, text))

    @property
    def offered(self) -> int:
        """How many results there were."""
        return self._offered[0]

    def fitting(self, most_bytes: int = MOST_BYTES) -> list[str]:
        """The results that are reported, in the order in which they came."""
        ranked = [one for results in reversed(self._by_rank) for one in results]
        if 4 * sum(len(text) for _, text in ranked) > most_bytes:
            ranked = _compressed(ranked, most_bytes)
        return [text for _, text in sorted(ranked)]


def _compressed(results: list[Numbered], most_bytes: int) -> list[Numbered]:
    """As many of the results, from the first, as fit into so many bytes.

    Compressed quickly, and so to more than what an upload makes of it.
    """
    compressor = zlib.compressobj(level=1)
    size = 0
    for count, (_, text) in enumerate(results):
        size += len(compressor.compress(text.encode("utf-8", "replace")))
        if size + HELD_BACK > most_bytes:
            return results[:count]
    return results
