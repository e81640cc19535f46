"""A file of expectations together with the policies that it names, ready to be run."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from camlint.catalog.catalog import Catalog
from camlint.settings import Settings
from camlint.source import Source
from camlint.tasks.decision import Layer, PlacedPolicy, PlacedStatement, Role, make_layer
from camlint.tasks.expectations import Claim, Expectation, Expectations, Word, list_expectations
from camlint.tasks.meant import find_doubts, find_slips
from camlint.tasks.mutants import Mutant
from camlint.tasks.placed_table import Problem
from camlint.tasks.policy_files import NoPolicyError, PolicyFiles
from camlint.tasks.read_expectations import BrokenError, read_expectations
from camlint.tasks.run_expectations import Others, Outcome, find_exercised, meet
from camlint.tasks.subject import Subject

FORBIDDING = frozenset({Claim.CANNOT, Claim.NEVER_GRANTS, Claim.NOT_WIDER_THAN})
"""The claims that hold of any policy that grants less than one of which they hold."""


@dataclass(frozen=True, slots=True)
class Suite:
    """What one file expects of which policies; ``doubts`` are what may be misspelt in it."""

    path: str
    doubts: tuple[Problem, ...]
    expectations: tuple[Expectation, ...]
    subject: Subject
    others: Others

    def run(self) -> "Result":
        """Hold every expectation against the policies."""
        outcomes = tuple(meet(one, self.subject, self.others) for one in self.expectations)
        exercised = sorted(set(find_exercised(outcomes, self.subject)))
        statements = self.subject.own.statements
        return Result(self, outcomes, tuple(statements[number] for number in exercised))

    def steadied(self) -> "Suite":
        """The same for policies that lose parts, if all is met there, too."""
        subject = self.subject.steadied()
        steady = Suite(self.path, self.doubts, self.expectations, subject, self.others)
        return self if steady.run().failed else steady

    def notices(self, mutant: Mutant) -> bool:
        """Whether an expectation, all of which are met, isn't once a part of a policy is gone.

        Where that grants no more, what must not be granted needn't be looked at again.
        """
        subject = self.subject.replaced(mutant.old, mutant.new)
        return any(
            not meet(one, subject, self.others).met
            for one in self.expectations
            if not (mutant.narrows and one.claim in FORBIDDING)
        )


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a suite; ``exercised`` are the statements of its policies that cases exercise."""

    suite: Suite
    outcomes: tuple[Outcome, ...]
    exercised: tuple[PlacedStatement, ...]

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The expectations that aren't met."""
        return tuple(one for one in self.outcomes if not one.met)


def open_suite(source: Source, files: PolicyFiles, configure: "Configure") -> Suite:
    """The suite of a file. ``configure`` tells what is stated for a path. Raises BrokenError."""
    path = source.path
    if source.damage:
        raise BrokenError([Problem(0, source.damage)])
    file = read_expectations(source.text, path)
    folder = os.path.dirname(path)
    problems = list(_find_missing(file, folder, files))
    if problems:
        raise BrokenError(problems)
    settings, catalog = configure(path)

    def pool(words: Iterable[Word], role: Role = Role.POLICY) -> tuple[PlacedPolicy, ...]:
        return tuple(dict.fromkeys(files.open(word.text, folder, role) for word in words))

    def layer(role: Role, *words: Word) -> Layer:
        return make_layer(role, pool(words, role), settings, catalog)

    layers = (
        layer(Role.POLICY, *file.policies),
        *(layer(Role.BOUNDARY, word) for word in file.boundaries),
        *(layer(Role.SCP, word) for word in file.scps),
    )
    subject = Subject(layers, settings, catalog)
    slips = find_slips(file, subject)
    if slips:
        raise BrokenError(slips)
    others = {bound.policies: pool(bound.policies) for bound in file.bounds}
    return Suite(
        path,
        tuple(find_doubts(file, catalog)),
        tuple(list_expectations(file)),
        subject,
        others,
    )


Configure = Callable[[str], tuple[Settings, Catalog]]
"""What is stated of the user's cloud for a file, and the catalogue with it."""


def _find_missing(file: Expectations, folder: str, files: PolicyFiles) -> Iterator[Problem]:
    """Why policies that a file names can't be used."""
    for word in file.named():
        try:
            files.open(word.text, folder)
        except NoPolicyError as error:
            yield Problem(word.line, str(error))
