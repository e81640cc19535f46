"""Run processes and tell what each took of the processor and of memory."""

import os
import resource
import signal
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Timer

LONGEST = 60
"""Seconds of wall time after which a measured process is ended."""

SET_UP = 240
"""Seconds that a step of the set-up may take: it may have to fetch packages."""

Pick = Callable[[Iterable[float]], float]
"""What is taken of several figures: their median, or the least where noise only ever adds."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process took: ``cpu`` in seconds, user and system; ``memory`` in bytes, its peak.

    ``over`` says that it was ended after LONGEST seconds: it would have taken more.
    """

    cpu: float
    memory: int
    code: int
    over: bool = False


def interleave(
    commands: dict[str, list[str]], rounds: int, pick: Pick = statistics.median
) -> dict[str, Usage]:
    """What ``pick`` makes of each command's use, all of them run once a round.

    A command that took too long isn't run again.
    """
    say(f"measuring {', '.join(commands)} ({rounds} rounds)")
    used: dict[str, list[Usage]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            if not (used[name] and used[name][-1].over):
                used[name].append(measure(command))
    return {
        name: Usage(
            pick(one.cpu for one in each),
            max(one.memory for one in each),
            each[-1].code,
            each[-1].over,
        )
        for name, each in used.items()
    }


def measure(command: list[str], limit: int = resource.RLIM_INFINITY) -> Usage:
    """Run a command, its output thrown away; the system ends it after ``limit`` seconds of CPU."""
    child = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(),
        preexec_fn=lambda: limit_cpu(limit),  # noqa: PLW1509 - there is one thread
    )
    ended: list[bool] = []

    def end() -> None:
        ended.append(True)
        os.kill(child.pid, signal.SIGKILL)

    timer = Timer(LONGEST, end)
    timer.start()
    try:
        _, status, usage = os.wait4(child.pid, 0)
    except BaseException:
        child.kill()
        raise
    finally:
        timer.cancel()
        timer.join()
    child.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024
    spent = usage.ru_utime + usage.ru_stime
    return Usage(spent, usage.ru_maxrss * unit, child.returncode, bool(ended))


def limit_cpu(seconds: int) -> None:
    """Have the system end this process after so many seconds of CPU."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def environment() -> dict[str, str]:
    """The environment without what would change how Python starts or what camlint prints."""
    dropped = ("PYTHON", "CAMLINT", "FORCE_COLOR")
    return {key: value for key, value in os.environ.items() if not key.startswith(dropped)}


def run_quietly(command: list[str]) -> None:
    """Run a step of the set-up; what it printed is shown only when it fails."""
    complaint = try_quietly(command)
    if complaint:
        raise SystemExit(f"{' '.join(command)} failed:\n{complaint}")


def try_quietly(command: list[str]) -> str:
    """Run a step of the set-up; what it printed when it failed, ``""`` when it didn't."""
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            env=environment(),
            timeout=SET_UP,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"it took over {SET_UP} s"
    return (done.stdout + done.stderr or "it failed") if done.returncode else ""


def say(text: str) -> None:
    """Tell what is going on, beside the table."""
    print(text, file=sys.stderr, flush=True)
