"""Strings that are not JSON's: curly, single, doubled or forgotten quotes, bad escapes."""

import json
import re

from camlint.syntax.slips import Slip, SlipKind

LINE = 10 * 1024 * 1024
"""How far the end of a broken string is looked for on its line, in characters."""

CANDIDATES = 64
"""How many quotes are tried as the end of a string that no straight quote began."""

CURLY = "“”„‟＂«»「」『』‘’‚‛"
SINGLE = "'`"

_STRICT = re.compile(r'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})[^"\\\x00-\x1f]*+)*+"')
_ON_ONE_LINE = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"')
_STRUCTURE = re.compile(r"[ \t]*(?:[]},:，：；、］｝]|//|/\*|#|\.\.\.|…)")
_STRUCTURE_OR_LINE_END = re.compile(_STRUCTURE.pattern + r"|[ \t]*(?:[\r\n]|\Z)")
_DOUBLED = re.compile(r'""(?=[\w*$])([^"\\\x00-\x1f]++)("{1,2})')
_CURLY_END = re.compile(r"[“”„‟＂]")
_SWALLOWED = re.compile(r"\s*[,:，：][\s\[{]*+\Z")
_TAIL = re.compile(r"[\s,，]*\Z")
_TAIL_WITH_BRACKETS = re.compile(r"[\s,，\]}]*\Z")
_REST_BELOW = re.compile(r'(?:\r\n?|\n)[ \t]*[^\s"\[\]{},][^"\\\r\n]*"(?=\s*[,\]}])')
_GOOD = re.compile(r'(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))++')
_BAD_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{0,3}|.)?", re.DOTALL)

Quoted = tuple[str, int]
"""The decoded value of a string and the offset after it."""


class TooManySlipsError(Exception):
    """The text is not worth going on with."""


class Slips:
    """The slips met so far, in the order in which they were met, up to ``limit``."""

    __slots__ = ("_limit", "met")

    def __init__(self, limit: int) -> None:
        self.met: list[Slip] = []
        self._limit = limit

    def add(self, kind: SlipKind, start: int, end: int, text: str) -> None:
        """Note a slip. Raises TooManySlipsError when there are more than the limit."""
        if len(self.met) >= self._limit:
            raise TooManySlipsError
        self.met.append(Slip(kind, start, end, text))


def read_straight(text: str, start: int, slips: Slips) -> Quoted:
    """Read a string that a straight quote begins and that JSON can't read, or not there."""
    line_end = find_line_end(text, start)
    strict = _STRICT.match(text, start)
    if strict is not None:
        return _read_suspect(text, start, strict.end(), slips)
    on_line = _ON_ONE_LINE.match(text, start, line_end)
    if on_line is not None:
        return _read_suspect(text, start, on_line.end(), slips)
    for curly in _CURLY_END.finditer(text, start + 1, line_end):
        if _STRUCTURE_OR_LINE_END.match(text, curly.end()):
            return _end_curly(text, start, curly.start(), slips)
    below = _REST_BELOW.match(text, line_end, line_end + LINE)
    if below is not None:
        return decode_body(text, start + 1, below.end() - 1, slips), below.end()
    return _end_missing(text, start, _trim(text, start + 1, line_end), slips)


def read_odd(text: str, start: int, slips: Slips) -> Quoted:
    """Read a string that a curly, single or other odd quote begins."""
    opener = text[start]
    single = opener in SINGLE
    slips.add(SlipKind.SINGLE_QUOTE if single else SlipKind.CURLY_QUOTE, start, start + 1, opener)
    line_end = find_line_end(text, start)
    closers = re.compile(f"[{opener}’]" if single else f'["{CURLY}]')
    first = chosen = -1
    for number, closer in enumerate(closers.finditer(text, start + 1, line_end)):
        first = closer.start() if first < 0 else first
        if _STRUCTURE_OR_LINE_END.match(text, closer.end()):
            chosen = closer.start()
            break
        if number == CANDIDATES:
            break
    chosen = first if chosen < 0 else chosen
    if chosen < 0:
        return _end_missing(text, start, _trim(text, start + 1, line_end), slips)
    value = decode_body(text, start + 1, chosen, slips)
    closer_text = text[chosen]
    if closer_text in SINGLE:
        slips.add(SlipKind.SINGLE_QUOTE, chosen, chosen + 1, closer_text)
    elif closer_text != '"':
        slips.add(SlipKind.CURLY_QUOTE, chosen, chosen + 1, closer_text)
    return value, chosen + 1


def find_line_end(text: str, start: int) -> int:
    """The offset of the line end after ``start``, or of the end of what is looked at."""
    far = min(start + LINE, len(text))
    feed = text.find("\n", start, far)
    far = far if feed < 0 else feed
    back = text.find("\r", start, far)
    return far if back < 0 else back


def _read_suspect(text: str, start: int, end: int, slips: Slips) -> Quoted:
    """Read what stands between two straight quotes, unless they don't belong together."""
    follows = text[end : end + 1]
    if follows.strip() and not _STRUCTURE.match(text, end):
        doubled = _DOUBLED.match(text, start) if end == start + 2 else None
        if doubled is not None:
            slips.add(SlipKind.DOUBLED_QUOTE, start, start + 2, '""')
            if doubled[2] == '""':
                slips.add(SlipKind.DOUBLED_QUOTE, doubled.start(2), doubled.end(2), '""')
            return doubled[1], doubled.end()
        if follows == '"' and _STRUCTURE_OR_LINE_END.match(text, end + 1):
            value = decode_body(text, start + 1, end - 1, slips)
            slips.add(SlipKind.DOUBLED_QUOTE, end - 1, end + 1, '""')
            return value, end + 1
        for curly in _CURLY_END.finditer(text, start + 1, end - 1):
            if _STRUCTURE.match(text, curly.end()):
                return _end_curly(text, start, curly.start(), slips)
        swallowed = _SWALLOWED.search(text, max(start + 1, end - 41), end - 1)
        if swallowed is not None and swallowed.start() > start + 1:
            return _end_missing(text, start, swallowed.start(), slips)
    return decode_body(text, start + 1, end - 1, slips), end


def _end_curly(text: str, start: int, curly: int, slips: Slips) -> Quoted:
    value = decode_body(text, start + 1, curly, slips)
    slips.add(SlipKind.CURLY_QUOTE, curly, curly + 1, text[curly])
    return value, curly + 1


def _end_missing(text: str, start: int, end: int, slips: Slips) -> Quoted:
    value = decode_body(text, start + 1, end, slips)
    slips.add(SlipKind.UNTERMINATED_STRING, end - 1, end, '"')
    return value, end


def _trim(text: str, start: int, end: int) -> int:
    """Where a string that runs to the end of its line should have ended."""
    near = max(start, end - 40)
    balanced = text.find("{", start, end) >= 0 or text.find("[", start, end) >= 0
    tail = (_TAIL if balanced else _TAIL_WITH_BRACKETS).search(text, near, end)
    return end if tail is None else tail.start()


def decode_body(text: str, start: int, end: int, slips: Slips) -> str:
    """The value of the characters of a string, bad escapes and control characters noted.

    A bad escape stands for the characters after its backslash.
    """
    pieces: list[str] = []
    at = start
    while at < end:
        good = _GOOD.match(text, at, end)
        if good is not None:
            pieces.append(good.group())
            at = good.end()
            continue
        character = text[at]
        if character == '"':
            pieces.append('\\"')
            at += 1
        elif character == "\\":
            bad = _BAD_ESCAPE.match(text, at, end)
            after = at + 1 if bad is None else bad.end()
            slips.add(SlipKind.BAD_ESCAPE, at, after, text[at:after])
            pieces.append(json.dumps(text[at + 1 : after])[1:-1])
            at = after
        else:
            after = at + 2 if text.startswith("\r\n", at) else at + 1
            slips.add(SlipKind.CONTROL_CHARACTER, at, after, text[at:after])
            pieces.append(json.dumps(text[at:after])[1:-1])
            at = after
    return str(json.loads('"' + "".join(pieces) + '"'))
