"""The command that fixes files, and check with --fix: what they write, print and return."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from camlint.finding import Safety
from camlint.registry import Entry, Registry
from camlint.rule import (
    ActionPattern,
    Confidence,
    Context,
    Finding,
    Fix,
    Place,
    Replace,
    Severity,
    rule,
)

Run = Callable[..., tuple[int, str, str]]
ONE = "qcs::trtc::uin/100032145678:sdkappid/1400618273"
BROKEN = '{\n\t"version": "2.0", // v2\n\t"statement": [{"effect": "allow",\n\t\t"action": [%s],\n'
BROKEN += f'\t\t"resource": ["{ONE}"]}}]\n}}\n'
BROKEN = BROKEN.replace("%s", '"trtc:DismissRoom"')
MENDED = BROKEN.replace(" // v2", "")


def checks(action: ActionPattern, context: Context):
    """A prefix that can go, a pattern that can be less, and a slip that can be mended."""
    del context
    text = action.text
    place = action.place()
    if text.startswith("name/"):
        fix = Fix(Safety.SAFE, "drop name/", Replace(Place(action.pointer, 0, 5), ""))
        yield Finding(f"{text} has a prefix", place, fixes=(fix,), severity=Severity.NOTE)
    if text.endswith(":*"):
        fix = Fix(Safety.NARROWING, "only read", Replace(place, text[:-1] + "Describe*"))
        yield Finding(f"{text} is all", place, fixes=(fix,))
    if text.endswith("Usr"):
        fix = Fix(Safety.REPAIR, "write User", Replace(place, text[:-3] + "User"))
        yield Finding(f"there is no {text}", place, fixes=(fix,), severity=Severity.ERROR)


CHECK = rule(
    code="CAM991",
    name="of-a-test",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=(),
)(checks)


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules are those about slips, and one with a fix of each class."""
    from camlint.registry import load_registry

    module = type(sys)("rule_cam991", "A rule of a test.")
    vars(module)["check"] = CHECK
    monkeypatch.setitem(sys.modules, module.__name__, module)
    kinds = tuple(kind.value for kind in CHECK.kinds)
    made = Entry(
        "CAM991", "of-a-test", "warning", "high", False, kinds, "ActionPattern", module.__name__,
        (), "A rule of a test.",
    )  # fmt: skip
    slips = load_registry().find("CAM001")
    unreadable = load_registry().find("CAM904")
    assert slips is not None and unreadable is not None
    for command in ("fix", "check"):
        monkeypatch.setattr(
            f"camlint.cli.{command}.load_registry", lambda: Registry((slips, unreadable, made))
        )


def policy(*actions: str, effect: str = "allow") -> str:
    listed = ", ".join(f'"{one}"' for one in actions)
    return (
        '{"version": "2.0",\n "statement": '
        f'[{{"effect": "{effect}", "action": [{listed}], "resource": ["{ONE}"]}}]}}\n'
    )


def test_a_broken_policy_is_repaired_and_what_it_grants_is_told(run: Run, folder: Path) -> None:
    (folder / "a.json").write_text(BROKEN, "utf-8")
    code, out, err = run("fix", "a.json", "--repair")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "fixed 1 problem in a.json (CAM001)",
        "a.json: it was not JSON, which CAM refuses; repaired, it now grants:",
        f"  statement 1: allow trtc:DismissRoom on {ONE}",
        "Fixed 1 problem in 1 file; no problems left",
    ]
    assert (folder / "a.json").read_text("utf-8") == MENDED
    assert run("fix", "a.json", "--repair") == (0, "Nothing to fix; no problems left\n", "")


def test_repairs_are_only_made_on_request(run: Run, folder: Path) -> None:
    (folder / "a.json").write_text(BROKEN, "utf-8")
    code, out, err = run("fix", "a.json")
    assert (code, err) == (1, "")
    assert out == "Nothing to fix; 1 error left (1 can be fixed with --repair)\n"
    assert (folder / "a.json").read_text("utf-8") == BROKEN


@pytest.mark.usefixtures("three")
def test_each_class_is_allowed_by_its_own_option(run: Run, folder: Path) -> None:
    before = policy("name/a:B", "name/a:C", "trtc:*", "trtc:RemoveUsr")

    def fix(*options: str) -> tuple[int, str, str]:
        (folder / "a.json").write_text(before, "utf-8")
        code, out, _ = run("fix", *options)
        return code, out, (folder / "a.json").read_text("utf-8")

    code, out, text = fix()
    assert text == policy("a:B", "a:C", "trtc:*", "trtc:RemoveUsr")
    assert out.splitlines() == [
        "fixed 2 problems in a.json (CAM991 ×2)",
        "Fixed 2 problems in 1 file; 1 error, 1 warning left"
        " (1 can be fixed with --unsafe-fixes, 1 with --repair)",
    ]
    assert code == 1
    assert fix("--unsafe-fixes")[2] == policy("a:B", "a:C", "trtc:Describe*", "trtc:RemoveUsr")
    code, out, text = fix("--repair")
    assert text == policy("a:B", "a:C", "trtc:*", "trtc:RemoveUser")
    assert "a.json: repaired, it grants nothing new" in out
    assert fix("--repair", "--unsafe-fixes")[0] == 0


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_everything_else_survives(run: Run, folder: Path, end: str, encoding: str) -> None:
    text = (
        '{\t"version":"2.0" ,\r\n  "statement" : [ {"effect":"allow","action":[ "name/a:B" ],\n\n'
        f'"resource":["{ONE}", "qcs::cos:::图片-1253653367/\\u56fe/*"]}}   ] }}{end}'
    )
    path = folder / "a.json"
    path.write_bytes(text.encode(encoding))
    path.chmod(0o640)
    assert run("fix")[0] == 0
    assert path.read_bytes() == text.replace("name/", "").encode(encoding)
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.usefixtures("three")
def test_diff_writes_nothing_and_can_be_applied(run: Run, folder: Path) -> None:
    (folder / "deep").mkdir()
    one, two = policy("name/a:B"), policy("a:B", "name/a:C").replace("\n", "\r\n")[:-2]
    (folder / "a.json").write_bytes(one.encode())
    (folder / "deep" / "b.json").write_bytes(two.encode("utf-8-sig"))
    code, out, err = run("fix", "--diff")
    assert code == 1
    assert out.startswith("--- a/a.json\n+++ b/a.json\n@@ -1,2 +1,2 @@\n")
    assert out.count("\\ No newline at end of file\n") == 2
    assert err.splitlines() == [
        "would fix 1 problem in a.json (CAM991)",
        "would fix 1 problem in deep/b.json (CAM991)",
        "Would fix 2 problems in 2 files; no problems would be left",
    ]
    assert (folder / "a.json").read_bytes() == one.encode()
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed")
    environ = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    subprocess.run([git, "apply", "-"], cwd=folder, input=out.encode(), check=True, env=environ)
    assert (folder / "a.json").read_bytes() == one.replace("name/", "").encode()
    assert (folder / "deep" / "b.json").read_bytes() == two.replace("name/", "").encode("utf-8-sig")
    assert run("fix", "--diff")[:2] == (0, "")


@pytest.mark.usefixtures("three")
def test_diff_exits_with_1_when_there_is_one(run: Run, folder: Path) -> None:
    (folder / "a.json").write_text(policy("name/a:B"), "utf-8")
    assert run("fix", "--diff")[0] == 1
    assert run("fix", "--diff", "--fail-on", "never")[0] == 0
    (folder / "a.json").write_text(policy("trtc:*"), "utf-8")
    assert run("fix", "--diff")[0] == 1
    assert run("fix", "--diff", "--fail-on", "error")[:2] == (0, "")


@pytest.mark.usefixtures("three")
def test_diff_shows_a_file_with_two_names_once(run: Run, folder: Path) -> None:
    (folder / "a.json").write_text(policy("name/a:B"), "utf-8")
    (folder / "b.json").symlink_to("a.json")
    assert run("fix", "--diff")[1].count("--- a/") == 1


@pytest.mark.usefixtures("three")
def test_diff_in_colour_shows_control_characters(run: Run, folder: Path) -> None:
    text = policy("name/a:B").replace('"2.0"', '"2.0", "x": "\x9b31m"')
    (folder / "a.json").write_text(text, "utf-8")
    assert "\x9b" in run("fix", "--diff")[1]
    _, out, _ = run("fix", "--diff", "--color", "always")
    assert "\x9b" not in out
    assert "\x1b[32m+ " in out
    assert "\\u{9b}31m" in out


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_standard_input_comes_out_fixed(run: Run, mark: str) -> None:
    text = mark + policy("name/a:B").replace("\n", "\r\n")
    code, out, err = run("fix", "-", stdin=text)
    assert (code, out) == (0, text.replace("name/", ""))
    assert "fixed 1 problem in <stdin> (CAM991)" in err
    code, out, err = run("fix", "-", "--diff", "--stdin-filename", "a.json", stdin=text)
    assert (code, out.splitlines()[0]) == (1, "--- a/a.json")


@pytest.mark.parametrize("text", ["", "no policy", '{"a": 1}', BROKEN, "{" * 500])
def test_standard_input_without_fixes_comes_out_as_it_was(run: Run, text: str) -> None:
    assert run("fix", "-", stdin=text)[1] == text


def test_a_file_that_cannot_be_written_is_told_of(run: Run, folder: Path) -> None:
    (folder / "a.json").write_text(BROKEN, "utf-8")
    (folder / "a.json").chmod(0o444)
    (folder / "b.json").write_text(BROKEN, "utf-8")
    code, out, err = run("fix", "--repair")
    assert code == 2
    assert err == "camlint: a.json was not fixed: it is read-only\n"
    assert out.startswith("fixed 1 problem in b.json (CAM001)\n")
    assert out.endswith("Fixed 1 problem in 1 file; 1 error left\n")
    assert (folder / "a.json").read_text("utf-8") == BROKEN


def test_a_file_that_cannot_be_read_is_told_of(run: Run, folder: Path) -> None:
    (folder / "a.json").write_text(BROKEN, "utf-8")
    code, out, err = run("fix", "a.json", "b.json", "--repair")
    assert code == 2
    assert err == "camlint: b.json can't be read: No such file or directory\n"
    assert out.startswith("fixed 1 problem in a.json")


@pytest.mark.usefixtures("three")
def test_a_defect_of_a_rule_leaves_the_file_alone(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.json").write_text(policy("name/a:B"), "utf-8")

    def fail(*arguments: object) -> str:
        raise ArithmeticError("no")

    monkeypatch.setattr("camlint.fixes.guard.Guard.object_to", fail)
    code, _, err = run("fix")
    assert code == 2
    assert "a.json was not fixed and not checked to its end: ArithmeticError: no" in err
    assert (folder / "a.json").read_text("utf-8") == policy("name/a:B")
    assert run("fix", "-", stdin=policy("name/a:B"))[1] == policy("name/a:B")


@pytest.mark.usefixtures("three")
def test_what_is_refused_is_told_with_its_place_and_reason(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.json").write_text(policy("name/a:B"), "utf-8")
    monkeypatch.setattr("camlint.fixes.guard.find_worse", lambda *_: "would be worse")
    code, out, err = run("fix", "--fail-on", "note")
    assert code == 1
    assert out == "Nothing to fix; 1 note left\n"
    assert err == (
        "camlint: a.json:2:47: CAM991 of-a-test is left as it is: to drop name/ would be worse\n"
    )


@pytest.mark.usefixtures("three")
def test_the_options_of_check_say_what_is_fixed(run: Run, folder: Path) -> None:
    text = policy("name/a:B")
    (folder / "a.json").write_text(text, "utf-8")
    for options in (
        ("--ignore", "CAM991"),
        ("--select", "CAM001"),
        ("--min-severity", "warning"),
        ("--exclude", "a.json"),
        ("--exclude", "*.json", "--force-exclude", "a.json"),
    ):
        run("fix", *options)
        assert (folder / "a.json").read_text("utf-8") == text, options
    (folder / "camlint.toml").write_text('ignore = ["CAM991"]\n', "utf-8")
    run("fix")
    assert (folder / "a.json").read_text("utf-8") == text
    run("fix", "--no-config")
    assert (folder / "a.json").read_text("utf-8") == text.replace("name/", "")


def test_quiet_leaves_what_repairs_grant(run: Run, folder: Path) -> None:
    (folder / "a.json").write_text(BROKEN, "utf-8")
    assert run("fix", "-q") == (1, "", "")
    _, out, err = run("fix", "-q", "--repair")
    assert (out.splitlines()[0][:16], err) == ("a.json: it was n", "")


def test_nothing_that_is_a_policy(run: Run, folder: Path) -> None:
    (folder / "a.json").write_text("{}", "utf-8")
    assert run("fix") == (0, "", "No CAM policy found in 1 file\n")


@pytest.mark.usefixtures("three")
def test_check_fixes_and_reports_what_is_left(run: Run, folder: Path) -> None:
    (folder / "a.json").write_text(policy("name/a:B", "trtc:*", "trtc:RemoveUsr"), "utf-8")
    code, out, err = run("check", "--fix", "--repair")
    assert code == 1
    assert "warning[CAM991] of-a-test: trtc:* is all" in out
    assert "there is no" not in out
    assert out.endswith("Found 1 warning in 1 policy (2 fixed, 1 fixable)\n")
    assert err.startswith("fixed 2 problems in a.json (CAM991 ×2)\na.json: repaired, ")
    text = policy("a:B", "trtc:*", "trtc:RemoveUser")
    assert (folder / "a.json").read_text("utf-8") == text


def test_check_with_fix_keeps_standard_output_to_the_report(run: Run, folder: Path) -> None:
    (folder / "a.json").write_text(BROKEN, "utf-8")
    code, out, err = run("check", "--fix", "--repair", "--format", "json", "--jobs", "2")
    assert (code, json.loads(out)["findings"]) == (0, [])
    assert err.startswith("fixed 1 problem in a.json (CAM001)\n")
    (folder / "a.json").write_text(BROKEN, "utf-8")
    code, out, _ = run("--fix", "a.json", "missing.json", "--format", "concise")
    assert code == 2
    assert "missing.json:1:1: error[CAM904]" in out
    assert "a.json:2:20: error[CAM001]" in out


def test_check_without_fix_takes_no_classes(run: Run, folder: Path) -> None:
    code, out, err = run("check", "--repair")
    assert (code, out) == (2, "")
    assert "--repair says what may be fixed, and nothing is; add --fix" in err
    assert "add --fix" in run("check", "--unsafe-fixes")[2]
    assert "use camlint fix -" in run("check", "--fix", "-", stdin=BROKEN)[2]


def test_unknown_options_and_misplaced_commands(run: Run, folder: Path) -> None:
    assert "--dif" in run("fix", "--dif")[2]
    assert 'did you mean "--diff"' in run("fix", "--dif")[2]
    assert "the command comes first" in run("fix", "check")[2]
    assert run("fxi")[0] == 2
