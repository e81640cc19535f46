"""What a query is taken for, and what is found."""

import pytest

from camlint.catalog.catalog import Catalog
from camlint.tasks.catalog import Answer, look_up

pytestmark = pytest.mark.usefixtures("small_catalogue")


def ask(query: str) -> Answer:
    return look_up(query, Catalog())


@pytest.mark.parametrize(
    "query", ["trtc", "TRTC", "Real-Time", "real time", "实时音视频", "音视频"]
)
def test_a_service_by_prefix_and_by_part_of_its_names(query: str) -> None:
    answer = ask(query)
    assert answer.service is not None
    assert answer.service.prefix == "trtc"
    assert answer.services == ()


def test_several_services_with_a_word_in_their_names() -> None:
    answer = ask("Tencent")
    assert answer.service is None
    assert [entry.prefix for entry in answer.services] == ["cdb", "tat", "trtc"]


def test_a_product_whose_prefix_is_another_one() -> None:
    answer = ask("cbs")
    assert answer.service is not None
    assert (answer.service.prefix, answer.note) == ("cvm", '"cbs" is "cvm" in CAM')
    assert answer.keys == ("cvm:region",)


def test_an_action() -> None:
    answer = ask("trtc:DismissRoom")
    assert [one.qualified for one in answer.actions] == ["trtc:DismissRoom"]
    assert answer.action


@pytest.mark.parametrize(
    ("query", "caught"),
    [
        ("trtc:Describe*", ["trtc:DescribeAppStatList", "trtc:DescribeRoomInfo"]),
        (
            "*:*Instances",
            ["cdb:DescribeDBInstances", "cvm:DescribeInstances", "cvm:StartInstances"],
        ),
        ("c*:Describe*", ["cdb:DescribeDBInstances", "cvm:DescribeInstances"]),
    ],
)
def test_a_pattern(query: str, caught: list[str]) -> None:
    answer = ask(query)
    assert [one.qualified for one in answer.actions] == caught
    assert not answer.action


def test_everything() -> None:
    assert len(ask("*").actions) == len(ask("*:*").actions) == 12


@pytest.mark.parametrize(
    ("query", "key"),
    [("qcs:ip", "qcs:ip"), ("ip", "qcs:ip"), ("qcs:resource_tag/env", "qcs:resource_tag/*")],
)
def test_a_condition_key(query: str, key: str) -> None:
    assert [one.name for one in ask(query).condition_keys] == [key]


@pytest.mark.parametrize(
    ("query", "regions", "note"),
    [
        ("ap-guangzhou", ["ap-guangzhou"], ""),
        ("Guangzhou", ["ap-guangzhou"], ""),
        ("shanghai", ["ap-shanghai", "ap-shanghai-fsi"], ""),
        ("gz", ["ap-guangzhou"], '"gz" is the old code of ap-guangzhou'),
        (
            "ap-guangzhou-3",
            ["ap-guangzhou"],
            '"ap-guangzhou-3" is an availability zone of ap-guangzhou; policies name the region',
        ),
        ("ap-beijing-1", ["ap-beijing-1"], 'only COS and CI have the region "ap-beijing-1"'),
    ],
)
def test_a_region(query: str, regions: list[str], note: str) -> None:
    answer = ask(query)
    assert [one.name for one in answer.regions] == regions
    assert answer.note == note


@pytest.mark.parametrize(
    ("query", "suggestions"),
    [
        ("trct", ("trtc",)),
        ("ec2", ("cvm",)),
        ("guangzhuo", ("guangzhou",)),
        ("DescribeInstances", ("*:DescribeInstances",)),
        ("trtc:DismisRoom", ("trtc:DismissRoom",)),
        ("trtc:dismissroom", ("trtc:DismissRoom",)),
        ("trtc:DescribeEverything", ("trtc:Describe*",)),
        ("trct:DismissRoom", ("trtc:DismissRoom",)),
        ("trtc:describe*", ("trtc:Describe*",)),
        ("trtc:Descibe*", ("trtc:Describe*",)),
        ("aws:SourceIp", ("qcs:ip",)),
        ("QCS:IP", ("qcs:ip",)),
        ("qcs:ipp", ("qcs:ip",)),
        ("qcs::trct::uin/1:sdkappid/2", ("qcs::trtc::uin/1:sdkappid/2",)),
        ("qcs::trtc::uin/1:sdkapid/2", ("qcs::trtc::uin/1:sdkappid/2",)),
        ("qcs::trtc:sdkappid/2", ("qcs::trtc::uin/${uin}:sdkappid/${SdkAppId}",)),
        (
            "qcs::trtc:ap-guangzhou:uin/1:sdkappid/2",
            ("qcs::trtc::uin/${uin}:sdkappid/${SdkAppId}",),
        ),
        ("qcs::live::uin/1:domain/2", ()),
        ("zzzzzz", ()),
        ("trtc:", ()),
        ("中文", ()),
    ],
)
def test_nothing_found(query: str, suggestions: tuple[str, ...]) -> None:
    answer = ask(query)
    assert not answer.found
    assert answer.suggestions == suggestions


def test_every_suggestion_of_an_action_or_name_leads_somewhere() -> None:
    for query in ("trct", "ec2", "guangzhuo", "trtc:DismisRoom", "trtc:Descibe*", "aws:SourceIp"):
        for suggestion in ask(query).suggestions:
            assert ask(suggestion).found
