"""The tables that reviewers read: in a terminal, in Markdown, and as JSON for programs."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("small_catalogue")

POLICY = """{"version": "2.0", "statement": [
    {"effect": "allow", "action": ["trtc:*", "cdb:Describe*", "cdb:Isolate"],
     "resource": ["qcs::trtc::uin/100032145678:sdkappid/1400618273",
                  "qcs::cdb:ap-guangzhou:uin/100032145678:instanceId/*"],
     "condition": {"string_equal": {"qcs:resource_tag/env": ["dev", "a|b"]},
                   "ip_equal": {"qcs:ip": "10.0.0.0/8"}}},
    {"effect": "Deny", "action": "*", "resource": "*"},
    {"effect": "allow", "resource": "`*`"}
]}"""
FOOTER = """\
2/70: 2 of the 70 actions of this level that are known; the public catalogue is partial.
UNKNOWN counts what stands for no known action. Conditions don't lessen the counts.
"""
SHOWN = (
    """\
policy.json: identity policy, 3 statements
STATEMENT  SERVICE  LIST  READ  WRITE  PERMISSIONS  TAGGING  UNKNOWN
1 allow    trtc     all   all   all    -            -        -
           cdb      -     1/1   -      -            -        1
  on      qcs::trtc::uin/100032145678:sdkappid/1400618273
          qcs::cdb:ap-guangzhou:uin/100032145678:instanceId/*
  if      string_equal qcs:resource_tag/env "dev" or "a|b"
  and     ip_equal qcs:ip "10.0.0.0/8"
2 deny     *        all   all   all    all          -        -
  on      *
  faulty  effect "Deny"
3 allow    -        -     -     -      -            -        -
  faulty  no action
          resource "`*`"

"""
    + FOOTER
)
RESOURCES = (
    "`qcs::trtc::uin/100032145678:sdkappid/1400618273`<br>"
    "`qcs::cdb:ap-guangzhou:uin/100032145678:instanceId/*`"
)
CONDITIONS = (
    '`string_equal qcs:resource_tag/env "dev" or "a\\|b"`<br>`ip_equal qcs:ip "10.0.0.0/8"`'
)
MARKDOWN = f"""\
### `policy.json` (identity policy)

| Statement | Service | List | Read | Write | Permissions | Tagging | Unknown | Resources | Conditions |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| 1 allow | `trtc` | all | all | all |  |  |  | {RESOURCES} | {CONDITIONS} |
| 1 allow | `cdb` |  | 1/1 |  |  |  | `Isolate` | {RESOURCES} | {CONDITIONS} |
| 2 deny<br>faulty: `effect "Deny"` | `*` | all | all | all | all |  |  | `*` |  |
| 3 allow<br>faulty: `no action`, `` resource "`*`" `` |  |  |  |  |  |  |  |  |  |

2/70: 2 of the 70 actions of this level that are known; the public catalogue is partial. \
Unknown is what stands for no known action. Conditions don't lessen the counts.
"""
TRUST = """{"version": "2.0", "statement": [
    {"effect": "allow", "action": "name/sts:AssumeRole",
     "principal": {"service": ["scf.qcloud.com", "cvm.cloud.tencent.com"]}}
]}"""


@pytest.fixture(autouse=True)
def policy(folder: Path) -> Path:
    """A policy with something for each part of the tables."""
    path = folder / "policy.json"
    path.write_text(POLICY, "utf-8")
    return path


def test_what_people_read(run: Run) -> None:
    assert run("summarize", "policy.json") == (0, SHOWN, "")


def test_it_fits_the_width_but_for_what_people_copy(run: Run) -> None:
    out = run("summarize", "policy.json")[1].removesuffix(FOOTER)
    assert all(len(line) <= 80 for line in out.splitlines())


def test_markdown(run: Run) -> None:
    assert run("summarize", "policy.json", "--format", "markdown") == (0, MARKDOWN, "")


def test_principals(run: Run) -> None:
    code, out, _ = run("summarize", "-", stdin=TRUST)
    assert code == 0
    assert out.removesuffix(FOOTER) == (
        "<stdin>: trust policy, 1 statement\n"
        "STATEMENT  SERVICE  LIST  READ  WRITE  PERMISSIONS  TAGGING  UNKNOWN\n"
        "1 allow    sts      -     -     -      -            -        1\n"
        "  for     service scf.qcloud.com\n"
        "          service cvm.cloud.tencent.com\n\n"
    )
    _, out, _ = run("summarize", "-", "--format", "markdown", stdin=TRUST)
    heading, _, row = out.splitlines()[2:5]
    assert heading.startswith("| Statement | Principals | Service |")
    cells = "| 1 allow | `service scf.qcloud.com`<br>`service cvm.cloud.tencent.com` | `sts` |"
    assert row.startswith(cells)


def test_json(run: Run) -> None:
    code, out, err = run("summarize", "policy.json", "--format", "json")
    assert (code, err) == (0, "")
    report = json.loads(out)
    assert set(report) == {"version", "policies", "not_analysed"}
    (policy,) = report["policies"]
    first, second, third = policy["statements"]
    assert first["services"][1] == {
        "service": "cdb",
        "name": "TencentDB for MySQL",
        "actions": ["Describe*", "Isolate"],
        "everything": False,
        "levels": {
            "list": {"named": 0, "known": 0},
            "read": {"named": 1, "known": 1},
            "write": {"named": 0, "known": 1},
            "permissions": {"named": 0, "known": 1},
            "tagging": {"named": 0, "known": 0},
        },
        "unknown": ["Isolate"],
    }
    assert first["conditions"] == [
        {"operator": "string_equal", "key": "qcs:resource_tag/env", "values": ["dev", "a|b"]},
        {"operator": "ip_equal", "key": "qcs:ip", "values": ["10.0.0.0/8"]},
    ]
    assert second["effect"] == "deny"
    assert second["services"][0]["everything"]
    assert [one["element"] for one in third["malformed"]] == ["action", "resource"]
    assert set(first) == set(second) == set(third)


def test_a_number_that_json_cannot_hold(run: Run, policy: Path) -> None:
    policy.write_text(POLICY.replace('"10.0.0.0/8"', "1e999"), "utf-8")
    _, out, _ = run("summarize", "policy.json", "--format", "json")

    def refuse(name: str) -> None:
        raise AssertionError(name)

    statement = json.loads(out, parse_constant=refuse)["policies"][0]["statements"][0]
    assert statement["conditions"][1]["values"] == ["inf"]


@pytest.mark.usefixtures("policies")
@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_exit_codes(run: Run, form: str, folder: Path) -> None:
    assert run("summarize", "clean.json", "--format", form)[0] == 0
    (folder / "lacking.json").write_text(
        '{"version": "2.0", "statement": [{"effect": "allow", ...}]}'
    )
    assert run("summarize", ".", "--format", form)[0] == 1
    assert run("summarize", ".", "missing.json", "--format", form)[0] == 2


def test_two_runs_give_the_same_bytes(run: Run) -> None:
    for form in ("text", "json", "markdown"):
        assert run("summarize", ".", "--format", form) == run("summarize", ".", "--format", form)
