"""What a rewritten policy is proved to mean, and what must not be proved."""

import json

import pytest

from camlint.access.answer import Answer
from camlint.access.equivalence import MOST_ALIKE, Meaning, compare_meaning
from camlint.access.first_cell import MOST_STATEMENTS
from camlint.catalog.catalog import Catalog
from camlint.kinds import Kind
from camlint.policy.policy import Policy
from camlint.policy.read import read_policy
from camlint.settings import Settings

YES, NO, UNDECIDED = Answer.YES, Answer.NO, Answer.UNDECIDED
CATALOG = Catalog()
TRTC = "qcs::trtc::uin/100012345678:sdkappid/1400123456"
CDB = "qcs::cdb:ap-guangzhou::instanceId/"
A_USER = {"qcs": ["qcs::cam::uin/100012345678:uin/100087654321"]}
ANOTHER = {"qcs": ["qcs::cam::uin/100012345678:uin/100011112222"]}
OFFICE = {"ip_equal": {"qcs:ip": "203.0.113.0/24"}}


def say(effect: str, action: object, resource: object = "*", **more: object) -> dict[str, object]:
    return {"effect": effect, "action": action, "resource": resource, **more}


def read(statements: object, kind: Kind = Kind.IDENTITY, **top: object) -> Policy:
    return read_policy({"version": "2.0", "statement": statements, **top}, kind)


def compare(old: object, new: object, kind: Kind = Kind.IDENTITY, accounts=()) -> Meaning:
    return compare_meaning(read(old, kind), read(new, kind), Settings(accounts), CATALOG)


def tell(meaning: Meaning) -> tuple[Answer, Answer]:
    return meaning.narrower, meaning.wider


EQUAL = [
    ([say("allow", ["cdb:Describe*", "cdb:DescribeBackups"])], [say("allow", "cdb:Describe*")]),
    ([say("allow", "name/cdb:*")], [say("allow", ["cdb:*"])]),
    ([say("allow", "cvm:*", "qcs::cvm:gz::instance/*")], [say("allow", "cvm:*", "qcs::cvm:ap-guangzhou::instance/*")]),
    ([say("allow", "cdb:*", "qcs::cdb:*::instanceId/*")], [say("allow", "cdb:*", "qcs::cdb:::instanceId/*")]),
    ([say("deny", "cdb:*", [CDB + "*", CDB + "cdb-a1b2c3d4"])], [say("deny", "cdb:*", CDB + "*")]),
    ([say("allow", ["cdb:A", "cdb:B"])], [say("allow", "cdb:B"), say("allow", "cdb:A")]),
    ([say("allow", "cdb:*"), say("allow", "cdb:A", CDB + "*")], [say("allow", "cdb:*")]),
    (
        [say("allow", ["cdb:A", "cdb:A"], condition=OFFICE)],
        [say("allow", "cdb:A", condition={"ip_equal": {"qcs:ip": ["203.0.113.0/24"]}})],
    ),
    (
        [say("allow", ["trtc:CreateCloudSliceTask", "trtc:RemoveUser"], TRTC)],
        [say("allow", "trtc:RemoveUser", TRTC)],
    ),
    (say("allow", "cdb:*"), [say("allow", "cdb:*")]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), EQUAL)
def test_what_means_the_same_is_proved_equal(old, new) -> None:
    assert compare(old, new).equal
    assert compare(new, old).equal


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([say("allow", "cdb:*")], [say("allow", "cdb:Describe*")]),
        ([say("allow", "cdb:*")], [say("allow", "cdb:*", CDB + "*")]),
        ([say("allow", "trtc:*", "qcs::trtc:::sdkappid/*")], [say("allow", "trtc:*", "qcs::trtc:::sdkappid/1400123456")]),
        ([say("allow", "cdb:*")], [say("allow", "cdb:*"), say("deny", "cdb:A")]),
        ([say("allow", "cdb:*"), say("allow", "cvm:A")], [say("allow", "cdb:*")]),
    ],
)  # fmt: skip
def test_less_is_narrower_and_the_other_way_round_wider(old, new) -> None:
    assert tell(compare(old, new)) == (YES, NO)
    assert tell(compare(new, old)) == (NO, YES)


def test_an_account_left_empty_is_narrower_than_any() -> None:
    old, new = (say("allow", "cdb:*", f"qcs::cdb::{one}:instanceId/*") for one in ("*", ""))
    assert compare([old], [new]).narrower is YES
    assert compare([old], [new]).wider is not YES


def test_other_things_are_neither() -> None:
    assert tell(compare([say("allow", "cdb:A")], [say("allow", "cdb:B")])) == (NO, NO)
    assert tell(compare([say("allow", "cdb:A")], [say("deny", "cdb:A")])) == (YES, NO)


def test_a_deny_counts_beside_other_policies_even_without_an_allow_here() -> None:
    both, one = [say("allow", "cdb:*"), say("deny", "cvm:*")], [say("allow", "cdb:*")]
    assert tell(compare(both, one)) == (NO, YES)


def test_what_the_policy_itself_denies_it_does_not_grant() -> None:
    old = [say("allow", "cdb:A"), say("deny", "cdb:B*")]
    assert compare(old, [say("allow", ["cdb:A", "cdb:Bx"]), say("deny", "cdb:B*")]).equal


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (say("allow", ["cdb:A", "cdb:A"], condition={"numeric_equal": {"k": 1}}), say("allow", "cdb:A", condition={"numeric_equal": {"k": True}})),
        (say("allow", ["cdb:A", "cdb:A"], condition={"StringEquals": {"k": "v"}}), say("allow", "cdb:A", condition={"StringEquals": {"k": "v"}})),
        # Old codes that no page equates with a region.
        (say("allow", "cvm:*", "qcs::cvm:jp::*"), say("allow", "cvm:*", "qcs::cvm:ap-tokyo::*")),
        (say("allow", "cos:*", "qcs::cos:cn-east::*"), say("allow", "cos:*", "qcs::cos:ap-shanghai::*")),
        # A wildcard that no page explains.
        (say("allow", "cdb:*", "qcs::cdb::uin/*:*"), say("allow", "cdb:*", "qcs::cdb:::*")),
        # The owner of a bucket, or of a role, isn't known to be who has the policy.
        (say("allow", "cos:*", "qcs::cos::uid/1253653367:*"), say("allow", "cos:*", "qcs::cos:::*")),
        # Sets of actions whose contents nobody knows.
        (say("allow", ["permid/280655", "cdb:A"]), say("allow", "cdb:A")),
        # An effect with a capital, outside of bucket policies.
        (say("Allow", "cdb:A"), say("allow", "cdb:A")),
        # What can't be read, or is no element.
        (say("allow", "cdb:A", "arn:aws:s3:::a"), say("allow", "cdb:A", "qcs::cos:::a")),
        (say("allow", "cdb:A", notAction="cdb:B"), say("allow", "cdb:A")),
        (say("allow", ["cdb:A"], conditon=OFFICE), say("allow", ["cdb:A", "cdb:A"], conditon=OFFICE)),
        # Variables are some text, unknown which.
        (say("allow", "cdb:*", CDB + "${uin}"), say("allow", "cdb:*", CDB + "1000")),
    ],
)  # fmt: skip
def test_what_must_not_be_proved(old, new) -> None:
    for one, other in ((old, new), (new, old)):
        assert not compare([one], [other]).equal
        assert NO not in tell(compare([one], [other]))


def test_a_letter_of_the_policy_stands_for_nothing_else() -> None:
    old, new = say("allow", "cos:Get\u0001*"), say("allow", "cos:Get*")
    assert tell(compare([old], [new])) == (UNDECIDED, UNDECIDED)


def test_statements_that_stand_in_both_are_equal_whatever_they_mean() -> None:
    odd = [
        say("allow", "permid/280655"),
        say("Allow", "cdb:A", "arn:aws:s3:::a"),
        say("allow", "cdb:A", notAction="cdb:B"),
        say("allow", "cdb:A", condition={"StringEquals": {"k": "v"}}),
        {"effect": "allow"},
        "no statement",
    ]
    assert compare(odd, list(reversed(odd))).equal
    assert compare([*odd, say("allow", ["cdb:A", "cdb:A"])], [*odd, say("allow", "cdb:A")]).equal
    # What is in doubt might have held what is gone or new: no proof that it didn't.
    assert tell(compare([*odd, say("allow", "cvm:A")], odd)) == (YES, UNDECIDED)


def test_an_unknown_element_covers_nothing() -> None:
    odd = say("allow", "cdb:*", conditon=OFFICE)
    assert tell(compare([odd, say("allow", "cdb:A")], [odd])) == (YES, UNDECIDED)
    assert tell(compare([odd], [odd, say("allow", "cdb:A")])) == (UNDECIDED, YES)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"version": "3.0"}),
        ({"principal": A_USER}, {}),
        ({"principal": A_USER}, {"principal": ANOTHER}),
        ({"conditon": OFFICE}, {}),
        ({"version": 1}, {"version": True}),
    ],
)
def test_what_stands_around_the_statements_must_be_the_same(before, after) -> None:
    listed = [say("allow", "cdb:*")]
    old, new = read(listed, **before), read(listed, **after)
    assert tell(compare_meaning(old, new, Settings(), CATALOG)) == (UNDECIDED, UNDECIDED)


def test_kinds_are_not_compared_with_one_another() -> None:
    listed = [say("allow", "cos:*", principal=A_USER)]
    old, new = read(listed, Kind.BUCKET), read(listed, Kind.SESSION)
    assert tell(compare_meaning(old, new, Settings(), CATALOG)) == (UNDECIDED, UNDECIDED)


def test_principals_are_looked_at() -> None:
    bucket = "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"
    old = [say("allow", ["cos:A", "cos:A"], bucket, principal=A_USER)]
    new = [say("allow", "cos:A", bucket, principal=A_USER)]
    other = [say("allow", "cos:A", bucket, principal=ANOTHER)]
    public = [say("allow", "cos:A", bucket, principal="*")]
    assert compare(old, new, Kind.BUCKET).equal
    assert tell(compare(old, other, Kind.BUCKET)) == (NO, NO)
    assert tell(compare(old, public, Kind.BUCKET)) == (NO, YES)
    refusal = [say("deny", "cos:A", bucket, principal="*")]
    shown = [say("deny", "cos:A", bucket, principal={"qcs": ["qcs::cam::anyone:anyone"]})]
    assert not compare(refusal, shown, Kind.BUCKET).equal


def test_cos_takes_an_effect_with_a_capital() -> None:
    old = [say("Allow", "cos:A", principal=A_USER)]
    assert compare(old, [say("allow", "cos:A", principal=A_USER)], Kind.BUCKET).equal


def test_an_owner_who_is_known_fills_in_an_empty_account() -> None:
    old = say("allow", "cdb:*", "qcs::cdb::uin/100012345678:instanceId/*")
    new = say("allow", "cdb:*", "qcs::cdb:::instanceId/*")
    assert compare([old], [new], accounts=("100012345678",)).equal
    two = say("allow", "cvm:*", "qcs::cvm::uin/100087654321:instance/*")
    assert not compare([old, two], [new, two]).equal


def test_a_long_policy_is_compared_by_what_changed_or_not_at_all() -> None:
    many = [say("allow", f"cdb:A{number}") for number in range(MOST_STATEMENTS + 1)]
    assert compare(many, list(reversed(many))).equal
    assert tell(compare(many, many[1:])) == (UNDECIDED, UNDECIDED)
    alike = [say("allow", "cdb:A", sid=str(number)) for number in range(3 * MOST_ALIKE)]
    assert NO not in tell(compare(alike, json.loads(json.dumps(alike[::-1]))))
