"""The README shows what camlint really says."""

import re
import shlex
from pathlib import Path

import pytest

from camlint.cli import main
from camlint.engine import Engine
from camlint.findings import Summary
from camlint.registry import load_registry
from camlint.report.formats import open_report
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
POLICIES = re.findall(r"```json\n(.*?)```", README, re.DOTALL)
ASKED = re.findall(r"```\n\$ (camlint can .*?)\n(.*?)```", README, re.DOTALL)
OUTPUTS = re.findall(r"```\n\$ camlint policy.json\n(.*?)```", README, re.DOTALL)
COMPARED = re.findall(r"```\n\$ (camlint compare .*?)\n(.*?)```", README, re.DOTALL)


def output(policy: str) -> str:
    result = Engine(load_registry(), Selection(), NOTHING_STATED).lint(
        Source("policy.json", policy)
    )
    written: list[str] = []
    report = open_report("text", written.append, colour=False)
    report.start()
    if result.diagnostics:
        report.file(result.diagnostics)
    severities = [one.severity.value for one in result.diagnostics]
    report.finish(
        Summary(
            files=1,
            policies=result.policies,
            errors=severities.count("error"),
            warnings=severities.count("warning"),
            notes=severities.count("note"),
            fixable=sum(bool(one.fixes) for one in result.diagnostics),
        )
    )
    return "".join(written)


def test_a_deny_that_is_misspelt_grants_what_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = POLICIES[1].replace('["trtc:DismissRoom"]', '["trtc:DismissRooms"]')
    (tmp_path / "policy.json").write_text(POLICIES[1], "utf-8")
    (tmp_path / "changed.json").write_text(changed, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    [(command, shown)] = COMPARED
    assert main(shlex.split(command)[1:]) == 1
    assert capsys.readouterr().out == shown


def test_the_broken_policy_gives_the_output_shown() -> None:
    assert output(POLICIES[0]) == OUTPUTS[0]


def test_the_repaired_policy_is_clean() -> None:
    assert output(POLICIES[1]) == OUTPUTS[1] == "No problems in 1 policy\n"


def test_what_is_asked_of_the_repaired_policy_gets_the_answer_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "policy.json").write_text(POLICIES[1], "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    assert ASKED
    for command, shown in ASKED:
        _, *words = shlex.split(command)
        assert main(words) == (0 if shown.startswith("allowed") else 1)
        assert capsys.readouterr().out == shown
