"""What check looks at, what it prints where, and what its options change."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("policies")


def found(out: str) -> list[tuple[str, str]]:
    """The path and code of each finding of a JSON report."""
    return [(one["path"], one["code"]) for one in json.loads(out)["findings"]]


def test_without_path_this_folder_sorted(run: Run) -> None:
    code, out, err = run("--format", "json")
    assert (code, err) == (1, "")
    assert found(out) == [
        ("broken.json", "CAM001"),
        ("noted.json", "CAM109"),
        ("risky.json", "CAM211"),
        ("wrong.json", "CAM210"),
    ]
    summary = json.loads(out)["summary"]
    assert summary["files"] == 6
    assert summary["policies"] == 5
    assert (summary["errors"], summary["warnings"], summary["notes"]) == (2, 1, 1)


def test_check_is_the_default_command(run: Run) -> None:
    assert run("check", "wrong.json") == run("wrong.json")


def test_a_command_wins_over_a_file_of_its_name(run: Run, folder: Path) -> None:
    (folder / "rules").mkdir()
    (folder / "rules" / "a.json").write_text((folder / "wrong.json").read_text())
    assert run("rules")[1].startswith("CODE")
    assert found(run("./rules", "--format", "json")[1]) == [("rules/a.json", "CAM210")]


def test_a_file_named_twice_is_checked_once(run: Run, folder: Path) -> None:
    names = ("wrong.json", "./wrong.json", str(folder / "wrong.json"), ".", "clean.json")
    _, out, _ = run("--format", "json", "--select", "CAM210", *names)
    assert found(out) == [("wrong.json", "CAM210")]


def test_outside_the_current_directory_paths_are_absolute(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "deep").mkdir()
    monkeypatch.chdir(folder / "deep")
    _, out, _ = run("--format", "json", "../wrong.json")
    assert found(out) == [((folder / "wrong.json").as_posix(), "CAM210")]


def test_options_stand_anywhere_and_two_dashes_end_them(run: Run, folder: Path) -> None:
    (folder / "--strict").write_text((folder / "wrong.json").read_text())
    _, out, _ = run("clean.json", "--format", "json", "risky.json", "--", "--strict")
    assert found(out) == [("--strict", "CAM210"), ("risky.json", "CAM211")]


def test_standard_input(run: Run, folder: Path) -> None:
    text = (folder / "wrong.json").read_text()
    assert found(run("-", "--format", "json", stdin=text)[1]) == [("<stdin>", "CAM210")]
    _, out, _ = run("--stdin-filename", "deep/a.json", "-", "--format", "json", stdin=text)
    assert found(out) == [("deep/a.json", "CAM210")]


def test_standard_input_stands_for_the_file_it_is_called_after(run: Run, folder: Path) -> None:
    text = (folder / "wrong.json").read_text()
    arguments = ("-", "clean.json", "--stdin-filename", "clean.json", "--format", "json")
    assert found(run(*arguments, stdin=text)[1]) == [("clean.json", "CAM210")]


def test_standard_input_has_the_configuration_of_its_name(run: Run, folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "camlint.toml").write_text('ignore = ["CAM210"]\n')
    text = (folder / "wrong.json").read_text()
    assert run("-", stdin=text)[0] == 1
    assert run("-", "--stdin-filename", "deep/a.json", stdin=text)[0] == 0


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        (["--select", "CAM210"], ["CAM210"]),
        (["--select", "cam21"], ["CAM211", "CAM210"]),
        (["--select", "invalid-sdkappid,CAM1"], ["CAM109", "CAM210"]),
        (["--select", "CAM210", "--select", "CAM211"], ["CAM211", "CAM210"]),
        (["--ignore", "CAM2", "--ignore", "json-syntax"], ["CAM109"]),
        (["--select", "CAM2", "--ignore", "CAM211"], ["CAM210"]),
        (["--min-severity", "warning"], ["CAM001", "CAM211", "CAM210"]),
    ],
)
def test_which_problems(run: Run, options: list[str], codes: list[str]) -> None:
    assert [code for _, code in found(run("--format", "json", *options)[1])] == codes


def test_kind(run: Run) -> None:
    kinds = {
        one["kind"]
        for one in json.loads(run("--kind", "session", "--format", "json")[1])["findings"]
    }
    assert kinds == {"session"}


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--exclude", "wrong.json", "."], ["risky.json"]),
        (["--exclude", "wrong.json", ".", "wrong.json"], ["risky.json", "wrong.json"]),
        (["--exclude", "wrong.json", "--force-exclude", "wrong.json", "."], ["risky.json"]),
        (["--exclude", "*i*.json", "."], ["wrong.json"]),
    ],
)
def test_exclude(run: Run, options: list[str], names: list[str]) -> None:
    _, out, _ = run("--format", "json", "--select", "CAM21", *options)
    assert [path for path, _ in found(out)] == names


def test_concise_is_a_line_each_with_the_summary_beside_it(run: Run) -> None:
    _, out, err = run("--format", "concise", "wrong.json", "risky.json")
    assert [line.split(" ")[0] for line in out.splitlines()] == [
        "risky.json:7:64:",
        "wrong.json:7:66:",
    ]
    assert err == "Found 1 error, 1 warning in 2 policies (1 fixable)\n"


def test_text_ends_with_the_summary(run: Run) -> None:
    _, out, err = run("wrong.json")
    assert out.startswith("error[CAM210] invalid-sdkappid: ")
    assert out.endswith("\nFound 1 error in 1 policy (1 fixable)\n")
    assert err == ""


def test_quiet_leaves_the_findings(run: Run) -> None:
    assert run("-q", "clean.json") == (0, "", "")
    assert run("-q", "foreign.json") == (0, "", "")
    code, out, err = run("--quiet", "--format", "concise", "wrong.json")
    assert (code, len(out.splitlines()), err) == (1, 1, "")
    _, out, _ = run("-q", "wrong.json")
    assert "Found" not in out


def test_verbose_says_why_there_is_no_policy(run: Run, folder: Path) -> None:
    (folder / "empty.json").write_text(" \n")
    (folder / "words.json").write_text("to be done")
    (folder / "slips.json").write_text('{"effect": "none",}')
    (folder / "aws.json").write_text(
        '[{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "arn:aws:s3"}]}]'
    )
    names = ("empty.json", "words.json", "slips.json", "aws.json", "foreign.json")
    code, out, err = run("-v", *names)
    assert (code, out) == (0, "")
    assert err.splitlines() == [
        "camlint: aws.json holds no policy: what it holds is a policy of another cloud",
        "camlint: empty.json holds no policy: it is empty",
        "camlint: foreign.json holds no policy: nothing in it has the elements of one",
        "camlint: slips.json holds no policy: it is not JSON, and nothing in it reads like "
        '"statement" and "effect" or qcs::',
        "camlint: words.json holds no policy: nothing in it has the elements of one",
        "No CAM policy found in 5 files",
    ]


def test_statistics_count_the_most_frequent_first(run: Run, folder: Path) -> None:
    (folder / "again.json").write_text((folder / "risky.json").read_text())
    _, out, err = run("--statistics", "--format", "json", "--select", "CAM21")
    assert len(found(out)) == 3
    assert err == "2  CAM211  partial-sdkappid\n1  CAM210  invalid-sdkappid\n"


def test_colour(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" not in run("wrong.json")[1]
    assert "\x1b[" in run("--color", "always", "wrong.json")[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run("wrong.json")[1]
    assert "\x1b[" not in run("--color", "never", "wrong.json")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run("wrong.json")[1]


def test_jobs_are_accepted(run: Run) -> None:
    assert run("--jobs", "4", "wrong.json") == run("--jobs", "auto", "wrong.json")


def test_several_reports_of_one_run(run: Run, folder: Path) -> None:
    code, out, _ = run(
        "--output", "json=findings.json", "--output=concise=findings.txt", "wrong.json"
    )
    assert code == 1
    assert out.startswith("error[CAM210]")
    assert found((folder / "findings.json").read_text()) == [("wrong.json", "CAM210")]
    assert (folder / "findings.txt").read_text().startswith("wrong.json:7:66: error[CAM210]")
    assert not list(folder.glob(".*"))


def test_two_runs_agree_to_the_byte(run: Run) -> None:
    assert run("--format", "json") == run("--format", "json")


def test_a_report_is_no_policy(run: Run) -> None:
    before = run("--format", "json", "--output", "json=findings.json")
    assert run("--format", "json")[1].count('"code"') == before[1].count('"code"')


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_no_text_is_escaped(run: Run, folder: Path) -> None:
    name = os.fsdecode(b"b\xffd\x1b[2J.json")
    (folder / name).write_text((folder / "wrong.json").read_text())
    code, out, _ = run("--format", "concise", name)
    assert code == 1
    assert out.startswith("b\\u{dcff}d\\u{1b}[2J.json:7:66: ")


def test_configuration_by_nearness_by_name_or_not_at_all(run: Run, folder: Path) -> None:
    (folder / "camlint.toml").write_text('ignore = ["CAM210"]\n')
    (folder / "other.toml").write_text('severity = { invalid-sdkappid = "note" }\n')
    assert run("wrong.json")[0] == 0
    assert run("--no-config", "wrong.json")[0] == 1
    code, out, _ = run("--config", "other.toml", "wrong.json")
    assert code == 0
    assert out.startswith("note[CAM210]")
    _, _, err = run("-v", "clean.json", "wrong.json")
    assert err == "camlint: configuration of clean.json: camlint.toml\n"


def test_a_shared_configuration_must_have_our_table(run: Run, folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[project]\n")
    assert run("wrong.json")[0] == 1
    code, _, err = run("--config", "pyproject.toml", "wrong.json")
    assert (code, err) == (2, "camlint: --config: pyproject.toml has no table [tool.camlint]\n")


def test_each_file_has_what_its_overrides_say(run: Run, folder: Path) -> None:
    (folder / "camlint.toml").write_text(
        'accounts = ["100032145678"]\n'
        "[[overrides]]\n"
        'paths = ["legacy"]\n'
        'severity = { CAM210 = "note" }\n'
        "[[overrides]]\n"
        'paths = ["legacy/known.json"]\n'
        'ignore = ["CAM210"]\n'
    )
    (folder / "legacy").mkdir()
    for name in ("legacy/a.json", "legacy/known.json"):
        (folder / name).write_text((folder / "wrong.json").read_text())
    _, out, _ = run("--format", "json", "--select", "CAM210")
    told = [(one["path"], one["severity"]) for one in json.loads(out)["findings"]]
    assert told == [("legacy/a.json", "note"), ("wrong.json", "error")]


def test_sdkappids_of_the_configuration_reach_the_rules(run: Run, folder: Path) -> None:
    assert run("clean.json")[0] == 0
    (folder / "camlint.toml").write_text("sdkappids = [1400618274]\n")
    code, out, _ = run("--format", "json", "clean.json")
    assert (code, found(out)) == (1, [("clean.json", "CAM210")])
