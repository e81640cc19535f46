"""What a policy is called: by what holds it, else by its file."""

import json

import pytest

from camlint.hosts.search import find_policies
from camlint.source import Source
from camlint.syntax.document import read_document

POLICY: dict[str, object] = {
    "version": "2.0",
    "statement": [{"effect": "allow", "action": "cls:*", "resource": "*"}],
}
TEXT = json.dumps(POLICY)


def names(value: object, path: str = "policies/team.a.json") -> list[str]:
    return [one.name for one in find_policies(read_document(Source(path, json.dumps(value))))]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("policies/team.a.json", "team.a"),
        ("policies\\cls-read-only.json", "cls-read-only"),
        ("LICENSE", "LICENSE"),
        (".json", ""),
        ("<stdin>", "<stdin>"),
    ],
)
def test_a_file_that_is_a_policy_names_it(path: str, name: str) -> None:
    assert names(POLICY, path) == [name]


@pytest.mark.parametrize("document", [TEXT, POLICY], ids=["text", "object"])
@pytest.mark.parametrize(
    ("parameter", "named_by"),
    [
        ("PolicyDocument", "PolicyName"),
        ("policyDocument", "policyName"),
        ("policy_document", "policy_name"),
        ("NewCustomPolicyDocument", "CustomPolicyName"),
        ("Content", "Name"),
        ("document", "name"),
    ],
)
def test_a_parameter_beside_the_document_names_it(
    document: object, parameter: str, named_by: str
) -> None:
    assert names({"Response": [{parameter: document, named_by: "ops"}]}) == ["ops"]


@pytest.mark.parametrize(
    "around",
    [
        {"PolicyDocument": TEXT},
        {"PolicyDocument": TEXT, "PolicyName": 7},
        {"PolicyDocument": TEXT, "RoleName": "ops"},
        {"Policy": TEXT, "Name": "ops"},
        [POLICY],
    ],
)
def test_without_such_a_parameter_it_has_no_name(around: object) -> None:
    assert names(around) == [""]
