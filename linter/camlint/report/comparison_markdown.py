"""What changes gained and lost, as a table for a comment on a pull request."""

from collections.abc import Iterable, Iterator

from camlint.access.comparison import Difference
from camlint.report.comparison_words import (
    describe_doubts,
    describe_level,
    describe_reach,
    describe_sum,
    describe_verdict,
)
from camlint.report.overview_markdown import code
from camlint.tasks.changes import Change, Changes
from camlint.tasks.compare import Row
from camlint.tasks.held import Pool

MOST_SHOWN = 3
"""Requests of a row that are shown; the JSON report has them all."""

HEADINGS = ("Policy", "Access", "Service", "Level", "Known actions", "For example", "Because")


def show_markdown(changes: Changes) -> Iterator[str]:
    """The lines of the whole report: a heading, a table, and what stayed undecided."""
    yield "### What this change grants"
    yield ""
    if changes.base:
        yield _plain(describe_sum(changes))
        yield ""
    rows = [row for change in changes.listed for row in _rows(change)]
    for change in changes.listed:
        yield f"- {_plain(describe_verdict(change))}"
    if rows:
        yield ""
        yield _line(HEADINGS)
        yield _line("---" for _ in HEADINGS)
        yield from rows
    remarks = [line for change in changes.listed for line in _remarks(change)]
    if remarks:
        yield ""
        yield from (f"- {_plain(line)}" for line in remarks)


def _remarks(change: Change) -> Iterator[str]:
    review = change.review
    yield from describe_reach("gained", review.gained)
    yield from describe_reach("lost", review.lost)
    yield from describe_doubts(review)


def _rows(change: Change) -> Iterator[str]:
    review = change.review
    for word, shift, allowing, refusing in (
        ("**gained**", review.gained, review.new, review.old),
        ("lost", review.lost, review.old, review.new),
    ):
        title = review.old.name if review.new.empty else review.new.name
        for row in shift.rows:
            yield _row(title, word, row, allowing, refusing)


def _row(title: str, word: str, row: Row, allowing: Pool, refusing: Pool) -> str:
    shown = row.differences[:MOST_SHOWN]
    requests = "<br>".join(_request(one) for one in shown)
    reasons = "<br>".join(_reason(one, allowing, refusing) for one in shown)
    known = f"{row.known:,}" if row.known else ""
    return _line(
        (code(title), word, code(row.service), describe_level(row), known, requests, reasons)
    )


def _request(difference: Difference) -> str:
    request = difference.request
    where = "" if request.resource == "*" else f" on {code(request.resource)}"
    who = "" if request.principal is None else f"{code(request.principal)}: "
    when = f" with {code(request.circumstances)}" if request.context else ""
    return f"{who}{code(request.action)}{where}{when}"


def _reason(difference: Difference, allowing: Pool, refusing: Pool) -> str:
    allows = ", ".join(_places(allowing, difference.allowed_by))
    denies = ", ".join(_places(refusing, difference.refused_by))
    told = [f"{allows} allows it"]
    if denies:
        told.append(f"{denies} denies it")
    elif refusing.name:
        told.append(f"nothing in {code(refusing.name)} does")
    return ", ".join(told)


def _places(pool: Pool, indices: Iterable[int]) -> Iterator[str]:
    for index in indices:
        spot = pool.spot(index)
        yield code(f"{spot.path}:{spot.line}")


def _plain(text: str) -> str:
    """A sentence, with whatever Markdown would act on made harmless."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>|#" else letter for letter in text)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
