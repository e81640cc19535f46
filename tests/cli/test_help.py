"""The pages that say what the commands do."""

import re
from collections.abc import Callable

import pytest

from camlint.cli import COMMANDS
from camlint.version import VERSION

Run = Callable[..., tuple[int, str, str]]


def test_help_fits_one_screen_and_has_three_examples(run: Run) -> None:
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert len(lines) <= 30
    assert max(map(len, lines)) <= 80
    examples = out.partition("examples:\n")[2].partition("\n\n")[0].splitlines()
    assert len(examples) == 3
    assert all(line.startswith("  camlint") for line in examples)
    assert run("-h") == (0, out, "")


@pytest.mark.usefixtures("policies")
def test_the_examples_of_the_help_run(run: Run) -> None:
    examples = run("--help")[1].partition("examples:\n")[2].partition("\n\n")[0].splitlines()
    for example in examples:
        words = re.split(r" {3,}", example.strip())[0].split()
        arguments = [word.replace("policy.json", "wrong.json") for word in words[1:]]
        code, out, _ = run(*arguments)
        assert code == (0 if "explain" in arguments else 1)
        assert out


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_each_command_has_a_page_that_fits_the_width(run: Run, command: str) -> None:
    assert f"  {command} " in run("--help")[1]
    code, out, err = run(command, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"usage: camlint {command} ")
    assert max(map(len, out.splitlines())) <= 80


def test_options_that_are_not_there_yet_are_not_offered(run: Run) -> None:
    _, out, _ = run("check", "--help")
    for option in ("--since", "--baseline", "--no-suppressions", "--lang"):
        assert option not in out


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"camlint {VERSION}\n", "")
