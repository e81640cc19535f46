"""A table of a file of expectations, read key by key; whatever is wrong is noted with its line."""

from dataclasses import dataclass

from camlint.nearest import did_you_mean
from camlint.syntax.placed import Placed, Sort
from camlint.tasks.expectations import Word
from camlint.wording import clip


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file can't be used, in words; ``line`` 0 where that isn't known."""

    line: int
    text: str


class PlacedTable:
    """One table; ``where`` is what problems call it, with a dot at its end, or ``""``."""

    __slots__ = ("_problems", "placed", "where")

    def __init__(self, placed: Placed, where: str, problems: list[Problem]) -> None:
        self.placed = placed
        self.where = where
        self._problems = problems

    def complain(self, problem: str, line: int = 0) -> None:
        """Note a problem on a line, or on that of the table."""
        self._problems.append(Problem(line or self.placed.line, problem))

    def check_keys(self, known: tuple[str, ...], instead: dict[str, str]) -> None:
        """Note the keys that nobody knows; ``instead`` has what to say of some of them."""
        for key, value in self.placed.table.items():
            if key not in known:
                hint = did_you_mean(key, known) if key not in instead else f"; {instead[key]}"
                hint = hint or f"; the keys are {', '.join(known)}"
                self.complain(f'unknown key "{self.where}{clip(key)}"{hint}', value.line)

    def text(self, key: str, example: str) -> Word | None:
        """The text under a key; None, perhaps noted, where there is none."""
        value = self.placed.table.get(key)
        return None if value is None else self.read_text(value, key, example)

    def texts(self, key: str, example: str, *, empty: bool = False) -> tuple[Word, ...]:
        """A text or a list of them, under a key; nothing, perhaps noted, where there is none.

        ``empty`` says that a list without a text in it means something.
        """
        value = self.placed.table.get(key)
        if value is None:
            return ()
        if value.sort is not Sort.LIST:
            word = self.read_text(value, key, example)
            return () if word is None else (word,)
        if not value.items and not empty:
            self.complain(f"{self.where}{key} is an empty list; write {example}", value.line)
        words = [self.read_text(one, f"{key}[{at}]", example) for at, one in enumerate(value.items)]
        return tuple(word for word in words if word is not None)

    def read_text(self, value: Placed, key: str, example: str) -> Word | None:
        """A value as a text; None, and noted, where it is something else."""
        if value.sort is Sort.TEXT and value.text.strip():
            return Word(value.text, value.line)
        self.complain(f"{self.where}{key} is {describe(value)}; write {example}", value.line)
        return None

    def tables(self, key: str, example: str) -> "tuple[PlacedTable, ...]":
        """The tables of a list under a key; none, perhaps noted, where there are none."""
        value = self.placed.table.get(key)
        if value is None:
            return ()
        if value.sort is not Sort.LIST:
            self.complain(f"{self.where}{key} is {describe(value)}; write {example}", value.line)
            return ()
        found = []
        for at, one in enumerate(value.items):
            where = f"{self.where}{key}[{at}]"
            if one.sort is Sort.TABLE:
                found.append(PlacedTable(one, f"{where}.", self._problems))
            else:
                self.complain(f"{where} is {describe(one)}; write {example}", one.line)
        return tuple(found)


def describe(value: Placed) -> str:
    """A value as a message names it."""
    if value.sort is Sort.TEXT:
        return f'"{clip(value.text)}"' if value.text.strip() else "an empty text"
    kind: str = value.sort.value
    if value.sort in (Sort.LIST, Sort.TABLE):
        return kind if value.items or value.table else kind.replace("a ", "an empty ")
    if value.sort is Sort.NOTHING:
        return "without a value"
    return f"{kind}, {clip(value.text)}"
