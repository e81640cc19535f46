"""Expectations as JUnit XML, which CI systems show beside other tests."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import TreeBuilder, indent, tostring

from camlint.report.broken import BrokenFile
from camlint.report.mutation import describe_loss
from camlint.report.outcome_words import explain, find_line, full_title
from camlint.report.terminal import escape
from camlint.tasks.decision import PlacedStatement
from camlint.tasks.mutate import Survivor
from camlint.tasks.run_expectations import Outcome
from camlint.tasks.suite import Result

NAME = "camlint test"
FAILURE, ERROR = "failure", "error"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a test: FAILURE or ERROR, of which sort, and why, the first line first."""

    tag: str
    sort: str
    message: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Test:
    """A test on a line of its file (0: not known); ``fault`` is None where all is well."""

    name: str
    line: int
    fault: Fault | None


@dataclass(frozen=True, slots=True)
class Group:
    """The tests of a file."""

    path: str
    tests: tuple[Test, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many tests there are, and how many failures and errors."""
        tags = Counter(one.fault.tag for one in self.tests if one.fault is not None)
        return {"tests": len(self.tests), "failures": tags[FAILURE], "errors": tags[ERROR]}


def write_junit(
    results: Iterable[Result],
    broken: Iterable[BrokenFile],
    unexercised: Iterable[PlacedStatement],
    survivors: Iterable[Survivor],
) -> str:
    """The document: a suite for each file, a failure for each expectation that isn't met.

    A file that couldn't be run is a suite with one error. Statements that no case exercises, and
    parts whose loss nobody notices, are failures of the policies they are in. Characters that XML
    can't hold are shown by their numbers. Source: https://github.com/testmoapp/junitxml
    """
    groups = [
        *map(_group_result, results),
        *map(_group_broken, broken),
        *(_group_policy(one, "no case exercises it", "coverage") for one in unexercised),
        *(_group_policy(one.mutant.placed, describe_loss(one), "mutation") for one in survivors),
    ]
    totals = {
        key: str(sum(one.counts[key] for one in groups)) for key in ("tests", "failures", "errors")
    }
    builder = TreeBuilder()
    builder.start("testsuites", {"name": NAME, **totals})
    for group in groups:
        _build(builder, group)
    builder.end("testsuites")
    root = builder.close()
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _build(builder: TreeBuilder, group: Group) -> None:
    path = escape(group.path)
    counts = {key: str(number) for key, number in group.counts.items()}
    builder.start("testsuite", {"name": path, **counts, "file": path})
    for test in group.tests:
        line = {"line": str(test.line)} if test.line else {}
        place = {"classname": path, "file": path, **line}
        builder.start("testcase", {"name": escape(test.name), **place})
        fault = test.fault
        if fault is not None:
            builder.start(fault.tag, {"message": escape(fault.message), "type": fault.sort})
            builder.data("\n".join(map(escape, fault.lines)))
            builder.end(fault.tag)
        builder.end("testcase")
    builder.end("testsuite")


def _group_result(result: Result) -> Group:
    """The expectations of a file; those of one title are told apart by their lines."""
    path = result.suite.path
    titles = [full_title(one.expectation) for one in result.outcomes]
    often = Counter(titles)
    return Group(path, tuple(_test(path, one, often) for one in result.outcomes))


def _test(path: str, outcome: Outcome, often: Counter[str]) -> Test:
    expectation = outcome.expectation
    title, line = full_title(expectation), expectation.line
    name = f"{title} (line {line})" if often[title] > 1 else title
    if outcome.met:
        return Test(name, line, None)
    reasons = tuple(explain(outcome))
    message = ": ".join((title, *reasons[:1]))
    lines = (f"{path}:{line}", *reasons)
    return Test(name, line, Fault(FAILURE, expectation.claim.value, message, lines))


def _group_broken(file: BrokenFile) -> Group:
    fault = Fault(ERROR, "broken", file.lines[0], file.lines)
    return Group(file.path, (Test("the file can be run", 0, fault),))


def _group_policy(placed: PlacedStatement, problem: str, sort: str) -> Group:
    """What is wrong with the expectations about a statement."""
    path, line = placed.placed.path, find_line(placed)
    name = f"{sort} of statement {placed.number}: {problem}"
    return Group(path, (Test(name, line, Fault(FAILURE, sort, problem, (f"{path}:{line}",))),))
