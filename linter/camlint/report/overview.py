"""What the statements of policies reach, as tables for those who review them."""

import json
from collections.abc import Iterable, Iterator

from camlint.policy.elements import Condition, Principal
from camlint.policy.malformed import Fault, Malformed
from camlint.policy.policy import Policy
from camlint.report.table import align, count
from camlint.report.terminal import BOLD, Paint, escape
from camlint.tasks.levels import LEVELS
from camlint.tasks.summarize import Reach, ServiceRow, StatementSummary
from camlint.wording import quote

HEADINGS = ("STATEMENT", "SERVICE", *(level.upper() for level in LEVELS), "UNKNOWN")
NONE = "-"
FOOTER = (
    "2/70: 2 of the 70 actions of this level that are known; the public catalogue is partial.",
    "UNKNOWN counts what stands for no known action. Conditions don't lessen the counts.",
)
"""What the numbers mean, in lines that fit a terminal."""


def show_overview(
    title: str, policy: Policy, summaries: Iterable[StatementSummary], paint: Paint
) -> Iterator[str]:
    """The lines for one policy, which ``title`` names: a table, broken by what its rows hold for."""
    listed = tuple(summaries)
    number = count(len(listed), "statement")
    yield paint(BOLD, f"{escape(title)}: {policy.kind.value} policy, {number}")
    for principal in policy.principals:
        yield f"  for   {describe_principal(principal)}"
    rows: list[tuple[str, ...]] = [HEADINGS]
    details: list[list[str]] = [[]]
    for summary in listed:
        first = describe_statement(summary)
        for cells in [_cells(row) for row in summary.rows] or [(NONE,) * (len(HEADINGS) - 1)]:
            rows.append((first, *cells))
            details.append([])
            first = ""
        details[-1] = list(_details(summary))
    for line, below in zip(align(rows), details, strict=True):
        yield line
        yield from below


def describe_statement(summary: StatementSummary) -> str:
    """The number and effect of a statement: ``2 deny``."""
    return f"{summary.number} {summary.statement.effect or '(no effect)'}"


def describe_reach(reach: Reach, *, everything: bool) -> str:
    """How much of a level is named: ``2/70``, ``all``, or ``-`` for none."""
    if everything and reach.known:
        return "all"
    return f"{reach.named:,}/{reach.known:,}" if reach.named else NONE


def describe_condition(condition: Condition) -> str:
    """A condition on a line: ``string_equal qcs:ip "10.0.0.1" or "10.0.0.2"``."""
    values = " or ".join(json.dumps(value, ensure_ascii=False) for value in condition.values)
    return escape(f"{condition.operator} {condition.key} {values}")


def describe_principal(principal: Principal) -> str:
    """A principal with its family: ``service cvm.cloud.tencent.com``."""
    anybody = principal.family == principal.text
    return escape(principal.text if anybody else f"{principal.family} {principal.text}")


def describe_fault(fault: Malformed) -> str:
    """What is wrong with an element of a statement, in a few words."""
    if fault.fault is Fault.MISSING:
        return f"no {fault.element}"
    if fault.fault is Fault.EMPTY:
        return f"an empty {fault.element}"
    return f"{fault.element} {escape(quote(fault.value))}"


def _cells(row: ServiceRow) -> tuple[str, ...]:
    reach = (describe_reach(one, everything=row.everything) for one in row.reach.values())
    return (row.service, *reach, str(len(row.unknown)) if row.unknown else NONE)


def _details(summary: StatementSummary) -> Iterator[str]:
    statement = summary.statement
    for label, texts in (
        ("for", map(describe_principal, statement.principals)),
        ("on", (escape(resource.text) for resource in statement.resources)),
        ("if", map(describe_condition, statement.conditions)),
        ("faulty", map(describe_fault, statement.malformed)),
    ):
        shown = label
        for text in texts:
            yield f"  {shown:<7} {text}"
            shown = "and" if label == "if" else ""
