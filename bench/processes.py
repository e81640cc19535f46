"""Run processes and tell what each took of the processor and of memory."""

import os
import resource
import statistics
import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process took: ``cpu`` in seconds, user and system; ``memory`` in bytes, its peak."""

    cpu: float
    memory: int
    code: int


def interleave(commands: dict[str, list[str]], rounds: int) -> dict[str, Usage]:
    """The median use of each command, all of them run once a round."""
    say(f"measuring {', '.join(commands)} ({rounds} rounds)")
    used: dict[str, list[Usage]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            used[name].append(measure(command))
    return {
        name: Usage(
            statistics.median(one.cpu for one in each),
            max(one.memory for one in each),
            each[-1].code,
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
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024
    return Usage(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit, child.returncode)


def limit_cpu(seconds: int) -> None:
    """Have the system end this process after so many seconds of CPU."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def environment() -> dict[str, str]:
    """The environment without what would change how Python starts or what camlint prints."""
    dropped = ("PYTHON", "CAMLINT", "FORCE_COLOR")
    return {key: value for key, value in os.environ.items() if not key.startswith(dropped)}


def run_quietly(command: list[str]) -> None:
    """Run a step of the set-up; what it printed is shown only when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def say(text: str) -> None:
    """Tell what is going on, beside the table."""
    print(text, file=sys.stderr, flush=True)
