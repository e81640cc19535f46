"""Columns of text for a terminal, lined up whatever the widths of their characters."""

from collections.abc import Iterable, Sequence

from camlint.report.terminal import escape, width

GAP = 2
COLUMNS = 80
"""What lists are wrapped at; tables and values that people copy are not."""


def align(rows: Sequence[Sequence[str]], *, indent: str = "") -> list[str]:
    """The rows as lines of equally wide columns, escaped, without space at their ends.

    All rows have as many cells as the first.
    """
    shown = [[escape(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*shown, strict=True)]
    lines = []
    for row in shown:
        cells = (cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True))
        lines.append(indent + (" " * GAP).join(cells).rstrip())
    return lines


def wrap(words: Iterable[str], first: str, columns: int = COLUMNS) -> list[str]:
    """The words in lines of at most so many columns, with commas between them.

    ``first`` begins the first line, and the others are indented to its width. A word that is wider
    than a line has one to itself.
    """
    lines = [first]
    begun = False
    for word in map(escape, words):
        if begun and width(lines[-1]) + width(word) + 3 > columns:
            lines[-1] += ","
            lines.append(" " * width(first) + word)
        else:
            lines[-1] += f", {word}" if begun else word
        begun = True
    return lines


def count(number: int, noun: str) -> str:
    """A number of things, with thousands set apart: ``1 action``, ``19,494 actions``."""
    return f"{number:,} {noun}{'s' * (number != 1)}"
