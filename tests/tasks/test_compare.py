"""What a change gained, by service and level, and which statements each row names."""

import json
from collections.abc import Sequence

import pytest

from camlint.access.answer import Answer
from camlint.access.comparison import Cause, Relation
from camlint.catalog.catalog import Catalog
from camlint.hosts.search import find_policies
from camlint.policy.read import read_policy
from camlint.settings import NOTHING_STATED
from camlint.source import Source
from camlint.syntax.document import read_document
from camlint.tasks.changes import any_of
from camlint.tasks.compare import Review, review
from camlint.tasks.held import HeldPolicy, Pool, Unread

pytestmark = pytest.mark.usefixtures("small_catalogue")

APP = "qcs::trtc::uin/100032145678:sdkappid/1400618273"


def say(effect: str, action: object, resource: object = "*") -> dict[str, object]:
    return {"effect": effect, "action": action, "resource": resource}


def pool(name: str, *statements: object) -> Pool:
    text = json.dumps({"version": "2.0", "statement": statements}, indent=1)
    [hosted] = find_policies(read_document(Source(name, text)))
    assert hosted.value is not None
    return Pool(name, [HeldPolicy(name, hosted, read_policy(hosted.value, hosted.kind))])


def compare(old: Sequence[object], new: Sequence[object]) -> Review:
    return review(pool("old", *old), pool("new", *new), NOTHING_STATED, Catalog())


def rows(shift) -> list[tuple[str, str, int, int]]:
    return [(one.service, one.level, one.known, len(one.differences)) for one in shift.rows]


def test_a_wildcard_has_a_row_for_each_level_the_riskiest_first() -> None:
    told = compare([say("allow", "trtc:Describe*")], [say("allow", ["trtc:*", "cdb:*"])])
    assert told.relation is Relation.WIDER
    assert rows(told.gained) == [
        ("cdb", "permissions", 1, 1),
        ("cdb", "write", 1, 1),
        ("cdb", "read", 1, 1),
        ("trtc", "write", 4, 1),
    ]
    assert rows(told.lost) == []


def test_only_what_is_really_gained_is_counted() -> None:
    old = [say("allow", ["trtc:*", "cdb:*"]), say("deny", ["trtc:*Room", "cdb:*"])]
    told = compare(old, [*old[:1], say("deny", ["trtc:DismissRoom", "cdb:*"])])
    assert rows(told.gained) == [("trtc", "unknown", 0, 1)]
    told = compare(old, [*old[:1], say("deny", "cdb:*")])
    assert rows(told.gained) == [("trtc", "write", 1, 1)]
    [difference] = told.gained.differences
    assert (difference.request.action, difference.refused_by) == ("trtc:DismissRoom", (1,))


def test_a_row_names_each_statement_that_gains_something() -> None:
    told = compare(
        [say("deny", "trtc:DismissRoom", APP)],
        [say("allow", "trtc:*", APP), say("allow", "trtc:DismissRoom")],
    )
    written = [row for row in told.gained.rows if row.level == "write"]
    assert {one.allowed_by for one in written[0].differences} >= {(0, 1), (1,)}


def test_actions_that_nobody_lists_are_told_where_nothing_else_tells_of_their_statements() -> None:
    told = compare([], [say("allow", ["trtc:DismissRoom", "trtc:BrandNew"]), say("allow", "new:X")])
    assert rows(told.gained) == [("new", "unknown", 0, 1), ("trtc", "write", 1, 1)]


def test_a_wildcard_for_services_is_followed_into_those_that_matter() -> None:
    told = compare([say("allow", "trtc:*")], [say("allow", ["trtc:*", "*:StartInstances"])])
    assert told.gained.reaching == ("*:StartInstances",)
    told = compare([say("allow", "cdb:*")], [say("allow", "*")])
    assert told.gained.reaching == ("*",)
    assert "cdb" not in {row.service for row in told.gained.rows}
    assert rows(compare([say("allow", "*")], [say("allow", "*")]).gained) == []


def test_a_statement_is_found_in_its_file() -> None:
    told = compare([], [say("allow", "trtc:*"), say("allow", "cdb:*")])
    spot = told.new.spot(1)
    assert (spot.path, spot.pointer, spot.effect) == ("new", "/statement/1", "allow")
    assert (spot.line, spot.column) == (9, 3)
    assert told.new.statement(1).pointer == ("statement", 1)


def test_what_could_not_be_read_leaves_open_what_is_gained_and_lost() -> None:
    broken = Pool("new", (), (Unread("new", "it is not JSON"),))
    told = review(pool("old", say("allow", "trtc:*")), broken, NOTHING_STATED, Catalog())
    assert told.relation is Relation.UNKNOWN
    assert [one.cause for one in told.gained.doubts] == [Cause.UNREAD]
    gone = review(broken, Pool(""), NOTHING_STATED, Catalog())
    assert (gone.gained.answer, gone.lost.answer) == (Answer.NO, Answer.UNDECIDED)


def test_answers_of_several_comparisons_in_sum() -> None:
    yes, no, undecided = Answer.YES, Answer.NO, Answer.UNDECIDED
    assert any_of(()) is no
    assert any_of((no, undecided)) is undecided
    assert any_of((undecided, no, yes)) is yes
