"""The hooks as pre-commit installs and runs them, in a repository of somebody else."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GOOD = (ROOT / "examples" / "good-trtc.json").read_text("utf-8")
BAD = GOOD.replace("sdkappid/", "sdkappid/x")

INSTALLED = (
    ".pre-commit-hooks.yaml",
    "LICENSE",
    "README.md",
    "linter",
    "pyproject.toml",
    "rules",
)
"""What of this project the hooks need: its history doesn't matter, nor what isn't committed."""


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "core.hooksPath=nowhere")
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


def commit_all(folder: Path) -> None:
    git(folder, "init")
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--message", "x")


def missing(scratch: Path) -> str:
    """Why the hooks can't be installed here, ``""`` when they can."""
    if shutil.which("git") is None:
        return "git is not installed"
    probe = subprocess.run(
        [sys.executable, "-m", "pre_commit", "--version"], capture_output=True, check=False
    )
    if probe.returncode:
        return "pre-commit is not installed"
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--retries", "0"]
    probe = subprocess.run(
        [*pip, "--dest", str(scratch), "hatchling"], capture_output=True, check=False
    )
    if probe.returncode:
        return "pip reaches no package index that has hatchling, which builds the hooks"
    return ""


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that offers the hooks as the working tree has them."""
    reason = missing(tmp_path_factory.mktemp("probe"))
    if reason:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    folder = tmp_path_factory.mktemp("hooks")
    leave_out = shutil.ignore_patterns("__pycache__")
    for name in INSTALLED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=leave_out)
        else:
            shutil.copy(source, folder / name)
    commit_all(folder)
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps what it installs."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A repository with one good policy, one bad one, and a file that is none."""
    (tmp_path / "good.json").write_text(GOOD, "utf-8")
    (tmp_path / "bad.json").write_text(BAD, "utf-8")
    (tmp_path / "package.json").write_text('{"name": "x", "version": "1.0.0"}', "utf-8")
    (tmp_path / "bad.txt").write_text(BAD, "utf-8")
    commit_all(tmp_path)
    return tmp_path


def try_hook(hooks: Path, home: Path, scratch: Path, hook: str, *options: str) -> tuple[int, str]:
    """The exit code and output of one hook, run in the scratch repository."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environ |= {"PRE_COMMIT_HOME": str(home), "PRE_COMMIT_COLOR": "never"}
    command = [sys.executable, "-m", "pre_commit", "try-repo", str(hooks), hook, *options]
    done = subprocess.run(
        command, cwd=scratch, env=environ, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_camlint_fails_on_a_bad_policy_and_passes_on_a_good_one(
    hooks: Path, home: Path, scratch: Path
) -> None:
    code, said = try_hook(hooks, home, scratch, "camlint", "--all-files")
    assert code == 1, said
    assert "bad.json:" in said
    assert "error[CAM210] invalid-sdkappid" in said
    assert "bad.txt" not in said
    code, said = try_hook(hooks, home, scratch, "camlint", "--files", "good.json", "package.json")
    assert (code, "Passed" in said) == (0, True), said


def test_camlint_all_looks_at_the_whole_repository(hooks: Path, home: Path, scratch: Path) -> None:
    code, said = try_hook(hooks, home, scratch, "camlint-all", "--files", "good.json")
    assert code == 1, said
    assert "bad.json:" in said


def test_camlint_fix_fails_while_something_is_left(hooks: Path, home: Path, scratch: Path) -> None:
    code, said = try_hook(hooks, home, scratch, "camlint-fix", "--all-files")
    assert code == 1, said
    assert "Nothing to fix; 1 error left" in said
    assert (scratch / "bad.json").read_text("utf-8") == BAD
    code, said = try_hook(hooks, home, scratch, "camlint-fix", "--files", "good.json")
    assert (code, "Passed" in said) == (0, True), said


def test_camlint_no_new_access_fails_where_a_commit_gains_any(
    hooks: Path, home: Path, scratch: Path
) -> None:
    code, said = try_hook(hooks, home, scratch, "camlint-no-new-access", "--all-files")
    assert (code, "Passed" in said) == (0, True), said
    wider = GOOD.replace("trtc:DismissRoom", "trtc:*")
    assert wider != GOOD
    (scratch / "good.json").write_text(wider, "utf-8")
    git(scratch, "add", "good.json")
    # What isn't staged is no part of the commit: pre-commit puts it aside.
    (scratch / "good.json").write_text(GOOD, "utf-8")
    (scratch / "bad.json").write_text(wider, "utf-8")
    code, said = try_hook(hooks, home, scratch, "camlint-no-new-access")
    assert code == 1, said
    assert "good.json grants more than HEAD:good.json: trtc (" in said
    assert "bad.json" not in said
    git(scratch, "checkout", "HEAD", "--", "good.json", "bad.json")
    (scratch / "good.json").unlink()
    git(scratch, "add", "--all")
    code, said = try_hook(hooks, home, scratch, "camlint-no-new-access")
    assert code == 0, said
