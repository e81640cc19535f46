"""Looking things up: what people read, what programs get, and what is said of what isn't known."""

import json
from collections.abc import Callable

import pytest

Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("small_catalogue")

SERVICE = """\
trtc  Tencent Real-Time Communication (TRTC)  实时音视频
actions       6 known: 1 list, 1 read, 4 write (4 documented for access management)
authorised    by resource, where an action allows it
resources     qcs::trtc::uin/${uin}:sdkappid/${SdkAppId}
region        always empty
by tag        works, as documents of 2023 have it
sources       https://cloud.tencent.com/document/product/598/70059

camlint catalog 'trtc:*' lists the actions.
The public catalogue is partial: what it doesn't have may exist all the same.
"""
ACTION = """\
trtc:DismissRoom
level         write
matched       against the resources of a policy (resource-level), high confidence
resources     qcs::trtc::uin/${uin}:sdkappid/${sdkappid}
risks         destructive
known from    product-docs, sdk
"""
PATTERN = """\
trtc:*e* catches at least 5 actions
1 list, 1 read, 3 write

ACTION                     LEVEL  MATCHED AGAINST
trtc:CreateCloudSliceTask  write  "*" only
trtc:CreatePicture         write  undocumented
trtc:CreateTrtcApp         write  disputed
trtc:DescribeAppStatList   list   resources
trtc:DescribeRoomInfo      read   resources

The public catalogue is partial: what it doesn't have may exist all the same.
"""
RESOURCE = """\
qcs::cvm:ap-guangzhou:uin/100032145678:instance/ins-1a2b3c4d
service       cvm  Cloud Virtual Machine (CVM)  云服务器
type          instance
form          qcs::cvm:${region}:uin/${uin}:instance/${instanceId}

CAM matches at least 2 actions against it (of cvm and tat)
2 write

ACTION              LEVEL  MATCHED AGAINST
cvm:StartInstances  write  resources
tat:RunCommand      write  resources
"""
SERVICES = """\
3 services
PREFIX  ACTIONS  NAME
cdb     3        TencentDB for MySQL                     云数据库 MySQL
tat     1        TencentCloud Automation Tools (TAT)     自动化助手
trtc    6        Tencent Real-Time Communication (TRTC)  实时音视频
"""
KEY = """\
qcs:ip
type          ip
source        https://cloud.tencent.com/document/product/598/10608
"""
REGION = """\
ap-guangzhou
region        Guangzhou

"gz" is the old code of ap-guangzhou.
"""


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("trtc", SERVICE),
        ("trtc:DismissRoom", ACTION),
        ("name/trtc:DismissRoom", ACTION),
        ("trtc:*e*", PATTERN),
        ("qcs::cvm:ap-guangzhou:uin/100032145678:instance/ins-1a2b3c4d", RESOURCE),
        ("tencent", SERVICES),
        ("ip", KEY),
        ("gz", REGION),
    ],
)
def test_what_people_read(run: Run, query: str, shown: str) -> None:
    assert run("catalog", query) == (0, shown, "")


def test_words_need_no_quotes(run: Run) -> None:
    assert run("catalog", "Real-Time", "Communication") == run("catalog", "trtc")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("trct", 'nothing is known of "trct"; did you mean "trtc"?'),
        (
            "ec2",
            'nothing is known of "ec2"; did you mean "cvm"?\n'
            'camlint: that is a service of AWS; here it is "cvm"',
        ),
        (
            "trtc:Restart",
            'nothing is known of "trtc:Restart"\n'
            "camlint: the public catalogue is partial, so it may exist all the same",
        ),
        (
            "qcs::trtc:sdkappid/1400618273",
            'nothing is known of "qcs::trtc:sdkappid/1400618273"; '
            'did you mean "qcs::trtc::uin/${uin}:sdkappid/${SdkAppId}"?\n'
            "camlint: a resource has six segments: qcs::service:region:account:type/id",
        ),
    ],
)
def test_nothing_found(run: Run, query: str, told: str) -> None:
    assert run("catalog", query) == (1, "", f"camlint: {told}\n")


KEYS = {
    "version",
    "query",
    "found",
    "service",
    "services",
    "actions",
    "resource",
    "condition_keys",
    "regions",
    "note",
    "suggestions",
}


@pytest.mark.parametrize(
    "query", ["trtc", "trtc:*", "qcs::trtc::uin/1:sdkappid/2", "ip", "gz", "tencent", "trct"]
)
def test_json_has_every_key(run: Run, query: str) -> None:
    code, out, err = run("catalog", query, "--format", "json")
    answer = json.loads(out)
    assert set(answer) == KEYS
    assert (answer["version"], answer["query"]) == (1, query)
    assert code == int(not answer["found"]) == int(bool(err))


def test_json_of_an_action(run: Run) -> None:
    _, out, _ = run("catalog", "trtc:CreateTrtcApp", "--format", "json")
    assert json.loads(out)["actions"] == [
        {
            "name": "trtc:CreateTrtcApp",
            "level": "write",
            "resource_level": None,
            "disputed": True,
            "confidence": None,
            "resources": [],
            "risks": [],
            "origins": ["product-docs"],
        }
    ]


def test_json_of_a_resource(run: Run) -> None:
    _, out, _ = run("catalog", "qcs::trtc::uin/1:sdkappid/2", "--format", "json")
    resource = json.loads(out)["resource"]
    assert resource["type"] == "sdkappid"
    assert [one["name"] for one in resource["actions"]] == [
        "trtc:DescribeRoomInfo",
        "trtc:DismissRoom",
    ]
    assert (resource["unplaced"], resource["undocumented"], resource["remarks"]) == (1, 1, [])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "name what to look up"),
        ([""], "name what to look up"),
        (["trtc", "--formt", "json"], 'did you mean "--format"?'),
        (["trtc", "--format", "yaml"], '"yaml" is none of text, json'),
    ],
)
def test_wrong_usage(run: Run, arguments: list[str], told: str) -> None:
    code, out, err = run("catalog", *arguments)
    assert (code, out) == (2, "")
    assert told in err


def test_what_is_asked_cannot_act_on_the_terminal(run: Run) -> None:
    code, out, err = run("catalog", "\x1b[31mtrtc:\x07")
    assert (code, out) == (1, "")
    assert err.isascii()
    assert "\x1b" not in err
    assert "\x07" not in err


def test_colour(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("catalog", "ip", "--color", "always")[1].startswith("\x1b[1mqcs:ip\x1b[0m\n")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run("catalog", "ip")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert run("catalog", "ip")[1] == KEY
