"""Where reports go: standard output, and files that appear whole or not at all."""

import os
import stat
import sys

from camlint.cli.failure import Failure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

ENCODING = "utf-8"
UNENCODABLE = "backslashreplace"
"""A lone surrogate, which UTF-8 can't hold, is written as an escape."""


class StandardOutput:
    """Writes to standard output; once its reader is gone, to nowhere.

    The run goes on without the reader: ``| head`` changes neither other reports nor the exit code.
    """

    __slots__ = ("_open", "_stream")

    def __init__(self) -> None:
        stream = sys.stdout
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding=ENCODING, errors=UNENCODABLE, newline="\n")
        self._stream = stream
        self._open = [True]

    def write(self, text: str) -> None:
        """Write the text. Raises Failure when that is impossible."""
        if not self._open:
            return
        try:
            self._stream.write(text)
        except OSError as error:
            self._fail(error)

    def write_bytes(self, data: bytes) -> None:
        """Write the bytes as they are. Raises Failure when that is impossible."""
        if not self._open:
            return
        try:
            self._stream.flush()
            self._stream.buffer.write(data)
            self._stream.buffer.flush()
        except OSError as error:
            self._fail(error)

    def close(self) -> None:
        """Hand over everything that was written. Raises Failure when that is impossible."""
        if not self._open:
            return
        try:
            self._stream.flush()
        except OSError as error:
            self._fail(error)

    def discard(self) -> None:
        """What is written to standard output can't be taken back."""

    def _fail(self, error: OSError) -> None:
        self._open.clear()
        silence_stdout()
        if not isinstance(error, BrokenPipeError):
            raise Failure(f"the report can't be written: {error.strerror}") from error


class File:
    """Writes to a temporary file beside the one that was asked for, and at the end replaces it.

    What isn't a regular file, such as a pipe or a terminal, is written to directly.
    """

    __slots__ = ("_final", "_stream", "_written")

    def __init__(self, path: str) -> None:
        self._final = os.path.realpath(path)
        folder, name = os.path.split(self._final)
        self._written = os.path.join(folder, f".{name}.{os.getpid()}.tmp")
        try:
            if os.path.isdir(self._final):
                raise Failure(f"the report can't be written to {path}: it is a folder")
            mode = "x"
            if os.path.exists(self._final) and not stat.S_ISREG(os.stat(self._final).st_mode):
                self._written, mode = self._final, "w"
            self._stream: IO[str] = open(  # noqa: SIM115 - closed by close and discard
                self._written, mode, encoding=ENCODING, errors=UNENCODABLE, newline="\n"
            )
        except OSError as error:
            raise self._failure(error) from error

    def write(self, text: str) -> None:
        """Write the text. Raises Failure when that is impossible."""
        try:
            self._stream.write(text)
        except OSError as error:
            raise self._failure(error) from error

    def close(self) -> None:
        """Put the report where it was asked for. Raises Failure when that is impossible."""
        try:
            self._stream.close()
            if self._written != self._final:
                os.replace(self._written, self._final)
        except OSError as error:
            raise self._failure(error) from error

    def discard(self) -> None:
        """Leave no trace of a report that wasn't finished."""
        try:  # noqa: SIM105 - contextlib would be imported for this alone
            self._stream.close()
        except OSError:
            pass
        if self._written != self._final and os.path.exists(self._written):
            os.remove(self._written)

    def _failure(self, error: OSError) -> Failure:
        return Failure(f"the report can't be written to {self._final}: {error.strerror}")


def silence_stdout() -> None:
    """Keep the interpreter from complaining, at its end, of what it couldn't write."""
    try:  # noqa: SIM105 - as above
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        pass
