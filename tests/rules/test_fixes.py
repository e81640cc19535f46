"""What fixes make of policies beyond the examples of their rules, and where none is offered."""

import json
from typing import Any

import pytest

from camlint.access.answer import Answer
from camlint.access.equivalence import Meaning, compare_meaning
from camlint.catalog.catalog import Catalog
from camlint.engine import Engine
from camlint.finding import Safety
from camlint.fixes import fix_text
from camlint.kinds import Kind
from camlint.policy.read import read_policy
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED, Settings
from camlint.source import Source

REGISTRY = load_registry()
TRTC = "qcs::trtc::uin/100012345678:"
ROOM = TRTC + "sdkappid/1400123456"
CDB = "qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/"
COS = "qcs::cos:ap-guangzhou:uid/1253653367:"
OFFICE = {"ip_equal": {"qcs:ip": "203.0.113.0/24"}}


def say(
    action: object, resource: object = "*", effect: str = "allow", **more: object
) -> dict[str, object]:
    return {"effect": effect, "action": action, "resource": resource, **more}


def mend(
    code: str,
    *statements: object,
    most: Safety = Safety.REPAIR,
    kind: Kind | None = None,
    settings: Settings = NOTHING_STATED,
    **top: object,
) -> list[dict[str, Any]]:
    """The statements that a rule's fixes make of these."""
    text = json.dumps({"version": "2.0", **top, "statement": list(statements)}, ensure_ascii=False)
    selection = Selection((code,) if code else None, strict=True)
    engine = Engine(REGISTRY, selection, settings, kind, edits=True)
    fixed = json.loads(fix_text(Source("policy.json", text), engine, most).text)
    return list(fixed["statement"])


def mend_resource(code: str, resource: str, action: str = "trtc:RemoveUser", **more) -> str:
    return str(mend(code, say(action, resource), **more)[0]["resource"])


def mend_action(code: str, action: str) -> object:
    return mend(code, say(action, effect="deny"))[0]["action"]


def test_a_misspelt_version_is_not_joined_by_another_one() -> None:
    engine = Engine(REGISTRY, Selection(), NOTHING_STATED, edits=True)
    text = (
        '{"verison": "2.0", "statement": [{"effect": "allow", "action": "cdb:A", "resource": "*"}]}'
    )
    fixed = json.loads(fix_text(Source("policy.json", text), engine, Safety.REPAIR).text)
    assert list(fixed) == ["version", "statement"]


@pytest.mark.parametrize("key", ["resorce", "Resources", "resources"])
def test_an_element_is_renamed_where_it_stands_under_one_name_only(key: str) -> None:
    lone = {"effect": "deny", "action": "cdb:A", key: "*"}
    assert mend("CAM007", lone)[0] == {"effect": "deny", "action": "cdb:A", "resource": "*"}
    for other in ("resource", "ressource"):
        assert mend("CAM007", {**lone, other: "*"})[0] == {**lone, other: "*"}


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("alow", "allow"),
        ("Allowed", "allow"),
        ("DENY", "deny"),
        ("拒绝", "deny"),
        ("all", "all"),
        ("maybe", "maybe"),
        ("$allow", "$allow"),
    ],
)
def test_an_effect_is_mended_where_one_is_meant(written: str, mended: str) -> None:
    assert mend("CAM010", say("cdb:A", effect=written))[0]["effect"] == mended


def test_a_capital_is_safe_to_mend_where_cos_takes_it() -> None:
    who = {"qcs": ["qcs::cam::uin/100012345678:uin/100087654321"]}
    bucket = say("cos:GetObject", COS + "a-1253653367/*", "Allow", principal=who)
    assert mend("CAM010", bucket, most=Safety.SAFE)[0]["effect"] == "allow"
    identity = say("cdb:A", effect="Allow")
    assert mend("CAM010", identity, most=Safety.NARROWING)[0]["effect"] == "Allow"


@pytest.mark.parametrize(
    ("code", "written", "mended"),
    [
        ("CAM102", "TRTC:Nonsense", "trtc:Nonsense"),
        ("CAM102", "trct:*", "trtc:*"),
        ("CAM102", "cbs:AttachDisks", "cvm:AttachDisks"),
        # All of a service is more than its namesake ever was.
        ("CAM102", "cbs:*", None),
        ("CAM102", "ec2:*", None),
        ("CAM102", "s3:ListBucket", None),
        ("CAM102", "trct:Nonsense", None),
        ("CAM103", "trtc:DismisRoom", "trtc:DismissRoom"),
        ("CAM103", "trtc:StartRoom", None),
        ("CAM104", "trtc:Desribe*Info", "trtc:Describe*Info"),
        ("CAM104", "trtc:Read*", None),
        ("CAM105", "name/trtc:dismissRoom", "name/trtc:DismissRoom"),
        ("CAM106", "trt*:DismissRoom", "trtc:DismissRoom"),
        ("CAM106", "trt*:Nonsense", None),
        ("CAM106", "c*:*", None),
        ("CAM107", "cdb:DescribeDBInstance?", "cdb:DescribeDBInstances"),
        ("CAM107", "cvm:Terminate.*", "cvm:Terminate*"),
        ("CAM107", "cos:Put%20Object", None),
        ("CAM107", "trtc:Describe??Info", None),
        ("CAM101", "cdb.DescribeDBInstances", "cdb:DescribeDBInstances"),
        ("CAM101", "nobody.Knows", None),
        ("CAM101", "cdb:DescribeDBInstances；", "cdb:DescribeDBInstances"),
        ("CAM101", "Name/cdb:A", "name/cdb:A"),
        ("CAM101", "cdb", None),
        ("CAM101", "cdb:A, cdb:B", ["cdb:A", "cdb:B"]),
    ],
)
def test_an_action_is_mended_where_one_is_meant(code, written, mended) -> None:
    assert mend_action(code, written) == (mended or written)


def test_several_actions_in_one_text_are_listed_in_order() -> None:
    made = mend("CAM101", say(["cdb:X", "cdb:A,cdb:B;cdb:C", "cdb:Y"]))
    assert made[0]["action"] == ["cdb:X", "cdb:A", "cdb:B", "cdb:C", "cdb:Y"]


@pytest.mark.parametrize(
    ("code", "written", "mended"),
    [
        ("CAM201", "QCS::trtc::uin/1:sdkappid/1400123456", "qcs::trtc::uin/1:sdkappid/1400123456"),
        ("CAM201", "qcs::cdb:ap-guangzhou:instanceId/cdb-a1b2c3d4", "qcs::cdb:ap-guangzhou::instanceId/cdb-a1b2c3d4"),
        ("CAM201", "qcs:trtc::uin/1:sdkappid/1400123456", "qcs::trtc::uin/1:sdkappid/1400123456"),
        ("CAM201", "qcs::nobody:uin/1:thing/2", None),
        ("CAM201", "qcs::trtc", None),
        ("CAM201", "sdkappid/1400123456", None),
        ("CAM203", "qcs:0:trtc::uin/1:sdkappid/1", "qcs::trtc::uin/1:sdkappid/1"),
        ("CAM203", "qcs:cvm:ap-guangzhou:uin/1:instance:ins-1", "qcs::cvm:ap-guangzhou:uin/1:instance/ins-1"),
        ("CAM203", "qcs:ap-guangzhou:cvm::uin/1:instance/ins-1", "qcs::cvm:ap-guangzhou:uin/1:instance/ins-1"),
        ("CAM203", "qcs:gz:cvm::uin/1:instance/ins-1", None),
        ("CAM203", "qcs:cvm:cdb::uin/1:instance/ins-1", None),
        ("CAM203", "qcs:team:cvm::uin/1:instance/ins-1", None),
        ("CAM204", "qcs::gz:cvm:uin/1:instance/ins-1", "qcs::cvm:gz:uin/1:instance/ins-1"),
        ("CAM204", "qcs::cbs:gz::volume/disk-1", "qcs::cvm:gz::volume/disk-1"),
        ("CAM204", "qcs::cbs:gz::whatever/1", None),
        ("CAM205", "qcs::cdb:AP-GUANGZHOU::instanceId/*", "qcs::cdb:ap-guangzhou::instanceId/*"),
        ("CAM205", "qcs::cdb:ap-beijing-3::instanceId/*", "qcs::cdb:ap-beijing::instanceId/*"),
        ("CAM205", "qcs::cdb:all::instanceId/*", "qcs::cdb:::instanceId/*"),
        ("CAM205", "qcs::cdb:null::instanceId/*", None),
        ("CAM205", "qcs::cdb:us-east-1::instanceId/*", None),
        ("CAM205", "qcs::cvm:uin/1::instance/ins-1", "qcs::cvm::uin/1:instance/ins-1"),
        ("CAM205", "qcs::cvm:uin/1:uin/2:instance/ins-1", None),
        ("CAM206", "qcs::cvm:gz::instance/*", "qcs::cvm:ap-guangzhou::instance/*"),
        ("CAM206", "qcs::cvm:cn-east::instance/*", None),
        ("CAM206", "qcs::cvm:jp::instance/*", None),
        ("CAM207", "qcs::trtc::100012345678:sdkappid/1", "qcs::trtc::uin/100012345678:sdkappid/1"),
        ("CAM207", "qcs::cos::1253653367:a-1253653367/*", "qcs::cos::uid/1253653367:a-1253653367/*"),
        ("CAM207", "qcs::trtc::1253653367:sdkappid/1", None),
        ("CAM207", "qcs::cos::100012345678:a-1253653367/*", None),
        ("CAM207", "qcs::cls::100012345678:topic/*", None),
        ("CAM207", "qcs::trtc::UIN/100012345678:sdkappid/1", "qcs::trtc::uin/100012345678:sdkappid/1"),
        ("CAM207", "qcs::trtc::uin:100012345678:sdkappid/1", "qcs::trtc::uin/100012345678:sdkappid/1"),
        ("CAM207", "qcs::cvm:gz:instance:ins-1", "qcs::cvm:gz::instance/ins-1"),
        ("CAM207", "qcs::cvm:gz:somebody:ins-1", None),
        ("CAM208", "qcs::trtc:uin/1::sdkappid/1", "qcs::trtc::uin/1:sdkappid/1"),
        ("CAM209", TRTC + "sdkAppid/1400123456", ROOM),
        ("CAM209", TRTC + "1400123456", ROOM),
        ("CAM209", TRTC + "lobby", None),
        ("CAM209", TRTC + "room/4711", None),
        ("CAM209", CDB.replace("Id/", "Id:") + "cdb-a1b2c3d4", CDB + "cdb-a1b2c3d4"),
        ("CAM209", "qcs::cvm:gz::instances/ins-1", None),
        ("CAM210", TRTC + "sdkappid/14OO123456", ROOM),
        ("CAM210", TRTC + "sdkappid:1400123456", ROOM),
        ("CAM210", TRTC + "sdkappid//1400123456", ROOM),
        ("CAM210", TRTC + "sdkappid/1400123456/*", ROOM),
        # The whole application is more than a room of it.
        ("CAM210", TRTC + "sdkappid/1400123456/4711", None),
        ("CAM210", TRTC + "sdkappid/lobby", None),
        ("CAM210", TRTC + "sdkappid/17OO123456", None),
        ("CAM212", CDB + "CDB-A1B2C3D4", CDB + "cdb-a1b2c3d4"),
        ("CAM212", CDB + "cdb_a1b2c3d4", CDB + "cdb-a1b2c3d4"),
        ("CAM212", CDB + "cdb-a1b2c3d4/", CDB + "cdb-a1b2c3d4"),
        ("CAM212", CDB + "cdb-a1b2c3d4/database/orders", None),
        ("CAM212", CDB + "a1b2c3d4", None),
        ("CAM215", TRTC + "room/$uin", TRTC + "room/${uin}"),
        ("CAM215", "qcs::cmqqueue:::queueName/${acs:SourceIp}", None),
        ("CAM215", COS + "team-1253653367/${aws:username}/*", None),
        ("CAM217", COS + "photos-1253653376/*", None),
        ("CAM220", COS + "prefix//1253653367/photos/a/*", COS + "photos-1253653367/a/*"),
        ("CAM220", COS + "prefix//1253653367/photos*/a", None),
        ("CAM220", COS + "prefix//1253653367/*/a", None),
        ("CAM220", COS + "prefix//1251111111/photos/*", None),
    ],
)  # fmt: skip
def test_a_resource_is_mended_where_one_is_meant(code, written, mended) -> None:
    assert mend_resource(code, written) == (mended or written)


def test_an_sdkappid_is_not_guessed_from_those_that_exist() -> None:
    mine = Settings(sdkappids=("1400123456",))
    for written in ("sdkappid/1400123457", "sdkappid/14OO123457"):
        assert mend_resource("CAM210", TRTC + written, settings=mine) == TRTC + written
    assert mend_resource("CAM210", TRTC + "sdkappid/14OO123456", settings=mine) == ROOM


def test_a_wildcard_segment_is_emptied_as_far_as_is_allowed() -> None:
    written = "qcs::cdb:*:*:instanceId/*"
    made = [mend_resource("CAM219", written, most=most) for most in Safety]
    assert made == ["qcs::cdb::*:instanceId/*", *2 * ["qcs::cdb:::instanceId/*"]]
    unknown = "qcs::cdb::uin/*:instanceId/*"
    assert mend_resource("CAM219", unknown, most=Safety.NARROWING) == unknown
    partial = "qcs::cdb:ap-*::instanceId/*"
    assert mend_resource("CAM219", partial) == partial


def test_all_repetitions_go_but_one_of_each_stays() -> None:
    many = ["cdb:A", "cdb:B", "name/cdb:A"] * 40
    assert mend("CAM109", say(many), most=Safety.SAFE)[0]["action"] == ["cdb:A", "cdb:B"]
    resources = [CDB + "cdb-a1b2c3d4", CDB + "*"] * 30
    assert mend("CAM216", say("cdb:A", resources), most=Safety.SAFE)[0]["resource"] == [CDB + "*"]


def test_resources_that_wait_to_be_filled_in_are_no_repetition() -> None:
    two = [CDB + "<id>", CDB + "<id>"]
    assert mend("CAM216", say("cdb:A", two))[0]["resource"] == two


def test_objects_are_added_beside_a_bucket_or_put_in_its_place() -> None:
    bucket, objects = COS + "photos-1253653367/", COS + "photos-1253653367/*"
    both, alone = ["cos:HeadBucket", "cos:GetObject"], ["cos:GetObject"]
    assert mend("CAM222", say(both, bucket))[0]["resource"] == [bucket, objects]
    assert mend("CAM222", say(both, [bucket, "qcs::cos:::b-1/"]))[0]["resource"][:2] == [
        bucket,
        objects,
    ]
    assert mend("CAM222", say(alone, bucket))[0]["resource"] == objects


def test_of_statements_that_say_the_same_one_stays() -> None:
    same = [say("cdb:A"), say(["cdb:A"]), say("name/cdb:A", ["*"])]
    assert mend("CAM503", *same, most=Safety.SAFE) == same[:1]
    assert mend("", *same, most=Safety.SAFE) == same[:1]


def test_no_statement_goes_while_something_beside_it_is_unread() -> None:
    listed = [say("cdb:*", conditon=OFFICE), say("cdb:A")]
    assert mend("CAM503", *listed) == listed


class TestVoidGrants:
    """``trtc:CreateCloudSliceTask`` is operation-level, ``trtc:RemoveUser`` isn't."""

    VOID, OTHER, LIVE = "trtc:CreateCloudSliceTask", "trtc:StopCloudSliceTask", "trtc:RemoveUser"

    def test_moves_into_one_statement_with_the_same_condition(self) -> None:
        dead = ["cam:AttachUserPolicy", "cam:AttachGroupPolicy"]
        user = "qcs::cam::uin/100012345678:uin/100087654321"
        listed = say([*dead, "cam:UpdateUser"], [user], condition=OFFICE, sid="a")
        made = mend("CAM505", listed, say("cdb:A"))
        assert made == [
            say(["cam:UpdateUser"], [user], condition=OFFICE, sid="a"),
            say(dead, ["*"], condition=OFFICE),
            say("cdb:A"),
        ]

    @pytest.mark.parametrize(
        "behind",
        [
            say(["cdb:A"], "*", condition=OFFICE),
            say(["cdb:A"], "*", "deny"),
            say("cdb:A", "*"),
            say(["cdb:A"], CDB + "*"),
            say(["cdb:A"], "*", note="odd"),
        ],
    )
    def test_joins_no_statement_that_says_something_else(self, behind) -> None:
        made = mend("CAM505", say([self.VOID, self.LIVE], ROOM), behind)
        assert made == [say([self.LIVE], ROOM), say([self.VOID], "*"), behind]

    def test_joins_the_statement_behind_that_is_like_it(self) -> None:
        made = mend("CAM505", say([self.VOID, self.LIVE], ROOM), say(["cdb:A"], "*"))
        assert made == [say([self.LIVE], ROOM), say(["cdb:A", self.VOID], "*")]

    def test_is_only_removed_where_another_statement_grants_it(self) -> None:
        grantor = say("trtc:*", "*")
        made = mend("CAM505", say([self.VOID, self.LIVE], ROOM), grantor)
        assert made == [say([self.LIVE], ROOM), grantor]

    def test_takes_its_statement_along_but_never_the_last_one(self) -> None:
        lone = [say(self.VOID, ROOM), say([self.VOID], [ROOM])]
        assert mend("CAM505", *lone, most=Safety.SAFE) == lone[1:]
        assert mend("CAM505", lone[0], most=Safety.SAFE) == lone[:1]
        assert mend("CAM505", lone[0]) == [say(self.VOID, "*")]

    def test_leaves_no_list_empty(self) -> None:
        dead = say([self.VOID, self.VOID, "name/" + self.VOID], ROOM)
        for code in ("CAM505", ""):
            assert mend(code, dead, say("cdb:A"), most=Safety.SAFE) == [say("cdb:A")]

    def test_a_pattern_is_taken_away_and_not_just_removed(self) -> None:
        user = "qcs::cam::uin/100012345678:uin/100087654321"
        listed = say(["cam:AttachGroup*", "cam:UpdateUser"], [user])
        assert mend("CAM505", listed, most=Safety.SAFE) == [listed]
        assert mend("CAM505", listed, most=Safety.NARROWING) == [say(["cam:UpdateUser"], [user])]

    def test_no_user_gets_everything_by_a_bucket_policy(self) -> None:
        who = {"qcs": ["qcs::cam::uin/100012345678:uin/100087654321"]}
        actions, where = ["cos:CreateJob", "cos:GetObject"], [COS + "a-1253653367/*"]
        made = mend("CAM505", say(actions, where, principal=who), kind=Kind.BUCKET)
        assert made == [say(actions[1:], where, principal=who)]


def test_everything_is_limited_to_the_one_resource_that_is_known() -> None:
    mine = Settings(accounts=("100012345678",), sdkappids=("1400123456",))
    lone = say(["trtc:DismissRoom"], "*")
    narrowed = say(["trtc:DismissRoom"], ROOM)
    assert mend("CAM603", lone, settings=mine, most=Safety.NARROWING) == [narrowed]
    assert mend("CAM603", lone, settings=mine, most=Safety.SAFE) == [lone]
    assert mend("CAM603", lone) == [lone]
    beside = say(["trtc:DismissRoom"], ["*", ROOM])
    assert mend("CAM603", beside) == [say(["trtc:DismissRoom"], [ROOM])]
    # Of two applications either may be meant.
    two = [lone, say("trtc:RemoveUser", [ROOM, TRTC + "sdkappid/1400654321"])]
    assert mend("CAM603", *two) == two
    mixed = say(["trtc:DismissRoom", "cdb:CreateDBInstance"], "*")
    assert mend("CAM603", mixed, settings=mine) == [mixed]


def compare(text: str, fixed: str, settings: Settings) -> Meaning:
    old, new = (read_policy(json.loads(one), Kind.IDENTITY) for one in (text, fixed))
    return compare_meaning(old, new, settings, Catalog())


@pytest.mark.parametrize(
    ("code", "statement"),
    [
        ("CAM109", say(["cdb:Describe*", "cdb:DescribeBackups", "cdb:A", "name/cdb:A"])),
        ("CAM206", say("cvm:*", ["qcs::cvm:gz::instance/*", "qcs::cvm:sh::instance/*"])),
        ("CAM216", say("cdb:*", [CDB + "*", CDB + "cdb-a1b2c3d4"])),
        ("CAM219", say("cdb:*", ["qcs::cdb:*::instanceId/*", "qcs::*::uin/1:instanceId/*"])),
        ("CAM505", say(["trtc:CreateCloudSliceTask", "trtc:RemoveUser"], [ROOM])),
    ],
)
def test_safe_fixes_are_proved_to_change_nothing(code: str, statement: dict[str, object]) -> None:
    text = json.dumps({"version": "2.0", "statement": [statement]})
    engine = Engine(REGISTRY, Selection((code,)), NOTHING_STATED, edits=True)
    fixed = fix_text(Source("policy.json", text), engine, Safety.SAFE)
    assert fixed.made
    assert compare(text, fixed.text, NOTHING_STATED).equal


def test_narrowing_fixes_are_proved_to_grant_nothing() -> None:
    listed = [say("cdb:*", "qcs::cdb:*:*:instanceId/*"), say(["trtc:DismissRoom"], ["*", ROOM])]
    text = json.dumps({"version": "2.0", "statement": listed})
    engine = Engine(REGISTRY, Selection(("CAM219", "CAM603")), NOTHING_STATED, edits=True)
    fixed = fix_text(Source("policy.json", text), engine, Safety.NARROWING)
    assert len(fixed.made) == 2
    meaning = compare(text, fixed.text, NOTHING_STATED)
    assert meaning.narrower is Answer.YES
    assert meaning.wider is not Answer.YES
