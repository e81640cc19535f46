"""What one set of policies allows and another doesn't, both ways: proofs, and requests that show it.

The sets are taken for all that one principal has, before and after a change, and are compared
request by request. (``equivalence`` compares statement by statement, which holds beside whatever
other policies there are.)

NEW gains a request if one of its allows matches it, none of its denies does, and in OLD either no
allow matches it or some deny does. So there is no gain exactly if neither of these finds anything:

1. for each allow of NEW, what is outside of NEW's denies and of OLD's allows;
2. for each allow of NEW and deny of OLD, what both match outside of NEW's denies.

An allow that stands in OLD too needs no look in the first, a deny that stands in NEW too none in
the second, and that holds even of statements that can't be read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from camlint.access.answer import UNKNOWN, Answer, Request, Unknown, Verdict
from camlint.access.decide import decide, list_bits
from camlint.access.find import MOST_BOXES, find
from camlint.access.intersections import OutOfBudget
from camlint.access.meets import meets
from camlint.access.question import Question
from camlint.access.sides import Side, Sides, replay
from camlint.catalog.catalog import Catalog
from camlint.policy.policy import Policy
from camlint.settings import Settings

MOST_WORK = 100_000
"""What the search in one direction may cost, in pairs of patterns that are looked at."""

PARTS = 4
"""The parts of a resource that each take a look at all resources to be made concrete."""

MOST_DOUBTS = 20
"""How many doubts are told; that there are more changes nothing."""


class Relation(Enum):
    """What NEW is against OLD; the values are the words of every report."""

    EQUIVALENT = "equivalent"
    NARROWER = "narrower"
    WIDER = "wider"
    INCOMPARABLE = "incomparable"
    UNKNOWN = "unknown"


class Cause(Enum):
    """Why something could not be decided; the values are the words of the JSON report."""

    KIND = "kind"
    UNREAD = "unread"
    NOT_A_STATEMENT = "not-a-statement"
    UNREADABLE = "unreadable"
    CONDITION = "condition"
    OPEN = "open"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something undecided, and the statements it hangs on, by their indices into either side."""

    cause: Cause
    old: tuple[int, ...] = ()
    new: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A request that one side allows and the other doesn't, as both sides answer it.

    ``allowed_by`` and ``refused_by`` are indices into the statements of the side in question;
    ``refused_by`` is empty for an implicit deny: nothing allows it there.
    """

    request: Request
    allowed_by: tuple[int, ...]
    refusal: Verdict
    refused_by: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Excess:
    """What one side allows beyond the other.

    ``answer`` is YES with at least one difference, NO where it is proved that there is none, and
    UNDECIDED otherwise; ``doubts`` say what stayed open, and can stand beside differences, too.
    """

    answer: Answer
    differences: tuple[Difference, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What NEW gained and lost against OLD."""

    gained: Excess
    lost: Excess

    @property
    def relation(self) -> Relation:
        """The verdict."""
        return relate(self.gained.answer, self.lost.answer)


def relate(gained: Answer, lost: Answer) -> Relation:
    """The verdict on a change, by whether anything was gained and whether anything was lost.

    It is UNKNOWN as soon as either is undecided: a gain beside an undecided loss may be WIDER or
    INCOMPARABLE, and no gain beside it EQUIVALENT or NARROWER. What was found is told all the same.
    """
    if Answer.UNDECIDED in (gained, lost):
        return Relation.UNKNOWN
    if gained is Answer.YES:
        return Relation.INCOMPARABLE if lost is Answer.YES else Relation.WIDER
    return Relation.NARROWER if lost is Answer.YES else Relation.EQUIVALENT


def compare(
    old: tuple[Policy, ...], new: tuple[Policy, ...], settings: Settings, catalog: Catalog
) -> Comparison:
    """What ``new`` gained and lost against ``old``, the policies of each side taken together.

    Actions and resources are arbitrary texts, so that a proof survives new ones. Every difference
    was asked of either side by itself. Policies of different kinds can't be compared.
    """
    if len({policy.kind for policy in (*old, *new)}) > 1:
        odd = Excess(Answer.UNDECIDED, (), (Doubt(Cause.KIND),))
        return Comparison(odd, odd)
    return compare_sides(Sides(old, new, settings, catalog))


def compare_sides(sides: Sides) -> Comparison:
    """The same for sides that are of one kind."""
    return Comparison(
        _Search(sides, sides.old, sides.new).excess(),
        _Search(sides, sides.new, sides.old).excess(),
    )


class Grounds:
    """Where a gain of ``after`` over ``before`` can lie; numbers and masks of the common question.

    ``allows`` are the new allows of ``after`` and ``denies`` the former denies of ``before``, those
    of unknown effect being both; ``outside`` and ``beside`` are what must not match in the first
    and second search.
    """

    __slots__ = ("allows", "any_allows", "beside", "denies", "outside")

    def __init__(self, sides: Sides, before: Side, after: Side) -> None:
        question = sides.question
        self.any_allows = after.mask & ~question.denies
        self.allows = self.any_allows & ~sides.shared
        self.denies = before.mask & ~question.allows & ~sides.shared
        self.beside = question.denies & after.mask
        self.outside = self.beside | question.allows & before.mask


class _Search:
    """The search for what ``after`` allows beyond ``before``."""

    __slots__ = ("_after", "_before", "_doubts", "_found", "_sides", "_work")

    def __init__(self, sides: Sides, before: Side, after: Side) -> None:
        self._sides = sides
        self._before = before
        self._after = after
        self._found: dict[tuple[str, str, str | None], Difference] = {}
        self._doubts: dict[Doubt, None] = {}
        self._work = Work(MOST_WORK)

    def excess(self) -> Excess:
        """Everything that the search comes upon, a difference for each changed statement if any."""
        if self._sides.question.loose and not self._sides.same_strays:
            self._doubts[Doubt(Cause.NOT_A_STATEMENT)] = None
        grounds = Grounds(self._sides, self._before, self._after)
        try:
            for allow in list_bits(grounds.allows):
                self._look((allow,), grounds.outside)
            for deny in list_bits(grounds.denies):
                self._look_at_former_deny(deny, grounds)
        except OutOfBudget:
            self._doubts[Doubt(Cause.BUDGET)] = None
        found, doubts = tuple(self._found.values()), tuple(self._doubts)[:MOST_DOUBTS]
        if found:
            return Excess(Answer.YES, found, doubts)
        return Excess(Answer.UNDECIDED if doubts else Answer.NO, (), doubts)

    def _look_at_former_deny(self, deny: int, grounds: Grounds) -> None:
        """Look for what is allowed where nothing but a former deny stood against it."""
        found = self._find((deny,), grounds.beside)
        if found is None or (found is not UNKNOWN and self._keep(found)):
            return
        question = self._sides.question
        for allow in list_bits(grounds.any_allows):
            self._work.spend(self._areas(allow) * self._areas(deny))
            apart = _surely_apart(question, allow, deny)
            if not apart and self._look((allow, deny), grounds.beside):
                return

    def _look(self, pos: tuple[int, ...], neg: int) -> bool:
        """Whether a difference was found; a doubt is noted where none was and none was refuted."""
        found = self._find(pos, neg)
        if found is None:
            return False
        if found is not UNKNOWN and self._keep(found):
            return True
        self._doubts[self._explain(found, pos, neg)] = None
        return False

    def _keep(self, request: Request) -> bool:
        """Whether a request makes a difference, which is then kept."""
        difference = confirm(request, self._after, self._before)
        if difference is None:
            return False
        request = difference.request
        key = (request.action, request.resource, request.principal)
        self._found.setdefault(key, difference)
        return True

    def _find(self, pos: tuple[int, ...], neg: int) -> Request | Unknown | None:
        question = self._sides.question
        return find_within(self._work, question, pos, neg)

    def _areas(self, index: int) -> int:
        return max(1, len(self._sides.question.statements[index].resources))

    def _explain(self, found: Request | Unknown, pos: tuple[int, ...], neg: int) -> Doubt:
        """Why it isn't known whether there is a request, or what the sides say to this one."""
        question = self._sides.question
        if question.loose:
            return Doubt(Cause.NOT_A_STATEMENT)
        if question.exhausted:
            return Doubt(Cause.BUDGET)
        if found is UNKNOWN:
            near = [index for index in list_bits(neg) if _may_meet(question, index, pos)]
            candidates = [*pos, *near]
        else:
            candidates = list(self._undecided(found))
        for cause, mask in (
            (Cause.UNREADABLE, question.unreadable),
            (Cause.CONDITION, self._conditional() | question.shaky),
        ):
            guilty = [index for index in candidates if mask >> index & 1]
            if guilty:
                return self._doubt(cause, guilty)
        return self._doubt(Cause.OPEN, pos)

    def _undecided(self, request: Request) -> Iterator[int]:
        """The statements of which it isn't known whether they match a request."""
        for side in (self._before, self._after):
            decision = decide(side.alone, request)
            if decision.verdict is Verdict.DEPENDS:
                yield from (side.first + index for index in decision.by)

    def _conditional(self) -> int:
        question = self._sides.question
        return sum(1 << index for index, one in enumerate(question.statements) if one.conditions)

    def _doubt(self, cause: Cause, indices: list[int] | tuple[int, ...]) -> Doubt:
        old, new = self._sides.old, self._sides.new
        return Doubt(
            cause,
            tuple(sorted(index for index in indices if old.mask >> index & 1)),
            tuple(sorted(index - new.first for index in indices if new.mask >> index & 1)),
        )


class Work:
    """What may still be spent on a search."""

    __slots__ = ("_left",)

    def __init__(self, most: int) -> None:
        self._left = most

    def spend(self, amount: int) -> None:
        """Raise OutOfBudget when there isn't as much left."""
        self._left -= amount
        if self._left < 0:
            raise OutOfBudget


def find_within(
    work: Work, question: Question, pos: tuple[int, ...], neg: int
) -> Request | Unknown | None:
    """The same as ``find``, paid for. Raises OutOfBudget.

    To make a request concrete, each of its parts is tried on all resources of the question.
    """
    cells = 1
    for index in pos:
        statement = question.statements[index]
        cells *= max(1, len(statement.actions)) * max(1, len(statement.resources))
    work.spend(min(cells, MOST_BOXES))
    found = find(question, pos, neg)
    if found is not None:
        work.spend(PARTS * len(question.every_area()))
    return found


def confirm(request: Request, allowing: Side, refusing: Side) -> Difference | None:
    """The difference that a request makes, as either side answers it by itself.

    An account that only both sides together tell to be the owner's is left out of the request.
    """
    for one in (request, _without_account(request)):
        if one is None:
            continue
        answers = replay(one, allowing, refusing)
        if answers is not None:
            yes, no = answers
            return Difference(one, yes.by, no.verdict, no.by)
    return None


def _without_account(request: Request) -> Request | None:
    """The request on the owner's resource; None where it names nobody's."""
    parts = request.resource.split(":", 5)
    if len(parts) < 6 or not parts[4]:
        return None
    parts[4] = ""
    return Request(
        request.action, ":".join(parts), request.principal, request.context, request.unknown
    )


def _surely_apart(question: Question, one: int, other: int) -> bool:
    try:
        return meets(question, one, other) is Answer.NO
    except OutOfBudget:
        return False


def _may_meet(question: Question, index: int, pos: tuple[int, ...]) -> bool:
    return not any(_surely_apart(question, index, one) for one in pos)
