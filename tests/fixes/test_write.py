"""A file gets its new text at once and keeps the rest, or it stays as it was."""

import os
from pathlib import Path

import pytest

from camlint.fixes.write import Original, UnwrittenError, read_original, write_over

TEXT = '{"名": "值"}\r\n'


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.strip().encode(),
        b"",
    ],
)
def test_the_spelling_of_a_file_survives(data: bytes) -> None:
    original = Original(data, "policy.json")
    assert original.encode(original.source.text) == data
    assert original.encode(original.source.text, plain=True) == original.source.text.encode()
    changed = original.encode(original.source.text + "x")
    assert changed.startswith(data)
    assert Original(changed, "policy.json").source.text == original.source.text + "x"


def test_a_file_that_is_no_text_is_not_spelt_anew() -> None:
    with pytest.raises(UnwrittenError):
        Original(b"{\xff\xff}", "policy.json").encode("{}")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "policy.json"
    path.write_bytes(b"old")
    return path


def write(path: Path | str, data: bytes = b"new") -> None:
    write_over(str(path), read_original(str(path), str(path)), data, os.getcwd())


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755, 0o640])
def test_the_mode_survives(file: Path, mode: int) -> None:
    file.chmod(mode)
    write(file)
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o7777 == mode
    assert list(file.parent.iterdir()) == [file]


def test_a_read_only_file_stays(file: Path) -> None:
    file.chmod(0o444)
    with pytest.raises(UnwrittenError, match="read-only"):
        write(file)
    assert file.read_bytes() == b"old"


def test_a_file_that_was_changed_meanwhile_stays(file: Path) -> None:
    original = read_original("policy.json", "policy.json")
    file.write_bytes(b"older")
    with pytest.raises(UnwrittenError, match="changed while camlint looked"):
        write_over("policy.json", original, b"new", os.getcwd())
    assert file.read_bytes() == b"older"
    assert list(file.parent.iterdir()) == [file]


def test_a_file_that_went_away_does_not_come_back(file: Path) -> None:
    original = read_original("policy.json", "policy.json")
    file.unlink()
    with pytest.raises(UnwrittenError, match="No such file"):
        write_over("policy.json", original, b"new", os.getcwd())
    assert list(file.parent.iterdir()) == []


@pytest.mark.parametrize("call", ["fsync", "replace", "chmod"])
def test_what_fails_leaves_the_file_and_no_other(
    file: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fail(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(UnwrittenError, match="No space left"):
        write(file)
    assert file.read_bytes() == b"old"
    assert list(file.parent.iterdir()) == [file]


def test_an_interruption_leaves_the_file_and_no_other(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write(file)
    assert list(file.parent.iterdir()) == [file]


def test_a_folder_that_takes_no_files(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(UnwrittenError, match="nothing can be written to its folder"):
        write(file)
    assert file.read_bytes() == b"old"


def test_a_file_of_somebody_else_is_not_taken_over(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    status = os.stat_result((*os.stat(file)[:4], os.geteuid() + 1, *os.stat(file)[5:]))
    real = os.stat

    def stat(path: str, **options: bool) -> os.stat_result:
        return status if path == str(file) else real(path, **options)

    monkeypatch.setattr(os, "stat", stat)
    monkeypatch.setattr(os, "chown", refuse)
    with pytest.raises(UnwrittenError, match="belongs to somebody else"):
        write(file)
    assert [one.name for one in file.parent.iterdir()] == ["policy.json"]


def test_a_link_stays_a_link(file: Path) -> None:
    (file.parent / "deep").mkdir()
    link = file.parent / "deep" / "link.json"
    link.symlink_to("../policy.json")
    write(link)
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_a_link_out_of_the_folder_is_not_followed(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = file.parent / "inside"
    inside.mkdir()
    (inside / "link.json").symlink_to(file)
    monkeypatch.chdir(inside)
    with pytest.raises(UnwrittenError, match=r"symbolic link to .*policy\.json, outside"):
        write("link.json")
    assert file.read_bytes() == b"old"
    write("../policy.json")
    assert file.read_bytes() == b"new"


def test_a_pipe_is_not_written(file: Path) -> None:
    original = read_original("policy.json", "policy.json")
    file.unlink()
    os.mkfifo(file)
    with pytest.raises(UnwrittenError, match="no regular file"):
        write_over("policy.json", original, b"new", os.getcwd())
