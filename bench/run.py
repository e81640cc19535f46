"""Measure camlint, built and installed as its users have it, against its budgets."""

import argparse
import itertools
import platform
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generate import write_large_policy, write_policies
from hostile import write_hostile
from processes import Usage, interleave, measure, run_quietly, say

ROOT = Path(__file__).resolve().parent.parent
BASE = "import json, re, argparse"
READ = """
import json, os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            json.loads(file.read())
"""
MIB = 1024 * 1024
ENOUGH = 20
"""Seconds of CPU after which a hostile file has won."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the result: what was measured, in words, and whether it is within budget."""

    what: str
    measured: str
    budget: str
    met: bool


@dataclass(frozen=True, slots=True)
class Bench:
    """An installed camlint, its interpreter, a folder for inputs, and how often to measure."""

    python: str
    camlint: str
    folder: Path
    rounds: int
    files: int


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 when a budget is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000, help="small policies to lint")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, a tenth of the files")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="camlint-bench-") as name:
        folder = Path(name)
        python, camlint = install(folder)
        bench = Bench(
            python,
            camlint,
            folder,
            rounds=7 if given.quick else 21,
            files=given.files // 10 if given.quick else given.files,
        )
        rows = [
            *measure_start(bench),
            *measure_many(bench),
            *measure_growth(bench),
            *measure_hostile(bench),
        ]
    print(render(rows))
    return 0 if all(row.met for row in rows) else 1


def install(folder: Path) -> tuple[str, str]:
    """Build the wheel and install it in a fresh environment; its interpreter and its script."""
    say("building the wheel and installing it")
    wheels, venv = folder / "wheels", folder / "venv"
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(wheels)]
    run_quietly([*build, str(ROOT)])
    run_quietly([sys.executable, "-m", "venv", str(venv)])
    python = str(venv / "bin" / "python")
    (wheel,) = wheels.glob("*.whl")
    pip = [python, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    run_quietly([*pip, str(wheel)])
    run_quietly([python, "-m", "compileall", "-q", str(venv / "lib")])
    return python, str(venv / "bin" / "camlint")


def measure_start(bench: Bench) -> list[Row]:
    """Whole processes about one file, against what Python itself needs to start."""
    clean, broken = ROOT / "examples" / "good-trtc.json", ROOT / "examples" / "broken-trtc.json"
    commands = {
        "base": [bench.python, "-I", "-c", BASE],
        "clean": [bench.camlint, "check", "--no-config", str(clean)],
        "findings": [bench.camlint, "check", "--no-config", str(broken)],
        "explain": [bench.camlint, "explain", "CAM601"],
    }
    codes = {"base": 0, "clean": 0, "findings": 1, "explain": 0}
    usage = interleave(commands, bench.rounds)
    for name, used in usage.items():
        if used.code != codes[name]:
            raise SystemExit(f"{' '.join(commands[name])} exited with {used.code}")
    base = usage["base"].cpu
    return [
        ratio_row("one clean file", usage["clean"].cpu, base, 2.5, f"`python -I -c '{BASE}'`"),
        ratio_row("one file with findings, text", usage["findings"].cpu, base, 4, "the same"),
        ratio_row("`camlint explain CAM601`", usage["explain"].cpu, base, 4, "the same"),
    ]


def measure_many(bench: Bench) -> list[Row]:
    """A folder of small policies, against reading and parsing them."""
    folder = bench.folder / "many"
    say(f"writing {bench.files} policies")
    write_policies(folder, bench.files)
    commands = {
        "read": [bench.python, "-I", "-c", READ, str(folder)],
        "lint": check(bench, folder),
    }
    usage = interleave(commands, max(3, bench.rounds // 4))
    expect_findings(usage["lint"])
    read, lint = usage["read"], usage["lint"]
    each = f"{bench.files:,} small policies"
    memory = lint.memory / MIB
    return [
        ratio_row(each, lint.cpu, read.cpu, 8, "reading them and `json.loads`"),
        Row(f"{each}, peak memory", f"{memory:.1f} MiB", "40 MiB", memory <= 40),
    ]


def measure_growth(bench: Bench) -> list[Row]:
    """Twice the work takes twice the time: in files, and in the size of one policy."""
    rows = []
    folders, sizes = {}, [bench.files // 10 * step for step in (1, 2, 4)]
    for size in sizes:
        folder = bench.folder / f"growth-{size}"
        write_policies(folder, size)
        folders[str(size)] = check(bench, folder)
    usage = interleave(folders, max(3, bench.rounds // 4))
    spent = [usage[str(size)].cpu for size in sizes]
    rows.append(growth_row("files", sizes, spent))
    policies, statements = {}, [200, 400, 800]
    for count in statements:
        path = bench.folder / f"large-{count}.json"
        write_large_policy(path, count, 50)
        policies[str(count)] = check(bench, path)
    usage = interleave(policies, max(3, bench.rounds // 4))
    spent = [usage[str(count)].cpu for count in statements]
    rows.append(growth_row("statements of 50 actions", statements, spent))
    what = "a policy of 200 statements × 50 actions"
    rows.append(Row(what, f"{spent[0]:.2f} s", "1 s", spent[0] <= 1))
    return rows


def measure_hostile(bench: Bench) -> list[Row]:
    """Files made to keep an analyser busy, the slowest and those beyond the budget."""
    spent: dict[str, float] = {}
    paths = write_hostile(bench.folder / "hostile")
    for path in paths:
        say(f"hostile: {path.stem}")
        used = measure(check(bench, path), ENOUGH)
        if used.code not in (0, 1) and used.cpu < ENOUGH - 1:
            raise SystemExit(f"camlint exited with {used.code} on the hostile {path.name}")
        spent[path.stem] = used.cpu
    worst = max(spent, key=lambda name: spent[name])
    shown = [worst, *(name for name, cpu in spent.items() if cpu > 2 and name != worst)]
    seconds = ", ".join(f"{name} {tell_seconds(spent[name])}" for name in shown)
    what = f"the slowest of {len(paths)} hostile files"
    return [Row(what, seconds, "2 s each", spent[worst] <= 2)]


def tell_seconds(cpu: float) -> str:
    """The time a hostile file took, as far as it was allowed to go on."""
    return f"over {ENOUGH} s" if cpu >= ENOUGH - 1 else f"{cpu:.2f} s"


def check(bench: Bench, path: Path) -> list[str]:
    """The command that lints a path in one process, with no configuration."""
    options = ["--no-config", "--jobs", "1", "--format", "concise"]
    return [bench.camlint, "check", *options, str(path)]


def expect_findings(used: Usage) -> None:
    """The policies have slips, so that a run without findings measured something else."""
    if used.code != 1:
        raise SystemExit(f"camlint exited with {used.code} on the generated policies, not with 1")


def ratio_row(what: str, spent: float, base: float, budget: float, against: str) -> Row:
    """A line that says how many times the base something took."""
    ratio = spent / base
    measured = f"{ratio:.2f} × ({spent * 1000:,.0f} ms : {base * 1000:,.0f} ms)"
    return Row(what, measured, f"{budget:g} × {against}", ratio <= budget)


def growth_row(unit: str, sizes: list[int], spent: list[float]) -> Row:
    """A line that compares the cost of the last doubling with that of the one before."""
    steps = [later - earlier for earlier, later in itertools.pairwise(spent)]
    times = steps[-1] / steps[-2] if steps[-2] > 0 else 0.0
    series = " → ".join(f"{one:.2f}" for one in spent)
    what = f"growth over {', '.join(f'{size:,}' for size in sizes)} {unit}"
    measured = f"{series} s; the second step is {times:.1f} × the first"
    return Row(what, measured, "2 × (linear), 2.5 with noise", times <= 2.5)


def render(rows: list[Row]) -> str:
    """The result as a Markdown table, with what it was measured on."""
    lines = [
        f"CPython {platform.python_version()}, {platform.system()} {platform.machine()}; CPU time, medians.",
        "",
        "| what | measured | budget | within it |",
        "| --- | --- | --- | --- |",
        *(
            f"| {row.what} | {row.measured} | {row.budget} | {'yes' if row.met else '**no**'} |"
            for row in rows
        ),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
