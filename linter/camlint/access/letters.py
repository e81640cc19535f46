"""The fresh letters of one question: what stands for any text, and for each unknown one.

A letter is fresh when it occurs in no text of the question. Whatever pattern matches a text in
which ``*`` was replaced by a fresh letter matches every text in its place: inclusion of patterns
becomes one match. Letters are picked per question, since a policy may contain any character.
"""

import re
from collections.abc import Iterable

_UNKNOWN = re.compile(r"\$\{[^}*]*\}|\{\{[^}*]*\}\}|<[^<>*]*>")
"""CAM's variables, and what templates leave to be filled in: each is some text, unknown which."""


class Letters:
    """The letters for the texts of one question."""

    __slots__ = ("_fill_ins", "_loose", "any_text")

    def __init__(self, texts: Iterable[str]) -> None:
        taken: set[str] = set()
        fill_ins: set[str] = set()
        for text in texts:
            taken.update(text)
            if "{" in text or "<" in text:
                fill_ins.update(_UNKNOWN.findall(text))
        fresh = (chr(code) for code in range(1, 0x10FFFF) if chr(code) not in taken)
        self.any_text = next(fresh)
        self._fill_ins = {fill_in: next(fresh) for fill_in in sorted(fill_ins)}
        self._loose = {ord(letter): "*" for letter in self._fill_ins.values()}

    def hide(self, text: str) -> str:
        """The text with a letter for each part to be filled in: it equals only itself."""
        if not self._fill_ins:
            return text
        return _UNKNOWN.sub(lambda match: self._fill_ins.get(match[0], match[0]), text)

    def unknown(self, text: str) -> bool:
        """Whether a text, its unknown parts hidden, has such a part."""
        loose = self._loose
        return bool(loose) and any(ord(character) in loose for character in text)

    def loosen(self, text: str) -> str:
        """The glob of all that a hidden text may become."""
        return text.translate(self._loose) if self._loose else text

    def generic(self, pattern: str) -> str:
        """The text that stands for all that a pattern matches."""
        return pattern.replace("*", self.any_text)

    def clash(self, text: str) -> bool:
        """Whether a text, not of the question, holds one of its letters."""
        return self.any_text in text or self.unknown(text)
