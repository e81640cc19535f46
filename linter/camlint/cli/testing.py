"""A run of ``camlint test``: what came of every file, and its reports in each format."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

from camlint.cli.parser import one_of
from camlint.report.broken import BrokenFile
from camlint.report.expectations import (
    show_doubts,
    show_passed,
    show_result,
    show_unexercised,
    sum_up,
)
from camlint.report.expectations_json import write_expectations_json
from camlint.report.junit import write_junit
from camlint.report.mutation import show_mutation, sum_up_mutation
from camlint.report.terminal import Paint
from camlint.tasks.decision import PlacedStatement
from camlint.tasks.expectations import Claim
from camlint.tasks.mutate import Mutation
from camlint.tasks.suite import Result

FORMATS = ("text", "json", "junit")
QUIET, NORMAL, VERBOSE = range(3)


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of the files that were run, and why ``broken`` ones weren't.

    ``covering`` says that a statement which no case exercises is a failure, too. ``mutation`` is
    None where nobody asked for it, or where an expectation isn't met to begin with.
    """

    results: tuple[Result, ...]
    broken: tuple[BrokenFile, ...]
    mutation: Mutation | None
    covering: bool

    @property
    def failed(self) -> bool:
        """Whether an expectation isn't met."""
        return any(one.failed for one in self.results)

    @property
    def unexercised(self) -> tuple[PlacedStatement, ...]:
        """The statements that no case of any file exercises, by path and line.

        Where a policy has no cases at all, that is told only to those who ask for coverage.
        """
        found: dict[PlacedStatement, None] = {}
        for result in self.results:
            claims = {one.expectation.claim for one in result.outcomes}
            if self.covering or claims & {Claim.CAN, Claim.CANNOT}:
                found.update(dict.fromkeys(result.suite.subject.own.statements))
        exercised = {one for result in self.results for one in result.exercised}
        missed = (one for one in found if one not in exercised)
        return tuple(sorted(missed, key=_place))

    @property
    def exit_code(self) -> int:
        """2 where a file couldn't be run, 1 where anything else was not as it should be."""
        if self.broken:
            return 2
        survivors = bool(self.mutation and self.mutation.survivors)
        return int(self.failed or survivors or (self.covering and bool(self.unexercised)))

    def write(self, form: str, paint: Paint, verbosity: int) -> str:
        """The report in a format."""
        if form == "json":
            return write_expectations_json(
                self.results, self.broken, self.unexercised, self.mutation
            )
        if form == "junit":
            return write_junit(
                self.results,
                self.broken,
                self.unexercised if self.covering else (),
                self.mutation.survivors if self.mutation else (),
            )
        return "".join(f"{line}\n" for line in self._text(paint, verbosity))

    def _text(self, paint: Paint, verbosity: int) -> Iterator[str]:
        for result in self.results:
            if not result.failed and verbosity == NORMAL:
                yield show_passed(result, paint)
            yield from show_result(result, paint, passed=verbosity == VERBOSE)
            if verbosity != QUIET:
                yield from show_doubts(result, paint)
        if self.covering or verbosity != QUIET:
            yield from show_unexercised(self.unexercised, paint, required=self.covering)
        if self.mutation is not None:
            yield from show_mutation(self.mutation, paint)
        if verbosity != QUIET:
            yield sum_up(self.results, len(self.broken), len(self.unexercised))
            if self.mutation is not None:
                yield sum_up_mutation(self.mutation)


def _place(one: PlacedStatement) -> tuple[str, str, int]:
    return one.placed.path, one.placed.host.address, one.number


def read_output(text: str) -> tuple[str, str]:
    """The format and the file of ``--output``."""
    name, _, file = text.partition("=")
    one_of(*FORMATS)(name)
    if not file:
        suffix = "xml" if name == "junit" else name
        raise argparse.ArgumentTypeError(
            f"write a format and a file, such as {name}=expectations.{suffix}"
        )
    return name, file
