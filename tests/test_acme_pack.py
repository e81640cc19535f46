"""The pack among the examples, built and installed as its users would, and then used."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from camlint.laws import LAWS

ROOT = Path(__file__).resolve().parent.parent
PACK = ROOT / "examples" / "acme-pack"
POLICY = """{"version": "2.0", "statement": [{"effect": "allow", "action": ["name/cos:PutObject"],
    "resource": ["qcs::cos:ap-singapore:uid/1253653367:prod-photos-1253653367/*"]}]}
"""


def call(*command: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the interpreter of these tests, without a package index."""
    return subprocess.run(
        [sys.executable, "-m", *command],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PIP_NO_INDEX": "1", **environ},
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the pack was installed from its wheel."""
    missing = [tool for tool in ("build", "hatchling", "pip") if not importlib.util.find_spec(tool)]
    if missing:
        reason = f"{' and '.join(missing)} not installed here, so the pack can't be"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    dist, site = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("site")
    options = ("--wheel", "--no-isolation", "--outdir", str(dist))
    built = call("build", *options, str(PACK))
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = dist.glob("acme_pack-1.0.0-*.whl")
    options = ("--quiet", "--no-deps", "--target", str(site))
    installed = call("pip", "install", *options, str(wheel))
    assert installed.returncode == 0, installed.stdout + installed.stderr
    return site


def test_the_pack_keeps_the_laws(site: Path) -> None:
    done = call("camlint", "test-rules", "acme", PYTHONPATH=str(site))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(
        f"acme (acme-pack 1.0.0), 3 rules: {3 * len(LAWS)} passed, 0 failed\n"
    )
    page = (ROOT / "docs" / "packs.md").read_text("utf-8")
    shown = page.partition("$ camlint test-rules acme\n")[2].partition("```")[0].splitlines()
    assert len(shown) == 4
    assert set(shown) - {"…"} <= set(done.stdout.splitlines())


def test_the_pack_runs_where_it_is_named(site: Path, tmp_path: Path) -> None:
    policy, config = tmp_path / "policy.json", tmp_path / "camlint.toml"
    policy.write_text(POLICY, "utf-8")
    config.write_text("", "utf-8")
    check = ("camlint", "check", "--format", "json", "--select", "CAM1", str(policy))
    assert json.loads(call(*check, PYTHONPATH=str(site)).stdout)["findings"] == []
    config.write_text('packs = ["acme"]\n', "utf-8")
    done = call(*check, "--select", "ACME", PYTHONPATH=str(site))
    found = json.loads(done.stdout)["findings"]
    assert (done.returncode, sorted(one["code"] for one in found)) == (
        1,
        ["ACME001", "ACME002", "ACME003"],
    )
    absent = call(*check)
    assert (absent.returncode, absent.stdout) == (2, "")
    assert 'no pack called "acme" is installed where camlint runs' in absent.stderr
