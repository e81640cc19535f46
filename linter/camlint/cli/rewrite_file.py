"""Another text in a file: put there whole or not at all, in the file's encoding, under its rights."""

import os
import stat

from camlint.source import decode_source

ENCODINGS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
"""Byte-order marks, and how what stands behind them is encoded."""


def rewrite_file(path: str, before: str, after: str) -> None:
    """Replace the text of a file, which must still be ``before``, a byte-order mark left out.

    The mark, the encoding and the permissions stay, and so does a symbolic link to the file. Raises
    OSError, whose ``strerror`` says why, when that can't be; the file is then as it was.
    """
    final = os.path.realpath(path)
    mode = os.stat(final).st_mode
    if not stat.S_ISREG(mode):
        raise OSError(0, "it is no regular file")
    if not os.access(final, os.W_OK):
        raise OSError(0, "it is write-protected")
    with open(final, "rb") as file:
        data = file.read()
    if decode_source(data, path).text != before:
        raise OSError(0, "it was changed by somebody else while camlint read it")
    mark, encoding = next((one for one in ENCODINGS if data.startswith(one[0])), (b"", "utf-8"))
    _replace(final, mark + after.encode(encoding), stat.S_IMODE(mode))


def _replace(final: str, data: bytes, mode: int) -> None:
    """Put the bytes into a file beside the final one, and that in its place."""
    folder, name = os.path.split(final)
    written = os.path.join(folder, f".{name}.{os.getpid()}.tmp")
    file = open(written, "xb")  # noqa: SIM115 - what follows removes it again if it fails
    try:
        with file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(written, mode)
        os.replace(written, final)
    except BaseException:
        os.remove(written)
        raise
