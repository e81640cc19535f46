"""The page about the catalogue agrees with it."""

from pathlib import Path

import pytest

from build_catalog_docs import PAGE, main


def test_page_is_up_to_date() -> None:
    assert main(["--check"]) == 0


def test_check_tells_of_an_old_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "catalog.md"
    assert main(["--check"], page) == 1
    assert "make catalog" in capsys.readouterr().err
    assert not page.exists()
    assert main([], page) == 0
    assert main(["--check"], page) == 0
    assert page.read_bytes() == PAGE.read_bytes()


def test_page_tells_of_a_service() -> None:
    (line,) = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `trtc`")]
    assert "**Tencent Real-Time Communication (TRTC) 实时音视频**" in line
    assert "| 143 | 68 | 68 | `sdkappid` |" in line
