"""Turns findings that were let through into diagnostics: where they stand, and what to show there."""

from collections.abc import Iterable

from camlint.edit import TextEdit, rebase
from camlint.finding import Fix
from camlint.findings import Diagnostic, LocatedStep, Region, RelatedRegion, locate_span
from camlint.gate import Gate, Raised
from camlint.hosts.search import HostedPolicy
from camlint.place import OPENING, Place
from camlint.registry import Entry, load_rule
from camlint.source import Lines, Position, Source, Span
from camlint.syntax.document import Document

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from camlint.finding import Related, Step
    from camlint.findings import Elsewhere
    from camlint.run.signature import Signature

    Find = Callable[[Signature, Place], Elsewhere]

Written = tuple[tuple[Fix, tuple[TextEdit, ...]], ...]
"""Fixes with what they do to the characters of a file."""


class Diagnoser:
    """Makes diagnostics of findings; ``edits`` asks for what each fix does to the file."""

    __slots__ = ("_edits", "_gate", "_references")

    def __init__(self, gate: Gate, *, edits: bool) -> None:
        self._gate = gate
        self._edits = edits
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
        lines = Lines(source.text, look_ups=4 * len(admitted))
        diagnostics: list[Diagnostic] = []
        for document, findings in _by_document(hosted, admitted):
            edits = self._write_edits(document, hosted, findings)
            places: list[Place] = []
            for one in findings:
                root = hosted[one.home].pointer
                places.append(one.finding.at.below(root))
                if one.finding.related:
                    places.extend(
                        related.at.below(root)
                        for related in one.finding.related
                        if related.policy is None or find is None
                    )
                if one.finding.flow:
                    places.extend(
                        step.at.below(root)
                        for step in one.finding.flow
                        if step.policy is None or find is None
                    )
            spans = iter(document.locate_all(places))
            for one in findings:
                region = locate_span(next(spans), lines)
                related = (
                    ()
                    if not one.finding.related
                    else tuple(
                        RelatedRegion(
                            locate_span(next(spans), lines),
                            place.label,
                            place.at.pointer,
                        )
                        if place.policy is None or find is None
                        else _relate(place, find(place.policy, place.at))
                        for place in one.finding.related
                    )
                )
                flow = tuple(
                    [
                        LocatedStep(
                            locate_span(next(spans), lines),
                            step.says,
                            step.at.pointer,
                            step.witness,
                        )
                        if step.policy is None or find is None
                        else _take(step, find(step.policy, step.at))
                        for step in one.finding.flow
                    ]
                )
                fixes = edits.get(id(one), ()) if edits is not None else ()
                diagnostics.append(
                    self._diagnose(source, hosted[one.home], one, region, related, fixes, flow)
                )
        if len(diagnostics) > 1:
            diagnostics.sort(key=lambda diagnostic: diagnostic.order)
        return tuple(diagnostics)

    def diagnose_unread(self, source: Source, raised: Raised) -> Diagnostic:
        """The diagnostic for a file without a text."""
        nowhere = Region(Span(0, 0), Position(1, 1), Position(1, 1))
        return self._diagnose(source, None, raised, nowhere, ())

    def _write_edits(
        self, document: Document, hosted: list[HostedPolicy], findings: list[Raised]
    ) -> dict[int, Written] | None:
        """What the fixes of findings do to the file, by the identity of the finding."""
        if not self._edits or not any(one.finding.fixes for one in findings):
            return None
        from camlint.syntax.rewrite import Rewriter  # noqa: PLC0415 - few formats show edits

        rewriter = Rewriter(document)
        written: dict[int, Written] = {}
        for one in findings:
            root = hosted[one.home].pointer
            fixes: list[tuple[Fix, tuple[TextEdit, ...]]] = []
            for fix in one.finding.fixes:
                try:
                    fixes.append((fix, rewriter.write(rebase(edit, root) for edit in fix.edits)))
                except (LookupError, ValueError):
                    continue
            written[id(one)] = tuple(fixes)
        return written

    def _diagnose(
        self,
        source: Source,
        host: HostedPolicy | None,
        raised: Raised,
        region: Region,
        related: tuple[RelatedRegion, ...],
        written: Written = (),
        flow: tuple[LocatedStep, ...] = (),
    ) -> Diagnostic:
        entry, finding = raised.entry, raised.finding
        span = region.span
        return Diagnostic(
            code=entry.code,
            name=entry.name,
            severity=self._gate.severity(raised),
            confidence=raised.confidence,
            message=finding.message,
            label=finding.label,
            help=finding.help,
            note=finding.note,
            reference=self._reference(entry),
            source=source,
            region=region,
            related=related,
            steps=finding.at.pointer,
            policy=host.address if host else "",
            kind=host.kind if host else None,
            value=host.value if host else None,
            offending=("" if finding.at.part is OPENING else source.text[span.start : span.end]),
            fixes=tuple([fix for fix, _ in written]) if self._edits else finding.fixes,
            edits=tuple([edits for _, edits in written]) if written else (),
            pack=entry.pack,
            witness=finding.witness,
            flow=flow,
        )

    def _reference(self, entry: Entry) -> str:
        """The first page that a rule rests on, ``""`` without one."""
        known = self._references.get(entry.code)
        if known is None:
            references = load_rule(entry).references
            known = self._references[entry.code] = references[0] if references else ""
        return known


def _relate(related: "Related", found: "Elsewhere") -> RelatedRegion:
    return RelatedRegion(
        found.region, related.label, related.at.pointer, found.source, found.address
    )


def _take(step: "Step", found: "Elsewhere") -> LocatedStep:
    return LocatedStep(
        found.region, step.says, step.at.pointer, step.witness, found.source, found.address
    )


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
