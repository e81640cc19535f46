"""The fresh letters of one question: what stands for any text, and for each unknown one.

A letter is fresh when it occurs in no text of the question. Whatever pattern matches a text in
which ``*`` was replaced by a fresh letter matches every text in its place: inclusion of patterns
becomes one match. Letters are picked per question, since a policy may contain any character.
"""

import re
from collections.abc import Iterable

_VARIABLE = re.compile(r"\$\{[^}]*\}")


class Letters:
    """The letters for the texts of one question."""

    __slots__ = ("_variables", "any_text")

    def __init__(self, texts: Iterable[str]) -> None:
        taken: set[str] = set()
        variables: set[str] = set()
        for text in texts:
            taken.update(text)
            if "${" in text:
                variables.update(_VARIABLE.findall(text))
        fresh = (chr(code) for code in range(1, 0x10FFFF) if chr(code) not in taken)
        self.any_text = next(fresh)
        self._variables = {variable: next(fresh) for variable in sorted(variables)}

    def hide_variables(self, text: str) -> str:
        """The text with each variable replaced by its letter: an unknown that equals only itself."""
        if "${" not in text:
            return text
        return _VARIABLE.sub(lambda match: self._variables[match[0]], text)

    def unknown(self, text: str) -> bool:
        """Whether a text without variables still holds one of their letters."""
        return any(letter in text for letter in self._variables.values())

    def generic(self, pattern: str) -> str:
        """The text that stands for all that a pattern matches."""
        return pattern.replace("*", self.any_text)
