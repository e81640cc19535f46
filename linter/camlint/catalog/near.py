"""Which of many names are within two letters of a word, without comparing all of them."""

from collections.abc import Iterable
from itertools import pairwise

from camlint.nearest import distance

LIMIT = 2
_BITS = 256
_MOST_CHANGED = 12
"""A swap of two neighbours changes three pairs of letters into three others, any other slip fewer;
two slips change a dozen bits of a signature at most."""


class NearNames:
    """Names, each with a signature: a bit for every pair of neighbouring letters in it.

    One look-up costs a comparison of two numbers for each name, and of letters for the few left.
    """

    __slots__ = ("_longest", "_signed")

    def __init__(self, names: Iterable[str]) -> None:
        self._signed = [(_sign(name), name) for name in names]
        self._longest = max((len(name) for _, name in self._signed), default=0)

    def nearest(self, word: str, limit: int = LIMIT) -> tuple[str, ...]:
        """The names at the smallest distance from a word, at most ``limit``; in their order."""
        if len(word) > self._longest + limit:
            return ()
        signature = _sign(word)
        best = limit
        found: list[str] = []
        for signed, name in self._signed:
            if (signed ^ signature).bit_count() > _MOST_CHANGED:
                continue
            apart = distance(word, name, best)
            if apart < best:
                best, found = apart, [name]
            elif apart == best:
                found.append(name)
        return tuple(found)


def _sign(text: str) -> int:
    signature = 0
    for one, other in pairwise(text):
        signature |= 1 << (ord(one) * 31 + ord(other)) % _BITS
    return signature
