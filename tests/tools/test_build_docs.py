"""The rule pages say what the rules say, and no page outlives its rule."""

from pathlib import Path

import pytest

import build_docs
from camlint.kinds import Kind
from camlint.registry import Entry, load_registry, load_rule

REGISTRY = load_registry()


def test_pages_agree_with_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert build_docs.main(["--check"]) == 0, capsys.readouterr().err


@pytest.mark.parametrize("entry", REGISTRY.entries, ids=lambda entry: entry.code)
def test_page_shows_what_is_printed(entry: Entry) -> None:
    rule = load_rule(entry)
    page = "\n".join(build_docs.render_page(REGISTRY, rule))
    assert page.count(f"[{rule.code}] {rule.name}: ") >= len(rule.bad)
    assert all(f"<{reference}>" in page for reference in rule.references)
    assert "«" not in page.split("## Bad")[-1].split("## References")[0]


def test_missing_and_stale_pages_are_drift(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build_docs, "PAGES", tmp_path)
    monkeypatch.setattr(build_docs, "render_all", lambda registry: {"CAM998-a.md": "a"})
    (tmp_path / "CAM999-gone.md").touch()
    assert build_docs.main(["--check"]) == 1
    told = capsys.readouterr().err
    assert "CAM998-a.md" in told
    assert "CAM999-gone.md" in told
    assert "run `make docs`" in told
    assert build_docs.main([]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["CAM998-a.md"]
    assert build_docs.main(["--check"]) == 0


def test_the_table_of_kinds_has_a_row_for_each_rule_and_a_column_for_each_kind() -> None:
    rows = [line for line in build_docs.render_kinds(REGISTRY) if line.startswith("| [")]
    assert len(rows) == len(REGISTRY.entries)
    head = next(line for line in build_docs.render_kinds(REGISTRY) if line.startswith("| rule"))
    columns = [cell.strip() for cell in head.strip("|").split("|")]
    assert columns[1:] == [kind.value for kind in Kind]
    for entry, row in zip(sorted(REGISTRY.entries, key=lambda one: one.code), rows, strict=True):
        assert entry.code in row
        marked = [cell.strip() == "x" for cell in row.strip("|").split("|")][1:]
        assert marked == [kind in load_rule(entry).kinds for kind in Kind]
