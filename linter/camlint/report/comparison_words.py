"""The sentences of every report on a comparison: verdicts, requests, and why something is open."""

from collections.abc import Iterator

from camlint.access.answer import Answer
from camlint.access.comparison import Cause, Doubt, Relation
from camlint.report.table import count
from camlint.report.terminal import escape
from camlint.tasks.changes import Change, Changes, Status
from camlint.tasks.compare import UNKNOWN_LEVEL, Review, Row, Shift
from camlint.tasks.held import Pool
from camlint.wording import join_words, quote

MOST_NAMED = 4
"""Services or statements that a sentence names; the lines below it name them all."""

WHY = {
    Cause.NOT_A_STATEMENT: "something in the list of statements is no statement",
    Cause.UNREADABLE: "it can't be told for sure what is matched by {}",
    Cause.CONDITION: "it can't be told for which requests the conditions of {} hold",
    Cause.OPEN: "CAM's documents leave open what is matched by {}",
    Cause.BUDGET: "there is too much to compare; compare smaller policies",
}


def describe_sum(changes: Changes) -> str:
    """The verdict on all policies against a revision in one sentence."""
    base = escape(changes.base)
    same = f"{count(changes.unchanged, 'file')} unchanged"
    listed = [change.review for change in changes.listed]
    if not listed:
        return f"No policy differs from {base} ({same})"
    gaining = sum(one.gained.answer is Answer.YES for one in listed)
    losing = sum(one.lost.answer is Answer.YES for one in listed)
    undecided = sum(one.relation is Relation.UNKNOWN for one in listed)
    parts = [f"{gaining or 'none'} gained access", f"{losing or 'none'} lost some"]
    if undecided:
        parts.append(f"{undecided} could not be decided")
    changed = f"{len(listed)} policies differ" if len(listed) > 1 else "1 policy differs"
    return f"{changed} from {base}: {', '.join(parts)} ({same})"


def describe_verdict(change: Change) -> str:
    """The verdict on one comparison in one sentence."""
    review = change.review
    old, new = escape(review.old.name), escape(review.new.name)
    gained, lost = review.gained, review.lost
    if change.status is Status.ADDED:
        return f"{new} is new, and {_describe_whole(gained, 'allows', 'gained')}"
    if change.status is Status.DELETED:
        return f"{old} is gone, and {_describe_whole(lost, 'allowed', 'lost')}{_warn_of_denies(review)}"
    if review.relation is Relation.EQUIVALENT:
        return f"{new} grants exactly what {old} does, whatever the request"
    if review.relation is Relation.WIDER:
        return f"{new} grants more than {old}: {_name_rows(gained)}; nothing is lost"
    if review.relation is Relation.NARROWER:
        return f"{new} grants less than {old}: {_name_rows(lost)}; nothing is gained"
    if review.relation is Relation.INCOMPARABLE:
        return (
            f"{new} grants other things than {old}: gained is {_name_rows(gained)}; "
            f"lost is {_name_rows(lost)}"
        )
    if gained.answer is Answer.YES:
        return f"{new} grants more than {old}: {_name_rows(gained)}; whether anything is lost is undecided"
    if lost.answer is Answer.YES:
        return f"{new} lacks some of what {old} grants: {_name_rows(lost)}; whether anything is gained is undecided"
    if gained.answer is Answer.NO:
        return f"{new} grants nothing that {old} doesn't; whether it grants less is undecided"
    if lost.answer is Answer.NO:
        return f"{new} grants all that {old} does; whether it grants more is undecided"
    return f"It is undecided whether {new} grants more or less than {old}"


def _describe_whole(shift: Shift, allows: str, word: str) -> str:
    """What a policy means that stands on one side only."""
    if shift.answer is Answer.YES:
        return f"all that it {allows} is {word}: {_name_rows(shift)}"
    if shift.answer is Answer.NO:
        return f"it {allows} nothing"
    return f"it is undecided whether anything is {word}"


def _warn_of_denies(review: Review) -> str:
    """What the end of a policy can mean for others, which aren't looked at."""
    denies = any(policy.denies for policy in review.old.policies)
    return "; what it denied, other policies of its principal may now grant" if denies else ""


def describe_level(row: Row) -> str:
    """The level of a row as sentences have it."""
    return "not in the catalogue" if row.level == UNKNOWN_LEVEL else row.level


def _name_rows(shift: Shift) -> str:
    """The services of the rows with their levels: ``cvm (write, read) and cos (write)``."""
    levels: dict[str, list[str]] = {}
    for row in shift.rows:
        levels.setdefault(row.service, []).append(describe_level(row))
    named = [escape(f"{service} ({', '.join(found)})") for service, found in levels.items()]
    left = len(named) - MOST_NAMED
    if left > 0:
        named = [*named[:MOST_NAMED], f"{left} more service{'s' * (left != 1)}"]
    return join_words(named)


def describe_reach(word: str, shift: Shift) -> Iterator[str]:
    """What the rows leave out, if anything: services that a pattern names by a wildcard."""
    if shift.reaching:
        patterns = join_words(quote(one) for one in shift.reaching)
        yield escape(f"{word} beyond that, perhaps: the other services that {patterns} reaches")


def describe_doubts(review: Review) -> Iterator[str]:
    """What stayed undecided and why, a line for each reason."""
    told: dict[str, list[str]] = {}
    for word, shift in (("gained", review.gained), ("lost", review.lost)):
        what = f"more is {word}" if shift.answer is Answer.YES else f"anything is {word}"
        for doubt in shift.doubts:
            told.setdefault(describe_doubt(doubt, review), []).append(what)
    for why, whats in told.items():
        same = " or ".join(dict.fromkeys(whats)).replace(" or anything is ", " or ")
        yield f"undecided whether {same}: {why}"


def describe_doubt(doubt: Doubt, review: Review) -> str:
    """Why something stayed undecided."""
    if doubt.cause is Cause.KIND:
        return "policies of different kinds can't be compared: " + join_words(
            f"{escape(pool.name)} holds {_name_kinds(pool)} policies"
            for pool in (review.old, review.new)
        )
    if doubt.cause is Cause.UNREAD:
        unread = (*review.old.unread, *review.new.unread)
        return join_words(escape(f"{one.title} can't be read: {one.reason}") for one in unread)
    spots = [review.old.spot(index) for index in doubt.old]
    spots += [review.new.spot(index) for index in doubt.new]
    places = [
        escape(f"{spot.path}:{spot.line} ({spot.policy}{spot.pointer})")
        for spot in spots[:MOST_NAMED]
    ]
    if len(spots) > MOST_NAMED:
        places.append(f"{len(spots) - MOST_NAMED} more")
    return WHY[doubt.cause].format(join_words(places) if places else "a statement")


def _name_kinds(pool: Pool) -> str:
    return join_words(sorted({policy.kind.value for policy in pool.policies}))
