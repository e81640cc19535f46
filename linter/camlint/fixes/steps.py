"""What may be done next to a text: fixes to be made together or not at all, and which of them first."""

from bisect import bisect_right, insort

from camlint.edit import Recode, Replace, TextEdit
from camlint.finding import Fix, Safety
from camlint.findings import Diagnostic
from camlint.hosts.search import HostedPolicy, enclosing
from camlint.place import Part, Place
from camlint.syntax.document import Document

Made = tuple[Diagnostic, Fix]
Key = tuple[str, ...]

BY_RISK = (Safety.REPAIR, Safety.NARROWING, Safety.SAFE)
"""The order in which classes are made: what is tidied or dropped must first mean what it says."""

MENDING = "make it JSON"
"""What the mending of all slips of a text is called."""


class Step:
    """Fixes that are made together, and what they do to the characters of the file.

    ``made`` are the findings with their fixes: one, or all slips of a text, which only together
    make it JSON. ``key`` is the same in the next round, as far as that can be told.
    """

    __slots__ = ("edits", "key", "made", "mends", "safety")

    def __init__(
        self, made: tuple[Made, ...], edits: tuple[TextEdit, ...], *, mends: bool = False
    ) -> None:
        self.made = made
        self.edits = edits
        self.mends = mends
        self.safety = max((fix.safety for _, fix in made), key=lambda one: one.rank)
        diagnostic, fix = made[0]
        where = "" if mends else diagnostic.pointer
        what = MENDING if mends else f"{diagnostic.message}\n{fix.description}"
        self.key: Key = (diagnostic.code, diagnostic.policy, where, what)

    @property
    def first(self) -> Diagnostic:
        """The finding that the step is known by."""
        return self.made[0][0]

    @property
    def description(self) -> str:
        """What the step does, as an order."""
        return MENDING if self.mends else self.made[0][1].description

    @property
    def alone(self) -> bool:
        """Whether nothing else may be changed in the same round."""
        return any(fix.alone for _, fix in self.made)

    @property
    def recodes(self) -> bool:
        """Whether the file is to be written as plain UTF-8."""
        return any(isinstance(edit, Recode) for _, fix in self.made for edit in fix.edits)


def find_steps(
    diagnostics: tuple[Diagnostic, ...],
    hosted: dict[str, HostedPolicy],
    allowed: frozenset[Safety],
) -> list[Step]:
    """What may be done about findings, in their order.

    Of several fixes of a finding the riskiest that is allowed is taken: it keeps more of what the
    author meant. In a text that isn't JSON, nothing is done before it is: its slips are mended all
    at once, since a text with half of them may read as something else.
    """
    steps: list[Step] = []
    slips: dict[int, list[Made]] = {}
    texts = {one.address: one for host in hosted.values() for one in enclosing(host)} | hosted
    for diagnostic in diagnostics:
        chosen = _choose(diagnostic, allowed)
        if chosen is None:
            continue
        fix, edits = chosen
        host = texts.get(diagnostic.policy)
        broken = _find_broken(host.document) if host is not None else None
        if broken is None or all(isinstance(edit, Recode) for edit in fix.edits):
            steps.append(Step(((diagnostic, fix),), edits))
        elif host is not None and broken is host.document and _is_textual(fix):
            made = slips.setdefault(id(broken), [])
            made.append((diagnostic, fix))
            if len(made) == sum(bool(slip.edits) for slip in broken.slips):
                steps.append(Step(tuple(made), mend_document(broken), mends=True))
    return steps


def choose_round(steps: list[Step]) -> list[Step]:
    """The steps that are made together: of one class, none over another, or one that is alone."""
    if not steps:
        return []
    classes = {step.safety for step in steps}
    safety = next(one for one in BY_RISK if one in classes)
    kept: list[Step] = []
    taken: list[TextEdit] = []
    for step in steps:
        if step.safety is not safety or (step.alone and taken):
            continue
        if any(_meets(edit, taken) for edit in step.edits):
            continue
        kept.append(step)
        for edit in step.edits:
            insort(taken, edit, key=_start)
        if step.alone and step.edits:
            break
    return kept


def mend_document(document: Document) -> tuple[TextEdit, ...]:
    """The edits of the file that mend all slips of a document of it at once."""
    from camlint.syntax.rewrite import Rewriter  # noqa: PLC0415 - most documents are whole

    if document.recovered is None:
        return ()
    mended, offsets, text = document.recovered.text, document.recovered.offsets, document.text
    edits: list[TextEdit] = []
    pending: list[str] = []
    at = 0
    for character, origin in zip(mended, offsets, strict=False):
        if at <= origin < len(text) and text[origin] == character:
            if origin > at or pending:
                edits.append(TextEdit(at, origin, "".join(pending)))
                pending.clear()
            at = origin + 1
        else:
            pending.append(character)
    if pending or at < len(text):
        edits.append(TextEdit(at, len(text), "".join(pending)))
    places = [Replace(Place((), edit.start, edit.end, part=Part.TEXT), edit.text) for edit in edits]
    return Rewriter(document).write(places)


def _choose(
    diagnostic: Diagnostic, allowed: frozenset[Safety]
) -> tuple[Fix, tuple[TextEdit, ...]] | None:
    found = None
    for pair in zip(diagnostic.fixes, diagnostic.edits, strict=True):
        if pair[0].safety in allowed:
            found = pair
    return found


def _find_broken(document: Document) -> Document | None:
    """The outermost text around a document, itself among them, that isn't JSON."""
    broken = None
    here: Document | None = document
    while here is not None:
        if here.slips or here.refusal:
            broken = here
        here = here.outer
    return broken


def _is_textual(fix: Fix) -> bool:
    return all(isinstance(edit, Replace) and edit.at.part is Part.TEXT for edit in fix.edits)


def _start(edit: TextEdit) -> int:
    return edit.start


def _meets(edit: TextEdit, taken: list[TextEdit]) -> bool:
    """Whether an edit touches one of those taken, which don't overlap and are in order."""
    before = bisect_right(taken, edit.end, key=_start)
    return before > 0 and taken[before - 1].end >= edit.start
