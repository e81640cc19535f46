"""Where one cause could be told twice, exactly one finding tells it, and never none."""

import json
from collections.abc import Mapping

import pytest

from camlint.engine import Engine
from camlint.kinds import Kind
from camlint.policy.operators import OPERATORS
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import Settings
from camlint.source import Source

REGISTRY = load_registry()
ZERO_WIDTH = "\u200b"


def codes(element: Mapping[str, object], families: tuple[str, ...], kind: Kind | None) -> list[str]:
    """The codes of these families that one statement with this element raises."""
    statement = {"effect": "allow", "action": "cvm:DescribeInstances", "resource": "*"} | dict(
        element
    )
    text = json.dumps({"version": "2.0", "statement": [statement]}, ensure_ascii=False)
    engine = Engine(REGISTRY, Selection(families, strict=True), Settings(), kind=kind)
    return [one.code for one in engine.lint(Source("policy.json", text)).diagnostics]


@pytest.mark.parametrize("operator", sorted(OPERATORS))
@pytest.mark.parametrize(
    "key",
    ["qcs:ip", "qcs:current_time", "cos:secure-transport", "cos:content-length", "cvm:region"],
)
def test_a_bare_truth_value_is_told_once(operator: str, key: str) -> None:
    said = codes({"condition": {operator: {key: True}}}, ("CAM304", "CAM305", "CAM321"), None)
    assert len(said) == 1


def test_the_wrong_operator_is_told_before_the_bare_value_beneath_it() -> None:
    told = ("CAM304", "CAM305", "CAM321")
    wrong = {"condition": {"string_equal": {"cos:secure-transport": True}}}
    right = {"condition": {"bool_equal": {"cos:secure-transport": True}}}
    number = {"condition": {"numeric_equal": {"qcs:read_only_action": True}}}
    assert codes(wrong, told, None) == ["CAM304"]
    assert codes(right, told, None) == ["CAM321"]
    assert codes(number, told, None) == ["CAM305"]


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ({"string_equal ": {"cvm:region": "ap-guangzhou"}}, "CAM020"),
        ({"string_equal" + ZERO_WIDTH: {"cvm:region": "ap-guangzhou"}}, "CAM019"),
        ({"string_equal _if_exist": {"cvm:region": "ap-guangzhou"}}, "CAM020"),
        ({"string_equal" + ZERO_WIDTH + "_if_exist": {"cvm:region": "ap-guangzhou"}}, "CAM019"),
        ({"ip_equal": {"qcs: ip": "203.0.113.7"}}, "CAM020"),
        ({"ip_equal": {"q\u0441s:ip": "203.0.113.7"}}, "CAM019"),
        ({"ip_equal": {"qcs:ip": "203.0.113.7 "}}, "CAM305"),
        ({"ip_equal": {"qcs:ip": "203.0.113.7" + ZERO_WIDTH}}, "CAM305"),
        (
            {"for_any_value:string_equal": {"qcs:resource_tag": "env" + ZERO_WIDTH + "prod"}},
            "CAM309",
        ),
    ],
)
def test_a_stain_is_told_once(condition: dict[str, object], code: str) -> None:
    told = ("CAM018", "CAM019", "CAM020", "CAM301", "CAM302", "CAM303", "CAM305", "CAM309")
    assert codes({"condition": condition}, told, None) == [code]


@pytest.mark.parametrize("kind", [Kind.IDENTITY, Kind.SCP])
@pytest.mark.parametrize(
    "principal",
    [
        "*",
        7,
        [],
        {},
        "somebody",
        {"qcs": ["*"]},
        {"qcs": []},
        {"qcs": ["qcs::cam::uin/<UIN>:root"]},
        {"qcs": ["qcs::cam::uin/${aws:username}:root"]},
        {"qcs": ["arn:aws:iam::100012345678:root", "qcs::cam::uin/1*:root"]},
        {"service": ["lambda.amazonaws.com"]},
    ],
)
def test_of_a_principal_that_has_no_place_nothing_else_is_told(
    principal: object, kind: Kind
) -> None:
    told = ("CAM011", "CAM012", "CAM015", "CAM214", "CAM215", "CAM4")
    assert codes({"principal": principal}, told, kind) == ["CAM015"]


def test_a_foreign_variable_in_a_product_is_told_once() -> None:
    element = {
        "action": "sts:AssumeRole",
        "principal": {"service": ["${aws:username}.qcloud.com"]},
    }
    assert codes(element, ("CAM215", "CAM4"), Kind.TRUST) == ["CAM215"]
