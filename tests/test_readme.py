"""The README shows what camlint really says."""

import re
from pathlib import Path

from camlint.engine import Engine
from camlint.findings import Summary
from camlint.registry import load_registry
from camlint.report.formats import open_report
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
POLICIES = re.findall(r"```json\n(.*?)```", README, re.DOTALL)
OUTPUTS = re.findall(r"```\n\$ camlint policy.json\n(.*?)```", README, re.DOTALL)


def output(policy: str) -> str:
    result = Engine(load_registry(), Selection(), NOTHING_STATED).lint(
        Source("policy.json", policy)
    )
    written: list[str] = []
    report = open_report("text", written.append, colour=False)
    report.start()
    if result.diagnostics:
        report.file(result.diagnostics)
    severities = [one.severity.value for one in result.diagnostics]
    report.finish(
        Summary(
            files=1,
            policies=result.policies,
            errors=severities.count("error"),
            warnings=severities.count("warning"),
            notes=severities.count("note"),
            fixable=sum(bool(one.fixes) for one in result.diagnostics),
        )
    )
    return "".join(written)


def test_the_broken_policy_gives_the_output_shown() -> None:
    assert output(POLICIES[0]) == OUTPUTS[0]


def test_the_repaired_policy_is_clean() -> None:
    assert output(POLICIES[1]) == OUTPUTS[1] == "No problems in 1 policy\n"
