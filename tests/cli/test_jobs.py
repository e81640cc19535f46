"""Several processes print what one prints, and none of them outlives, spoils or hides a run."""

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from camlint.cli import sweep, workers
from camlint.cli.outcome import Outcome, look
from camlint.cli.sweep import ENOUGH, MOST, count_jobs
from camlint.cli.workers import Workers, can_fork
from camlint.engine import Engine, FileResult
from camlint.findings import Diagnostic
from camlint.registry import load_registry
from camlint.report.concise import ConciseReport
from camlint.report.formats import FORMATS, open_report
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source
from camlint.visitor import RuleFailure

Run = Callable[..., tuple[int, str, str]]

OWN = Path(__file__).parent.parent / "policies"
COPIES = 5

needs_fork = pytest.mark.skipif(
    not can_fork(), reason="a new interpreter doesn't see what a test changed in this one"
)


@pytest.fixture(scope="module")
def originals() -> list[Path]:
    return sorted(OWN.glob("*.json"))


@pytest.fixture
def many(folder: Path, originals: list[Path]) -> Path:
    """A few hundred files of every sort, below the current directory."""
    for number in range(COPIES):
        (folder / f"team-{number}").mkdir()
        for path in originals:
            shutil.copy(path, folder / f"team-{number}" / path.name)
    return folder


@pytest.fixture(autouse=True)
def no_process_is_left() -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)
    yield
    assert multiprocessing.active_children() == []
    assert signal.getsignal(signal.SIGINT) is before


def make_plan(folder: Path) -> list[tuple[str, Engine]]:
    engine = Engine(load_registry(), Selection(), NOTHING_STATED)
    return [(str(path), engine) for path in sorted(folder.rglob("*.json"))]


def shown(outcomes: Sequence[Outcome]) -> list[object]:
    """All that is told of the outcomes, with the text that a report quotes."""
    written: list[object] = []
    report = open_report("text", written.append)
    for outcome in outcomes:
        report.file(outcome.result.diagnostics)
        written.append((outcome.result.policies, outcome.result.not_analysed))
        written.append((outcome.refusal, outcome.absence))
    return written


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("format", FORMATS)
def test_every_format_has_the_same_bytes(run: Run, folder: Path, format: str) -> None:
    names = ("nowhere.json", "team-9/nowhere.json", ".")
    options = ("--format", format, "--output", "json=report", "--statistics")
    told = []
    for jobs in ("1", "2", "3"):
        told.append((run(*options, "--jobs", jobs, *names), (folder / "report").read_bytes()))
    assert told[0][0][0] == 2
    assert told[0][0][1].count("nowhere.json") >= 2
    assert told[1] == told[0]
    assert told[2] == told[0]


@pytest.mark.usefixtures("many")
def test_what_is_told_beside_the_report_is_the_same(run: Run) -> None:
    options = ("-v", "--ignore", "CAM904", "--format", "concise", "nowhere.json", ".")
    alone = run("--jobs", "1", *options)
    assert "nowhere.json can't be read: " in alone[2]
    assert "holds no policy: " in alone[2]
    assert run("--jobs", "2", *options) == alone


@pytest.mark.usefixtures("many")
def test_every_file_has_its_own_configuration(run: Run, folder: Path) -> None:
    (folder / "team-1" / "camlint.toml").write_text('ignore = ["CAM2"]\n')
    (folder / "team-3" / "camlint.toml").write_text('severity = { CAM601 = "note" }\n')
    alone = run("--jobs", "1", "--format", "concise")
    assert run("--jobs", "3", "--format", "concise") == alone
    assert "note[CAM601]" in alone[1]


@pytest.mark.usefixtures("many")
def test_standard_input_has_its_place_among_the_files(run: Run, originals: list[Path]) -> None:
    text = (OWN / "administrator.json").read_text("utf-8")
    options = ("--format", "concise", "--stdin-filename", "team-2/b.json", "-", ".")
    alone = run("--jobs", "1", *options, stdin=text)
    assert "team-2/b.json:" in alone[1]
    assert run("--jobs", "2", *options, stdin=text) == alone


def test_new_interpreters_say_the_same(many: Path) -> None:
    plan = make_plan(many)
    plan.insert(3, (str(many / "nowhere.json"), plan[0][1]))
    processes = Workers(plan, 2, explain=True, fork=False)
    try:
        others = list(processes.outcomes())
    finally:
        processes.end()
    alone = [look(path, engine, explain=True) for path, engine in plan]
    assert shown(others) == shown(alone)


def break_engine(monkeypatch: pytest.MonkeyPatch, do: Callable[[], object]) -> None:
    """Let something happen at each effect-capital.json."""
    lint = Engine.lint

    def broken(self: Engine, source: Source) -> FileResult:
        if source.path.endswith("effect-capital.json"):
            do()
        return lint(self, source)

    monkeypatch.setattr(Engine, "lint", broken)


@needs_fork
@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("debug", ["", "1"])
def test_a_rule_that_fails_spoils_its_files_only(
    run: Run, monkeypatch: pytest.MonkeyPatch, debug: str
) -> None:
    def fail() -> None:
        raise RuleFailure("rule CAM010 (invalid-effect) failed: KeyError: 1")

    break_engine(monkeypatch, fail)
    monkeypatch.setenv("CAMLINT_DEBUG", debug)
    alone = run("--jobs", "1", "--format", "json")
    assert alone[0] == 2
    assert alone[2].count("effect-capital.json was not checked to its end: rule CAM010") == COPIES
    assert ("Traceback" in alone[2]) == bool(debug)
    assert run("--jobs", "2", "--format", "json") == alone


@needs_fork
@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    ("end", "how"),
    [
        (lambda: os._exit(0), "ended with code 0"),
        (lambda: os._exit(7), "ended with code 7"),
        (
            lambda: os.kill(os.getpid(), signal.SIGKILL),
            f"was ended by signal 9 ({signal.strsignal(9)})",
        ),
    ],
)
def test_2_when_a_process_ends_before_its_time(
    run: Run,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    end: Callable[[], object],
    how: str,
) -> None:
    break_engine(monkeypatch, end)
    code, out, err = run("--jobs", "2", "--format", "concise", "--output", "json=report")
    assert code == 2
    assert f"one of the processes that check files {how}, so team-0/" in err
    assert "and the files after it were not checked" in err
    assert all(line.startswith("camlint: ") for line in err.splitlines())
    assert "team-4/" not in out
    assert not (folder / "report").exists()


@needs_fork
@pytest.mark.usefixtures("many")
def test_processes_are_deaf_to_the_interruption_of_all(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = run("--jobs", "1", "--format", "concise")
    break_engine(monkeypatch, lambda: os.kill(os.getpid(), signal.SIGINT))
    assert run("--jobs", "2", "--format", "concise") == alone


@pytest.mark.usefixtures("many")
def test_130_after_an_interruption(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(self: ConciseReport, diagnostics: Sequence[Diagnostic]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ConciseReport, "file", interrupt)
    code, out, err = run("--jobs", "2", "--format", "concise", "--output", "json=report")
    assert (code, out, err) == (130, "", "")
    assert not [path for path in folder.iterdir() if "report" in path.name]


def test_a_process_ends_when_nobody_reads_any_more(many: Path) -> None:
    processes = Workers(make_plan(many) * 10, 2, explain=False)
    started = multiprocessing.active_children()
    try:
        for reader in processes._readers:
            reader.close()
        for process in started:
            process.join(60)
        assert [process.exitcode for process in started] == [0, 0]
    finally:
        processes.end()


@pytest.mark.usefixtures("many")
def test_a_reader_of_the_report_that_goes_away_changes_nothing() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "camlint", "--jobs", "2", "--format", "concise"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert done.returncode == 1
    assert done.stderr.startswith("Found ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("asked", "files", "cores", "jobs"),
    [
        (None, 0, 8, 1),
        (None, ENOUGH, 8, 1),
        (None, ENOUGH + 1, 8, 8),
        (None, ENOUGH + 1, 1, 1),
        (None, ENOUGH + 1, 2, 2),
        (None, 10 * ENOUGH, 64, MOST),
        (1, 10 * ENOUGH, 8, 1),
        (3, 200, 1, 3),
        (3, 2, 8, 2),
        (3, 0, 8, 1),
    ],
)
def test_how_many_processes(
    monkeypatch: pytest.MonkeyPatch, asked: int | None, files: int, cores: int, jobs: int
) -> None:
    monkeypatch.setattr(sweep, "count_cores", lambda: cores)
    assert count_jobs(asked, files) == jobs


@pytest.mark.usefixtures("many")
def test_where_no_process_can_be_started(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> Workers:
        raise OSError(11, "Resource temporarily unavailable")

    alone = run("--jobs", "1")
    monkeypatch.setattr(workers, "Workers", refuse)
    code, out, err = run("--jobs", "2")
    assert (code, out) == (2, "")
    assert err == (
        "camlint: --jobs 2: so many processes can't be started: Resource temporarily unavailable\n"
    )
    monkeypatch.setattr(sweep, "ENOUGH", 10)
    monkeypatch.setattr(sweep, "count_cores", lambda: 2)
    assert run("--jobs", "auto") == alone
    assert "using one process, since no other can be started" in run("-v")[2]


@needs_fork
@pytest.mark.usefixtures("many")
def test_processes_that_were_started_are_ended_when_another_cannot_be(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = multiprocessing.get_context("fork")
    start = context.Process.start
    started: list[BaseProcess] = []

    def refuse(self: BaseProcess) -> None:
        if started:
            raise OSError(11, "Resource temporarily unavailable")
        started.append(self)
        start(self)

    monkeypatch.setattr(context.Process, "start", refuse)
    assert run("--jobs", "3")[0] == 2
    assert len(started) == 1
