"""Regions, condition keys and service principals."""

import pytest

from camlint.catalog.catalog import Catalog

CATALOG = Catalog()
REGIONS = CATALOG.regions
KEYS = CATALOG.condition_keys
PRINCIPALS = CATALOG.service_principals


def test_known_regions() -> None:
    assert REGIONS.known("ap-guangzhou")
    assert REGIONS.known("ap-shanghai-fsi")
    assert not REGIONS.known("gz")
    assert not REGIONS.known("AP-GUANGZHOU")
    assert not REGIONS.known("ap-guangzhou-3")


def test_cos_has_a_region_of_its_own() -> None:
    assert REGIONS.known("ap-beijing-1", "cos")
    assert not REGIONS.known("ap-beijing-1", "cvm")


@pytest.mark.parametrize(
    ("zone", "region"),
    [
        ("ap-guangzhou-3", "ap-guangzhou"),
        ("ap-shanghai-fsi-1", "ap-shanghai-fsi"),
        ("ap-changsha-ec-1", "ap-changsha-ec"),
        ("ap-guangzhou", None),
        ("us-east-1", None),
    ],
)
def test_zones(zone: str, region: str | None) -> None:
    assert REGIONS.of_zone(zone) == region


@pytest.mark.parametrize(
    ("city", "region"),
    [
        ("Guangzhou", "ap-guangzhou"),
        ("shanghai", "ap-shanghai"),
        ("Hong Kong", "ap-hongkong"),
        ("virginia", "na-ashburn"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_cities(city: str, region: str | None) -> None:
    assert REGIONS.of_city(city) == region


def test_near_regions() -> None:
    assert REGIONS.nearest("ap-guangzhuo") == "ap-guangzhou"
    assert REGIONS.nearest("AP-GUANGZHOU") == "ap-guangzhou"
    assert REGIONS.nearest("us-east-1") is None


@pytest.mark.parametrize(
    ("code", "modern", "documented"),
    [
        ("gz", "ap-guangzhou", True),
        ("shjr", "ap-shanghai-fsi", True),
        ("cn-south", "ap-guangzhou", True),
        ("jp", "ap-tokyo", False),
    ],
)
def test_old_codes(code: str, modern: str, documented: bool) -> None:
    legacy = REGIONS.legacy(code)
    assert legacy is not None
    assert (legacy.code, legacy.modern, legacy.documented) == (code, modern, documented)
    assert REGIONS.known(modern, "cos")


def test_new_names_are_no_old_codes() -> None:
    assert not [name for name in REGIONS.names if REGIONS.legacy(name)]


def test_keys_by_name_and_by_family() -> None:
    tag = KEYS.find("qcs:resource_tag")
    assert tag is not None
    assert (tag.type, tag.multivalued, tag.sent_as) == ("string", True, None)
    one = KEYS.find("qcs:resource_tag/env")
    assert one is not None
    assert (one.name, one.multivalued) == ("qcs:resource_tag/*", False)
    assert KEYS.find("qcs:ip/env") is None
    assert KEYS.find("QCS:IP") is None
    cased = KEYS.find_any_case("QCS:Request_Tag/Env")
    assert cased is not None
    assert cased.name == "qcs:request_tag/*"
    assert KEYS.find_any_case("aws:SourceIp") is None


def test_key_types() -> None:
    types = {name: key.type for name in KEYS.names if (key := KEYS.find(name)) is not None}
    assert set(types.values()) == {"string", "numeric", "date", "bool", "ip", "any"}
    assert types["qcs:current_time"] == "date"
    assert types["cos:secure-transport"] == "bool"
    assert types["mfa"] == "any"


@pytest.mark.parametrize(
    ("key", "action", "supplied"),
    [
        ("cos:prefix", "cos:GetBucket", True),
        ("cos:prefix", "cos:GetObject", False),
        ("cos:x-cos-acl", "cos:PutObject", True),
        ("cos:versionid", "cos:PutObject", False),
        ("cos:prefix", "cvm:RunInstances", False),
        ("qcs:request_tag", "cos:PutBucket", True),
        ("qcs:request_tag", "cos:GetObject", False),
        ("qcs:request_tag", "cvm:RunInstances", None),
        ("qcs:ip", "cos:GetObject", None),
        ("cos:secure-transport", "cos:GetObject", None),
    ],
)
def test_which_actions_supply_a_key(key: str, action: str, supplied: bool | None) -> None:
    found = KEYS.find(key)
    assert found is not None
    assert found.supplied_by(action) is supplied


def test_keys_that_the_caller_sends() -> None:
    sent = {
        name: key.sent_as
        for name in KEYS.names
        if (key := KEYS.find(name)) is not None and key.sent_as
    }
    assert sent["cos:x-cos-acl"] == "header"
    assert sent["cos:prefix"] == "query"
    assert sent["qcs:request_tag"] == "tags"
    assert not {"qcs:ip", "qcs:current_time", "qcs:resource_tag", "cos:tls-version"} & sent.keys()


def test_superseded_keys_name_known_ones() -> None:
    superseded = {
        name: key.superseded_by
        for name in KEYS.names
        if (key := KEYS.find(name)) is not None and key.superseded_by
    }
    assert superseded["qcs:tag"] == "qcs:resource_tag"
    assert all(KEYS.find(new) for new in superseded.values())


@pytest.mark.parametrize(
    ("name", "cloud", "key"),
    [
        ("aws:SourceIp", "AWS", "qcs:ip"),
        ("AWS:sourceip", "AWS", "qcs:ip"),
        ("aws:ResourceTag/env", "AWS", "qcs:resource_tag"),
        ("acs:SourceIp", "Alibaba Cloud", "qcs:ip"),
        ("aws:PrincipalOrgID", "AWS", None),
    ],
)
def test_keys_of_other_clouds(name: str, cloud: str, key: str | None) -> None:
    foreign = KEYS.foreign(name)
    assert foreign is not None
    assert (foreign.name, foreign.cloud, foreign.key) == (name, cloud, key)
    assert key is None or KEYS.find(key)


@pytest.mark.parametrize("name", ["qcs:ip", "mfa", "cos:prefix", "x", ""])
def test_keys_of_no_other_cloud(name: str) -> None:
    assert KEYS.foreign(name) is None


def test_service_principals() -> None:
    assert PRINCIPALS.known("cvm.qcloud.com")
    assert not PRINCIPALS.known("nosuchthing.qcloud.com")
    assert PRINCIPALS.well_formed("nosuchthing.qcloud.com")
    assert PRINCIPALS.well_formed("cbsinit.cvm.cloud.tencent.com")
    assert not PRINCIPALS.well_formed("ec2.amazonaws.com")
    assert not PRINCIPALS.well_formed("qcloud.com")
    assert not PRINCIPALS.well_formed("cvm.qcloud.com.example.org")
    assert all(PRINCIPALS.well_formed(name) for name in PRINCIPALS.names)


@pytest.mark.parametrize(
    ("written", "name", "cased", "sure"),
    [
        ("qcs:IP", "qcs:ip", True, True),
        ("qcs: ip", "qcs:ip", False, True),
        ("ip", "qcs:ip", False, True),
        ("qcs:currentTime", "qcs:current_time", False, True),
        ("qcs:Resource_Tag/Env", "qcs:resource_tag/Env", True, True),
        ("qcs:resource_tg/env", "qcs:resource_tag/env", False, True),
        ("cos:content-lenght", "cos:content-length", False, True),
        ("sts:ExternalId", "sts:external_id", False, True),
        ("qcs:id", "qcs:ip", False, False),
    ],
)
def test_the_key_that_a_misspelt_one_was_meant_to_be(
    written: str, name: str, cased: bool, sure: bool
) -> None:
    near = KEYS.find_near(written)
    assert near is not None
    assert (near.name, near.cased, near.sure) == (name, cased, sure)


@pytest.mark.parametrize(
    "written", ["", ":", "qcs:", "foo", "tag", "qcs:tags", "cos:prefix/a", "cas:ArchiveAgeInDays"]
)
def test_keys_that_are_close_to_none(written: str) -> None:
    assert KEYS.find_near(written) is None


def test_claims_of_tokens_as_aws_writes_them() -> None:
    foreign = KEYS.foreign("token.actions.githubusercontent.com:aud")
    assert foreign is not None
    assert (foreign.cloud, foreign.key) == ("AWS", "oidc:aud")
    assert KEYS.foreign("oidc.example.com:email") is None


@pytest.mark.parametrize(
    ("key", "service", "operation", "supplied"),
    [
        ("cos:x-cos-acl", "cos", "PutObject", True),
        ("cos:x-cos-acl", "cos", "GetObject", False),
        ("cos:x-cos-acl", "cvm", "RunInstances", False),
        ("cos:x-cos-acl", "cos", "PutObjekt", None),
        ("cos:x-cos-acl", "cos", "Put*", None),
        ("cos:x-cos-acl", "cos", "Delete*", False),
        ("cos:x-cos-acl", "cos", "PutBucketACL*", None),
        ("cos:x-cos-acl", "cos", "*", None),
        ("cos:x-cos-acl", "*", "*", None),
        ("cos:x-cos-acl", "co*", "GetObject", None),
        ("cos:x-cos-acl", "nosuch", "GetObject", None),
        ("cos:content-type", "cos", "GetObject", None),
        ("qcs:request_tag", "cos", "PutBucket", True),
        ("qcs:request_tag", "cos", "GetObject", False),
        ("qcs:request_tag", "cvm", "RunInstances", None),
        ("qcs:ip", "cos", "GetObject", None),
    ],
)
def test_whether_actions_and_patterns_supply_a_key(
    key: str, service: str, operation: str, supplied: bool | None
) -> None:
    found = KEYS.find(key)
    assert found is not None
    assert CATALOG.supplies(found, service, operation) is supplied
