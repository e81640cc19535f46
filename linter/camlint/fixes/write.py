"""A file's text in place of its old one: whole or not at all, in its encoding, with its rights."""

import os
import stat
import tempfile
from contextlib import suppress

from camlint.source import MAX_BYTES, Source, decode_source

SPELLINGS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"", "utf-8"),
    (b"", "utf-16-le"),
    (b"", "utf-16-be"),
    (b"", "utf-32-le"),
    (b"", "utf-32-be"),
)
"""How a text may stand in bytes: a byte-order mark, and the encoding of what follows it."""

PLAIN = (b"", "utf-8")


class UnwrittenError(Exception):
    """A file was left as it was; the text says why."""


class Original:
    """A file as it was read: its bytes, and the text in them."""

    __slots__ = ("data", "source")

    def __init__(self, data: bytes, shown: str) -> None:
        self.data = data
        self.source: Source = decode_source(data, shown)

    def encode(self, text: str, *, plain: bool = False) -> bytes:
        """Another text as this file spells texts: its byte-order mark and encoding stay.

        ``plain`` asks for plain UTF-8 instead. Raises UnwrittenError where bytes would be lost.
        """
        mark, encoding = self._spelling()
        if plain:
            mark, encoding = PLAIN
        return mark + text.encode(encoding)

    def marked(self, text: str, *, plain: bool = False) -> str:
        """A text with the byte-order mark, if the file has one, as its first character."""
        return text if plain or not self._spelling()[0] else f"\ufeff{text}"

    def _spelling(self) -> tuple[bytes, str]:
        text = self.source.text
        for mark, encoding in SPELLINGS:
            if self.data.startswith(mark) and mark + text.encode(encoding) == self.data:
                return mark, encoding
        raise UnwrittenError("its text doesn't give its bytes back")


def read_original(path: str, shown: str) -> Original:
    """The file at ``path``, called ``shown`` in reports. Raises OSError."""
    with open(path, "rb") as file:
        return Original(file.read(MAX_BYTES + 1), shown)


def write_over(path: str, original: Original, data: bytes, here: str) -> None:
    """Put ``data`` where the original was read, at once; the file's mode stays.

    A symbolic link stays one: the file that it leads to is written, unless that is outside the
    folder ``here`` and the link isn't. Raises UnwrittenError.
    """
    target = os.path.realpath(path)
    try:
        status = os.stat(target)
        _check(path, target, status, here)
        _replace(target, original, data, status)
    except OSError as error:
        raise UnwrittenError(error.strerror or type(error).__name__) from error


def _check(path: str, target: str, status: os.stat_result, here: str) -> None:
    """Raise UnwrittenError for a file that isn't to be written."""
    if not stat.S_ISREG(status.st_mode):
        raise UnwrittenError("it is no regular file; give what comes from a pipe as - instead")
    root = os.path.realpath(here)
    place = os.path.join(os.path.realpath(os.path.dirname(path) or "."), os.path.basename(path))
    if os.path.islink(path) and _below(place, root) and not _below(target, root):
        raise UnwrittenError(
            f"it is a symbolic link to {target}, outside this folder; name that file instead"
        )
    if not (status.st_mode & 0o222 and os.access(target, os.W_OK)):
        raise UnwrittenError("it is read-only")


def _below(path: str, root: str) -> bool:
    return path.startswith(root.rstrip(os.sep) + os.sep)


def _replace(target: str, original: Original, data: bytes, status: os.stat_result) -> None:
    """Write a file beside the target, and put it in its place if that is still as it was read."""
    folder = os.path.dirname(target)
    try:
        descriptor, written = tempfile.mkstemp(prefix=".camlint-", suffix=".tmp", dir=folder)
    except OSError as error:
        raise UnwrittenError(f"nothing can be written to its folder: {error.strerror}") from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            _give_back(written, status)
            file.flush()
            os.fsync(file.fileno())
        _check_unchanged(target, original)
        os.replace(written, target)
    except BaseException:
        with suppress(FileNotFoundError):
            os.remove(written)
        raise
    _sync(folder)


def _check_unchanged(target: str, original: Original) -> None:
    """Raise UnwrittenError for a file that somebody else has written meanwhile."""
    with open(target, "rb") as file:
        if file.read(len(original.data) + 1) != original.data:
            raise UnwrittenError("it was changed while camlint looked at it; run camlint again")


def _sync(folder: str) -> None:
    """Let the new name of the file outlast a loss of power, where the system can do that."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _give_back(written: str, status: os.stat_result) -> None:
    """Let the new file belong to whom the old one belonged, and be as accessible."""
    own = os.stat(written)
    if hasattr(os, "chown") and (own.st_uid, own.st_gid) != (status.st_uid, status.st_gid):
        try:
            os.chown(written, status.st_uid, status.st_gid)
        except PermissionError as error:
            raise UnwrittenError(
                "it belongs to somebody else, and would become yours; let its owner do this"
            ) from error
    os.chmod(written, stat.S_IMODE(status.st_mode))
