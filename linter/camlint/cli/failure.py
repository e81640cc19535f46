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
    """A defect of camlint itself, or of a pack: what it left undone, and the error, as text.

    ``trace`` is the traceback, ``""`` but for those who debug, and ``pack`` the name of the pack,
    ``""`` for the built-in one.
    """

    __slots__ = ("error", "pack", "trace", "what")

    def __init__(self, what: str, error: str, trace: str = "", pack: str = "") -> None:
        self.what = what
        self.error = error
        self.trace = trace
        self.pack = pack


def describe_defect(what: str, error: BaseException, kind: str, pack: str = "") -> Defect:
    """The defect that an error is; ``kind`` is what to call it, ``""`` when its text says so."""
    trace = ""
    if os.environ.get("CAMLINT_DEBUG"):
        import traceback  # noqa: PLC0415 - only for those who debug

        trace = "".join(traceback.format_exception(error))
    return Defect(what, f"{kind}{': ' if kind else ''}{error}", trace, pack)


def report_defect(defect: Defect) -> None:
    """Tell the user of a defect, and who should hear of it."""
    sys.stderr.write(defect.trace)
    if defect.pack:
        culprit, report = f'the pack "{defect.pack}"', "report it to those who maintain that,"
    else:
        culprit, report = "camlint", "report it"
    say(
        f"{defect.what}: {defect.error}\n"
        f"this is a defect of {culprit}, not of your policy; please {report} with what is printed "
        "under CAMLINT_DEBUG=1"
    )
