"""The files of the working tree, each with itself as a revision has it."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass

from camlint.discover import SUFFIX, Note, discover
from camlint.git import Refused, Revision
from camlint.globs import show_path
from camlint.hosts.search import HostedPolicy, find_policies
from camlint.source import MAX_BYTES, Source, decode_source
from camlint.syntax.document import read_document
from camlint.tasks.changes import Status


@dataclass(frozen=True, slots=True)
class FilePair:
    """A file that differs from what it was; the side on which it isn't there is None.

    ``path`` is where it stands or stood, absolute.
    """

    status: Status
    path: str
    old: Source | None
    new: Source | None


@dataclass(frozen=True, slots=True)
class PolicyPair:
    """A policy of such a file; the side on which it isn't there is None.

    ``path`` is that of the file, and ``alone`` tells that it holds no other policy now.
    """

    status: Status
    path: str
    alone: bool
    old: HostedPolicy | None
    new: HostedPolicy | None


@dataclass(frozen=True, slots=True)
class Pairing:
    """The files that differ, how many don't, and those that can't be read, each with the reason."""

    pairs: tuple[FilePair, ...]
    unchanged: int
    unreadable: tuple[tuple[str, str], ...]


def pair_files(paths: Iterable[str], revision: Revision, note: Note) -> Pairing:
    """The files at and below some paths, and those that a revision has there.

    A file that was renamed is paired with what it was, wherever that stood: as far as git knows,
    or its contents show. Raises Refused.
    """
    words = list(paths)
    blobs = revision.list_blobs()
    tree = _Tree(revision, words, note)
    gone = dict.fromkeys(
        path
        for path in sorted(blobs)
        if (path.endswith(SUFFIX) or tree.asked(path)) and not tree.holds(path)
    )
    data: dict[str, bytes] = {}
    unreadable: list[tuple[str, str]] = []
    for path, shown in tree.present.items():
        if path not in gone:
            try:
                data[path] = tree.read(path)
            except OSError as error:
                unreadable.append((shown, error.strerror or str(error)))
    fresh = [path for path in data if path not in blobs]
    renames = _find_renames(revision, blobs, {path: data[path] for path in fresh}, gone)
    moved = {old: new for new, old in renames.items()}
    changes: list[tuple[Status, str, str]] = []
    unchanged = 0
    for path, contents in data.items():
        if path in renames:
            changes.append((Status.RENAMED, renames[path], path))
        elif path in fresh:
            changes.append((Status.ADDED, "", path))
        elif blobs[path] == _name_contents(contents, blobs[path]):
            unchanged += 1
        else:
            changes.append((Status.CHANGED, path, path))
    for path in filter(tree.asked, gone):
        new = moved.get(path, "")
        if new in data:
            continue
        changes.append((Status.RENAMED if new else Status.DELETED, path, new))
        if new:
            data[new] = tree.read(new)
    changes.sort(key=lambda one: one[2] or one[1])
    stored = [old for _, old, _ in changes if old]
    kept = revision.read_blobs([blobs[path] for path in stored])
    before = dict(zip(stored, kept, strict=True))
    pairs = tuple(
        FilePair(
            status,
            tree.locate(new or old),
            decode_source(before[old], f"{revision.name}:{old}") if old else None,
            decode_source(data[new], tree.show(new)) if new else None,
        )
        for status, old, new in changes
    )
    return Pairing(pairs, unchanged, tuple(unreadable))


def _find_renames(
    revision: Revision, blobs: dict[str, str], fresh: dict[str, bytes], gone: Iterable[str]
) -> dict[str, str]:
    """The new paths of files to their old ones, those that git tracks and those that are equal."""
    left = dict.fromkeys(gone)
    renames: dict[str, str] = {}
    if not left:
        return renames
    like = blobs[next(iter(left))]
    for new, old in revision.find_renames().items():
        if old in left and new not in blobs and os.path.isfile(os.path.join(revision.root, new)):
            renames[new] = old
            del left[old]
    by_contents = {blobs[path]: path for path in reversed(left)}
    for new, contents in fresh.items():
        if new not in renames and by_contents:
            old = by_contents.pop(_name_contents(contents, like), "")
            if old:
                renames[new] = old
    return renames


class _Tree:
    """The working tree of a repository, its files by their paths in there.

    ``present`` are those that were asked about, with what the user calls them.
    """

    __slots__ = ("_here", "_places", "_root", "present")

    def __init__(self, revision: Revision, words: list[str], note: Note) -> None:
        self._root = revision.root
        self._here = os.getcwd()
        self._places = [self._inside(word) for word in words]
        self.present: dict[str, str] = {}
        for shown in discover(words, note=note):
            self.present.setdefault(self._inside(shown), shown)

    def asked(self, path: str) -> bool:
        """Whether a file was named, or would be one of those of a folder that was."""
        for place in self._places:
            if path == place:
                return True
            if path.endswith(SUFFIX) and (place == "." or path.startswith(f"{place}/")):
                return True
        return False

    def holds(self, path: str) -> bool:
        """Whether anything stands at a path."""
        return os.path.lexists(self.locate(path))

    def locate(self, path: str) -> str:
        """The absolute path."""
        return os.path.join(self._root, path)

    def show(self, path: str) -> str:
        """The path as reports have it."""
        return show_path(self.locate(path), self._here)

    def read(self, path: str) -> bytes:
        """The contents of a file, cut where it is too long to be analysed. Raises OSError."""
        with open(self.locate(path), "rb") as file:
            return file.read(MAX_BYTES + 1)

    def _inside(self, path: str) -> str:
        """The path of a file in the repository, symbolic links followed. Raises Refused."""
        inside = show_path(os.path.realpath(path), self._root)
        if os.path.isabs(inside):
            raise Refused(
                f"{path} is outside of the repository at {self._root}; "
                "compare two files instead: camlint compare OLD NEW"
            )
        return inside


def pair_policies(pair: FilePair) -> list[PolicyPair]:
    """The policies of a file by their place in it: the same place, the same policy."""
    old, new = _find(pair.old), _find(pair.new)
    found: list[PolicyPair] = []
    for address in dict.fromkeys((*new, *old)):
        before, after = old.get(address), new.get(address)
        status = pair.status
        if before is None:
            status = Status.ADDED
        elif after is None:
            status = Status.DELETED
        found.append(PolicyPair(status, pair.path, len(new) == 1, before, after))
    return found


def _find(source: Source | None) -> dict[str, HostedPolicy]:
    if source is None:
        return {}
    return {one.address: one for one in find_policies(read_document(source))}


def _name_contents(data: bytes, like: str) -> str:
    """What git would call these contents, in as many digits as another name has.

    Source: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
    """
    digest = hashlib.sha256() if len(like) == 64 else hashlib.sha1(usedforsecurity=False)
    digest.update(b"blob %d\0" % len(data) + data)
    return digest.hexdigest()
