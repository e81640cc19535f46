"""What ends a run, or spoils a part of it, and how the user is told on standard error."""

import os
import sys

from camlint.report.terminal import escape


class Failure(Exception):
    """The run can't do what was asked; the text says why and what would do. Exit code 2."""


def say(text: str) -> None:
    """Tell the user something beside the report, each line behind the name of the program."""
    lines = "".join(f"camlint: {escape(line)}\n" for line in text.split("\n"))
    sys.stderr.write(lines)


def report_defect(what: str, error: BaseException, kind: str) -> None:
    """Tell the user of a defect of camlint itself, with a traceback only for those who debug it.

    ``kind`` is what to call the error, ``""`` when its text says so itself.
    """
    if os.environ.get("CAMLINT_DEBUG"):
        import traceback  # noqa: PLC0415 - only for those who debug

        sys.stderr.write("".join(traceback.format_exception(error)))
    say(
        f"{what}: {kind}{': ' if kind else ''}{error}\n"
        "this is a defect of camlint, not of your policy; please report it with what is printed "
        "under CAMLINT_DEBUG=1"
    )
