"""What a terminal makes of text: which characters are safe to show, how wide, in which colour."""

from collections.abc import Callable, Mapping
from unicodedata import category, east_asian_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

RESET = "\x1b[0m"
BOLD = "\x1b[1m"
DIM = "\x1b[2m"
RED = "\x1b[1;31m"
GREEN = "\x1b[32m"
YELLOW = "\x1b[1;33m"
CYAN = "\x1b[1;36m"
BLUE = "\x1b[1;34m"

Paint = Callable[[str, str], str]
"""Gives a text the colour of its first argument, or leaves it alone."""


def escape(text: str) -> str:
    r"""The text with every character that could act on a terminal or hide made visible.

    Line ends, escape sequences, bidirectional controls, zero-width and odd spaces, lone surrogates
    and unassigned characters become ``\u{1b}``. The result is one line.
    """
    if text.isprintable():
        return text
    return "".join(map(show, text))


def show(character: str) -> str:
    r"""The character itself, or ``\u{…}`` with its number where a terminal wouldn't print it."""
    return character if character.isprintable() else f"\\u{{{ord(character):x}}}"


def width(shown: str) -> int:
    """How many columns an escaped text takes: two for a wide character, none for a combining one.

    Source: https://www.unicode.org/reports/tr11/
    """
    if shown.isascii():
        return len(shown)
    return sum(map(_columns, shown))


def _columns(character: str) -> int:
    if east_asian_width(character) in {"W", "F"}:
        return 2
    return 0 if category(character) in {"Mn", "Me"} else 1


def coloured(colour: str, text: str) -> str:
    """The text in the colour, for a terminal that understands ANSI sequences."""
    return f"{colour}{text}{RESET}" if text else ""


def plain(colour: str, text: str) -> str:
    """The text as it is."""
    del colour
    return text


def colour_wanted(choice: str, stream: "TextIO", environ: Mapping[str, str]) -> bool:
    """Whether to colour what goes to ``stream``; ``choice`` is ``auto``, ``always`` or ``never``.

    In ``auto``, NO_COLOR wins over FORCE_COLOR, and either over what the stream is.
    Source: https://no-color.org and https://force-color.org
    """
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return environ.get("TERM") != "dumb" and stream.isatty()
