"""``camlint summarize``: what policies reach, statement by statement, for those who review them."""

import os
import sys

from camlint.catalog.catalog import Catalog
from camlint.cli.configured import add_config_options
from camlint.cli.failure import Failure
from camlint.cli.parser import Parser, one_of
from camlint.cli.policies import Policies, read_words
from camlint.cli.sinks import StandardOutput
from camlint.report import overview, overview_markdown
from camlint.report.policies_json import PoliciesJson, row_summary
from camlint.report.report import Write
from camlint.report.terminal import Paint, colour_wanted, coloured, plain
from camlint.tasks.summarize import summarize

DESCRIPTION = """\
Show what each statement of policies reaches: how many of the known actions of
each service and level, on which resources, under which conditions. POLICY is a
file, a folder, or - for standard input. With --risk: what the holder of the
policies can do that a reviewer should know of, and a word for each policy."""

EPILOG = """\
For a comment on a pull request: camlint summarize policies/ --format markdown

With --risk, the policies of a [[bundles]] table of the configuration are
assessed together, too; docs/risk.md says what the words mean.

exit code: 0 done; 1 a policy isn't JSON and was left out; 2 a wrong option, or
a file that can't be read"""


def run(arguments: list[str]) -> int:
    """Print the summaries and return the exit code. Raises Failure."""
    parser = Parser("summarize", "POLICY ... | - [options]", DESCRIPTION, EPILOG)
    parser.add_argument(
        "--format",
        metavar="FORMAT",
        default="text",
        type=one_of("text", "json", "markdown"),
        help="text, json, markdown",
    )
    parser.add_argument(
        "--color",
        metavar="WHEN",
        default="auto",
        type=one_of("auto", "always", "never"),
        help="auto, always or never",
    )
    parser.add_argument(
        "--risk",
        action="store_true",
        help="ways to more rights, sensitive access, breadth and limits",
    )
    add_config_options(parser.add_argument)
    given, words = parser.read(arguments)
    if given.config is not None and not given.risk:
        raise Failure("a configuration says nothing of what statements reach; add --risk")
    policies = read_words(words, "summarize")
    out = StandardOutput()
    if given.risk:
        from camlint.cli.summarize_risk import summarize_risk  # noqa: PLC0415 - asks much more

        colour = colour_wanted(given.color, sys.stdout, os.environ)
        paint = coloured if colour else plain
        summarize_risk(policies, given.config, given.format, out.write, paint)
    elif given.format == "json":
        _write_json(policies, out.write)
    elif given.format == "markdown":
        _write_markdown(policies, out.write)
    else:
        colour = colour_wanted(given.color, sys.stdout, os.environ)
        _write_text(policies, out.write, coloured if colour else plain)
    out.close()
    return policies.exit_code


def _write_text(policies: Policies, write: Write, paint: Paint) -> None:
    catalog = Catalog()
    any_policy = False
    for found in policies:
        summaries = summarize(found.policy, catalog)
        lines = overview.show_overview(found.title, found.policy, summaries, paint)
        write("".join(f"{line}\n" for line in lines) + "\n")
        any_policy = True
    if any_policy:
        write("".join(f"{line}\n" for line in overview.FOOTER))


def _write_markdown(policies: Policies, write: Write) -> None:
    catalog = Catalog()
    any_policy = False
    for found in policies:
        summaries = summarize(found.policy, catalog)
        lines = overview_markdown.show_markdown(found.title, found.policy, summaries)
        write("".join(f"{line}\n" for line in lines))
        any_policy = True
    if any_policy:
        write(overview_markdown.FOOTER + "\n")


def _write_json(policies: Policies, write: Write) -> None:
    catalog = Catalog()
    document = PoliciesJson(write)
    for found in policies:
        rows = [row_summary(one) for one in summarize(found.policy, catalog)]
        document.policy(found.path, found.address, found.policy, rows)
    document.finish((one.path, one.address, one.reason) for one in policies.left_out)
