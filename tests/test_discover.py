"""Which files a run looks at, inside and outside a repository."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from camlint.discover import discover
from camlint.git import NotListed, find_git, list_files

needs_git = pytest.mark.skipif(find_git() is None, reason="git is not installed")
needs_links = pytest.mark.skipif(os.name == "nt", reason="links need rights there")

Notes = list[tuple[str, bool]]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current directory, outside any repository, with a git that knows no configuration."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


def make(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("{}")


def git(*arguments: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


def found(*paths: str, exclude: tuple[str, ...] = (), force: bool = False) -> list[str]:
    return list(discover(paths or (".",), exclude, force_exclude=force))


def notes(*paths: str) -> Notes:
    told: Notes = []
    list(discover(paths, note=lambda text, loud: told.append((text, loud))))
    return told


def test_a_folder_is_walked_for_json_without_what_others_put_there() -> None:
    make("b.json", "a/c.json", "a.tf.json", "a.txt", ".hidden/d.json", "deep/er/e.json")
    for passed_over in (".git", "node_modules", ".terraform", ".venv", "__pycache__"):
        make(f"{passed_over}/x.json", f"deep/{passed_over}/y/x.json")
    assert found() == [".hidden/d.json", "a.tf.json", "a/c.json", "b.json", "deep/er/e.json"]


def test_a_named_file_is_looked_at_whatever_it_is_called() -> None:
    make("policy.txt", "node_modules/a.json")
    assert found("policy.txt", "node_modules/a.json") == ["node_modules/a.json", "policy.txt"]


def test_a_named_folder_is_looked_at_whatever_it_is_called() -> None:
    make("node_modules/a.json")
    assert found("node_modules") == ["node_modules/a.json"]


def test_sorted_and_once() -> None:
    make("b.json", "a/c.json")
    absolute = str(Path("b.json").resolve())
    assert found("b.json", ".", "./a", absolute, "a/../b.json") == ["a/c.json", "b.json"]


def test_what_does_not_exist_is_left_for_the_reader_to_find_out() -> None:
    assert found("nowhere.json", "") == ["", "nowhere.json"]


def test_outside_the_current_directory_names_are_absolute(here: Path) -> None:
    make("../elsewhere/a.json")
    expected = (here.parent / "elsewhere" / "a.json").as_posix()
    assert found("../elsewhere") == [expected]
    assert found("../elsewhere/a.json") == [expected]


def test_exclude_is_for_folders_unless_forced() -> None:
    make("a.json", "build/b.json", "deep/build/c.json")
    assert found(exclude=("build",)) == ["a.json"]
    assert found(".", "build/b.json", exclude=("build",)) == ["a.json", "build/b.json"]
    assert found(".", "build/b.json", "build", exclude=("build",), force=True) == ["a.json"]
    assert found("build", exclude=("build/*",)) == []


def test_a_walk_says_so_only_in_detail() -> None:
    ((text, loud),) = notes(".")
    assert text.startswith("looking at all of ., ignored files included: git refused: ")
    assert not loud


@needs_links
def test_links_that_lead_out_are_not_followed(here: Path) -> None:
    make("../elsewhere/a.json", "tree/b.json", "tree/in/c.json")
    os.symlink("../../elsewhere/a.json", "tree/out.json")
    os.symlink("../../elsewhere", "tree/folder")
    os.symlink("b.json", "tree/same.json")
    os.symlink("nothing", "tree/broken.json")
    assert found("tree") == ["tree/b.json", "tree/in/c.json", "tree/same.json"]
    skipped = [text for text, _ in notes("tree") if "skipped" in text]
    assert skipped == ["skipped tree/out.json: a symbolic link on its path leads out of tree"]
    assert found("tree/out.json") == ["tree/out.json"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_pipes_in_a_folder_are_not_waited_for() -> None:
    make("a.json")
    os.mkfifo("pipe.json")
    assert found() == ["a.json"]
    assert found("pipe.json") == ["pipe.json"]


@needs_git
class TestRepository:
    """Git decides what belongs to a folder."""

    @pytest.fixture(autouse=True)
    def repository(self, here: Path) -> None:
        git("init")
        make("tracked.json", "untracked.json", "built/ignored.json", "node_modules/n.json")
        Path(".gitignore").write_text("built/\n")
        git("add", "tracked.json", "node_modules")
        git("commit", "-m", "x")

    def test_tracked_and_untracked_files_but_no_ignored_ones(self) -> None:
        assert found() == ["node_modules/n.json", "tracked.json", "untracked.json"]
        assert notes(".") == []

    def test_a_named_file_may_be_ignored(self) -> None:
        assert found("built/ignored.json") == ["built/ignored.json"]

    def test_a_named_folder_may_be_ignored(self) -> None:
        assert found("built") == ["built/ignored.json"]
        (told,) = notes("built")
        assert told == (
            "looking at all of built, ignored files included: git ignores it",
            True,
        )

    def test_deleted_files_are_passed_over(self) -> None:
        Path("tracked.json").unlink()
        shutil.rmtree("node_modules")
        assert found() == ["untracked.json"]

    def test_git_is_asked_in_the_folder_itself(
        self, here: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make("deep/a.json", "../elsewhere/b.json")
        monkeypatch.setenv("GIT_DIR", str(here / ".git"))
        monkeypatch.setenv("GIT_INDEX_FILE", str(here / "nowhere"))
        assert found("deep") == ["deep/a.json"]
        assert found("../elsewhere") == [(here.parent / "elsewhere/b.json").as_posix()]

    def test_names_are_not_quoted(self) -> None:
        make("主账号.json", 'a "b".json')
        assert {"主账号.json", 'a "b".json'} <= set(found())

    @needs_links
    def test_a_tracked_link_that_leads_out_is_not_followed(self) -> None:
        make("../elsewhere/a.json")
        os.symlink("../elsewhere/a.json", "out.json")
        git("add", "out.json")
        assert "out.json" not in found()

    @needs_links
    def test_a_folder_replaced_by_a_link_that_leads_out_is_not_followed(self) -> None:
        make("deep/a.json", "../elsewhere/a.json")
        git("add", "deep")
        shutil.rmtree("deep")
        os.symlink("../elsewhere", "deep")
        assert "deep/a.json" not in found()

    @needs_links
    def test_the_repository_runs_no_program_of_its_own(self) -> None:
        spy = Path("spy.sh")
        spy.write_text("#!/bin/sh\ntouch spied\n")
        spy.chmod(0o755)
        git("config", "core.fsmonitor", str(spy.resolve()))
        git("config", "core.hooksPath", ".")
        subprocess.run(["git", "status"], check=False, capture_output=True)
        assert Path("spied").exists(), "this git runs no monitor, so the test shows nothing"
        Path("spied").unlink()
        assert "tracked.json" in found()
        assert not Path("spied").exists()

    def test_a_refusal_is_told_and_everything_is_looked_at(self) -> None:
        Path(".git/config").write_text("[core\n")
        assert "built/ignored.json" in found()
        ((text, loud),) = notes(".")
        assert "git refused: fatal: bad config" in text
        assert loud

    @needs_links
    def test_only_absolute_folders_of_the_path_are_searched_for_git(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        planted = Path("git")
        planted.write_text("#!/bin/sh\ntouch planted\n")
        planted.chmod(0o755)
        monkeypatch.setenv("PATH", f".{os.pathsep}{os.environ['PATH']}")
        assert "tracked.json" in found()
        assert not Path("planted").exists()


def test_without_git_everything_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    make("a.json")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NotListed, match="git is not installed"):
        list_files(".")
    assert found() == ["a.json"]
