"""What the rules about documents say in cases that their examples don't show."""

import json

import pytest

from camlint.engine import Engine
from camlint.finding import Confidence, Severity
from camlint.findings import Diagnostic
from camlint.kinds import Kind
from camlint.policy.read import read_policy
from camlint.registry import load_registry
from camlint.rule import OF_ENCODING, Context, Slip, SlipKind
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source
from camlint_rules.document import json_syntax, missing_version

REGISTRY = load_registry()
STATEMENT = {"effect": "allow", "action": ["cdb:DescribeDBInstances"], "resource": ["*"]}


def lint(
    policy: object, *codes: str, kind: Kind | None = None, strict: bool = True
) -> list[Diagnostic]:
    text = policy if isinstance(policy, str) else json.dumps(policy, ensure_ascii=False)
    engine = Engine(REGISTRY, Selection(strict=strict), NOTHING_STATED, kind)
    found = engine.lint(Source("policy.json", text)).diagnostics
    return [one for one in found if not codes or one.code in codes]


def with_statement(**changes: object) -> dict[str, object]:
    statement = {key: value for key, value in (STATEMENT | changes).items() if value != "-"}
    return {"version": "2.0", "statement": [statement]}


def test_a_number_between_two_members_is_to_be_deleted_as_its_fix_does() -> None:
    text = json.dumps(with_statement()).replace(' "statement"', '1 "statement"')
    (finding,) = lint(text, "CAM001")
    assert finding.message.startswith("1 stands where nothing can stand without quotation marks")
    assert finding.help == finding.fixes[0].description == "delete it"


@pytest.mark.parametrize("kind", [kind for kind in SlipKind if kind not in OF_ENCODING])
def test_every_slip_has_words_and_a_way_out(kind: SlipKind) -> None:
    for text in ("]", ",", "，", "\u00a0", "\n", ""):
        (finding,) = json_syntax.check.check(Slip(kind, 3, 4, text), Context())
        assert finding.message and finding.label and finding.help
        assert "\n" not in finding.message
        assert not finding.message.endswith(".") or text in finding.message
        assert (finding.at.start, finding.at.end) == (3, 4)
        assert "not JSON, so" not in finding.message, "a kind without words of its own"


def test_a_full_width_comma_is_answered_with_a_plain_one() -> None:
    (finding,) = json_syntax.check.check(Slip(SlipKind.FULL_WIDTH, 0, 1, "，"), Context())
    assert finding.help == "type the plain , in its place"


def test_a_long_comment_is_quoted_in_part() -> None:
    slip = Slip(SlipKind.COMMENT, 0, 500, "/* " + "word\n" * 99 + "*/")
    (finding,) = json_syntax.check.check(slip, Context())
    assert len(finding.message) < 120
    assert "\n" not in finding.message


def test_a_version_that_the_host_implies_is_not_missing() -> None:
    value: dict[str, object] = {"statement": [STATEMENT]}
    implied = read_policy(value, Kind.IDENTITY, implied_version=True)
    stated = read_policy(value, Kind.IDENTITY)
    assert list(missing_version.check.check(implied, Context())) == []
    assert len(list(missing_version.check.check(stated, Context()))) == 1


def test_a_lone_statement_needs_neither_version_nor_list() -> None:
    lone = {
        "effect": "allow",
        "action": "sts:AssumeRole",
        "principal": {"service": "cvm.qcloud.com"},
    }
    assert lint(lone, "CAM003", "CAM005", "CAM006") == []


@pytest.mark.parametrize("version", [2, 2.0])
def test_a_version_as_number_asks_for_quotation_marks(version: object) -> None:
    (found,) = lint({"version": version, "statement": [STATEMENT]}, "CAM004")
    assert found.severity is Severity.ERROR
    assert "number" in found.message
    assert "quotation marks" in found.help


@pytest.mark.parametrize("version", ["1.0", "2", "", True, None, [2.0], {"a": "2.0"}])
def test_other_versions_are_errors(version: object) -> None:
    (found,) = lint({"version": version, "statement": [STATEMENT]}, "CAM004")
    assert found.severity is Severity.ERROR
    assert found.help == 'write "2.0"'


def test_version_three_is_only_a_note() -> None:
    (found,) = lint({"version": "3.0", "statement": [STATEMENT]}, "CAM004")
    assert (found.severity, found.confidence) == (Severity.NOTE, Confidence.MEDIUM)


@pytest.mark.parametrize(
    ("key", "meant"),
    [("actions", "action"), ("Effects", "effect"), ("principle", "principal")],
)
def test_a_misspelt_element_names_the_right_one(key: str, meant: str) -> None:
    (found,) = lint(with_statement(**{key: "x"}), "CAM007")
    assert found.severity is Severity.ERROR
    assert meant in found.help


@pytest.mark.parametrize("key", ["notAction", "NotAction", "not_action", "notResource"])
def test_a_negated_element_is_an_error_in_every_spelling(key: str) -> None:
    (found,) = lint(with_statement(**{key: ["cdb:*"]}), "CAM007")
    assert found.severity is Severity.ERROR
    assert "deny the exceptions" in found.help


@pytest.mark.parametrize("key", ["_comment", "$schema", "description", "id", "source"])
def test_other_keys_warn(key: str) -> None:
    (found,) = lint({"version": "2.0", key: "x", "statement": [STATEMENT]}, "CAM007")
    assert found.severity is Severity.WARNING


def test_a_capital_is_not_an_unknown_element() -> None:
    capitals = {key.capitalize(): value for key, value in STATEMENT.items()}
    assert lint({"version": "2.0", "Statement": [capitals]}, "CAM007", "CAM009") == []


def test_sid_is_free_in_bucket_policies_only() -> None:
    policy = with_statement(Sid="reports")
    assert [one.severity for one in lint(policy, "CAM007")] == [Severity.NOTE]
    assert lint(policy, "CAM007", kind=Kind.BUCKET) == []


def test_a_principal_may_stand_at_the_top() -> None:
    assert lint({"principal": {"qcs": ["*"]}} | with_statement(), "CAM007") == []


def test_two_spellings_name_the_one_that_is_read() -> None:
    (found,) = lint(with_statement(Effect="deny"), "CAM007")
    assert found.pointer == "/statement/0/Effect"
    assert [one.pointer for one in found.related] == ["/statement/0/effect"]


def test_a_misspelt_element_is_not_reported_as_missing_too() -> None:
    policy = with_statement(action="-", actions=["cdb:*"])
    assert [one.code for one in lint(policy, "CAM007", "CAM009")] == ["CAM007"]


def test_what_no_misspelling_explains_is_still_missing() -> None:
    policy = with_statement(action="-", actions=["cdb:*"], effect="-")
    codes = sorted(one.code for one in lint(policy, "CAM007", "CAM009"))
    assert codes == ["CAM007", "CAM009", "CAM009"]


def test_a_misspelt_version_is_not_reported_as_missing_too() -> None:
    policy = {"verison": "2.0", "statement": [STATEMENT]}
    assert [one.code for one in lint(policy, "CAM003", "CAM007")] == ["CAM007"]


def test_every_missing_element_is_reported_once() -> None:
    messages = [one.message for one in lint({"version": "2.0", "statement": {}}, "CAM009")]
    assert len(messages) == 3
    assert len(set(messages)) == 3


def test_a_trust_policy_needs_no_resource() -> None:
    policy = with_statement(
        action="sts:AssumeRole", resource="-", principal={"service": "cvm.qcloud.com"}
    )
    assert lint(policy, "CAM009") == []


@pytest.mark.parametrize(
    ("kind", "strict", "expected"),
    [
        (Kind.IDENTITY, False, [Severity.WARNING]),
        (Kind.SCP, False, [Severity.WARNING]),
        (Kind.BUCKET, False, []),
        (Kind.BUCKET, True, [Severity.NOTE]),
    ],
)
def test_a_capital_effect_is_judged_by_kind(
    kind: Kind, strict: bool, expected: list[Severity]
) -> None:
    found = lint(with_statement(effect="Deny"), "CAM010", kind=kind, strict=strict)
    assert [one.severity for one in found] == expected


@pytest.mark.parametrize(
    ("effect", "meant"),
    [("alow", "allow"), ("Denied", "deny"), ("disallow", "deny"), ("ALLOW", "allow")],
)
def test_a_wrong_effect_is_an_error_that_names_the_right_one(effect: str, meant: str) -> None:
    (found,) = lint(with_statement(effect=effect), "CAM010")
    assert found.severity is Severity.ERROR
    assert found.help == f'write "{meant}"'


def test_an_empty_effect_belongs_to_one_rule() -> None:
    assert [one.code for one in lint(with_statement(effect=""), "CAM010", "CAM012")] == ["CAM010"]


@pytest.mark.parametrize(
    ("changes", "pointer", "words"),
    [
        ({"effect": 1}, "/statement/0/effect", "effect is the number 1"),
        ({"action": {"a": 1}}, "/statement/0/action", "action is an object"),
        ({"resource": [True]}, "/statement/0/resource/0", "this resource is true"),
        ({"resource": [["*"]]}, "/statement/0/resource/0", "this resource is a list"),
        ({"condition": 5}, "/statement/0/condition", "condition is the number 5"),
        (
            {"condition": {"ip_equal": ["10.0.0.1"]}},
            "/statement/0/condition/ip_equal",
            "what ip_equal tests is a list",
        ),
        (
            {"condition": {"ip_equal": {"qcs:ip": None}}},
            "/statement/0/condition/ip_equal/qcs:ip",
            "the value of qcs:ip is null",
        ),
        (
            {"principal": {"qcs": 7}},
            "/statement/0/principal/qcs",
            "principal qcs is the number 7",
        ),
    ],
)
def test_a_wrong_type_names_the_element_and_what_it_is(
    changes: dict[str, object], pointer: str, words: str
) -> None:
    (found,) = lint(with_statement(**changes), "CAM011")
    assert found.pointer == pointer
    assert found.message.startswith(words + ", but must be ")


def test_a_statement_of_the_wrong_type_is_told_from_a_list_of_them() -> None:
    whole = lint({"version": "2.0", "statement": [STATEMENT, 3]}, "CAM011")
    assert [one.message.startswith("this statement is the number 3") for one in whole] == [True]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"action": []}, "grants nothing"),
        ({"effect": "deny", "action": ""}, "refuses nothing"),
        ({"effect": "deny", "resource": []}, "protects nothing"),
        ({"resource": ["*", " "]}, "an empty string stands among the resources"),
        ({"condition": {}}, "nothing restricts this allow"),
        ({"condition": {"ip_equal": {}}}, "ip_equal tests no key"),
        ({"condition": {"ip_equal": {"qcs:ip": []}}}, "qcs:ip is compared with no value"),
        ({"principal": {"qcs": []}}, "names nobody"),
    ],
)
def test_an_empty_element_tells_what_it_leads_to(changes: dict[str, object], words: str) -> None:
    (found,) = lint(with_statement(**changes), "CAM012")
    assert words in found.message


def test_the_empty_condition_of_official_samples_is_no_error() -> None:
    (listed,) = lint(with_statement(condition=[]), "CAM012")
    (mapped,) = lint(with_statement(condition={}), "CAM012")
    assert (listed.severity.value, mapped.severity.value) == ("warning", "error")


def test_a_duplicate_names_the_value_that_is_lost() -> None:
    text = json.dumps(with_statement()).replace(
        '"effect": "allow"', '"effect": "deny", "effect": "allow"'
    )
    (found,) = lint(text, "CAM002")
    assert '"deny" is lost' in found.message
    assert len(found.related) == 1
    assert found.related[0].region.span.start < found.region.span.start


def test_a_key_that_stands_a_thousand_times_is_one_finding() -> None:
    text = json.dumps(with_statement()).replace(
        '"effect": "allow"', ", ".join(['"effect": "allow"'] * 1000)
    )
    (found,) = lint(text, "CAM002")
    assert "1000 times" in found.message
    assert len(found.related) == 3
