"""A file's text as it was read, and where in it a character stands."""

import os
from bisect import bisect_right

MAX_BYTES = 10 * 1024 * 1024
"""Files longer than this are not analysed (a budget of ours, not a limit of CAM)."""

CHUNK = 64 * 1024
"""Bytes read at a time, more than most files have."""

READING = os.O_RDONLY | getattr(os, "O_BINARY", 0)
"""Where there are two ways to open a file, it is opened as the bytes that it is."""

FEW = 40
"""Look-ups from which an index of lines is cheaper than counting."""


class Span:
    """Characters ``start`` up to, not including, ``end`` of a source's text."""

    __slots__ = ("end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and (self.start, self.end) == (other.start, other.end)

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    def __repr__(self) -> str:
        return f"Span({self.start}, {self.end})"


class Position:
    """A line and a column, both counted from 1; columns count code points."""

    __slots__ = ("column", "line")

    def __init__(self, line: int, column: int) -> None:
        self.line = line
        self.column = column

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Position) and (self.line, self.column) == (
            other.line,
            other.column,
        )

    def __hash__(self) -> int:
        return hash((self.line, self.column))

    def __repr__(self) -> str:
        return f"Position({self.line}, {self.column})"


UTF8 = "UTF-8"
MARKED = "UTF-8 with a byte-order mark"
UNKNOWN = ""
"""What ``Source.encoding`` says of a file whose bytes are no text that camlint can read."""


class Source:
    """The text of one file: ``path`` as shown to people, ``damage`` where it isn't plain text.

    ``damage`` is a sentence for people, or ``""``: the text is then a best effort and nothing that
    is said about it may rest on its characters. ``encoding`` is how the file was written: UTF8,
    MARKED, the name of another such as ``UTF-16``, or UNKNOWN. The characters before ``damaged_at``
    are sound.
    """

    __slots__ = ("damage", "damaged_at", "encoding", "path", "text")

    def __init__(
        self,
        path: str,
        text: str,
        damage: str = "",
        encoding: str = UTF8,
        *,
        damaged_at: int = 0,
    ) -> None:
        self.path = path
        self.text = text
        self.damage = damage
        self.encoding = encoding
        self.damaged_at = damaged_at


class Lines:
    """Finds the line and column of an offset in a text.

    Lines end with a line feed, a carriage return, or both. A few look-ups count line feeds up to
    the offset; a text with carriage returns, or one that is asked about often, gets an index.
    """

    __slots__ = ("_starts", "text")

    def __init__(self, text: str, look_ups: int = FEW) -> None:
        self.text = text
        self._starts = _line_starts(text) if look_ups >= FEW or "\r" in text else None

    def position(self, offset: int) -> Position:
        """The position of the character at ``offset`` (0 to the length of the text)."""
        return Position(*self.find(offset))

    def find(self, offset: int) -> tuple[int, int]:
        """The line and column of that character."""
        if self._starts is None:
            text = self.text
            start = text.rfind("\n", 0, offset) + 1
            return text.count("\n", 0, start) + 1, offset - start + 1
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def breaks(self, start: int, end: int) -> bool:
        """Whether a line ends between two offsets."""
        return self.text.find("\n", start, end) >= 0 or self.text.find("\r", start, end) >= 0

    def line(self, number: int) -> str:
        """The text of line ``number`` (from 1) without its line end."""
        starts = self._starts or _line_starts(self.text)
        start = starts[number - 1]
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    @property
    def count(self) -> int:
        """How many lines there are; a text that ends with a line end has an empty last one."""
        return len(self._starts or _line_starts(self.text))


def _line_starts(text: str) -> list[int]:
    """The offset at which each line begins."""
    if "\r" in text:
        import re  # noqa: PLC0415

        return [0, *(end.end() for end in re.finditer(r"\r\n?|\n", text))]
    starts = [0]
    at = 0
    for line in text.split("\n")[:-1]:
        at += len(line) + 1
        starts.append(at)
    return starts


def read_source(path: str, shown: str = "") -> Source:
    """Read the file at ``path``, to be called ``shown`` in reports, if not as it is here.

    Raises OSError when it can't be read.
    """
    # The plain system calls take a third of the time of a file object.
    descriptor = os.open(path, READING)
    try:
        chunks: list[bytes] = []
        size = 0
        while size <= MAX_BYTES and (chunk := os.read(descriptor, CHUNK)):
            chunks.append(chunk)
            size += len(chunk)
    finally:
        os.close(descriptor)
    return decode_source(b"".join(chunks), shown or path)


def decode_source(data: bytes, shown: str) -> Source:
    """The text of ``data``: UTF-8, or UTF-16 or UTF-32 where its first bytes say so.

    A byte-order mark is dropped. Bytes that no such text holds become U+FFFD and a ``damage`` note.
    """
    if len(data) > MAX_BYTES:
        head = data[:MAX_BYTES].decode("utf-8", "replace")
        return Source(shown, head, f"it is longer than {MAX_BYTES // (1024 * 1024)} MiB")
    encoding, codec = _tell_encoding(data[:4])
    if encoding == MARKED:
        data = data[3:]
    try:
        return Source(shown, data.decode(codec), "", encoding)
    except UnicodeDecodeError as error:
        skipped = 3 if encoding == MARKED else 0
        name = UTF8 if encoding == MARKED else encoding
        damage = (
            f"it is not {name} text (byte 0x{error.object[error.start]:02x} at offset "
            f"{error.start + skipped})"
        )
        text = data.decode(codec, "replace")
        sound = len(data[: error.start].decode(codec, "replace"))
        return Source(shown, text, damage, encoding=UNKNOWN, damaged_at=sound)


def _tell_encoding(head: bytes) -> tuple[str, str]:
    """The encoding that the first four bytes of a JSON file show, and its name in Python.

    Without a mark, the first character is one of ASCII, which tells UTF-16 and UTF-32 by their
    zeros. Source: https://www.rfc-editor.org/rfc/rfc4627
    """
    if head.isascii() and b"\0" not in head:
        return UTF8, "utf-8"
    if head[:3] == b"\xef\xbb\xbf":
        return MARKED, "utf-8"
    if head in (b"\xff\xfe\0\0", b"\0\0\xfe\xff"):
        return "UTF-32", "utf-32"
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16", "utf-16"
    if b"\0" in head:
        zeros = "".join("." if byte else "0" for byte in head)
        return _BY_ZEROS.get(zeros, (UTF8, "utf-8"))
    return UTF8, "utf-8"


_BY_ZEROS = {
    ".0.0": ("UTF-16", "utf-16-le"),
    "0.0.": ("UTF-16", "utf-16-be"),
    ".000": ("UTF-32", "utf-32-le"),
    "000.": ("UTF-32", "utf-32-be"),
}
