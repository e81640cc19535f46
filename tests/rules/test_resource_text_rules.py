"""What the rules about placeholders, variables, accounts and wildcards in resources say."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.engine import Engine
from camlint.findings import Diagnostic
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import Settings
from camlint.source import Source

REGISTRY = load_registry()
MINE = ("CAM214", "CAM215", "CAM217", "CAM218", "CAM219", "CAM220", "CAM222", "CAM223", "CAM224")
COS = "qcs::cos:ap-guangzhou:uid/1253653367:"
TRTC = "qcs::trtc::uin/100012345678:sdkappid/1400123456"


def lint(
    resource: object,
    *,
    action: object = "trtc:RemoveUser",
    select: tuple[str, ...] = MINE,
    settings: Settings | None = None,
    strict: bool = True,
    **elements: object,
) -> list[Diagnostic]:
    """What these rules say of a policy with one allow."""
    statement = {"effect": "allow", "action": action, "resource": resource, **elements}
    text = json.dumps({"version": "2.0", "statement": [statement]}, ensure_ascii=False)
    selection = Selection(select or None, strict=strict)
    return list(
        Engine(REGISTRY, selection, settings or Settings())
        .lint(Source("policy.json", text))
        .diagnostics
    )


def told(*arguments: object, **options: object) -> list[tuple[str, str]]:
    """The codes with the characters that they mark."""
    return [(one.code, one.offending) for one in lint(*arguments, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("resource", "marked"),
    [
        ("qcs::trtc::uin/<UIN>:sdkappid/1400123456", "<UIN>"),
        ("qcs::trtc::uin/<主账号UIN>:sdkappid/1400123456", "<主账号UIN>"),
        ("qcs::trtc::uin/{ownerUin}:sdkappid/1400123456", "{ownerUin}"),
        ("qcs::trtc::uin/ownerUin:sdkappid/1400123456", "ownerUin"),
        ("qcs::trtc::uin/your_uin:sdkappid/1400123456", "your_uin"),
        ("qcs::trtc::uin/:sdkappid/1400123456", "uin/"),
        ("qcs::cos::uid/:b-1253653367/*", "uid/"),
        ("qcs::trtc::uin/${OwnerUin}:sdkappid/1400123456", "${OwnerUin}"),
        ("qcs::trtc::uin-xxx:sdkappid/1400123456", "uin-xxx"),
        ("qcs::trtc::103xxx1481:sdkappid/1400123456", "103xxx1481"),
        ("qcs::trtc::uin/100****9:sdkappid/1400123456", "100****9"),
        ("qcs::cdb:ap-guangzhou::instanceId/cdb-…", "cdb-…"),
        ("qcs::cdb:ap-guangzhou::instanceId/cdb-yyy", "cdb-yyy"),
        ("qcs::cdb:ap-guangzhou::instanceId/{{ instance }}", "{{ instance }}"),
        ("qcs::cdb:ap-guangzhou::instanceId/$(instance)", "$(instance)"),
        ("qcs::${service}:::*", "${service}"),
        ("<resource>", '"<resource>"'),
    ],
)
def test_what_is_surely_a_placeholder(resource: str, marked: str) -> None:
    (one,) = lint(resource)
    assert (one.code, one.severity.value) == ("CAM214", "warning")
    assert one.offending == marked.strip('"')


@pytest.mark.parametrize(
    "resource",
    [
        TRTC,
        "*",
        "qcs::trtc:::sdkappid/*",
        "qcs::cmqqueue:::queueName/uin/${uin}/*",
        f"{COS}photos-1253653367/fizzzz/yyyymm/*",
        f"{COS}photos-1253653367/12345678.txt",
        "qcs::cam::uin/100012345678:root",
        "qcs::cvm:ap-guangzhou::instance/ins-0xx1yy2z",
    ],
)
def test_what_may_be_meant_stays_silent(resource: str) -> None:
    assert told(resource) == []


def test_all_placeholders_of_a_text_are_one_finding() -> None:
    (one,) = lint("qcs::trtc::uin/${uin}:sdkappid/${SdkAppId}")
    assert one.message.startswith('"${uin}" and "${SdkAppId}" are still placeholders')
    assert [related.label for related in one.related] == ["and this"]


@pytest.mark.parametrize(
    ("elements", "marked"),
    [
        ({"action": ["name/cas:<ActionName>"]}, "<ActionName>"),
        ({"effect": "${effect}"}, "${effect}"),
        ({"principal": {"qcs": ["qcs::cam::uin/<Root>:uin/<Sub>"]}}, "<Root>"),
        ({"condition": {"<Operator>": {"qcs:ip": "10.0.0.1"}}}, "<Operator>"),
        ({"condition": {"string_equal": {"<Key>": "a", "<Other>": "b"}}}, "<Key>"),
        ({"condition": {"ip_equal": {"qcs:ip": ["101.226.***.185"]}}}, "101.226.***.185"),
    ],
)
def test_placeholders_are_found_in_every_element(elements: dict[str, object], marked: str) -> None:
    found = lint("*", **elements)  # type: ignore[arg-type]
    assert {one.code for one in found} == {"CAM214"}
    assert found[0].offending.strip('"') == marked


@pytest.mark.parametrize(
    ("resource", "elements"),
    [
        ("*", {"action": ["name/cas:<ActionName>"]}),
        ("*", {"effect": "<effect>"}),
        ("qcs::cdb:<region>:uin/<uin>:instanceId/cdb-xxxxxxxx", {"action": "cdb:StopDBImportJob"}),
        ("<resource>", {}),
    ],
)
def test_a_placeholder_speaks_for_the_malformed_text(
    resource: str, elements: dict[str, object]
) -> None:
    found = lint(resource, select=("CAM0", "CAM1", "CAM2"), **elements)  # type: ignore[arg-type]
    assert {one.code for one in found} == {"CAM214"}


def test_a_foreign_name_is_left_to_its_own_rule() -> None:
    assert told("arn:aws:s3:::b/${aws:username}/*", select=("CAM2",)) == [
        ("CAM202", '"arn:aws:s3:::b/${aws:username}/*"')
    ]


@pytest.mark.parametrize(
    ("resource", "number"),
    [
        ("qcs::trtc::uin/12345678:sdkappid/1400123456", "12345678"),
        ("qcs::trtc::uin/100012345678:sdkappid/1400000000", "1400000000"),
        ("qcs::cos:ap-guangzhou:uid/1250000000:b-1250000000/*", "1250000000"),
        ("qcs::cos:ap-guangzhou::b-1250000000/*", "1250000000"),
    ],
)
def test_numbers_of_samples_are_a_note(resource: str, number: str) -> None:
    (one,) = lint(resource)
    assert (one.code, one.offending, one.severity.value) == ("CAM214", number, "note")


def test_a_number_of_samples_is_told_once_for_a_policy() -> None:
    (one,) = lint([f"qcs::trtc::uin/12345678:sdkappid/14000000{n}1" for n in range(5)])
    assert "used 5 times in this policy" in one.message
    assert len(one.related) == 3


def test_configured_numbers_are_the_judge_of_samples() -> None:
    sample = "qcs::trtc::uin/100000000001:sdkappid/1400000000"
    own = Settings(accounts=("100000000001",), sdkappids=("1400000000",))
    assert told(sample, settings=own, select=("CAM2",)) == []
    other = Settings(accounts=("100012345678",), sdkappids=("1400123456",))
    found = lint(sample, settings=other, select=("CAM2",))
    assert [(one.code, one.severity.value) for one in found] == [
        ("CAM218", "warning"),
        ("CAM210", "error"),
    ]


@pytest.mark.parametrize(
    ("written", "help"),
    [
        ("${aws:username}", "write ${uin}"),
        ("${aws:PrincipalAccount}", "write ${owner_uin}"),
        ("${acs:SourceIp}", "write the value itself"),
        ("${UIN}", "write ${uin}"),
        ("${ uin }", "write ${uin}"),
        ("{uin}", "write ${uin}"),
        ("$uin", "write ${uin}"),
        ("${uin", "write ${uin}"),
        ("${owner-uin}", "write ${owner_uin}"),
        ("${ownerUin}", "write ${owner_uin}"),
        ("${AppId}", "write ${app_id}"),
        ("${qcs:uin}", "write ${uin}"),
    ],
)
def test_variables_as_others_write_them(written: str, help: str) -> None:
    for found in (
        lint(f"qcs::cmqqueue:::queueName/uin/{written}/*"),
        lint("*", condition={"string_equal": {"qcs:create_uin": written}}),
    ):
        assert [(one.code, one.offending, one.help) for one in found] == [("CAM215", written, help)]
        assert found[0].severity.value == "error"


@pytest.mark.parametrize(
    ("resource", "elements", "severity"),
    [
        (f"{COS}b-1253653367/${{uin}}/*", {}, "error"),
        ("qcs::cos::uid/1253653367:prefix/${uin}/*", {}, "warning"),
        ("qcs::trtc::uin/${owner_uin}:sdkappid/1400123456", {}, "warning"),
        ("qcs::trtc:${uin}::sdkappid/1400123456", {}, "error"),
        ("*", {"action": "cos:${uin}"}, "error"),
        ("*", {"effect": "${uin}"}, "error"),
        ("*", {"principal": {"qcs": ["qcs::cam::uin/${owner_uin}:root"]}}, "error"),
    ],
)
def test_variables_where_cam_replaces_none(
    resource: str, elements: dict[str, object], severity: str
) -> None:
    (one,) = lint(resource, **elements)  # type: ignore[arg-type]
    assert (one.code, one.severity.value) == ("CAM215", severity)


def test_a_variable_may_name_the_bucket() -> None:
    assert told("qcs::cos::uid/1253653367:photos-${app_id}/*", action="cos:GetObject") == []


@pytest.mark.parametrize(
    ("account", "bucket", "marked"),
    [
        ("uid/1253653367", "photos-1253653376", "1253653376"),
        ("uid/1253653367", "photos-1253653376.cos.ap-guangzhou.myqcloud.com", "1253653376"),
        ("uid/1253653367", "cdc_cluster-a1_photos-1253653376", "1253653376"),
        ("uid/100012345678", "photos-1253653367", "100012345678"),
        ("uid/1250000000", "photos-1253653367", "1250000000"),
        ("uid/1253653367", "photos-1250000000", "1250000000"),
        ("uid/1253653367", "logs-2026", "2026"),
    ],
)
def test_the_bucket_of_another_account(account: str, bucket: str, marked: str) -> None:
    (one,) = lint(f"qcs::cos:ap-guangzhou:{account}:{bucket}/*", action="cos:GetObject")
    assert (one.code, one.offending, one.severity.value) == ("CAM217", marked, "error")


@pytest.mark.parametrize(
    "resource",
    [
        f"{COS}photos-1253653367/*",
        f"{COS}prefix//1253653367/photos/*",
        f"{COS}photos/*",
        "qcs::cos:ap-guangzhou:uin/100012345678:photos-1253653367/*",
        "qcs::cdcs::uid/1253653367:coffer-1253653376/*",
        f"{COS}photos-${{app_id}}/*",
    ],
)
def test_buckets_that_may_be_right(resource: str) -> None:
    assert told(resource, select=("CAM217",)) == []


def test_the_account_that_most_resources_name_is_the_right_one() -> None:
    found = lint(
        [
            "qcs::trtc::uin/100012345687:sdkappid/1400123456",
            "qcs::trtc::uin/100012345678:sdkappid/1400123457",
            "qcs::im::uin/100012345678:sdkappid/1400123458",
        ]
    )
    assert [(one.code, one.offending) for one in found] == [("CAM218", "uin/100012345687")]
    assert "correct it to uin/100012345678" in found[0].help


def test_shared_services_and_samples_are_no_second_account() -> None:
    shared = [f"qcs::cos::uid/{appid}:b-{appid}/*" for appid in ("1253653367", "1301234567")]
    assert told(shared, action="cos:GetObject", select=("CAM218",)) == []
    assert told([TRTC, TRTC.replace("100012345678", "12345678")], select=("CAM218",)) == []


def test_configured_accounts_count_for_roles_and_buckets_too() -> None:
    own = Settings(accounts=("100012345678",))
    role = "qcs::cam::uin/100087654321:roleName/deploy"
    assert told(role, action="sts:AssumeRole") == []
    assert told(role, action="sts:AssumeRole", settings=own) == [("CAM218", "uin/100087654321")]
    shared = [f"qcs::cos::uid/{appid}:b-{appid}/*" for appid in ("1253653367", "1301234567")]
    assert told(shared, action="cos:GetObject", settings=own) == [("CAM218", "uid/1301234567")]
    two = Settings(accounts=("100012345678", "100087654321"))
    assert told(shared, action="cos:GetObject", settings=two) == []


@pytest.mark.parametrize(
    ("resource", "marked", "help"),
    [
        ("qcs::cdb:*::instanceId/*", "*", "write qcs::cdb:::instanceId/*, for every region"),
        ("qcs::cdb:*:*:instanceId/*", "*:*", "for every region and your own account"),
        ("qcs::*::uin/1:instanceId/*", "*", "write qcs:::::instanceId/*"[:11]),
        ("qcs::cdb::uin/*:instanceId/*", "uin/*", "for your own account"),
        ("qcs::cdb:ap-*::instanceId/*", "ap-*", "write one resource for each region"),
        ("qcs::cdb::uin/1000*:instanceId/*", "uin/1000*", "write one resource for each account"),
    ],
)
def test_wildcards_where_nothing_is_enough(resource: str, marked: str, help: str) -> None:
    (one,) = lint(resource, select=("CAM219",))
    assert (one.offending, one.severity.value) == (marked, "note")
    assert help in one.help


def test_what_is_everything_or_masked_is_not_a_wildcard_segment() -> None:
    for resource in ("*", "qcs::*:*:*:*", "qcs::cdb::uin/1000***78:instanceId/*"):
        assert told(resource, select=("CAM219",)) == []


@pytest.mark.parametrize(
    ("tail", "help"),
    [
        ("prefix//1253653367/photos/2026/*", "photos-1253653367/2026/*"),
        ("prefix//1253653367/photos/", "photos-1253653367/"),
        ("prefix//1253653367/photos-1253653367/a", "photos-1253653367/a"),
        ("prefix//1253653367/*", "*"),
        ("prefix//1253653367", "*"),
    ],
)
def test_the_older_form_of_a_cos_path(tail: str, help: str) -> None:
    (one,) = lint(COS + tail, select=("CAM220",))
    assert one.help == f"write {COS}{help}"


@pytest.mark.parametrize(
    ("action", "resources", "marked"),
    [
        ("cos:GetObject", ["b-1253653367"], "b-1253653367"),
        ("name/cos:PutObject", ["b-1253653367/"], "b-1253653367/"),
        ("cos:GetObject*", ["b-1253653367/", "c-1253653367/*"], "b-1253653367/"),
        ("cos:UploadPart", ["b-1253653367/"], "b-1253653367/"),
    ],
)
def test_a_bucket_has_no_objects_in_it(action: str, resources: list[str], marked: str) -> None:
    assert told([COS + one for one in resources], action=action) == [("CAM222", marked)]


@pytest.mark.parametrize(
    ("action", "resources"),
    [
        ("cos:GetObject", [f"{COS}b-1253653367/", f"{COS}b-1253653367/*"]),
        ("cos:GetObject", [f"{COS}b-1253653367/", f"{COS}b-1253653367/a.txt"]),
        ("cos:GetObject", [f"{COS}b-1253653367/", f"{COS}*"]),
        ("cos:GetObject", [f"{COS}b-1253653367/", "*"]),
        ("cos:GetBucketObjectVersions", [f"{COS}b-1253653367/"]),
        ("cos:ListMultipartUploads", [f"{COS}b-1253653367/"]),
        ("cos:*", [f"{COS}b-1253653367/"]),
        ("cdcs:GetObject", [f"{COS}b-1253653367/"]),
    ],
)
def test_where_objects_are_reached_or_not_meant(action: str, resources: list[str]) -> None:
    assert told(resources, action=action, select=("CAM222",)) == []


@pytest.mark.parametrize(
    ("resource", "marked", "severity"),
    [
        (f"{COS}photos*", "photos*", "warning"),
        (f"{COS}photos-*/a/*", "photos-*", "warning"),
        (f"{COS}*photos-1253653367/*", "*photos-1253653367", "warning"),
        (f"{COS}photos-1253653367*", "photos-1253653367*", "note"),
        (f"{COS}photos-1253653367/2026*", "2026*", "note"),
        ("qcs::cdb:ap-guangzhou::instanceId/cdb-a1*", "cdb-a1*", "warning"),
        ("qcs::cvm:ap-guangzhou::instance/ins-*f", "ins-*f", "warning"),
        ("qcs::vpc:ap-guangzhou::subnet/subnet-1*", "subnet-1*", "warning"),
        ("qcs::tcr:::instance/tcr-1a*/team/*", "tcr-1a*", "warning"),
    ],
)
def test_wildcards_that_end_inside_a_name(resource: str, marked: str, severity: str) -> None:
    (one,) = lint(resource, select=("CAM223",))
    assert (one.offending, one.severity.value) == (marked, severity)


@pytest.mark.parametrize(
    "resource",
    [
        f"{COS}*",
        f"{COS}*/a",
        f"{COS}*-1253653367/*",
        f"{COS}photos-1253653367/*",
        f"{COS}photos-1253653367/a/*",
        f"{COS}photos-1253653367/*.jpg",
        f"{COS}photos-1253653367/a*/b",
        "qcs::cvm:::instance/*",
        "qcs::cvm:::instance/ins-*",
        "qcs::trtc:::sdkappid/14001*",
        "qcs::cam:::roleName/dev-a*",
        "qcs::scf:::namespace/default/function/dev-*",
        "qcs::tcr:::instance/tcr-1a2b3c4d/*",
    ],
)
def test_wildcards_at_the_end_of_a_name(resource: str) -> None:
    assert told(resource, select=("CAM223",)) == []


def test_a_prefix_of_a_key_is_told_in_strict_mode_only() -> None:
    found = lint(f"{COS}photos-1253653367/2026*", select=(), strict=False)
    assert "CAM223" not in [one.code for one in found]


@pytest.mark.parametrize(
    ("resource", "fires"),
    [
        ("qcs::cmqqueue:::queueName/uin/${uin}", True),
        ("qcs::ocr:::subUin/${uin}", True),
        ("qcs::cmqqueue:::queueName/uin/${uin}/*", False),
        ("qcs::cmqqueue:::queueName/uin/${uin}*", False),
        ("qcs::cmqqueue:::queueName/uin/${name}", False),
        (f"{COS}b-1253653367/${{uin}}", False),
    ],
)
def test_a_variable_at_the_end(resource: str, fires: bool) -> None:
    assert told(resource, select=("CAM224",)) == ([("CAM224", "${uin}")] if fires else [])


@given(st.text(alphabet="qcs:*/ -_09axyzXin<>${}….一", max_size=60))
def test_no_text_breaks_the_rules_and_marks_lie_inside_it(tail: str) -> None:
    for resource in (f"qcs::cos:{tail}", f"{COS}{tail}", f"qcs::cdb:::instanceId/{tail}", tail):
        for one in lint(resource, action=[f"cos:{tail}"], condition={"string_equal": {"k": tail}}):
            assert one.message and one.help and one.label
            assert "\n" not in one.message
