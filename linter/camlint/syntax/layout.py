"""How a document is laid out, so that what is written into it looks like the rest."""

import json
import re

_INDENTED = re.compile(r"[\[{][ \t]*(?:\r\n?|\n)([ \t]+)")
_COLON = re.compile(r'"\s*:(\s?)')
_COMMA = re.compile(r"""["\]}],([ \t]?)[^\s]""")
_LINE = re.compile(r"[ \t]*")

WIDTH = 100
"""Columns up to which a list of texts stays on one line."""


class Layout:
    """The line ends, the step of indentation and the spaces of a JSON text.

    ``unit`` is the white space of one step, ``""`` for a text on one line; ``colon`` and
    ``after_comma`` are what parts a key from its value, and what follows a comma on a line.
    """

    __slots__ = ("_text", "after_comma", "colon", "line_end", "unit")

    def __init__(self, text: str) -> None:
        self._text = text
        indented = _INDENTED.search(text)
        self.unit = ""
        if indented is not None:
            outer = _LINE.match(text, _line_start(text, indented.start()))
            margin = outer.group() if outer else ""
            self.unit = indented[1].removeprefix(margin) or "  "
        self.line_end = "\r\n" if "\r\n" in text else "\n"
        colon, comma = _COLON.search(text), _COMMA.search(text)
        self.colon = ":" if colon is not None and not colon[1] else ": "
        self.after_comma = "" if comma is not None and not comma[1] else " "

    def indent_at(self, offset: int) -> str:
        """The white space that begins the line of a character."""
        blank = _LINE.match(self._text, _line_start(self._text, offset))
        return blank.group() if blank else ""

    def render(self, value: object, indent: str) -> str:
        """A value as this text would have it, its first line after ``indent``."""
        if not self.unit or not isinstance(value, (dict, list)) or not value:
            return self._on_one_line(value)
        if isinstance(value, list) and not any(isinstance(item, (dict, list)) for item in value):
            short = self._on_one_line(value)
            if len(value) == 1 or len(indent) + len(short) <= WIDTH:
                return short
        inner = indent + self.unit
        if isinstance(value, dict):
            rows = [
                f"{inner}{json.dumps(key, ensure_ascii=False)}{self.colon}{self.render(item, inner)}"
                for key, item in value.items()
            ]
            opening, closing = "{", "}"
        else:
            rows = [inner + self.render(item, inner) for item in value]
            opening, closing = "[", "]"
        body = f",{self.line_end}".join(rows)
        return f"{opening}{self.line_end}{body}{self.line_end}{indent}{closing}"

    def _on_one_line(self, value: object) -> str:
        return json.dumps(
            value, ensure_ascii=False, separators=("," + self.after_comma, self.colon)
        )


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
