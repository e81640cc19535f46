"""The text of a regular expression turned into positions: its characters, and what may follow each.

The grammar is Python's, and so is the reading of every single character or set; what a single way
through a text can't tell, such as a backreference, is refused.
"""

import re
import warnings
from functools import lru_cache

MOST_POSITIONS = 500
"""Characters and sets of an expression, repetitions written out."""

DEEPEST = 50
"""Groups inside groups."""

UNLIMITED = -1

_FLAGS = re.compile(r"\(\?([aims]+)\)")
_SET = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.DOTALL)
_GROUP = re.compile(r"\((?:\?:|\?P<[^>]*>)?")
_BRACES = re.compile(r"\{(?:(\d+)(,(\d*))?|,(\d+))\}")
_FLAG_BITS = {"a": re.ASCII, "i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}


class RegularError(ValueError):
    """An expression that is none, or has what isn't supported; the text says what and where."""


Fragment = tuple[bool, int, int]
"""Whether it matches the empty text, and the positions it may begin and end with, as bits."""

Node = tuple[object, ...]
"""``("atom", text)``, ``("all", nodes)``, ``("any", nodes)``, ``("times", node, least, most)``."""

EMPTY: Fragment = (True, 0, 0)


class Positions:
    """An expression by its characters: ``atoms`` test one each, ``follow`` are bits of positions.

    ``whole`` is the expression itself as a fragment.
    """

    __slots__ = ("atoms", "follow", "whole")

    def __init__(
        self, atoms: tuple[re.Pattern[str], ...], follow: tuple[int, ...], whole: Fragment
    ) -> None:
        self.atoms = atoms
        self.follow = follow
        self.whole = whole


def read_regular(pattern: str) -> Positions:
    """The positions of an expression. Raises RegularError."""
    reader = _Reader(pattern, _check(pattern))
    whole = reader.read()
    return Positions(tuple(reader.atoms), tuple(reader.follow), whole)


def _check(pattern: str) -> int:
    """The flags that an expression begins with, after Python has looked at its grammar."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise RegularError(f"is no regular expression: {error}") from error
    flags = 0
    if match := _FLAGS.match(pattern):
        for letter in match[1]:
            flags |= _FLAG_BITS[letter]
    return flags


@lru_cache(maxsize=1024)
def _compile_atom(text: str, flags: int) -> re.Pattern[str]:
    """What one character is tested with: Python's own reading of a set, an escape or a letter."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return re.compile(text, flags)


class _Reader:
    """Reads the text of an expression, which Python has found to be one, into positions."""

    __slots__ = ("_at", "_flags", "_text", "atoms", "follow")

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags
        self._at = [0]
        self.atoms: list[re.Pattern[str]] = []
        self.follow: list[int] = []

    def read(self) -> Fragment:
        if match := _FLAGS.match(self._text):
            self._at[0] = match.end()
        if self._peek() == "^":
            self._at[0] += 1
        elif self._text.startswith(r"\A", self._at[0]):
            self._at[0] += 2
        return self._place(self._alternatives(0))

    def _peek(self) -> str:
        return self._text[self._at[0] : self._at[0] + 1]

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self._text, self._at[0])
        if match:
            self._at[0] = match.end()
        return match

    def _refuse(self, what: str) -> RegularError:
        return RegularError(
            f"has {what} at position {self._at[0]}, which camlint doesn't support: it matches the "
            "whole text, and never goes back in it"
        )

    def _alternatives(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise RegularError(f"has more than {DEEPEST} groups inside one another")
        branches = [self._sequence(depth)]
        while self._peek() == "|":
            self._at[0] += 1
            branches.append(self._sequence(depth))
        return branches[0] if len(branches) == 1 else ("any", branches)

    def _sequence(self, depth: int) -> Node:
        nodes: list[Node] = []
        while (letter := self._peek()) and letter not in "|)":
            if depth == 0 and self._text[self._at[0] :] in ("$", r"\Z"):
                self._at[0] = len(self._text)
                break
            nodes.append(self._repeated(self._single(letter, depth)))
        return ("all", nodes)

    def _single(self, letter: str, depth: int) -> Node:
        if letter == "(":
            if not (match := _GROUP.match(self._text, self._at[0])) or self._text.startswith(
                "?", match.end()
            ):
                raise self._refuse(f'"{self._text[self._at[0] : self._at[0] + 3]}"')
            self._at[0] = match.end()
            node = self._alternatives(depth + 1)
            self._at[0] += 1
            return node
        if letter in "^$":
            raise self._refuse(f'"{letter}"')
        start = self._at[0]
        if letter == "\\":
            if self._text[start + 1] in "0123456789bBAZ":
                raise self._refuse(f'"{self._text[start : start + 2]}"')
            self._take(_ESCAPE)
        elif letter == "[":
            self._take(_SET)
        else:
            self._at[0] += 1
        return ("atom", self._text[start : self._at[0]])

    def _repeated(self, node: Node) -> Node:
        letter = self._peek()
        least, most = {"*": (0, UNLIMITED), "+": (1, UNLIMITED), "?": (0, 1)}.get(letter, (1, 1))
        if letter and letter in "*+?":
            self._at[0] += 1
        elif match := self._take(_BRACES):
            first, comma, second, up_to = match.groups()
            least = int(first or 0)
            most = int(up_to or second or UNLIMITED) if comma or up_to else least
        else:
            return node
        if self._peek() == "+":
            raise self._refuse('a repetition with "+" behind it')
        if self._peek() == "?":
            self._at[0] += 1  # lazily or not, the whole text matches or doesn't
        return ("times", node, least, most)

    def _place(self, node: Node) -> Fragment:
        """Give the characters of a node their positions, and say what may follow which."""
        kind, part = node[0], node[1]
        if kind == "atom":
            assert isinstance(part, str)
            if len(self.atoms) >= MOST_POSITIONS:
                raise RegularError(
                    f"has more than {MOST_POSITIONS:,} characters, repetitions such as {{1,64}} "
                    "written out"
                )
            self.atoms.append(_compile_atom(part, self._flags))
            self.follow.append(0)
            bit = 1 << (len(self.atoms) - 1)
            return False, bit, bit
        if kind == "times":
            least, most = node[2], node[3]
            assert isinstance(part, tuple) and isinstance(least, int) and isinstance(most, int)
            return self._place_times(part, least, most)
        assert isinstance(part, list)
        if kind == "any":
            empty, first, last = False, 0, 0
            for branch in part:
                empty2, first2, last2 = self._place(branch)
                empty, first, last = empty or empty2, first | first2, last | last2
            return empty, first, last
        fragment = EMPTY
        for item in part:
            fragment = self._join(fragment, self._place(item))
        return fragment

    def _place_times(self, node: Node, least: int, most: int) -> Fragment:
        if max(least, most) > MOST_POSITIONS:
            raise RegularError(f"repeats something more than {MOST_POSITIONS:,} times")
        fragment, placed = EMPTY, len(self.atoms)
        for _ in range(max(least - (most == UNLIMITED), 0)):
            fragment = self._join(fragment, self._place(node))
            if len(self.atoms) == placed:
                return EMPTY  # nothing, repeated
        if most == UNLIMITED:
            empty, first, last = self._place(node)
            self._let_follow(last, first)
            return self._join(fragment, (empty or least == 0, first, last))
        for _ in range(most - least):
            _, first, last = self._place(node)
            fragment = self._join(fragment, (True, first, last))
            if len(self.atoms) == placed:
                return EMPTY
        return fragment

    def _join(self, one: Fragment, other: Fragment) -> Fragment:
        empty, first, last = one
        empty2, first2, last2 = other
        self._let_follow(last, first2)
        return (
            empty and empty2,
            first | first2 if empty else first,
            last | last2 if empty2 else last2,
        )

    def _let_follow(self, last: int, first: int) -> None:
        rest = last
        while rest:
            lowest = rest & -rest
            self.follow[lowest.bit_length() - 1] |= first
            rest ^= lowest
