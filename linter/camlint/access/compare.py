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

from collections.abc import Iterable, Iterator

from camlint.access.answer import UNKNOWN, Answer, Request, Unknown, Verdict
from camlint.access.comparison import Cause, Comparison, Difference, Doubt, Excess
from camlint.access.confirm import confirm
from camlint.access.decide import decide, list_bits
from camlint.access.intersections import OutOfBudget
from camlint.access.reasons import is_tangled, is_vague, may_meet, may_never_hold, surely_apart
from camlint.access.sides import Side, Sides
from camlint.access.work import Work, find_within
from camlint.catalog.catalog import Catalog
from camlint.policy.policy import Policy
from camlint.settings import Settings

MOST_WORK = 100_000
"""What the search in one direction may cost, in pairs of patterns that are looked at."""

MOST_DOUBTS = 20
"""How many doubts are told; that there are more changes nothing."""


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
        self._found: dict[str, Difference] = {}
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
            apart = surely_apart(question, allow, deny)
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
        difference = confirm(request, self._after, self._before, self._sides.question.owner)
        if difference is None:
            return False
        self._found.setdefault(repr(difference.request), difference)
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
            near = [index for index in list_bits(neg) if may_meet(question, index, pos)]
        else:
            near = list(self._undecided(found))
        unclear = self._pick((*pos, *near), question.unreadable)
        if unclear:
            return self._doubt(Cause.UNREADABLE, unclear)
        if found is UNKNOWN and is_tangled(question, pos):
            return Doubt(Cause.BUDGET)
        baffling = question.shaky | question.conditional
        if may_never_hold(question, pos):
            return self._doubt(Cause.CONDITION, self._pick(pos, baffling))
        for candidates in (pos, tuple(near)):
            vague = [index for index in candidates if is_vague(question, index)]
            if vague:
                return self._doubt(Cause.OPEN, vague)
        conditional = self._pick((*pos, *near), baffling)
        if conditional:
            return self._doubt(Cause.CONDITION, conditional)
        return self._doubt(Cause.OPEN, pos)

    def _pick(self, indices: Iterable[int], mask: int) -> list[int]:
        return [index for index in indices if mask >> index & 1]

    def _undecided(self, request: Request) -> Iterator[int]:
        """The statements of which it isn't known whether they match a request."""
        for side in (self._before, self._after):
            decision = decide(side.alone, request)
            if decision.verdict is Verdict.DEPENDS:
                yield from (side.first + index for index in decision.by)

    def _doubt(self, cause: Cause, indices: list[int] | tuple[int, ...]) -> Doubt:
        old, new = self._sides.old, self._sides.new
        return Doubt(
            cause,
            tuple(sorted(index for index in indices if old.mask >> index & 1)),
            tuple(sorted(index - new.first for index in indices if new.mask >> index & 1)),
        )
