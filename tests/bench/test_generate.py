"""The generated policies are the same for everybody, and hold what the benchmark says they hold."""

import json
from pathlib import Path

import generate
from camlint.api import lint_paths


def test_policies_are_the_same_every_time(tmp_path: Path) -> None:
    texts = []
    for name in ("one", "other"):
        generate.write_policies(tmp_path / name, 120)
        paths = sorted((tmp_path / name).rglob("*.json"))
        texts.append([path.read_text("utf-8") for path in paths])
    assert len(texts[0]) == 120
    assert len(set(texts[0])) == 120
    assert texts[0] == texts[1]


def test_nearly_every_policy_has_findings(tmp_path: Path) -> None:
    generate.write_policies(tmp_path / "many", 100)
    paths = sorted(str(path) for path in (tmp_path / "many").rglob("*.json"))
    found = [bool(result.diagnostics) for _, result in lint_paths(paths)]
    assert sum(found) >= 85


def test_large_policy_has_the_size_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    generate.write_large_policy(path, 7, 11)
    statements = json.loads(path.read_text("utf-8"))["statement"]
    assert [len(statement["action"]) for statement in statements] == [11] * 7
