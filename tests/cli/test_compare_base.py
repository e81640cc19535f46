"""``camlint compare --base REF``: the policies of the working tree against a revision."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from camlint.git import find_git

Run = Callable[..., tuple[int, str, str]]

pytestmark = [
    pytest.mark.skipif(find_git() is None, reason="git is not installed"),
    pytest.mark.usefixtures("small_catalogue"),
]

ROOMS = {"effect": "allow", "action": ["trtc:DismissRoom"], "resource": ["*"]}
VIEWS = {"effect": "allow", "action": ["trtc:DescribeRoomInfo"], "resource": ["*"]}
INSTANCES = {"effect": "allow", "action": ["cvm:StartInstances"], "resource": ["*"]}


def git(*arguments: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


def policy(*statements: object) -> dict[str, object]:
    return {"version": "2.0", "statement": list(statements)}


def write(name: str, value: object) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(json.dumps(value, indent=2), "utf-8")


def commit() -> None:
    git("add", "--all")
    git("commit", "--message", "x")


@pytest.fixture(autouse=True)
def repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current directory as a repository with a few policies, all committed."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    git("init", "--initial-branch", "main")
    write("policies/viewer.json", policy(VIEWS))
    write("policies/dismisser.json", policy(ROOMS, VIEWS))
    write("policies/operator.json", policy(INSTANCES))
    write("package.json", {"name": "x", "version": "1.0.0"})
    commit()
    return folder


def told(run: Run, *arguments: str) -> Any:
    code, out, err = run("compare", "--base", "HEAD", "--format", "json", *arguments)
    assert err == ""
    answer = json.loads(out)
    assert code == (answer["verdict"] in ("wider", "incomparable", "unknown"))
    return answer


def statuses(answer) -> list[tuple[str, str, str]]:
    """Status, the path of the new side or else the old one, and the verdict of each comparison."""
    return [
        (one["status"], (one["new"] or one["old"])[0]["path"], one["verdict"])
        for one in answer["comparisons"]
    ]


def test_where_nothing_changed_nothing_is_gained(run: Run) -> None:
    assert run("compare", "--base", "HEAD") == (
        0,
        "No policy differs from HEAD (4 files unchanged)\n",
        "",
    )


TEXT = """\
3 policies differ from HEAD: 2 gained access, 1 lost some (2 files unchanged)

HEAD:policies/operator.json is gone, and all that it allowed is lost: cvm (write)

lost in cvm
  allowed by HEAD:policies/operator.json:4:5 (/statement/0)
  write: cvm:StartInstances on qcs::cvm:ap-guangzhou::instance/1

policies/starter.json is new, and all that it allows is gained: cvm (write)

gained in cvm
  allowed by policies/starter.json:4:5 (/statement/0)
  allowed by policies/starter.json:13:5 (/statement/1)
  write: cvm:StartInstances on qcs::cvm:ap-guangzhou::instance/1
    try it: camlint can policies/starter.json --action cvm:StartInstances --resource qcs::cvm:ap-guangzhou::instance/1

policies/viewer.json grants more than HEAD:policies/viewer.json: trtc (write); nothing is lost

gained in trtc
  allowed by policies/viewer.json:4:5 (/statement/0)
  nothing allows it in HEAD:policies/viewer.json
  write: trtc:DismissRoom on qcs::trtc:::sdkappid/1
    try it: camlint can policies/viewer.json --action trtc:DismissRoom --resource qcs::trtc:::sdkappid/1
"""


def test_each_policy_has_its_verdict_and_there_is_one_in_sum(run: Run) -> None:
    write("policies/viewer.json", policy(ROOMS, VIEWS))
    Path("policies/operator.json").unlink()
    write("policies/starter.json", policy(INSTANCES, INSTANCES))
    assert run("compare", "--base", "HEAD") == (1, TEXT, "")
    answer = told(run)
    assert answer["verdict"] == "incomparable"
    assert statuses(answer) == [
        ("deleted", "HEAD:policies/operator.json", "narrower"),
        ("added", "policies/starter.json", "wider"),
        ("changed", "policies/viewer.json", "wider"),
    ]
    assert answer["summary"] == {
        "base": "HEAD",
        "compared": 3,
        "gaining": 2,
        "losing": 1,
        "unchanged_files": 2,
    }
    assert [one["comparison"] for one in answer["gained"]] == [1, 2]


def test_another_layout_is_no_change(run: Run) -> None:
    Path("policies/viewer.json").write_text(json.dumps(policy(VIEWS)), "utf-8")
    code, out, _ = run("compare", "--base", "HEAD", "--fail-on", "any")
    assert code == 0
    assert "policies/viewer.json grants exactly what HEAD:policies/viewer.json does" in out


@pytest.mark.parametrize("staged", [True, False])
def test_a_renamed_file_is_compared_with_what_it_was(run: Run, staged: bool) -> None:
    if staged:
        git("mv", "policies/dismisser.json", "rooms.json")
    else:
        Path("policies/dismisser.json").rename("rooms.json")
    assert statuses(told(run)) == [("renamed", "rooms.json", "equivalent")]
    if staged:
        assert statuses(told(run, "policies")) == [("renamed", "rooms.json", "equivalent")]
    assert statuses(told(run, "rooms.json")) == [("renamed", "rooms.json", "equivalent")]
    write(
        "rooms.json", policy({**ROOMS, "action": ["trtc:DismissRoom", "trtc:CreatePicture"]}, VIEWS)
    )
    if staged:
        assert statuses(told(run)) == [("renamed", "rooms.json", "wider")]
    else:
        assert [one[0] for one in statuses(told(run))] == ["deleted", "added"]


def test_a_deny_that_goes_with_its_file_is_told(run: Run) -> None:
    write("deny.json", policy({**ROOMS, "effect": "deny"}))
    commit()
    Path("deny.json").unlink()
    code, out, _ = run("compare", "--base", "HEAD")
    assert code == 0
    assert out.splitlines()[2] == (
        "HEAD:deny.json is gone, and it allowed nothing; what it denied, other policies of its "
        "principal may now grant"
    )


def test_policies_of_a_file_are_told_apart_by_their_place(run: Run) -> None:
    write("roles.json", {"viewer": policy(VIEWS), "admin": policy(ROOMS), "old": policy(VIEWS)})
    commit()
    write("roles.json", {"viewer": policy(ROOMS), "admin": policy(VIEWS), "new": policy(VIEWS)})
    answer = told(run)
    assert [
        (one["status"], (one["new"] or one["old"])[0]["policy"], one["verdict"])
        for one in answer["comparisons"]
    ] == [
        ("changed", "/viewer", "incomparable"),
        ("changed", "/admin", "incomparable"),
        ("added", "/new", "wider"),
        ("deleted", "/old", "narrower"),
    ]
    out = run("compare", "--base", "HEAD")[1]
    assert "roles.json at /viewer grants other things than HEAD:roles.json at /viewer" in out
    assert "try it" not in out, "camlint can would take all policies of the file together"


def test_paths_limit_what_is_compared(run: Run) -> None:
    write("policies/viewer.json", policy(ROOMS))
    write("policies/operator.json", policy(ROOMS))
    Path("policies/dismisser.json").unlink()
    answer = told(run, "policies/viewer.json", "package.json")
    assert statuses(answer) == [("changed", "policies/viewer.json", "incomparable")]
    assert answer["summary"]["unchanged_files"] == 1
    gone = told(run, "policies/dismisser.json")
    assert statuses(gone) == [("deleted", "HEAD:policies/dismisser.json", "narrower")]


def test_from_a_folder_of_the_repository_paths_are_relative_to_it(run: Run, monkeypatch) -> None:
    write("policies/viewer.json", policy(ROOMS))
    monkeypatch.chdir("policies")
    assert statuses(told(run)) == [("changed", "viewer.json", "incomparable")]


def test_a_link_is_compared_as_the_file_that_it_leads_to(run: Run) -> None:
    Path("link.json").symlink_to("policies/viewer.json")
    commit()
    assert told(run)["comparisons"] == []
    write("policies/viewer.json", policy(VIEWS, ROOMS))
    assert statuses(told(run, "link.json")) == [("changed", "policies/viewer.json", "wider")]


def test_a_policy_that_can_not_be_read_on_one_side_is_unknown(run: Run) -> None:
    Path("policies/viewer.json").write_text(
        '{"version": "2.0", "statement": [{"effect": "allow" "x'
    )
    code, out, err = run("compare", "--base", "HEAD")
    assert code == 1
    assert "1 could not be decided" in out
    assert "policies/viewer.json can't be read: it is not JSON" in out
    commit()
    Path("policies/viewer.json").unlink()
    code, out, _ = run("compare", "--base", "HEAD")
    assert (code, "policies/viewer.json" in out) == (1, True)
    assert "undecided whether anything is lost" in out
    write("policies/viewer.json", policy(VIEWS))
    assert run("compare", "--base", "HEAD")[0] == 1
    del err


def test_what_is_read_as_if_mended_is_said(run: Run) -> None:
    text = Path("policies/viewer.json").read_text("utf-8")
    Path("policies/viewer.json").write_text(text.replace("]\n    }", "],\n    }"), "utf-8")
    code, out, err = run("compare", "--base", "HEAD")
    assert (code, "grants exactly what" in out) == (0, True)
    assert "policies/viewer.json is not JSON and is read as if mended" in err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all files")
def test_a_file_that_can_not_be_read_makes_the_run_incomplete(run: Run) -> None:
    Path("policies/viewer.json").chmod(0)
    code, _, err = run("compare", "--base", "HEAD")
    assert (code, "policies/viewer.json can't be read" in err) == (2, True)


def test_a_file_that_is_nowhere_makes_the_run_incomplete(run: Run) -> None:
    code, _, err = run("compare", "--base", "HEAD", "missing.json")
    assert (code, err) == (2, "camlint: missing.json can't be read: No such file or directory\n")


def test_revisions_by_name(run: Run) -> None:
    git("tag", "v1")
    git("checkout", "-b", "feature")
    write("policies/viewer.json", policy(VIEWS, ROOMS))
    commit()
    for ref in ("main", "v1", "HEAD~1", "HEAD^"):
        code, out, _ = run("compare", "--base", ref)
        assert (code, f"than {ref}:policies/viewer.json" in out) == (1, True)
    assert run("compare", "--base", "HEAD")[0] == 0


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("mian", 'git knows no revision "mian" here; `git branch --all` lists the branches'),
        ("", '"" is no revision; name a branch'),
        ("HEAD:policies", 'git knows no revision "HEAD:policies"'),
        ("--output=x", '"--output=x" is no revision'),
    ],
)
def test_what_is_no_revision(run: Run, ref: str, said: str) -> None:
    code, out, err = run("compare", f"--base={ref}")
    assert (code, out) == (2, "")
    assert said in err
    assert not Path("x").exists()


def test_a_shallow_clone_says_what_to_fetch(run: Run, folder: Path, monkeypatch) -> None:
    write("policies/viewer.json", policy(ROOMS))
    commit()
    git("clone", "--depth", "1", f"file://{folder}", "clone")
    monkeypatch.chdir("clone")
    code, _, err = run("compare", "--base", "HEAD~1")
    assert (code, "this clone is shallow; fetch the revision first" in err) == (2, True)
    assert run("compare", "--base", "HEAD")[0] == 0


def test_before_the_first_commit_there_is_no_revision(run: Run, monkeypatch) -> None:
    Path("empty").mkdir()
    monkeypatch.chdir("empty")
    git("init")
    code, _, err = run("compare", "--base", "HEAD")
    assert (code, "nothing was committed yet" in err) == (2, True)


def test_outside_of_a_repository_there_is_no_revision(run: Run, folder: Path, monkeypatch) -> None:
    outside = folder.parent / f"{folder.name}-outside"
    outside.mkdir()
    monkeypatch.chdir(outside)
    code, _, err = run("compare", "--base", "HEAD")
    assert code == 2
    assert "is in no git repository" in err
    assert "camlint compare OLD NEW" in err
    monkeypatch.chdir(folder)
    write(str(outside / "policy.json"), policy(ROOMS))
    code, _, err = run("compare", "--base", "HEAD", ".", str(outside / "policy.json"))
    assert (code, "is outside of the repository" in err) == (2, True)


def test_without_git_there_is_no_revision(run: Run, monkeypatch) -> None:
    monkeypatch.setenv("PATH", "")
    code, _, err = run("compare", "--base", "HEAD")
    assert (code, "git is not installed" in err) == (2, True)


def test_markdown_has_a_row_for_each_policy_that_gains(run: Run) -> None:
    write("policies/viewer.json", policy(ROOMS, VIEWS))
    write("policies/new.json", policy(INSTANCES))
    code, out, _ = run("compare", "--base", "main", "--format", "markdown")
    assert code == 1
    rows = [line.split(" | ")[:4] for line in out.splitlines() if line.startswith("| `")]
    assert rows == [
        ["| `policies/new.json`", "**gained**", "`cvm`", "write"],
        ["| `policies/viewer.json`", "**gained**", "`trtc`", "write"],
    ]


@pytest.mark.skipif(os.name == "nt", reason="scripts are run otherwise there")
def test_the_repository_runs_no_program_of_its_own(run: Run, folder: Path) -> None:
    spy = folder / "spy.sh"
    spy.write_text(f"#!/bin/sh\ntouch {folder}/spied\nexit 1\n")
    spy.chmod(0o755)
    Path(".gitattributes").write_text("*.json filter=spy diff=spy\n")
    for key in ("filter.spy.clean", "filter.spy.smudge", "diff.spy.textconv", "diff.spy.command"):
        git("config", key, str(spy))
    git("config", "diff.external", str(spy))
    git("config", "core.fsmonitor", str(spy))
    git("config", "core.hooksPath", str(folder))
    write("policies/viewer.json", policy(ROOMS))
    Path("policies/dismisser.json").rename("rooms.json")
    assert run("compare", "--base", "HEAD")[0] == 1
    assert not Path("spied").exists()


@pytest.mark.skipif(os.name == "nt", reason="scripts are run otherwise there")
def test_what_a_clone_left_out_is_not_fetched(run: Run, folder: Path, monkeypatch) -> None:
    write("policies/viewer.json", policy(ROOMS))
    commit()
    git("config", "uploadpack.allowFilter", "true")
    clone = folder.parent / f"{folder.name}-clone"
    git("clone", "--filter=blob:none", f"file://{folder}", str(clone))
    monkeypatch.chdir(clone)
    spy = clone / "spy.sh"
    spy.write_text(f"#!/bin/sh\ntouch {clone}/spied\nexit 1\n")
    spy.chmod(0o755)
    git("config", "remote.origin.url", "ssh://example.com/x")
    git("config", "core.sshCommand", str(spy))
    code, _, err = run("compare", "--base", "HEAD~1")
    assert not Path("spied").exists()
    assert code == 2
    assert "git can't tell all that HEAD~1 holds" in err
    assert "if this clone was made with --filter, make one without" in err
