"""What the page on risks shows is what camlint really says, and its table has every verdict."""

import re
from pathlib import Path

import pytest

from camlint.cli import main
from camlint.tasks.risk import Verdict

PAGE = (Path(__file__).parent.parent / "docs" / "risk.md").read_text("utf-8")


def test_the_example_is_assessed_as_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)
    shown = re.search(r"```\n\$ camlint (.*?)\n(.*?)```", PAGE, re.DOTALL)
    assert policy is not None
    assert shown is not None
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "operations.json").write_text(policy[1], "utf-8")
    assert main(shown[1].split()) == 0
    assert capsys.readouterr().out == shown[2]


def test_the_table_has_every_verdict_in_order() -> None:
    rows = re.findall(r"^\| ([a-z ]+) \|", PAGE, re.MULTILINE)
    assert rows == ["verdict", *(one.value for one in Verdict)]
