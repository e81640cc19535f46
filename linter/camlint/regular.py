"""Regular expressions of users, matched in time that grows with the text and never explodes.

Python's own matcher goes back and tries again: ``(a+)+b`` takes it years for forty letters. Here
an expression becomes the positions of its characters and which of them may follow which (Glushkov's
automaton), and a text is read once. What that can't do is refused: lookaround, backreferences.
"""

from functools import lru_cache

from camlint.regular_syntax import read_regular

MOST_REMEMBERED = 5_000
"""Steps of an expression that are remembered before all are forgotten."""


class Regular:
    """A compiled expression; it matches a text as a whole, as ``re.fullmatch`` does."""

    __slots__ = ("_accepted", "_atoms", "_empty", "_first", "_follow", "_last", "_masks", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        read = read_regular(pattern)
        self._atoms = read.atoms
        self._follow = read.follow
        self._empty, self._first, self._last = read.whole
        self._masks: dict[str, int] = {}
        self._accepted: dict[tuple[int, str], int] = {}

    def __reduce__(self) -> tuple[object, ...]:
        return compile_regular, (self.pattern,)

    def matches(self, text: str) -> bool:
        """Whether the whole text matches."""
        if not text:
            return self._empty
        accepted, state = self._accepted, self._first
        last = len(text) - 1
        for at, letter in enumerate(text):
            key = (state, letter)
            found = accepted.get(key)
            if found is None:
                found = self._step(state, letter)
            if not found:
                return False
            if at == last:
                return bool(found & self._last)
            key = (found, "")
            after = accepted.get(key)
            state = self._after(found) if after is None else after
        return False

    def _step(self, state: int, letter: str) -> int:
        """The positions of a state that the letter fits."""
        mask = self._masks.get(letter)
        if mask is None:
            self._make_room(self._masks)
            mask = 0
            for at, atom in enumerate(self._atoms):
                if atom.fullmatch(letter):
                    mask |= 1 << at
            self._masks[letter] = mask
        self._make_room(self._accepted)
        self._accepted[state, letter] = state & mask
        return state & mask

    def _after(self, found: int) -> int:
        """The positions that may come behind any of these."""
        state, rest = 0, found
        while rest:
            lowest = rest & -rest
            state |= self._follow[lowest.bit_length() - 1]
            rest ^= lowest
        self._make_room(self._accepted)
        self._accepted[found, ""] = state
        return state

    def _make_room(self, table: "dict[str, int] | dict[tuple[int, str], int]") -> None:
        if len(table) >= MOST_REMEMBERED:
            table.clear()


@lru_cache(maxsize=1024)
def compile_regular(pattern: str) -> Regular:
    """The expression, compiled once. Raises RegularError."""
    return Regular(pattern)
