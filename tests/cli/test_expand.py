"""What the patterns of policies stand for, as people and programs get to see it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("small_catalogue")

PATTERNS = """{"version": "2.0", "statement": [
    {"effect": "allow", "action": ["trtc:*", "name/cdb:DescribeDBInstances"], "resource": "*"},
    {"effect": "deny", "action": ["*:Modify*", "trtc:Restart", "trtc:Re*", "permid/280655", "oops"],
     "resource": "*"}
]}"""
SHOWN = """\
patterns.json
  statement 1, allow
    trtc:*: at least 6 actions
      list   1  DescribeAppStatList
      read   1  DescribeRoomInfo
      write  4  CreateCloudSliceTask, CreatePicture, CreateTrtcApp, DismissRoom
    name/cdb:DescribeDBInstances: read
  statement 2, deny
    *:Modify*: at least 1 action
      permissions  1  in 1 service
    trtc:Restart: unknown; the public catalogue is partial
    trtc:Re*: no known action; the public catalogue is partial
    permid/280655: an old set of actions; no document says which are in it
    "oops": not an action; `camlint check` tells what is wrong
"""


@pytest.fixture(autouse=True)
def patterns(folder: Path) -> Path:
    """A policy with an action of every sort."""
    path = folder / "patterns.json"
    path.write_text(PATTERNS, "utf-8")
    return path


def test_what_people_read(run: Run) -> None:
    assert run("expand", "patterns.json") == (0, SHOWN, "")


def test_standard_input(run: Run) -> None:
    shown = SHOWN.replace("patterns.json", "<stdin>")
    assert run("expand", "-", stdin=PATTERNS) == (0, shown, "")


def test_json(run: Run) -> None:
    code, out, err = run("expand", "patterns.json", "--format", "json")
    assert (code, err) == (0, "")
    report = json.loads(out)
    assert set(report) == {"version", "policies", "not_analysed"}
    assert (report["version"], report["not_analysed"]) == (1, [])
    (policy,) = report["policies"]
    assert set(policy) == {"path", "policy", "kind", "principals", "statements"}
    first, second = policy["statements"]
    assert set(first) == {"pointer", "effect", "actions", "malformed"}
    assert first["actions"][0] == {
        "pointer": "/statement/0/action/0",
        "text": "trtc:*",
        "wildcard": True,
        "at_least": 6,
        "levels": {
            "list": ["trtc:DescribeAppStatList"],
            "read": ["trtc:DescribeRoomInfo"],
            "write": [
                "trtc:CreateCloudSliceTask",
                "trtc:CreatePicture",
                "trtc:CreateTrtcApp",
                "trtc:DismissRoom",
            ],
            "permissions": [],
            "tagging": [],
        },
    }
    assert second["malformed"] == [
        {"element": "action", "fault": "unreadable", "pointer": "/statement/1/action/4"}
    ]


LACKING = """{
    "version": "2.0",
    "statement": [
        {
            "effect": "allow",
            "action": ["trtc:DismissRoom", ...],
            "resource": ["*"]
        }
    ]
}
"""
"""A policy of which a part was left out."""


def test_a_policy_that_is_no_json_is_read_as_if_mended(run: Run, policies: Path) -> None:
    code, out, err = run("expand", "broken.json")
    assert code == 0
    assert out == run("expand", "clean.json")[1].replace("clean.json", "broken.json")
    assert err == (
        "camlint: broken.json is not JSON and is read as if mended; `camlint check` shows what to "
        "mend\n"
    )


def test_a_policy_that_lacks_something_is_left_out(run: Run, policies: Path) -> None:
    (policies / "lacking.json").write_text(LACKING, "utf-8")
    code, out, err = run("expand", "lacking.json", "clean.json")
    assert code == 1
    assert out == (
        "clean.json\n"
        "  statement 1, allow\n"
        "    trtc:DismissRoom: write\n"
        "    trtc:RemoveUser: unknown; the public catalogue is partial\n"
    )
    assert err == (
        "camlint: lacking.json is left out: it is not JSON (line 6, column 44: ellipsis); "
        "`camlint check` shows what to mend\n"
    )


def test_json_tells_what_was_left_out(run: Run, policies: Path) -> None:
    (policies / "lacking.json").write_text(LACKING, "utf-8")
    code, out, _ = run("expand", "lacking.json", "--format", "json")
    assert code == 1
    report = json.loads(out)
    assert report["policies"] == []
    assert report["not_analysed"] == [
        {
            "path": "lacking.json",
            "policy": "",
            "reason": "it is not JSON (line 6, column 44: ellipsis)",
        }
    ]


@pytest.mark.usefixtures("policies")
def test_a_file_that_cannot_be_read(run: Run) -> None:
    code, out, err = run("expand", "missing.json", "clean.json")
    assert code == 2
    assert out.startswith("clean.json\n")
    assert err == "camlint: missing.json can't be read: No such file or directory\n"


def test_an_action_instead_of_a_file(run: Run) -> None:
    code, out, err = run("expand", "trtc:*")
    assert (code, out) == (2, "")
    assert err.endswith("of an action or pattern, camlint catalog 'trtc:*' tells what it is\n")


@pytest.mark.usefixtures("policies")
def test_a_file_without_a_policy(run: Run) -> None:
    code, out, err = run("expand", "foreign.json")
    assert (code, out) == (0, "")
    assert err == (
        "camlint: foreign.json holds no policy: nothing in it has the elements of one\n"
        "No CAM policy found in 1 file\n"
    )


def test_a_policy_inside_another_file(run: Run, folder: Path) -> None:
    request = {"PolicyName": "x", "PolicyDocument": PATTERNS}
    (folder / "patterns.json").write_text(json.dumps([request, request]), "utf-8")
    _, out, _ = run("expand", "patterns.json")
    titles = [line for line in out.splitlines() if line and not line.startswith(" ")]
    assert titles == [f"patterns.json at /{index}/PolicyDocument" for index in (0, 1)]


@pytest.mark.parametrize("command", ["expand", "summarize"])
@pytest.mark.parametrize(
    ("arguments", "told"),
    [([], "needs a policy"), (["patterns.json", "--format", "yaml"], '"yaml" is none of text')],
)
def test_wrong_usage(run: Run, command: str, arguments: list[str], told: str) -> None:
    code, out, err = run(command, *arguments)
    assert (code, out) == (2, "")
    assert told in err


def test_what_a_policy_says_cannot_act_on_the_terminal(run: Run, patterns: Path) -> None:
    patterns.write_text(PATTERNS.replace("Restart", r"\u001b[31m").replace("oops", r"\u0007"))
    _, out, _ = run("expand", "patterns.json")
    assert "\\u{1b}[31m" in out
    assert "\x1b" not in out
    assert "\x07" not in out
