"""Expectations held against policies: which are met, and why the others aren't."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from camlint.access.answer import UNKNOWN, Answer, Request
from camlint.access.compare import compare
from camlint.access.comparison import Comparison, Relation
from camlint.access.decide import list_bits, match_request
from camlint.tasks.decision import PlacedPolicy, PlacedStatement, Ruling
from camlint.tasks.expectations import Claim, Expectation, Word
from camlint.tasks.request import read_action, read_principal
from camlint.tasks.subject import Subject
from camlint.tasks.witnesses import find_doubtful, find_granted


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether an expectation is met, and what shows it.

    A case has a ``ruling``. A ban that isn't met has the ruling on a request that is granted, or
    else the ``doubtful`` statements that may grant one. A comparison has a ``comparison``, what it compares with being old, and the
    statements of either side.
    """

    expectation: Expectation
    met: bool
    ruling: Ruling | None = None
    doubtful: tuple[PlacedStatement, ...] = ()
    comparison: Comparison | None = None
    old: tuple[PlacedStatement, ...] = ()
    new: tuple[PlacedStatement, ...] = ()


Others = dict[tuple[Word, ...], tuple[PlacedPolicy, ...]]
"""The policies that comparisons name, opened."""


def meet(expectation: Expectation, subject: Subject, others: Others) -> Outcome:
    """Hold one expectation against policies."""
    if expectation.claim in (Claim.CAN, Claim.CANNOT):
        ruling = subject.judge(make_request(expectation, subject))
        wanted = Answer.YES if expectation.claim is Claim.CAN else Answer.NO
        return Outcome(expectation, ruling.allowed is wanted, ruling)
    if expectation.claim is Claim.NEVER_GRANTS:
        return _ban(expectation, subject)
    old = others[expectation.others]
    policies = tuple(one.policy for one in old)
    found = compare(policies, subject.policies, subject.settings, subject.catalog)
    if expectation.claim is Claim.MUST_EQUAL:
        met = found.relation is Relation.EQUIVALENT
    else:
        # What is lost is nobody's concern here, even where it can't be told.
        met = found.gained.answer is Answer.NO
    return Outcome(
        expectation, met, comparison=found, old=list_statements(old), new=subject.own.statements
    )


def list_statements(policies: Iterable[PlacedPolicy]) -> tuple[PlacedStatement, ...]:
    """The statements of policies in their order."""
    return tuple(
        PlacedStatement(number, statement, placed)
        for placed in policies
        for number, statement in enumerate(placed.policy.statements, 1)
    )


def _ban(expectation: Expectation, subject: Subject) -> Outcome:
    found = find_granted(subject, expectation.actions, expectation.resources)
    if found is None:
        return Outcome(expectation, met=True)
    if found is UNKNOWN:
        doubtful = find_doubtful(subject, expectation.actions, expectation.resources)
        return Outcome(expectation, met=False, doubtful=doubtful)
    return Outcome(expectation, met=False, ruling=subject.judge(found))


def make_request(expectation: Expectation, subject: Subject) -> Request:
    """The request that a case is about; who asks is left out where the policies don't care."""
    situation = expectation.situation
    names = [name for layer in subject.layers for name in layer.question.askers.names]
    who = situation.principal
    return Request(
        read_action(expectation.actions[0]),
        expectation.resources[0],
        None if who is None or not names else read_principal(who, names),
        situation.context,
        situation.unknown,
    )


def find_exercised(outcomes: Iterable[Outcome], subject: Subject) -> Iterator[int]:
    """The numbers of the policies' statements that cases exercise: those that match a request."""
    question = subject.own.question
    for outcome in outcomes:
        if outcome.expectation.claim in (Claim.CAN, Claim.CANNOT):
            _, sure, _ = match_request(question, make_request(outcome.expectation, subject))
            yield from list_bits(sure)
