"""Rules of one's own at the command line: selected, explained, listed, reported, and run in parallel."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from camlint.cli.outcome import look
from camlint.cli.workers import Workers
from camlint.config import read_config
from camlint.engine import Engine
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED

Run = Callable[..., tuple[int, str, str]]

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "organisation"
RULE = """
[[rules]]
code = "ACME001"
name = "acme-rule"
severity = "error"
message = "{value} is none of ours"
reference = "https://wiki.example.com/cam"
given = "$.statement[*].action[*]"
then = { within = "cos:*" }
"""
LINE = "clean.json:6:24: error[ACME001] acme-rule: trtc:DismissRoom is none of ours\n"


@pytest.fixture(autouse=True)
def here(policies: Path) -> Path:
    """The current directory with policies and a configuration that has a rule."""
    (policies / "camlint.toml").write_text(RULE, "utf-8")
    return policies


def concise(run: Run, *arguments: str) -> tuple[int, str]:
    code, out, _ = run("clean.json", "--format", "concise", *arguments)
    return code, out


def test_it_runs_by_default(run: Run) -> None:
    code, out = concise(run)
    assert (code, out.splitlines(True)[0]) == (1, LINE)
    assert concise(run, "--no-config") == (0, "")


@pytest.mark.parametrize("word", ["ACME001", "acme001", "ACME", "acme-rule", "CAM2,Acme-Rule"])
def test_it_is_selected_and_ignored_by_its_words(run: Run, word: str) -> None:
    assert concise(run, "--select", word)[1].startswith(LINE)
    assert concise(run, "--ignore", word) == (0, "")


def test_other_selections_leave_it_out(run: Run) -> None:
    assert concise(run, "--select", "CAM2") == (0, "")


def test_the_configuration_has_its_say(run: Run, here: Path) -> None:
    (here / "camlint.toml").write_text('severity = { acme-rule = "note" }\n' + RULE)
    code, out = concise(run)
    assert code == 0
    assert "note[ACME001]" in out
    override = '\n[[overrides]]\npaths = ["clean.json"]\nignore = ["ACME"]\n'
    (here / "camlint.toml").write_text(RULE + override)
    assert concise(run) == (0, "")


def test_a_word_that_nobody_knows(run: Run) -> None:
    code, out, err = run("clean.json", "--select", "ACME002")
    assert (code, out) == (2, "")
    assert err == 'camlint: --select: no rule is called "ACME002"; did you mean "ACME001"?\n'
    code, _, err = run("clean.json", "--no-config", "--ignore", "ACME001")
    assert code == 2
    assert 'no rule is called "ACME001"' in err


def test_a_word_that_one_of_several_configurations_knows(run: Run, here: Path) -> None:
    (here / "deep").mkdir()
    (here / "deep" / "camlint.toml").write_text(RULE.replace("ACME001", "ZOO7"))
    shutil.copy(here / "clean.json", here / "deep" / "clean.json")
    code, out, _ = run("deep", "clean.json", "--select", "zoo7", "--format", "concise")
    assert (code, out.count("ZOO7")) == (1, 2)
    assert "clean.json" in out and "ACME001" not in out


def test_a_word_is_known_without_any_file(run: Run, here: Path) -> None:
    (here / "empty").mkdir()
    assert run("empty", "--select", "ACME001")[0] == 0
    assert run("empty", "--select", "ACME002")[0] == 2


def test_a_rule_that_is_wrong_ends_the_run(run: Run, here: Path) -> None:
    (here / "camlint.toml").write_text(RULE.replace("[*].action[*]", "[*"))
    code, out, err = run("clean.json")
    assert (code, out) == (2, "")
    assert err == (
        'camlint: camlint.toml: rules[0] (ACME001).given: "$.statement[*" is no JSONPath: something '
        "is missing at its end\n"
    )


def test_list(run: Run) -> None:
    line = "ACME001  acme-rule"
    code, out, err = run("rules")
    assert (code, err) == (0, "")
    assert out.splitlines()[1].startswith(line)
    assert out.splitlines()[1].endswith("  A value is none of ours.")
    assert line not in run("rules", "--no-config")[1]
    assert json.loads(run("rules", "--format", "json")[1])["rules"][0]["code"] == "ACME001"


def test_list_beside_a_configuration_that_is_wrong(run: Run, here: Path) -> None:
    (here / "camlint.toml").write_text('ignore = ["CAM21O"]')
    code, out, err = run("rules")
    assert code == 2
    assert "CAM210" in out
    assert 'did you mean "CAM210"?' in err
    assert err.endswith("so not all rules of that configuration are listed\n")


def test_page(run: Run) -> None:
    code, out, err = run("explain", "acme001")
    assert (code, err) == (0, "")
    assert out == (
        "ACME001 acme-rule\n\nA value is none of ours.\n\n"
        "  severity    error\n  confidence  high\n  kinds       all\n\n"
        "What it checks\n--------------\n\n"
        "It looks at each value at `$.statement[*].action[*]`.\n"
        "What passes: what lies within cos:*.\n\n"
        "How to fix it\n-------------\n\nStay within cos:*.\n\n"
        "Where it stands\n---------------\n\nIt is a rule of your own, in `camlint.toml`.\n\n\n"
        "References\n----------\n  https://wiki.example.com/cam\n"
    )
    assert run("explain", "acme-rule") == (code, out, err)


def test_page_of_an_installed_rule_beside_a_configuration_that_is_wrong(
    run: Run, here: Path
) -> None:
    (here / "camlint.toml").write_text("ignroe = []")
    assert run("explain", "CAM210")[0] == 0
    assert run("explain", "ACME001")[0] == 2


def test_page_of_a_rule_elsewhere(run: Run, here: Path) -> None:
    (here / "other.toml").write_text(RULE.replace("ACME001", "ZOO7"))
    code, _, err = run("explain", "ZOO7")
    assert code == 2
    assert err.endswith("where its configuration holds, and with --config FILE\n")
    assert run("explain", "ZOO7", "--config", "other.toml")[0] == 0


def test_sarif_describes_it(run: Run, here: Path) -> None:
    (here / "deep").mkdir()
    other = RULE.replace("ACME001", "ZOO7").replace(
        'reference = "https://wiki.example.com/cam"', ""
    )
    (here / "deep" / "camlint.toml").write_text(other)
    shutil.copy(here / "clean.json", here / "deep" / "clean.json")
    _, out, _ = run("clean.json", "deep", "--format", "sarif")
    [log] = json.loads(out)["runs"]
    first, second = log["tool"]["driver"]["rules"]
    assert (first["id"], second["id"]) == ("ACME001", "ZOO7")
    assert first["shortDescription"]["text"] == "A value is none of ours."
    assert "What it checks" in first["help"]["text"]
    assert first["helpUri"] == "https://wiki.example.com/cam"
    assert "helpUri" not in second
    assert second["properties"]["tags"] == ["own-rules"]
    jsonschema = pytest.importorskip("jsonschema")
    schema = ROOT / "docs" / "findings.schema.json"
    report = json.loads(run("clean.json", "--format", "json")[1])
    jsonschema.validate(report, json.loads(schema.read_text("utf-8")))


@pytest.mark.parametrize("format", ["text", "sarif", "json"])
def test_several_processes_say_the_same(run: Run, here: Path, format: str) -> None:
    for number in range(20):
        shutil.copy(here / "clean.json", here / f"copy-{number}.json")
    alone = run("--jobs", "1", "--format", format)
    assert "ACME001" in alone[1]
    assert run("--jobs", "3", "--format", format) == alone


def test_new_interpreters_know_them(here: Path) -> None:
    config = read_config(str(here / "camlint.toml"), load_registry())
    assert config is not None and config.registry is not None
    engine = Engine(config.registry, Selection(), NOTHING_STATED)
    plan = [(str(here / name), engine) for name in ("clean.json", "wrong.json")]
    workers = Workers(plan, 2, explain=False, fork=False)
    try:
        elsewhere = [outcome.result.diagnostics for outcome in workers.outcomes()]
    finally:
        workers.end()
    for (path, _), found in zip(plan, elsewhere, strict=True):
        here_found = look(path, engine).result.diagnostics
        assert [one.message for one in found] == [one.message for one in here_found]
        assert "ACME001" in {one.code for one in found}


def test_the_example_breaks_each_of_its_rules_once(run: Run, here: Path) -> None:
    shutil.copytree(EXAMPLE, here / "organisation")
    code, out, err = run("organisation", "--format", "json")
    assert (code, err) == (1, "")
    found = [(one["code"], one["path"]) for one in json.loads(out)["findings"]]
    path = "organisation/against-the-rules.json"
    assert sorted(found) == [(f"ACME00{number}", path) for number in range(1, 6)]


def test_the_examples_of_the_guide_can_be_used(here: Path) -> None:
    shutil.copy(EXAMPLE / "acme.rules.toml", here)
    guide = (ROOT / "docs" / "own-rules.md").read_text("utf-8")
    blocks = [block.partition("```")[0] for block in guide.split("```toml\n")[1:]]
    assert len(blocks) == 3
    for block in blocks:
        (here / "camlint.toml").write_text(block, "utf-8")
        config = read_config(str(here / "camlint.toml"), load_registry())
        assert config is not None and config.registry is not None


def test_the_guide_shows_what_is_printed(run: Run, here: Path) -> None:
    guide = (ROOT / "docs" / "own-rules.md").read_text("utf-8")
    shown = guide.partition("$ camlint policy.json\n")[2].partition("```")[0]
    (here / "camlint.toml").write_text(guide.partition("```toml\n")[2].partition("```")[0], "utf-8")
    policy = (EXAMPLE / "against-the-rules.json").read_text("utf-8")
    (here / "policy.json").write_text(policy, "utf-8")
    assert run("policy.json", "--select", "ACME")[1].startswith(shown)
    complaint = guide.rpartition("```\ncamlint: ")[2].partition("```")[0]
    path = '"$.statement[*].actions[*]"'
    (here / "camlint.toml").write_text(RULE.replace('"$.statement[*].action[*]"', path), "utf-8")
    assert run("policy.json")[2] == f"camlint: {complaint}"
