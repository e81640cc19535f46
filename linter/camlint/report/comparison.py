"""What changes gained and lost, for people: the verdict first, then requests that show it."""

from collections.abc import Iterator

from camlint.access.comparison import Difference, Relation
from camlint.report.comparison_words import (
    describe_doubts,
    describe_level,
    describe_reach,
    describe_sum,
    describe_verdict,
)
from camlint.report.table import count
from camlint.report.terminal import BOLD, CYAN, GREEN, RED, YELLOW, Paint, escape
from camlint.tasks.changes import Change, Changes
from camlint.tasks.compare import Row, Shift
from camlint.tasks.held import Pool
from camlint.tasks.replay import can_command

MOST_SHOWN = 50
"""Groups of requests that are shown for one direction; the JSON report has them all."""

COLOURS = {
    Relation.EQUIVALENT: GREEN,
    Relation.NARROWER: GREEN,
    Relation.WIDER: RED,
    Relation.INCOMPARABLE: RED,
    Relation.UNKNOWN: YELLOW,
}

Group = tuple[str, tuple[int, ...], tuple[int, ...]]
"""A service, and the statements that allow and refuse."""


def show_changes(changes: Changes, paint: Paint) -> Iterator[str]:
    """The lines of the whole report."""
    if not changes.base:
        for change in changes.listed:
            yield from _show_change(change, paint)
        return
    yield paint(COLOURS[changes.relation], describe_sum(changes))
    for change in changes.listed:
        yield ""
        yield from _show_change(change, paint)


def _show_change(change: Change, paint: Paint) -> Iterator[str]:
    review = change.review
    yield paint(COLOURS[review.relation], describe_verdict(change))
    yield from _show_shift("gained", review.gained, review.new, review.old, paint)
    yield from _show_shift("lost", review.lost, review.old, review.new, paint)
    for line in describe_doubts(review):
        yield ""
        yield paint(YELLOW, line)


def _show_shift(
    word: str, shift: Shift, allowing: Pool, refusing: Pool, paint: Paint
) -> Iterator[str]:
    groups: dict[Group, list[tuple[Row, Difference]]] = {}
    for row in shift.rows:
        for difference in row.differences:
            key = (row.service, difference.allowed_by, difference.refused_by)
            groups.setdefault(key, []).append((row, difference))
    for (service, allowed_by, refused_by), members in list(groups.items())[:MOST_SHOWN]:
        yield ""
        yield paint(BOLD, f"{word} in {escape(service)}")
        for index in allowed_by:
            yield f"  allowed by {_describe_place(allowing, index, paint)}"
        for index in refused_by:
            yield f"  denied by  {_describe_place(refusing, index, paint)}"
        if not refused_by and refusing.name:
            yield f"  nothing allows it in {escape(refusing.name)}"
        for row, difference in members:
            yield from _show_request(row, difference, allowing)
    left = len(groups) - MOST_SHOWN
    if left > 0:
        yield ""
        yield f"and {word} in {count(left, 'more group')} of requests, which --format json lists"
    for line in describe_reach(word, shift):
        yield ""
        yield line


def _show_request(row: Row, difference: Difference, allowing: Pool) -> Iterator[str]:
    first = difference is row.differences[0]
    counted = f" ({count(row.known, 'known action')} of this level)"
    known = counted if first and row.known > 1 else ""
    request = escape(difference.request.words)
    yield f"  {describe_level(row)}: {request}{known}"
    if allowing.words:
        yield f"    try it: {escape(can_command(difference.request, allowing.words))}"


def _describe_place(pool: Pool, index: int, paint: Paint) -> str:
    """The place of a statement, the way editors and people find it."""
    spot = pool.spot(index)
    where = paint(CYAN, escape(f"{spot.path}:{spot.line}:{spot.column}"))
    return f"{where} ({escape(spot.policy + spot.pointer)})"
