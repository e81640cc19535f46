"""A file of expectations that can't be run, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from camlint.tasks.placed_table import Problem


@dataclass(frozen=True, slots=True)
class BrokenFile:
    """The ``path`` of a file, and all that is wrong with it."""

    path: str
    problems: tuple[Problem, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Each problem with its place, as people are told."""
        return tuple(self._show())

    def _show(self) -> Iterator[str]:
        for one in self.problems:
            place = f"{self.path}:{one.line}" if one.line else self.path
            yield f"{place}: {one.text}"
