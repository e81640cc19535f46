"""A table of a rule, read key by key; whatever is wrong in it is noted with its place."""

from camlint.nearest import did_you_mean
from camlint.wording import quote

Table = dict[str, object]


class RuleTable:
    """One table of a configuration; ``where`` is what problems call it, with a dot at its end."""

    __slots__ = ("_problems", "table", "where")

    def __init__(self, table: Table, where: str, problems: list[str]) -> None:
        self.table = table
        self.where = where
        self._problems = problems

    def complain(self, problem: str, key: str = "") -> None:
        """Note a problem of a key, or of the table as a whole."""
        self._problems.append(
            f"{self.where}{key}: {problem}" if key else f"{self.where[:-1]}: {problem}"
        )

    def check_keys(self, known: tuple[str, ...], instead: dict[str, str] | None = None) -> None:
        """Note the keys that nobody knows; ``instead`` has what to say of some of them."""
        for key in self.table:
            if key not in known:
                hint = (instead or {}).get(key) or did_you_mean(key, known)
                hint = hint or f"; the keys are {', '.join(known)}"
                self._problems.append(f'unknown key "{self.where}{key}"{hint}')

    def below(self, key: str, example: str) -> "RuleTable | None":
        """The table under a key; None, perhaps noted, where there is none."""
        value = self.table.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.complain(f"it is {describe(value)}; write a table, such as {example}", key)
            return None
        return RuleTable(value, f"{self.where}{key}.", self._problems)

    def text(self, key: str, example: str) -> str | None:
        """The text under a key; None, perhaps noted, where there is none."""
        value = self.table.get(key)
        if value is None:
            return None
        if isinstance(value, str) and value.strip() and "\n" not in value:
            return value
        self.complain(f"it is {describe(value)}; write a text of one line, such as {example}", key)
        return None

    def choice(self, key: str, words: tuple[str, ...]) -> str | None:
        """One of the words, under a key; None, perhaps noted, where there is none."""
        value = self.table.get(key)
        if value is None or (isinstance(value, str) and value in words):
            return value
        hint = did_you_mean(value, words) if isinstance(value, str) else ""
        self.complain(f"it is {describe(value)}; write one of {', '.join(words)}{hint}", key)
        return None

    def texts(self, key: str, example: str, *, numbers: bool = False) -> tuple[str, ...] | None:
        """A text or a list of them, under a key; None, perhaps noted, where there is none.

        With ``numbers`` whole numbers will do, too, and so will an empty text.
        """
        value = self.table.get(key)
        if value is None:
            return None
        items = value if isinstance(value, list) else [value]
        texts: list[str] = []
        for at, item in enumerate(items):
            text = str(item) if numbers and type(item) is int else item
            if not isinstance(text, str) or not (text or numbers):
                name = f"{key}[{at}]" if isinstance(value, list) else key
                self.complain(f"it is {describe(item)}; write a text, such as {example}", name)
                return None
            texts.append(text)
        if not texts:
            self.complain(f"it is an empty list; write {example}, or several of the kind", key)
            return None
        return tuple(texts)


def describe(value: object) -> str:
    """A TOML value as a message names it."""
    if isinstance(value, dict):
        return "a table of its own"
    return quote(value) if isinstance(value, (str, int, float, list)) else "a date or a time"
