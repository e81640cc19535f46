"""Policies as people write them, and what is said of them."""

import json
from collections.abc import Mapping

import pytest

from camlint.api import lint_text
from camlint.kinds import Kind
from camlint.selection import Selection

ONE, TWO = (f"qcs::trtc::uin/100012345678:sdkappid/140012345{last}" for last in "67")
ASKED = ("CAM5", "CAM216", "CAM601", "CAM602")


def say(*statements: Mapping[str, object], kind: Kind | None = None) -> list[tuple[str, str]]:
    """Code and message of all that is found, notes of the strict mode too."""
    text = json.dumps({"version": "2.0", "statement": list(statements)})
    result = lint_text(text, kind=kind, selection=Selection(ASKED, strict=True))
    return [(one.code, one.message) for one in result.diagnostics]


def codes(*statements: Mapping[str, object], kind: Kind | None = None) -> list[str]:
    return [code for code, _ in say(*statements, kind=kind)]


def allow(action, resource="*", **more) -> dict[str, object]:
    return {"effect": "allow", "action": action, "resource": resource, **more}


def deny(action, resource="*", **more) -> dict[str, object]:
    return {"effect": "deny", "action": action, "resource": resource, **more}


def test_one_operation_refused_on_one_of_two_applications() -> None:
    assert codes(allow(["trtc:*"], [ONE, TWO]), deny(["trtc:RemoveUser"], [TWO])) == []


def test_a_deny_of_everything_leaves_nothing() -> None:
    found = say(allow(["trtc:*"], [ONE, TWO]), deny(["*"], ["*"]))
    assert [code for code, _ in found] == ["CAM508", "CAM501"]
    assert "the deny of statement 2 refuses everything" in found[1][1]


def test_two_denies_that_leave_nothing_together() -> None:
    found = dict(
        say(
            allow(["trtc:RemoveUser", "trtc:DismissRoom"], [ONE, TWO]),
            deny("trtc:*", ONE),
            deny("cdb:*"),
            deny("trtc:*", TWO),
        )
    )
    assert "the denies of statements 2 and 4 refuse everything" in found["CAM501"]


def test_two_denies_that_leave_something_together() -> None:
    halves = (deny("trtc:Remove*", ONE), deny("trtc:*", TWO))
    assert "CAM501" not in codes(
        allow(["trtc:RemoveUser", "trtc:DismissRoom"], [ONE, TWO]), *halves
    )


def test_one_deny_is_named_where_it_does_alone() -> None:
    found = dict(say(allow(["cos:GetObject", "cos:PutObject"]), deny("cos:Get*"), deny("cos:*")))
    assert "the deny of statement 3 refuses everything" in found["CAM501"]


def test_a_dead_allow_is_not_also_too_broad() -> None:
    assert codes(allow("*"), deny("*")) == ["CAM508", "CAM501"]


def test_a_deny_of_identities_makes_an_administrator_a_wildcard() -> None:
    assert codes(allow("*"), deny("cam:*")) == ["CAM602"]
    assert codes(allow("*"), deny("*", "qcs::cam:::*")) == ["CAM602"]
    assert codes(allow("*"), deny("cam:*", condition={"bool_equal": {"k": "true"}})) == ["CAM601"]


def test_a_deny_of_less_leaves_an_administrator() -> None:
    for less in (
        deny("finance:*"),
        deny(["cam:AttachUserPolicy", "cam:Create*"]),
        deny("cam:*", "qcs::cam::uin/100012345678:uin/100012345679"),
        deny("*", "qcs::cos:::*"),
    ):
        assert codes(allow("*"), less) == ["CAM601"]


def test_two_statements_make_one_administrator_each() -> None:
    assert codes(allow("*"), allow("*:*"), deny("finance:*")) == ["CAM601", "CAM601"]


def test_an_operation_level_action_on_one_application_grants_nothing() -> None:
    found = say(allow(["trtc:CreateCloudSliceTask"], [ONE]))
    assert [code for code, _ in found] == ["CAM508", "CAM505"]
    assert 'matches trtc:CreateCloudSliceTask against "*" only' in found[0][1]
    assert codes(allow(["trtc:CreateCloudSliceTask", "trtc:RemoveUser"], [ONE])) == ["CAM505"]
    assert codes(allow(["trtc:CreateCloudSliceTask"], ["qcs::trtc:::*"])) == []


def test_an_operation_level_action_is_not_refused_by_a_deny_of_resources() -> None:
    assert codes(allow(["cdb:AddTimeWindow"]), deny("cdb:*", "qcs::cdb:::instanceId/*")) == []
    assert "CAM501" in codes(allow(["cdb:AddTimeWindow"]), deny("cdb:*"))


def test_what_remains_of_an_allow_is_said() -> None:
    text = json.dumps(
        {"version": "2.0", "statement": [allow("trtc:*", [ONE, TWO]), deny("trtc:*", TWO)]}
    )
    (found,) = lint_text(text, selection=Selection(("CAM502",))).diagnostics
    assert found.message.endswith(
        "is listed to no effect: the deny of statement 2 refuses it whole"
    )
    assert found.note == f"what remains of this allow: trtc:* on {ONE}"


def test_of_equal_statements_the_later_is_redundant() -> None:
    found = say(allow(["trtc:RemoveUser"], [ONE]), allow(["name/trtc:RemoveUser"], ONE))
    assert found == [
        ("CAM503", "this allow of name/trtc:RemoveUser adds nothing: statement 1 already allows it")
    ]


def test_a_deny_of_another_application_meets_no_allow() -> None:
    ((code, message),) = say(allow("trtc:*", ONE), deny("trtc:RemoveUser", TWO))
    assert code == "CAM504"
    assert "other resources" in message
    ((code, message),) = say(allow("trtc:*", ONE), deny("cdb:*", "*"))
    assert code == "CAM504"
    assert "no allow has any of these actions" in message


def test_bucket_policies_are_read_by_whom_they_speak_of() -> None:
    bucket = {
        "action": "cos:GetObject",
        "resource": "qcs::cos:ap-guangzhou:uid/1253653367:b-1253653367/*",
    }
    ann = {"qcs": ["qcs::cam::uin/100012345678:uin/100012345679"]}
    anyone = {"qcs": ["qcs::cam::anyone:anyone"]}
    named = {"effect": "allow", "principal": ann, **bucket}
    assert codes(named, {"effect": "deny", "principal": anyone, **bucket}, kind=Kind.BUCKET) == []
    assert codes(named, {"effect": "deny", "principal": ann, **bucket}, kind=Kind.BUCKET) == [
        "CAM501"
    ]


@pytest.mark.parametrize("both", [True, False])
def test_a_bucket_and_what_is_in_it_may_both_be_listed(both: bool) -> None:
    inside = "qcs::cos:ap-guangzhou:uid/1253653367:b-1253653367/"
    listed = [inside + "*", inside if both else inside + "a"]
    assert codes(allow("cos:GetObject", listed)) == ([] if both else ["CAM216"])
