"""The lines of a file that something points at, with the places underlined and named."""

from collections.abc import Callable, Iterator

from camlint.report.cut import WIDTH, Cut, Part, cut_line, fits, weigh
from camlint.report.header import SEVERITY_COLOURS
from camlint.report.terminal import BLUE, DIM, Paint, escape, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.findings import Diagnostic, Region

MARGIN_OF_PART = 10
"""The columns of surroundings that a part of a long line should have at least."""

WIDEST = WIDTH + 20
"""A label that would end beyond this column stands below its underline instead of beside it."""

Segment = tuple[int, str, str]
"""The column that a text begins at, its colour, and the text."""


class Mark:
    """A part of one line to underline with ``sign``, and the words beside it."""

    __slots__ = ("colour", "label", "line", "part", "sign")

    def __init__(self, line: int, part: Part, sign: str, label: str, colour: str) -> None:
        self.line = line
        self.part = part
        self.sign = sign
        self.label = label
        self.colour = colour


class Excerpt:
    """One excerpt for all marks; ``margin`` is the width of its line numbers.

    ``line`` gives the text of a line by its number, without its end.
    """

    __slots__ = ("_line", "_marks", "margin")

    def __init__(self, marks: "list[Mark]", line: Callable[[int], str]) -> None:
        self._line = line
        self._marks = marks
        self.margin = len(str(max(mark.line for mark in marks)))

    def rows(self, paint: Paint) -> Iterator[str]:
        """The rows of the excerpt, gutter included, without line ends."""
        empty = " " * (self.margin + 2) + paint(DIM, "|")
        yield empty
        last = 0
        for number in sorted({mark.line for mark in self._marks}):
            if last and number == last + 2:
                yield self._source_row(number - 1, cut_line(self._line(number - 1), ()), paint)
            elif last and number > last + 2:
                yield paint(DIM, "...")
            last = number
            line = self._line(number)
            for marks in _groups(line, [mark for mark in self._marks if mark.line == number]):
                cut = cut_line(line, [mark.part for mark in marks])
                yield self._source_row(number, cut, paint)
                for band in _bands(cut, marks):
                    for row in _underline(band, paint):
                        yield f"{empty} {row}"

    def _source_row(self, number: int, cut: Cut, paint: Paint) -> str:
        return f" {paint(DIM, f'{number:>{self.margin}} |')} {cut.text}".rstrip()


def mark_finding(diagnostic: "Diagnostic", line: Callable[[int], str]) -> list[Mark]:
    """The marks of a finding in its file: its own place, and those related to it."""
    colour = SEVERITY_COLOURS[diagnostic.severity.value]
    marks = [mark_region(diagnostic.region, "^", diagnostic.label, colour, line)]
    for related in diagnostic.related:
        if related.elsewhere is None:
            marks.append(mark_region(related.region, "-", related.label, BLUE, line))
    return marks


def mark_region(
    region: "Region", sign: str, label: str, colour: str, line: Callable[[int], str]
) -> Mark:
    """The mark of a region, on its first line; the label says how far it goes on.

    ``line`` gives the text of a line by its number.
    """
    text, last = line(region.start.line), region.end.line
    if region.end.column == 1 and last > region.start.line:
        last -= 1
    if last > region.start.line:
        label = f"{label} (down to line {last})" if label else f"down to line {last}"
    end = region.end.column - 1 if region.end.line == region.start.line else len(text.rstrip())
    start = min(region.start.column - 1, len(text))
    part = (start, max(start + 1, min(end, len(text))))
    return Mark(region.start.line, part, sign, escape(label), colour)


def _groups(line: str, marks: list[Mark]) -> Iterator[list[Mark]]:
    """The marks of a line in as few groups as there are rows needed to show all of them."""
    if fits(line):
        yield marks
        return
    group: list[Mark] = []
    room = WIDTH
    for mark in sorted(marks, key=lambda mark: mark.part):
        need = weigh(line, mark.part) + MARGIN_OF_PART
        if group and need > room:
            yield group
            group, room = [], WIDTH
        group.append(mark)
        room -= need
    yield group


Placed = tuple[Part, Mark]
"""The columns of a mark in the line as shown, and the mark."""


def _bands(cut: Cut, marks: list[Mark]) -> list[list[Placed]]:
    """The marks in rows in which none overlaps another, the primary one in the first."""
    bands: list[list[Placed]] = []
    for mark in sorted(marks, key=lambda mark: (mark.sign != "^", mark.part)):
        left, right = cut.columns(mark.part)
        for band in bands:
            if all(right <= other[0] or other[1] <= left for other, _ in band):
                band.append(((left, right), mark))
                break
        else:
            bands.append([((left, right), mark)])
    return [sorted(band, key=lambda placed: placed[0]) for band in bands]


def _underline(band: list[Placed], paint: Paint) -> Iterator[str]:
    """The underlines of a band, the last label beside its own, the others hanging below."""
    row = [(left, mark.colour, mark.sign * (right - left)) for (left, right), mark in band]
    hanging = [placed for placed in band if placed[1].label]
    (_, right), last = band[-1]
    if last.label and right + 1 + width(last.label) <= WIDEST:
        row.append((right + 1, last.colour, last.label))
        hanging.pop()
    yield _lay(row, paint)
    if hanging and len(band) > 1:
        yield _lay([_connector(placed) for placed in hanging], paint)
    while hanging:
        (left, _), mark = hanging.pop()
        row = [_connector(placed) for placed in hanging]
        row.append((left, mark.colour, mark.label))
        yield _lay(row, paint)


def _connector(placed: Placed) -> Segment:
    return placed[0][0], placed[1].colour, "|"


def _lay(row: list[Segment], paint: Paint) -> str:
    laid, column = [], 0
    for start, colour, text in row:
        laid.append(" " * (start - column) + paint(colour, text))
        column = start + width(text)
    return "".join(laid)
