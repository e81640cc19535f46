"""A folder of its own for each test of a command, and what a run in it returns and prints."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from camlint.cli import main

Ran = tuple[int, str, str]
Run = Callable[..., Ran]

CLEAN = """{
    "version": "2.0",
    "statement": [
        {
            "effect": "allow",
            "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
            "resource": ["qcs::trtc::uin/100032145678:sdkappid/1400618273"]
        }
    ]
}
"""
POLICIES = {
    "clean.json": CLEAN,
    "wrong.json": CLEAN.replace("1400618273", "14O0618273"),
    "risky.json": CLEAN.replace("1400618273", "1400*"),
    "noted.json": CLEAN.replace("DismissRoom", "RemoveUser"),
    "broken.json": CLEAN.replace("]\n        }", "],\n        }"),
    "foreign.json": '{"name": "a package", "version": "2.0"}',
}
"""What each has: nothing, an error, a warning, a note, a slip that is no JSON, no policy."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current directory, empty, outside any repository and above any configuration."""
    for name in ("NO_COLOR", "FORCE_COLOR", "CAMLINT_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def policies(folder: Path) -> Path:
    """The current directory with one file of each sort in it."""
    for name, text in POLICIES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs camlint with arguments and perhaps a text on its standard input."""

    def call(*arguments: str, stdin: str = "") -> Ran:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        code = main(list(arguments))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call
