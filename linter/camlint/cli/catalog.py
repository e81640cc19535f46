"""``camlint catalog``: look up what is known of services, actions, resources, keys and regions."""

import os
import sys

from camlint.catalog.catalog import Catalog
from camlint.cli.failure import say
from camlint.cli.parser import Parser, one_of
from camlint.cli.sinks import StandardOutput
from camlint.report.terminal import Paint, colour_wanted, coloured, plain
from camlint.tasks.catalog import Answer, look_up
from camlint.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

DESCRIPTION = """\
Look up what is known of Tencent Cloud's services, without a network."""

EPILOG = """\
QUERY is one of
  a service        cvm, TencentDB, 对象存储: prefix or part of its name
  an action        trtc:DismissRoom, or a pattern: 'trtc:Describe*', '*:Get*'
  a resource       qcs::trtc::uin/100032145678:sdkappid/1400618273
  a condition key  qcs:ip
  a region         ap-guangzhou, gz, Singapore
Put quotes around *, or the shell looks for files.

exit code: 0 something is known; 1 nothing is; 2 a wrong option"""

SUGGESTED = 3
"""How many suggestions people get to see."""


def run(arguments: list[str]) -> int:
    """Print what is known of the query and return the exit code. Raises Failure."""
    parser = Parser("catalog", "QUERY [options]", DESCRIPTION, EPILOG)
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
    query = " ".join(words).strip()
    if not query:
        parser.error("name what to look up, such as camlint catalog trtc:DismissRoom")
    answer = look_up(query.removeprefix("name/"), Catalog())
    out = StandardOutput()
    if given.format == "json":
        from camlint.report.catalogue_json import dump_answer  # noqa: PLC0415 - one of two

        out.write(dump_answer(answer))
    elif answer.found:
        from camlint.report.catalogue import show_answer  # noqa: PLC0415 - one of two

        paint: Paint = coloured if colour_wanted(given.color, sys.stdout, os.environ) else plain
        for line in show_answer(answer, paint):
            out.write(line + "\n")
    out.close()
    if answer.found:
        return 0
    say(_tell_of_nothing(answer))
    return 1


def _tell_of_nothing(answer: Answer) -> str:
    """What to do about a query that led nowhere."""
    text = f"nothing is known of {quote(answer.query)}"
    if answer.suggestions:
        text += f"; did you mean {_join(answer.suggestions[:SUGGESTED])}?"
    if answer.note:
        text += f"\n{answer.note}"
    elif not answer.suggestions:
        text += "\nthe public catalogue is partial, so it may exist all the same"
    return text


def _join(texts: "Sequence[str]") -> str:
    quoted = [f'"{text}"' for text in texts]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if quoted[:-1] else quoted)
