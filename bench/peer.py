"""parliament, the linter for the policies of another cloud, on policies that say the same."""

import json
import sys
from pathlib import Path

from equivalent import translate_policy
from processes import say, try_quietly

PACKAGES = ("parliament", "setuptools<81")
"""parliament imports pkg_resources, which later versions of setuptools don't have."""

ANALYSE = """
import os, sys
from parliament import analyze_policy_string
found = 0
for name in sorted(os.listdir(sys.argv[1])):
    with open(os.path.join(sys.argv[1], name), encoding="utf-8") as file:
        policy = analyze_policy_string(file.read(), ignore_private_auditors=True)
    found += bool(policy.findings)
sys.exit(found > 0)
"""
"""Every file of a folder through parliament's own interface; 1 when anything was found."""


def install_parliament(folder: Path) -> str:
    """Its interpreter, in an environment of its own below the folder; ``""`` if there is none."""
    say("installing parliament")
    venv = folder / "parliament"
    python = str(venv / "bin" / "python")
    steps = (
        [sys.executable, "-m", "venv", str(venv)],
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES],
        [python, "-c", "import parliament"],
    )
    for step in steps:
        complaint = try_quietly(step)
        if complaint:
            say(f"parliament can't be installed:\n{complaint}")
            return ""
    return python


def write_equivalents(source: Path, folder: Path, count: int) -> int:
    """Write the IAM policies that say what the first ``count`` CAM policies say; how many."""
    folder.mkdir(parents=True)
    paths = sorted(source.rglob("*.json"))[:count]
    for number, path in enumerate(paths):
        policy = translate_policy(json.loads(path.read_text("utf-8")))
        (folder / f"policy-{number:05}.json").write_text(json.dumps(policy, indent=2), "utf-8")
    return len(paths)
