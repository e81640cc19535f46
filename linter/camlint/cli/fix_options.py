"""The options of ``camlint fix``: those of a check that say which problems, and what to do to them."""

from camlint.cli.options import (
    Options,
    add_classes,
    add_colour,
    add_files,
    add_problems,
    read_with,
)
from camlint.cli.parser import Parser

DESCRIPTION = """\
Fix problems in CAM policies where it is known how. PATH is a file of any name,
a folder (its .json files, as git lists them), or - to fix standard input and
print the result; without PATH, this folder. Only what must change is changed:
layout, line ends and encoding stay. A fix that would do harm is refused."""

EPILOG = """\
Without further options, only what leaves the meaning of a policy as it is.

exit code: 0 nothing left at or above --fail-on; 1 something is left, or with
--diff, something would change; 2 a wrong option or configuration, a file that
can't be read or written, or a defect of camlint"""


def read_fix_options(arguments: list[str]) -> Options:
    """The options that the arguments spell. Raises Failure, with what would do instead."""
    parser = Parser("fix", "[PATH ... | -] [options]", DESCRIPTION, EPILOG)
    add_files(parser)
    add_problems(parser)
    add = parser.add_argument_group("what to fix").add_argument
    add("--diff", action="store_true", help="write nothing: print what would change, as a diff")
    add_classes(add)
    add = parser.add_argument_group("what to print").add_argument
    add_colour(add)
    add("-q", "--quiet", action="store_true", help="only what repairs grant, and errors")
    add("-v", "--verbose", action="store_true", help="say which configuration holds for a file")
    parser.set_defaults(
        fix=False,
        format="text",
        output=[],
        sarif_category=None,
        statistics=False,
        jobs="1",
        forbid=[],
        on=[],
        no_public_access=False,
    )
    return read_with(parser, arguments)
