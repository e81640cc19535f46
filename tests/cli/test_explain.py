"""The page of each rule: complete, and its examples linted while it is printed."""

from collections.abc import Callable

import pytest

from camlint.registry import load_registry

Run = Callable[..., tuple[int, str, str]]

REGISTRY = load_registry()


@pytest.mark.parametrize("code", [entry.code for entry in REGISTRY.entries])
def test_page_of_each_rule(run: Run, code: str) -> None:
    rule = REGISTRY.rule(code)
    exit_code, out, err = run("explain", code)
    assert (exit_code, err) == (0, "")
    assert out.startswith(f"{code} {rule.name}\n\n{rule.summary}\n")
    assert "Why is this a problem?\n----------------------\n" in out
    assert "##" not in out
    assert "«" not in out
    assert out.count(f"[{code}] {rule.name}: ") >= len(rule.bad)
    assert all(reference in out for reference in rule.references)


def test_carets_stand_under_the_offending_value(run: Run) -> None:
    lines = run("explain", "partial-sdkappid")[1].splitlines()
    at = next(number for number, line in enumerate(lines) if "^" in line)
    start, end = lines[at].index("^"), lines[at].rindex("^") + 1
    assert lines[at - 1][start:end] == "14000*"


def test_settings_of_an_example_are_told(run: Run) -> None:
    out = run("explain", "CAM211")[1]
    assert "(with sdkappids = [1400000101, 1400000102] in the configuration)" in out


@pytest.mark.parametrize("word", ["CAM211", "cam211", "partial-sdkappid", "Partial-SDKAppID"])
def test_a_rule_has_several_spellings(run: Run, word: str) -> None:
    assert run("explain", word) == run("explain", "CAM211")


def test_colour(run: Run) -> None:
    assert "\x1b[" not in run("explain", "CAM211")[1]
    assert "\x1b[" in run("explain", "CAM211", "--color", "always")[1]


def test_code_in_a_page_is_indented_and_its_comments_are_no_headings(run: Run) -> None:
    out = run("explain", "CAM210")[1]
    assert '\n    # camlint.toml\n    sdkappids = ["1400000101", "1400000102"]\n' in out
    assert "```" not in out


def test_the_table_of_severities(run: Run) -> None:
    code, out, err = run("explain", "--severity")
    assert (code, err) == (0, "")
    rows = [line.split(maxsplit=1)[0] for line in out.splitlines() if line.startswith("  ")]
    assert rows == ["strength", "none", *["weak"] * 4, *["strong"] * 4]
    assert "one step lower  a second factor at sign-in: mfa, qcs:mfa" in out
    assert max(map(len, out.splitlines())) <= 100


def test_the_severity_of_one_rule(run: Run) -> None:
    table = run("explain", "--severity")[1]
    assert run("explain", "CAM701", "--severity")[1] == (
        f"CAM701 privilege-escalation: error\n\n{table}"
    )
    plain = run("explain", "--severity", "legacy-region")[1]
    assert plain.startswith("CAM206 legacy-region: note\n\nIts findings don't depend on")
    assert run("explain", "--severity", "CAM999")[0] == 2
