"""Findings made concrete: in which file, on which lines, with their rule and final severity."""

from camlint.edit import TextEdit
from camlint.finding import Finding, Fix, Severity, Witness
from camlint.hosts.search import HostedPolicy
from camlint.place import OPENING, Pointer, render_pointer
from camlint.source import Lines, Position, Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.registry import Entry


class Region:
    """A span of a source, and the line and column where it starts, both counted from 1.

    Where it ends is told when it is asked for: not every report shows that.
    """

    __slots__ = ("_lines", "column", "line", "span")

    def __init__(self, span: Span, lines: Lines) -> None:
        self.span = span
        self.line, self.column = lines.find(span.start)
        self._lines = lines

    @property
    def start(self) -> Position:
        """Where its first character stands."""
        return Position(self.line, self.column)

    @property
    def end(self) -> Position:
        """Where the first character after it stands."""
        span = self.span
        if self._lines.breaks(span.start, span.end):
            return self._lines.position(span.end)
        return Position(self.line, self.column + span.end - span.start)


class Elsewhere:
    """A place in another policy: its region, the file, and the address of the policy in there."""

    __slots__ = ("address", "region", "source")

    def __init__(self, region: Region, source: Source, address: str) -> None:
        self.region = region
        self.source = source
        self.address = address


class RelatedRegion:
    """A further place of a diagnostic, the words beside it, and where that is in the policy.

    ``elsewhere`` is the file that it is in, None where that is the diagnostic's own, and ``policy`` the
    address of the policy in that file, None where it is the diagnostic's.
    """

    __slots__ = ("elsewhere", "label", "policy", "region", "steps")

    def __init__(
        self,
        region: Region,
        label: str,
        steps: Pointer,
        elsewhere: Source | None = None,
        policy: str | None = None,
    ) -> None:
        self.region = region
        self.label = label
        self.steps = steps
        self.elsewhere = elsewhere
        self.policy = policy

    @property
    def pointer(self) -> str:
        """Its pointer in the policy, as RFC 6901 writes it."""
        return render_pointer(self.steps)


class LocatedStep:
    """A step of what somebody can do, and what gives it: where in the file and in the policy.

    ``elsewhere`` and ``policy`` are those of a RelatedRegion.
    """

    __slots__ = ("elsewhere", "policy", "region", "says", "steps", "witness")

    def __init__(
        self,
        region: Region,
        says: str,
        steps: Pointer,
        witness: Witness | None,
        elsewhere: Source | None = None,
        policy: str | None = None,
    ) -> None:
        self.region = region
        self.says = says
        self.steps = steps
        self.witness = witness
        self.elsewhere = elsewhere
        self.policy = policy

    @property
    def pointer(self) -> str:
        """Its pointer in the policy, as RFC 6901 writes it."""
        return render_pointer(self.steps)


class Diagnostic:
    """One finding as it is reported: what its rule, its place and the user's settings make of it.

    ``steps`` lead to the value inside the policy, whose plain value is ``value``; ``policy`` is the
    address of the policy inside the file (``""`` when the file is the policy). ``offending`` is
    the text between the ends of the region. ``related`` and ``flow`` are empty where the engine was
    told that nobody asks for them. ``fixes`` mend it, the mildest first; ``edits`` are
    what each of them does to the characters of the file, empty unless the engine was asked for
    them. ``pack`` is the name of the pack that its rule comes from, ``""`` for the built-in one. ``witness``
    is a request that shows what the message says, None where there is none to show; ``flow`` is
    what somebody does step by step.
    """

    __slots__ = (
        "code",
        "confidence",
        "edits",
        "fixes",
        "flow",
        "help",
        "kind",
        "label",
        "message",
        "name",
        "note",
        "offending",
        "pack",
        "policy",
        "reference",
        "region",
        "related",
        "severity",
        "source",
        "steps",
        "value",
        "witness",
    )

    def __init__(
        self,
        entry: "Entry",
        finding: Finding,
        severity: Severity,
        reference: str,
        source: Source,
        host: HostedPolicy | None,
        region: Region,
        related: tuple[RelatedRegion, ...] = (),
        flow: tuple[LocatedStep, ...] = (),
        fixes: tuple[Fix, ...] = (),
        edits: tuple[tuple[TextEdit, ...], ...] = (),
    ) -> None:
        self.code = entry.code
        self.name = entry.name
        self.pack = entry.pack
        self.severity = severity
        self.confidence = finding.confidence or entry.confidence
        self.message = finding.message
        self.label = finding.label
        self.help = finding.help
        self.note = finding.note
        self.witness = finding.witness
        self.reference = reference
        self.source = source
        self.region = region
        self.related = related
        self.flow = flow
        self.fixes = fixes
        self.edits = edits
        self.steps = finding.at.pointer
        self.policy = host.address if host is not None else ""
        self.kind = host.kind if host is not None else None
        self.value = host.value if host is not None else None
        span = region.span
        opening = finding.at.part is OPENING
        self.offending = "" if opening else source.text[span.start : span.end]

    @property
    def pointer(self) -> str:
        """The pointer of the value inside the policy, as RFC 6901 writes it."""
        return render_pointer(self.steps)

    @property
    def statement(self) -> object:
        """The plain statement around the finding, None outside of any: fingerprints are made of it."""
        value, steps = self.value, self.steps
        if not isinstance(value, dict) or not steps or str(steps[0]).lower() != "statement":
            return None
        listed = value.get(str(steps[0]))
        if isinstance(listed, list):
            index = steps[1] if len(steps) > 1 else None
            return listed[index] if isinstance(index, int) and index < len(listed) else None
        return listed

    @property
    def order(self) -> tuple[int, int, str, str]:
        """What diagnostics of one file are sorted by."""
        region = self.region
        return (region.line, region.column, self.code, self.message)


class Summary:
    """The counts of a run; the names are those of the JSON report.

    ``fixed`` counts what was mended before, and is no part of the others.
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
        "fixed",
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
        fixed: int = 0,
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
        self.fixed = fixed
        self.suppressed = suppressed
        self.baselined = baselined
        self.not_analysed = not_analysed
        self.unreadable = unreadable
        self.failed = failed
