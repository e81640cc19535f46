"""The scaffold of a rule is a rule already, and doesn't overwrite anybody's."""

import runpy
from pathlib import Path

import pytest

import new_rule
from camlint.rule import Rule
from camlint_rules._index import ENTRIES

TAKEN = ENTRIES[0]


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pack with one empty group."""
    (tmp_path / "gate").mkdir()
    (tmp_path / "gate" / "__init__.py").touch()
    monkeypatch.setattr(new_rule, "pack", lambda: tmp_path)
    return tmp_path


def test_scaffold_is_a_rule(pack: Path) -> None:
    assert new_rule.main(["CAM998", "wide-door", "gate"]) == 0
    check = runpy.run_path(str(pack / "gate" / "wide_door.py"))["check"]
    assert isinstance(check, Rule)
    assert (check.code, check.name, check.visits) == ("CAM998", "wide-door", "Statement")
    assert check.text.startswith("## Why is this a problem?")
    assert all("«" in bad.text for bad in check.bad)


def test_present_file_is_kept(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    present = pack / "gate" / "wide_door.py"
    present.write_text("mine", "utf-8")
    assert new_rule.main(["CAM998", "wide-door", "gate"]) == 1
    assert present.read_text("utf-8") == "mine"
    assert "exists already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("code", "name", "group", "said"),
    [
        ("CAM1", "wide-door", "gate", "no code"),
        ("CAM998", "WideDoor", "gate", "no name"),
        ("CAM998", "wide-door", "fence", "there are gate"),
        (TAKEN[0], "wide-door", "gate", f"there is {TAKEN[0]}"),
        ("CAM998", TAKEN[1], "gate", f"there is {TAKEN[0]}"),
    ],
)
@pytest.mark.usefixtures("pack")
def test_impossible_rule_is_refused(code: str, name: str, group: str, said: str) -> None:
    assert said in new_rule.refuse(code, name, group)
