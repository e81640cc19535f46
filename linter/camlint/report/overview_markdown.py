"""What the statements of policies reach, as tables for a review in Markdown."""

import re
from collections.abc import Iterable, Iterator

from camlint.policy.policy import Policy
from camlint.report.overview import (
    describe_condition,
    describe_fault,
    describe_principal,
    describe_reach,
    describe_statement,
)
from camlint.report.terminal import escape
from camlint.tasks.levels import LEVELS
from camlint.tasks.summarize import ServiceRow, StatementSummary

HEADINGS = (
    "Statement",
    "Service",
    *(level.capitalize() for level in LEVELS),
    "Unknown",
    "Resources",
    "Conditions",
)
FOOTER = (
    "2/70: 2 of the 70 actions of this level that are known; the public catalogue is partial. "
    "Unknown is what stands for no known action. Conditions don't lessen the counts."
)


def show_markdown(
    title: str, policy: Policy, summaries: Iterable[StatementSummary]
) -> Iterator[str]:
    """The lines for one policy, which ``title`` names: a heading and a table."""
    listed = tuple(summaries)
    spoken = any(one.statement.principals for one in listed)
    headings = [*HEADINGS[:1], *(["Principals"] if spoken else []), *HEADINGS[1:]]
    yield f"### {code(title)} ({policy.kind.value} policy)"
    yield ""
    if policy.principals:
        yield "For " + ", ".join(code(describe_principal(one)) for one in policy.principals)
        yield ""
    yield _line(headings)
    yield _line("---" for _ in headings)
    for summary in listed:
        statement = summary.statement
        first = [describe_statement(summary)]
        if spoken:
            first.append(_stack(map(describe_principal, statement.principals)))
        last = [
            _stack(resource.text for resource in statement.resources),
            _stack(map(describe_condition, statement.conditions)),
        ]
        if statement.malformed:
            faults = ", ".join(code(describe_fault(fault)) for fault in statement.malformed)
            first[0] += f"<br>faulty: {faults}"
        for row in summary.rows or (None,):
            yield _line([*first, *_cells(row), *last])
    yield ""


def code(text: str) -> str:
    """The text as code in a cell of a table, whatever is in it."""
    shown = escape(text).replace("|", "\\|")
    runs = re.findall("`+", shown)
    fence = "`" * (max(map(len, runs), default=0) + 1)
    pad = " " if runs else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def _cells(row: ServiceRow | None) -> list[str]:
    if row is None:
        return [""] * (len(LEVELS) + 2)
    reach = [describe_reach(one, everything=row.everything) for one in row.reach.values()]
    service = code(row.service)
    unknown = ", ".join(map(code, row.unknown))
    return [service, *("" if one == "-" else one for one in reach), unknown]


def _stack(texts: Iterable[str]) -> str:
    return "<br>".join(map(code, texts))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
