"""The map from the characters of a decoded string back to where each begins in its source.

A map is a sequence of offsets, one for every index from 0 to the length of the decoded string
inclusive, so that the characters ``[a, b)`` stand at ``[map[a], map[b])``. A map of a map's
source leads one text further out.
"""

import re
from collections.abc import Sequence

_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|.)", re.DOTALL
)
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_ESCAPED_BYTE = "\udc80", "\udcff"
"""What ``surrogateescape`` makes of a byte that is not UTF-8."""


def map_string(text: str, start: int, end: int) -> Sequence[int]:
    """The map of the JSON string whose quotes stand at ``start`` and ``end - 1`` of ``text``.

    A character that two escapes spell, a surrogate pair, counts once, as it does for a parser.
    """
    if text.find("\\", start, end) < 0:
        return range(start + 1, end)
    offsets: list[int] = []
    at = start + 1
    for escape in _ESCAPE.finditer(text, at, end - 1):
        offsets.extend(range(at, escape.start() + 1))
        at = escape.end()
    offsets.extend(range(at, end))
    return offsets


_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
"""Bytes that stand for themselves. Source: https://www.rfc-editor.org/rfc/rfc3986"""


def encode_percent(text: str) -> str:
    """The text URL-encoded, every character that may mean something else included."""
    return "".join(
        chr(byte) if byte in _UNRESERVED else f"%{byte:02X}"
        for byte in text.encode("utf-8", "surrogatepass")
    )


def decode_percent(text: str) -> tuple[str, Sequence[int]]:
    """A URL-encoded text decoded, ``+`` being a space, and the map of the result.

    A byte that is not UTF-8 becomes U+FFFD; a ``%`` without two hexadecimal digits stays.
    """
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    for run in _PERCENT.finditer(text):
        pieces.append(text[at : run.start()].replace("+", " "))
        offsets.extend(range(at, run.start()))
        at = run.start()
        octets = bytes.fromhex(run.group().replace("%", ""))
        for character in octets.decode("utf-8", "surrogateescape"):
            offsets.append(at)
            if _ESCAPED_BYTE[0] <= character <= _ESCAPED_BYTE[1]:
                pieces.append("\ufffd")
                at += 3
            else:
                pieces.append(character)
                at += 3 * len(character.encode())
    pieces.append(text[at:].replace("+", " "))
    offsets.extend(range(at, len(text) + 1))
    return "".join(pieces), offsets
