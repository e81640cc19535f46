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
from peer import ANALYSE, install_parliament, write_equivalents
from processes import LONGEST, Usage, interleave, measure, run_quietly, say, try_quietly

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
VERDICTS = {True: "yes", False: "**no**", None: "not measured"}
ENOUGH = 20
"""Seconds of CPU after which a hostile file has won."""

GROWTH = (2_000, 4_000, 8_000)
"""Files whose cost is compared; a few hundred cost less than starting varies."""

GROWTH_ROUNDS = 5

PEER_POLICIES = 1_000
"""Policies that parliament is given; per policy, it takes no less for more of them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the result: what was measured, in words, and whether it is within budget.

    ``met`` is None for what could not be measured here.
    """

    what: str
    measured: str
    budget: str
    met: bool | None


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
            *measure_sarif(bench),
            *measure_many(bench),
            *measure_peer(bench),
            *measure_growth(bench),
            *measure_hostile(bench),
        ]
    print(render(rows))
    return 1 if any(row.met is False for row in rows) else 0


def install(folder: Path) -> tuple[str, str]:
    """Build the wheel and install it in a fresh environment; its interpreter and its script."""
    say("building the wheel and installing it")
    wheels, venv = folder / "wheels", folder / "venv"
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(wheels)]
    run_quietly([*build, str(ROOT)])
    run_quietly([sys.executable, "-m", "venv", str(venv)])
    python = str(venv / "bin" / "python")
    (wheel,) = wheels.glob("*.whl")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if try_quietly([*pip, str(wheel)]):
        say("installing it without what it depends on, which can't be fetched")
        run_quietly([*pip, "--no-index", "--no-deps", str(wheel)])
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
        if used.code != codes[name] and not used.over:
            raise SystemExit(f"{' '.join(commands[name])} exited with {used.code}")
    base = usage["base"]
    return [
        ratio_row("one clean file", usage["clean"], base, 2.5, f"`python -I -c '{BASE}'`"),
        ratio_row("one file with findings, text", usage["findings"], base, 4, "the same"),
        ratio_row("`camlint explain CAM601`", usage["explain"], base, 4, "the same"),
    ]


def measure_sarif(bench: Bench) -> list[Row]:
    """One file with findings as SARIF, which takes a library that the other formats don't."""
    what, budget = "one file with findings, SARIF", 8
    broken = ROOT / "examples" / "broken-trtc.json"
    commands = {
        "base": [bench.python, "-I", "-c", BASE],
        "SARIF": [bench.camlint, "check", "--no-config", "--format", "sarif", str(broken)],
    }
    if measure(commands["SARIF"]).code != 1:
        return [Row(what, "this camlint writes none here", f"{budget} × the same", None)]
    usage = interleave(commands, bench.rounds)
    return [ratio_row(what, usage["SARIF"], usage["base"], budget, "the same")]


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
        ratio_row(each, lint, read, 8, "reading them and `json.loads`"),
        Row(f"{each}, peak memory", f"{memory:.1f} MiB", "40 MiB", memory <= 40),
    ]


def measure_peer(bench: Bench) -> list[Row]:
    """A policy of the folder, against parliament's time for one that says the same.

    What either takes for an empty folder isn't counted: parliament reads a list of all actions.
    """
    what, budget = "policies, against parliament", "20 × the throughput of its analysis"
    python = install_parliament(bench.folder)
    if not python:
        return [Row(what, "parliament can't be installed here", budget, None)]
    nothing, equivalent = bench.folder / "nothing", bench.folder / "equivalent"
    nothing.mkdir()
    count = write_equivalents(bench.folder / "many", equivalent, PEER_POLICIES)
    usage = interleave(
        {
            "camlint": check(bench, bench.folder / "many"),
            "camlint on nothing": check(bench, nothing),
            "parliament": [python, "-c", ANALYSE, str(equivalent)],
            "parliament on nothing": [python, "-c", ANALYSE, str(nothing)],
        },
        3,
    )
    ours, our_start, theirs, their_start = usage.values()
    if any(one.over for one in usage.values()):
        return [Row(what, f"over {LONGEST} s", budget, False if ours.over else None)]
    expect_findings(ours)
    expect_findings(theirs)
    if our_start.code or their_start.code:
        raise SystemExit("camlint or parliament failed on an empty folder")
    each = (ours.cpu - our_start.cpu) / bench.files
    other = (theirs.cpu - their_start.cpu) / count
    measured = f"{other / each:.1f} × ({other * 1e6:,.0f} µs : {each * 1e6:,.0f} µs a policy)"
    return [Row(what, measured, budget, other / each >= 20)]


def measure_growth(bench: Bench) -> list[Row]:
    """Twice the work takes twice the time: in files, and in the size of one policy."""
    rows = []
    folders = {}
    for size in GROWTH:
        folder = bench.folder / f"growth-{size}"
        write_policies(folder, size)
        folders[str(size)] = check(bench, folder)
    usage = interleave(folders, GROWTH_ROUNDS, min)
    rows.append(growth_row("files", GROWTH, [usage[str(size)] for size in GROWTH]))
    policies, statements = {}, (100, 200, 400)
    for count in statements:
        path = bench.folder / f"large-{count}.json"
        write_large_policy(path, count, 50)
        policies[str(count)] = check(bench, path)
    usage = interleave(policies, GROWTH_ROUNDS * 2, min)
    used = [usage[str(count)] for count in statements]
    rows.append(growth_row("statements of 50 actions", statements, used))
    what = "a policy of 200 statements × 50 actions"
    rows.append(Row(what, tell_seconds(used[0]), "1 s", used[0].cpu <= 1 and not used[0].over))
    return rows


def measure_hostile(bench: Bench) -> list[Row]:
    """Files made to keep an analyser busy, the slowest and those beyond the budget."""
    spent: dict[str, Usage] = {}
    paths = write_hostile(bench.folder / "hostile")
    for path in paths:
        say(f"hostile: {path.stem}")
        used = measure(check(bench, path), ENOUGH)
        if used.code not in (0, 1) and not used.over and used.cpu < ENOUGH - 1:
            raise SystemExit(f"camlint exited with {used.code} on the hostile {path.name}")
        spent[path.stem] = used
    slow = [name for name, used in spent.items() if used.over or used.cpu > 2]
    worst = max(spent, key=lambda name: (spent[name].over, spent[name].cpu))
    shown = [worst, *(name for name in slow if name != worst)]
    seconds = ", ".join(f"{name} {tell_seconds(spent[name])}" for name in shown)
    what = f"the slowest of {len(paths)} hostile files"
    return [Row(what, seconds, "2 s each", not slow)]


def tell_seconds(used: Usage) -> str:
    """The CPU time that a process took, as far as it was allowed to go on."""
    if used.over:
        return f"over {LONGEST} s"
    return f"over {ENOUGH} s" if used.cpu >= ENOUGH - 1 and used.code < 0 else f"{used.cpu:.2f} s"


def check(bench: Bench, path: Path) -> list[str]:
    """The command that lints a path in one process, with no configuration."""
    options = ["--no-config", "--jobs", "1", "--format", "concise"]
    return [bench.camlint, "check", *options, str(path)]


def expect_findings(used: Usage) -> None:
    """The policies have slips, so that a run without findings measured something else."""
    if used.code != 1 and not used.over:
        raise SystemExit(f"exited with {used.code} on the generated policies, not with 1")


def ratio_row(what: str, used: Usage, base: Usage, budget: float, against: str) -> Row:
    """A line that says how many times the base something took."""
    against = f"{budget:g} × {against}"
    if used.over or base.over:
        return Row(what, f"over {LONGEST} s", against, False)
    ratio = used.cpu / base.cpu
    measured = f"{ratio:.2f} × ({used.cpu * 1000:,.0f} ms : {base.cpu * 1000:,.0f} ms)"
    return Row(what, measured, against, ratio <= budget)


def growth_row(unit: str, sizes: Sequence[int], used: list[Usage]) -> Row:
    """A line that compares the cost of the last doubling with that of the one before."""
    what = f"growth over {', '.join(f'{size:,}' for size in sizes)} {unit}"
    budget = "2 × (linear), 2.5 with noise"
    if any(one.over for one in used):
        return Row(what, f"over {LONGEST} s", budget, False)
    spent = [one.cpu for one in used]
    steps = [later - earlier for earlier, later in itertools.pairwise(spent)]
    times = steps[-1] / steps[-2] if steps[-2] > 0 else 0.0
    series = " → ".join(f"{one:.2f}" for one in spent)
    measured = f"{series} s; the second step is {times:.1f} × the first"
    return Row(what, measured, budget, times <= 2.5)


def render(rows: list[Row]) -> str:
    """The result as a Markdown table, with what it was measured on."""
    lines = [
        f"CPython {platform.python_version()}, {platform.system()} {platform.machine()}; CPU time, medians; of growth, the least.",
        "",
        "| what | measured | budget | within it |",
        "| --- | --- | --- | --- |",
        *(f"| {row.what} | {row.measured} | {row.budget} | {VERDICTS[row.met]} |" for row in rows),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
