"""Laying policies out from the command line: what is written, told, and left alone."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

import camlint.tasks.layout_verdict as verdict

Run = Callable[..., tuple[int, str, str]]

UNTIDY = '{"statement": {"action": "cos:B", "effect": "allow", "resource": "*"}, "version": "2.0"}'
TIDY = """\
{
  "version": "2.0",
  "statement": [
    {
      "effect": "allow",
      "action": ["cos:B"],
      "resource": ["*"]
    }
  ]
}
"""
BROKEN = UNTIDY.replace('"*"}', '"*",}')
TWICE = UNTIDY.replace('"effect": "allow"', '"effect": "allow",\n"effect": "deny"')
REQUEST = json.dumps({"Action": "CreatePolicy", "PolicyDocument": UNTIDY})
OTHER = '{"version": "2.0", "name": "a package"}'


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.json").write_text(text, "utf-8")


def test_files_are_laid_out_once(run: Run, folder: Path) -> None:
    write(folder, a=UNTIDY, b=TIDY, c=OTHER)
    assert run("fmt") == (
        0,
        "formatted a.json\n",
        "1 file formatted, 1 file already formatted\n",
    )
    assert (folder / "a.json").read_text("utf-8") == TIDY
    assert run("fmt", "a.json", "b.json", "c.json") == (0, "", "2 files already formatted\n")


def test_quiet_and_verbose(run: Run, folder: Path) -> None:
    write(folder, a=UNTIDY, c=OTHER, d=REQUEST)
    assert run("fmt", "-q", "a.json", "c.json", "d.json") == (0, "", "")
    assert "camlint: c.json holds no policy\n" in run("fmt", "-v", "c.json")[2]


def test_check_writes_nothing(run: Run, folder: Path) -> None:
    write(folder, a=UNTIDY, b=TIDY)
    code, out, err = run("fmt", "--check", ".")
    assert (code, out) == (1, "would format a.json\n")
    assert err == "1 file would be formatted, 1 file already formatted\n"
    assert (folder / "a.json").read_text("utf-8") == UNTIDY
    assert run("fmt", "--check", "b.json")[0] == 0


def test_diff_writes_nothing_and_can_be_applied(run: Run, folder: Path) -> None:
    write(folder, a=UNTIDY)
    code, out, _ = run("fmt", "--diff", "a.json")
    assert code == 1
    assert out.startswith("--- a/a.json\n+++ b/a.json\n@@ -1 +1,10 @@\n-{")
    assert f"-{UNTIDY}\n\\ No newline at end of file\n+{{\n" in out
    assert (folder / "a.json").read_text("utf-8") == UNTIDY


def test_line_ends_and_a_mark_are_kept(run: Run, folder: Path) -> None:
    file = folder / "a.json"
    file.write_bytes(b"\xef\xbb\xbf" + UNTIDY.replace(", ", ",\r\n").encode())
    assert run("fmt", "a.json")[0] == 0
    assert file.read_bytes() == b"\xef\xbb\xbf" + TIDY.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            BROKEN,
            "it is not JSON (line 1, column 69: trailing comma); camlint fix --repair mends it",
        ),
        (
            TWICE,
            'an object has the key "effect" twice (the last on line 2), and readers differ in '
            "which one counts; remove all but one",
        ),
        (UNTIDY.replace('"*"', "[" * 250 + "]" * 250), "it nests deeper than 200 levels"),
        (UNTIDY.replace('"*"', "[" + "1," * 110_000 + "1]"), "it is too long to be laid out"),
    ],
)
def test_what_must_be_mended_first_is_told_and_left(
    run: Run, folder: Path, text: str, told: str
) -> None:
    write(folder, a=text)
    for arguments in (("a.json",), ("--check", "-q", "a.json")):
        code, out, err = run("fmt", *arguments)
        assert (code, out) == (1, "")
        assert err.startswith(f"camlint: a.json is left as it is: {told}")
    assert (folder / "a.json").read_text("utf-8") == text


def test_bytes_that_are_no_text_are_told_and_left(run: Run, folder: Path) -> None:
    data = UNTIDY.encode().replace(b"cos:B", b"cos:\xff")
    (folder / "a.json").write_bytes(data)
    code, _, err = run("fmt", "a.json")
    assert code == 1
    assert "a.json is left as it is: it is not UTF-8 text" in err
    assert (folder / "a.json").read_bytes() == data


@pytest.mark.parametrize(
    "text",
    [
        REQUEST,
        REQUEST.replace("{", '{"a": 1, "a": 2, ', 1),
        f'{{"policies": [{UNTIDY}]}}',
        f"[{UNTIDY}, {OTHER}]",
    ],
)
def test_a_policy_inside_something_else_is_told_and_left(run: Run, folder: Path, text: str) -> None:
    write(folder, a=text)
    code, out, err = run("fmt", "--check", "a.json")
    assert (code, out) == (0, "")
    assert "a.json is left as it is: its policy at /" in err
    assert err.endswith("1 file left as it is\n")


def test_standard_input_becomes_standard_output(run: Run, folder: Path) -> None:
    assert run("fmt", "-", stdin=UNTIDY) == (0, TIDY, "")
    assert run("fmt", stdin=UNTIDY)[1] == ""
    assert run("fmt", "-", stdin=OTHER) == (0, OTHER, "")
    code, out, err = run("fmt", "-", stdin=REQUEST)
    assert (code, out) == (0, REQUEST)
    assert "is left as it is" in err
    assert run("fmt", "--check", "-", stdin=TIDY) == (0, "", "")
    assert run("fmt", "--check", "-", stdin=UNTIDY) == (1, "would format <stdin>\n", "")
    assert run("fmt", "--diff", "-", stdin=UNTIDY)[0] == 1


def test_broken_standard_input_gives_no_output(run: Run) -> None:
    code, out, err = run("fmt", "-", stdin=BROKEN)
    assert (code, out) == (1, "")
    assert "<stdin> is left as it is: it is not JSON" in err
    unclear = BROKEN.replace('"cos:B"', '"cos:B", …')
    assert "camlint check shows what to mend" in run("fmt", "-", stdin=unclear)[2]


def test_standard_input_stands_alone(run: Run) -> None:
    code, _, err = run("fmt", "-", "a.json", stdin=UNTIDY)
    assert code == 2
    assert "can't stand beside other paths" in err


def test_a_file_that_is_not_there(run: Run, folder: Path) -> None:
    write(folder, a=UNTIDY)
    code, out, err = run("fmt", "missing.json", "a.json")
    assert (code, out) == (2, "formatted a.json\n")
    assert "camlint: missing.json can't be read: No such file or directory\n" in err
    assert err.endswith("1 file formatted, 1 file not done\n")


def test_a_file_that_cannot_be_written(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, a=UNTIDY)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    code, out, err = run("fmt", "a.json")
    assert (code, out) == (2, "")
    assert "camlint: a.json can't be written: it is read-only\n" in err


def test_no_policy_at_all(run: Run, folder: Path) -> None:
    write(folder, a=OTHER)
    assert run("fmt", "a.json") == (0, "", "No CAM policy found in 1 file\n")


def test_excluded_files(run: Run, folder: Path) -> None:
    write(folder, a=UNTIDY, b=UNTIDY)
    assert run("fmt", "--exclude", "a.json", "--check", ".")[1] == "would format b.json\n"
    named = ("fmt", "--exclude", "a.json", "--check", "a.json")
    assert run(*named)[1] == "would format a.json\n"
    assert run(*named, "--force-exclude")[1] == ""


def test_a_layout_that_changed_the_meaning_is_never_written(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, a=UNTIDY)
    monkeypatch.setattr(verdict, "lay_out", lambda document: TIDY.replace("cos:B", "cos:*"))
    code, out, err = run("fmt", "a.json")
    assert (code, out) == (2, "")
    assert "a.json was not laid out" in err
    assert "this is a defect of camlint" in err
    assert (folder / "a.json").read_text("utf-8") == UNTIDY
