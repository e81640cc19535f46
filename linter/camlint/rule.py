"""What the author of a rule imports: @rule, the types a rule may visit, and what it yields."""

import sys
from collections.abc import Callable, Iterable

from camlint.catalog.catalog import Catalog
from camlint.edit import Insert, Recode, Remove, Replace, SetValue, Wrap, rename_key
from camlint.finding import Confidence, Finding, Fix, Related, Safety, Severity, Step, Witness
from camlint.kinds import ALL_KINDS, Kind
from camlint.nearest import distance, nearest
from camlint.place import Part, Place, Pointer, render_pointer
from camlint.policy.elements import ActionPattern, Condition, Principal, ResourcePattern
from camlint.policy.malformed import Fault, Malformed
from camlint.policy.misspelt import MisspeltOperator, Spelling
from camlint.policy.operators import OPERATORS, QUALIFIERS, SUFFIX, Operator
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.policy.texts import Text, Variable, join_texts, places_of, read_variables
from camlint.policy.values import (
    Instant,
    parse_bool,
    parse_date,
    parse_network,
    parse_number,
    parse_tag,
)
from camlint.settings import NOTHING_STATED, Forbidden, Settings
from camlint.source import UTF8
from camlint.stains import INVISIBLE, Stain
from camlint.syntax.duplicate import Duplicate
from camlint.syntax.slips import OF_ENCODING, Slip, SlipKind
from camlint.traits import Trait
from camlint.wording import clip, join_words, name_type, quote

__all__ = [
    "ALL_KINDS",
    "INVISIBLE",
    "OF_ENCODING",
    "OPERATORS",
    "QUALIFIERS",
    "SUFFIX",
    "ActionPattern",
    "Bad",
    "Bundle",
    "Catalog",
    "Condition",
    "Confidence",
    "Context",
    "Duplicate",
    "Fault",
    "Finding",
    "Fix",
    "Forbidden",
    "Good",
    "Insert",
    "Instant",
    "Kind",
    "Malformed",
    "MisspeltOperator",
    "Operator",
    "Part",
    "Place",
    "Pointer",
    "Policy",
    "Principal",
    "Reads",
    "Recode",
    "Related",
    "Remove",
    "Replace",
    "ResourcePattern",
    "Rule",
    "Run",
    "Safety",
    "SetValue",
    "Settings",
    "Severity",
    "Signature",
    "Slip",
    "SlipKind",
    "Spelling",
    "Stain",
    "Statement",
    "Step",
    "Text",
    "Trait",
    "Variable",
    "Witness",
    "Wrap",
    "clip",
    "distance",
    "join_texts",
    "join_words",
    "name_type",
    "nearest",
    "parse_bool",
    "parse_date",
    "parse_network",
    "parse_number",
    "parse_tag",
    "places_of",
    "quote",
    "read_variables",
    "rename_key",
    "render_pointer",
    "rule",
]

VISITED = (
    "Slip",
    "Duplicate",
    "Malformed",
    "Policy",
    "Principal",
    "Statement",
    "ActionPattern",
    "ResourcePattern",
    "Condition",
    "Bundle",
    "Run",
)
"""The names of the types that a rule may visit, in the order in which the engine offers them."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.run.bundle import Bundle
    from camlint.run.run import Run
    from camlint.run.signature import Signature


def __getattr__(name: str) -> object:
    """What few rules visit, imported for those."""
    if name == "Run":
        from camlint.run.run import Run  # noqa: PLC0415

        return Run
    if name == "Bundle":
        from camlint.run.bundle import Bundle  # noqa: PLC0415

        return Bundle
    if name == "Signature":
        from camlint.run.signature import Signature  # noqa: PLC0415

        return Signature
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


EITHER = " | "
"""What stands between two types in the annotation of a rule that visits both."""

ENGINE = "Engine"
"""What a rule visits that the engine raises itself; its check only holds the text."""


class Context:
    """What a rule may know beside the value that it visits.

    ``strict`` is False when findings marked so would be dropped: a rule need not make them then.
    """

    __slots__ = ("catalog", "kind", "kind_known", "settings", "strict")

    def __init__(
        self,
        kind: Kind = Kind.IDENTITY,
        *,
        kind_known: bool = False,
        settings: Settings = NOTHING_STATED,
        catalog: Catalog | None = None,
        strict: bool = True,
    ) -> None:
        self.kind = kind
        self.kind_known = kind_known
        self.settings = settings
        self.catalog = catalog or Catalog(settings.additions)
        self.strict = strict


class Bad:
    """A text in which the rule fires exactly at the parts between « and ».

    An example of several lines is dedented. ``kind`` None means that the kind is inferred.
    ``fixed`` is what all fixes of the rule make of the text, to the letter; None where it offers
    none here. A rule is fixable where one of its examples is. ``encoding`` is how the file with the
    text is written. ``beside`` are the texts of other files of the same run.
    """

    __slots__ = ("beside", "encoding", "fixed", "kind", "settings", "text")

    def __init__(
        self,
        text: str,
        *,
        fixed: str | None = None,
        kind: Kind | None = None,
        settings: Settings = NOTHING_STATED,
        encoding: str = UTF8,
        beside: tuple[str, ...] = (),
    ) -> None:
        self.text = text
        self.beside = beside
        self.encoding = encoding
        self.fixed = fixed
        self.kind = kind
        self.settings = settings


class Good:
    """A text in which the rule doesn't fire; what its author should have written.

    ``beside`` are the texts of other files of the same run.
    """

    __slots__ = ("beside", "kind", "settings", "text")

    def __init__(
        self,
        text: str,
        *,
        kind: Kind | None = None,
        settings: Settings = NOTHING_STATED,
        beside: tuple[str, ...] = (),
    ) -> None:
        self.text = text
        self.beside = beside
        self.kind = kind
        self.settings = settings


class Reads:
    """The differences of layout that a rule looks at on purpose; the laws leave them alone."""

    PREFIX = "prefix"
    SHAPE = "shape"
    LENGTH = "length"
    ORDER = "order"
    WHITESPACE = "whitespace"


Check = Callable[..., Iterable[Finding]]


class Rule:
    """A rule: its metadata, its examples, and the function that checks one value.

    ``visits`` is the name of the type it is offered, one of VISITED or ENGINE, or several with EITHER
    between them. ``demand`` is what
    the user must demand for it to run, ``""`` where it runs unasked.
    """

    __slots__ = (
        "bad",
        "check",
        "code",
        "confidence",
        "cwe",
        "demand",
        "good",
        "kinds",
        "module",
        "name",
        "reads",
        "references",
        "security_severity",
        "severity",
        "strict",
        "supersedes",
        "visits",
        "weighs",
        "when",
    )

    def __init__(
        self,
        check: Check,
        *,
        code: str,
        name: str,
        severity: Severity,
        confidence: Confidence,
        references: tuple[str, ...],
        bad: tuple[Bad, ...],
        good: tuple[Good, ...],
        kinds: tuple[Kind, ...],
        strict: bool,
        supersedes: tuple[str, ...],
        reads: tuple[str, ...],
        cwe: int | None,
        security_severity: float | None,
        visits: str,
        when: int,
        demand: str,
        weighs: bool = False,
    ) -> None:
        self.check = check
        self.demand = demand
        self.code = code
        self.name = name
        self.severity = severity
        self.confidence = confidence
        self.references = references
        self.bad = bad
        self.good = good
        self.kinds = kinds
        self.strict = strict
        self.supersedes = supersedes
        self.reads = reads
        self.cwe = cwe
        self.security_severity = security_severity
        self.visits = visits
        self.when = when
        self.weighs = weighs
        self.module = check.__module__

    @property
    def fixable(self) -> bool:
        """Whether the rule offers a fix: one of its examples shows what it makes."""
        return any(bad.fixed is not None for bad in self.bad)

    @property
    def group(self) -> str:
        """The family of the rule: the folder that its module stands in."""
        return self.module.split(".")[-2]

    @property
    def summary(self) -> str:
        """The problem in one sentence: the docstring of the rule's module."""
        return (sys.modules[self.module].__doc__ or "").strip().split("\n\n")[0].replace("\n", " ")

    @property
    def text(self) -> str:
        """The page of the rule below its summary, in Markdown: the docstring of its check."""
        lines = (self.check.__doc__ or "").strip("\n").splitlines()
        margins = [len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()]
        margin = min(margins, default=0)
        first = lines[0].strip() if lines else ""
        return "\n".join([first, *(line[margin:].rstrip() for line in lines[1:])]).strip()


def _name_types(annotation: object) -> str:
    """The names of the types of an annotation, which may be a text."""
    if isinstance(annotation, str):
        return annotation
    types = getattr(annotation, "__args__", None) or (annotation,)
    return EITHER.join(getattr(one, "__name__", "") for one in types)


def rule(
    *,
    code: str,
    name: str,
    severity: Severity,
    confidence: Confidence,
    references: tuple[str, ...],
    bad: Bad | tuple[Bad, ...] = (),
    good: Good | tuple[Good, ...] = (),
    kinds: tuple[Kind, ...] = ALL_KINDS,
    strict: bool = False,
    supersedes: tuple[str, ...] = (),
    reads: tuple[str, ...] = (),
    cwe: int | None = None,
    security_severity: float | None = None,
    when: int = 0,
    demand: str = "",
    weighs: bool = False,
) -> Callable[[Check], Rule]:
    """Make a rule of the function below.

    The annotation of the function's first parameter chooses what it visits, ``Policy | Bundle`` both
    of two types. ``supersedes`` names
    the codes that stay silent wherever this rule speaks. ``cwe`` and ``security_severity`` (0 to
    10) are for rules on security. ``when`` are traits of the visited value without which there is
    nothing to find. A rule that ``weighs`` makes findings milder where strong conditions let few people
    through. A rule with a ``demand``, ``forbid`` or ``no-public-access``, runs exactly where
    the user demands that. Raises TypeError when the annotation names no visited type.
    """

    def make(check: Check) -> Rule:
        visited = next(iter(check.__annotations__.values()), None)
        visits = _name_types(visited)
        named = visits.split(EITHER)
        if not all(one in VISITED for one in named) and named != ["Context"]:
            raise TypeError(
                f"{code}: annotate the first parameter of {check.__qualname__} with the type that "
                f"the rule visits, one of {', '.join(VISITED)}"
            )
        return Rule(
            check,
            code=code,
            name=name,
            severity=severity,
            confidence=confidence,
            references=references,
            bad=bad if isinstance(bad, tuple) else (bad,),
            good=good if isinstance(good, tuple) else (good,),
            kinds=kinds,
            strict=strict,
            supersedes=supersedes,
            reads=reads,
            cwe=cwe,
            security_severity=security_severity,
            visits=ENGINE if visits == "Context" else visits,
            when=when,
            demand=demand,
            weighs=weighs,
        )

    return make
