"""Real policies, and files that are none: no crash, no exit code 2, no finding where none belongs."""

import os
from pathlib import Path

import pytest

from camlint.engine import Engine
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import read_source

OWN = Path(__file__).parent / "policies"
FOLDER = os.environ.get("CAMLINT_CORPUS", "")

needs_corpus = pytest.mark.skipif(
    not FOLDER, reason="CAMLINT_CORPUS names no folder of policies to run on"
)


def engine() -> Engine:
    return Engine(load_registry(), Selection(strict=True), NOTHING_STATED)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.json") if path.is_file())


def own_policies() -> list[Path]:
    return [path for path in files(OWN) if not path.name.startswith("not-a-policy")]


def test_there_are_sixty_policies_of_our_own() -> None:
    assert len(own_policies()) >= 60


@pytest.mark.parametrize("path", own_policies(), ids=lambda path: path.name)
def test_each_of_our_policies_is_recognised(path: Path) -> None:
    result = engine().lint(read_source(str(path), path.name))
    assert result.policies >= 1
    if path.name.startswith("broken"):
        codes = {one.code for one in result.diagnostics}
        assert "CAM001" in codes
        assert "CAM901" not in codes


@pytest.mark.parametrize("path", sorted(OWN.glob("not-a-policy*")), ids=lambda path: path.name)
def test_nothing_is_said_of_our_files_that_are_none(path: Path) -> None:
    result = engine().lint(read_source(str(path), path.name))
    assert (result.policies, result.diagnostics) == (0, ())


@needs_corpus
def test_nothing_is_said_of_files_that_are_no_policies() -> None:
    linter = engine()
    for path in files(Path(FOLDER) / "not-policies"):
        result = linter.lint(read_source(str(path), path.name))
        assert (path.name, result.policies, result.diagnostics) == (path.name, 0, ())


@needs_corpus
def test_every_policy_of_the_corpus_is_linted_without_a_failure() -> None:
    linter = engine()
    paths = files(Path(FOLDER) / "policies")
    assert paths
    recognised = 0
    for path in paths:
        source = read_source(str(path), path.name)
        result = linter.lint(source)
        recognised += bool(result.policies)
        for one in result.diagnostics:
            span = one.region.span
            assert 0 <= span.start <= span.end <= len(source.text)
            assert one.region.end.line >= one.region.start.line >= 1
    assert recognised >= 0.97 * len(paths)
