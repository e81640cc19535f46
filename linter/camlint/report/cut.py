"""A line of a file as it is shown: made safe, tabs expanded, cut to fit around what matters."""

from collections.abc import Sequence

from camlint.report.terminal import show, width

WIDTH = 100
"""How many columns of a line are shown."""

TAB = 4
"""The distance of two tab stops, in columns."""

WHOLE = 80
"""A part of a line up to this many columns is never cut itself."""

HEAD, TAIL = 50, 25
"""The columns kept of a longer part, at its beginning and at its end."""

JOINED = 6
"""Pieces this many characters apart are shown with what stands between them."""

Part = tuple[int, int]
"""Characters of a line, from 0, the end exclusive; the line's length is a blank behind its end."""


class Cut:
    """What is shown of a line: ``text``, and in which columns of it (from 0) a part stands."""

    __slots__ = ("_columns", "text")

    def __init__(self, line: str, pieces: Sequence[Part]) -> None:
        shown: list[str] = []
        columns: dict[int, Part] = {}
        column = end = 0
        for piece in pieces:
            if piece[0] > end:
                shown.append("…")
                column += 1
            for index in range(*piece):
                text = _shown(line, index, column)
                right = column + width(text)
                columns[index] = (column, right)
                shown.append(text)
                column = right
            end = piece[1]
        if end < len(line):
            shown.append("…")
        self.text = "".join(shown)
        self._columns = columns

    def columns(self, part: Part) -> Part:
        """The columns of a part of the line that it was cut around, at least one."""
        left = self._columns[part[0]][0]
        return left, max(self._columns[part[1] - 1][1], left + 1)


def cut_line(line: str, parts: Sequence[Part]) -> Cut:
    """The line, or as many pieces of it as hold all the parts and some of what is around them."""
    if fits(line):
        return Cut(line, [(0, len(line) + 1)])
    pieces = _join([piece for part in parts for piece in _shorten(line, part)])
    opening = _reach(line, 0, 1, WIDTH - 1)
    if not pieces or pieces[-1][1] <= opening:
        return Cut(line, [(0, opening)])
    for _ in range(3):
        spare = WIDTH - sum(_measure(line, piece) for piece in pieces) - len(pieces) - 1
        share = spare // (2 * len(pieces))
        if share <= 0:
            break
        pieces = _join(
            [(_reach(line, start, -1, share), _reach(line, end, 1, share)) for start, end in pieces]
        )
    return Cut(line, pieces)


def fits(line: str) -> bool:
    """Whether the whole line can be shown."""
    return len(line) <= 2 * WIDTH and _measure(line, (0, len(line))) <= WIDTH


def weigh(line: str, part: Part) -> int:
    """The columns that the part itself takes up when it is shown in a cut line."""
    return sum(_measure(line, piece) for piece in _shorten(line, part))


def _shorten(line: str, part: Part) -> list[Part]:
    start, end = part
    if _reach(line, start, 1, WHOLE) >= end:
        return [part]
    return [(start, _reach(line, start, 1, HEAD)), (_reach(line, end, -1, TAIL), end)]


def _reach(line: str, start: int, step: int, columns: int) -> int:
    """How far from ``start`` so many columns go; zero-width characters don't go on for ever."""
    at = start
    for _ in range(2 * columns):
        index = at if step > 0 else at - 1
        if not 0 <= index <= len(line):
            break
        columns -= width(_shown(line, index))
        if columns < 0:
            break
        at += step
    return at


def _join(pieces: list[Part]) -> list[Part]:
    joined: list[Part] = []
    for start, end in sorted(pieces):
        if joined and start - joined[-1][1] <= JOINED:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _measure(line: str, part: Part) -> int:
    return sum(width(_shown(line, index)) for index in range(*part))


def _shown(line: str, index: int, column: int = 0) -> str:
    if index >= len(line):
        return " "
    character = line[index]
    return " " * (TAB - column % TAB) if character == "\t" else show(character)
