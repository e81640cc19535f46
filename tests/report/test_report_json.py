"""The JSON report: whole, in order, a finding a line, and what its schema says."""

import json
from pathlib import Path

import pytest

from camlint.findings import Summary
from camlint.report.json import JsonReport
from camlint.version import VERSION

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "findings.schema.json").read_text(encoding="utf-8")
)

TEXT = '{"effect": "allow",\n "action": "trtc:描述",\n "resource": "*"}\n'


def written(*files, summary=None):
    parts = []
    report = JsonReport(parts.append)
    report.start()
    for diagnostics in files:
        report.file(diagnostics)
    report.finish(summary or Summary())
    return "".join(parts)


@pytest.fixture
def finding(diagnose):
    statement = json.loads(TEXT)
    related = (('"*"', "here"),)
    return diagnose(TEXT, '"trtc:描述"', related=related, statement=statement, policy="/policy")


def test_a_finding_has_every_key_in_its_order(finding):
    [reported] = json.loads(written([finding]))["findings"]
    fingerprint = reported.pop("fingerprint")
    assert list(reported.items()) == [
        ("code", "CAM505"),
        ("name", "void-grant"),
        ("severity", "error"),
        ("confidence", "high"),
        ("message", "the message"),
        ("path", "policies/trtc.json"),
        ("line", 2),
        ("column", 12),
        ("end_line", 2),
        ("end_column", 21),
        ("pointer", "/statement/0/action/0"),
        ("policy", "/policy"),
        ("kind", "identity"),
        (
            "related",
            [
                {
                    "message": "here",
                    "path": "policies/trtc.json",
                    "line": 3,
                    "column": 14,
                    "end_line": 3,
                    "end_column": 17,
                    "pointer": "/statement/0/resource/0",
                }
            ],
        ),
        ("witness", None),
        ("steps", []),
        ("fix", None),
    ]
    assert fingerprint.endswith(":1")


def test_the_whole_report(diagnose):
    summary = Summary(
        files=9, without_policy=4, policies=5, errors=2, warnings=3, notes=4, fixable=5,
        suppressed=6, baselined=7, not_analysed=8, unreadable=9,
    )  # fmt: skip
    report = json.loads(written([diagnose(TEXT, '"*"', kind=None)], summary=summary))
    assert list(report) == ["version", "tool", "findings", "summary"]
    assert report["version"] == 1
    assert report["tool"]["name"] == "camlint"
    assert report["tool"]["version"] == VERSION
    assert report["findings"][0]["kind"] is None
    assert report["summary"] == {
        "files": 9,
        "policies": 5,
        "errors": 2,
        "warnings": 3,
        "notes": 4,
        "fixable": 5,
        "suppressed": 6,
        "baselined": 7,
        "not_analysed": 8,
    }


def test_a_finding_a_line(finding):
    lines = written([finding, finding], [], [finding]).splitlines()
    assert len(lines) == 5
    assert lines[0].startswith('{"version": 1, "tool": {') and lines[0].endswith('"findings": [')
    assert [line.endswith("},") for line in lines[1:4]] == [True, True, False]
    assert lines[4].startswith('], "summary": {"files": 0,')


def test_an_empty_report_is_json_too():
    assert json.loads(written([], []))["findings"] == []


def test_findings_are_written_as_they_come(finding):
    parts = []
    report = JsonReport(parts.append)
    report.start()
    report.file([finding])
    assert '"fingerprint"' in parts[-1]


def test_equal_findings_of_a_file_are_told_apart(finding):
    report = json.loads(written([finding, finding], [finding]))
    hashes, ordinals = zip(
        *(one["fingerprint"].split(":") for one in report["findings"]), strict=True
    )
    assert len(set(hashes)) == 1
    assert ordinals == ("1", "2", "1")


def test_any_text_survives_as_utf8_without_commands_for_a_terminal(diagnose):
    message = "数据 \ud83d \udc00 \x1b[2K \x7f \x9b \u202e \u2028 \U000e0041 \n"
    text = written([diagnose(TEXT, '"*"', message=message, path="\udcff.json")])
    assert "数据" in text
    assert text.replace("\n", "").isprintable()
    [reported] = json.loads(text.encode())["findings"]
    assert reported["message"] == message
    assert reported["path"] == "\udcff.json"


def test_the_schema_requires_what_is_written(finding):
    report = json.loads(written([finding]))
    parts = SCHEMA["$defs"]
    assert SCHEMA["required"] == list(report)
    assert parts["tool"]["required"] == list(report["tool"])
    assert parts["finding"]["required"] == list(report["findings"][0])
    assert parts["finding"]["required"] == list(parts["finding"]["properties"])
    assert parts["related"]["required"] == list(report["findings"][0]["related"][0])
    assert parts["summary"]["required"] == list(report["summary"])


def test_the_report_is_valid_against_the_schema(finding, diagnose):
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(SCHEMA)
    validator.check_schema(SCHEMA)
    unplaced = diagnose("", at=(0, 0), kind=None, steps=())
    report = json.loads(written([finding], [unplaced]))
    assert list(validator.iter_errors(report)) == []
    del report["findings"][0]["witness"]
    assert not validator.is_valid(report)
