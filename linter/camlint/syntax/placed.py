"""Values of a file that people write by hand, each with its line and the way it was written."""

from enum import Enum

MOST_VALUES = 100_000
"""Values of one file that are read; aliases of YAML could stand for any number."""

DEEPEST = 50
"""How deep lists and tables may stand in one another."""


class Sort(Enum):
    """What a value is; the values of this are how a message calls it."""

    TEXT = "a text"
    NUMBER = "a number"
    BOOLEAN = "a truth value"
    DATE = "a date"
    NOTHING = "nothing"
    LIST = "a list"
    TABLE = "a table"


class Placed:
    """A value, the number of its line (0 where that isn't known), and how it was written.

    ``text`` is what stands in the file for a scalar, without quotes, and ``""`` for others.
    ``items`` are those of a list; ``table`` has the values of a table by key, each with the line of
    its key.
    """

    __slots__ = ("items", "line", "sort", "table", "text")

    def __init__(
        self,
        sort: Sort,
        line: int,
        text: str = "",
        items: "tuple[Placed, ...]" = (),
        table: "dict[str, Placed] | None" = None,
    ) -> None:
        self.sort = sort
        self.line = line
        self.text = text
        self.items = items
        self.table = table or {}


class UnreadableError(Exception):
    """A text isn't of its format; the message says why, ``line`` where (0: not known)."""

    def __init__(self, problem: str, line: int = 0) -> None:
        super().__init__(problem)
        self.line = line
