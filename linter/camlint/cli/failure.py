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


class Defect:
    """A defect of camlint itself: what it left undone, and the error, as text.

    ``trace`` is the traceback, ``""`` but for those who debug.
    """

    __slots__ = ("error", "trace", "what")

    def __init__(self, what: str, error: str, trace: str = "") -> None:
        self.what = what
        self.error = error
        self.trace = trace


def describe_defect(what: str, error: BaseException, kind: str) -> Defect:
    """The defect that an error is; ``kind`` is what to call it, ``""`` when its text says so."""
    trace = ""
    if os.environ.get("CAMLINT_DEBUG"):
        import traceback  # noqa: PLC0415 - only for those who debug

        trace = "".join(traceback.format_exception(error))
    return Defect(what, f"{kind}{': ' if kind else ''}{error}", trace)


def report_defect(defect: Defect) -> None:
    """Tell the user of a defect of camlint."""
    sys.stderr.write(defect.trace)
    say(
        f"{defect.what}: {defect.error}\n"
        "this is a defect of camlint, not of your policy; please report it with what is printed "
        "under CAMLINT_DEBUG=1"
    )
