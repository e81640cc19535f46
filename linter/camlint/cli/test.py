"""``camlint test``: hold policies against what is expected of them, as a test runner does."""

import argparse
import os
import sys

from camlint.catalog.catalog import Catalog
from camlint.cli.configured import add_config_options, find_configs, settings_of
from camlint.cli.failure import Failure, say
from camlint.cli.options import add_colour
from camlint.cli.parser import Parser, one_of
from camlint.cli.sinks import File, StandardOutput
from camlint.cli.testing import FORMATS, NORMAL, QUIET, VERBOSE, Tally, read_output
from camlint.discover import discover
from camlint.registry import load_registry
from camlint.report.broken import BrokenFile
from camlint.report.terminal import colour_wanted, coloured, plain
from camlint.settings import Settings
from camlint.source import read_source
from camlint.tasks.mutate import Mutation, mutate
from camlint.tasks.placed_table import Problem
from camlint.tasks.policy_files import PolicyFiles
from camlint.tasks.read_expectations import BrokenError
from camlint.tasks.suite import Configure, Result, open_suite

SUFFIXES = (".camtest.toml", ".camtest.yaml", ".camtest.yml")
"""What files of expectations in a folder end in; one that is named itself may be called anything."""

DESCRIPTION = """\
Hold policies against what you expect of them: what can and what cannot be
done, what must never be granted. PATH is a file of expectations, or a folder
(its .camtest.toml and .camtest.yaml files); without PATH, this folder."""

EPILOG = """\
A first file:  policy = "reports.json"

               [[cases]]
               can = "cos:GetObject"
               cannot = ["cos:PutObject", "cos:DeleteObject"]
               resource = "qcs::cos:ap-guangzhou:uid/1250000000:x-1250000000/a"

exit code: 0 all expectations are met; 1 one isn't, or what else was asked for
(--require-coverage, --mutate) fails; 2 a file can't be run, or a wrong option"""


def run(arguments: list[str]) -> int:
    """Run the expectations that the arguments name and return the exit code. Raises Failure."""
    parser = _make_parser()
    given, words = parser.read(arguments)
    if given.quiet and given.verbose:
        parser.error("-q asks for less and -v for more; choose one")
    if "-" in words:
        raise Failure(
            "expectations name policies beside their file, so they can't come from standard input"
        )
    paths = _find(words or ["."])
    files = PolicyFiles(read_source)
    configure = _make_configure(given.config)
    results: list[Result] = []
    broken: list[BrokenFile] = []
    for path in paths:
        try:
            results.append(open_suite(read_source(path), files, configure).run())
        except BrokenError as error:
            broken.append(BrokenFile(path, error.problems))
        except OSError as error:
            reason = f"it can't be read: {error.strerror or error}"
            broken.append(BrokenFile(path, (Problem(0, reason),)))
    for one in broken:
        say("\n".join(one.lines))
    done = Tally(
        tuple(results),
        tuple(broken),
        _mutate(results, broken, asked=given.mutate),
        given.require_coverage,
    )
    _write(done, given)
    return done.exit_code


def _make_parser() -> Parser:
    parser = Parser("test", "[PATH ...] [options]", DESCRIPTION, EPILOG)
    add = parser.add_argument
    add("--require-coverage", action="store_true", help="fail where no case exercises a statement")
    add(
        "--mutate",
        action="store_true",
        help="take parts of the policies away in turn, and fail where nothing notices",
    )
    add(
        "--format",
        metavar="FORMAT",
        default="text",
        type=one_of(*FORMATS),
        help=", ".join(FORMATS),
    )
    add(
        "--output",
        metavar="FORMAT=FILE",
        action="append",
        default=[],
        type=read_output,
        help="write a report to a file, too; may be repeated",
    )
    add_colour(add)
    add("-q", "--quiet", action="store_true", help="show only what fails")
    add("-v", "--verbose", action="store_true", help="show what is met, too, and why")
    add_config_options(add)
    return parser


def _find(words: list[str]) -> list[str]:
    """The files of expectations that words name. Raises Failure where a folder has none."""
    paths: set[str] = set()
    for word in words:
        found = list(discover([word], suffixes=SUFFIXES, note=_note))
        if not found:
            raise Failure(
                f"{word} has no expectations: there is no file in it whose name ends in "
                f"{SUFFIXES[0]} or {SUFFIXES[1]}"
            )
        paths.update(found)
    return sorted(paths)


def _note(text: str, loud: bool) -> None:
    if loud:
        say(text)


def _make_configure(chosen: str | None) -> Configure:
    """What finds the settings for a file of expectations, and one catalogue for equal ones."""
    configs = find_configs(chosen, load_registry())
    catalogs: dict[Settings, Catalog] = {}

    def configure(path: str) -> tuple[Settings, Catalog]:
        settings = settings_of(path, configs)
        if settings not in catalogs:
            catalogs[settings] = Catalog(settings.additions)
        return settings, catalogs[settings]

    return configure


def _mutate(results: list[Result], broken: list[BrokenFile], *, asked: bool) -> Mutation | None:
    if not asked:
        return None
    if broken or any(one.failed for one in results):
        say("--mutate is put off: first every file must run and every expectation be met")
        return None
    return mutate([one.suite for one in results])


def _write(done: Tally, given: argparse.Namespace) -> None:
    """Write all reports, the files first, so that a full disk is told before a green screen."""
    verbosity = QUIET if given.quiet else VERBOSE if given.verbose else NORMAL
    for form, path in given.output:
        sink = File(path)
        try:
            sink.write(done.write(form, plain, verbosity))
            sink.close()
        except BaseException:
            sink.discard()
            raise
    colour = colour_wanted(given.color, sys.stdout, os.environ)
    out = StandardOutput()
    out.write(done.write(given.format, coloured if colour else plain, verbosity))
    out.close()
