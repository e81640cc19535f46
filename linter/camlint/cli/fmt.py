"""``camlint fmt``: give policies the one layout that all policies have, and change nothing else."""

import os
import sys
from collections.abc import Iterator
from difflib import unified_diff

from camlint.cli.failure import Failure, describe_defect, report_defect, say
from camlint.cli.options import STDIN, STDIN_NAME
from camlint.cli.outcome import read_stdin
from camlint.cli.parser import Parser
from camlint.cli.sinks import StandardOutput
from camlint.discover import discover
from camlint.fixes.write import Original, UnwrittenError, read_original, write_over
from camlint.report.terminal import escape
from camlint.source import Source
from camlint.tasks.layout_verdict import Verdict, judge

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

DESCRIPTION = """\
Lay policies out: elements in one order, lists sorted and free of repetitions,
two spaces a step. What a policy means stays the same, which is proved before a
file is written. PATH is a file, a folder, or - to turn standard input into
standard output; without PATH, this folder."""

EPILOG = """\
A policy inside a larger document or a string is left as it is, and so is one
that isn't JSON or has a key twice. Statements keep their order.

exit code: 0 done; 1 a file would change (--check, --diff), or a policy must be
mended first; 2 a wrong option, or a file that can't be read or written"""


def run(arguments: list[str]) -> int:
    """Lay out what the arguments name and return the exit code. Raises Failure."""
    parser = Parser("fmt", "[PATH ... | -] [options]", DESCRIPTION, EPILOG)
    add = parser.add_argument
    add("--check", action="store_true", help="write nothing; list the files that would change")
    add("--diff", action="store_true", help="write nothing; show what would change")
    add(
        "--exclude",
        metavar="GLOB",
        action="append",
        default=[],
        help="leave out files of folders; may be repeated",
    )
    add("--force-exclude", action="store_true", help="leave out named files, too, if they match")
    add("-q", "--quiet", action="store_true", help="errors only, and what --diff shows")
    add("-v", "--verbose", action="store_true", help="say which files hold no policy")
    given, words = parser.read(arguments)
    run = _Run(given)
    if STDIN not in words:
        return run.lay_out_files(words or ["."])
    if len(words) > 1:
        raise Failure("- is laid out to standard output, so it can't stand beside other paths")
    return run.lay_out_stdin()


class _Run:
    """One run: what was asked, and what came of the files so far."""

    __slots__ = ("_counts", "_dry", "_given", "_out")

    def __init__(self, given: "argparse.Namespace") -> None:
        self._given = given
        self._dry: bool = given.check or given.diff
        self._out = StandardOutput()
        self._counts = dict.fromkeys(("files", "changed", "same", "left", "unfit", "failed"), 0)

    def lay_out_files(self, paths: list[str]) -> int:
        """Lay out files and the files of folders."""
        given = self._given
        exclude = tuple(given.exclude)
        for path in discover(paths, exclude, force_exclude=given.force_exclude, note=self._note):
            self._lay_out_file(path)
        self._out.close()
        if not given.quiet:
            sys.stderr.write(f"{self._summary()}\n")
        return self._exit_code()

    def lay_out_stdin(self) -> int:
        """Lay out standard input to standard output; what holds no whole policy passes through."""
        try:
            source = read_stdin(STDIN_NAME)
        except OSError as error:
            raise Failure(f"standard input can't be read: {error}") from error
        verdict = self._judge(source)
        if not self._counts["unfit"] and not self._counts["failed"]:
            laid_out = source.text if verdict.text is None else verdict.text
            if not self._dry:
                self._out.write(laid_out)
            elif laid_out != source.text:
                self._show(source, laid_out)
        self._out.close()
        return self._exit_code()

    def _lay_out_file(self, path: str) -> None:
        try:
            original = read_original(path, path)
        except OSError as error:
            self._counts["failed"] += 1
            say(f"{path} can't be read: {error.strerror or error}")
            return
        source = original.source
        self._counts["files"] += 1
        verdict = self._judge(source)
        if verdict.text is None:
            return
        if verdict.text == source.text:
            self._counts["same"] += 1
        elif self._dry:
            self._show(source, verdict.text)
        else:
            self._write(original, verdict.text)

    def _judge(self, source: Source) -> Verdict:
        """What becomes of a text; why it is left is said, and counted, at once."""
        try:
            verdict = judge(source)
        except Exception as error:
            self._counts["failed"] += 1
            what = f"{source.path} was not laid out"
            report_defect(describe_defect(what, error, type(error).__name__))
            return Verdict(None)
        if verdict.reason:
            self._counts["unfit" if verdict.unfit else "left"] += 1
            if verdict.unfit or not self._given.quiet:
                say(f"{source.path} is left as it is: {verdict.reason}")
        elif verdict.text is None:
            self._note(f"{source.path} holds no policy", False)
        return verdict

    def _show(self, source: Source, text: str) -> None:
        """Tell what would change in a file."""
        self._counts["changed"] += 1
        if self._given.diff:
            self._out.write("".join(_diff(source, text, shown=sys.stdout.isatty())))
        elif not self._given.quiet:
            self._out.write(f"would format {escape(source.path)}\n")

    def _write(self, original: Original, text: str) -> None:
        path = original.source.path
        try:
            write_over(path, original, original.encode(text), os.getcwd())
        except UnwrittenError as error:
            self._counts["failed"] += 1
            say(f"{path} can't be written: {error}")
            return
        self._counts["changed"] += 1
        if not self._given.quiet:
            self._out.write(f"formatted {escape(path)}\n")

    def _summary(self) -> str:
        """The counts of the run in one line."""
        counts = self._counts
        if not any(counts[name] for name in ("changed", "same", "left", "unfit", "failed")):
            return f"No CAM policy found in {_number(counts['files'])}"
        changed = "would be formatted" if self._dry else "formatted"
        left = counts["left"] + counts["unfit"]
        said = [
            f"{_number(counts['changed'])} {changed}" if counts["changed"] else "",
            f"{_number(counts['same'])} already formatted" if counts["same"] else "",
            f"{_number(left)} left as {'it is' if left == 1 else 'they are'}" if left else "",
            f"{_number(counts['failed'])} not done" if counts["failed"] else "",
        ]
        return ", ".join(part for part in said if part)

    def _exit_code(self) -> int:
        counts = self._counts
        if counts["failed"]:
            return 2
        return int(bool(counts["unfit"] or (self._dry and counts["changed"])))

    def _note(self, text: str, loud: bool) -> None:
        if self._given.verbose or (loud and not self._given.quiet):
            say(text)


def _number(count: int) -> str:
    return f"{count} file{'s' * (count != 1)}"


def _diff(source: Source, text: str, *, shown: bool) -> Iterator[str]:
    """The lines of a unified diff; ``shown`` on a terminal, where nothing in them may act on it."""
    name = source.path.replace(os.sep, "/")
    old, new = source.text.splitlines(keepends=True), text.splitlines(keepends=True)
    for line in unified_diff(old, new, f"a/{name}", f"b/{name}"):
        plain = escape(line.rstrip("\r\n")) if shown else line.rstrip("\n")
        yield f"{plain}\n"
        if not line.endswith("\n"):
            yield "\\ No newline at end of file\n"
