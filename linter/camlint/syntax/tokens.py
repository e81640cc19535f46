"""The tokens of a text that should be JSON, and the slips inside and between them."""

import re

from camlint.syntax.quotes import (
    CURLY,
    SINGLE,
    Slips,
    decode_body,
    find_line_end,
    read_odd,
    read_straight,
)
from camlint.syntax.repeats import convert_integer
from camlint.syntax.slips import SlipKind

_STRING = (
    r'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})[^"\\\x00-\x1f]*+)*+"'
    r"(?=[ \t\n\r]*+(?:[]},:]|\Z))"
)
_NUMBER = r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?"
_SCALAR = rf"(?:true|false|null|{_NUMBER})"
_TOKEN = re.compile(
    r"[ \t\n\r]*+(?:"
    r"(?P<mark>[][{}:,])"
    rf"|(?P<string>{_STRING})"
    rf"|(?P<scalar>{_SCALAR})(?=[ \t\n\r,\]}}]|\Z)"
    r"|(?P<end>\Z))"
)
_SPACE = re.compile(r"[ \t\n\r]*+")
_ODD_SPACE = re.compile(
    r"(?:(?![ \t\n\r])[\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff])++"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ELLIPSIS = re.compile(r"\.{2,}|…+|。{2,}|⋯+")
_QUOTE_PREFIX = re.compile(r">(?:[ \t]?>)*+")
FULL_WIDTH = {
    "，": ",",
    "、": ",",
    "；": ",",
    "：": ":",
    "｛": "{",
    "｝": "}",
    "［": "[",
    "］": "]",
    "【": "[",
    "】": "]",
}
_QUOTES = '"' + CURLY
_PLAIN = rf"[^\s,:\[\]{{}}{_QUOTES}，：；、｛｝［］…\x00-\x1f]"
_KEY_WORD = re.compile(rf"{_PLAIN}++")
_PIECE = rf"(?:\$\{{[^{{}}\s\"]*+\}}|{_PLAIN}|:(?=[^\s,\[\]{{}}{_QUOTES}]))++"
_VALUE_WORD = re.compile(rf"{_PIECE}(?:[ \t]++(?!//|/\*|\#|\.\.){_PIECE})*+")
_SCALAR_BEFORE_COMMENT = re.compile(rf"{_SCALAR}(?=//|/\*|\#|\.\.)")
_LIKE_NUMBER = re.compile(
    r"[+-]?(?:\.?[0-9][0-9._]*(?:[eE][+-]?[0-9]*)?|0[xXoObB][0-9A-Fa-f]+|nan|inf(?:inity)?)|-",
    re.IGNORECASE,
)
_CLOSED_WORD = re.compile(rf"[{_QUOTES}](?=[ \t]*(?:[]}},:，：；、\r\n]|\Z))")
_LITERALS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "none": None}


class Token:
    """A token: ``kind`` is the character of a mark, or one of the words below, or ``""``: the end.

    ``string`` and ``scalar`` have a decoded ``value``; so has a ``word``, which no quotes surround.
    """

    __slots__ = ("end", "kind", "start", "value")

    def __init__(self, kind: str, start: int, end: int, value: object = None) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.value = value


def read_token(text: str, at: int, slips: Slips, *, key: bool) -> Token:
    """The first token at or after offset ``at``; ``key`` says that a key should stand there."""
    while True:
        match = _TOKEN.match(text, at)
        if match is None:
            start = _skip_space(text, at)
            token = _read_broken(text, start, slips, key=key)
            if token.kind != "nothing":
                return token
            at = token.end
            continue
        group = match.lastgroup
        start, end = match.span(group or 0)
        if group == "mark":
            return Token(text[start], start, end)
        if group == "string":
            if text.find("\\", start, end) < 0:
                return Token("string", start, end, text[start + 1 : end - 1])
            return Token("string", start, end, decode_body(text, start + 1, end - 1, slips))
        if group == "scalar":
            return Token("scalar", start, end, _read_scalar(text[start:end]))
        return Token("", start, end)


def follows_colon(text: str, at: int) -> bool:
    """Whether the next character after ``at`` that isn't white space is a colon."""
    return text.startswith((":", "："), _skip_space(text, at))


def _skip_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return at if match is None else match.end()


def _read_scalar(word: str) -> object:
    if word in _LITERALS:
        return _LITERALS[word]
    if word.lstrip("-").isdigit():
        return convert_integer(word)
    return float(word)


def _read_broken(text: str, start: int, slips: Slips, *, key: bool) -> Token:
    """The token at ``start`` where JSON has none; of kind ``nothing`` where it is to be skipped."""
    first = text[start]
    if first == '"':
        value, end = read_straight(text, start, slips)
        return Token("string", start, end, value)
    if first in CURLY or first in SINGLE:
        value, end = read_odd(text, start, slips)
        return Token("string", start, end, value)
    end = _find_comment_end(text, start)
    if end > start:
        slips.add(SlipKind.COMMENT, start, end, text[start:end])
        return Token("nothing", start, end)
    if first in FULL_WIDTH:
        slips.add(SlipKind.FULL_WIDTH, start, start + 1, first)
        return Token(FULL_WIDTH[first], start, start + 1)
    if first == ">" and not text[text.rfind("\n", 0, start) + 1 : start].strip():
        end = _match_end(_QUOTE_PREFIX, text, start)
        slips.add(SlipKind.QUOTE_PREFIX, start, end, text[start:end])
        return Token("nothing", start, end)
    for pattern, kind in (
        (_ODD_SPACE, SlipKind.ODD_SPACE),
        (_ELLIPSIS, SlipKind.ELLIPSIS),
        (_CONTROL, SlipKind.CONTROL_CHARACTER),
    ):
        match = pattern.match(text, start)
        if match is not None:
            slips.add(kind, start, match.end(), match.group())
            return Token("nothing", start, match.end())
    return _read_word(text, start, slips, key=key)


def _match_end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return start if match is None else match.end()


def _find_comment_end(text: str, start: int) -> int:
    """The offset after the comment that begins at ``start``, or ``start`` if none does."""
    if text.startswith("/*", start):
        end = text.find("*/", start + 2)
        return len(text) if end < 0 else end + 2
    if text.startswith(("//", "#"), start):
        end = find_line_end(text, start)
        return len(text.rstrip()) if end == len(text) else end
    return start


def _read_word(text: str, start: int, slips: Slips, *, key: bool) -> Token:
    """Read text without quotes, which may still be a number or a literal."""
    match = (
        _SCALAR_BEFORE_COMMENT.match(text, start)
        or (_KEY_WORD if key else _VALUE_WORD).match(text, start)
        or _VALUE_WORD.match(text, start)
    )
    end = start + 1 if match is None else match.end()
    word = text[start:end]
    if re.fullmatch(_SCALAR, word):
        return Token("scalar", start, end, _read_scalar(word))
    if _LIKE_NUMBER.fullmatch(word):
        slips.add(SlipKind.BAD_NUMBER, start, end, word)
        return Token("scalar", start, end, _guess_number(word))
    if _CLOSED_WORD.match(text, end):
        end += 1
    slips.add(SlipKind.UNQUOTED, start, end, text[start:end])
    return Token("word", start, end, _LITERALS.get(word.lower(), word))


def _guess_number(word: str) -> object:
    try:
        return float(word) if len(word) < 400 else word
    except ValueError:
        return word
