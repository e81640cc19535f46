"""``camlint fix``: mend what is wrong with policies where it is known how, and say what is left."""

import sys

from camlint.cli.check import Check
from camlint.cli.failure import say
from camlint.cli.fix_options import read_fix_options
from camlint.cli.linters import Linters
from camlint.cli.options import STDIN
from camlint.cli.sinks import StandardOutput
from camlint.registry import load_registry
from camlint.report.fixes import describe_rest
from camlint.report.summary import saw_policy, summary_line


def run(arguments: list[str]) -> int:
    """Fix what the arguments name and return the exit code. Raises Failure."""
    options = read_fix_options(arguments)
    check = Check(options)
    linters = Linters(load_registry(), options, check.note)
    plan = linters.plan_fixes(check.gather())
    out = StandardOutput()
    aside = options.diff or STDIN in options.paths

    def report(line: str) -> None:
        if aside:
            sys.stderr.write(f"{line}\n")
        else:
            out.write(f"{line}\n")

    changed = 0
    with check.fixing(plan, report, out) as fixing:
        for path, outcome in fixing:
            check.settle(path, outcome)
            changed += bool(outcome.fixed)
            if outcome.refusal and outcome.result.diagnostics:
                say(f"{path} can't be read: {outcome.refusal}")
    summary = check.summary()
    if not options.quiet:
        if saw_policy(summary):
            report(describe_rest(summary, changed, fixing.closed, would=options.diff))
        else:
            sys.stderr.write(f"{summary_line(summary)}\n")
    out.close()
    if options.diff and changed and options.fail_on is not None:
        return max(1, check.exit_code())
    return check.exit_code()
