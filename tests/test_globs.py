"""Globs over paths, against a definition that is too slow to use."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.globs import Globs, show_path

ROOT = str(Path(Path.cwd().anchor) / "project")


@pytest.mark.parametrize(
    ("glob", "path", "matches"),
    [
        ("build", "build/a.json", True),
        ("build", "deep/build/a/b.json", True),
        ("build", "rebuild/a.json", False),
        ("build/", "deep/build/a.json", True),
        ("*.plan.json", "deep/x.plan.json", True),
        ("*.plan.json", "deep/x.json", False),
        ("env/*/old", "env/test/old/a.json", True),
        ("env/*/old", "env/a/b/old/a.json", False),
        ("env/*/old", "deep/env/test/old/a.json", False),
        ("**/old/*.json", "old/a.json", True),
        ("**/old/*.json", "a/b/old/a.json", True),
        ("env/**/old", "env/old", True),
        ("env/**/old", "env/a/b/old/c", True),
        ("env/**", "env/a/b", True),
        ("env/**", "environment/a", False),
        ("./env/a.json", "env/a.json", True),
        ("env/../a.json", "a.json", True),
        ("*", "a.json", True),
        ("**", "a/b.json", True),
        ("a?.json", "ab.json", False),
        ("[a].json", "a.json", False),
        ("主*", "主账号/a.json", True),
    ],
)
def test_match(glob: str, path: str, matches: bool) -> None:
    assert Globs((glob,), ROOT).match(path) is matches


def test_an_absolute_glob_is_the_relative_one_below_the_root() -> None:
    globs = Globs((ROOT + "/env/*.json",), ROOT)
    assert globs.match("env/a.json")
    assert not globs.match("a.json")


def test_outside_the_root_paths_count_from_the_top() -> None:
    elsewhere = str(Path(Path.cwd().anchor) / "elsewhere" / "build" / "a.json")
    assert Globs(("build",), ROOT).match(elsewhere)
    assert not Globs(("build/a.json",), ROOT).match(elsewhere)


def test_no_globs_are_nothing() -> None:
    assert not Globs((), ROOT)
    assert Globs(("a",), ROOT)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("a.json", "a.json"),
        ("./deep/../a.json", "a.json"),
        (ROOT + "/deep/a.json", "deep/a.json"),
        (ROOT + "-two/a.json", Path(ROOT + "-two/a.json").as_posix()),
        (ROOT, "."),
    ],
)
def test_show_path(path: str, shown: str) -> None:
    assert show_path(path, ROOT) == shown


def slow_match(pattern: list[str], names: list[str]) -> bool:
    if not pattern:
        return True
    if pattern[0] == "**":
        return any(slow_match(pattern[1:], names[at:]) for at in range(len(names) + 1))
    return bool(names) and slow_name(pattern[0], names[0]) and slow_match(pattern[1:], names[1:])


def slow_name(pattern: str, name: str) -> bool:
    if not pattern:
        return not name
    if pattern[0] == "*":
        return any(slow_name(pattern[1:], name[at:]) for at in range(len(name) + 1))
    return bool(name) and pattern[0] == name[0] and slow_name(pattern[1:], name[1:])


@given(
    st.lists(st.sampled_from(["a", "b", "ab", "*", "a*", "**"]), min_size=2, max_size=5),
    st.lists(st.text("ab", min_size=1, max_size=2), min_size=1, max_size=5),
)
def test_match_is_the_definition(pattern: list[str], names: list[str]) -> None:
    matched = Globs(("/".join(pattern),), ROOT).match("/".join(names))
    assert matched is slow_match(pattern, names)
