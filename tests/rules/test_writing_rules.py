"""What the rules about how a policy is written say in cases that their examples don't show."""

import json
from collections.abc import Mapping

import pytest

from camlint.engine import Engine
from camlint.finding import Confidence, Safety, Severity
from camlint.findings import Diagnostic
from camlint.fixes import fix_text
from camlint.kinds import Kind
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source

REGISTRY = load_registry()
STATEMENT: dict[str, object] = {
    "effect": "allow",
    "action": ["cdb:DescribeDBInstances"],
    "resource": ["*"],
}
BUCKET: dict[str, object] = {
    "effect": "allow",
    "principal": {"qcs": ["qcs::cam::uin/100012345678:uin/100087654321"]},
    "action": ["cos:GetObject"],
    "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
}


def engine(*codes: str, kind: Kind | None = None) -> Engine:
    return Engine(REGISTRY, Selection(codes or None, strict=True), NOTHING_STATED, kind, edits=True)


def lint(policy: object, *codes: str, kind: Kind | None = None) -> list[Diagnostic]:
    text = policy if isinstance(policy, str) else json.dumps(policy, ensure_ascii=False)
    return list(engine(*codes, kind=kind).lint(Source("policy.json", text)).diagnostics)


def fix(policy: object, *codes: str, most: Safety = Safety.REPAIR) -> object:
    text = json.dumps(policy, ensure_ascii=False)
    return json.loads(fix_text(Source("policy.json", text), engine(*codes), most).text)


def policy(*statements: Mapping[str, object]) -> dict[str, object]:
    return {"version": "2.0", "statement": list(statements or (STATEMENT,))}


def capitalised(value: Mapping[str, object]) -> dict[str, object]:
    return {key.capitalize(): item for key, item in value.items()}


# CAM008


def test_capitals_are_accepted_in_bucket_policies() -> None:
    (found,) = lint({"version": "2.0", "Statement": [capitalised(BUCKET)]}, "CAM008")
    assert (found.severity, found.fixes[0].safety) == (Severity.NOTE, Safety.SAFE)
    lenient = Engine(REGISTRY, Selection(), NOTHING_STATED)
    text = json.dumps({"version": "2.0", "Statement": [capitalised(BUCKET)]})
    assert "CAM008" not in {one.code for one in lenient.lint(Source("x", text)).diagnostics}


@pytest.mark.parametrize("key", ["Effect", "EFFECT", "eFFect"])
def test_a_mixture_warns_in_bucket_policies(key: str) -> None:
    mixed = {key: "allow"} | {name: item for name, item in BUCKET.items() if name != "effect"}
    (found,) = lint(policy(mixed), "CAM008")
    assert (found.severity, found.fixes[0].safety) == (Severity.WARNING, Safety.REPAIR)


def test_all_statements_speak_with_one_voice() -> None:
    found = lint({"Version": "2.0", "Statement": [capitalised(STATEMENT)] * 3}, "CAM008")
    assert [one.pointer for one in found] == ["/Version"]
    assert len(found[0].fixes[0].edits) == 2 + 3 * 3


def test_no_key_is_made_twice() -> None:
    both = {"effect": "deny", "Effect": "allow", "Action": ["cdb:*"], "resource": ["*"]}
    fixed = fix(policy(both), "CAM008")
    assert fixed == policy(
        {"effect": "deny", "Effect": "allow", "action": ["cdb:*"], "resource": ["*"]}
    )
    assert [one.pointer for one in lint(policy(both), "CAM007")] == ["/statement/0/Effect"]


def test_an_element_has_one_finding() -> None:
    found = lint({"version": "2.0", "Statement": [capitalised(STATEMENT)]}, "CAM007", "CAM008")
    assert [one.code for one in found] == ["CAM008"]


def test_sid_is_no_element() -> None:
    assert lint(policy({"Sid": "x"} | BUCKET), "CAM008") == []


# CAM013, CAM014


def of_length(length: int, **around: object) -> dict[str, object]:
    """A policy of so many characters without white space."""
    value: dict[str, object] = policy(STATEMENT | {"action": ["cdb:"]}) | around
    missing = length - len(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    value["statement"] = [STATEMENT | {"action": ["cdb:" + "x" * missing]}]
    return value


@pytest.mark.parametrize(
    ("length", "codes"),
    [(5529, []), (5530, ["CAM014"]), (6144, ["CAM014"]), (6145, ["CAM013"])],
)
def test_where_the_limit_is(length: int, codes: list[str]) -> None:
    for indent in (None, 8):
        text = json.dumps(of_length(length), indent=indent)
        assert [one.code for one in lint(text, "CAM013", "CAM014")] == codes


@pytest.mark.parametrize("kind", [Kind.SCP, Kind.SESSION, Kind.TRUST])
def test_limits_that_are_not_published_are_not_checked(kind: Kind) -> None:
    assert lint(of_length(9000), "CAM013", "CAM014", kind=kind) == []


@pytest.mark.parametrize("key", ["CustomPolicyDocument", "NewCustomPolicyDocument"])
def test_a_permission_set_takes_less(key: str) -> None:
    (found,) = lint({key: json.dumps(of_length(4097))}, "CAM013")
    assert "4,097 characters" in found.message
    assert "only 4,096" in found.message
    assert lint({"PolicyDocument": json.dumps(of_length(4097))}, "CAM013", "CAM014") == []


def test_a_bucket_policy_is_counted_in_bytes() -> None:
    long = BUCKET | {"resource": [f"{BUCKET['resource'][0]}{'照' * 7000}"]}
    (found,) = lint(policy(long), "CAM013")
    assert found.severity is Severity.ERROR
    assert lint(policy(BUCKET | {"resource": ["x" * 10_000]}), "CAM013", kind=Kind.BUCKET) == []


def test_white_space_alone_makes_a_bucket_policy_too_long_as_it_is_written() -> None:
    text = json.dumps(policy(BUCKET), indent=8).replace("\n", "\n" + " " * 1500)
    (found,) = lint(text, "CAM013")
    assert (found.severity, found.confidence) == (Severity.WARNING, Confidence.MEDIUM)


# CAM015, CAM016, CAM017


@pytest.mark.parametrize(
    ("kind", "severity"),
    [
        (Kind.IDENTITY, Severity.ERROR),
        (Kind.SCP, Severity.ERROR),
        (Kind.SESSION, Severity.WARNING),
        (None, Severity.WARNING),
    ],
)
def test_how_bad_a_misplaced_principal_is(kind: Kind | None, severity: Severity) -> None:
    named = policy(STATEMENT | {"principal": {"qcs": ["*"]}})
    (found,) = lint(named, "CAM015", kind=kind)
    assert found.severity is severity
    above = policy() | {"principal": "*"}
    assert [one.pointer for one in lint(above, "CAM015", kind=kind)] == ["/principal"]


def test_principals_belong_into_trust_and_bucket_policies() -> None:
    assert lint(policy(BUCKET), "CAM015") == []
    assert lint(policy(STATEMENT), "CAM016") == []


def test_a_misspelt_principal_is_one_finding() -> None:
    misspelt = {key.replace("principal", "principals"): item for key, item in BUCKET.items()}
    assert [one.code for one in lint(policy(misspelt), "CAM007", "CAM016", kind=Kind.BUCKET)] == [
        "CAM007"
    ]


def test_an_empty_principal_is_not_missing() -> None:
    assert lint(policy(BUCKET | {"principal": {}}), "CAM016", kind=Kind.BUCKET) == []


def test_only_trust_policies_go_without_a_resource() -> None:
    assert lint(policy(BUCKET), "CAM017") == []


# CAM019, CAM020


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (" cos:GetObject", "a blank at its beginning"),
        ("cos:GetObject\u00a0", "a no-break space (U+00A0) at its end"),
        ("cos: GetObject", "a blank after a colon"),
        ("cos :GetObject", "a blank before a colon"),
        ("cos:Get  Object", "2 blanks inside"),
        ("cos:GetObject\\n", "a line break at its end"),
    ],
)
def test_where_the_blank_is(action: str, said: str) -> None:
    text = json.dumps(policy(STATEMENT | {"action": ["@"]})).replace("@", action)
    (found,) = lint(text, "CAM020", "CAM101", "CAM102", "CAM103")
    assert (found.code, found.severity) == ("CAM020", Severity.ERROR)
    assert said in found.message
    assert fix(json.loads(text), "CAM020") == policy(STATEMENT | {"action": ["cos:GetObject"]})


def test_two_actions_in_one_text_are_not_joined() -> None:
    one = policy(STATEMENT | {"action": ["cvm:StartInstances StopInstances"]})
    (found,) = lint(one, "CAM020")
    assert found.fixes == ()
    assert "two actions" in found.help
    other = policy(STATEMENT | {"action": ["cvm:StartInstances cvm:StopInstances"]})
    assert [one.code for one in lint(other, "CAM020", "CAM101")] == ["CAM101"]


def test_an_effect_is_read_without_its_blanks() -> None:
    found = lint(policy(STATEMENT | {"effect": "Deny "}), "CAM009", "CAM010", "CAM020")
    assert [one.code for one in found] == ["CAM020"]


def test_a_key_is_read_without_its_stains() -> None:
    stained = {"effect ": "allow", "аction": ["cdb:*"], "resource": ["*"]}
    found = lint(policy(stained), "CAM007", "CAM008", "CAM009", "CAM019", "CAM020")
    assert [one.code for one in found] == ["CAM020", "CAM019"]
    assert fix(policy(stained), "CAM019", "CAM020") == policy(
        {"effect": "allow", "action": ["cdb:*"], "resource": ["*"]}
    )


def test_both_sorts_of_stain_are_told_of_once_each() -> None:
    both = policy(STATEMENT | {"action": ["cоs： GetObject "]})
    found = lint(both, "CAM010", "CAM019", "CAM020", "CAM101")
    assert sorted(one.code for one in found) == ["CAM019", "CAM020"]
    assert fix(both, "CAM019", "CAM020") == policy(STATEMENT | {"action": ["cos:GetObject"]})


def test_whatever_else_is_wrong_is_told_at_its_place() -> None:
    text = json.dumps(
        policy(STATEMENT | {"resource": [" qcs:: cvm:ap-guangzou::instance/*"]}), ensure_ascii=False
    )
    found = {one.code: one for one in lint(text, "CAM020", "CAM205")}
    assert set(found) == {"CAM020", "CAM205"}
    assert found["CAM205"].offending == "ap-guangzou"


def test_a_remembered_finding_moves_to_a_stained_text() -> None:
    texts = ["qcs::cvm:ap-guangzou::instance/*", "qcs::\u200bcvm:ap-guangzou::instance/* "]
    for order in (texts, texts[::-1]):
        text = json.dumps(policy(STATEMENT | {"resource": order}), ensure_ascii=False)
        assert [one.offending for one in lint(text, "CAM205")] == ["ap-guangzou"] * 2


def test_nothing_is_concluded_from_a_stained_action() -> None:
    actions = ["cos:GetObject\u200b", "cos:GetObject"]
    assert lint(policy(STATEMENT | {"action": actions}), "CAM109") == []
    deny = {"effect": "deny", "action": ["* "], "resource": ["*"]}
    assert lint(policy(STATEMENT, deny), "CAM501", "CAM508") == []


@pytest.mark.parametrize(
    ("written", "confidence"),
    [
        ("qcs::cos:::photos-1253653367/dосs/*", Confidence.MEDIUM),
        ("qcs::cоs:::photos-1253653367/docs/*", Confidence.HIGH),
        ("qcs::cos:::phоtos-1253653367/照片/*", Confidence.HIGH),
    ],
)
def test_in_a_name_a_look_alike_may_be_meant(written: str, confidence: Confidence) -> None:
    (found,) = lint(policy(STATEMENT | {"resource": [written]}), "CAM019")
    assert found.confidence is confidence
    assert "Cyrillic" in found.message


def test_values_may_be_in_any_writing() -> None:
    condition = {"for_any_value:string_equal": {"qcs:resource_tag": ["部门&运维 组", " x&у"]}}
    assert lint(policy(STATEMENT | {"condition": condition}), "CAM019", "CAM020") == []


def test_operators_and_keys_are_read_without_their_stains() -> None:
    condition = {"string_equаl": {"qcs:resource_tag/部门 ": ["x"]}}
    found = lint(policy(STATEMENT | {"condition": condition}), "CAM019", "CAM020")
    assert [(one.code, one.offending) for one in found] == [("CAM019", "а"), ("CAM020", " ")]


# CAM110


@pytest.mark.parametrize(
    ("actions", "fixed"),
    [
        (["name/cdb:A", "cdb:B"], ["cdb:A", "cdb:B"]),
        (["name/cdb:A", "cdb:B", "name/cdb:C"], ["name/cdb:A", "name/cdb:B", "name/cdb:C"]),
        (["name/cdb:A", "*", "*:*", "permid/280655"], None),
    ],
)
def test_most_actions_decide_on_the_prefix(actions: list[str], fixed: list[str] | None) -> None:
    mixed = policy(STATEMENT | {"action": actions})
    assert len(lint(mixed, "CAM110")) == (fixed is not None)
    assert fix(mixed, "CAM110", most=Safety.SAFE) == policy(
        STATEMENT | {"action": fixed or actions}
    )


def test_statements_are_compared_with_one_another() -> None:
    mixed = policy(STATEMENT, STATEMENT | {"action": "name/cdb:DescribeBackups"})
    assert [one.pointer for one in lint(mixed, "CAM110")] == ["/statement/1/action"]
