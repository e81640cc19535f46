"""Findings as annotations of a workflow run on GitHub, beside the lines of a pull request."""

from collections.abc import Iterator, Sequence

from camlint.report.report import Report, Write
from camlint.report.repository import Repositories
from camlint.report.summary import saw_policy, summary_line
from camlint.report.terminal import escape
from camlint.report.witness_words import describe_example, describe_steps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.findings import Diagnostic, Region, Summary

COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


class GithubReport(Report):
    """A workflow command for each finding, and the summary at the end.

    GitHub shows at most ten annotations of a severity for each step; the log has them all.
    Source: https://docs.github.com/en/actions/using-workflows/workflow-commands-for-github-actions
    """

    __slots__ = ("_repositories",)

    def __init__(self, write: Write, *, colour: bool = False) -> None:
        del colour
        super().__init__(write)
        self._repositories = Repositories()

    def file(self, diagnostics: "Sequence[Diagnostic]") -> None:
        """Write a command for each finding."""
        if diagnostics:
            path = self._repositories.path_of(diagnostics[0].source.path)
            self._write("".join(f"{_command(one, path)}\n" for one in diagnostics))

    def finish(self, summary: "Summary") -> None:
        """Write the summary; that there was no policy at all is not for a report to say."""
        if saw_policy(summary):
            self._write(summary_line(summary) + "\n")


def _command(diagnostic: "Diagnostic", path: str) -> str:
    properties = {
        "file": path,
        **_lines(diagnostic.region),
        "title": f"{diagnostic.code} {diagnostic.name}",
    }
    stated = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    data = "\n".join(map(escape, _sentences(diagnostic)))
    return f"::{COMMANDS[diagnostic.severity.value]} {stated}::{_data(data)}"


def _sentences(diagnostic: "Diagnostic") -> Iterator[str]:
    """What there is to say, a line each: the message, the steps, a way out, a request that shows it."""
    yield diagnostic.message
    for number, step in enumerate(describe_steps(diagnostic), 1):
        yield f"step {number}: {step}"
    if diagnostic.help:
        yield f"help: {diagnostic.help}"
    example = describe_example(diagnostic)
    if example:
        yield f"note: {example}"


def _lines(region: "Region") -> dict[str, str]:
    """Where the annotation stands; columns mean something to GitHub only within one line.

    Source: https://docs.github.com/en/rest/checks/runs
    """
    start, end = region.start, region.end
    lines = {"line": str(start.line), "endLine": str(end.line)}
    if start.line == end.line:
        lines |= {"col": str(start.column), "endColumn": str(end.column)}
    return lines


def _data(text: str) -> str:
    """What stands behind the second ``::``, on one line.

    Source: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
    """
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """The value of a property, which also ends at a comma and at a colon; the same source."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
