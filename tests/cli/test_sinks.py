"""Reports in files: whole or not there, and never in the place of something else."""

import os
from pathlib import Path

import pytest

from camlint.cli.failure import Failure
from camlint.cli.sinks import File


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_report_appears_when_it_is_finished(folder: Path) -> None:
    (folder / "report").write_text("the last one")
    sink = File("report")
    sink.write("one, ")
    assert (folder / "report").read_text() == "the last one"
    sink.write("two\n")
    sink.close()
    assert (folder / "report").read_bytes() == b"one, two\n"
    assert names(folder) == ["report"]


def test_an_unfinished_report_leaves_no_trace(folder: Path) -> None:
    (folder / "report").write_text("the last one")
    sink = File("report")
    sink.write("one")
    sink.discard()
    assert (folder / "report").read_text() == "the last one"
    assert names(folder) == ["report"]


def test_others_may_read_what_the_umask_lets_them(folder: Path) -> None:
    (folder / "plain").write_text("")
    sink = File("report")
    sink.close()
    assert (folder / "report").stat().st_mode == (folder / "plain").stat().st_mode


def test_a_lone_surrogate_is_escaped(folder: Path) -> None:
    sink = File("report")
    sink.write("主 \ud800")
    sink.close()
    assert (folder / "report").read_bytes() == "主 \\ud800".encode()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("nowhere/report", "No such file or directory"),
        (".", "it is a folder"),
        ("plain/report", "Not a directory"),
    ],
)
def test_where_nothing_can_be_written(folder: Path, path: str, words: str) -> None:
    (folder / "plain").write_text("")
    with pytest.raises(Failure, match=words):
        File(path)
    assert names(folder) == ["plain"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_stays_a_link(folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "report").symlink_to("deep/report")
    sink = File("report")
    sink.write("one")
    sink.close()
    assert (folder / "report").is_symlink()
    assert (folder / "deep" / "report").read_text() == "one"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_written_to_and_not_replaced(folder: Path) -> None:
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    sink = File("pipe")
    sink.write("one")
    sink.close()
    assert os.read(reader, 10) == b"one"
    os.close(reader)
    assert (folder / "pipe").is_fifo()
