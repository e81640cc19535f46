"""Commands under configurations that name packs: which rules run, are listed, and are reported."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
InstallPack = Callable[..., None]

POLICY = """{"version": "2.0", "statement": [{"effect": "allow",
    "action": ["cos:DeleteObject", "cos:DeleteObject"],
    "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]}]}
"""


@pytest.fixture(autouse=True)
def two_folders(folder: Path, install_pack: InstallPack) -> None:
    """A policy under a configuration with a pack, and the same policy under one without."""
    install_pack("acme", "acme_cli", {"deleting": ("ACME001", "deleting")})
    for name, text in (("with", 'packs = ["acme"]\n'), ("without", "")):
        (folder / name).mkdir()
        (folder / name / "camlint.toml").write_text(text, "utf-8")
        (folder / name / "policy.json").write_text(POLICY, "utf-8")


def codes(run: Run, *arguments: str) -> list[str]:
    found = json.loads(run("check", "--format", "json", *arguments)[1])["findings"]
    return [f"{one['path']} {one['code']}" for one in found]


def test_a_pack_runs_where_its_configuration_holds(run: Run) -> None:
    assert codes(run, ".") == [
        "with/policy.json ACME001",
        "with/policy.json ACME001",
        "with/policy.json CAM109",
        "without/policy.json CAM109",
    ]
    assert codes(run, "--no-config", "with") == ["with/policy.json CAM109"]
    assert codes(run, "--config", "with/camlint.toml", "without")[0].endswith("ACME001")


def test_the_command_line_may_mean_its_rules(run: Run) -> None:
    assert codes(run, "--select", "acme", ".") == ["with/policy.json ACME001"] * 2
    assert codes(run, "--ignore", "deleting", "with") == ["with/policy.json CAM109"]
    assert codes(run, "--select", "ACME,CAM109", ".")[-1] == "without/policy.json CAM109"


@pytest.mark.parametrize("arguments", [["--no-config", "with"], ["without"], ["--no-config"]])
def test_a_rule_that_no_configuration_knows_is_refused(run: Run, arguments: list[str]) -> None:
    code, out, err = run("check", "--select", "CAM1,ACME001", *arguments)
    assert (code, out) == (2, "")
    assert err.startswith('camlint: --select: no rule is called "ACME001"; ')


def test_a_misspelt_rule_of_a_pack_is_told(run: Run) -> None:
    err = run("check", "--ignore", "deletimg", ".")[2]
    assert err == 'camlint: --ignore: no rule is called "deletimg"; did you mean "deleting"?\n'


def test_a_pack_that_is_missing_ends_the_run(run: Run, folder: Path) -> None:
    (folder / "with" / "camlint.toml").write_text('packs = ["zeta"]', "utf-8")
    code, out, err = run("check", ".")
    assert (code, out) == (2, "")
    assert err.startswith(
        'camlint: with/camlint.toml: packs: no pack called "zeta" is installed where camlint runs, '
        "only acme; install the package that has it there: "
    )


def test_rules_and_explain_know_the_packs_of_this_folder(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "ACME001" not in run("rules")[1]
    assert run("explain", "ACME001")[0] == 2
    monkeypatch.chdir(folder / "with")
    assert run("rules")[1].splitlines()[1].split()[:3] == ["ACME001", "deleting", "warning"]
    listed = json.loads(run("rules", "--format", "json")[1])["rules"]
    assert {rule["pack"] for rule in listed} == {"acme", "camlint"}
    code, out, err = run("explain", "deleting")
    assert (code, err) == (0, "")
    assert "\n  pack        acme\n" in out
    assert "warning[ACME001] deleting: cos:DeleteObject deletes" in out
    assert "References" not in out


def test_rules_are_listed_even_if_the_configuration_is_wrong(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder / "with")
    config = folder / "with" / "camlint.toml"
    config.write_text('packs = ["acme"]\nselect = ["ACME1"]', "utf-8")
    code, out, err = run("rules")
    assert code == 2
    assert "ACME001" in out
    assert err.startswith('camlint: camlint.toml: select: no rule is called "ACME1"; did you mean')
    config.write_text('packs = ["zeta"]', "utf-8")
    code, out, err = run("rules")
    assert (code, "ACME001" in out, "CAM109" in out) == (2, False, True)
    assert 'no pack called "zeta"' in err


def test_several_processes_know_the_pack(run: Run) -> None:
    alone = run("check", "--jobs", "1", "--format", "json", ".")
    assert run("check", "--jobs", "2", "--format", "json", ".") == alone


def test_a_pack_is_an_extension_in_sarif(run: Run) -> None:
    [log] = json.loads(run("check", "--format", "sarif", ".")[1])["runs"]
    driver, [extension] = log["tool"]["driver"], log["tool"]["extensions"]
    assert [rule["id"] for rule in driver["rules"]] == ["CAM109"]
    assert (extension["name"], extension["version"]) == ("acme-pack", "1.2")
    [rule] = extension["rules"]
    assert (rule["id"], rule["name"]) == ("ACME001", "deleting")
    assert rule["properties"] == {
        "precision": "high",
        "tags": ["security", "acme_cli"],
        "security-severity": "5.0",
    }
    by_rule = {result["ruleId"]: result for result in log["results"]}
    assert by_rule["CAM109"]["ruleIndex"] == 0
    assert "rule" not in by_rule["CAM109"]
    assert by_rule["ACME001"]["rule"] == {
        "id": "ACME001",
        "index": 0,
        "toolComponent": {"index": 0},
    }
    assert "ruleIndex" not in by_rule["ACME001"]


def test_a_defect_of_a_pack_is_told_as_its_own(
    run: Run, folder: Path, install_pack: InstallPack
) -> None:
    text = (folder / "with" / "camlint.toml").read_text("utf-8").replace("acme", "zeta")
    (folder / "with" / "camlint.toml").write_text(text, "utf-8")
    module = (
        '"""X."""\nfrom camlint.rule import *\n'
        '@rule(code="ZETA1", name="z", severity=Severity.NOTE, confidence=Confidence.LOW, '
        "references=())\n"
        'def check(policy: Policy, context: Context):\n    """X."""\n    raise KeyError(1)\n'
    )
    install_pack("zeta", "zeta_cli", {"z": ("", module)})
    code, _, err = run("check", "with")
    assert code == 2
    assert "rule ZETA1 (z) failed: KeyError: 1" in err
    assert (
        'this is a defect of the pack "zeta", not of your policy; please report it to those' in err
    )
