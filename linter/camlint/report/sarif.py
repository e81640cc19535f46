"""A run as SARIF 2.1.0, made for GitHub code scanning and valid for everyone else."""

from collections.abc import Iterator, Sequence

from sarif_om import (
    ArtifactLocation,
    Invocation,
    Location,
    Message,
    Notification,
    ReportingDescriptorReference,
    Run,
    RunAutomationDetails,
    SarifLog,
)

from camlint.engine import NOT_ANALYSED, UNREADABLE
from camlint.fingerprint import fingerprints
from camlint.registry import Registry, load_registry
from camlint.report.report import Report, Write
from camlint.report.repository import Repositories
from camlint.report.sarif_limits import MOST_RESULTS, Kept
from camlint.report.sarif_log import write_object
from camlint.report.sarif_results import MOST_LOCATIONS, ROOT, make_result
from camlint.report.sarif_tool import RunRules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.findings import Diagnostic, Summary

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
CATEGORY = "camlint"
LINE_ENDS = ["\r\n", "\n", "\r"]

NOTICES = ("unreadable-file", "not-analysed", "defect", "results-left-out", "places-left-out")
"""What a run may have to say of itself, by the id of the notification.

They have no descriptors: code scanning wants of one what it wants of a rule, pages of help.
"""

NOTICED = {UNREADABLE: "unreadable-file", NOT_ANALYSED: "not-analysed"}
MOST_NOTICED = 100
"""Places that a notification names; its text has the number of all."""


class SarifReport(Report):
    """One log with one run, written as a whole at the end, a result a line.

    The rules it describes are those that have results. ``category`` tells the runs of a
    repository apart: code scanning takes the newest of each.
    """

    __slots__ = ("_category", "_kept", "_noticed", "_repositories", "_rules")

    def __init__(
        self,
        write: Write,
        *,
        colour: bool = False,
        category: str = "",
        kept: Kept | None = None,
        registry: Registry | None = None,
    ) -> None:
        del colour
        super().__init__(write)
        self._category = category.rstrip("/") or CATEGORY
        self._kept = kept or Kept()
        self._repositories = Repositories()
        self._rules = RunRules(registry or load_registry())
        self._noticed: dict[str, list[Location]] = {notice: [] for notice in NOTICES}

    def file(self, diagnostics: "Sequence[Diagnostic]") -> None:
        """Keep the results of one file, as text."""
        if not diagnostics:
            return
        path = self._repositories.path_of(diagnostics[0].source.path)
        for one, identity in zip(diagnostics, fingerprints(diagnostics, path), strict=True):
            rule = self._rules.number(one.code, one.pack)
            result = make_result(one, path, rule, identity, self._repositories.path_of)
            self._kept.add(write_object(result), one.severity)
            if one.code in NOTICED:
                self._noticed[NOTICED[one.code]].append(result.locations[0])
            if len(one.related) >= MOST_LOCATIONS:
                self._noticed["places-left-out"].append(result.locations[0])

    def finish(self, summary: "Summary") -> None:
        """Write the log; without any result, too, since that is what closes alerts."""
        results = self._kept.fitting()
        notices = list(self._notices(summary, len(results)))
        log = SarifLog(version="2.1.0", schema_uri=SCHEMA, runs=None)
        run = Run(
            tool=self._rules.describe(),
            automation_details=RunAutomationDetails(id=f"{self._category}/"),
            column_kind="unicodeCodePoints",
            newline_sequences=LINE_ENDS,
            original_uri_base_ids={
                ROOT: ArtifactLocation(description=Message(text="The root of the repository."))
            },
            invocations=[
                Invocation(
                    execution_successful=not (summary.unreadable or summary.failed),
                    tool_execution_notifications=notices or None,
                )
            ],
        )
        self._write(f'{write_object(log)[:-1]}, "runs": [\n')
        self._write(f'{write_object(run)[:-1]}, "results": [')
        for number, result in enumerate(results):
            self._write(f",\n{result}" if number else f"\n{result}")
        self._write("\n]}\n]}\n")

    def _notices(self, summary: "Summary", reported: int) -> Iterator[Notification]:
        """What keeps the run from being the whole truth."""
        skipped = max(summary.not_analysed, len(self._noticed["not-analysed"]))
        left_out = self._kept.offered - reported
        cut = len(self._noticed["places-left-out"])
        if summary.unreadable:
            text = f"Files that could not be read: {summary.unreadable:,}."
            yield self._notice("unreadable-file", "error", text)
        if skipped:
            text = f"Policies that were not analysed, or not to their end: {skipped:,}."
            yield self._notice("not-analysed", "warning", text)
        if summary.failed:
            text = f"Defects of camlint that left a file unchecked: {summary.failed:,}."
            yield self._notice("defect", "error", f"{text} Standard error describes them.")
        if left_out:
            text = (
                f"Results that were left out, the mildest first: {left_out:,}. "
                f"Code scanning takes {MOST_RESULTS:,} of a run, and 10 MB compressed."
            )
            yield self._notice("results-left-out", "warning", text)
        if cut:
            text = (
                f"Results without all their related places: {cut:,}. "
                f"Code scanning takes {MOST_LOCATIONS:,} places of each."
            )
            yield self._notice("places-left-out", "warning", text)

    def _notice(self, notice: str, level: str, text: str) -> Notification:
        return Notification(
            message=Message(text=text),
            level=level,
            descriptor=ReportingDescriptorReference(id=notice),
            locations=self._noticed[notice][:MOST_NOTICED] or None,
        )
