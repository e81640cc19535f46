"""Whatever a file of expectations holds, and its policy: an answer or a message, never a traceback."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from camlint.cli import main

POLICIES = sorted((Path(__file__).parents[1] / "policies").glob("*.json"))
DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = pytest.importorskip("jsonschema").Draft202012Validator(
    json.loads((DOCS / "test.schema.json").read_text("utf-8"))
)

FRESH = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

WORDS = st.sampled_from(
    [
        *("cos:GetObject", "trtc:DismissRoom", "cvm:DescribeInstances", "cam:*", "*", "*:*", "a"),
        *("name/cos:PutObject", "permid/280655", "nobody:Knows", "trtc:", "cos:GetObjct", ""),
        *("qcs::cos:ap-guangzhou:uid/1250000000:a-1250000000/b", "qcs::trtc:::sdkappid/14*"),
        *(
            "qcs::::",
            "qcs",
            "qcs::cvm:gz::instance/ins-1",
            "${uin}",
            "\u001b[31m",
            "房间",
            "\ud7ff",
        ),
        *("policy.json", "policy.json#/0", "missing.json", "anonymous", "uin/1:uin/2", "10.0.0.1"),
        *("qcs::cam::uin/1:root", "qcs::cam::anyone:anyone", "scf.qcloud.com", "true"),
    ]
)
KEYS = st.sampled_from(
    [
        "qcs:ip",
        "qcs:Ip",
        "qcs:resource_tag/a",
        "qcs:current_time",
        "qcs:read_only_action",
        "k=v",
        "",
    ]
)
TEXTS = WORDS | st.lists(WORDS, max_size=3)
CONTEXT = st.dictionaries(KEYS, TEXTS | st.booleans() | st.integers(), max_size=3)
CASES = st.fixed_dictionaries(
    {},
    optional={
        "name": WORDS,
        "can": TEXTS,
        "cannot": TEXTS,
        "resource": TEXTS,
        "context": CONTEXT,
        "unknown": KEYS | st.lists(KEYS, max_size=2),
        "principal": WORDS,
    },
)
BANS = WORDS | st.fixed_dictionaries({"action": TEXTS}, optional={"resource": TEXTS})
FILES = st.fixed_dictionaries(
    {"policy": st.just("policy.json") | TEXTS},
    optional={
        "cases": st.lists(CASES, max_size=3),
        "never-grants": BANS | st.lists(BANS, max_size=2),
        "must-equal": st.just("policy.json") | WORDS,
        "not-wider-than": WORDS,
        "boundary": st.just("policy.json") | WORDS,
        "scp": WORDS,
        "context": CONTEXT,
        "principal": WORDS,
    },
)

PAIRS = st.sampled_from(
    [
        ("cos:GetObject", "qcs::cos:ap-guangzhou:uid/1250000000:a-1250000000/b"),
        ("cos:PutObject", "qcs::cos:ap-beijing:uid/1253653367:photos-1253653367/a"),
        ("trtc:DismissRoom", "qcs::trtc::uin/100032145678:sdkappid/1400618273"),
        ("cvm:StartInstances", "qcs::cvm:gz::instance/ins-1"),
        ("cvm:DescribeRegions", "*"),
        ("sts:AssumeRole", "qcs::cam::uin/100000000001:roleName/x"),
    ]
)
SOUND_CONTEXT = st.fixed_dictionaries(
    {},
    optional={
        "qcs:ip": st.sampled_from(["10.0.0.1", "203.0.113.7", "::1"]),
        "qcs:resource_tag/a": st.lists(st.sampled_from(["x", "y"]), max_size=2),
        "qcs:current_time": st.just("2026-01-01T00:00:00Z"),
    },
)
SOUND_CASES = st.builds(
    lambda pair, word, context, unknown: {
        word: pair[0],
        "resource": pair[1],
        "context": context,
        "unknown": [key for key in unknown if key not in context],
    },
    PAIRS,
    st.sampled_from(["can", "cannot"]),
    SOUND_CONTEXT,
    st.lists(st.sampled_from(["qcs:ip", "qcs:resource_tag/a"]), max_size=2, unique=True),
).map(lambda case: {key: value for key, value in case.items() if value})
SOUND = st.fixed_dictionaries(
    {
        "policy": st.just("policy.json"),
        "principal": st.sampled_from(["anonymous", "uin/1:uin/2", "scf.qcloud.com"]),
        "cases": st.lists(SOUND_CASES, min_size=1, max_size=3),
    },
    optional={
        "never-grants": st.sampled_from(["*", "cam:*", ["cos:Get*", "cos:*Object"]]),
        "boundary": st.just("policy.json"),
        "not-wider-than": st.just("policy.json"),
    },
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    yield tmp_path


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["test", *arguments])
    out, err = capsys.readouterr()
    assert code in (0, 1, 2)
    assert "internal error" not in err
    assert "Traceback" not in err
    assert (out + err).replace("\n", "").isprintable()
    return code, out


@FRESH
@given(
    st.binary(max_size=200)
    | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace"))
)
@pytest.mark.parametrize("name", ["x.camtest.toml", "x.camtest.yaml"])
def test_any_bytes(capsys: pytest.CaptureFixture[str], here: Path, name: str, data: bytes) -> None:
    (here / name).write_bytes(data)
    assert answer(capsys)[0] == 2


@FRESH
@given(SOUND | FILES, st.sampled_from(POLICIES))
def test_any_expectations_about_any_policy(
    capsys: pytest.CaptureFixture[str], here: Path, file: dict[str, object], policy: Path
) -> None:
    (here / "policy.json").write_bytes(policy.read_bytes())
    (here / "x.camtest.yaml").write_text(json.dumps(file), "utf-8")
    code, out = answer(capsys, "--format", "json")
    report = json.loads(out)
    SCHEMA.validate(report)
    assert (code == 2) is bool(report["broken"])
    if code != 2:
        failed = [one for one in report["files"][0]["expectations"] if not one["met"]]
        assert (code == 1) is bool(failed)
    same, out = answer(capsys, "--format", "junit")
    root = ET.fromstring(out.partition("\n")[2])
    assert same == code
    assert (root.get("failures") != "0") is (code == 1)
    assert answer(capsys, "-v")[0] == code


@pytest.mark.parametrize("policy", POLICIES, ids=lambda path: path.name)
def test_every_policy_can_lose_its_parts(
    capsys: pytest.CaptureFixture[str], here: Path, policy: Path
) -> None:
    (here / "policy.json").write_bytes(policy.read_bytes())
    (here / "x.camtest.toml").write_text(
        'policy = "policy.json"\nmust-equal = "policy.json"\n', "utf-8"
    )
    code, out = answer(capsys, "--mutate", "--format", "json")
    report = json.loads(out)
    SCHEMA.validate(report)
    if code != 2 and report["mutation"] is not None:
        # Whatever is proved to change the meaning is noticed, and the rest proved to be the same.
        assert report["mutation"]["survivors"] == []
        assert code == 0
