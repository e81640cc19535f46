"""The list of rules, for people and for programs."""

import json
from collections.abc import Callable

from camlint.registry import load_registry

Run = Callable[..., tuple[int, str, str]]

ENTRIES = load_registry().entries


def test_a_line_for_each_rule_in_columns(run: Run) -> None:
    code, out, err = run("rules")
    assert (code, err) == (0, "")
    heading, *lines = out.splitlines()
    assert heading.split() == ["CODE", "NAME", "SEVERITY", "WHAT", "IT", "FINDS"]
    assert [line.split()[:3] for line in lines] == [
        [entry.code, entry.name, entry.severity.value] for entry in ENTRIES
    ]
    summary = heading.index("WHAT")
    assert all(line[summary - 1] == " " and line[summary] != " " for line in lines)


def test_strict_rules_are_marked(run: Run) -> None:
    marked = [
        line.split()[0]
        for line in run("rules")[1].splitlines()
        if line.endswith("(only with --strict)")
    ]
    assert marked == [entry.code for entry in ENTRIES if entry.strict]


def test_json(run: Run) -> None:
    code, out, _ = run("rules", "--format", "json")
    assert code == 0
    listed = json.loads(out)
    assert listed["version"] == 1
    assert [rule["code"] for rule in listed["rules"]] == [entry.code for entry in ENTRIES]
    assert set(listed["rules"][0]) == {
        "code",
        "name",
        "pack",
        "severity",
        "confidence",
        "strict",
        "demand",
        "kinds",
        "summary",
    }
