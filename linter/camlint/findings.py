"""Findings made concrete: in which file, on which lines, with their rule and final severity."""

from camlint.edit import TextEdit
from camlint.finding import Confidence, Fix, Severity
from camlint.kinds import Kind
from camlint.source import Lines, Position, Source, Span


class Region:
    """A span of a source with the lines and columns of its two ends; the end is exclusive."""

    __slots__ = ("end", "span", "start")

    def __init__(self, span: Span, start: Position, end: Position) -> None:
        self.span = span
        self.start = start
        self.end = end


def locate_span(span: Span, lines: Lines) -> Region:
    """The region of a source that a span takes up."""
    start = lines.position(span.start)
    if lines.breaks(span.start, span.end):
        return Region(span, start, lines.position(span.end))
    return Region(span, start, Position(start.line, start.column + span.end - span.start))


class RelatedRegion:
    """A further place of a diagnostic, the words beside it, and its pointer in the policy."""

    __slots__ = ("label", "pointer", "region")

    def __init__(self, region: Region, label: str, pointer: str) -> None:
        self.region = region
        self.label = label
        self.pointer = pointer


class Diagnostic:
    """One finding as it is reported.

    ``pointer`` is RFC 6901 inside the policy, ``policy`` the address of the policy inside the
    file (``""`` when the file is the policy). ``statement`` is the plain value of the statement
    around it, None outside of any, and ``offending`` the text between the ends of the region: the
    fingerprint is made of those. ``fixes`` mend it, the mildest first; ``edits`` are what each
    of them does to the characters of the file, empty unless the engine was asked for them.
    """

    __slots__ = (
        "code",
        "confidence",
        "edits",
        "fixes",
        "help",
        "kind",
        "label",
        "message",
        "name",
        "note",
        "offending",
        "pointer",
        "policy",
        "reference",
        "region",
        "related",
        "severity",
        "source",
        "statement",
    )

    def __init__(
        self,
        *,
        code: str,
        name: str,
        severity: Severity,
        confidence: Confidence,
        message: str,
        label: str,
        help: str,
        note: str,
        reference: str,
        source: Source,
        region: Region,
        related: tuple[RelatedRegion, ...],
        pointer: str,
        policy: str,
        kind: Kind | None,
        statement: object,
        offending: str,
        fixes: tuple[Fix, ...] = (),
        edits: tuple[tuple[TextEdit, ...], ...] = (),
    ) -> None:
        self.code = code
        self.name = name
        self.severity = severity
        self.confidence = confidence
        self.message = message
        self.label = label
        self.help = help
        self.note = note
        self.reference = reference
        self.source = source
        self.region = region
        self.related = related
        self.pointer = pointer
        self.policy = policy
        self.kind = kind
        self.statement = statement
        self.offending = offending
        self.fixes = fixes
        self.edits = edits

    @property
    def order(self) -> tuple[int, int, str, str]:
        """What diagnostics of one file are sorted by."""
        start = self.region.start
        return (start.line, start.column, self.code, self.message)


class Summary:
    """The counts of a run; the names are those of the JSON report.

    ``files`` counts what was read, ``without_policy`` those of them that hold no policy,
    ``unreadable`` those that could not be read, ``failed`` those that a defect of camlint left
    unchecked or unreported.
    """

    __slots__ = (
        "baselined",
        "errors",
        "failed",
        "files",
        "fixable",
        "not_analysed",
        "notes",
        "policies",
        "suppressed",
        "unreadable",
        "warnings",
        "without_policy",
    )

    def __init__(
        self,
        *,
        files: int = 0,
        without_policy: int = 0,
        policies: int = 0,
        errors: int = 0,
        warnings: int = 0,
        notes: int = 0,
        fixable: int = 0,
        suppressed: int = 0,
        baselined: int = 0,
        not_analysed: int = 0,
        unreadable: int = 0,
        failed: int = 0,
    ) -> None:
        self.files = files
        self.without_policy = without_policy
        self.policies = policies
        self.errors = errors
        self.warnings = warnings
        self.notes = notes
        self.fixable = fixable
        self.suppressed = suppressed
        self.baselined = baselined
        self.not_analysed = not_analysed
        self.unreadable = unreadable
        self.failed = failed
