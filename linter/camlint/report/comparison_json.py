"""What changes gained and lost, as JSON of version 1; ``docs/compare.schema.json`` describes it."""

import json

from camlint.access.answer import Answer, Request
from camlint.access.comparison import Difference, Doubt
from camlint.report.comparison_words import describe_doubt
from camlint.tasks.changes import Change, Changes
from camlint.tasks.compare import Review, Row, Shift
from camlint.tasks.held import Pool
from camlint.tasks.replay import can_arguments

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

VERSION = 1


def render_changes(changes: Changes) -> str:
    """The whole document."""
    document = {
        "version": VERSION,
        "verdict": changes.relation.value,
        "gained": _all_differences(changes, lost=False),
        "lost": _all_differences(changes, lost=True),
        "undecided": [
            one
            for number, change in enumerate(changes.listed)
            for one in _undecided(change.review, number)
        ],
        "comparisons": [_comparison(change) for change in changes.listed],
        "summary": {
            "base": changes.base or None,
            "compared": len(changes.listed),
            "gaining": _count(changes, lost=False),
            "losing": _count(changes, lost=True),
            "unchanged_files": changes.unchanged,
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def render_witness(request: Request) -> "dict[str, Any]":
    """A request as every JSON report has it: keys that are absent from it are left out."""
    who = {} if request.principal is None else {"principal": request.principal}
    context = {
        key: values[0] if len(values) == 1 else list(values)
        for key, values in sorted((request.context or {}).items())
    }
    return {**who, "action": request.action, "resource": request.resource, "context": context}


def _count(changes: Changes, *, lost: bool) -> int:
    return sum(_shift(one.review, lost=lost).answer is Answer.YES for one in changes.listed)


def _shift(review: Review, *, lost: bool) -> Shift:
    return review.lost if lost else review.gained


def _all_differences(changes: Changes, *, lost: bool) -> "list[dict[str, Any]]":
    return [
        _difference(row, difference, change.review, number, lost=lost)
        for number, change in enumerate(changes.listed)
        for row in _shift(change.review, lost=lost).rows
        for difference in row.differences
    ]


def _difference(
    row: Row, difference: Difference, review: Review, number: int, *, lost: bool
) -> "dict[str, Any]":
    old, new = difference.refused_by, difference.allowed_by
    if lost:
        old, new = new, old
    return {
        "witness": render_witness(difference.request),
        "old": _pointers(review.old, old),
        "new": _pointers(review.new, new),
        "service": row.service,
        "level": row.level,
        "refusal": difference.refusal.value,
        "comparison": number,
        "old_statements": _statements(review.old, old),
        "new_statements": _statements(review.new, new),
        "can": can_arguments(difference.request),
    }


def _pointers(pool: Pool, indices: tuple[int, ...]) -> list[str]:
    return [pool.spot(index).pointer for index in indices]


def _statements(pool: Pool, indices: tuple[int, ...]) -> "list[dict[str, Any]]":
    spots = (pool.spot(index) for index in indices)
    return [
        {
            "path": spot.path,
            "policy": spot.policy,
            "pointer": spot.pointer,
            "effect": spot.effect,
            "line": spot.line,
            "column": spot.column,
        }
        for spot in spots
    ]


def _undecided(review: Review, number: int) -> "list[dict[str, Any]]":
    return [
        _doubt(doubt, review, direction, number)
        for direction in ("gained", "lost")
        for doubt in _shift(review, lost=direction == "lost").doubts
    ]


def _doubt(doubt: Doubt, review: Review, direction: str, number: int) -> "dict[str, Any]":
    return {
        "direction": direction,
        "cause": doubt.cause.value,
        "message": describe_doubt(doubt, review),
        "old": _pointers(review.old, doubt.old),
        "new": _pointers(review.new, doubt.new),
        "comparison": number,
    }


def _comparison(change: Change) -> "dict[str, Any]":
    review = change.review
    return {
        "status": change.status.value,
        "old": _pool(review.old),
        "new": _pool(review.new),
        "verdict": review.relation.value,
        "gained": _outcome(review.gained),
        "lost": _outcome(review.lost),
    }


def _pool(pool: Pool) -> "list[dict[str, Any]]":
    return [
        {"path": member.path, "policy": member.hosted.address, "kind": member.policy.kind.value}
        for member in pool.members
    ]


def _outcome(shift: Shift) -> "dict[str, Any]":
    return {
        "answer": shift.answer.value,
        "levels": [
            {"service": row.service, "level": row.level, "known_actions": row.known}
            for row in shift.rows
        ],
        "reaching": list(shift.reaching),
    }
