"""Reports of expectations for programs: JSON of version 1, and JUnit XML."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("small_catalogue")

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = pytest.importorskip("jsonschema").Draft202012Validator(
    json.loads((DOCS / "test.schema.json").read_text("utf-8"))
)
APP = "qcs::trtc::uin/100032145678:sdkappid/1400618273"
POLICY = f"""{{"version": "2.0", "statement": [
    {{"effect": "allow", "action": ["trtc:DismissRoom"], "resource": ["{APP}"]}},
    {{"effect": "deny", "action": ["trtc:DescribeRoomInfo"], "resource": ["*"]}}
]}}
"""
FILE = f"""policy = "rooms.json"
never-grants = ["cdb:*", "trtc:*"]
must-equal = "rooms.json"

[[cases]]
name = "<p> & \\u0007 \\ud7ff 房间"
can = ["trtc:DismissRoom", "trtc:DescribeAppStatList"]
resource = "{APP}"
"""


@pytest.fixture(autouse=True)
def files(folder: Path) -> Path:
    """A file with what is met and what isn't, and one that can't be run."""
    (folder / "rooms.json").write_text(POLICY, "utf-8")
    (folder / "a.camtest.toml").write_text(FILE, "utf-8")
    (folder / "b.camtest.yaml").write_text("policy: rooms.json\npolicy: x\n", "utf-8")
    return folder


def test_json(run: Run) -> None:
    code, out, err = run("test", "--format", "json")
    assert code == 2
    assert "\n".join(err.splitlines()) == (
        'camlint: b.camtest.yaml:2: the key "policy" stands here twice, first on line 1'
    )
    report = json.loads(out)
    SCHEMA.validate(report)
    assert set(report) == {"version", "files", "broken", "unexercised", "mutation", "summary"}
    assert report["version"] == 1
    assert report["mutation"] is None
    assert report["summary"] == {"files": 1, "passed": 3, "failed": 2, "broken": 1}
    assert report["broken"] == [
        {
            "path": "b.camtest.yaml",
            "problems": [
                {"line": 2, "message": 'the key "policy" stands here twice, first on line 1'}
            ],
        }
    ]
    assert report["unexercised"] == [
        {
            "path": "rooms.json",
            "policy": "",
            "pointer": "/statement/1",
            "line": 3,
            "effect": "deny",
            "layer": "policy",
        }
    ]
    (file,) = report["files"]
    listed = file["expectations"]
    assert [(one["expected"], one["met"], one["line"]) for one in listed] == [
        ("can", True, 7),
        ("can", False, 7),
        ("never-grants", True, 2),
        ("never-grants", False, 2),
        ("must-equal", True, 3),
    ]
    assert len({frozenset(one) for one in listed}) == 1
    met, unmet, _, granted, equal = listed
    assert met["decision"] == "allow"
    assert [one["pointer"] for one in met["statements"]] == ["/statement/0"]
    assert unmet["decision"] == "implicit-deny"
    assert unmet["reasons"] == ["not allowed: nothing in rooms.json allows it"]
    assert unmet["title"] == f"can trtc:DescribeAppStatList on {APP}"
    assert granted["witness"] == {"action": "trtc:DismissRoom", "resource": APP, "context": {}}
    assert (equal["verdict"], equal["others"]) == ("equivalent", ["rooms.json"])


def test_junit(run: Run) -> None:
    code, out, _ = run("test", "--format", "junit", "--require-coverage")
    assert code == 2
    assert out.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ')
    root = ET.fromstring(out.partition("\n")[2])
    assert root.tag == "testsuites"
    assert {key: root.get(key) for key in ("tests", "failures", "errors")} == {
        "tests": "7",
        "failures": "3",
        "errors": "1",
    }
    file, broken, coverage = root
    assert [one.tag for one in root] == ["testsuite"] * 3
    for suite in root:
        assert suite.get("tests") == str(len(suite.findall("testcase")))
        assert suite.get("failures") == str(len(suite.findall("testcase/failure")))
        assert suite.get("errors") == str(len(suite.findall("testcase/error")))
        assert all(case.get("name") and case.get("classname") for case in suite)
    assert file.get("name") == "a.camtest.toml"
    case = file[1]
    name = f"<p> & \\u{{7}} \ud7ff 房间: can trtc:DescribeAppStatList on {APP}"
    assert case.get("name") == name.replace("\ud7ff", "\\u{d7ff}")
    assert (case.get("file"), case.get("line")) == ("a.camtest.toml", "7")
    failure = case[0]
    assert failure.tag == "failure"
    assert failure.get("type") == "can"
    assert str(failure.get("message")).endswith(": not allowed: nothing in rooms.json allows it")
    assert failure.text == "a.camtest.toml:7\nnot allowed: nothing in rooms.json allows it"
    error = broken[0][0]
    assert error.tag == "error"
    assert "stands here twice" in str(error.get("message"))
    assert coverage.get("name") == "rooms.json"
    assert coverage[0][0].get("message") == "no case exercises it"


def test_names_are_unique_in_a_suite(run: Run, files: Path) -> None:
    case = f'[[cases]]\ncan = "trtc:DismissRoom"\nresource = "{APP}"\n'
    (files / "a.camtest.toml").write_text('policy = "rooms.json"\n' + case * 2, "utf-8")
    _, out, _ = run("test", "a.camtest.toml", "--format", "junit")
    names = [one.get("name") for one in ET.fromstring(out.partition("\n")[2]).iter("testcase")]
    assert names == [
        f"can trtc:DismissRoom on {APP} (line 3)",
        f"can trtc:DismissRoom on {APP} (line 6)",
    ]


def test_what_all_passes_is_a_green_report(run: Run, files: Path) -> None:
    (files / "a.camtest.toml").write_text('policy = "rooms.json"\nnever-grants = "cdb:*"\n')
    code, out, _ = run("test", "a.camtest.toml", "--format", "junit")
    assert code == 0
    root = ET.fromstring(out.partition("\n")[2])
    assert list(root.iter("failure")) == list(root.iter("error")) == []


def test_several_reports_of_one_run(run: Run, files: Path) -> None:
    code, out, _ = run("test", "--output", "junit=out.xml", "--output", "json=out.json")
    assert code == 2
    assert out.splitlines()[-1].startswith("3 passed, 2 failed in 1 file")
    assert (files / "out.xml").read_text("utf-8") == run("test", "--format", "junit")[1]
    assert (files / "out.json").read_text("utf-8") == run("test", "--format", "json")[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--format", "junti"), 'is none of text, json, junit; did you mean "junit"?'),
        (("--output", "junit"), "write a format and a file, such as junit=expectations.xml"),
        (("--output", "xml=a"), '"xml" is none of text, json, junit'),
        (("--output", "json=missing/a.json"), "can't be written to"),
    ],
)
def test_reports_that_cannot_be_written(run: Run, words: tuple[str, ...], told: str) -> None:
    code, out, err = run("test", "a.camtest.toml", *words)
    assert (code, out) == (2, "")
    assert told in err
