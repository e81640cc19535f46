"""What the rules about resources say beyond their own examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.kinds import Kind
from camlint.policy.malformed import Malformed
from camlint.policy.read import read_policy
from camlint.rule import Confidence, Context, Finding, ResourcePattern, Rule, Settings, Severity
from camlint_rules.resource import (
    foreign_resource_name,
    invalid_account,
    invalid_sdkappid,
    malformed_resource,
    partial_sdkappid,
    project_segment,
    region_not_used,
)

TRTC = "qcs::trtc::uin/100000000001:"
MINE = Settings(sdkappids=("1400000101", "1400000202", "1720000123"))


def findings(rule: Rule, resource: str, settings: Settings | None = None) -> list[Finding]:
    """What a rule says of one resource of an allow."""
    policy = read_policy(
        {
            "version": "2.0",
            "statement": [{"effect": "allow", "action": "trtc:RemoveUser", "resource": resource}],
        },
        Kind.IDENTITY,
    )
    context = Context(settings=settings or Settings())
    values: list[Malformed] | list[ResourcePattern]
    if rule.visits == "Malformed":
        values = list(policy.malformed)
    else:
        values = list(policy.statements[0].resources)
    return [finding for value in values for finding in rule.check(value, context)]


def only(rule: Rule, resource: str, settings: Settings | None = None) -> tuple[Finding, str]:
    """The one finding about a resource, and the characters that it marks."""
    (finding,) = findings(rule, resource, settings)
    return finding, resource[finding.at.start : finding.at.end]


SDKAPPID = invalid_sdkappid.check


@pytest.mark.parametrize(
    ("written", "marked", "said", "help"),
    [
        ("14000000O1", "O", 'the letter "O"', "write 1400000001"),
        ("14OO0000l1", "14OO0000l1", 'the letters "OO"', "write 1400000011"),
        ("1400 000001", " ", "a blank", "write 1400000001"),
        (" 1400000001", " ", "a blank", "write 1400000001"),
        ("1 400 000 001", "1 400 000 001", "a blank", "write 1400000001"),
        ("１４０００００００１", "１４０００００００１", "ASCII digits", "write 1400000001"),
        ("-1400000001", "-", "a sign", "write 1400000001"),
        ("+1400000001", "+", "a sign", "write 1400000001"),
        ("1400000001.0", ".", 'the character "."', invalid_sdkappid.CONSOLE),
        ("1400000?", "?", 'the character "?"', invalid_sdkappid.CONSOLE),
        ("1400000001\ue000", "\ue000", "U+E000", invalid_sdkappid.CONSOLE),
        ("1400000001,1400000002", "1400000001,1400000002", "several SDKAppIDs", "one resource"),
        ("video-prod", "video-prod", "which is a number", "name can't be used"),
        ("01400000001", "01400000001", "begins with a zero", "write 1400000001"),
        ("0", "0", "begins with a zero", invalid_sdkappid.CONSOLE),
        ("1400000001/", "/", "ends with the id", "write sdkappid/1400000001"),
        ("1400000001/*", "/*", "ends with the id", "write sdkappid/1400000001"),
        ("/1400000001", "/", "two slashes", "write sdkappid/1400000001"),
    ],
)
def test_what_is_wrong_with_an_sdkappid(written: str, marked: str, said: str, help: str) -> None:
    finding, characters = only(SDKAPPID, f"{TRTC}sdkappid/{written}")
    assert characters == marked
    assert said in finding.message
    assert help in finding.help
    assert finding.severity is None


@pytest.mark.parametrize("tail", ["sdkappid/", "sdkappid", "SdkAppId/"])
def test_a_missing_sdkappid_is_marked_with_its_type(tail: str) -> None:
    finding, characters = only(SDKAPPID, TRTC + tail)
    assert characters == tail
    assert "lacks the SDKAppID" in finding.message


@pytest.mark.parametrize(
    "joined", ["sdkappid:1400000001", "sdkappid=1400000001", "sdkappid1400000001"]
)
def test_a_missing_slash_is_found_where_sdkappid_is_the_only_type(joined: str) -> None:
    finding, characters = only(SDKAPPID, TRTC + joined)
    assert characters == joined
    assert finding.help == "write sdkappid/1400000001"
    assert findings(SDKAPPID, f"qcs::cvm::uin/100000000001:{joined}") == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1253653367", "looks like the APPID"),
        ("1301234567", "looks like the APPID"),
        ("100012345678", "looks like the UIN"),
        ("100000000001", "is the number of the account again"),
        ("140000001", "has 9 digits where others that begin with 14 have ten"),
        ("16000000011", "has 11 digits"),
        ("200012345", "has 9 digits where others that begin with 20 have eight"),
        ("42", "has 2 digits where others have 8 to 10"),
        ("1720000123", "is unlike any that was seen"),
    ],
)
def test_an_unusual_number_is_only_a_warning(written: str, said: str) -> None:
    finding, characters = only(SDKAPPID, f"{TRTC}sdkappid/{written}")
    assert characters == written
    assert said in finding.message
    assert (finding.severity, finding.confidence) == (Severity.WARNING, Confidence.MEDIUM)
    assert "no official format" in finding.note


@pytest.mark.parametrize(
    "written",
    [
        *("*", "14000*", "${sdkappid}", "${uin}", "<SDKAppID>", "$sdkappid", "{sdkappid}", "xxx"),
        *("1400000xxx", "14000***01", "1400000001/${room}", "your_sdkappid"),
        *("1400000000", "1400000001", "1600012345", "20001234", "12345678"),
    ],
)
def test_ids_that_may_be_right_stay_silent(written: str) -> None:
    assert findings(SDKAPPID, f"{TRTC}sdkappid/{written}") == []


def test_the_type_counts_in_any_case_and_any_service() -> None:
    for service in ("trtc", "im", "tiw", "lcic", ""):
        (finding,) = findings(SDKAPPID, f"qcs::{service}::uin/100000000001:SDKAppID/12ab")
        assert '"ab"' in finding.message


def test_a_path_after_the_id_is_free_where_types_are_not_known_completely() -> None:
    assert findings(SDKAPPID, "qcs::lcic::uin/100000000001:sdkappid/1400000001/room/1") == []


@pytest.mark.parametrize(
    ("written", "label", "help"),
    [
        ("1400000110", "did you mean 1400000101?", "write 1400000101"),
        ("1400000220", "did you mean 1400000202?", "write 1400000202"),
        ("172000123", "did you mean 1720000123?", "write 1720000123"),
        ("1699999999", "not in sdkappids", "add it to sdkappids"),
        ("1400000000", "did you mean 1400000101?", "write 1400000101"),
    ],
)
def test_an_id_outside_the_configured_ones_is_an_error(written: str, label: str, help: str) -> None:
    finding, characters = only(SDKAPPID, f"{TRTC}sdkappid/{written}", MINE)
    assert (characters, finding.label) == (written, label)
    assert help in finding.help
    assert finding.severity is None
    assert "1400000101, 1400000202, 1720000123" in finding.note


def test_configured_ids_are_believed_whatever_they_look_like() -> None:
    for one in MINE.sdkappids:
        assert findings(SDKAPPID, f"{TRTC}sdkappid/{one}", MINE) == []


def test_a_slip_in_a_configured_id_is_repaired_to_a_configured_id() -> None:
    finding, _ = only(SDKAPPID, f"{TRTC}sdkappid/14000OO101", MINE)
    assert finding.help == "write 1400000101"
    finding, _ = only(SDKAPPID, f"{TRTC}sdkappid/1400000x02", MINE)
    assert finding.help == "did you mean 1400000202?"


@given(st.text(min_size=1, max_size=14))
def test_no_sdkappid_breaks_the_rules_and_marks_lie_inside_it(written: str) -> None:
    resource = f"{TRTC}sdkappid/{written}"
    for settings in (Settings(), MINE):
        found = findings(SDKAPPID, resource, settings)
        assert len(found) <= 1
        for finding in found:
            assert finding.at.start is not None
            assert finding.at.end is not None
            assert len(TRTC) <= finding.at.start < finding.at.end <= len(resource)
            assert finding.message and finding.help and finding.label
    both = findings(SDKAPPID, resource) and findings(partial_sdkappid.check, resource)
    assert not both


@given(st.from_regex(r"1[46][0-9]{8}|20[0-9]{6}", fullmatch=True).filter(str.isascii))
def test_every_number_of_an_observed_range_is_fine(number: str) -> None:
    assert findings(SDKAPPID, f"{TRTC}sdkappid/{number}") == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("14000*", "begins with 14000"),
        ("*01", "ends with 01"),
        ("14*01", "begins with 14 and ends with 01"),
        ("*4000*", 'contains "4000"'),
        ("1400000001*", "begins with 1400000001"),
        ("app*", "matches no application"),
    ],
)
def test_what_a_partial_sdkappid_takes_in(written: str, said: str) -> None:
    finding, characters = only(partial_sdkappid.check, f"{TRTC}sdkappid/{written}")
    assert characters == written
    assert said in finding.message


@pytest.mark.parametrize("written", ["*", "**", "1400000001", "14000***01", "${x}*", ""])
def test_whole_and_masked_sdkappids_are_not_partial(written: str) -> None:
    assert findings(partial_sdkappid.check, f"{TRTC}sdkappid/{written}") == []


def test_a_partial_sdkappid_tells_which_configured_ids_it_matches() -> None:
    finding, _ = only(partial_sdkappid.check, f"{TRTC}sdkappid/14*", MINE)
    assert finding.note == "of the 3 configured sdkappids it matches 2: 1400000101, 1400000202"
    finding, _ = only(partial_sdkappid.check, f"{TRTC}sdkappid/15*", MINE)
    assert finding.note == "of the 3 configured sdkappids it matches 0"


@pytest.mark.parametrize(
    ("resource", "marked", "help"),
    [
        (
            "qcs:id/0:trtc::uin/1:sdkappid/1400000001",
            "id/0",
            "qcs::trtc::uin/1:sdkappid/1400000001",
        ),
        (
            "qcs:cvm:ap-guangzhou:uin/1:instance:ins-1",
            "cvm",
            "qcs::cvm:ap-guangzhou:uin/1:instance/ins-1",
        ),
        ("qcs:ap-chongqing:vod::uid/1:a/b", "ap-chongqing", "qcs::vod:ap-chongqing:uid/1:a/b"),
        ("qcs:*:trtc:::sdkappid/*", "*", "qcs::trtc:::sdkappid/*"),
    ],
)
def test_the_project_is_dropped_and_slipped_segments_go_back(
    resource: str, marked: str, help: str
) -> None:
    finding, characters = only(project_segment.check, resource)
    assert characters == marked
    assert finding.help == f"write {help}"


@pytest.mark.parametrize(
    ("resource", "marked", "label", "help"),
    [
        ("qcs::trtc::12345678:sdkappid/1", "12345678", "uin/ is missing", "write uin/12345678"),
        (
            "qcs::cos::1253653367:b-1253653367/*",
            "1253653367",
            "uid/ is missing",
            "write uid/1253653367",
        ),
        (
            "qcs::trtc::1253653367:sdkappid/1",
            "1253653367",
            "uin/ is missing",
            "looks like an APPID",
        ),
        (
            "qcs::trtc::UIN/12345678:sdkappid/1",
            "UIN/12345678",
            "must be lower case",
            "write uin/12345678",
        ),
        (
            "qcs::trtc::uin-12345678:sdkappid/1",
            "uin-12345678",
            "not the form of an account",
            "write uin/12345678",
        ),
        (
            "qcs::trtc::uin12345678:sdkappid/1",
            "uin12345678",
            "not the form of an account",
            "write uin/12345678",
        ),
        ("qcs::trtc::uin/1234 5678:sdkappid/1", "uin/1234 5678", "blank", "write uin/12345678"),
        (
            "qcs::trtc::uin:12345678:sdkappid/1",
            "uin",
            "a slash belongs here",
            "write qcs::trtc::uin/12345678:sdkappid/1",
        ),
        ("qcs::trtc::ownerUin:sdkappid/1", "ownerUin", "no account", "qcs::trtc:::sdkappid/1"),
        ("qcs::im::uid/1253653367:sdkappid/1", "uid/1253653367", "an APPID", "uin/ and the UIN"),
    ],
)
def test_what_is_wrong_with_an_account(resource: str, marked: str, label: str, help: str) -> None:
    finding, characters = only(invalid_account.check, resource)
    assert (characters, finding.label) == (marked, label)
    assert help in finding.help
    assert finding.severity is None


def test_an_appid_is_only_doubtful_where_no_document_shows_the_owner() -> None:
    finding, characters = only(invalid_account.check, "qcs::cfs::uid/1250000000:*")
    assert characters == "uid/1250000000"
    assert (finding.severity, finding.confidence) == (Severity.WARNING, Confidence.MEDIUM)


@pytest.mark.parametrize(
    "account",
    [
        *("", "*", "uin/*", "uin/", "uid/", "uin/12345678", "uin/${uin}", "uin/<uin>", "$account"),
        *("uin-xxx", "100007***827", "uin/******", "uin/your_uid", "{ownerUin}", "16xxx472"),
    ],
)
def test_accounts_that_may_be_right_stay_silent(account: str) -> None:
    assert findings(invalid_account.check, f"qcs::trtc::{account}:sdkappid/1400000001") == []


@pytest.mark.parametrize("service", ["cos", "ci", "cas", "cls", "vod", ""])
def test_an_appid_is_fine_where_it_is_documented(service: str) -> None:
    assert findings(invalid_account.check, f"qcs::{service}::uid/1250000000:*") == []


def test_a_shifted_resource_is_left_to_the_rule_about_its_project() -> None:
    shifted = "qcs:cvm:ap-guangzhou:uin/1:instance:ins-1"
    assert findings(invalid_account.check, shifted) == []
    assert len(findings(project_segment.check, shifted)) == 1


@pytest.mark.parametrize("service", ["trtc", "im", "tiw", "cam", "TRTC"])
def test_services_without_regions(service: str) -> None:
    resource = f"qcs::{service}:ap-guangzhou:uin/1:roleName/x"
    finding, characters = only(region_not_used.check, resource)
    assert characters == "ap-guangzhou"
    assert finding.help == f"write qcs::{service}::uin/1:roleName/x"


@pytest.mark.parametrize(
    "resource",
    [
        "qcs::trtc::uin/1:sdkappid/1",
        "qcs::trtc:*:uin/1:sdkappid/1",
        "qcs::trtc:${region}:uin/1:sdkappid/1",
        "qcs::cdb:ap-guangzhou:uin/1:instanceId/cdb-a1b2c3d4",
        "qcs::cam:uin/1000::mfa/softToken",
        "*",
    ],
)
def test_regions_that_may_be_right_stay_silent(resource: str) -> None:
    assert findings(region_not_used.check, resource) == []


def test_an_account_in_the_region_segment_moves_on() -> None:
    finding, characters = only(region_not_used.check, "qcs::trtc:uin/1::sdkappid/1400000001")
    assert characters == "uin/1"
    assert finding.help == "write qcs::trtc::uin/1:sdkappid/1400000001"


@pytest.mark.parametrize(
    ("resource", "said", "help"),
    [
        ("qcs::cat:uin/1:TaskId/t-1", "five segments", "qcs::cat::uin/1:TaskId/t-1"),
        ("qcs::cat:uin/${uin}:TaskId/t-1", "five segments", "qcs::cat::uin/${uin}:TaskId/t-1"),
        ("qcs::cvm:ap-guangzhou:instance/*", "five segments", "qcs::cvm:ap-guangzhou::instance/*"),
        ("qcs::cvm:gz:instance/*", "five segments", "qcs::cvm:gz::instance/*"),
        ("qcs::trtc::sdkappid/1400000001", "five segments", "qcs::trtc:::sdkappid/1400000001"),
        ("qcs::cvm:instance:ins-1", "five segments", "qcs::cvm:::instance/ins-1"),
        ("qcs:clb:*:*:*/*", "five segments", "qcs::clb:*:*:*/*"),
        ("qcs:trtc:sdkappid/1400000001", "three segments", "qcs::trtc:::sdkappid/1400000001"),
        ("qcs::trtc:uin/1", "four segments", "qcs::trtc::uin/1:*"),
        ("qcs::cvm", "three segments", "qcs::cvm:::*"),
        ("qcs", "one segment ", malformed_resource.FORM),
        ("qcs::", "three segments", malformed_resource.FORM),
        ("QCS::cos:::b-1250000000/*", "begins with QCS", "qcs::cos:::b-1250000000/*"),
        ("gcs::cos:::b-1250000000/*", "doesn't begin with qcs", "qcs::cos:::b-1250000000/*"),
        ("::cos:::b-1250000000/*", "doesn't begin with qcs", "qcs::cos:::b-1250000000/*"),
        (
            "cos:ap-guangzhou:uid/1:b-1/*",
            "doesn't begin with qcs",
            "qcs::cos:ap-guangzhou:uid/1:b-1/*",
        ),
        ("q cs::cos:::b-1250000000/*", "a blank", "qcs::cos:::b-1250000000/*"),
        ("*,qcs::cos:::*,qcs::cvm:::*", "several resources", "each as a string of its own"),
        ("sdkappid/1400000001", "only the last part", "qcs::trtc::uin/<UIN>:sdkappid/1400000001"),
        ("cdb-a1b2c3d4", "only the last part", "qcs::cdb:<region>::instanceId/cdb-a1b2c3d4"),
        (
            "logs-1250000000/*",
            "only the last part",
            "qcs::cos:<region>:uid/1250000000:logs-1250000000/*",
        ),
        (
            "https://logs-1250000000.cos.ap-guangzhou.myqcloud.com/a/*",
            "an address of a COS bucket",
            "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/a/*",
        ),
        ("https://cloud.tencent.com/", "is an address", malformed_resource.FORM),
        ("*:*", 'another spelling of "*"', '"*"'),
        ("trtc:*", "is an action", "qcs::trtc:::*"),
        ("name/cos:GetObject", "is an action", "qcs::cos:::*"),
        ("all", "isn't six segments", malformed_resource.FORM),
    ],
)
def test_what_is_wrong_with_a_resource(resource: str, said: str, help: str) -> None:
    (finding,) = findings(malformed_resource.check, resource)
    assert said in finding.message
    assert finding.help.startswith(f"write {help}")


@pytest.mark.parametrize(
    "resource",
    ["${var.bucket}", "qcs::${local.service}:*", "<resource>", "{{ resource }}", "$resource", "%s"],
)
def test_a_resource_that_is_filled_in_later_stays_silent(resource: str) -> None:
    assert findings(malformed_resource.check, resource) == []


@given(st.text(alphabet="qcs:*/ -_09azAZ<>${}：，一\n", min_size=1, max_size=30))
def test_what_is_proposed_in_full_is_a_resource(resource: str) -> None:
    for finding in findings(malformed_resource.check, resource):
        assert finding.message and finding.label
        proposed = finding.help.removeprefix("write ")
        if proposed.startswith("qcs") and not {"<", "…", " "} & set(proposed):
            assert findings(malformed_resource.check, proposed) == []


@pytest.mark.parametrize(
    ("resource", "cloud", "help"),
    [
        ("arn:aws:s3:::logs", "AWS", "qcs::cos:<region>:uid/<APPID>:logs-<APPID>"),
        ("arn:aws-cn:s3:::logs/a/*", "AWS", "qcs::cos:<region>:uid/<APPID>:logs-<APPID>/a/*"),
        ("arn:aws:s3:::*", "AWS", "qcs::cos::uid/<APPID>:*"),
        ("arn:aws:iam::1:role/service/ci", "AWS", "qcs::cam::uin/<UIN>:roleName/ci"),
        ("arn:aws:rds:us-east-1:1:db:a", "AWS", "qcs::cdb:<region>:uin/<UIN>:instanceId/<cdb-id>"),
        ("acs:ecs:*:*:instance/*", "Alibaba Cloud", "qcs::cvm:<region>:uin/<UIN>:instance/*"),
        ("acs:ram::1:role/ci", "Alibaba Cloud", "qcs::cam::uin/<UIN>:roleName/ci"),
        ("trn:tos:::logs/*", "Volcengine", "qcs::cos:<region>:uid/<APPID>:logs-<APPID>/*"),
        ("krn:ksc:iam::1:user/a", "Kingsoft Cloud", "qcs::<service>"),
        ("crn:v1:bluemix:public:x:us-south:::a:b", "IBM Cloud", "qcs::<service>"),
        ("nrn:PUB:Server:KR:2942:Server/1", "NAVER Cloud", "qcs::<service>"),
        ("urn:v1:eu:resource:vps:a", "OVHcloud", "qcs::<service>"),
        ("obs:*:*:object:logs/*", "Huawei Cloud", "qcs::cos:<region>:uid/<APPID>:logs-<APPID>/*"),
        ("projects/_/buckets/logs", "Google Cloud", "qcs::<service>"),
        ("ARN:AWS:S3:::logs", "AWS", "qcs::<service>"),
    ],
)
def test_names_of_other_clouds(resource: str, cloud: str, help: str) -> None:
    (finding,) = findings(foreign_resource_name.check, resource)
    assert f"how {cloud} names" in finding.message
    assert finding.help.startswith(f"write {help}")


@pytest.mark.parametrize(
    "resource", ["cos:ap-guangzhou:uid/1:b/*", "trtc:*", "project/1", "qcs::a"]
)
def test_a_broken_name_of_this_cloud_is_not_foreign(resource: str) -> None:
    assert findings(foreign_resource_name.check, resource) == []
    assert len(findings(malformed_resource.check, resource)) == 1


def test_a_foreign_name_takes_the_place_of_a_malformed_one() -> None:
    assert foreign_resource_name.check.supersedes == ("CAM201",)
