"""``camlint check``: look at files and report what is wrong with the policies in them."""

import gc
import os
import sys
from collections.abc import Callable, Iterable, Sequence

from camlint.cli.failure import Defect, Failure, describe_defect, report_defect, say
from camlint.cli.linters import Linters
from camlint.cli.options import STDIN, Options, read_options
from camlint.cli.outcome import Outcome
from camlint.cli.reports import Reports
from camlint.cli.sinks import StandardOutput
from camlint.cli.sweep import Sweep
from camlint.config import ConfigError
from camlint.discover import discover
from camlint.engine import Engine, FileResult
from camlint.finding import Severity
from camlint.findings import Summary
from camlint.globs import Globs, show_path
from camlint.registry import load_registry
from camlint.report.summary import saw_policy, summary_line
from camlint.settings import FORBID
from camlint.visitor import RuleFailure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.bundle_files import FoundBundle
    from camlint.cli.fixing import Fixing
    from camlint.fixes.rounds import Fixer
    from camlint.whole_run import WholeRun

NOT_COMPARED = "the policies of the run were not compared with one another"

COUNTED = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.NOTE: "notes"}
"""The count of a summary that a finding of a severity belongs to."""

GARBAGE = 200_000
"""Objects between two searches for garbage."""


def tell(line: str) -> None:
    """Write a line beside the report."""
    sys.stderr.write(f"{line}\n")


def run(arguments: list[str]) -> int:
    """Check what the arguments name and return the exit code. Raises Failure."""
    # Hardly anything that a run makes refers to itself: look for such garbage rarely.
    gc.set_threshold(GARBAGE)
    options = read_options(arguments)
    check = Check(options)
    linters = Linters(load_registry(), options, check.note)
    check.doubt_demands()
    paths = check.gather()
    files: Fixing | Sweep
    plan: Sequence[tuple[str, object]]
    if options.fix:
        plan = fixes = linters.plan_fixes(paths)
        files = check.fixing(fixes)
    else:
        plan = jobs = linters.plan(paths)
        files = check.sweep(jobs)
    bundles = linters.bundles(path for path, _ in plan)
    whole: WholeRun | None = check.watch(files, linters, bundles) if bundles else None
    with files as sweep, Reports(options, linters.known_rules()) as reports:
        for path, outcome in sweep:
            check.settle(path, outcome)
            if outcome.result.diagnostics:
                check.show(path, outcome.result, reports)
            if outcome.result.signatures:
                whole = whole or check.watch(files, linters)
                whole.add(path, outcome.result)
        if whole is not None:
            check.compare(whole, reports)
        summary = check.summary()
        reports.finish(summary)
    check.conclude(summary)
    return check.exit_code()


class Check:
    """One run: what was seen so far, and what to tell about it beside the reports."""

    __slots__ = ("_by_rule", "_counts", "_options", "_spoilt", "_statistics", "_stdin_shown")

    def __init__(self, options: Options) -> None:
        self._options = options
        self._counts = dict.fromkeys(Summary.__slots__, 0)
        self._by_rule: dict[tuple[str, str], int] = {}
        self._spoilt: list[str] = []
        self._statistics = options.statistics
        name = options.stdin_name
        self._stdin_shown = show_path(name, os.getcwd()) if STDIN in options.paths else None

    def note(self, text: str, loud: bool = False) -> None:
        """Tell the user something that is no finding: when asked for details, or if ``loud``."""
        if self._options.verbose or (loud and not self._options.quiet):
            say(text)

    def doubt_demands(self) -> None:
        """Tell the user of actions that are forbidden and that may not exist."""
        if not self._options.forbidden:
            return
        from camlint.catalog.catalog import Catalog  # noqa: PLC0415 - few runs forbid anything
        from camlint.forbidden import doubt_action  # noqa: PLC0415

        catalog = Catalog()
        for action in self._options.forbidden[0].actions:
            doubt = doubt_action(action, catalog)
            if doubt:
                self.note(f"--{FORBID} {action}: {doubt}", loud=True)

    def gather(self) -> Iterable[str]:
        """What to look at, sorted by what it is called in reports."""
        options = self._options
        named = [path for path in options.paths if path != STDIN]
        found = discover(
            named, options.exclude, force_exclude=options.force_exclude, note=self.note
        )
        if self._stdin_shown is None:
            return found
        if options.force_exclude and Globs(options.exclude, os.getcwd()).match(self._stdin_shown):
            return found
        return sorted({*found, self._stdin_shown})

    def sweep(self, plan: Sequence[tuple[str, Engine]]) -> Sweep:
        """What looks at all files. Raises Failure."""
        options = self._options
        return Sweep(
            plan, self._stdin_shown, asked=options.jobs, explain=options.verbose, note=self.note
        )

    def fixing(
        self,
        plan: "Sequence[tuple[str, Fixer]]",
        report: Callable[[str], None] = tell,
        out: StandardOutput | None = None,
    ) -> "Fixing":
        """What fixes all files, and says on the way what it does."""
        from camlint.cli.fixing import Fixing  # noqa: PLC0415 - most runs change nothing

        return Fixing(plan, self._stdin_shown, self._options, report, out or StandardOutput())

    def watch(
        self,
        files: "Fixing | Sweep",
        linters: Linters,
        bundles: "tuple[FoundBundle, ...]" = (),
    ) -> "WholeRun":
        """What compares all policies of the run with one another, and looks at bundles."""
        from camlint.whole_run import WholeRun  # noqa: PLC0415 - few runs compare policies

        return WholeRun(files.read_again, linters.engine_for, bundles)

    def compare(self, whole: "WholeRun", reports: Reports) -> None:
        """Report what comes of several policies together. Raises Failure where that can't be."""
        try:
            for path, result in whole.results():
                self._count(result)
                self.show(path, result, reports)
        except Failure:
            raise
        except ConfigError as error:
            self._spoilt.append(str(error))
            say(str(error))
        except RuleFailure as error:
            self.spoil(describe_defect(NOT_COMPARED, error, "", error.pack))
        except Exception as error:
            self.spoil(describe_defect(NOT_COMPARED, error, type(error).__name__))

    def settle(self, path: str, outcome: Outcome) -> None:
        """Count what came of one file, and tell what no report tells of it."""
        result = outcome.result
        if outcome.refusal:
            self._spoilt.append(path)
            self._counts["unreadable"] += 1
            if not result.diagnostics:
                say(f"{path} can't be read: {outcome.refusal}")
        else:
            self._counts["files"] += 1
        if outcome.unwritten:
            self._spoilt.append(path)
            say(f"{path} was not fixed: {outcome.unwritten}")
        if outcome.fixed:
            self._counts["fixed"] += outcome.fixed
        if outcome.defect is not None:
            self.spoil(outcome.defect)
        elif not outcome.refusal and not result.policies:
            self._counts["without_policy"] += 1
            if outcome.absence:
                say(f"{path} holds no policy: {outcome.absence}")
        self._count(result)

    def show(self, path: str, result: FileResult, reports: Reports) -> None:
        """Write the findings of one file to all reports. Raises Failure where that can't be."""
        try:
            reports.file(result.diagnostics)
        except Failure:
            raise
        except Exception as error:
            what = f"the findings of {path} could not be shown"
            self.spoil(describe_defect(what, error, type(error).__name__))

    def spoil(self, defect: Defect) -> None:
        """Tell of a defect of camlint that left a part of the run undone."""
        self._spoilt.append(defect.what)
        self._counts["failed"] += 1
        report_defect(defect)

    def _count(self, result: FileResult) -> None:
        """Add the findings of one file to the counts."""
        counts = self._counts
        counts["policies"] += result.policies
        counts["not_analysed"] += result.not_analysed
        for one in result.diagnostics:
            counts[COUNTED[one.severity]] += 1
            if one.fixes:
                counts["fixable"] += 1
            if self._statistics:
                rule = (one.code, one.name)
                self._by_rule[rule] = self._by_rule.get(rule, 0) + 1

    def summary(self) -> Summary:
        """The counts of the run so far."""
        return Summary(**self._counts)

    def conclude(self, summary: Summary) -> None:
        """Say on standard error what no report says."""
        options = self._options
        if self._by_rule:
            sys.stderr.write(_statistics(self._by_rule))
        if not options.quiet and (options.format == "concise" or not saw_policy(summary)):
            sys.stderr.write(summary_line(summary) + "\n")

    def exit_code(self) -> int:
        """2 when the run is incomplete, 1 when a finding is bad enough, else 0."""
        if self._spoilt:
            return 2
        fail_on = self._options.fail_on
        if fail_on is None:
            return 0
        return int(
            any(
                self._counts[COUNTED[severity]]
                for severity in Severity
                if severity.rank >= fail_on.rank
            )
        )


def _statistics(by_rule: dict[tuple[str, str], int]) -> str:
    """How often each rule spoke, most often first."""
    width = len(str(max(by_rule.values())))
    ordered = sorted(by_rule.items(), key=lambda item: (-item[1], item[0]))
    return "".join(f"{number:>{width}}  {code}  {name}\n" for (code, name), number in ordered)
