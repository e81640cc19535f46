"""What somebody does step by step, in each report."""

import json
from pathlib import Path
from typing import Any

import pytest

from camlint.engine import Engine
from camlint.findings import Diagnostic, Summary
from camlint.registry import load_registry
from camlint.report.json import JsonReport
from camlint.report.report import Report
from camlint.report.sarif import SarifReport
from camlint.report.text import TextReport
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source

SCHEMA = Path(__file__).parents[2] / "docs" / "findings.schema.json"
TEXT = """\
{
  "version": "2.0",
  "statement": [
    {"effect": "allow", "action": "scf:CreateFunction", "resource": "*"},
    {
      "effect": "allow",
      "action": ["cam:GetRole", "cam:PassRole"],
      "resource": "qcs::cam::uin/100000000001:roleName/*",
      "condition": {"ip_equal": {"qcs:ip": "203.0.113.7"}}
    }
  ]
}
"""


def found() -> tuple[Diagnostic, ...]:
    engine = Engine(load_registry(), Selection(("CAM701",)), NOTHING_STATED)
    return engine.lint(Source("policy.json", TEXT)).diagnostics


def written(kind: type[Report]) -> str:
    parts: list[str] = []
    report = kind(parts.append)
    report.start()
    report.file(found())
    report.finish(Summary(policies=1))
    return "".join(parts)


def test_text_numbers_the_steps_and_shows_a_request_of_each() -> None:
    lines = [line.strip() for line in written(TextReport).splitlines()]
    steps = [line for line in lines if line.startswith("= step")]
    assert steps == [
        "= step 1: make a function with their own code, or choose one, for example "
        "scf:CreateFunction on qcs::scf:ap-guangzhou:uin/100000000001:1",
        "= step 2: give it the most powerful role that trusts SCF, for example cam:PassRole on "
        "qcs::cam::uin/100000000001:roleName/1, from 203.0.113.7",
        "= step 3: let the function run, and use the temporary credentials that it gets",
    ]
    assert sum("for example" in line for line in lines) == 2


def test_json_has_each_step_with_its_place() -> None:
    report = json.loads(written(JsonReport))
    validator = pytest.importorskip("jsonschema").Draft202012Validator(
        json.loads(SCHEMA.read_text("utf-8"))
    )
    assert list(validator.iter_errors(report)) == []
    (finding,) = report["findings"]
    one, two, three = finding["steps"]
    assert (one["line"], one["pointer"]) == (4, "/statement/0/action")
    assert (two["line"], two["pointer"]) == (7, "/statement/1/action/1")
    assert (three["line"], three["witness"]) == (7, None)
    assert two["witness"] == finding["witness"]
    assert two["witness"]["context"] == {"qcs:ip": "203.0.113.7"}


def test_sarif_has_a_code_flow() -> None:
    log: dict[str, Any] = json.loads(written(SarifReport))
    (result,) = log["runs"][0]["results"]
    (flow,) = result["codeFlows"]
    (thread,) = flow["threadFlows"]
    places = [one["location"] for one in thread["locations"]]
    lines = [one["physicalLocation"]["region"]["startLine"] for one in places]
    assert lines == [4, 7, 7]
    numbers = [one["id"] for one in (*result["relatedLocations"], *places)]
    assert len(set(numbers)) == len(numbers)
    assert places[0]["message"]["text"].startswith("make a function with their own code")
    assert "cam:PassRole on qcs::cam" in places[1]["message"]["text"]
    assert places[1]["logicalLocations"][0]["fullyQualifiedName"] == "$.statement[1].action[1]"
    assert "Note: for example" not in result["message"]["text"]
