"""One pass over the files of a run that mends them: each written, or shown as it would be."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence

from camlint.cli.failure import Failure, describe_defect, say
from camlint.cli.options import Options
from camlint.cli.outcome import Outcome
from camlint.cli.sinks import StandardOutput
from camlint.engine import NOTHING
from camlint.finding import Safety
from camlint.fixes.fixed import Fixed
from camlint.fixes.grants import tell_gains
from camlint.fixes.rounds import Fixer
from camlint.fixes.write import Original, UnwrittenError, read_original, write_over
from camlint.report.diff import show_diff
from camlint.report.fixes import describe_gains, describe_made, describe_refusal
from camlint.report.terminal import Paint, colour_wanted, coloured, plain
from camlint.settings import NOTHING_STATED
from camlint.source import Source, read_source
from camlint.visitor import RuleFailure

Plan = Sequence[tuple[str, Fixer]]


class Fixing:
    """Fixes files in their order: iterate over it once, for what is left of each.

    ``stdin`` is the name under which standard input stands in the plan, if it does: its text goes
    to standard output. ``report`` is told what was done, a line at a time. ``closed`` counts what is
    left for each class of fixes that isn't allowed.
    """

    __slots__ = ("_options", "_out", "_plan", "_report", "_seen", "_stdin", "closed")

    def __init__(
        self,
        plan: Plan,
        stdin: str | None,
        options: Options,
        report: Callable[[str], None],
        out: StandardOutput,
    ) -> None:
        self._plan = plan
        self._stdin = stdin
        self._options = options
        self._report = report
        self._out = out
        self._seen: set[str] = set()
        self.closed: dict[Safety, int] = {}

    def __enter__(self) -> "Fixing":
        return self

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        """Nothing is left open between two files."""

    def __iter__(self) -> Iterator[tuple[str, Outcome]]:
        for path, fixer in self._plan:
            yield path, self._look(path, fixer)

    def read_again(self, path: str) -> Source:
        """A file as it is now. Raises OSError."""
        return read_source(path)

    def _look(self, path: str, fixer: Fixer) -> Outcome:
        """Fix one file; what came of it."""
        try:
            original = _read_stdin(path) if path == self._stdin else read_original(path, path)
        except OSError as error:
            refusal = error.strerror or str(error) or type(error).__name__
            unread = fixer.engine.unreadable(Source(path, ""), refusal)
            return Outcome(unread, refusal=refusal)
        try:
            return self._fix(path, fixer, original)
        except Failure:
            raise
        except Exception as error:
            kind = "" if isinstance(error, RuleFailure) else type(error).__name__
            what = f"{path} was not fixed and not checked to its end"
            if path == self._stdin:
                self._out.write_bytes(original.data)
            return Outcome(NOTHING, defect=describe_defect(what, error, kind))

    def _fix(self, path: str, fixer: Fixer, original: Original) -> Outcome:
        fixed = fixer.fix(original.source)
        try:
            if self._options.diff:
                self._show(path, original, fixed)
            elif path == self._stdin:
                self._out.write_bytes(_encode(original, fixed))
            elif fixed.made:
                write_over(path, original, _encode(original, fixed), os.getcwd())
        except UnwrittenError as error:
            if path == self._stdin:
                self._out.write_bytes(original.data)
            return Outcome(fixer.engine.lint(original.source), unwritten=str(error))
        self._tell(path, fixer, fixed)
        for safety, number in fixed.closed.items():
            self.closed[safety] = self.closed.get(safety, 0) + number
        return Outcome(fixed.result, fixed=len(fixed.made))

    def _tell(self, path: str, fixer: Fixer, fixed: Fixed) -> None:
        """Say what was done to a file, what that grants, and what was not done."""
        would = self._options.diff
        if fixed.made and not self._options.quiet:
            self._report(describe_made(path, fixed.made, would=would))
        settings = fixer.guard.settings if fixer.guard is not None else NOTHING_STATED
        for repair in fixed.repairs:
            for gains in tell_gains(repair.old, repair.new, settings):
                for line in describe_gains(path, gains, would=would):
                    self._report(line)
        for refusal in fixed.refused:
            say(describe_refusal(path, refusal))

    def _show(self, path: str, original: Original, fixed: Fixed) -> None:
        """Write what would change, once for a file that is reached by several names."""
        if path != self._stdin:
            real = os.path.realpath(path)
            if real in self._seen:
                return
            self._seen.add(real)
        if not fixed.made:
            return
        _encode(original, fixed)
        new = original.marked(fixed.text, plain=fixed.recode)
        for line in show_diff(path, original.marked(original.source.text), new, self._paint()):
            self._out.write(line)

    def _paint(self) -> Paint | None:
        if colour_wanted(self._options.colour, sys.stdout, os.environ):
            return coloured
        return plain if sys.stdout.isatty() else None


def _encode(original: Original, fixed: Fixed) -> bytes:
    return original.encode(fixed.text, plain=fixed.recode) if fixed.made else original.data


def _read_stdin(shown: str) -> Original:
    """All that comes from standard input: what is too long to be looked at is given back whole."""
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return Original(sys.stdin.buffer.read(), shown)
