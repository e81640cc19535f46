"""Many patterns asked at once: which of them match a text."""

from collections.abc import Callable

from camlint.patterns import matcher


class Index:
    """Patterns with the statements that hold them, as bits of a mask.

    Literal patterns and those with one ``*`` at the end are looked up, the others tried in turn:
    ``cost`` is how many matches one new text takes.
    """

    __slots__ = ("_known", "_lengths", "_literal", "_prefixes", "_tried", "cost")

    def __init__(self, patterns: dict[str, int]) -> None:
        literal: dict[str, int] = {}
        prefixes: dict[str, int] = {}
        tried: list[tuple[Callable[[str], bool], int]] = []
        for pattern, mask in patterns.items():
            star = pattern.find("*")
            if star < 0:
                literal[pattern] = mask
            elif star == len(pattern) - 1:
                prefixes[pattern[:-1]] = mask
            else:
                tried.append((matcher(pattern), mask))
        self._literal = literal
        self._prefixes = prefixes
        self._lengths = sorted({len(prefix) for prefix in prefixes})
        self._tried = tuple(tried)
        self._known: dict[str, int] = {}
        self.cost = len(tried) + len(self._lengths) + 1

    def knows(self, text: str) -> bool:
        """Whether the text was asked about before and costs nothing."""
        return text in self._known

    def match(self, text: str) -> int:
        """The statements that hold a pattern which matches the text."""
        mask = self._known.get(text)
        if mask is None:
            mask = self._literal.get(text, 0)
            for length in self._lengths:
                if length > len(text):
                    break
                mask |= self._prefixes.get(text[:length], 0)
            for matches, bits in self._tried:
                if bits & ~mask and matches(text):
                    mask |= bits
            self._known[text] = mask
        return mask
