"""TOML with the lines of its values, which the standard library reads but doesn't tell."""

import re
import tomllib
from datetime import date, datetime, time

from camlint.syntax.placed import DEEPEST, MOST_VALUES, Placed, Sort, UnreadableError

MOST_READ = 3_000_000
"""Characters that are read again to find lines; beyond them, lines aren't known."""

Path = tuple[str | int, ...]

_AT = re.compile(r" \(at (?:line (?P<line>[0-9]+), column [0-9]+|end of document)\)$")


class _Float(str):
    """A number with a fraction or an exponent, as it was written."""

    __slots__ = ()


def read_toml(text: str) -> Placed:
    """The table that a text holds. Raises UnreadableError."""
    text = text.replace("\r\n", "\n")
    try:
        value = _load(text)
    except tomllib.TOMLDecodeError as error:
        told = _AT.search(str(error))
        line = int(told["line"]) if told and told["line"] else text.rstrip().count("\n") + 1
        problem = _AT.sub("", str(error))
        if "Expected '=' after a key" in problem:
            problem += '; a key with a colon in it stands in quotes: "qcs:ip" = "10.0.0.1"'
        raise UnreadableError(f"it is not TOML: {problem}", line) from error
    except RecursionError as error:
        raise UnreadableError(f"it nests deeper than {DEEPEST} levels") from error
    except ValueError as error:
        raise UnreadableError(f"it holds a number that nobody needs: {error}") from error
    return _place(value, (), _Lines(text).found, 1, [MOST_VALUES])


def _load(text: str) -> dict[str, object]:
    return tomllib.loads(text, parse_float=_Float)


def _place(
    value: object, path: Path, lines: dict[Path, int], around: int, left: list[int]
) -> Placed:
    line = lines.get(path, around)
    left[0] -= 1
    if len(path) > DEEPEST or left[0] < 0:
        raise UnreadableError(f"it holds too many values, or nests deeper than {DEEPEST}", line)
    if isinstance(value, dict):
        table = {key: _place(one, (*path, key), lines, line, left) for key, one in value.items()}
        return Placed(Sort.TABLE, line, table=table)
    if isinstance(value, list):
        items = [_place(one, (*path, at), lines, line, left) for at, one in enumerate(value)]
        return Placed(Sort.LIST, line, items=tuple(items))
    if isinstance(value, bool):
        return Placed(Sort.BOOLEAN, line, "true" if value else "false")
    if isinstance(value, (int, _Float)):
        return Placed(Sort.NUMBER, line, str(value))
    if isinstance(value, datetime):
        return Placed(Sort.DATE, line, value.isoformat().replace("+00:00", "Z"))
    if isinstance(value, (date, time)):
        return Placed(Sort.DATE, line, value.isoformat())
    return Placed(Sort.TEXT, line, str(value))


class _Lines:
    """Finds the line of every value of a sound text, reading it expression by expression.

    A line of TOML begins a header or a key with its value; the fewest lines that are TOML by
    themselves are one of those.
    """

    __slots__ = ("_counts", "_left", "_lines", "found")

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._counts: dict[Path, int] = {}
        self._left = [MOST_READ]
        self.found: dict[Path, int] = {}
        table: Path = ()
        at = 0
        while at < len(self._lines):
            end, value = self._take(at)
            if value is None:
                return
            if self._lines[at].lstrip().startswith("["):
                table = self._enter(value, at + 1)
            else:
                self._note(value, table, at, end)
            at = end

    def _take(self, start: int) -> tuple[int, dict[str, object] | None]:
        """Where the expression that begins at a line ends, and what it says by itself."""
        for end in range(start + 1, len(self._lines) + 1):
            value = self._try("\n".join(self._lines[start:end]))
            if value is not None:
                return end, value
            if self._left[0] < 0:
                break
        return start, None

    def _try(self, text: str) -> dict[str, object] | None:
        self._left[0] -= len(text)
        try:
            return _load(text) if self._left[0] >= 0 else None
        except ValueError:
            return None

    def _enter(self, header: dict[str, object], line: int) -> Path:
        """The path of the table that a header begins."""
        path: Path = ()
        value: object = header
        while isinstance(value, dict) and value:
            ((key, value),) = value.items()
            path = (*path, key)
            if isinstance(value, list):
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                self.found.setdefault(path, line)
                path = (*path, self._counts[path])
            self.found.setdefault(path, line)
        return path

    def _note(self, value: object, path: Path, start: int, end: int) -> None:
        """The lines of what a key and its value say; items of a list may have lines of their own."""
        if path not in self.found and path:
            self.found[path] = start + 1
        if isinstance(value, dict):
            for key, one in value.items():
                self._note(one, (*path, key), start, end)
        elif isinstance(value, list):
            at = start
            for number in range(len(value)):
                at = self._find_item(number, start, at, end)
                self._note(value[number], (*path, number), at, at + 1)

    def _find_item(self, number: int, start: int, at: int, end: int) -> int:
        """The line of a list that its item stands on, looked for from another item's on."""
        if end - start == 1:
            return start
        for last in range(at, end - 1):
            read: object = self._try("\n".join(self._lines[start : last + 1]) + "\n]")
            while isinstance(read, dict) and len(read) == 1:
                (read,) = read.values()
            if isinstance(read, list) and len(read) > number:
                return last
        return end - 1
