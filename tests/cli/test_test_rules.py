"""The laws held against a pack from the command line: passed, failed, and packs that aren't there."""

from collections.abc import Callable
from pathlib import Path

import pytest

from camlint.laws import LAWS
from camlint.registry import load_registry

Run = Callable[..., tuple[int, str, str]]
InstallPack = Callable[..., None]

ACME = Path(__file__).parents[2] / "examples" / "acme-pack" / "acme_rules"
UNLAWFUL = """
from camlint.rule import ActionPattern, Bad, Confidence, Finding, Good, Severity, rule

TEXT = '{"version": "2.0", "statement": [{"effect": "allow", "action": [%s], "resource": ["*"]}]}'


@rule(
    code="BAD1",
    name="bad",
    severity=Severity.NOTE,
    confidence=Confidence.LOW,
    references=(),
    bad=(Bad(TEXT % '«"cos:GetObject"»'), Bad(TEXT % '«"cos:PutObject"')),
    good=Good(TEXT % '"cos:GetObject"'),
)
def check(action: ActionPattern, context):
    if action.text == "cos:GetObject":
        yield Finding("No.", action.place(), label=str(object()))
"""


def test_a_lawful_pack(run: Run, install_pack: InstallPack) -> None:
    install_pack("acme", "acme_laws", {"deleting": ("ACME001", "deleting")})
    code, out, err = run("test-rules", "acme")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[1] == "ok    ACME001 deleting: bad examples fire"
    assert len(lines) == len(LAWS) + 1
    summary = f"acme (acme-pack 1.2), 1 rule: {len(LAWS)} passed, 0 failed\n"
    assert out.endswith(summary)
    assert run("test-rules", "-q", "acme") == (0, summary, "")


def test_an_unlawful_pack(run: Run, install_pack: InstallPack) -> None:
    install_pack("acme", "bad_laws", {"bad": ("", UNLAWFUL)})
    code, out, _ = run("test-rules", "acme", "--quiet")
    assert code == 1
    lines = out.splitlines()
    assert "FAIL  BAD1 bad: rules explain themselves" in lines
    assert "        bad_laws.bad has no docstring that says what it finds" in lines
    assert "FAIL  BAD1 bad: bad examples fire" in lines
    assert "FAIL  BAD1 bad: good examples stay silent" in lines
    assert "        a good example fires: No." in lines
    assert "        a value without a text of its own is shown: 'No.'" in lines
    assert any(line.startswith("        ValueError: « without » in an example: ") for line in lines)
    assert all(line.startswith(("FAIL", " " * 8, "acme")) for line in lines)
    assert lines[-1] == "acme (acme-pack 1.2), 1 rule: 0 passed, 8 failed"


@pytest.mark.parametrize("word", ["camlint", "camlint_rules"])
def test_the_built_in_pack(run: Run, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("camlint.cli.test_rules.LAWS", LAWS[:1])
    code, out, _ = run("test-rules", "-q", word)
    number = len(load_registry().entries)
    assert code == 0
    assert out.endswith(f", {number} rules: {number} passed, 0 failed\n")


def test_a_folder(run: Run, folder: Path) -> None:
    code, out, err = run("test-rules", "-q", str(ACME))
    assert (code, out, err) == (0, f"acme_rules, 3 rules: {3 * len(LAWS)} passed, 0 failed\n", "")
    (folder / "json").mkdir()
    (folder / "json" / "__init__.py").touch()
    (folder / "empty").mkdir()
    for word, told in (
        ("./json", "./json can't be imported: another package is called json, too"),
        ("./empty", "./empty is no package: there is no file __init__.py in it"),
        ("./nowhere", "./nowhere is no package: there is no file __init__.py in it"),
        ("empty", "for the folder, write ./empty"),
    ):
        code, out, err = run("test-rules", word)
        assert (code, out) == (2, "")
        assert told in err


@pytest.mark.parametrize("arguments", [[], ["one", "two"]])
def test_one_pack_is_tested(run: Run, arguments: list[str]) -> None:
    code, _, err = run("test-rules", *arguments)
    assert code == 2
    assert "name one pack, such as camlint test-rules acme" in err


def test_a_pack_that_is_not_there(run: Run) -> None:
    code, out, err = run("test-rules", "acme")
    assert (code, out) == (2, "")
    assert err.startswith('camlint: no pack called "acme" is installed where camlint runs')


def test_a_misspelt_command_with_a_hyphen(run: Run) -> None:
    assert 'did you mean "test-rules"?' in run("test-rule", "acme")[2]
