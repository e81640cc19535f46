"""Globs over paths, as ``--exclude`` and the ``paths`` of an override have them."""

import os
import posixpath

from camlint.patterns import matcher

ANY_DEPTH = "**"


class Globs:
    """Several globs, each relative to the folder ``root``.

    ``*`` is any run of characters within one name, ``**`` any number of names. A glob without
    ``/`` matches a name at any depth; one that matches a folder matches all that is below it.
    """

    __slots__ = ("_patterns", "_root")

    def __init__(self, globs: tuple[str, ...], root: str) -> None:
        self._root = root
        self._patterns = tuple(_names(glob, root) for glob in globs)

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def match(self, path: str) -> bool:
        """Whether any of the globs matches the path of a file."""
        names = split_path(path, self._root)
        return any(_match(pattern, names) for pattern in self._patterns)


def split_path(path: str, root: str) -> list[str]:
    """The names on the way from the folder ``root`` to a path; from the top if it isn't below."""
    return show_path(path, root).split("/")


def show_path(path: str, root: str) -> str:
    """A path as people are shown it: with ``/``, relative to ``root`` where it is below that."""
    absolute = os.path.normpath(os.path.join(root, path))
    inside = root if root.endswith(os.sep) else root + os.sep
    if absolute == root:
        absolute = "."
    elif absolute.startswith(inside):
        absolute = absolute[len(inside) :]
    return absolute if os.sep == "/" else absolute.replace(os.sep, "/")


def _names(glob: str, root: str) -> tuple[str, ...]:
    written = glob if os.sep == "/" else glob.replace(os.sep, "/")
    plain = posixpath.normpath(written)
    if "/" not in written.rstrip("/"):
        return (ANY_DEPTH, plain)
    return tuple(split_path(plain, root))


def _match(pattern: tuple[str, ...], names: list[str]) -> bool:
    """Whether the pattern matches the names or the first few; one pass over them."""
    reached = {0}
    for name in names:
        reached = _skip(pattern, reached)
        if len(pattern) in reached:
            return True
        reached = {
            at if pattern[at] == ANY_DEPTH else at + 1
            for at in reached
            if pattern[at] == ANY_DEPTH or matcher(pattern[at])(name)
        }
    return len(pattern) in _skip(pattern, reached)


def _skip(pattern: tuple[str, ...], reached: set[int]) -> set[int]:
    """The positions reached when a ``**`` may also stand for no name at all."""
    wider = set(reached)
    for at, name in enumerate(pattern):
        if name == ANY_DEPTH and at in wider:
            wider.add(at + 1)
    return wider
