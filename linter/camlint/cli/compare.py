"""``camlint compare``: what a change to policies newly grants, and what it takes away."""

import argparse
import os
import sys

from camlint.access.answer import Answer
from camlint.cli.comparing import compare_sides, compare_with_revision
from camlint.cli.configured import add_config_options
from camlint.cli.failure import Failure
from camlint.cli.parser import Parser, one_of
from camlint.cli.sinks import StandardOutput
from camlint.report.terminal import colour_wanted, coloured, plain
from camlint.tasks.changes import Changes

DESCRIPTION = """\
Tell what NEW grants that OLD doesn't, and the other way round, with a request
that shows it. OLD and NEW are files or folders; all policies of a side are
taken together, as one principal's, and /dev/null grants nothing. With --base,
each policy of the working tree is compared with itself at a git revision."""

EPILOG = """\
Several files a side: camlint compare --old a.json --old b.json --new c.json
A pull request:       camlint compare --base origin/main --format markdown

verdict: equivalent, narrower, wider, incomparable, or unknown where a part of
the answer is neither proved nor shown; what was found is told all the same.

exit code: 0 nothing at --fail-on; 1 wider, incomparable or unknown (--fail-on
any: whatever isn't equivalent); 2 a wrong option, an unknown revision, or a
file that can't be read"""


def run(arguments: list[str]) -> int:
    """Print the comparison and return the exit code. Raises Failure."""
    given, words = _parser().read(arguments)
    if given.base is not None:
        if given.old or given.new:
            raise Failure("--base compares with a revision; leave out --old and --new")
        changes, complete = compare_with_revision(given.base, words, given.config)
    else:
        old, new = _sides(given, words)
        changes, complete = compare_sides(old, new, given.config), True
    _write(changes, given)
    return _exit_code(changes, given.fail_on) if complete else 2


def _parser() -> Parser:
    usage = "OLD NEW [options]\n       camlint compare --base REF [PATH ...] [options]"
    parser = Parser("compare", usage, DESCRIPTION, EPILOG)
    add = parser.add_argument
    add(
        "--base",
        metavar="REF",
        help="compare the policies below PATH (.) with a branch, tag or commit",
    )
    add("--old", metavar="OLD", action="append", help="what there was; may be repeated")
    add("--new", metavar="NEW", action="append", help="what there will be; may be repeated")
    add(
        "--format",
        metavar="FORMAT",
        default="text",
        type=one_of("text", "json", "markdown"),
        help="text, json, markdown",
    )
    add(
        "--fail-on",
        metavar="CHANGE",
        default="wider",
        type=one_of("wider", "any", "never"),
        help="what makes the exit code 1: wider (also if unknown), any or never",
    )
    add_config_options(add)
    add(
        "--color",
        metavar="WHEN",
        default="auto",
        type=one_of("auto", "always", "never"),
        help="auto, always or never",
    )
    return parser


def _sides(given: argparse.Namespace, words: list[str]) -> tuple[list[str], list[str]]:
    """What the words of the command line name as OLD and as NEW. Raises Failure."""
    old, new = given.old or [], given.new or []
    if not old and not new:
        if len(words) != 2:
            raise Failure(
                f"compare needs two policies, OLD and NEW, not {len(words)}: camlint compare "
                "old.json new.json\nseveral on a side: --old a.json --old b.json --new c.json; "
                "against git: --base REF"
            )
        return words[:1], words[1:]
    if words:
        raise Failure(f'"{words[0]}" is on neither side; put --old or --new before it')
    if not old or not new:
        missing = "--old" if not old else "--new"
        raise Failure(f"compare needs {missing}, too; /dev/null is a side that grants nothing")
    return old, new


def _write(changes: Changes, given: argparse.Namespace) -> None:
    out = StandardOutput()
    if given.format == "json":
        from camlint.report.comparison_json import render_changes  # noqa: PLC0415

        out.write(render_changes(changes))
    elif given.format == "markdown":
        from camlint.report.comparison_markdown import show_markdown  # noqa: PLC0415

        out.write("".join(f"{line}\n" for line in show_markdown(changes)))
    else:
        from camlint.report.comparison import show_changes  # noqa: PLC0415

        colour = colour_wanted(given.color, sys.stdout, os.environ)
        paint = coloured if colour else plain
        out.write("".join(f"{line}\n" for line in show_changes(changes, paint)))
    out.close()


def _exit_code(changes: Changes, fail_on: str) -> int:
    """1 where something is gained or left open; under ``any``, where anything isn't the same."""
    if fail_on == "never":
        return 0
    open_ = Answer.UNDECIDED in (changes.gained, changes.lost)
    if fail_on == "any":
        return int(open_ or Answer.YES in (changes.gained, changes.lost))
    return int(open_ or changes.gained is Answer.YES)
