"""What would change in a file, as a unified diff that ``git apply`` and ``patch -p1`` take."""

from collections.abc import Iterator
from difflib import unified_diff

from camlint.report.terminal import BOLD, CYAN, GREEN, RED, Paint, escape

NO_END = "\\ No newline at end of file\n"

COLOURS = {"@": CYAN, "-": RED, "+": GREEN}
"""The colour of a line by its first character."""


def show_diff(path: str, old: str, new: str, paint: Paint | None) -> Iterator[str]:
    """The lines of the diff with their ends; none where nothing changes.

    ``paint`` is given for a terminal: control characters are then made visible as well.
    """
    relative = not path.startswith("/")
    shown = escape(path)
    before, after = (f"a/{shown}", f"b/{shown}") if relative else (shown, shown)
    for number, line in enumerate(unified_diff(_split(old), _split(new), before, after)):
        whole = line if line.endswith("\n") else line + "\n"
        yield whole if paint is None else _paint(whole, paint, head=number < 2)
        if whole is not line:
            yield NO_END


def _split(text: str) -> list[str]:
    """The lines of a text with their line feeds, which alone end a line in a diff."""
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _paint(line: str, paint: Paint, *, head: bool) -> str:
    colour = BOLD if head else COLOURS.get(line[0], "")
    text = escape(line[:-1].replace("\t", "    "))
    return (paint(colour, text) if colour else text) + "\n"
