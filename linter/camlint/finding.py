"""What a rule says about one place: a message, the places around it, and the way out."""

from collections.abc import Callable
from enum import Enum

from camlint.edit import Edit, Replace
from camlint.place import Place, Pointer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.access.answer import Request
    from camlint.run.signature import Signature


class Severity(Enum):
    """How bad a finding is. The values are the words of every report and option."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    __hash__ = object.__hash__  # That of Enum is written in Python and takes longer.

    @property
    def rank(self) -> int:
        """0 for a note up to 2 for an error."""
        return _SEVERITY_RANK[self.value]

    @property
    def milder(self) -> "Severity":
        """One step down; a note stays one."""
        return Severity.WARNING if self is Severity.ERROR else Severity.NOTE


class Confidence(Enum):
    """How sure a finding is, as sure as the source it rests on."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for low up to 2 for high."""
        return _CONFIDENCE_RANK[self.value]


_SEVERITY_RANK = {"note": 0, "warning": 1, "error": 2}
_CONFIDENCE_RANK = {"low": 0, "medium": 1, "high": 2}


class Safety(Enum):
    """What a fix may do to the meaning of a policy. The values are the words of every report.

    SAFE leaves it as it is, NARROWING takes something away, REPAIR makes dead, refused or undecided
    text mean what it plainly says, so that it may grant what was not granted before.
    """

    SAFE = "safe"
    NARROWING = "narrowing"
    REPAIR = "repair"

    @property
    def rank(self) -> int:
        """0 for what may always be done, 2 for what must be asked for by name."""
        return _SAFETY_RANK[self.value]


_SAFETY_RANK = {"safe": 0, "narrowing": 1, "repair": 2}


class Fix:
    """Edits that mend a finding, made all together or not at all.

    ``description`` says in a few words what they do, as an order: ``write ap-guangzhou``. A fix that
    must be made ``alone`` rests on the rest of the document staying as it is: after it, everything
    is looked at anew before another is made.
    """

    __slots__ = ("alone", "description", "edits", "safety")

    def __init__(self, safety: Safety, description: str, *edits: Edit, alone: bool = False) -> None:
        self.safety = safety
        self.description = description
        self.edits = edits
        self.alone = alone

    def shifted(self, shift: Callable[[Place], Place]) -> "Fix":
        """The same fix with every place in it put through ``shift``."""
        edits = (
            Replace(shift(edit.at), edit.text) if isinstance(edit, Replace) else edit
            for edit in self.edits
        )
        return Fix(self.safety, self.description, *edits, alone=self.alone)

    def moved(self, pointer: Pointer) -> "Fix":
        """The same fix of an equal value that stands at another pointer."""
        moved = (edit.moved(pointer) for edit in self.edits)
        return Fix(self.safety, self.description, *moved, alone=self.alone)


class Related:
    """Another place that explains a finding, with a few words to stand beside it.

    ``policy`` is the policy of the run that the place is in, None where that is the finding's own.
    """

    __slots__ = ("at", "label", "policy")

    def __init__(self, at: Place, label: str, policy: "Signature | None" = None) -> None:
        self.at = at
        self.label = label
        self.policy = policy

    def placed(self, at: Place) -> "Related":
        """The same words about another place."""
        return Related(at, self.label, self.policy)


class Witness:
    """A request that shows what a finding says.

    ``absent`` names condition keys that the policy asks about and the request hasn't got, in order.
    """

    __slots__ = ("absent", "request")

    def __init__(self, request: "Request", absent: tuple[str, ...] = ()) -> None:
        self.request = request
        self.absent = absent

    def __repr__(self) -> str:
        without = f", absent={self.absent!r}" if self.absent else ""
        return f"Witness({self.request!r}{without})"


class Step:
    """One step of what a finding says that somebody can do, and a request that takes it.

    ``says`` is an order without its subject, ``at`` what the policy gives for it. A step for which
    it takes no right has no witness. ``policy`` is the policy that the place is in, None where that
    is the finding's own.
    """

    __slots__ = ("at", "policy", "says", "witness")

    def __init__(
        self,
        at: Place,
        says: str,
        witness: Witness | None = None,
        policy: "Signature | None" = None,
    ) -> None:
        self.at = at
        self.says = says
        self.witness = witness
        self.policy = policy

    def shifted(self, shift: Callable[[Place], Place]) -> "Step":
        """The same step with its place put through ``shift``."""
        return Step(shift(self.at), self.says, self.witness, self.policy)


class Finding:
    """One thing that a rule found.

    ``message`` is one sentence that stands alone: it names the offending value and the
    consequence, without a full stop at its end. ``label`` is the few words beside the carets.
    ``help`` is the way out, ``note`` further facts worth a line. ``severity`` and ``confidence``
    replace those of the rule where a case differs; ``strict`` marks a case that is only reported
    in strict mode. ``scope`` is the pointer below which a rule superseded by this one stays
    silent; without it, that is the place itself. ``fixes`` are ways to mend it, the mildest first;
    which of them is taken depends on what the user lets fixes do. ``witness`` is a request that shows
    what the message says, where one can, ``flow`` what somebody does step by step. ``policy`` is the
    policy that a rule on the whole run or on a bundle speaks of; other rules are offered one
    policy, and speak of that.
    """

    __slots__ = (
        "at",
        "confidence",
        "fixes",
        "flow",
        "help",
        "label",
        "message",
        "note",
        "policy",
        "related",
        "scope",
        "severity",
        "strict",
        "witness",
    )

    def __init__(
        self,
        message: str,
        at: Place,
        *,
        label: str = "",
        related: tuple[Related, ...] = (),
        help: str = "",
        note: str = "",
        severity: Severity | None = None,
        confidence: Confidence | None = None,
        strict: bool = False,
        scope: Pointer | None = None,
        fixes: tuple[Fix, ...] = (),
        witness: Witness | None = None,
        policy: "Signature | None" = None,
        flow: tuple[Step, ...] = (),
    ) -> None:
        self.message = message
        self.policy = policy
        self.at = at
        self.label = label
        self.related = related
        self.help = help
        self.note = note
        self.severity = severity
        self.confidence = confidence
        self.strict = strict
        self.scope = scope
        self.fixes = fixes
        self.witness = witness
        self.flow = flow

    def shifted(self, shift: Callable[[Place], Place]) -> "Finding":
        """The same finding with every place in it put through ``shift``."""
        return Finding(
            self.message,
            shift(self.at),
            label=self.label,
            related=tuple([one.placed(shift(one.at)) for one in self.related]),
            help=self.help,
            note=self.note,
            severity=self.severity,
            confidence=self.confidence,
            strict=self.strict,
            scope=self.scope,
            fixes=tuple([fix.shifted(shift) for fix in self.fixes]),
            witness=self.witness,
            policy=self.policy,
            flow=tuple([one.shifted(shift) for one in self.flow]),
        )

    def moved(self, pointer: Pointer) -> "Finding":
        """The same finding about an equal value that stands at another pointer."""
        return Finding(
            self.message,
            self.at.moved(pointer),
            label=self.label,
            related=tuple([one.placed(one.at.moved(pointer)) for one in self.related]),
            help=self.help,
            note=self.note,
            severity=self.severity,
            confidence=self.confidence,
            strict=self.strict,
            fixes=tuple([fix.moved(pointer) for fix in self.fixes]) if self.fixes else (),
            witness=self.witness,
            policy=self.policy,
            flow=tuple([one.shifted(lambda at: at.moved(pointer)) for one in self.flow]),
        )
