"""Turns findings that were let through into diagnostics: where they stand, and what to show there."""

from collections.abc import Iterable, Iterator
from operator import attrgetter

from camlint.edit import TextEdit, rebase
from camlint.finding import Finding, Fix
from camlint.findings import Diagnostic, LocatedStep, Region, RelatedRegion
from camlint.gate import Gate, Raised
from camlint.hosts.search import HostedPolicy
from camlint.place import Place
from camlint.registry import Entry, load_rule
from camlint.source import Lines, Source, Span
from camlint.syntax.document import Document

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from camlint.finding import Related, Step
    from camlint.findings import Elsewhere
    from camlint.run.signature import Signature

    Find = Callable[[Signature, Place], Elsewhere]

Written = tuple[tuple[Fix, ...], tuple[tuple[TextEdit, ...], ...]]
"""Fixes, and what each of them does to the characters of a file."""


class Diagnoser:
    """Makes diagnostics of findings.

    ``edits`` asks for what each fix does to the file, ``related`` for the related places and the
    steps of findings: few formats show the former, and some not even the latter.
    """

    __slots__ = ("_edits", "_gate", "_references", "_related")

    def __init__(self, gate: Gate, *, edits: bool, related: bool) -> None:
        self._gate = gate
        self._edits = edits
        self._related = related
        self._references: dict[str, str] = {}

    def diagnose(
        self,
        source: Source,
        hosted: list[HostedPolicy],
        admitted: list[Raised],
        find: "Find | None" = None,
    ) -> tuple[Diagnostic, ...]:
        """The diagnostics of a file, sorted by where they stand.

        The homes of findings are ``hosted``; ``find`` finds places in other policies.
        """
        if not admitted:
            return ()
        lines = Lines(source.text, 4 * len(admitted))
        diagnostics: list[Diagnostic] = []
        for document, findings in _by_document(hosted, admitted):
            places: list[Place] = []
            for one in findings:
                root, at = hosted[one.home].pointer, one.finding.at
                places.append(at.below(root) if root else at)
            if self._related:
                places.extend(_list_related(hosted, findings, find))
            spans = document.locate_all(places)
            further = iter(spans[len(findings) :])
            written = self._write_edits(document, hosted, findings) if self._edits else {}
            for one, span in zip(findings, spans, strict=False):
                entry, finding = one.entry, one.finding
                related: tuple[RelatedRegion, ...] = ()
                flow: tuple[LocatedStep, ...] = ()
                if self._related:
                    related = _relate(finding, further, lines, find)
                    flow = _follow(finding, further, lines, find)
                fixes, edits = written[id(one)] if written else (finding.fixes, ())
                diagnostics.append(
                    Diagnostic(
                        entry,
                        finding,
                        self._gate.severity(one),
                        self._reference(entry),
                        source,
                        hosted[one.home],
                        Region(span, lines),
                        related,
                        flow,
                        fixes,
                        edits,
                    )
                )
        if len(diagnostics) > 1:
            diagnostics.sort(key=attrgetter("order"))
        return tuple(diagnostics)

    def diagnose_unread(self, source: Source, raised: Raised) -> Diagnostic:
        """The diagnostic for a file without a text."""
        entry, finding = raised.entry, raised.finding
        severity, reference = self._gate.severity(raised), self._reference(entry)
        nowhere = Region(Span(0, 0), Lines(source.text))
        return Diagnostic(entry, finding, severity, reference, source, None, nowhere)

    def _write_edits(
        self, document: Document, hosted: list[HostedPolicy], findings: list[Raised]
    ) -> dict[int, Written]:
        """What the fixes of findings do to the file, by the identity of the finding."""
        written: dict[int, Written] = {}
        if not any(one.finding.fixes for one in findings):
            return written
        from camlint.syntax.rewrite import Rewriter  # noqa: PLC0415 - few formats show edits

        rewriter = Rewriter(document)
        for one in findings:
            root = hosted[one.home].pointer
            fixes: list[Fix] = []
            edits: list[tuple[TextEdit, ...]] = []
            for fix in one.finding.fixes:
                try:
                    edits.append(rewriter.write(rebase(edit, root) for edit in fix.edits))
                except (LookupError, ValueError):
                    continue
                fixes.append(fix)
            written[id(one)] = tuple(fixes), tuple(edits)
        return written

    def _reference(self, entry: Entry) -> str:
        """The first page that a rule rests on, ``""`` without one."""
        known = self._references.get(entry.code)
        if known is None:
            references = load_rule(entry).references
            known = self._references[entry.code] = references[0] if references else ""
        return known


def _list_related(
    hosted: list[HostedPolicy], findings: list[Raised], find: "Find | None"
) -> Iterator[Place]:
    """The further places of findings that are in their own files, in the order of the findings."""
    for one in findings:
        root = hosted[one.home].pointer
        for related in one.finding.related:
            if related.policy is None or find is None:
                yield related.at.below(root)
        for step in one.finding.flow:
            if step.policy is None or find is None:
                yield step.at.below(root)


def _relate(
    finding: Finding, spans: Iterator[Span], lines: Lines, find: "Find | None"
) -> tuple[RelatedRegion, ...]:
    """The related places of a finding; ``spans`` has those of its own file."""
    located: list[RelatedRegion] = []
    for one in finding.related:
        region, source, address = _locate(one, spans, lines, find)
        located.append(RelatedRegion(region, one.label, one.at.pointer, source, address))
    return tuple(located)


def _follow(
    finding: Finding, spans: Iterator[Span], lines: Lines, find: "Find | None"
) -> tuple[LocatedStep, ...]:
    """The steps of a finding; ``spans`` has the places of those in its own file."""
    located: list[LocatedStep] = []
    for one in finding.flow:
        region, source, address = _locate(one, spans, lines, find)
        located.append(LocatedStep(region, one.says, one.at.pointer, one.witness, source, address))
    return tuple(located)


def _locate(
    one: "Related | Step", spans: Iterator[Span], lines: Lines, find: "Find | None"
) -> tuple[Region, Source | None, str | None]:
    """A further place, and its file and policy where those aren't the finding's own."""
    if one.policy is None or find is None:
        return Region(next(spans), lines), None, None
    found = find(one.policy, one.at)
    return found.region, found.source, found.address


def _by_document(
    hosted: list[HostedPolicy], admitted: list[Raised]
) -> Iterable[tuple[Document, list[Raised]]]:
    """The findings of each document by themselves."""
    if len(hosted) == 1:
        return [(hosted[0].document, admitted)]
    found: dict[int, tuple[Document, list[Raised]]] = {}
    for one in admitted:
        document = hosted[one.home].document
        found.setdefault(id(document), (document, []))[1].append(one)
    return found.values()
