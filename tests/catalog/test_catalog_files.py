"""Which data files a question opens, and what happens to damaged ones."""

import json
from pathlib import Path

import pytest

from camlint.catalog import data_file
from camlint.catalog.catalog import Catalog
from camlint.catalog.data_file import DamagedCatalog
from camlint.engine import Engine
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source

ONE_SERVICE = """{
    "version": "2.0",
    "statement": [
        {
            "effect": "allow",
            "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
            "resource": ["qcs::trtc::uin/100032145678:sdkappid/1400618273"]
        }
    ]
}
"""


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The data files read so far, in order."""
    names: list[str] = []
    read = data_file.read_table

    def note(name: str) -> dict[str, object]:
        names.append(name)
        return read(name)

    monkeypatch.setattr(data_file, "read_table", note)
    monkeypatch.setattr("camlint.catalog.catalog.read_table", note)
    return names


def test_a_policy_that_names_one_service_reads_one_file(opened: list[str]) -> None:
    engine = Engine(load_registry(), Selection(), NOTHING_STATED)
    result = engine.lint(Source("policy.json", ONE_SERVICE))
    assert result.diagnostics == ()
    assert set(opened) <= {"services/trtc"}
    engine.lint(Source("policy.json", ONE_SERVICE.replace("DismissRoom", "StartWebRecord")))
    assert len(opened) <= 1


def test_questions_about_one_service_read_its_file_once(opened: list[str]) -> None:
    catalog = Catalog()
    assert opened == []
    catalog.resource_level("trtc", "DismissRoom")
    catalog.find_action("trtc", "RemoveUser")
    catalog.matching("trtc", "*")
    assert catalog.service("trtc").well_covered
    assert opened == ["services/trtc"]
    catalog.find_service("nosuchthing")
    assert opened == ["services/trtc"]


def test_suggestions_read_the_index_once(opened: list[str]) -> None:
    catalog = Catalog()
    catalog.suggest_service("trct")
    catalog.suggest_service("cvn")
    assert opened == ["index"]


def test_each_table_is_read_once(opened: list[str]) -> None:
    catalog = Catalog()
    for _ in range(2):
        _ = (catalog.regions, catalog.condition_keys, catalog.service_principals)
        _ = (catalog.sensitive_groups, catalog.preset_policies)
    assert sorted(opened) == [
        "condition-keys",
        "preset-policies",
        "regions",
        "sensitive-actions",
        "service-principals",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "can't be read"),
        (json.dumps({"format": 0}), "another version"),
        (json.dumps({}), "another version"),
    ],
)
def test_damaged_data_is_told_with_the_way_out(
    text: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "regions.json").write_text(text, "utf-8")
    monkeypatch.setattr(data_file, "_DATA", str(tmp_path))
    with pytest.raises(DamagedCatalog, match=said) as raised:
        data_file.read_table("regions")
    assert "regions.json" in str(raised.value)
    assert "install camlint again" in str(raised.value)


def test_missing_tables_are_damage_and_missing_services_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_file, "_DATA", str(tmp_path))
    with pytest.raises(DamagedCatalog, match="can't be read"):
        data_file.read_table("index")
    assert data_file.read_service("trtc") is None
