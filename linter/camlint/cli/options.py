"""The options of ``camlint check``, from the words of the command line to values."""

import argparse
import os

from camlint.cli import COMMANDS
from camlint.cli.configured import add_config_options
from camlint.cli.failure import Failure
from camlint.cli.parser import Parser, one_of
from camlint.finding import Confidence, Safety, Severity
from camlint.kinds import Kind
from camlint.report.formats import FORMATS, SHOWING_EDITS, SHOWING_RELATED
from camlint.selection import Selection
from camlint.settings import FORBID, NO_PUBLIC_ACCESS, Forbidden

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Add = Callable[..., object]

AUTO, NEVER = "auto", "never"
STDIN = "-"
STDIN_NAME = "<stdin>"

DESCRIPTION = """\
Find problems in CAM policies. PATH is a file of any name, a folder (its .json
files, as git lists them), or - for standard input; without PATH, this folder.
Files that hold no CAM policy are passed over in silence."""

EPILOG = """\
CODE is a code (CAM210), the beginning of codes (CAM2) or a name (such as
invalid-sdkappid); several are separated by commas. GLOB is a name at any
depth (build, *.plan.json) or, with a slash, a path from here (env/*/old).

exit code: 0 nothing at or above --fail-on; 1 findings; 2 a wrong option or
configuration, a file that can't be read, or a defect of camlint"""


class Options:
    """What was asked of one run.

    ``selection`` has the words for rules as they were given: which rules there are depends on the
    configuration. ``outputs`` are formats and the files to write them to, ``category`` is that of
    their run. ``only_config`` is the configuration that the user named, ``""`` for none at all,
    None for the nearest one of each file.
    ``fail_on`` is None for never, and ``jobs``, how many processes to use, for as many as suit.
    ``now`` is the time to judge dates by, in seconds since 1970, None for the system's clock.
    ``forbidden`` and ``no_public_access`` are what it demands of every policy.
    ``fix`` asks a check for fixes first, ``fixes`` are the classes of them that are made, and
    ``diff`` asks to show them instead.
    """

    __slots__ = (
        "category",
        "colour",
        "diff",
        "exclude",
        "fail_on",
        "fix",
        "fixes",
        "forbidden",
        "force_exclude",
        "format",
        "jobs",
        "kind",
        "no_public_access",
        "now",
        "only_config",
        "outputs",
        "paths",
        "quiet",
        "selection",
        "statistics",
        "stdin_name",
        "verbose",
    )

    def __init__(self, given: argparse.Namespace, paths: list[str], selection: Selection) -> None:
        self.paths = tuple(paths)
        self.selection = selection
        self.format: str = given.format
        self.outputs: tuple[tuple[str, str], ...] = tuple(given.output)
        self.category: str = given.sarif_category or ""
        self.colour: str = given.color
        self.fail_on = None if given.fail_on == NEVER else Severity(given.fail_on)
        self.kind = None if given.kind == AUTO else Kind(given.kind)
        self.now: float | None = given.now
        self.forbidden = (
            (Forbidden(tuple(given.forbid), tuple(given.on) or ("*",)),) if given.forbid else ()
        )
        self.no_public_access: bool = given.no_public_access
        self.only_config: str | None = given.config
        self.exclude = tuple(given.exclude)
        self.force_exclude: bool = given.force_exclude
        self.stdin_name: str = given.stdin_filename or STDIN_NAME
        self.statistics: bool = given.statistics
        self.jobs: int | None = None if given.jobs == AUTO else int(given.jobs)
        self.quiet: bool = given.quiet
        self.verbose: bool = given.verbose
        self.fix: bool = given.fix
        self.diff: bool = given.diff
        self.fixes = frozenset(
            safety
            for safety, asked in (
                (Safety.SAFE, True),
                (Safety.NARROWING, given.unsafe_fixes),
                (Safety.REPAIR, given.repair),
            )
            if asked
        )

    @property
    def demands(self) -> tuple[str, ...]:
        """What the command line demands of every policy, by the names of its options."""
        found = (FORBID,) if self.forbidden else ()
        return (*found, NO_PUBLIC_ACCESS) if self.no_public_access else found

    @property
    def shows_edits(self) -> bool:
        """Whether any report shows what fixes do to the characters of a file."""
        return not SHOWING_EDITS.isdisjoint((self.format, *dict(self.outputs)))

    @property
    def shows_related(self) -> bool:
        """Whether any report shows what stands beside findings: related places and steps."""
        return not SHOWING_RELATED.isdisjoint((self.format, *dict(self.outputs)))


def read_options(arguments: list[str]) -> Options:
    """The options of a check. Raises Failure, with what would do instead."""
    options = read_with(_make_parser(), arguments)
    if not options.fix and options.fixes != {Safety.SAFE}:
        flag = "--repair" if Safety.REPAIR in options.fixes else "--unsafe-fixes"
        raise Failure(f"{flag} says what may be fixed, and nothing is; add --fix")
    if options.fix and STDIN in options.paths:
        raise Failure(
            "what comes from standard input can't be fixed in its place; use camlint fix -"
        )
    return options


def read_with(parser: Parser, arguments: list[str]) -> Options:
    """The options that the arguments spell for a parser that has them all. Raises Failure."""
    given, words = parser.read(arguments)
    if given.stdin_filename and STDIN not in words:
        raise Failure(
            "--stdin-filename names what comes from standard input, and nothing does; "
            "add the path -"
        )
    if given.on and not given.forbid:
        raise Failure(
            "--on says on which resources, and nothing is forbidden; add --forbid ACTION, such as "
            "--forbid 'cam:*'"
        )
    for word in words:
        if word in COMMANDS and not os.path.lexists(word):
            raise Failure(f'the command comes first: camlint {word} …; "{word}" is no file here')
    files = [os.path.realpath(file) for _, file in given.output]
    for file in files:
        if files.count(file) > 1:
            raise Failure(f"two reports can't both be written to {file}")
    selection = Selection(
        _words(given.select, "--select") or None,
        _words(given.ignore, "--ignore"),
        strict=given.strict,
        min_severity=Severity(given.min_severity),
        min_confidence=Confidence(given.min_confidence),
    )
    return Options(given, words or ["."], selection)


def _make_parser() -> Parser:
    parser = Parser("check", "[PATH ... | -] [options]", DESCRIPTION, EPILOG)
    add_files(parser)
    add_problems(parser)
    _add_demands(parser)
    add = parser.add_argument_group("what to fix").add_argument
    add("--fix", action="store_true", help="fix what is safe to fix, then report what is left")
    add_classes(add)
    parser.set_defaults(diff=False)
    add = parser.add_argument_group("what to print").add_argument
    add(
        "--format",
        metavar="FORMAT",
        default="text",
        type=one_of(*FORMATS),
        help=f"{', '.join(FORMATS)}",
    )
    add(
        "--output",
        metavar="FORMAT=FILE",
        action="append",
        default=[],
        type=_output,
        help="write a report to a file, too; may be repeated",
    )
    add(
        "--sarif-category",
        metavar="NAME",
        type=_category,
        help="what code scanning tells several runs of a commit apart by (camlint)",
    )
    add_colour(add)
    add("--statistics", action="store_true", help="count the findings of each rule, on stderr")
    add("-q", "--quiet", action="store_true", help="findings and errors only: no summary, no notes")
    add("-v", "--verbose", action="store_true", help="say which files hold no policy, and why")
    add(
        "--jobs",
        metavar="N",
        default=AUTO,
        type=_jobs,
        help="how many processes to use; auto: one, or one a core for over 1,000 files",
    )
    return parser


def _add_demands(parser: Parser) -> None:
    """What no policy may grant."""
    add = parser.add_argument_group("what no policy may grant").add_argument
    add(
        "--forbid",
        metavar="ACTION",
        action="append",
        default=[],
        type=_action,
        help="an error where a policy may allow this, such as 'cam:*'; may be repeated",
    )
    add(
        "--on",
        metavar="RESOURCE",
        action="append",
        default=[],
        type=_resource,
        help="forbid it on these resources only (any); may be repeated",
    )
    add(
        "--no-public-access",
        action="store_true",
        help="an error where a policy lets in everybody, or requests that nobody signed",
    )


def add_classes(add: "Add") -> None:
    """Which classes of fixes are made."""
    add(
        "--unsafe-fixes",
        action="store_true",
        help="fixes that take access away, as well as those that change nothing",
    )
    add(
        "--repair",
        action="store_true",
        help="repairs, too: they may grant what was dead before, and say so",
    )


def add_colour(add: "Add") -> None:
    """Whether to colour what goes to a terminal."""
    add(
        "--color",
        metavar="WHEN",
        default=AUTO,
        type=one_of(AUTO, "always", NEVER),
        help="auto, always or never",
    )


def add_files(parser: Parser) -> None:
    """Which files a run is about, and what they hold."""
    add = parser.add_argument_group("which files").add_argument
    add(
        "--exclude",
        metavar="GLOB",
        action="append",
        default=[],
        type=_glob,
        help="leave out files of folders; may be repeated",
    )
    add("--force-exclude", action="store_true", help="leave out named files, too, if they match")
    add("--stdin-filename", metavar="NAME", help="what to call standard input in the report")
    add(
        "--kind",
        metavar="KIND",
        default=AUTO,
        type=one_of(AUTO, *(kind.value for kind in Kind)),
        help=f"what the policies are: {', '.join(kind.value for kind in Kind)}; or auto",
    )


def add_problems(parser: Parser) -> None:
    """Which rules and findings a run is about."""
    severities = [severity.value for severity in Severity]
    add = parser.add_argument_group("which problems").add_argument
    add("--select", metavar="CODE", action="append", default=[], help="only these rules")
    add("--ignore", metavar="CODE", action="append", default=[], help="all but these rules")
    add("--strict", action="store_true", help="the rules that are quiet otherwise, as well")
    add(
        "--min-severity",
        metavar="LEVEL",
        default="note",
        type=one_of(*severities),
        help="error, warning or note: report nothing milder",
    )
    add(
        "--min-confidence",
        metavar="LEVEL",
        default="low",
        type=one_of(*(confidence.value for confidence in Confidence)),
        help="high, medium or low: report nothing less sure",
    )
    add(
        "--fail-on",
        metavar="LEVEL",
        default="warning",
        type=one_of(*severities, NEVER),
        help="exit with 1 from this severity on (warning), or never",
    )
    add_config_options(add)
    add(
        "--now",
        metavar="DATE",
        type=_moment,
        help="judge dates in policies as if it were this day (2026-12-31) or moment, UTC",
    )


def _action(text: str) -> str:
    from camlint.catalog.catalog import Catalog  # noqa: PLC0415 - few runs forbid anything
    from camlint.forbidden import refuse_action  # noqa: PLC0415

    problem = refuse_action(text, Catalog())
    if problem:
        raise argparse.ArgumentTypeError(problem)
    return text


def _resource(text: str) -> str:
    from camlint.forbidden import refuse_resource  # noqa: PLC0415 - few runs forbid anything

    problem = refuse_resource(text)
    if problem:
        raise argparse.ArgumentTypeError(problem)
    return text


def _words(given: list[str], option: str) -> tuple[str, ...]:
    """The words for rules in the values of an option that may be repeated."""
    words: list[str] = []
    for text in given:
        found = [word.strip() for word in text.split(",") if word.strip()]
        if not found:
            raise Failure(f"{option} needs a code or name of a rule, such as {option} CAM210")
        words += found
    return tuple(words)


def _output(text: str) -> tuple[str, str]:
    name, _, file = text.partition("=")
    one_of(*FORMATS)(name)
    if not file:
        raise argparse.ArgumentTypeError(
            f"write a format and a file, such as {name}=findings.{name}"
        )
    return name, file


def _category(text: str) -> str:
    if not text.strip("/ "):
        raise argparse.ArgumentTypeError("an empty category tells nothing apart")
    return text


def _moment(text: str) -> float:
    from camlint.policy.values import parse_date  # noqa: PLC0415 - few runs state the time

    moment = parse_date(text)
    if moment is None:
        raise argparse.ArgumentTypeError(
            f'"{text}" is no date; write 2026-12-31 or 2026-12-31T16:00:00Z'
        )
    return moment.seconds


def _glob(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("an empty glob matches nothing")
    return text


def _jobs(text: str) -> str:
    if text != AUTO and not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f'"{text}" is no number of processes; write 1 or more')
    return text
