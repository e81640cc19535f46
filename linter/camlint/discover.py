"""Which files a run looks at: those that were named, and those of the folders that were named."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from enum import Enum

from camlint.globs import Globs, show_path

SUFFIX = ".json"
"""What the files of a folder end in; a file that is named itself may be called anything."""

PASSED_OVER = frozenset({".git", "node_modules", ".terraform", ".venv", "__pycache__"})
"""Folders that hold other people's files; where git is asked, it is git that decides."""

Note = Callable[[str, bool], None]
"""Is told what a user may want to know, and whether to say it without being asked for details."""


def discover(
    paths: Iterable[str],
    exclude: tuple[str, ...] = (),
    *,
    force_exclude: bool = False,
    suffixes: tuple[str, ...] = (SUFFIX,),
    note: Note = lambda text, loud: None,
) -> Iterator[str]:
    """The files to look at, each once, sorted by what they are called in reports.

    That is the path relative to the current directory, or the absolute one outside it, with ``/``;
    it also opens the file. A named path that doesn't exist is among the results, and so is a
    folder that can't be read: opening it tells why. ``exclude`` are globs relative to the current
    directory, which named files heed only under ``force_exclude``. ``suffixes`` are what the files
    of folders end in.
    """
    here = os.getcwd()
    globs = Globs(exclude, here)
    found: set[str] = set()
    for path in paths:
        if os.path.isdir(path):
            if not (force_exclude and globs.match(path)):
                found.update(_files_below(path, here, globs, suffixes, note))
        elif not (force_exclude and globs.match(path)):
            found.add(show_path(path, here) if path else path)
    return iter(sorted(found))


def _files_below(
    directory: str, here: str, globs: Globs, suffixes: tuple[str, ...], note: Note
) -> list[str]:
    shown_directory = show_path(directory, here)
    prefix = "" if shown_directory == "." else shown_directory.rstrip("/") + "/"
    listed = _list_directory(directory, shown_directory, suffixes, note)
    found = [prefix + name for name in listed.files]
    if globs:
        found = [shown for shown in found if not globs.match(shown)]
    tree = _Tree(directory)
    for name in listed.others:
        shown = prefix + name if name else shown_directory
        if globs and globs.match(shown):
            continue
        status = tree.look(name)
        if status is Look.OUTSIDE:
            note(
                f"skipped {shown}: a symbolic link on its path leads out of {shown_directory}",
                False,
            )
        elif status is Look.FILE:
            found.append(shown)
    return found


class _Listed:
    """The names of candidates below a directory, relative to it, with ``/``.

    ``files`` are known to be plain files inside the directory; what ``others`` are isn't known.
    """

    __slots__ = ("files", "others")

    def __init__(self, files: list[str], others: list[str]) -> None:
        self.files = files
        self.others = others


def _list_directory(directory: str, shown: str, suffixes: tuple[str, ...], note: Note) -> _Listed:
    from camlint.git import NotListed, list_files  # noqa: PLC0415 - starts with subprocess

    try:
        listed = list_files(directory)
    except NotListed as refusal:
        note(f"looking at all of {shown}, ignored files included: {refusal}", not refusal.expected)
        return _walk(directory, suffixes)
    return _Listed([], [name for name in listed if name.endswith(suffixes)])


def _walk(directory: str, suffixes: tuple[str, ...]) -> _Listed:
    """The candidates that a walk meets, and among the others the folders that it could not enter."""
    met = _Listed([], [])
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        prefix = f"{folder}/" if folder else ""
        try:
            with os.scandir(os.path.join(directory, folder)) as entries:
                for entry in entries:
                    name = entry.name
                    if entry.is_file(follow_symlinks=False):
                        if name.endswith(suffixes):
                            met.files.append(prefix + name)
                    elif entry.is_dir(follow_symlinks=False):
                        if name not in PASSED_OVER:
                            waiting.append(prefix + name)
                    elif name.endswith(suffixes):
                        met.others.append(prefix + name)
        except OSError:
            met.others.append(folder)
    return met


class Look(Enum):
    """What stands at a path of a tree."""

    FILE = "file"
    OUTSIDE = "outside"
    NOTHING = "nothing"


class _Tree:
    """The files below a directory, and whether symbolic links lead out of it."""

    __slots__ = ("_directory", "_inside", "_root")

    def __init__(self, directory: str) -> None:
        self._directory = directory
        self._root = os.path.realpath(directory)
        self._inside: dict[str, bool] = {}

    def look(self, name: str) -> Look:
        """What stands at a path relative to the directory; what can't be looked at is a FILE.

        A file that git lists though it is deleted is NOTHING, and so are pipes and devices.
        """
        path = os.path.join(self._directory, name)
        try:
            mode = os.lstat(path).st_mode
            if not self._holds(os.path.dirname(path)):
                return Look.OUTSIDE
            if stat.S_ISLNK(mode):
                if not self._holds(path):
                    return Look.OUTSIDE
                mode = os.stat(path).st_mode
        except (FileNotFoundError, NotADirectoryError):
            return Look.NOTHING
        except OSError:
            return Look.FILE
        if stat.S_ISDIR(mode):
            return Look.NOTHING if os.access(path, os.R_OK) else Look.FILE
        return Look.FILE if stat.S_ISREG(mode) else Look.NOTHING

    def _holds(self, path: str) -> bool:
        known = self._inside.get(path)
        if known is None:
            real = os.path.realpath(path)
            known = real == self._root or real.startswith(self._root.rstrip(os.sep) + os.sep)
            self._inside[path] = known
        return known
