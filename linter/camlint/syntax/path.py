"""JSONPaths over plain values: the common ones are walked here, the others by jsonpath-ng.

Common is a path of names, indices, ``*`` and ``[*]``, such as ``$.statement[*].action[*]``. It means
here what RFC 9535 says, and what jsonpath-ng makes of it, without the time that importing it takes.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from camlint.place import Pointer

ANY = None
"""The step to every item of a list and every member of an object."""

Step = str | int | None
Found = list[tuple[Pointer, object]]

_STEP = re.compile(
    r"""\.(?:(?P<name>[A-Za-z_][A-Za-z0-9_-]*)|(?P<any>\*)|'(?P<quoted>[^'\\]*)')"""
    r"""|\[(?:(?P<items>\*)|(?P<index>[0-9]{1,9})|'(?P<inside>[^'\\]*)')\]"""
)
_RESERVED = frozenset({"where", "wherenot"})


class PathError(ValueError):
    """A text that is no JSONPath, or one that isn't supported; the text says what would do."""


class Path:
    """A compiled JSONPath; ``steps`` is None where it takes more than steps to walk it."""

    __slots__ = ("_find", "steps", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.steps = _read_steps(text)
        self._find: Callable[[object], Found] | None = None
        if self.steps is None:
            from camlint.syntax.jsonpath import compile_jsonpath  # noqa: PLC0415 - takes 80 ms

            self._find = compile_jsonpath(text)

    def __reduce__(self) -> tuple[object, ...]:
        return compile_path, (self.text,)

    def find(self, value: object) -> Found:
        """The values that the path selects, each with the keys and indices that lead to it."""
        if self._find is not None:
            return self._find(value)
        return _walk(self.steps or (), value)


@lru_cache(maxsize=1024)
def compile_path(text: str) -> Path:
    """The path, compiled once. Raises PathError."""
    return Path(text)


def compile_relative(text: str) -> Path:
    """A path that starts at a value of the document: ``a.b``, ``@.a.b`` or ``$.a.b``.

    Raises PathError.
    """
    written = text.strip()
    if written[:1] == "@":
        written = "$" + written[1:]
    elif written[:1] != "$":
        written = f"${written}" if written[:1] in ("[", ".") else f"$.{written}"
    return compile_path(written)


def _read_steps(text: str) -> tuple[Step, ...] | None:
    """The steps of a common path, None for any other text."""
    if not text.startswith("$"):
        return None
    steps: list[Step] = []
    at = 1
    while at < len(text):
        match = _STEP.match(text, at)
        if match is None or match["name"] in _RESERVED:
            return None
        at = match.end()
        if match["any"] or match["items"]:
            steps.append(ANY)
        elif match["index"]:
            steps.append(int(match["index"]))
        else:
            steps.append(
                next(match[one] for one in ("name", "quoted", "inside") if match[one] is not None)
            )
    return tuple(steps)


def _walk(steps: tuple[Step, ...], value: object) -> Found:
    found: Found = [((), value)]
    for step in steps:
        further: Found = []
        for pointer, reached in found:
            if step is ANY:
                if isinstance(reached, list):
                    further.extend(((*pointer, at), item) for at, item in enumerate(reached))
                elif isinstance(reached, dict):
                    further.extend(((*pointer, key), item) for key, item in reached.items())
            elif isinstance(step, str):
                if isinstance(reached, dict) and step in reached:
                    further.append(((*pointer, step), reached[step]))
            elif isinstance(reached, list) and step < len(reached):
                further.append(((*pointer, step), reached[step]))
        found = further
    return found
