"""Characters in a text that look like others, or like nothing, and what was meant by them."""

from collections.abc import Iterable
from functools import lru_cache

LONGEST = 10_000
"""Characters of a text that is looked at; CAM takes 6,144 in a whole policy."""

INVISIBLE = {
    "\u00ad": "a soft hyphen",
    "\u034f": "a combining grapheme joiner",
    "\u061c": "an Arabic letter mark",
    "\u115f": "a Hangul filler",
    "\u1160": "a Hangul filler",
    "\u180e": "a Mongolian vowel separator",
    "\u200b": "a zero-width space",
    "\u200c": "a zero-width non-joiner",
    "\u200d": "a zero-width joiner",
    "\u200e": "a left-to-right mark",
    "\u200f": "a right-to-left mark",
    "\u2060": "a word joiner",
    "\u3164": "a Hangul filler",
    "\ufeff": "a byte-order mark",
    "\uffa0": "a Hangul filler",
    **dict.fromkeys("\u202a\u202b\u202c\u202d\u202e", "a mark for the direction of writing"),
    **dict.fromkeys("\u2066\u2067\u2068\u2069", "a mark for the direction of writing"),
    **dict.fromkeys("\u2061\u2062\u2063\u2064", "an invisible operator"),
    **{chr(code): "a variation selector" for code in range(0xFE00, 0xFE10)},
}
"""Characters that take up no room. Source: https://www.unicode.org/reports/tr36/"""

_CYRILLIC = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеорсухѕіјһԁԛԝ",
        "ABESIJKMHOPCTYXaeopcyxsijhdqw",
        strict=True,
    )
)
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυι", "ABEZHIKMNOPTYXavopui", strict=True))
_OTHERS = {"ı": "i", "ℓ": "l"}
_SIGNS = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63", "-"),
    **dict.fromkeys("\u2236\ua789\ufe55\ufe13\u02d0", ":"),
    **dict.fromkeys("\u2215\u2044\u29f8", "/"),
    **dict.fromkeys("\u2217\u204e\u2731\u066d", "*"),
    "\u02cd": "_",
    "\u2024": ".",
}
LETTERS = _CYRILLIC | _GREEK | _OTHERS
"""Letters of other alphabets, and the Latin letter that each looks like.

Source: https://www.unicode.org/Public/security/latest/confusables.txt
"""

FULL_WIDTH = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
"""The full-width forms of all visible characters of ASCII."""

LOOK_ALIKE = LETTERS | FULL_WIDTH | _SIGNS
STRUCTURAL = frozenset("／＊")
"""Full-width signs that are reported between plain characters even where names are free."""

_BRACKETS = frozenset("<{[")


class Stain:
    """Characters ``start`` up to ``end`` of a text, all of one sort, and what is ``meant``.

    ``sort`` is BLANK, HIDDEN, LETTER (of another alphabet), WIDE (full-width) or SIGN. ``meant`` is
    empty for what doesn't belong there at all.
    """

    BLANK = "blank"
    HIDDEN = "hidden"
    LETTER = "letter"
    WIDE = "wide"
    SIGN = "sign"

    __slots__ = ("end", "meant", "sort", "start", "text")

    def __init__(self, sort: str, start: int, text: str, meant: str) -> None:
        self.sort = sort
        self.start = start
        self.end = start + len(text)
        self.text = text
        self.meant = meant


def is_plain(text: str) -> bool:
    """Whether a text is visible ASCII without a blank, so that there is nothing to find in it."""
    return text.isascii() and text.isprintable() and " " not in text


@lru_cache(maxsize=256)
def find_stains(
    text: str, loose: int | None = None, names: int | None = None, *, phrases: bool = True
) -> tuple[Stain, ...]:
    """The stains of a text, in order.

    From character ``names`` on, a text may hold names in any writing: only what stands among plain
    letters is a stain there. From ``loose`` on, blanks may stand inside. None means nowhere.
    ``phrases`` says that a blank between two words is no stain: something else was meant by it.
    """
    if is_plain(text) or len(text) > LONGEST:
        return ()
    size = len(text)
    first_name = size if names is None else names
    first_loose = size if loose is None else loose
    blanks = _find_blanks(text, first_loose, phrases=phrases)
    seen = [
        index
        for index, character in enumerate(text)
        if index not in blanks and not is_hidden(character)
    ]
    swaps = _find_look_alikes(text, seen, first_name)
    found = dict.fromkeys(blanks, (Stain.BLANK, ""))
    found.update(swaps)
    for index in _find_hidden(text, seen, swaps, first_name):
        found[index] = (Stain.HIDDEN, "")
    return _join(text, found)


def clean(text: str, stains: Iterable[Stain]) -> str:
    """The text as it was meant."""
    pieces: list[str] = []
    at = 0
    for stain in stains:
        pieces += (text[at : stain.start], stain.meant)
        at = stain.end
    pieces.append(text[at:])
    return "".join(pieces)


def map_clean(text: str, stains: tuple[Stain, ...]) -> list[int]:
    """For each character of the cleaned text, where in the text it comes from."""
    gone = {index for stain in stains if not stain.meant for index in range(stain.start, stain.end)}
    return [index for index in range(len(text)) if index not in gone]


def is_hidden(character: str) -> bool:
    """Whether a character takes up no room; white space does."""
    control = character < " " or "\x7f" <= character <= "\x9f"
    return character in INVISIBLE or (control and not character.isspace())


def _find_blanks(text: str, loose: int, *, phrases: bool) -> set[int]:
    """The blanks at the ends, and those inside up to where they may stand."""
    start, end = 0, len(text)
    while start < end and (text[start].isspace() or is_hidden(text[start])):
        start += 1
    while end > start and (text[end - 1].isspace() or is_hidden(text[end - 1])):
        end -= 1
    blanks = {index for index in (*range(start), *range(end, len(text))) if text[index].isspace()}
    if _BRACKETS.intersection(text):
        return blanks
    run: list[int] = []
    before = ""
    for index in range(start, end):
        character = text[index]
        if character.isspace():
            run.append(index)
        elif not is_hidden(character):
            if (
                run
                and run[0] < loose
                and not (phrases and before.isalnum() and character.isalnum())
            ):
                blanks.update(run)
            run, before = [], character
    return blanks


def _find_look_alikes(text: str, seen: list[int], names: int) -> dict[int, tuple[str, str]]:
    """What stands for a character of ASCII, with its sort and that character."""
    found: dict[int, tuple[str, str]] = {}
    mixed = _find_mixed(text, seen, names)
    for position, index in enumerate(seen):
        character = text[index]
        if character not in LOOK_ALIKE:
            continue
        if index >= names and index not in mixed:
            if character not in STRUCTURAL:
                continue
            last = seen[position - 1] if position else -1
            before = last < 0 or last in found or text[last].isascii()
            following = seen[position + 1] if position + 1 < len(seen) else -1
            after = (
                following < 0
                or following in mixed
                or text[following].isascii()
                or text[following] in STRUCTURAL
            )
            if not before or not after:
                continue
        found[index] = (_sort(character), LOOK_ALIKE[character])
    return found


def _find_mixed(text: str, seen: list[int], names: int) -> set[int]:
    """The characters of words that are ASCII but for look-alikes, where names are free."""
    mixed: set[int] = set()
    word: list[int] = []
    for index in (*(one for one in seen if one >= names), -1):
        if index >= 0 and text[index].isalnum():
            word.append(index)
            continue
        odd = [one for one in word if not text[one].isascii()]
        if 0 < len(odd) < len(word) and all(text[one] in LOOK_ALIKE for one in odd):
            mixed.update(odd)
        word = []
    return mixed


def _find_hidden(
    text: str, seen: list[int], swaps: dict[int, tuple[str, str]], names: int
) -> list[int]:
    """What can't be seen: anything of the kind, and in names only what stands among ASCII.

    Emoji and some scripts are put together with such characters.
    """
    foreign = {index for index in seen if not text[index].isascii() and index not in swaps}
    found: list[int] = []
    run: list[int] = []
    left = False
    for index, character in enumerate((*text, "")):
        if character and is_hidden(character):
            run.append(index)
            continue
        right = index in foreign
        found += [one for one in run if one < names or not (left or right)]
        left, run = right, []
    return found


def _sort(character: str) -> str:
    if character in FULL_WIDTH:
        return Stain.WIDE
    return Stain.LETTER if character in LETTERS else Stain.SIGN


def _join(text: str, found: dict[int, tuple[str, str]]) -> tuple[Stain, ...]:
    """Neighbours of one sort in one stain."""
    stains: list[Stain] = []
    for index in sorted(found):
        sort, meant = found[index]
        if stains and stains[-1].end == index and stains[-1].sort == sort:
            last = stains.pop()
            stains.append(Stain(sort, last.start, last.text + text[index], last.meant + meant))
        else:
            stains.append(Stain(sort, index, text[index], meant))
    return tuple(stains)
