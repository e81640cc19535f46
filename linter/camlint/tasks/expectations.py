"""Expectations about policies: what a file says that they must and must not let happen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum


class Claim(Enum):
    """What is expected; the values are the words of files and reports."""

    CAN = "can"
    CANNOT = "cannot"
    NEVER_GRANTS = "never-grants"
    MUST_EQUAL = "must-equal"
    NOT_WIDER_THAN = "not-wider-than"


@dataclass(frozen=True, slots=True)
class Word:
    """A text of the file, and its line."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Situation:
    """Who asks, about what, under which circumstances.

    ``context`` has the values of every condition key that requests have, ``unknown`` the keys that
    may have any value or none; any other key is absent. ``principal`` is None where the policies
    speak of nobody.
    """

    resources: tuple[Word, ...] = (Word("*", 0),)
    context: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()
    principal: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One situation, with the actions that can and those that can't be done in it."""

    name: str
    line: int
    can: tuple[Word, ...]
    cannot: tuple[Word, ...]
    situation: Situation


@dataclass(frozen=True, slots=True)
class Ban:
    """Patterns of actions and resources that the policies must never grant."""

    name: str
    line: int
    actions: tuple[Word, ...]
    resources: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """Other policies, taken together, that the policies are to be compared with."""

    claim: Claim
    line: int
    policies: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Expectations:
    """One file. Policies are named by the words of the file, relative to its folder.

    ``policies`` are pooled, as those of one principal are. Each of ``boundaries`` and ``scps`` must
    allow a request as well.
    """

    path: str
    policies: tuple[Word, ...]
    boundaries: tuple[Word, ...]
    scps: tuple[Word, ...]
    cases: tuple[Case, ...]
    bans: tuple[Ban, ...]
    bounds: tuple[Bound, ...]

    def named(self) -> Iterator[Word]:
        """Every policy that the file names."""
        yield from (*self.policies, *self.boundaries, *self.scps)
        for bound in self.bounds:
            yield from bound.policies


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing to find out: a claim, with what it is about.

    ``group`` is the name of the case or ban it comes from, ``""`` without one. ``actions`` and
    ``resources`` are one of each for a request, patterns for a ban, and empty for a comparison,
    which has ``others``.
    """

    claim: Claim
    group: str
    line: int
    actions: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    situation: Situation = Situation()
    others: tuple[Word, ...] = ()


def list_expectations(file: Expectations) -> Iterator[Expectation]:
    """What a file expects, one by one, in its order: requests, then bans, then comparisons."""
    for case in file.cases:
        for claim, words in ((Claim.CAN, case.can), (Claim.CANNOT, case.cannot)):
            for action in words:
                for resource in case.situation.resources:
                    yield Expectation(
                        claim,
                        case.name,
                        action.line,
                        (action.text,),
                        (resource.text,),
                        case.situation,
                    )
    for ban in file.bans:
        yield Expectation(
            Claim.NEVER_GRANTS,
            ban.name,
            ban.line,
            tuple(one.text for one in ban.actions),
            tuple(one.text for one in ban.resources),
        )
    for bound in file.bounds:
        yield Expectation(bound.claim, "", bound.line, others=bound.policies)
