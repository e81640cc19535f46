"""What users install: the two packages and nothing else, typed, with the licence."""

import importlib.util
import os
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from camlint.version import VERSION

ROOT = Path(__file__).resolve().parent.parent
INFO = f"camlint-{VERSION}.dist-info"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    """The wheel, built from a source distribution as an installer would build it."""
    missing = [tool for tool in ("build", "hatchling") if importlib.util.find_spec(tool) is None]
    if missing:
        reason = f"{' and '.join(missing)} not installed here, so the wheel can't be built"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = folder.glob("*.whl")
    assert found.name == f"camlint-{VERSION}-py3-none-any.whl"
    return zipfile.Path(found)


def test_wheel_holds_the_two_packages_and_nothing_else(wheel: zipfile.Path) -> None:
    assert {entry.name for entry in wheel.iterdir()} == {"camlint", "camlint_rules", INFO}


def test_wheel_holds_every_module(wheel: zipfile.Path) -> None:
    built = {name for name in wheel.root.namelist() if not name.startswith(INFO)}
    built -= {name for name in built if name.endswith("/")}
    sources = {
        path.relative_to(root).as_posix()
        for root in (ROOT / "linter", ROOT / "rules")
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert built == sources


@pytest.mark.parametrize("package", ["camlint", "camlint_rules"])
def test_packages_are_typed(wheel: zipfile.Path, package: str) -> None:
    assert (wheel / package / "py.typed").is_file()


def test_metadata(wheel: zipfile.Path) -> None:
    metadata = Parser().parsestr((wheel / INFO / "METADATA").read_text("utf-8"))
    assert metadata["Version"] == VERSION
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata.get_all("Requires-Dist") == [
        "jsonpath-ng<2,>=1.16",
        "pyyaml<7,>=6.0.1",
        "sarif-om<2,>=1.0.4",
    ]
    licence = (wheel / INFO / "licenses" / "LICENSE").read_text("utf-8")
    assert "Apache License" in licence


def test_console_script(wheel: zipfile.Path) -> None:
    assert "camlint = camlint.cli:run_script" in (wheel / INFO / "entry_points.txt").read_text(
        "utf-8"
    )
