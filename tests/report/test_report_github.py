"""Workflow commands: one line each, whatever a policy holds, at the right lines of the right file."""

import re

import pytest

from camlint.access.answer import Request
from camlint.finding import Severity, Witness
from camlint.findings import Summary
from camlint.report.github import GithubReport

TEXT = '{"effect": "allow",\n "action": "trtc:描述",\n "resource": "*"}\n'


def written(*files, summary=None):
    parts = []
    report = GithubReport(parts.append, colour=True)
    report.start()
    for diagnostics in files:
        report.file(diagnostics)
    report.finish(summary or Summary())
    return "".join(parts)


def decoded(command):
    """What GitHub makes of a command: its name, its properties and its text."""
    match = re.fullmatch("::([a-z]+) ([^:]*)::(.*)", command)
    assert match, command
    properties = dict(one.split("=", 1) for one in match[2].split(","))
    return match[1], {key: unescape(value) for key, value in properties.items()}, unescape(match[3])


def unescape(text):
    for code, character in (("%0A", "\n"), ("%0D", "\r"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


@pytest.fixture
def here(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("here")
def test_a_command(diagnose):
    one = diagnose(TEXT, '"trtc:描述"', path="a.json", message="no such thing", help="delete it")
    assert written([one]) == (
        "::error file=a.json,line=2,endLine=2,col=12,endColumn=21,title=CAM505 void-grant"
        "::no such thing%0Ahelp: delete it\n"
    )


@pytest.mark.parametrize(
    ("severity", "command"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.NOTE, "notice")],
)
def test_the_severity_is_the_command(diagnose, severity, command):
    assert written([diagnose(TEXT, '"*"', severity=severity)]).startswith(f"::{command} ")


@pytest.mark.usefixtures("here")
def test_everything_is_escaped_where_it_stands(diagnose):
    path, message = "a,b:c%2C=.json", "100% of a, b: c::d"
    [line] = written([diagnose(TEXT, '"*"', path=path, message=message)]).splitlines()
    assert "file=a%2Cb%3Ac%252C=.json," in line
    assert line.endswith("::100%25 of a, b: c::d")
    name, properties, text = decoded(line)
    assert (name, properties["file"], text) == ("error", path, message)


def test_a_policy_can_give_no_commands(diagnose):
    message = "a\n::set-output name=x::y\r\n::error::z \x1b[2K"
    lines = written([diagnose(TEXT, '"*"', message=message, help="\n::notice::")]).split("\n")
    assert len(lines) == 2 and lines[1] == ""
    assert lines[0].isprintable()
    assert "%0Ahelp: " in lines[0]


def test_columns_only_within_one_line(diagnose):
    _, properties, _ = decoded(written([diagnose(TEXT, '"allow",\n "action"')]).strip())
    assert (properties["line"], properties["endLine"]) == ("1", "2")
    assert not {"col", "endColumn"} & properties.keys()


def test_the_file_is_seen_from_the_root_of_the_repository(diagnose, here, monkeypatch):
    monkeypatch.chdir(here / "deep")
    _, properties, _ = decoded(written([diagnose(TEXT, '"*"', path="a.json")]).strip())
    assert properties["file"] == "deep/a.json"


def test_the_summary_is_the_last_line(diagnose):
    one = diagnose(TEXT, '"*"')
    lines = written([one, one], summary=Summary(errors=2, policies=1)).splitlines()
    assert lines[2:] == ["Found 2 errors in 1 policy"]
    assert written([], summary=Summary(policies=1)) == "No problems in 1 policy\n"
    assert written([]) == ""


def test_the_request_that_shows_a_finding(diagnose):
    witness = Witness(Request("trtc:RemoveUser", "*"), ("qcs:ip",))
    *_, text = decoded(written([diagnose(TEXT, '"*"', help="leave it", witness=witness)]).strip())
    assert text.splitlines() == [
        "the message",
        "help: leave it",
        "note: for example trtc:RemoveUser with no resource, without qcs:ip",
    ]
