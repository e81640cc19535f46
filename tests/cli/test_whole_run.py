"""What comes of all policies of a run together: those that say the same, and those in others."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from camlint.api import lint_paths
from camlint.run import candidates
from camlint.run import run as run_module
from camlint.selection import Selection

Run = Callable[..., tuple[int, str, str]]
Write = Callable[..., None]

BOTH = ("--select", "CAM509,CAM510")


def allow(action: object, resource: object = "*", **more: object) -> dict[str, object]:
    return {"effect": "allow", "action": action, "resource": resource, **more}


def deny(action: object, resource: object = "*", **more: object) -> dict[str, object]:
    return {"effect": "deny", "action": action, "resource": resource, **more}


@pytest.fixture
def write(folder: Path) -> Write:
    def call(name: str, *statements: dict[str, object], **top: object) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        document = {"version": "2.0", **top, "statement": statements}
        path.write_text(json.dumps(document, indent=1), "utf-8")

    return call


def said(out: str) -> list[tuple[str, str, str]]:
    """The file, the code and the message of each line of a concise report."""
    lines = [line.split(": ", 3) for line in out.splitlines()]
    return [(one[0].split(":")[0], one[1][5:11], one[-1]) for one in lines]


def test_a_duplicate_points_at_both_files(run: Run, write: Write) -> None:
    write("a/first.json", allow(["cvm:StopInstances", "cvm:DescribeInstances"]))
    write("b/second.json", allow(["name/cvm:DescribeInstances", "cvm:StopInstances"], ["*"]))
    code, out, err = run(*BOTH)
    assert (code, err) == (0, "")
    assert (
        out
        == """\
note[CAM510] duplicate-policy: this policy means the same as a/first.json
  --> b/second.json:1:1
   |
 1 | {
   | ^ says the same
  ::: a/first.json:1:1
   |
 1 | {
   | - as this
   = help: keep one of the two, and attach it in both places
   = note: high confidence, documented at cloud.tencent.com/document/product/598/10603; camlint explain CAM510
Found 1 note in 2 policies
"""
    )


def test_programs_are_told_of_the_other_file(run: Run, write: Write) -> None:
    write("a.json", allow("cvm:*"))
    write("b.json", allow("cvm:*"))
    [one] = json.loads(run(*BOTH, "--format", "json")[1])["findings"]
    assert (one["path"], one["pointer"], one["code"]) == ("b.json", "", "CAM510")
    assert [(place["path"], place["line"]) for place in one["related"]] == [("a.json", 1)]
    [only] = json.loads(run(*BOTH, "--format", "sarif")[1])["runs"]
    [result] = only["results"]
    places = [result["locations"][0], *result["relatedLocations"]]
    assert [uri(place) for place in places] == ["b.json", "a.json"]
    assert "See also [as this](1)." in result["message"]["text"]


def uri(place: dict[str, Any]) -> str:
    found = place["physicalLocation"]["artifactLocation"]["uri"]
    assert isinstance(found, str)
    return found


def test_each_later_one_names_the_first(run: Run, write: Write) -> None:
    for name in ("a.json", "b.json", "c.json"):
        write(name, allow("cvm:*"))
    _, out, _ = run(*BOTH, "--format", "concise")
    message = "this policy means the same as a.json"
    assert said(out) == [("b.json", "CAM510", message), ("c.json", "CAM510", message)]


def test_statements_split_in_another_way_mean_the_same(run: Run, write: Write) -> None:
    write("a.json", allow(["cvm:Describe*", "cvm:DescribeZones", "cvm:StopInstances"]))
    write("b.json", allow("cvm:StopInstances"), allow("cvm:Describe*"))
    _, out, _ = run(*BOTH, "--format", "concise")
    assert said(out) == [("b.json", "CAM510", "this policy means the same as a.json")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (allow("cvm:StopInstances"), deny("cvm:StopInstances")),
        (allow("cos:GetObject", "qcs::cos:::a-1250000000/*"), allow("cos:GetObject", "x")),
        (
            allow("cvm:StopInstances", condition={"ip_equal": {"qcs:ip": "10.0.0.1"}}),
            allow("cvm:StopInstances", condition={"ip_equal": {"qcs:ip": "10.0.0.2"}}),
        ),
    ],
)
def test_what_differs_is_no_duplicate(
    run: Run, write: Write, one: dict[str, object], other: dict[str, object]
) -> None:
    write("a.json", one)
    write("b.json", other)
    assert run(*BOTH, "--format", "concise")[1] == ""


def test_a_policy_in_another_is_told_whichever_comes_first(run: Run, write: Write) -> None:
    write("a.json", allow("cos:GetObject", "qcs::cos:::photos-1250000000/*"))
    write("b.json", allow("cos:*", "qcs::cos:::*"), deny("cos:Delete*"))
    write("c.json", allow(["cos:HeadObject"], "qcs::cos:::photos-1250000000/a/*"))
    _, out, _ = run(*BOTH, "--format", "concise")
    message = "this policy grants nothing beyond what b.json grants"
    assert said(out) == [("a.json", "CAM509", message), ("c.json", "CAM509", message)]


def test_a_deny_or_a_condition_of_the_other_counts(run: Run, write: Write) -> None:
    write("a.json", allow("cos:DeleteObject"))
    write("b.json", allow("cos:*"), deny("cos:Delete*"))
    write("c.json", allow("cos:*", condition={"ip_equal": {"qcs:ip": "203.0.113.0/24"}}))
    _, out, _ = run(*BOTH, "--format", "concise")
    assert out == ""


def test_a_condition_that_is_narrower_is_contained(run: Run, write: Write) -> None:
    wide, narrow = ({"ip_equal": {"qcs:ip": one}} for one in ("10.0.0.0/8", "10.1.0.0/16"))
    write("a.json", allow("cos:GetObject", condition=narrow))
    write("b.json", allow("cos:Get*", condition=wide))
    assert [one[:2] for one in said(run(*BOTH, "--format", "concise")[1])] == [("a.json", "CAM509")]


def test_of_two_that_grant_the_same_the_later_is_told(run: Run, write: Write) -> None:
    write("a.json", allow("cos:GetObject"))
    write("b.json", allow("cos:GetObject"), deny("cvm:StopInstances"))
    _, out, _ = run(*BOTH, "--format", "concise")
    assert said(out) == [("b.json", "CAM509", "this policy grants just what a.json grants")]


def test_what_grants_nothing_is_in_no_other(run: Run, write: Write) -> None:
    write("a.json", allow("cos:GetObject"), deny("cos:*"))
    write("b.json", allow("cos:*"))
    write("c.json", deny("cvm:*"))
    assert run(*BOTH, "--format", "concise")[1] == ""


def test_an_administrator_says_nothing_of_the_others(run: Run, write: Write) -> None:
    write("a.json", allow("cos:GetObject"))
    write("b.json", allow("*"))
    assert run(*BOTH, "--format", "concise")[1] == ""


def test_policies_of_roles_and_of_other_kinds_are_left_alone(run: Run, write: Write) -> None:
    trust = {
        "effect": "allow",
        "action": "sts:AssumeRole",
        "principal": {"service": ["cvm.qcloud.com"]},
    }
    for name in ("a.json", "b.json"):
        write(name, trust)
    photos = "qcs::cos:ap-guangzhou:uid/1250000000:photos-1250000000/*"
    user = {"qcs": ["qcs::cam::uin/100012345678:uin/100012345679"]}
    write("c.json", allow("cos:GetObject", photos, principal=user))
    write("d.json", allow("cos:GetObject", photos))
    assert run(*BOTH, "--format", "concise")[1] == ""


def test_bucket_policies_count_whom_they_speak_of(run: Run, write: Write) -> None:
    photos = "qcs::cos:ap-guangzhou:uid/1250000000:photos-1250000000/*"
    users = [f"qcs::cam::uin/100012345678:uin/10001234567{number}" for number in (1, 2, 3)]
    write("a.json", allow("cos:GetObject", photos, principal={"qcs": users[:1]}))
    write("b.json", allow("cos:Get*", photos, principal={"qcs": users[1:]}))
    assert run(*BOTH, "--format", "concise")[1] == ""
    write("c.json", allow("cos:Get*", photos, principal={"qcs": users}))
    found = said(run(*BOTH, "--format", "concise")[1])
    assert [one[:2] for one in found] == [("a.json", "CAM509"), ("b.json", "CAM509")]


def test_several_policies_of_one_file(run: Run, folder: Path) -> None:
    policy = {"version": "2.0", "statement": [allow("cvm:StopInstances")]}
    both = [policy, {"PolicyDocument": json.dumps(policy)}]
    (folder / "list.json").write_text(json.dumps(both, indent=1), "utf-8")
    [one] = json.loads(run(*BOTH, "--format", "json")[1])["findings"]
    assert one["policy"] == "/1/PolicyDocument"
    assert one["message"] == "this policy means the same as list.json (/0)"
    assert one["related"][0]["path"] == "list.json"
    assert one["line"] > one["related"][0]["line"]


def test_standard_input_is_part_of_the_run(run: Run, write: Write, folder: Path) -> None:
    write("z.json", allow("cvm:*"))
    text = (folder / "z.json").read_text("utf-8")
    _, out, _ = run(*BOTH, "--format", "concise", "-", "z.json", stdin=text)
    assert said(out) == [("z.json", "CAM510", "this policy means the same as <stdin>")]
    _, out, _ = run("-", "z.json", *BOTH, stdin=text)
    assert "::: <stdin>:1:1" in out


def test_what_is_not_quite_json_is_left_out(run: Run, write: Write, folder: Path) -> None:
    write("a.json", allow("cvm:*"))
    text = (folder / "a.json").read_text("utf-8")
    (folder / "b.json").write_text(text.replace('"*"', '"*",'), "utf-8")
    assert run(*BOTH, "--format", "concise")[1] == ""


def test_only_strict_runs_compare(run: Run, write: Write) -> None:
    write("a.json", allow("cvm:DescribeInstances"))
    write("b.json", allow("cvm:DescribeInstances"))
    assert "CAM510" not in run("--format", "concise")[1]
    assert "CAM510" in run("--format", "concise", "--strict")[1]
    assert "CAM510" not in run("--format", "concise", "--strict", "--ignore", "CAM510")[1]


def test_its_file_decides_what_a_finding_is(run: Run, write: Write, folder: Path) -> None:
    (folder / "camlint.toml").write_text(
        'severity = { CAM510 = "error" }\n[[overrides]]\npaths = ["old/**"]\nignore = ["CAM5"]\n'
    )
    for name in ("a.json", "b.json", "old/c.json"):
        write(name, allow("cvm:DescribeInstances"))
    code, out, _ = run("--strict", "--format", "concise")
    found = [line for line in out.splitlines() if "CAM510" in line]
    assert (code, len(found)) == (1, 1)
    assert found[0].startswith("b.json:1:1: error[CAM510]")


def test_findings_of_all_come_after_those_of_each(run: Run, write: Write) -> None:
    write("a.json", allow(["cvm:DescribeInstances", "cvm:DescribeInstances"]))
    write("b.json", allow(["cvm:DescribeInstances", "cvm:DescribeInstances"]))
    _, out, _ = run("--select", "CAM109,CAM510", "--format", "concise")
    assert [one[:2] for one in said(out)] == [
        ("a.json", "CAM109"),
        ("b.json", "CAM109"),
        ("b.json", "CAM510"),
    ]


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_many_processes_say_the_same(run: Run, write: Write, form: str) -> None:
    for number in range(12):
        write(f"{number:02}.json", allow(["cvm:*", "cvm:Describe*", "cos:*"][number % 3]))
    alone = run("--strict", "--jobs", "1", "--format", form)
    assert alone[1].count("CAM510") >= 9
    assert run("--strict", "--jobs", "3", "--format", form) == alone


def test_after_fixes_what_is_left_is_compared(run: Run, write: Write) -> None:
    write("a.json", allow("cvm:DescribeInstances"))
    write("b.json", allow(["cvm:DescribeInstances", "cvm:DescribeInstances"]))
    _, out, _ = run("--fix", "--select", "CAM109,CAM510", "--format", "concise")
    assert [one[:2] for one in said(out)] == [("b.json", "CAM510")]


def test_that_not_all_were_tried_is_told_once(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "MOST_TRIED", 0)
    for number in range(3):
        write(
            f"{number}.json",
            allow(f"cvm:{'StopInstances' if number else '*'}"),
            deny(f"a:{number}"),
        )
    _, out, _ = run("--strict", "--format", "concise")
    told = [line for line in out.splitlines() if "CAM901" in line]
    assert told == [
        "1.json:1:1: note[CAM901] not-analysed: this policy and 1 more were not held against every "
        "policy of the run that may grant as much, since too many may"
    ]


def test_a_search_is_bounded(run: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "MOST_LOOKED_AT", 0)
    write("a.json", allow("cvm:StopInstances"))
    write("b.json", allow("cvm:*"))
    assert "CAM901" in run("--strict", "--format", "concise")[1]


def test_what_changed_meanwhile_proves_nothing(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.json", allow("cvm:StopInstances"))
    write("b.json", allow("cvm:*"))
    monkeypatch.setattr("camlint.whole_run.hash_meaning", lambda policy: b"another")
    assert run(*BOTH, "--format", "concise")[1] == ""


def test_from_python_too(write: Write) -> None:
    write("a.json", allow("cvm:StopInstances"))
    write("b.json", allow("cvm:StopInstances"))
    found = list(lint_paths(["a.json", "b.json"], selection=Selection(("CAM510",))))
    assert [(path, len(result.diagnostics)) for path, result in found] == [
        ("a.json", 0),
        ("b.json", 0),
        ("b.json", 1),
    ]
