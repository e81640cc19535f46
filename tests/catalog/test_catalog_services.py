"""What the catalogue says of particular services and actions, and how it tells what was meant."""

import pytest

from camlint.catalog.catalog import MOST_KEPT, Catalog
from camlint.catalog.verbs import READING_VERBS, verb_of

CATALOG = Catalog()


def test_trtc() -> None:
    trtc = CATALOG.service("trtc")
    assert trtc.known
    assert trtc.well_covered
    assert trtc.title == "Tencent Real-Time Communication (TRTC)"
    assert trtc.name_zh == "实时音视频"
    assert len(trtc) == 143
    assert sum(one.resource_level is True for one in trtc.actions) == 42
    assert sum(one.resource_level is False for one in trtc.actions) == 26
    assert trtc.types == ("sdkappid",)
    assert trtc.find_type("SdkAppId") == "sdkappid"
    assert trtc.find_type("sdkappids") is None
    assert trtc.uses_region is False
    assert trtc.regionless
    assert trtc.account_forms == {"uin"}
    assert "https://cloud.tencent.com/document/product/598/70059" in trtc.sources


def test_only_settled_operations_count_as_resource_or_operation_level() -> None:
    trtc = CATALOG.service("trtc")
    assert len(trtc.resource_level) == 42
    assert len(trtc.operation_level) == 13
    assert "CreateCloudSliceTask" in trtc.operation_level
    assert "GetUserList" not in trtc.operation_level | trtc.resource_level


def test_the_page_of_cam_wins_where_sources_disagree() -> None:
    action = CATALOG.find_action("cdb", "AddTimeWindow")
    assert action is not None
    assert (action.conflict, action.settled, action.confidence) == (True, False, "high")


def test_disputed_granularity_is_told_with_medium_confidence() -> None:
    action = CATALOG.find_action("trtc", "GetUserList")
    assert action is not None
    assert (action.resource_level, action.settled, action.confidence) == (False, None, "medium")


def test_inferred_granularity_holds_with_medium_confidence() -> None:
    action = CATALOG.find_action("cos", "DeleteBucketPolicy")
    assert action is not None
    assert (action.settled, action.confidence, action.inferred) == (True, "medium", True)


def test_roles_are_resources_of_cam() -> None:
    action = CATALOG.find_action("sts", "AssumeRole")
    assert action is not None
    assert action.settled is True
    assert {template.service for template in action.templates} == {"cam"}
    assert CATALOG.service("sts").resource_services == {"cam"}
    assert {"role", "roleName"} <= set(CATALOG.service("cam").types)
    assert action.groups == ("roles-and-trust",)


def test_cos_buckets_have_no_type_and_belong_to_a_uid() -> None:
    cos = CATALOG.service("cos")
    assert cos.types == ()
    assert cos.account_forms == {"uid"}
    assert cos.uses_region is True
    action = cos.find("GetObject")
    assert action is not None
    assert action.templates[0].pattern == "qcs::cos:*:uid/*:*/*"
    assert action.reads
    assert action.verb == "Get"


def test_templates_agree_on_types_but_for_case() -> None:
    (template, *_) = CATALOG.service("cdb").templates
    assert template.type == "instanceId"
    assert template.names_type("INSTANCEID")
    assert not template.names_type("instance")
    assert template.regional


def test_unknown_services_are_empty() -> None:
    nothing = CATALOG.service("nosuchthing")
    assert not nothing.known
    assert len(nothing) == 0
    assert not nothing.well_covered
    assert nothing.uses_region is None
    assert nothing.account_forms == frozenset()
    assert nothing.find("DescribeInstances") is None
    assert CATALOG.find_service("nosuchthing") is None
    assert CATALOG.resource_level("nosuchthing", "DescribeInstances") is None


@pytest.mark.parametrize(
    "prefix", ["TRTC", "../services/trtc", "trtc.json", "trtc/", "", "*", "index", "ｔｒｔｃ", "\0"]
)
def test_what_is_no_prefix_finds_no_file(prefix: str) -> None:
    assert CATALOG.find_service(prefix) is None


def test_any_number_of_unknown_services_is_not_kept() -> None:
    catalog = Catalog()
    for number in range(MOST_KEPT + 10):
        catalog.service(f"no{number}")
    assert catalog.service("no0") is catalog.service("no0")
    assert catalog.service(f"no{MOST_KEPT + 9}") is not catalog.service(f"no{MOST_KEPT + 9}")
    assert catalog.service("trtc") is catalog.service("trtc")


@pytest.mark.parametrize("prefix", ["cdb", "trtc", "vpc", "cvm", "cos", "ci", "tr"])
def test_well_covered(prefix: str) -> None:
    assert CATALOG.service(prefix).well_covered


@pytest.mark.parametrize("prefix", ["teo", "live", "tke", "sts", "scf", "bh"])
def test_not_well_covered(prefix: str) -> None:
    assert not CATALOG.service(prefix).well_covered


def test_patterns_in_the_service_catch_nothing_unless_asked() -> None:
    assert CATALOG.matching("trtc", "Dismiss*") == (
        *CATALOG.service("trtc").matching("DismissRoom"),
        *CATALOG.service("trtc").matching("DismissRoomByStrRoomId"),
    )
    assert CATALOG.matching("*", "DismissRoom") == ()
    everywhere = CATALOG.matching("*", "DismissRoom", every_service=True)
    assert "trtc:DismissRoom" in [action.qualified for action in everywhere]
    assert CATALOG.matching("nosuchthing", "*") == ()


@pytest.mark.parametrize(
    ("prefix", "kind", "texts"),
    [
        ("TRTC", "case", ("trtc",)),
        ("Cos", "case", ("cos",)),
        ("autoscaling", "renamed", ("as",)),
        ("api-gateway", "renamed", ("apigw",)),
        ("cbs", "renamed", ("cvm",)),
        ("mysql", "renamed", ("cdb", "tdmysql")),
        ("kubernetes", "renamed", ("tke",)),
        ("ec2", "foreign", ("cvm",)),
        ("trct", "near", ("trtc",)),
        ("lighthose", "near", ("lighthouse",)),
        ("cloud-audit", "near", ("cloudaudit",)),
    ],
)
def test_unknown_services_that_were_meant_otherwise(
    prefix: str, kind: str, texts: tuple[str, ...]
) -> None:
    found = CATALOG.suggest_service(prefix)
    assert found is not None
    assert (found.kind, found.texts) == (kind, texts)
    assert found.only == (texts[0] if len(texts) == 1 else None)
    assert f'"{texts[0]}"' in found.reason


def test_several_services_may_be_near() -> None:
    found = CATALOG.suggest_service("cvn")
    assert found is not None
    assert "cvm" in found.texts
    assert found.only is None


@pytest.mark.parametrize("prefix", ["qqqqqq", "tencent", "xyz", "trtc"])
def test_services_without_a_suggestion(prefix: str) -> None:
    assert CATALOG.suggest_service(prefix) is None


@pytest.mark.parametrize(
    ("prefix", "operation", "kind", "meant"),
    [
        ("trtc", "DismisRoom", "near", "DismissRoom"),
        ("trtc", "dismissroom", "case", "DismissRoom"),
        ("trtc", "RemoveUsers", "plural", "RemoveUser"),
        ("cvm", "DescribeInstance", "plural", "DescribeInstances"),
        ("cvm", "DescibeInstances", "near", "DescribeInstances"),
    ],
)
def test_unknown_actions_that_were_meant_otherwise(
    prefix: str, operation: str, kind: str, meant: str
) -> None:
    found = CATALOG.suggest_action(prefix, operation)
    assert found is not None
    assert (found.kind, found.only) == (kind, meant)
    assert f'"{meant}"' in found.reason


@pytest.mark.parametrize(
    ("prefix", "operation"),
    [
        ("cvm", "RestoreInstances"),  # ResetInstances and RestartInstances are other verbs
        ("trtc", "DismissRoom"),
        ("trtc", "ComposeSymphony"),
        ("nosuchthing", "DescribeInstances"),
    ],
)
def test_actions_without_a_suggestion(prefix: str, operation: str) -> None:
    assert CATALOG.suggest_action(prefix, operation) is None


def test_misspelt_verbs_of_published_actions_are_no_verbs() -> None:
    assert {"Describe", "Modify", "Delete"} <= CATALOG.index.verbs
    assert not {"Descirbe", "Describle", "Detele", "Modfiy"} & CATALOG.index.verbs


@pytest.mark.parametrize(
    ("operation", "verb"),
    [
        ("DescribeCDNLog", "Describe"),
        ("describeX", "describe"),
        ("SMSSend", "SMS"),
        ("", ""),
        ("_x", ""),
    ],
)
def test_verbs(operation: str, verb: str) -> None:
    assert verb_of(operation) == verb


def test_reading_verbs_read() -> None:
    writing = [
        action.qualified
        for prefix in ("trtc", "cdb", "cos", "kms")
        for action in CATALOG.service(prefix).actions
        if action.verb in READING_VERBS and not action.reads
    ]
    assert writing == []


@pytest.mark.parametrize(
    ("service", "other", "type_", "expected"),
    [
        ("cdb", "cdb", "", True),
        ("cdb", "vpc", "vpc", True),
        ("cdb", "cvm", "sg", True),
        ("cdb", "cvm", "instance", False),
        ("clb", "cvm", "instance", True),
        ("tke", "clb", "", True),
        ("sts", "cam", "role", True),
        ("tag", "trtc", "", True),
        ("trtc", "cos", "", False),
        ("cos", "trtc", "", False),
    ],
)
def test_services_that_go_with_each_other(
    service: str, other: str, type_: str, expected: bool
) -> None:
    assert CATALOG.goes_with(service, other, type_) is expected


def test_services_with_applications() -> None:
    assert CATALOG.index.sdkappid == {"im", "tiw", "trtc"}


def test_related_prefixes() -> None:
    assert CATALOG.index.related["tke"] == ["ccs"]


def test_presets() -> None:
    assert "QCloudResourceFullAccess" in CATALOG.preset_policies


def test_a_service_without_known_actions_is_a_service() -> None:
    (empty, *_) = (entry for entry in CATALOG.index.entries if entry.actions == 0)
    service = CATALOG.find_service(empty.prefix)
    assert service
    assert len(service) == 0
    assert not CATALOG.service("nosuchthing")
