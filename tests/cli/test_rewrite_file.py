"""A file gets its new text whole, or stays as it was."""

import os
import stat
from pathlib import Path

import pytest

from camlint.cli.rewrite_file import rewrite_file


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", ""), ("utf-8", "\ufeff"), ("utf-16-le", "\ufeff"), ("utf-16-be", "\ufeff")],
)
def test_encoding_and_mark_stay(folder: Path, encoding: str, mark: str) -> None:
    file = folder / "policy.json"
    file.write_bytes(f"{mark}一\r\n".encode(encoding))
    rewrite_file("policy.json", "一\r\n", "二\r\n")
    assert file.read_bytes() == f"{mark}二\r\n".encode(encoding)


def test_rights_stay_and_nothing_is_left_over(folder: Path) -> None:
    file = folder / "policy.json"
    file.write_text("a", "utf-8")
    file.chmod(0o640)
    rewrite_file("policy.json", "a", "b")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [path.name for path in folder.iterdir()] == ["policy.json"]


def test_a_link_stays_a_link(folder: Path) -> None:
    (folder / "real.json").write_text("a", "utf-8")
    link = folder / "link.json"
    link.symlink_to("real.json")
    rewrite_file("link.json", "a", "b")
    assert link.is_symlink()
    assert (folder / "real.json").read_text("utf-8") == "b"


def refusal(path: str, before: str = "a") -> str:
    with pytest.raises(OSError) as raised:
        rewrite_file(path, before, "b")
    return str(raised.value.strerror)


def test_a_file_that_was_changed_meanwhile_stays(folder: Path) -> None:
    file = folder / "policy.json"
    file.write_text("new", "utf-8")
    assert "changed by somebody else" in refusal("policy.json")
    assert file.read_text("utf-8") == "new"


def test_a_file_that_cannot_be_replaced_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "policy.json"
    file.write_text("a", "utf-8")

    def fail(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    assert refusal("policy.json") == "No space left on device"
    assert [(path.name, path.read_text("utf-8")) for path in folder.iterdir()] == [
        ("policy.json", "a")
    ]


def test_a_write_protected_file_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "policy.json").write_text("a", "utf-8")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert refusal("policy.json") == "it is write-protected"


def test_what_is_no_file_is_told(folder: Path) -> None:
    assert refusal(str(folder)) == "it is no regular file"
    assert refusal("missing.json") == "No such file or directory"
