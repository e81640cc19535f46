"""How a message quotes what stands in a policy."""

from collections.abc import Iterable

LONGEST = 60
"""Characters of a value that a message shows; the excerpt below it has the rest."""


def clip(text: str, longest: int = LONGEST) -> str:
    """The text on one line, cut with ``…`` where it is longer than ``longest`` characters."""
    line = " ".join(text[: longest * 4].split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def quote(value: object, longest: int = LONGEST) -> str:
    """A plain value as a message names it: scalars as JSON has them, the rest by its type."""
    if isinstance(value, str):
        kept = value if len(value) <= longest else value[: longest - 1] + "…"
        return '"' + kept.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r") + '"'
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        digits = str(value) if not isinstance(value, int) or value.bit_length() < 256 else ""
        return digits or "a very long number"
    return name_type(value)


def join_words(words: Iterable[object]) -> str:
    """Things in a row as people list them: ``1, 2 and 5``."""
    *most, last = (str(word) for word in words)
    return f"{', '.join(most)} and {last}" if most else last


def name_type(value: object) -> str:
    """The JSON type of a plain value, with its article."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    return "an object" if value else "an empty object"
