"""Where policies are found in JSON files, and of which kind they are said to be."""

import json
from urllib.parse import quote

import pytest

from camlint.hosts.search import HostedPolicy, find_policies
from camlint.kinds import Kind
from camlint.place import Place
from camlint.source import Source
from camlint.syntax.document import read_document

POLICY = {
    "version": "2.0",
    "statement": [{"effect": "allow", "action": ["cos:GetObject"], "resource": ["*"]}],
}


def find(value: object, kind: Kind | None = None) -> tuple[str, list[HostedPolicy]]:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text, find_policies(read_document(Source("x.json", text)), kind)


def addresses(value: object) -> list[str]:
    return [one.address for one in find(value)[1]]


def test_a_bare_document_has_no_address() -> None:
    assert addresses(POLICY) == [""]


def test_several_are_found_in_their_order() -> None:
    assert addresses([POLICY, {"deep": [POLICY]}]) == ["/0", "/1/deep/0"]
    assert addresses({"b": POLICY, "a": POLICY}) == ["/b", "/a"]


def test_nothing_is_found_in_a_file_of_another_kind() -> None:
    assert addresses({"statement": "x", "effect": ["y"], "a": [{"b": '{"effect": 1}'}]}) == []


def test_a_policy_in_a_parameter_is_read_where_it_stands() -> None:
    request = {"PolicyName": "x", "PolicyDocument": json.dumps(POLICY)}
    text, (host,) = find(request)
    assert host.address == "/PolicyDocument"
    assert host.kind is Kind.IDENTITY and not host.kind_known
    span = host.document.locate(Place(("statement", 0, "action", 0), 4, 7))
    assert text[span.start : span.end] == "Get"


@pytest.mark.parametrize("safe", ["", "/:"])
def test_a_url_encoded_session_policy_is_read_where_it_stands(safe: str) -> None:
    text, (host,) = find({"Policy": quote(json.dumps(POLICY), safe=safe)})
    assert (host.kind, host.kind_known) == (Kind.SESSION, True)
    span = host.document.locate(Place(("statement", 0, "effect")))
    assert text[span.start : span.end] == "%22allow%22"


def test_texts_inside_texts_are_opened() -> None:
    inner = json.dumps({"PolicyDocument": json.dumps(POLICY)})
    text, (host,) = find({"body": inner})
    assert host.address == "/body/PolicyDocument"
    span = host.document.locate(Place(("version",), 0, 3))
    assert text[span.start : span.end] == "2.0"


def test_a_broken_policy_in_a_parameter_is_one_all_the_same() -> None:
    _, (host,) = find({"PolicyDocument": json.dumps(POLICY)[:-1]})
    assert host.value == POLICY
    assert host.document.slips
    _, (host,) = find({"PolicyDocument": json.dumps(POLICY).replace('"2.0"', "...")})
    assert host.value is None
    assert host.document.slips
    assert addresses({"Remark": json.dumps(POLICY)[:-1]}) == []


def test_organization_says_what_is_a_service_control_policy() -> None:
    content = json.dumps(POLICY)
    _, (host,) = find({"Type": "SERVICE_CONTROL_POLICY", "Content": content})
    assert (host.kind, host.kind_known) == (Kind.SCP, True)
    _, (host,) = find({"Content": content})
    assert (host.kind, host.kind_known) == (Kind.IDENTITY, False)


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ({"action": "sts:AssumeRole", "principal": {"service": "scf.qcloud.com"}}, Kind.TRUST),
        ({"action": "cos:*", "resource": "qcs::cos:::b-1/*", "principal": "*"}, Kind.BUCKET),
        ({"action": "cos:*", "resource": "qcs::cos:::b-1/*"}, Kind.IDENTITY),
        ({"action": "cvm:*", "resource": "*", "principal": "*"}, Kind.IDENTITY),
        ({"action": "name/cos:*", "resource": "*", "principal": "*"}, Kind.BUCKET),
        ({"action": ["ci:*", "cos:GetObject"], "resource": "*", "principal": "*"}, Kind.BUCKET),
        ({"action": ["cos:*", "cvm:*"], "resource": "*", "principal": "*"}, Kind.IDENTITY),
        ({"action": [], "resource": "*", "principal": "*"}, Kind.IDENTITY),
    ],
)
def test_kinds_are_inferred(statement: dict[str, object], kind: Kind) -> None:
    policy = {"version": "2.0", "statement": [{"effect": "allow"} | statement]}
    assert find(policy)[1][0].kind is kind
    assert find(policy, Kind.SESSION)[1][0].kind is Kind.SESSION


def test_a_principal_at_the_top_level_counts() -> None:
    policy = {
        "version": "2.0",
        "principal": {"qcs": ["qcs::cam::uin/100012345678:root"]},
        "statement": [{"effect": "allow", "action": "cos:*", "resource": "qcs::cos:::b-1/*"}],
    }
    assert find(policy)[1][0].kind is Kind.BUCKET
