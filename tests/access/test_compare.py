"""What a change to a policy grants and takes away, and what must stay undecided."""

from itertools import permutations

import pytest

from camlint.access.answer import Answer, Verdict
from camlint.access.compare import compare
from camlint.access.comparison import Cause, Comparison, Relation
from camlint.access.decide import decide
from camlint.access.question import Question
from camlint.access.sides import Sides
from camlint.access.spread import spread
from camlint.catalog.catalog import Catalog
from camlint.kinds import Kind
from camlint.policy.policy import Policy
from camlint.policy.read import read_policy
from camlint.settings import Settings

CATALOG = Catalog()
CDB = "qcs::cdb:ap-guangzhou::instanceId/"
OFFICE = {"ip_equal": {"qcs:ip": "203.0.113.0/24"}}
DESK = {"ip_equal": {"qcs:ip": "203.0.113.7"}}
A_USER = {"qcs": ["qcs::cam::uin/100012345678:uin/100087654321"]}
ANOTHER = {"qcs": ["qcs::cam::uin/100012345678:uin/100011112222"]}
BUCKET = "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"


def say(effect: str, action: object, resource: object = "*", **more: object) -> dict[str, object]:
    return {"effect": effect, "action": action, "resource": resource, **more}


def read(statements: object, kind: Kind = Kind.IDENTITY, **top: object) -> Policy:
    return read_policy({"version": "2.0", "statement": statements, **top}, kind)


def judge(old: object, new: object, kind: Kind = Kind.IDENTITY) -> Comparison:
    """The comparison, with every difference asked of either side again."""
    sides = [(read(one, kind),) for one in (old, new)]
    comparison = compare(sides[0], sides[1], Settings(), CATALOG)
    for excess, allowing, refusing in (
        (comparison.gained, sides[1], sides[0]),
        (comparison.lost, sides[0], sides[1]),
    ):
        assert bool(excess.differences) == (excess.answer is Answer.YES)
        assert excess.doubts or excess.answer is not Answer.UNDECIDED
        for difference in excess.differences:
            yes = decide(Question(allowing, Settings(), CATALOG), difference.request)
            no = decide(Question(refusing, Settings(), CATALOG), difference.request)
            assert (yes.verdict, yes.by) == (Verdict.ALLOW, difference.allowed_by)
            assert (no.verdict, no.by) == (difference.refusal, difference.refused_by)
            assert no.verdict in (Verdict.EXPLICIT_DENY, Verdict.IMPLICIT_DENY)
    return comparison


MIRROR = {Relation.WIDER: Relation.NARROWER, Relation.NARROWER: Relation.WIDER}

VERDICTS = [
    # What one allow gains.
    ("wider", [say("allow", "cdb:Describe*")], [say("allow", "cdb:*")]),
    ("wider", [], [say("allow", "cdb:A")]),
    ("wider", [say("allow", "cdb:*", CDB + "a")], [say("allow", "cdb:*", CDB + "a*")]),
    ("wider", [say("allow", "cdb:*", condition=OFFICE)], [say("allow", "cdb:*")]),
    ("wider", [say("allow", "cdb:*", condition=DESK)], [say("allow", "cdb:*", condition=OFFICE)]),
    # What a deny held back.
    ("wider", [say("allow", "cdb:*"), say("deny", "cdb:A")], [say("allow", "cdb:*")]),
    ("wider", [say("allow", "cdb:*"), say("deny", "cdb:*")], [say("allow", "cdb:*"), say("deny", "cdb:A*")]),
    ("wider", [say("allow", "cdb:*"), say("deny", "cdb:*", condition=OFFICE)], [say("allow", "cdb:*"), say("deny", "cdb:*", condition=DESK)]),
    # A deny takes away only what is allowed.
    ("equivalent", [say("allow", "cdb:*")], [say("allow", "cdb:*"), say("deny", "cvm:*")]),
    ("equivalent", [say("allow", "cdb:*"), say("deny", "cdb:*")], []),
    ("equivalent", [say("deny", "*")], [say("allow", "*"), say("deny", "*")]),
    ("equivalent", [say("allow", "cdb:A"), say("deny", "cdb:B*")], [say("allow", ["cdb:A", "cdb:Bx"]), say("deny", "cdb:B*")]),
    # The same in other words.
    ("equivalent", [say("allow", ["cdb:A", "cdb:B"])], [say("allow", "cdb:B"), say("allow", "name/cdb:A")]),
    ("equivalent", [say("allow", "cdb:*", condition=OFFICE)], [say("allow", "cdb:*", condition=OFFICE), say("allow", "cdb:A", condition=DESK)]),
    ("equivalent", [say("allow", "trtc:CreateCloudSliceTask", "qcs::trtc::uin/100012345678:sdkappid/1400123456")], []),
    # Both.
    ("incomparable", [say("allow", "cdb:A")], [say("allow", "cdb:B")]),
    ("incomparable", [say("allow", "cdb:*"), say("deny", "cdb:A")], [say("allow", "cdb:*"), say("deny", "cdb:B")]),
    ("incomparable", [say("allow", "cdb:*", CDB + "*")], [say("allow", "cdb:Describe*")]),
]  # fmt: skip


@pytest.mark.parametrize(("verdict", "old", "new"), VERDICTS)
def test_verdicts_both_ways_round(verdict, old, new) -> None:
    relation = judge(old, new).relation
    assert relation.value == verdict
    assert judge(new, old).relation is MIRROR.get(relation, relation)


def test_a_difference_names_the_statements_of_both_sides() -> None:
    old = [say("allow", "cvm:*"), say("deny", "cdb:A"), say("allow", "cdb:B")]
    new = [say("allow", "cdb:A"), say("allow", "cdb:C"), say("allow", "cvm:*")]
    comparison = judge(old, new)
    assert [
        (one.request.action, one.allowed_by, one.refusal.value, one.refused_by)
        for one in comparison.gained.differences
    ] == [
        ("cdb:A", (0,), "explicit-deny", (1,)),
        ("cdb:C", (1,), "implicit-deny", ()),
    ]
    (lost,) = comparison.lost.differences
    assert (lost.request.action, lost.allowed_by, lost.refused_by) == ("cdb:B", (2,), ())


def test_a_difference_has_the_circumstances_that_it_needs() -> None:
    comparison = judge(
        [say("allow", "cdb:*", condition=DESK)], [say("allow", "cdb:*", condition=OFFICE)]
    )
    (difference,) = comparison.gained.differences
    assert list(difference.request.context or ()) == ["qcs:ip"]


def test_a_key_that_has_to_be_there_gets_a_value_of_its_type() -> None:
    absent = {"null_equal": {"qcs:ip": "true", "cos:content-length": "true"}}
    comparison = judge([say("allow", "cdb:*")], [say("allow", "cdb:*", condition=absent)])
    assert comparison.relation is Relation.NARROWER
    context = comparison.lost.differences[0].request.context
    assert context == {"qcs:ip": ("10.0.0.1",), "cos:content-length": ("1",)}


OPAQUE = say("allow", "permid/280655")


def test_statements_that_stand_on_both_sides_are_equal_whatever_they_mean() -> None:
    odd = {"effect": "allow", "action": ["cdb:A"], "resource": "*", "conditions": {}}
    for one in (OPAQUE, odd, {"effect": "perhaps"}):
        assert judge([one, say("deny", "cvm:*")], [say("deny", "cvm:*"), one]).relation.value == (
            "equivalent"
        )
    assert judge([OPAQUE], [OPAQUE, say("deny", "cvm:*")]).gained.answer is Answer.NO
    assert judge([OPAQUE], [say("allow", "cdb:A"), OPAQUE]).lost.answer is Answer.NO


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        # Nobody knows what the set holds: it may hold what the deny held back.
        ([OPAQUE, say("deny", "cdb:A")], [OPAQUE], Cause.UNREADABLE),
        ([], [OPAQUE], Cause.UNREADABLE),
        ([say("allow", "cdb:A")], [say("allow", "cdb:A"), "deny it all"], Cause.NOT_A_STATEMENT),
        ([say("allow", "cdb:*", "qcs::cdb:ap-guangzhou::*")], [say("allow", "cdb:*", "qcs::cdb:ap-*::*")], Cause.OPEN),
        ([say("allow", "cdb:*", CDB + "x")], [say("allow", "cdb:*", CDB + "${uin}")], Cause.OPEN),
        ([say("allow", "cdb:A", condition={"string_not_equal": {"k": ["a", "b"]}})], [say("allow", "cdb:A", condition={"string_not_equal": {"k": ["a", "c"]}})], Cause.CONDITION),
        ([say("allow", "cdb:A", condition={"StringEquals": {"k": "v"}})], [say("allow", "cdb:A", condition={"StringEquals": {"k": "w"}})], Cause.CONDITION),
    ],
)  # fmt: skip
def test_what_is_open_is_unknown_and_says_why(old, new, cause) -> None:
    comparison = judge(old, new)
    assert comparison.relation is Relation.UNKNOWN
    assert cause in {doubt.cause for doubt in comparison.gained.doubts}
    assert comparison.gained.answer is Answer.UNDECIDED


def test_what_was_found_is_told_even_where_the_rest_is_open() -> None:
    comparison = judge([OPAQUE], [say("allow", "cdb:A")])
    assert comparison.relation is Relation.UNKNOWN
    comparison = judge([OPAQUE, say("deny", "cdb:A")], [say("allow", "cdb:A")])
    assert comparison.gained.answer is Answer.YES
    assert comparison.lost.answer is Answer.UNDECIDED
    assert comparison.relation is Relation.UNKNOWN
    assert comparison.lost.doubts[0].old == (0,)


def test_a_deny_that_is_covered_beside_an_opaque_set_takes_nothing() -> None:
    old = [OPAQUE, say("deny", "cdb:A"), say("deny", "cdb:*")]
    assert judge(old, [OPAQUE, say("deny", "cdb:*")]).relation is Relation.EQUIVALENT


def test_policies_of_a_side_are_taken_together() -> None:
    one, other = read([say("allow", "cdb:*")]), read([say("deny", "cdb:A")])
    both = read([say("deny", "cdb:A"), say("allow", "cdb:*")])
    assert compare((one, other), (both,), Settings(), CATALOG).relation is Relation.EQUIVALENT
    wider = compare((one, other), (one,), Settings(), CATALOG)
    assert wider.relation is Relation.WIDER
    assert wider.gained.differences[0].refused_by == (1,)


def test_policies_of_different_kinds_are_not_compared() -> None:
    identity = read([say("allow", "cos:*")])
    bucket = read([say("allow", "cos:*", principal=A_USER)], Kind.BUCKET)
    comparison = compare((identity,), (bucket,), Settings(), CATALOG)
    assert comparison.relation is Relation.UNKNOWN
    assert [doubt.cause for doubt in comparison.gained.doubts] == [Cause.KIND]


def test_who_may_is_part_of_a_request() -> None:
    def bucket(who: object) -> list[dict[str, object]]:
        return [say("allow", "cos:GetObject", BUCKET, principal=who)]

    comparison = judge(bucket(A_USER), bucket(ANOTHER), Kind.BUCKET)
    assert comparison.relation is Relation.INCOMPARABLE
    assert "100011112222" in str(comparison.gained.differences[0].request.principal)
    everybody = judge(bucket(A_USER), bucket("*"), Kind.BUCKET)
    assert everybody.relation is Relation.WIDER


def test_the_same_statement_for_somebody_else_is_not_the_same() -> None:
    plain = [say("allow", "cos:GetObject", BUCKET)]
    old, new = (read(plain, Kind.BUCKET, principal=who) for who in (A_USER, ANOTHER))
    comparison = compare((old,), (new,), Settings(), CATALOG)
    assert comparison.relation is Relation.INCOMPARABLE


def test_an_account_that_only_both_sides_tell_is_left_out_of_the_request() -> None:
    old = [say("allow", "cdb:*", CDB + "*"), say("deny", "cdb:A", CDB + "*")]
    new = [say("allow", "cdb:*", "qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/*")]
    comparison = judge(old, new)
    assert comparison.relation is Relation.WIDER
    assert {one.refusal.value for one in comparison.gained.differences} == {"explicit-deny"}
    assert comparison.gained.differences[0].request.resource.split(":")[4] == ""


def test_an_account_that_one_side_alone_tells_stays_in_the_request() -> None:
    new = [say("allow", "cdb:*", "qcs::cdb::uin/100012345678:instanceId/*")]
    foreign = "qcs::cdb:ap-guangzhou:uin/100087654321:instanceId/*"
    old = [*new, {**say("deny", "cdb:*", foreign), "resource": [foreign, "*"]}]
    comparison = judge(old, new)
    assert comparison.relation is Relation.WIDER
    [difference] = comparison.gained.differences
    assert difference.request.resource.split(":")[4] == "uin/100012345678"


def test_tangled_wildcards_and_many_statements_come_to_an_end() -> None:
    def tangle(effect: str, letters: str) -> dict[str, object]:
        glob = "*" + "*".join(letters) + "*"
        return say(effect, f"cos:{glob}", f"qcs::cos:::{glob}")

    old = [tangle("allow", "abcdefghijk"), tangle("deny", "zyxwvutsrqp")]
    comparison = judge(old, old[:1])
    assert comparison.relation is Relation.UNKNOWN
    assert [doubt.cause for doubt in comparison.gained.doubts] == [Cause.BUDGET]
    many = [
        say(effect, [f"cdb:{effect}{n}x{m}*" for m in range(20)], [f"{CDB}{n}x{m}*" for m in range(5)])
        for n in range(100)
        for effect in ("allow", "deny")
    ]  # fmt: skip
    others = [{**one, "resource": f"{CDB}{n}y*"} for n, one in enumerate(many)]
    comparison = judge(many, others)
    assert comparison.gained.answer is Answer.YES
    assert Cause.BUDGET in {doubt.cause for doubt in comparison.gained.doubts}
    changed = [*many[:-2], say("allow", "cdb:New", CDB + "*"), many[-1]]
    assert judge(many, changed).relation is Relation.INCOMPARABLE


def test_which_of_some_actions_are_gained() -> None:
    old = (read([say("allow", "cdb:*"), say("deny", "cdb:Isolate*"), say("deny", "cvm:*")]),)
    new = (read([say("allow", ["cdb:*", "cvm:StartInstances"]), say("deny", "cdb:Iso*")]),)
    sides = Sides(old, new, Settings(), CATALOG)
    asked = ("cdb:IsolateDBInstance", "cdb:DescribeDBInstances", "cvm:StartInstances")
    gained = spread(sides, asked)
    assert list(gained) == ["cvm:StartInstances"]
    assert gained["cvm:StartInstances"].refused_by == (2,)
    lost = spread(sides, ("cdb:IsoX", "cdb:X"), lost=True)
    assert list(lost) == ["cdb:IsoX"]
    with pytest.raises(ValueError, match="not an action"):
        spread(sides, ("Describe it",))


def test_what_is_shown_can_be_read_whatever_the_order_of_statements() -> None:
    known = {"string_equal": {"vpc:requester_vpc": "${uin}"}}
    plain = say("allow", "cdb:B", "*")
    absent = {**plain, "condition": {"null_equal": {"vpc:requester_vpc": "true"}}}
    other = {**say("allow", "cdb:A", "*"), "condition": known}
    for old, new in permutations(
        ([absent, other], [plain, other], [other, absent], [other, plain]), 2
    ):
        relation = judge(old, new).relation
        assert relation is not Relation.UNKNOWN, (old, new)
