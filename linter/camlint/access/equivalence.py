"""Whether a policy that was rewritten still means what it did: grants and denies no more, no less.

Statements are compared with those of the same effect, so that what is proved holds beside whatever
other policies a principal has: a deny that is gone may have been what stopped one of their allows.
"""

from camlint.access.answer import Answer
from camlint.access.conditions import Block, read_block
from camlint.access.covers import covers
from camlint.access.first_cell import MOST_STATEMENTS
from camlint.access.question import Question
from camlint.access.readable import readable
from camlint.catalog.catalog import Catalog
from camlint.kinds import Kind
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.settings import Settings

Shape = tuple[str | None, tuple[str, ...], tuple[str, ...], Block]
"""The effect, actions, resources and conditions of a statement; equal ones have equal ones."""

MOST_ALIKE = 100
"""Statements of one shape among which an equal one is looked for; further ones count as changed."""


class Meaning:
    """What a new policy grants against an old one, whatever other policies there are.

    ``narrower`` is YES when everything that the new one grants, the old one granted; ``wider`` when
    everything that the old one granted, the new one grants. Both are YES for policies that mean the
    same. NO comes with a request that would show it, UNDECIDED proves nothing.
    """

    __slots__ = ("narrower", "wider")

    def __init__(self, narrower: Answer, wider: Answer) -> None:
        self.narrower = narrower
        self.wider = wider

    def __repr__(self) -> str:
        return f"Meaning(narrower={self.narrower.name}, wider={self.wider.name})"

    @property
    def equal(self) -> bool:
        """Whether the policies are proved to mean the same."""
        return self.narrower is Answer.YES and self.wider is Answer.YES


SAME = Meaning(Answer.YES, Answer.YES)
UNKNOWN_MEANING = Meaning(Answer.UNDECIDED, Answer.UNDECIDED)


def compare_meaning(old: Policy, new: Policy, settings: Settings, catalog: Catalog) -> Meaning:
    """What ``new`` grants against ``old``, both attached to the same principal.

    Statements that stand in both, value for value, are equal whatever they mean. The others are
    proved cell by cell; where one of them can't be read for sure, or there are too many of them,
    nothing is. Conditions are compared only as a whole: a statement with another condition than
    before is undecided.
    """
    if not _comparable(old, new):
        return UNKNOWN_MEANING
    gone = _without(old, new)
    come = _without(new, old)
    if not gone and not come:
        return SAME
    if len(old.statements) + len(new.statements) > 2 * MOST_STATEMENTS:
        return UNKNOWN_MEANING
    changed = [old.statements[index] for index in gone] + [new.statements[index] for index in come]
    if not all(_clear(one, old.kind) for one in changed):
        return UNKNOWN_MEANING
    return _prove(Question((old, new), settings, catalog), len(old.statements), gone, come)


def _prove(question: Question, first: int, gone: list[int], come: list[int]) -> Meaning:
    """The proofs, one for each statement that stands in one of the policies only.

    The statements of the new policy are numbered from ``first`` on.
    """
    before = (1 << first) - 1
    after = question.full & ~before
    odd = sum(1 << number for number, one in enumerate(question.statements) if not one.understood)

    def held(index: int, others: int) -> Answer:
        """Whether the statements of a mask match whatever one does."""
        cover = covers(question, index, others & ~odd)
        if cover.empty:
            return Answer.YES
        return Answer.UNDECIDED if cover.answer is Answer.NO and others & odd else cover.answer

    def bits(indices: list[int], effect: int) -> list[int]:
        return [index for index in indices if effect >> index & 1]

    come = [first + index for index in come]
    allows, denies = question.allows, question.denies
    # A request that the policy itself denies isn't granted by it.
    narrower = [held(index, before & allows | after & denies) for index in bits(come, allows)]
    narrower += [held(index, after & denies) for index in bits(gone, denies)]
    wider = [held(index, after & allows | before & denies) for index in bits(gone, allows)]
    wider += [held(index, before & denies) for index in bits(come, denies)]
    return Meaning(_all(narrower), _all(wider))


def _all(answers: list[Answer]) -> Answer:
    if Answer.NO in answers:
        return Answer.NO
    return Answer.UNDECIDED if Answer.UNDECIDED in answers else Answer.YES


def _comparable(old: Policy, new: Policy) -> bool:
    """Whether the policies differ in nothing but their statements, as far as they can be read."""
    if old.kind is not new.kind or old.bare is not new.bare:
        return False
    return old.bare or _same(_read_above(old), _read_above(new))


def _read_above(policy: Policy) -> list[object]:
    """What stands outside of the statements, elements by their names in lower case, and what is none."""
    names = {key: name for name, key in policy.spelling.items()}
    listed = policy.spelling.get("statement")
    above = {names.get(key, key): value for key, value in policy.value.items() if key != listed}
    strays = [fault.value for fault in policy.malformed if fault.element == "statement"]
    return [above, strays]


def _without(policy: Policy, other: Policy) -> list[int]:
    """The indices of the statements of a policy that don't stand in the other one as they are."""
    there: dict[Shape, list[Statement]] = {}
    for one in other.statements:
        there.setdefault(_shape(one), []).append(one)
    return [
        index
        for index, statement in enumerate(policy.statements)
        if not any(
            _same(statement.value, one.value)
            for one in there.get(_shape(statement), [])[:MOST_ALIKE]
        )
    ]


def _shape(statement: Statement) -> Shape:
    return (
        statement.effect,
        tuple([action.text for action in statement.actions]),
        tuple([resource.text for resource in statement.resources]),
        read_block(statement),
    )


def _same(one: object, other: object) -> bool:
    """Whether two plain values are equal, numbers and booleans apart; without recursion."""
    pairs = [(one, other)]
    while pairs:
        left, right = pairs.pop()
        if type(left) is not type(right):
            return False
        if isinstance(left, dict) and isinstance(right, dict):
            if left.keys() != right.keys():
                return False
            pairs += [(value, right[key]) for key, value in left.items()]
        elif isinstance(left, list) and isinstance(right, list):
            if len(left) != len(right):
                return False
            pairs += zip(left, right, strict=True)
        elif left != right:
            return False
    return True


def _clear(statement: Statement, kind: Kind) -> bool:
    """Whether it is known what a statement says, and that CAM takes it.

    An effect with a capital is documented for bucket policies only.
    """
    if not (statement.understood and readable(statement)):
        return False
    return not statement.malformed or kind is Kind.BUCKET
