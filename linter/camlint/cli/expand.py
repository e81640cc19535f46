"""``camlint expand``: the known actions that the actions of policies stand for."""

import os
import sys

from camlint.catalog.catalog import Catalog
from camlint.cli.parser import Parser, one_of
from camlint.cli.policies import read_words
from camlint.cli.sinks import StandardOutput
from camlint.report.expansion import show_expansion
from camlint.report.policies_json import PoliciesJson, row_expansion
from camlint.report.terminal import Paint, colour_wanted, coloured, plain
from camlint.tasks.expand import expand

DESCRIPTION = """\
List the actions that each action and pattern of policies stands for, by level:
list, read, write, permissions, tagging. POLICY is a file, a folder, or - for
standard input. The public catalogue is partial, so a pattern catches at least
the actions listed here."""

EPILOG = """\
For one pattern, without a policy: camlint catalog 'cvm:Describe*'

exit code: 0 done; 1 a policy isn't JSON and was left out; 2 a wrong option, or
a file that can't be read"""


def run(arguments: list[str]) -> int:
    """Print the expansions and return the exit code. Raises Failure."""
    parser = Parser("expand", "POLICY ... | - [options]", DESCRIPTION, EPILOG)
    parser.add_argument(
        "--format", metavar="FORMAT", default="text", type=one_of("text", "json"), help="text, json"
    )
    parser.add_argument(
        "--color",
        metavar="WHEN",
        default="auto",
        type=one_of("auto", "always", "never"),
        help="auto, always or never",
    )
    given, words = parser.read(arguments)
    policies = read_words(words, "expand")
    catalog = Catalog()
    out = StandardOutput()
    if given.format == "json":
        document = PoliciesJson(out.write)
        for found in policies:
            rows = [row_expansion(one) for one in expand(found.policy, catalog)]
            document.policy(found.path, found.address, found.policy, rows)
        document.finish((one.path, one.address, one.reason) for one in policies.left_out)
    else:
        paint: Paint = coloured if colour_wanted(given.color, sys.stdout, os.environ) else plain
        gap = ""
        for found in policies:
            lines = show_expansion(found.title, expand(found.policy, catalog), paint)
            out.write(gap + "".join(f"{line}\n" for line in lines))
            gap = "\n"
    out.close()
    return policies.exit_code
