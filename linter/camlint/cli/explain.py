"""``camlint explain``: the page of one rule, its examples linted as it is printed."""

import os
import sys
from collections.abc import Iterator
from textwrap import indent
from typing import TypeVar

from camlint.cli.configured import add_config_options, know_rules
from camlint.cli.failure import Failure, say
from camlint.cli.parser import Parser, one_of
from camlint.cli.sinks import StandardOutput
from camlint.examples import lint_example, show_example
from camlint.kinds import ALL_KINDS, Kind
from camlint.registry import Registry, load_registry
from camlint.report.formats import open_report
from camlint.report.terminal import BOLD, Paint, colour_wanted, coloured, plain
from camlint.rule import Bad, Good, Rule
from camlint.selectors import unknown_rule
from camlint.source import UTF8

E = TypeVar("E", Bad, Good)

KINDS = {
    Kind.IDENTITY: "an identity policy",
    Kind.TRUST: "the trust policy of a role",
    Kind.BUCKET: "a bucket policy",
    Kind.SESSION: "a session policy",
    Kind.SCP: "a service control policy",
}


def run(arguments: list[str]) -> int:
    """Print the page of the rule that the arguments name. Raises Failure when there is none."""
    parser = Parser(
        "explain",
        "CODE | NAME | --severity [options]",
        "Print what a rule finds, why that is a problem, and "
        "what to do about it,\nwith examples. Nothing is looked up on a network.",
    )
    parser.add_argument(
        "--color",
        metavar="WHEN",
        default="auto",
        type=one_of("auto", "always", "never"),
        help="auto, always or never",
    )
    parser.add_argument(
        "--severity",
        action="store_true",
        help="how the severity of a finding comes about, of one rule or in general",
    )
    add_config_options(parser.add_argument)
    given, words = parser.read(arguments)
    colour = colour_wanted(given.color, sys.stdout, os.environ)
    if given.severity and not words:
        _write(_severity(None, coloured if colour else plain))
        return 0
    if len(words) != 1:
        parser.error("name one rule by its code or name, such as camlint explain CAM210")
    registry = load_registry()
    entry = registry.find(words[0]) or registry.find(words[0].lower())
    problem = ""
    if entry is None:
        registry, problem = know_rules(given.config)
        entry = registry.find(words[0]) or registry.find(words[0].lower())
    if entry is None:
        hint = "a rule of your own is known where its configuration holds, and with --config FILE"
        raise Failure(f"{unknown_rule(words[0], registry)}\n{problem or hint}")
    if problem:
        say(problem)
    rule = registry.rule(entry.code)
    if given.severity:
        _write(_severity(rule, coloured if colour else plain))
    else:
        _write(_page(registry, rule, colour=colour))
    return 0


def _severity(rule: Rule | None, paint: Paint) -> Iterator[str]:
    from camlint.cli.severity import explain_severity  # noqa: PLC0415 - few ask for it

    return explain_severity(rule, paint)


def _write(parts: Iterator[str]) -> None:
    out = StandardOutput()
    for part in parts:
        out.write(part)
    out.close()


def _page(registry: Registry, rule: Rule, *, colour: bool) -> Iterator[str]:
    paint: Paint = coloured if colour else plain
    yield paint(BOLD, f"{rule.code} {rule.name}") + f"\n\n{rule.summary}\n\n"
    entry = registry.find(rule.code)
    yield from _facts(rule, entry.pack if entry is not None else "")
    yield from _text(rule.text, paint)
    for title, bad in _titled("What it finds", rule.bad):
        yield "\n" + _heading(title, paint) + "\n\n" + _example(bad)
        yield "camlint says:\n\n" + _live(registry, rule, bad, colour=colour)
    for title, good in _titled("What it leaves alone", rule.good):
        yield "\n" + _heading(title, paint) + "\n\n" + _example(good)
    if rule.references:
        yield "\n" * (not rule.good) + _heading("References", paint) + "\n"
    for reference in rule.references:
        yield f"  {reference}\n"


def _text(markdown: str, paint: Paint) -> Iterator[str]:
    """The page with its headings underlined and its blocks of code indented."""
    code = False
    for line in markdown.split("\n"):
        if line.startswith("```"):
            code = not code
        elif code:
            yield f"    {line}\n"
        elif line.startswith("#"):
            yield _heading(line.lstrip("# "), paint) + "\n"
        else:
            yield line + "\n"


def _titled(title: str, examples: tuple[E, ...]) -> Iterator[tuple[str, E]]:
    """Each example with its title, which has a number where there are several."""
    for number, example in enumerate(examples, 1):
        yield f"{title} ({number})" if len(examples) > 1 else title, example


def _facts(rule: Rule, pack: str) -> Iterator[str]:
    kinds = ", ".join(kind.value for kind in rule.kinds)
    yield f"  severity    {rule.severity.value}\n"
    yield f"  confidence  {rule.confidence.value}\n"
    yield f"  kinds       {'all' if rule.kinds == ALL_KINDS else kinds}\n"
    if pack:
        yield f"  pack        {pack}\n"
    if rule.demand:
        yield f"  runs        with --{rule.demand}, or {rule.demand} in the configuration\n"
    if rule.strict:
        yield "  runs        with --strict, or when it is selected\n"
    if rule.supersedes:
        yield f"  replaces    {', '.join(rule.supersedes)} at the same place\n"
    yield "\n"


def _example(example: Bad | Good) -> str:
    """The text of an example, and under which circumstances it is one."""
    settings = example.settings
    given = [f"as {KINDS[example.kind]}"] if example.kind else []
    stated = (
        ("accounts", settings.accounts),
        ("trusted-accounts", settings.trusted_accounts),
        ("sdkappids", settings.sdkappids),
    )
    for one in settings.forbidden:
        where = (
            "" if one.resources == ("*",) else f" --on {' --on '.join(map(repr, one.resources))}"
        )
        given.append(f"with --forbid {' --forbid '.join(map(repr, one.actions))}{where}")
    if settings.no_public_access:
        given.append("with --no-public-access")
    for key, values in stated:
        if values:
            given.append(f"with {key} = [{', '.join(values)}] in the configuration")
    if isinstance(example, Bad) and example.encoding != UTF8:
        given.append(f"in a file that is {example.encoding}")
    circumstances = f"({', '.join(given)})\n\n" if given else ""
    return circumstances + indent(show_example(example), "    ") + "\n"


def _live(registry: Registry, rule: Rule, bad: Bad, *, colour: bool) -> str:
    """What the rule says of an example, rendered as a run would render it."""
    written: list[str] = []
    report = open_report("text", written.append, colour=colour)
    report.start()
    report.file(lint_example(registry, rule, bad).diagnostics)
    return indent("".join(written), "    ")


def _heading(text: str, paint: Paint) -> str:
    return paint(BOLD, text) + "\n" + "-" * len(text)
