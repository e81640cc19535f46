"""Every exit code, and that only what was found, or couldn't be done, decides between them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from camlint.engine import Engine, FileResult
from camlint.findings import Diagnostic
from camlint.report.concise import ConciseReport
from camlint.source import Source
from camlint.visitor import RuleFailure

Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("policies")


def break_engine(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let the engine raise at wrong.json and find nothing elsewhere."""

    def lint(self: Engine, source: Source) -> FileResult:
        if source.path == "wrong.json":
            raise error
        return FileResult((), 1, 0)

    monkeypatch.setattr(Engine, "lint", lint)


def test_0_when_there_is_nothing_to_say(run: Run) -> None:
    assert run("clean.json") == (0, "No problems in 1 policy\n", "")


def test_0_for_a_named_file_without_a_policy(run: Run) -> None:
    assert run("foreign.json") == (0, "", "No CAM policy found in 1 file\n")


def test_0_for_a_folder_without_files(run: Run, folder: Path) -> None:
    (folder / "empty").mkdir()
    assert run("empty") == (0, "", "No CAM policy found in 0 files\n")


def test_1_for_a_policy_that_does_not_parse(run: Run) -> None:
    code, out, err = run("broken.json")
    assert (code, err) == (1, "")
    assert out.startswith("error[CAM001]")


@pytest.mark.parametrize(
    ("level", "codes"),
    [
        ((), (1, 1, 0)),
        (("--fail-on", "error"), (1, 0, 0)),
        (("--fail-on", "warning"), (1, 1, 0)),
        (("--fail-on=note",), (1, 1, 1)),
        (("--fail-on", "never"), (0, 0, 0)),
    ],
)
def test_fail_on(run: Run, level: tuple[str, ...], codes: tuple[int, ...]) -> None:
    names = ("wrong.json", "risky.json", "noted.json")
    assert tuple(run(name, *level)[0] for name in names) == codes


@pytest.mark.parametrize("format", ["text", "concise", "json"])
def test_the_format_changes_nothing(run: Run, format: str) -> None:
    assert run("--format", format, "clean.json")[0] == 0
    assert run("--format", format, "wrong.json")[0] == 1
    assert run("--format", format, "nowhere.json")[0] == 2


def test_what_is_not_reported_does_not_fail(run: Run) -> None:
    assert run("--ignore", "CAM210", "wrong.json")[0] == 0
    assert run("--min-severity", "error", "risky.json")[0] == 0


def test_2_for_a_path_that_does_not_exist_and_the_rest_is_checked(run: Run) -> None:
    code, out, _ = run("--format", "concise", "nowhere.json", "wrong.json")
    assert code == 2
    assert [line.split(": ")[1] for line in out.splitlines()] == [
        "error[CAM904] unreadable-file",
        "error[CAM210] invalid-sdkappid",
    ]
    assert "nowhere.json:1:1" in out
    assert "No such file or directory" in out


def test_2_for_an_unreadable_file_even_when_nothing_is_reported(run: Run) -> None:
    code, out, err = run("--ignore", "CAM904", "--fail-on", "never", "nowhere.json")
    assert (code, out) == (2, "")
    assert "nowhere.json can't be read: No such file or directory" in err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions bind users only")
def test_2_for_a_file_without_permission(run: Run, folder: Path) -> None:
    (folder / "clean.json").chmod(0)
    code, out, _ = run("clean.json")
    assert code == 2
    assert "Permission denied" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--slect", "CAM210"], 'there is no option "--slect"; did you mean "--select"?'),
        (["check", "--strcit"], 'did you mean "--strict"?'),
        (
            ["--format", "jsn"],
            '--format: "jsn" is none of text, concise, json, sarif, github; did you mean',
        ),
        (["--format"], "--format: expected one argument"),
        (["--sel", "CAM210"], 'there is no option "--sel"'),
        (["--since", "main"], 'there is no option "--since"'),
        (["--kind", "roles"], '"roles" is none of auto, identity, trust, bucket, session, scp'),
        (["--jobs", "0"], '"0" is no number of processes'),
        (["--now", "2026"], '"2026" is no date; write 2026-12-31'),
        (["--now", "2026-02-30"], '"2026-02-30" is no date; write 2026-12-31'),
        (["--output", "json"], "such as json=findings.json"),
        (["--output", "sarf=x"], '"sarf" is none of'),
        (["--select", "CAM21O"], 'no rule is called "CAM21O"; did you mean "CAM210"?'),
        (["--select", "CAM210,invalid-sdkapid"], 'did you mean "invalid-sdkappid"?'),
        (["--ignore", "sdkappid"], "perhaps invalid-sdkappid, partial-sdkappid"),
        (["--ignore", ","], "--ignore needs a code or name of a rule"),
        (["chekc"], '"chekc" is neither a command nor a file; did you mean "check"?'),
        (["explian", "CAM210"], 'did you mean "explain"?'),
        (["-v", "check", "clean.json"], "the command comes first: camlint check"),
        (["--stdin-filename", "a.json"], "add the path -"),
        (["--config", "nowhere.toml"], "nowhere.toml can't be read: No such file"),
        (["--output", "json=a", "--output", "text=./a"], "two reports can't both be written to"),
        (["explain"], "name one rule by its code or name"),
        (["explain", "CAM21O"], 'did you mean "CAM210"?'),
        (["rules", "CAM210"], '"CAM210" is one word too many'),
    ],
)
def test_2_for_a_wrong_command_line(run: Run, arguments: list[str], words: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert all(line.startswith("camlint: ") for line in err.splitlines())


def test_2_for_a_wrong_configuration_before_anything_is_reported(run: Run, folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "policy.json").write_text("{}")
    (folder / "deep" / "camlint.toml").write_text('slect = ["CAM210"]\n')
    code, out, err = run("wrong.json", "deep/policy.json")
    assert (code, out) == (2, "")
    assert err == 'camlint: deep/camlint.toml: unknown key "slect"; did you mean "select"?\n'


def test_2_for_a_defect_of_a_rule_and_the_rest_is_checked(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_engine(monkeypatch, RuleFailure("rule CAM210 (invalid-sdkappid) failed: KeyError: 1"))
    code, out, err = run("clean.json", "wrong.json", "risky.json")
    assert (code, out) == (2, "No problems in 2 policies\n")
    assert "wrong.json was not checked to its end: rule CAM210 (invalid-sdkappid) failed" in err
    assert "please report it" in err
    assert "Traceback" not in err


def test_2_for_a_defect_of_a_report_and_the_rest_is_shown(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = ConciseReport.file

    def file(self: ConciseReport, diagnostics: Sequence[Diagnostic]) -> None:
        if diagnostics[0].source.path == "risky.json":
            raise ZeroDivisionError("no luck")
        write(self, diagnostics)

    monkeypatch.setattr(ConciseReport, "file", file)
    code, out, err = run("--format", "concise", "risky.json", "wrong.json")
    assert code == 2
    assert out.startswith("wrong.json:7:66: error[CAM210]")
    assert "the findings of risky.json could not be shown: ZeroDivisionError: no luck" in err


def test_a_traceback_is_for_those_who_debug(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    break_engine(monkeypatch, ZeroDivisionError("no luck"))
    monkeypatch.setenv("CAMLINT_DEBUG", "1")
    code, _, err = run("wrong.json")
    assert code == 2
    assert "Traceback" in err
    assert "ZeroDivisionError: no luck" in err


def test_130_after_an_interruption_without_a_traceback(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_engine(monkeypatch, KeyboardInterrupt())
    code, _, err = run("--output", "json=findings.json", "wrong.json")
    assert (code, err) == (130, "")
    assert not [path for path in folder.iterdir() if "findings" in path.name]


def test_a_reader_that_goes_away_changes_nothing(folder: Path) -> None:
    many = "".join(f'"trtc:Remove User{number}", ' for number in range(3000))
    text = (folder / "wrong.json").read_text().replace('"trtc:DismissRoom", ', many)
    (folder / "wrong.json").write_text(text)
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "camlint", "--format", "concise", "wrong.json"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert done.returncode == 1
    assert done.stderr.startswith("Found ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device here")
def test_2_when_the_report_finds_no_room() -> None:
    command = [sys.executable, "-m", "camlint", "wrong.json"]
    with open("/dev/full", "w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "camlint: the report can't be written: No space left on device\n"


@pytest.mark.parametrize(("name", "code"), [("clean.json", 0), ("wrong.json", 1), ("no.json", 2)])
def test_the_installed_program_ends_with_the_code_and_all_of_its_output(
    folder: Path, name: str, code: int
) -> None:
    program = "from camlint.cli import run_script; run_script()"
    command = [sys.executable, "-c", program, "check", "--format", "json", name]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert json.loads(done.stdout)["version"] == 1
