"""The IAM policies have the shape of the CAM policies that they stand for, slips included."""

import json
from pathlib import Path

import pytest

import equivalent
import generate
import peer


def test_every_generated_action_has_its_equivalent() -> None:
    made = {f"{service}:{one}" for service, all_ in generate.ACTIONS.items() for one in all_}
    made |= {f"{service}:{one}" for service, one in generate.READING.items()}
    assert set(equivalent.ACTIONS) == made
    assert len(set(equivalent.ACTIONS.values())) == len(made)
    assert len(set(equivalent.SERVICES.values())) == len(generate.ACTIONS)


def test_statements_actions_and_resources_are_as_many(tmp_path: Path) -> None:
    generate.write_policies(tmp_path / "cam", 300)
    assert peer.write_equivalents(tmp_path / "cam", tmp_path / "iam", 250) == 250
    sources = sorted((tmp_path / "cam").rglob("*.json"))[:250]
    written = sorted((tmp_path / "iam").iterdir())
    for source, path in zip(sources, written, strict=True):
        cam, iam = json.loads(source.read_text("utf-8")), json.loads(path.read_text("utf-8"))
        ours = [[len(value) for value in one.values()] for one in cam["statement"]]
        theirs = [[len(value) for value in one.values()] for one in iam["Statement"]]
        assert theirs == ours
        assert "qcs" not in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("cam", "iam"),
    [
        ("cvm:StartInstances", "ec2:StartInstances"),
        ("cvm:StartInstances ", "ec2:StartInstances "),
        ("cvmStartInstances", "ec2StartInstances"),
        ("cvm:*", "ec2:*"),
        ("*", "*"),
    ],
)
def test_actions(cam: str, iam: str) -> None:
    assert equivalent.translate_action(cam) == iam


@pytest.mark.parametrize(
    ("cam", "iam"),
    [
        ("*", "*"),
        (
            "qcs::cvm:ap-beijing:uin/100000000001:instance/ins-a1",
            "arn:aws:ec2:eu-west-1:100000000001:instance/ins-a1",
        ),
        (
            "qcs::cos:ap-beijing:uid/1250000000:b-1250000000/reports/*",
            "arn:aws:s3:::b-1250000000/reports/*",
        ),
        (
            "qcs:trtc::uin/100000000001:sdkappid/1400000001",
            "arn:lambda:eu-west-1:100000000001:function:1400000001",
        ),
        (
            "qcs:id/0:vpc:ap-beijing:uin/100000000001:vpc/vpc-a1",
            "arn:id/0:dynamodb:eu-west-1:100000000001:table/vpc-a1",
        ),
    ],
)
def test_resources(cam: str, iam: str) -> None:
    assert equivalent.translate_resource(cam) == iam


def test_a_wrong_effect_is_wrong_there_too() -> None:
    policy: dict[str, object] = {
        "statement": [{"effect": "Deny", "action": ["*"]}, {"effect": "deny"}]
    }
    translated = equivalent.translate_policy(policy)["Statement"]
    assert translated == [{"Effect": "deny", "Action": ["*"]}, {"Effect": "Deny"}]
