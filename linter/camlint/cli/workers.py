"""Processes that look at files for this one and hand over what came of each, in order."""

import gc
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from itertools import cycle
from multiprocessing import get_context
from multiprocessing.connection import Connection

from camlint.cli.failure import Failure
from camlint.cli.outcome import Outcome, look
from camlint.engine import Engine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

BATCH = 16
"""Outcomes that are handed over at once: a message for each would cost more than a small file."""

BATCH_TEXT = 100_000
"""Characters of files with findings from which a batch doesn't wait for more."""

DYING = 10
"""Seconds that a process may take to end after its last word, before it isn't waited for."""

Plan = Sequence[tuple[str, Engine]]


class Workers:
    """``jobs`` processes, each looking at every ``jobs``-th file of the plan.

    They only ever write, each into a pipe of its own that this process reads from in the order of
    the files: a process that is far ahead waits until its pipe is read, so that nothing piles up,
    and one whose reader is gone ends at its next outcome. The engines must not have looked at
    anything yet, since rules don't travel. ``fork`` None leaves the way of starting the processes
    to the platform. Raises OSError when they can't all be started.
    """

    __slots__ = ("_plan", "_processes", "_readers")

    def __init__(self, plan: Plan, jobs: int, *, explain: bool, fork: bool | None = None) -> None:
        self._plan = plan
        self._processes: list[BaseProcess] = []
        self._readers: list[Connection[object, list[Outcome]]] = []
        forks = can_fork() if fork is None else fork
        context = get_context("fork") if forks else get_context("spawn")
        with _Uninterrupted():
            try:
                for number in range(jobs):
                    reader, writer = context.Pipe(duplex=False)
                    self._readers.append(reader)
                    inherited = tuple(self._readers) if forks else ()
                    with writer:
                        process = context.Process(
                            target=_work,
                            args=(
                                plan[number::jobs],
                                explain,
                                writer,
                                inherited,
                                gc.get_threshold(),
                            ),
                            daemon=True,
                        )
                        process.start()
                    self._processes.append(process)
            except BaseException:
                self.end()
                raise

    def outcomes(self) -> Iterator[Outcome]:
        """What came of each file, in the order of the plan.

        Raises Failure when a process ends before it has told of all its files.
        """
        streams = [_receive(reader) for reader in self._readers]
        pairs = cycle(zip(streams, self._processes, strict=True))
        for (path, _), (stream, process) in zip(self._plan, pairs, strict=False):
            try:
                outcome = next(stream)
            except OSError as error:
                raise Failure(_tell_of_end(process, path)) from error
            yield outcome

    def end(self) -> None:
        """End the processes, whatever they are doing."""
        for reader in self._readers:
            reader.close()
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.join()


class _Uninterrupted:
    """A context whose processes start deaf to Ctrl-C, which a terminal sends to all of them.

    It is this process that ends the others then. Only its main thread hears of signals.
    """

    __slots__ = ("_handler",)

    def __init__(self) -> None:
        here = threading.current_thread() is threading.main_thread()
        self._handler = signal.getsignal(signal.SIGINT) if here else None

    def __enter__(self) -> None:
        if self._handler is not None:
            signal.signal(signal.SIGINT, signal.SIG_IGN)

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        if self._handler is not None:
            signal.signal(signal.SIGINT, self._handler)


def can_fork() -> bool:
    """Whether a copy of this process would be whole, which it isn't where threads are running.

    A copy is there in a millisecond, a new interpreter in fifty. On macOS, libraries of the system
    may have started threads.
    Source: https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods
    """
    return sys.platform == "linux" and threading.active_count() == 1


def _work(
    plan: Plan,
    explain: bool,
    writer: "Connection[list[Outcome], object]",
    inherited: "Sequence[Connection[object, list[Outcome]]]",
    garbage: tuple[int, int, int],
) -> None:
    """Look at the files of a plan and write what came of them, in batches.

    ``inherited`` are the readers that a copied process holds, too: while it does, it wouldn't
    notice that the one it writes for is gone. ``garbage`` is when to search for garbage.
    """
    for reader in inherited:
        reader.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*garbage)
    batch: list[Outcome] = []
    weight = 0
    try:
        for path, engine in plan:
            outcome = look(path, engine, explain=explain)
            batch.append(outcome)
            if outcome.result.diagnostics:
                weight += len(outcome.result.diagnostics[0].source.text)
            if len(batch) >= BATCH or weight >= BATCH_TEXT:
                writer.send(batch)
                batch, weight = [], 0
        writer.send(batch)
    except OSError:
        # Nobody reads any more, and whoever did has told the user why.
        return


def _receive(reader: "Connection[object, list[Outcome]]") -> Iterator[Outcome]:
    """What is written into a pipe. Raises OSError at its end."""
    while True:
        try:
            batch = reader.recv()
        except EOFError as error:
            raise OSError("the other end of the pipe is closed") from error
        yield from batch


def _tell_of_end(process: "BaseProcess", path: str) -> str:
    """Why the outcome of ``path`` never came."""
    process.join(DYING)
    code = process.exitcode
    if code is not None and code < 0:
        how = f"was ended by signal {-code} ({signal.strsignal(-code) or 'unknown'})"
    else:
        how = "ended by itself" if code is None else f"ended with code {code}"
    return (
        f"one of the processes that check files {how}, so {path} and the files after it were not "
        "checked\n"
        "if memory ran out, --jobs 1 takes the least of it; otherwise this is a defect of camlint, "
        "please report it"
    )
