"""All reports of one run, each on its way to where it was asked for."""

import os
import sys
from collections.abc import Sequence

from camlint.cli.options import Options
from camlint.cli.sinks import File, StandardOutput
from camlint.registry import Registry
from camlint.report.formats import open_report
from camlint.report.terminal import colour_wanted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.findings import Diagnostic, Summary

SUMMARISED = frozenset({"text", "github"})
"""The formats whose end is the summary and nothing else."""


class Reports:
    """A context in which reports are written; leaving it by an exception discards the files.

    ``registry`` has the rules that the findings may be of.
    Raises Failure wherever a report can't be written.
    """

    __slots__ = ("_quiet", "_reports", "_sinks")

    def __init__(self, options: Options, registry: Registry) -> None:
        colour = colour_wanted(options.colour, sys.stdout, os.environ)
        self._sinks: list[StandardOutput | File] = [StandardOutput()]
        category = options.category
        self._reports = [
            open_report(
                options.format,
                self._sinks[0].write,
                colour=colour,
                category=category,
                registry=registry,
            )
        ]
        self._quiet = options.quiet and options.format in SUMMARISED
        try:
            for name, path in options.outputs:
                sink = File(path)
                self._sinks.append(sink)
                self._reports.append(
                    open_report(name, sink.write, category=category, registry=registry)
                )
        except BaseException:
            self._discard()
            raise

    def __enter__(self) -> "Reports":
        for report in self._reports:
            report.start()
        return self

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        if kind is not None:
            self._discard()

    def file(self, diagnostics: "Sequence[Diagnostic]") -> None:
        """Write the findings of one file."""
        for report in self._reports:
            report.file(diagnostics)

    def finish(self, summary: "Summary") -> None:
        """Write the ends of the reports and put them where they belong."""
        for number, report in enumerate(self._reports):
            if number or not self._quiet:
                report.finish(summary)
        for sink in self._sinks:
            sink.close()

    def _discard(self) -> None:
        for sink in self._sinks:
            sink.discard()
