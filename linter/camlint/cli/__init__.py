"""The command line: which command is meant, and what becomes of whatever goes wrong in it."""

import os
import sys

from camlint.cli.failure import Failure, describe_defect, report_defect, say
from camlint.cli.sinks import silence_stdout

COMMANDS = {
    "check": "camlint.cli.check",
    "fix": "camlint.cli.fix",
    "explain": "camlint.cli.explain",
    "rules": "camlint.cli.rules",
    "can": "camlint.cli.can",
    "expand": "camlint.cli.expand",
    "summarize": "camlint.cli.summarize",
    "compare": "camlint.cli.compare",
    "catalog": "camlint.cli.catalog",
    "fmt": "camlint.cli.fmt",
    "test": "camlint.cli.test",
    "test-rules": "camlint.cli.test_rules",
}
"""The name of a command to the module whose ``run`` it is; the others are not imported."""

HELP = """\
camlint finds what is wrong with Tencent Cloud CAM policies, without a network.

usage: camlint [check] [PATH ... | -] [options]
       camlint COMMAND [ARGUMENT ...] [options]

commands:
  check      find problems in files and folders (without PATH: in this folder)
  fix        fix what is safe to fix, or show how with --diff
  explain    what a rule, by code or name, is about, and the way out
  rules      the list of all rules
  can        what policies say to one request, and why
  expand     which actions the patterns of policies stand for
  summarize  what policies reach, for reviews; with --risk what to fear of them
  compare    what a change to policies newly grants, and what it takes away
  catalog    services, actions, resource forms, condition keys and regions
  fmt        lay policies out, their meaning proved unchanged
  test       hold policies against what is expected of them: can, cannot, never
  test-rules hold every law against the rules of a pack

examples:
  camlint                                  check the policies below this folder
  camlint policy.json --format concise     check one file, a line per problem
  camlint explain invalid-sdkappid         read about a rule

options:
  -h, --help, --version    this page, or a COMMAND's own; which camlint this is

exit code: 0 no problem; 1 problems; 2 camlint couldn't do all that was asked
"""

INTERRUPTED = 130
"""The exit code of a program that Ctrl-C ended: 128 and the number of the signal."""


def run_script() -> None:
    """What the installed program does: run the command and end, without taking memory apart first.

    After many files, freeing every object one by one takes a tenth of the whole run.
    """
    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        silence_stdout()
    os._exit(code)


def main(argv: list[str] | None = None) -> int:
    """Run the command that the arguments name and return the exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except Failure as failure:
        say(str(failure))
        return 2
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 2
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        silence_stdout()
        return 0
    except Exception as error:
        report_defect(describe_defect("internal error", error, type(error).__name__))
        return 2
    return code


def _run(arguments: list[str]) -> int:
    first = arguments[0] if arguments else ""
    if first in {"-h", "--help"}:
        sys.stdout.write(HELP)
        return 0
    if first == "--version":
        from camlint.version import VERSION  # noqa: PLC0415 - not needed otherwise

        print(f"camlint {VERSION}")
        return 0
    if first in COMMANDS:
        command, rest = first, arguments[1:]
    else:
        command, rest = "check", arguments
        if (
            first.replace("-", "").isalpha()
            and not first.startswith("-")
            and not os.path.lexists(first)
        ):
            _refuse_misspelt_command(first)
    code: int = __import__(COMMANDS[command], fromlist=("run",)).run(rest)
    return code


def _refuse_misspelt_command(word: str) -> None:
    """Raise Failure for a word that is neither a file nor a command, but nearly a command."""
    from camlint.nearest import nearest  # noqa: PLC0415 - not needed otherwise

    meant = nearest(word, COMMANDS)
    if meant:
        raise Failure(f'"{word}" is neither a command nor a file; did you mean "{meant}"?')
