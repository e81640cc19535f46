"""What all tests share: generated cases that CI repeats, a small catalogue, packs to install."""

import json
import os
import sys
from collections.abc import Callable, Iterator

import pytest
from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
settings.register_profile("deep", deadline=None, max_examples=5_000)
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


PACK_RULE = '''"""An action deletes objects."""

from camlint.rule import ActionPattern, Bad, Confidence, Finding, Good, Severity, rule

POLICY = (
    '{"version": "2.0", "statement": [{"effect": "allow", "action": [%s], '
    '"resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]}]}'
)


@rule(
    code="CODE",
    name="NAME",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=(),
    security_severity=5.0,
    bad=Bad(POLICY % '«"cos:DeleteObject"»'),
    good=Good(POLICY % '"cos:GetObject"'),
)
def check(action: ActionPattern, context: object) -> object:
    """## Why is this a problem?

    Nobody here deletes.
    """
    if action.name.qualified == "cos:DeleteObject":
        yield Finding(f"{action.text} deletes", action.place(), help="leave it out")
'''
"""The module of a rule that a pack has, but for its code and its name."""

Rules = dict[str, tuple[str, str]]
"""The code and the name of the rule of each module of a pack; the text of a module that has none
follows an empty code."""

InstallPack = Callable[..., None]


@pytest.fixture
def install_pack(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[InstallPack]:
    """Installs a pack for one test: its name, its package, and the rules in its modules."""
    packages: list[str] = []

    def install(
        name: str, package: str, rules: Rules, *, distribution: str = "", index: str = ""
    ) -> None:
        site = tmp_path_factory.mktemp("site")
        (site / package).mkdir()
        (site / package / "__init__.py").write_text("", "utf-8")
        if index:
            (site / package / "_index.py").write_text(index, "utf-8")
        for module, (code, rest) in rules.items():
            text = PACK_RULE.replace("CODE", code).replace("NAME", rest) if code else rest
            file = site / package / f"{module}.py"
            file.parent.mkdir(exist_ok=True)
            (file.parent / "__init__.py").touch()
            file.write_text(text, "utf-8")
        distribution = distribution or f"{name}-pack"
        info = site / f"{distribution.replace('-', '_')}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.2\n", "utf-8"
        )
        (info / "entry_points.txt").write_text(f"[camlint.rules]\n{name} = {package}\n", "utf-8")
        packages.append(package)
        monkeypatch.syspath_prepend(str(site))

    yield install
    for module in list(sys.modules):
        if module.partition(".")[0] in packages:
            del sys.modules[module]
