"""What all tests share: the same generated cases on every run of CI, and a small catalogue."""

import json
import os

import pytest
from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")

CATALOGUE: dict[str, dict[str, object]] = {
    "index": {
        "services": {
            "cdb": ["TencentDB for MySQL", "云数据库 MySQL", "resource", 3, 3, 3],
            "cvm": ["Cloud Virtual Machine (CVM)", "云服务器", "resource", 2, 2, 2],
            "live": [None, "云直播", None, 0, 0, 0],
            "tat": ["TencentCloud Automation Tools (TAT)", "自动化助手", "resource", 1, 1, 1],
            "trtc": ["Tencent Real-Time Communication (TRTC)", "实时音视频", "resource", 6, 4, 5],
        },
        "renamed": {"cbs": ["cvm"]},
        "foreign": {"ec2": ["AWS", "cvm"]},
        "related": {},
        "pairs": {"tat": ["cvm"], "tag": ["*"]},
        "verbs": ["Create", "Describe"],
        "sdkappid": ["trtc"],
    },
    "regions": {
        "regions": {"ap-guangzhou": "Guangzhou", "ap-shanghai": "Shanghai", "ap-shanghai-fsi": ""},
        "cos_only": ["ap-beijing-1"],
        "legacy": {"gz": "ap-guangzhou"},
        "legacy_cos": {},
        "legacy_inferred": {},
    },
    "condition-keys": {
        "keys": {
            "cvm:region": {"type": "string"},
            "qcs:ip": {
                "type": "ip",
                "source": "https://cloud.tencent.com/document/product/598/10608",
            },
            "qcs:resource_tag/*": {"type": "string", "set": True},
        },
        "foreign": {"aws:SourceIp": "qcs:ip"},
        "foreign_clouds": {"aws": "AWS"},
    },
    "services/cdb": {
        "name": "TencentDB for MySQL",
        "name_zh": "云数据库 MySQL",
        "documented": 3,
        "types": ["instanceId"],
        "templates": ["qcs::cdb:${region}:uin/${uin}:instanceId/${instanceId}"],
        "actions": {
            "DescribeDBInstances": {
                "level": "read",
                "origins": ["cam-enabled-api"],
                "resource_level": True,
                "resources": ["qcs::cdb:${region}:uin/${uin}:instanceId/${instanceId}"],
            },
            "IsolateDBInstance": {
                "groups": ["destructive"],
                "level": "write",
                "origins": ["cam-enabled-api"],
                "resource_level": True,
                "resources": ["qcs::cdb:${region}:uin/${uin}:instanceId/${instanceId}"],
            },
            "ModifyAccountPrivileges": {
                "level": "permissions",
                "origins": ["product-docs"],
                "resource_level": True,
            },
        },
    },
    "services/cvm": {
        "name": "Cloud Virtual Machine (CVM)",
        "name_zh": "云服务器",
        "documented": 2,
        "types": ["instance"],
        "templates": ["qcs::cvm:${region}:uin/${uin}:instance/${instanceId}"],
        "actions": {
            "DescribeInstances": {
                "level": "read",
                "origins": ["cam-enabled-api"],
                "resource_level": False,
            },
            "StartInstances": {
                "level": "write",
                "origins": ["cam-enabled-api"],
                "resource_level": True,
                "resources": ["qcs::cvm:${region}:uin/${uin}:instance/${instanceId}"],
            },
        },
    },
    "services/live": {"name_zh": "云直播", "actions": {}},
    "services/tat": {
        "name": "TencentCloud Automation Tools (TAT)",
        "name_zh": "自动化助手",
        "documented": 1,
        "actions": {
            "RunCommand": {
                "level": "write",
                "origins": ["cam-enabled-api"],
                "resource_level": True,
                "resources": ["qcs::cvm:${region}:uin/${uin}:instance/${instanceId}"],
            },
        },
    },
    "services/trtc": {
        "name": "Tencent Real-Time Communication (TRTC)",
        "name_zh": "实时音视频",
        "granularity": "resource",
        "tag_authorization": True,
        "documented": 4,
        "regionless": True,
        "sources": ["https://cloud.tencent.com/document/product/598/70059"],
        "types": ["sdkappid"],
        "templates": [
            "qcs::trtc::uin/${uin}:sdkappid/${SdkAppId}",
            "qcs::trtc::uin/${uin}:sdkappid/${sdkappid}",
        ],
        "actions": {
            "CreateCloudSliceTask": {
                "level": "write",
                "origins": ["cam-enabled-api", "sdk"],
                "resource_level": False,
            },
            "CreatePicture": {"level": "write", "origins": ["sdk"]},
            "CreateTrtcApp": {
                "conflict": True,
                "level": "write",
                "origins": ["product-docs"],
                "resource_level": False,
            },
            "DescribeAppStatList": {
                "level": "list",
                "origins": ["cam-enabled-api"],
                "resource_level": True,
            },
            "DescribeRoomInfo": {
                "level": "read",
                "origins": ["product-docs", "sdk"],
                "resource_level": True,
                "resources": ["qcs::trtc::uin/${uin}:sdkappid/${SdkAppId}"],
            },
            "DismissRoom": {
                "groups": ["destructive"],
                "level": "write",
                "origins": ["product-docs", "sdk"],
                "resource_level": True,
                "resources": ["qcs::trtc::uin/${uin}:sdkappid/${sdkappid}"],
            },
        },
    },
}
"""A small catalogue that no refresh of the real one changes."""


@pytest.fixture
def small_catalogue(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is asked of the catalogue in this test is asked of a small one that stays as it is."""
    data = tmp_path_factory.mktemp("catalogue")
    (data / "services").mkdir()
    for name, table in CATALOGUE.items():
        (data / f"{name}.json").write_text(json.dumps({"format": 1, **table}), "utf-8")
    monkeypatch.setattr("camlint.catalog.data_file._DATA", str(data))
