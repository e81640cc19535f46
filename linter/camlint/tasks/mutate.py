"""Which parts of policies could go without any expectation noticing, and what would notice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from camlint.access.answer import Answer, Request
from camlint.access.compare import compare
from camlint.access.comparison import Relation
from camlint.tasks.decision import PlacedPolicy
from camlint.tasks.mutants import Mutant, list_mutants
from camlint.tasks.suite import Suite


@dataclass(frozen=True, slots=True)
class Survivor:
    """A part that nobody misses, and ``suite``, of which a further case would miss it.

    ``request`` is what that case could be about, None where none was found; ``allowed`` tells
    whether the policy, as it is, allows it.
    """

    mutant: Mutant
    suite: Suite
    request: Request | None
    allowed: bool = False


@dataclass(frozen=True, slots=True)
class Mutation:
    """How many parts were taken away in turn, by what came of it.

    Of the ``equivalent`` it is proved that the policies mean the same without them.
    """

    noticed: int
    equivalent: int
    survivors: tuple[Survivor, ...]


def mutate(suites: Iterable[Suite]) -> Mutation:
    """Take every part of every policy away, and see whether a suite notices. All suites pass."""
    noticed = equivalent = 0
    survivors: list[Survivor] = []
    for file, users in _group(one.steadied() for one in suites):
        for mutant in list_mutants(file):
            if any(one.notices(mutant) for one in users):
                noticed += 1
                continue
            survivor = _look_at(mutant, users)
            if survivor is None:
                equivalent += 1
            else:
                survivors.append(survivor)
    return Mutation(noticed, equivalent, tuple(survivors))


def _group(suites: Iterable[Suite]) -> Iterator[tuple[PlacedPolicy, list[Suite]]]:
    """Every policy with the suites that are about it."""
    users: dict[PlacedPolicy, list[Suite]] = {}
    for suite in suites:
        for file in suite.subject.own.policies:
            users.setdefault(file, []).append(suite)
    yield from users.items()


def _look_at(mutant: Mutant, users: list[Suite]) -> Survivor | None:
    """A part that nobody missed; None where it is proved to mean nothing to any of the suites."""
    first: Survivor | None = None
    for suite in users:
        subject = suite.subject
        changed = subject.replaced(mutant.old, mutant.new)
        found = compare(subject.policies, changed.policies, subject.settings, subject.catalog)
        if found.relation is Relation.EQUIVALENT:
            continue
        for one in (*found.lost.differences, *found.gained.differences):
            request = _close(one.request)
            before, after = subject.judge(request).allowed, changed.judge(request).allowed
            if {before, after} == {Answer.YES, Answer.NO}:
                return Survivor(mutant, suite, request, before is Answer.YES)
        first = first or Survivor(mutant, suite, None)
    return first


def _close(request: Request) -> Request:
    """The request as a case is about it: a key of which nothing is said is absent."""
    return Request(
        request.action, request.resource, request.principal, request.context or {}, request.unknown
    )
