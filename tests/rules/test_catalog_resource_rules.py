"""What the rules that hold resources against the catalogue say beyond their own examples."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.api import lint_text
from camlint.catalog.catalog import Catalog
from camlint.catalog.data_file import read_table
from camlint.kinds import Kind
from camlint.policy.read import read_policy
from camlint.rule import Confidence, Context, Finding, Rule, Severity
from camlint_rules.resource import (
    invalid_instance_id,
    legacy_region,
    region_not_used,
    service_mismatch,
    unknown_region,
    unknown_resource_service,
    wrong_resource_type,
)

CATALOG = Catalog()
ON_RESOURCES = (
    unknown_resource_service.check,
    unknown_region.check,
    legacy_region.check,
    region_not_used.check,
    wrong_resource_type.check,
    invalid_instance_id.check,
)
CDB = "qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/"


def findings(
    rule: Rule, *resources: str, action: str | list[str] = "*", effect: str = "allow"
) -> list[Finding]:
    """What a rule says of a statement with these resources."""
    statement = {"effect": effect, "action": action, "resource": list(resources)}
    policy = read_policy({"version": "2.0", "statement": [statement]}, Kind.IDENTITY)
    context = Context(catalog=CATALOG)
    if rule.visits == "Statement":
        return list(rule.check(policy.statements[0], context))
    return [
        finding
        for resource in policy.statements[0].resources
        for finding in rule.check(resource, context)
    ]


def only(rule: Rule, resource: str) -> tuple[Finding, str, Severity, Confidence]:
    """The one finding about a resource, the characters it marks, and how bad and sure it is."""
    (finding,) = findings(rule, resource)
    return (
        finding,
        resource[finding.at.start : finding.at.end],
        finding.severity or rule.severity,
        finding.confidence or rule.confidence,
    )


def said(resource: str) -> dict[str, str]:
    """The codes that speak about a resource, each with the characters that it marks."""
    return {
        rule.code: resource[finding.at.start : finding.at.end]
        for rule in ON_RESOURCES
        for finding in findings(rule, resource)
    }


@pytest.mark.parametrize(
    "resource",
    [
        "*",
        "qcs::cvm:::*",
        "qcs:::::*",
        "qcs::*:*:*:*",
        "qcs::trtc::uin/100012345678:sdkappid/1400123456",
        "qcs::trtc::uin/100012345678:sdkappid/*",
        "qcs::trtc::uin/100012345678:*",
        "qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/cdb-a1b2c3d4",
        "qcs::cos:ap-beijing-1:uid/1253653367:photos-1253653367/2026/*",
        "qcs::cos:ap-shanghai-fsi:uid/1253653367:photos-1253653367/*",
        "qcs::cam::uin/100012345678:roleName/deploy",
        "qcs::cam::uin/100012345678:groupid/18825",
        "qcs::cam::uin/100012345678:root",
        "qcs::cam:uin/100012345678::mfa/softToken",
        "qcs::cvm:${region}:uin/${uin}:instance/${InstanceId}",
        "qcs::<service>:<region>:<account>:<type>/<id>",
        "qcs::cvm:ap-*::inst*/ins-*",
        "qcs:cvm:gzz:uin/100012345678:instance/ins-a1b2c3d4:",
        "qcs::redis:ap-guangzhou::instance/crs-a1b2c3d4",
        "qcs::kms:ap-guangzhou::key/creatorUin/100012345678/0d1e",
    ],
)
def test_what_is_right_or_no_literal_is_left_alone(resource: str) -> None:
    assert said(resource) == {}


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ("qcs::gz:cvm::instance/ins-a1b2c3d4", {"CAM204": "gz:cvm"}),
        ("qcs::ca:cvm::instance/ins-a1b2c3d4", {"CAM204": "ca:cvm"}),
        ("qcs::ap-guangzhou:cdb::instanceId/cdb-a1b2c3d4", {"CAM204": "ap-guangzhou:cdb"}),
        ("qcs::ap-guangzhou-3:cvm::*", {"CAM204": "ap-guangzhou-3:cvm"}),
        (
            "qcs::ap-guangzhou:uin/100012345678:cvm:instance/*",
            {"CAM204": "ap-guangzhou:uin/100012345678:cvm"},
        ),
        ("qcs::uin/100012345678:cvm::instance/*", {"CAM204": "uin/100012345678:cvm:"}),
        ("qcs::cvm:uin/100012345678::instance/ins-a1b2c3d4", {"CAM205": "uin/100012345678"}),
    ],
)
def test_segments_in_the_wrong_order_are_told_once(resource: str, expected: dict[str, str]) -> None:
    assert said(resource) == expected
    (finding,) = (one for rule in ON_RESOURCES for one in findings(rule, resource))
    assert (finding.severity or Severity.ERROR) is Severity.ERROR


def test_swapped_segments_are_put_in_order() -> None:
    finding, *_ = only(
        unknown_resource_service.check, "qcs::gz:cvm:uin/100012345678:instance/ins-a1b2c3d4"
    )
    assert 'region "gz" and service "cvm" are swapped' in finding.message
    assert finding.help == "write qcs::cvm:gz:uin/100012345678:instance/ins-a1b2c3d4"


def test_out_of_order_is_the_only_finding_of_a_run() -> None:
    text = """{"version": "2.0", "statement": [{"effect": "deny", "action": "cvm:StopInstances",
        "resource": "qcs::ap-guangzhou:uin/100012345678:cvm:instance/*"}]}"""
    assert [one.code for one in lint_text(text).diagnostics if one.code[:4] == "CAM2"] == ["CAM204"]


def test_nothing_but_regions_is_read_for_a_resource_that_is_right(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tables: list[str] = []

    def read(name: str) -> dict[str, object]:
        tables.append(name)
        return read_table(name)

    monkeypatch.setattr("camlint.catalog.catalog.read_table", read)
    text = """{"version": "2.0", "statement": [{"effect": "allow", "action": "cdb:StopDBImportJob",
        "resource": ["qcs::cdb:ap-guangzhou::instanceId/cdb-a1b2c3d4", "qcs::cdb:gz::*"]}]}"""
    value = json.loads(text)
    policy = read_policy(value, Kind.IDENTITY)
    context = Context(catalog=Catalog())
    assert list(service_mismatch.check.check(policy.statements[0], context)) == []
    for resource in policy.statements[0].resources:
        for rule in ON_RESOURCES:
            assert all(one.severity is None for one in rule.check(resource, context))
    assert tables == ["regions"]


@pytest.mark.parametrize(
    ("service", "said_of_it", "way_out", "confidence"),
    [
        ("SMS", "lower case", "write qcs::sms::", Confidence.MEDIUM),
        ("autoscaling", 'this product is "as"', "write qcs::as::", Confidence.MEDIUM),
        ("apigateway", 'this product is "apigw"', "write qcs::apigw::", Confidence.MEDIUM),
        ("trct", "spelt nearly so", "write qcs::trtc::", Confidence.MEDIUM),
        ("mysql", "in CAM TencentDB for MySQL is", "write cdb or tdmysql", Confidence.MEDIUM),
        ("zzyzx", "services that camlint knows", "before the colon", Confidence.LOW),
        ("q" * 5000, "services that camlint knows", "before the colon", Confidence.LOW),
    ],
)
def test_an_unknown_service_is_a_warning_with_what_is_meant(
    service: str, said_of_it: str, way_out: str, confidence: Confidence
) -> None:
    finding, marked, severity, sure = only(
        unknown_resource_service.check, f"qcs::{service}::uin/100012345678:*"
    )
    assert marked == service
    assert severity is Severity.WARNING
    assert sure is confidence
    assert said_of_it in finding.message
    assert finding.help.find(way_out) >= 0
    assert len(finding.message) < 250


@pytest.mark.parametrize(
    ("region", "meant", "said_of_it"),
    [
        ("ap-guangzhou-3", "ap-guangzhou", "availability zone"),
        ("ap-shanghai-fsi-1", "ap-shanghai-fsi", "availability zone"),
        ("ap-beijing-1", "ap-beijing", "availability zone"),
        ("guangzhou", "ap-guangzhou", "name of a city"),
        ("Hong Kong", "ap-hongkong", "name of a city"),
        ("ap-guangzhuo", "ap-guangzhou", "is no region"),
        ("AP-GUANGZHOU", "ap-guangzhou", "lower case"),
        ("cn-hangzhou", "ap-hangzhou", "is no region"),
        ("GZ", "ap-guangzhou", "is no region"),
    ],
)
def test_a_region_that_is_plainly_meant_is_an_error(
    region: str, meant: str, said_of_it: str
) -> None:
    finding, marked, severity, _ = only(
        unknown_region.check, f"qcs::cdb:{region}::instanceId/cdb-a1b2c3d4"
    )
    assert marked == region
    assert severity is Severity.ERROR
    assert said_of_it in finding.message
    assert finding.help == f"write qcs::cdb:{meant}::instanceId/cdb-a1b2c3d4"


@pytest.mark.parametrize("region", ["us-east-1", "me-riyadh", "all", "cvm", "instance", "存储地域"])
def test_any_other_unknown_region_is_a_warning(region: str) -> None:
    finding, marked, severity, sure = only(unknown_region.check, f"qcs::cvm:{region}::instance/*")
    assert marked == region
    assert (severity, sure) == (Severity.WARNING, Confidence.MEDIUM)
    assert "qcs::cvm:::instance/*" in finding.help or "leave the segment empty" in finding.help


@pytest.mark.parametrize("region", sorted(CATALOG.regions.names))
def test_every_region_is_one(region: str) -> None:
    assert said(f"qcs::cvm:{region}::instance/ins-a1b2c3d4") == {}


@pytest.mark.parametrize("code", ["gz", "sh", "bj", "hk", "sg", "ca", "cd", "de", "shjr"])
def test_documented_old_codes_are_notes_of_high_confidence(code: str) -> None:
    finding, marked, severity, sure = only(legacy_region.check, f"qcs::cvm:{code}::instance/*")
    assert marked == code
    assert (severity, sure) == (Severity.NOTE, Confidence.HIGH)
    modern = CATALOG.regions.legacy(code)
    assert modern is not None and modern.modern in finding.help
    assert said(f"qcs::cvm:{code}::instance/*") == {"CAM206": code}


def test_old_codes_that_only_look_like_it_are_less_sure() -> None:
    finding, _, severity, sure = only(legacy_region.check, "qcs::cvm:usw::instance/*")
    assert (severity, sure) == (Severity.NOTE, Confidence.MEDIUM)
    assert "looks like" in finding.message


@pytest.mark.parametrize("region", ["ap-guangzhou", "ap-guangzhou-3", "gz", "us-east-1"])
@pytest.mark.parametrize("service", ["trtc", "im", "tiw"])
def test_of_services_without_regions_only_that_is_said(service: str, region: str) -> None:
    resource = f"qcs::{service}:{region}:uin/100012345678:sdkappid/1400123456"
    assert said(resource) == {"CAM208": region}


def test_a_region_where_no_template_has_one_is_a_doubt() -> None:
    finding, marked, severity, sure = only(
        region_not_used.check, "qcs::tr:ap-guangzhou:uin/100012345678:tmr/1"
    )
    assert marked == "ap-guangzhou"
    assert (severity, sure) == (Severity.WARNING, Confidence.MEDIUM)
    assert finding.help == "write qcs::tr::uin/100012345678:tmr/1"
    assert findings(region_not_used.check, "qcs::cvm:ap-guangzhou::instance/*") == []
    assert findings(region_not_used.check, "qcs::cls:ap-guangzhou::topic/*") == []
    assert findings(region_not_used.check, "qcs::zzyzx:ap-guangzhou::topic/*") == []


def test_a_region_is_reported_by_one_rule_at_a_time() -> None:
    text = """{"version": "2.0", "statement": [{"effect": "deny", "action": "bmlb:*",
        "resource": ["qcs::bmlb:gz::loadBalancerId/1", "qcs::bmlb:gzz::loadBalancerId/1"]}]}"""
    codes = [one.code for one in lint_text(text).diagnostics if one.code in REGION_CODES]
    assert codes == ["CAM208", "CAM208"]


REGION_CODES = ("CAM205", "CAM206", "CAM208")


@pytest.mark.parametrize(
    ("resource", "marked", "severity", "confidence", "way_out"),
    [
        ("qcs::redis:::instanceId/crs-a1b2c3d4", "instanceId", "error", "medium", "instance/crs-"),
        ("qcs::cdb:::instanceid/cdb-a1b2c3d4", "instanceid", "error", "medium", "instanceId/cdb-"),
        ("qcs::im:::sdkapp/1400123456", "sdkapp", "error", "medium", "sdkappid/1400123456"),
        ("qcs::im:::user/1", "user", "warning", "medium", "sdkappid/<SDKAppID>"),
        ("qcs::cdb:::database/orders", "database", "warning", "high", "instanceId/${"),
        ("qcs::cdb:::cdb-a1b2c3d4", "cdb-a1b2c3d4", "warning", "high", "instanceId/cdb-a1b2c3d4"),
        ("qcs::cdb:::instanceId", None, None, None, None),
        ("qcs::cdb:::instanceId:cdb-a1b2c3d4", "instanceId:cdb-a1b2c3d4", "error", "high", "/cdb-"),
        ("qcs::trtc:::sdkappid1400123456", None, None, None, None),
        ("qcs::cvm:::instances/ins-a1b2c3d4", "instances", "note", "medium", "instance/ins-"),
        ("qcs::cvm:::rack/1", "rack", "note", "low", "documented are"),
        ("qcs::cvm:::ins-a1b2c3d4", None, None, None, None),
        ("qcs::cls:::topics/1", None, None, None, None),
    ],
)
def test_types_of_resources(
    resource: str,
    marked: str | None,
    severity: str | None,
    confidence: str | None,
    way_out: str | None,
) -> None:
    if marked is None:
        assert findings(wrong_resource_type.check, resource) == []
        return
    finding, characters, bad, sure = only(wrong_resource_type.check, resource)
    assert (characters, bad.value, sure.value) == (marked, severity, confidence)
    assert str(way_out) in finding.help
    assert finding.strict is (severity == "note")


@pytest.mark.parametrize(
    ("identifier", "label", "way_out"),
    [
        ("cdb-a1b2c3d", "7 characters after cdb-", "copy it again"),
        ("cdbro-a1b2c3d45", "9 characters after cdbro-", "copy it again"),
        ("Cdb-A1b2c3d4", "lower case", "write cdb-a1b2c3d4"),
        ("a1b2c3d4", "cdb- is missing", "write cdb-a1b2c3d4"),
        ("cdb_a1b2c3d4", "a hyphen", "write cdb-a1b2c3d4"),
        ("cdb-a1b2c3d4/orders", "nothing may follow", "write cdb-a1b2c3d4"),
        ("ins-a1b2c3d4", "the id of a CVM instance", "cdb-"),
        ("orders-db", "no instance id", "the name of an instance"),
        ("cdbrg-a1b2c3d4", "a read-only group", "cdbro-"),
        ("", "no id", "* for every instance"),
    ],
)
def test_what_is_wrong_with_a_mysql_id(identifier: str, label: str, way_out: str) -> None:
    finding, _, severity, sure = only(invalid_instance_id.check, CDB + identifier)
    assert (severity, sure) == (Severity.ERROR, Confidence.HIGH)
    assert label in finding.label
    assert way_out in finding.help


def test_a_prefix_nobody_documented_is_only_a_doubt() -> None:
    _, _, severity, sure = only(invalid_instance_id.check, f"{CDB}cdbzz-a1b2c3d4")
    assert (severity, sure) == (Severity.WARNING, Confidence.MEDIUM)


@pytest.mark.parametrize("identifier", ["*", "cdb-*", "cdb-a1b2***4", "${id}", "cdb-xxxx", "<id>"])
def test_ids_that_are_no_literals_are_left_alone(identifier: str) -> None:
    assert findings(invalid_instance_id.check, CDB + identifier) == []


@given(st.from_regex(r"cdb(ro)?-[a-z0-9]{8}", fullmatch=True))
def test_every_well_formed_mysql_id_passes(identifier: str) -> None:
    assert findings(invalid_instance_id.check, CDB + identifier) == []


@pytest.mark.parametrize(
    "resource",
    ["qcs::cvm:::instance/ins-1", "qcs::cvm:::instance/ins-1vdaus", "qcs::tcr:::instance/tcr-1"],
)
def test_no_length_is_claimed_where_none_is_documented(resource: str) -> None:
    assert findings(invalid_instance_id.check, resource) == []


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("finance:trade", "qcs::clb:::*"),
        ("sts:AssumeRole", "qcs::cam::uin/100012345678:roleName/deploy"),
        ("tat:RunCommand", "qcs::lighthouse:::instance/lhins-a1b2c3d4"),
        ("ccs:DescribeCluster", "qcs::cvm:::instance/*"),
        ("ccs:DescribeCluster", "qcs::tke:::cluster/*"),
        ("ckafka:CreateRoute", "qcs::apigw:::service/*"),
        ("cmqqueue:SendMessage", "qcs::cmq:::queueName/1"),
        ("ci:CreateMediaJobs", "qcs::cos:::photos-1253653367/*"),
        ("cvm:RunInstances", "qcs::vpc:::subnet/subnet-a1b2c3d4"),
        ("cdb:CreateDBInstance", "qcs::cvm:::sg/sg-a1b2c3d4"),
        ("*", "qcs::cdb:::*"),
        ("*:Describe*", "qcs::cdb:::*"),
        ("permid/280655", "qcs::cdb:::*"),
        ("zzyzx:Describe", "qcs::cdb:::*"),
        ("trct:RemoveUser", "qcs::trtc:::sdkappid/1400123456"),
        ("trtc:RemoveUser", "qcs::trct:::sdkappid/1400123456"),
        ("trtc:RemoveUser", "qcs::${service}:::*"),
        ("trtc:RemoveUser", "qcs:::::sdkappid/1400123456"),
    ],
)
def test_services_that_go_together_or_are_unknown(action: str, resource: str) -> None:
    assert findings(service_mismatch.check, resource, action=action) == []


def test_a_statement_with_an_unreadable_action_is_left_alone() -> None:
    resource = "qcs::cdb:::instanceId/cdb-a1b2c3d4"
    assert (
        findings(service_mismatch.check, resource, action=["trtc:RemoveUser", "cdb RestartDB"])
        == []
    )
    assert len(findings(service_mismatch.check, resource, action=["trtc:RemoveUser"])) == 1


def test_dead_resources_of_one_service_are_one_finding() -> None:
    (finding,) = findings(
        service_mismatch.check,
        "qcs::cdb:::instanceId/cdb-a1b2c3d4",
        "qcs::trtc:::sdkappid/1400123456",
        "qcs::cdb:::instanceId/cdb-e5f6a7b8",
        action="trtc:*",
        effect="deny",
    )
    assert finding.message == (
        "2 resources of cdb stand beside actions of trtc only, so they protect nothing"
    )
    assert len(finding.related) == 1


def test_security_groups_are_excepted_from_everything_of_cvm() -> None:
    (finding,) = findings(service_mismatch.check, "qcs::cvm:ap-guangzhou::*", action="cdb:*")
    assert "it grants nothing beyond security groups" in finding.message


@given(
    st.lists(
        st.sampled_from(
            ["qcs", "", "gz", "cvm", "trtc", "uin/1", "ap-", "a" * 70, "é", "*", "/", "?"]
        ),
        min_size=6,
        max_size=8,
    )
)
def test_no_resource_is_too_odd(parts: list[str]) -> None:
    resource = ":".join(["qcs", *parts[1:]])
    for rule in (*ON_RESOURCES, service_mismatch.check):
        for finding in findings(rule, resource, action="trtc:RemoveUser"):
            assert "\n" not in finding.message
            assert finding.help
