"""SARIF from the command line: to a file or the standard output, complete whatever the run was."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from camlint.engine import Engine

Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("policies")


def sarif_run(text: str) -> dict[str, Any]:
    [only] = json.loads(text)["runs"]
    assert isinstance(only, dict)
    return only


def test_the_format_and_the_file_are_the_same(run: Run, folder: Path) -> None:
    code, out, err = run("--format", "sarif", "--output", "sarif=report.sarif")
    assert (code, err) == (1, "")
    assert (folder / "report.sarif").read_text("utf-8") == out
    assert [one["ruleId"] for one in sarif_run(out)["results"]] == [
        "CAM001",
        "CAM109",
        "CAM211",
        "CAM210",
    ]


def test_a_clean_run_writes_a_whole_file(run: Run) -> None:
    code, out, _ = run("--format", "sarif", "-q", "clean.json")
    assert code == 0
    assert sarif_run(out)["results"] == []
    assert sarif_run(out)["automationDetails"]["id"] == "camlint/"


def test_the_category(run: Run, folder: Path) -> None:
    asked = ("--sarif-category", "prod", "--output", "sarif=a.sarif", "--format", "sarif")
    _, out, _ = run("clean.json", *asked)
    assert sarif_run(out)["automationDetails"]["id"] == "prod/"
    assert sarif_run((folder / "a.sarif").read_text())["automationDetails"]["id"] == "prod/"
    code, _, err = run("clean.json", "--sarif-category", "/")
    assert code == 2
    assert "an empty category tells nothing apart" in err


def test_paths_are_seen_from_the_root_of_the_repository(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".git").mkdir()
    (folder / "deep").mkdir()
    _, above, _ = run("--format", "sarif", "wrong.json")
    monkeypatch.chdir(folder / "deep")
    _, below, _ = run("--format", "sarif", "../wrong.json")
    assert above == below
    [result] = sarif_run(below)["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "wrong.json", "uriBaseId": "%SRCROOT%"}


def test_an_unreadable_file_makes_the_run_a_failure(run: Run, folder: Path) -> None:
    code, out, _ = run("--format", "sarif", "gone.json", "clean.json")
    assert code == 2
    [invocation] = sarif_run(out)["invocations"]
    assert invocation["executionSuccessful"] is False
    [notice] = invocation["toolExecutionNotifications"]
    assert notice["descriptor"] == {"id": "unreadable-file"}


def test_a_defect_makes_the_run_a_failure(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise ValueError("a defect")

    monkeypatch.setattr(Engine, "lint", fail)
    code, out, _ = run("--format", "sarif", "clean.json")
    assert code == 2
    [invocation] = sarif_run(out)["invocations"]
    assert invocation["executionSuccessful"] is False
    [notice] = invocation["toolExecutionNotifications"]
    assert notice["descriptor"] == {"id": "defect"}


def test_annotations_end_with_the_summary_unless_it_is_unwanted(run: Run) -> None:
    code, out, _ = run("--format", "github", "wrong.json")
    assert code == 1
    first, last = out.splitlines()
    assert first.startswith("::error file=wrong.json,line=7,")
    assert last == "Found 1 error in 1 policy (1 fixable)"
    assert run("--format", "github", "-q", "wrong.json")[1].splitlines() == [first]
