"""One pass over all files of a run, divided between processes where that is quicker."""

import os
from collections.abc import Iterator, Sequence

from camlint.cli.failure import Failure
from camlint.cli.outcome import Outcome, look, read_stdin
from camlint.discover import Note
from camlint.engine import Engine
from camlint.source import Source, read_source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.cli.workers import Workers

ENOUGH = 1_000
"""Files up to which starting processes takes longer than they save (measured on two cores)."""

MOST = 8
"""Processes that are started unasked: beyond, they wait for this one to write their findings."""


class Sweep:
    """Looks at files in their order: iterate over it once, in a context that ends its processes.

    ``plan`` has each file with the engine for it, ``stdin`` is the name under which standard input
    stands among them, if it does: only this process can read that. ``asked`` is how many processes
    the user wants, None to leave it open; 1 is this process alone. Raises Failure when so many
    can't be started, and later when one of them ends before its time.
    """

    __slots__ = ("_explain", "_kept", "_plan", "_stdin", "_workers")

    def __init__(
        self,
        plan: Sequence[tuple[str, Engine]],
        stdin: str | None,
        *,
        asked: int | None,
        explain: bool,
        note: Note,
    ) -> None:
        self._plan = plan
        self._stdin = stdin
        self._explain = explain
        self._kept: dict[str, Source] = {}
        files = [job for job in plan if job[0] != stdin] if stdin else plan
        jobs = count_jobs(asked, len(files))
        self._workers = None if jobs == 1 else _start(files, jobs, asked, explain, note)

    def __enter__(self) -> "Sweep":
        return self

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        if self._workers is not None:
            self._workers.end()

    def read_again(self, path: str) -> Source:
        """A file once more, standard input as it was. Raises OSError."""
        return self._kept.get(path) or read_source(path)

    def _keep(self, path: str) -> Source:
        source = read_stdin(path)
        self._kept[path] = source
        return source

    def __iter__(self) -> Iterator[tuple[str, Outcome]]:
        elsewhere = self._workers.outcomes() if self._workers is not None else None
        for path, engine in self._plan:
            if path == self._stdin:
                yield path, look(path, engine, read=self._keep, explain=self._explain)
            elif elsewhere is not None:
                yield path, next(elsewhere)
            else:
                yield path, look(path, engine, explain=self._explain)


def count_jobs(asked: int | None, files: int) -> int:
    """How many processes look at so many files; 1 is this one alone."""
    if asked is not None:
        return max(1, min(asked, files))
    if files <= ENOUGH:
        return 1
    return min(count_cores(), MOST)


def count_cores() -> int:
    """The processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _start(
    files: Sequence[tuple[str, Engine]], jobs: int, asked: int | None, explain: bool, note: Note
) -> "Workers | None":
    """The processes; None where the system has none to spare and the user didn't insist."""
    from camlint.cli.workers import Workers  # noqa: PLC0415 - starts with multiprocessing

    try:
        return Workers(files, jobs, explain=explain)
    except OSError as error:
        if asked is not None:
            raise Failure(
                f"--jobs {asked}: so many processes can't be started: {error.strerror}"
            ) from error
        note(f"using one process, since no other can be started: {error.strerror}", False)
        return None
