"""What the rules about effects and administrators say of statements with conditions."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.access.answer import Request, Verdict
from camlint.access.decide import decide
from camlint.access.question import Question
from camlint.catalog.catalog import Catalog
from camlint.engine import Engine
from camlint.finding import Safety
from camlint.findings import Diagnostic
from camlint.fixes import fix_text
from camlint.kinds import Kind
from camlint.policy.read import read_policy
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source

REGISTRY = load_registry()
EFFECTS = ("CAM312", "CAM501", "CAM502", "CAM503", "CAM504", "CAM508", "CAM601")
IP = "qcs:ip"
NET, LOW, WIDE = ({"ip_equal": {IP: net}} for net in ("10.0.0.0/8", "10.0.0.0/9", "10.0.0.0/7"))
NOT_NET, NOT_LOW = ({"ip_not_equal": {IP: net}} for net in ("10.0.0.0/8", "10.0.0.0/9"))
ELSE = {"ip_not_equal_if_exist": {IP: "10.0.0.0/8"}}
READS = {"numeric_equal": {"qcs:read_only_action": 1}}


def statement(effect: str, action: object, condition: object = None) -> dict[str, object]:
    plain = {"effect": effect, "action": action, "resource": "*"}
    return plain | ({"condition": condition} if condition else {})


def engine() -> Engine:
    return Engine(REGISTRY, Selection(EFFECTS, strict=True), NOTHING_STATED, edits=True)


def source(*statements: object) -> Source:
    return Source("policy.json", json.dumps({"version": "2.0", "statement": list(statements)}))


def lint(*statements: object) -> dict[str, Diagnostic]:
    """The findings by their code and the statement that they stand in."""
    found = engine().lint(source(*statements)).diagnostics
    by_place = {
        f"{one.code}/{one.steps[1]}" if len(one.steps) > 1 else one.code: one for one in found
    }
    assert len(by_place) == len(found)
    return by_place


def allowed(diagnostic: Diagnostic, *statements: object) -> bool:
    """Whether the request that is shown is really allowed."""
    assert diagnostic.witness is not None
    policy = read_policy({"version": "2.0", "statement": list(statements)}, Kind.IDENTITY)
    question = Question((policy,), NOTHING_STATED, Catalog())
    return decide(question, diagnostic.witness.request).verdict is Verdict.ALLOW


def test_conditional_denies_shadow_an_allow_together() -> None:
    denies = statement("deny", "cdb:*", LOW), statement("deny", "cdb:Create*", NOT_LOW)
    found = lint(statement("allow", "cdb:CreateBackup", NET), *denies)
    assert list(found) == ["CAM508", "CAM501/0"]
    shadowed = found["CAM501/0"]
    assert shadowed.message == (
        "the allow of cdb:CreateBackup grants nothing: the denies of statements 2 and 3 refuse "
        "everything that it allows"
    )
    assert [one.label for one in shadowed.related] == [
        "refuses cdb:* on everything when qcs:ip is in 10.0.0.0/9",
        "refuses cdb:Create* on everything when qcs:ip is outside 10.0.0.0/9",
    ]
    assert shadowed.note == "whenever qcs:ip is in 10.0.0.0/8, one of those holds too"
    assert lint(statement("allow", "cdb:CreateBackup"), *denies) == {}
    assert lint(statement("allow", "cdb:*", NET), *denies) == {}


def test_an_unconditional_allow_is_shadowed_by_all_there_is() -> None:
    found = lint(
        statement("allow", "cdb:CreateBackup"),
        statement("deny", "cdb:*", NET),
        statement("deny", "cdb:*", ELSE),
    )
    assert found["CAM501/0"].note == (
        "taken together, the conditions of those leave none of these requests out"
    )
    same = lint(statement("allow", "cdb:CreateBackup", NET), statement("deny", "cdb:*", NET))
    assert same["CAM501/0"].note == "the conditions are the same"


def test_reading_is_covered_by_the_verbs_that_read() -> None:
    verbs = ("BatchGet", "BatchQuery", "Check", "Compare", "Describe", "Download", "Export", "Get")
    more = ("Inquire", "Inquiry", "List", "Query", "Search", "Validate", "Verify", "View")
    reading = [f"cdb:{verb}*" for verb in (*verbs, *more)]
    found = lint(statement("allow", reading), statement("allow", "cdb:*", READS))
    assert list(found) == ["CAM503/1"]
    assert list(lint(statement("allow", "cdb:*", READS), statement("deny", reading))) == [
        "CAM508",
        "CAM501/0",
    ]
    fewer = lint(statement("allow", reading[1:]), statement("allow", "cdb:*", READS))
    assert list(fewer) == ["CAM503/0"]
    assert fewer["CAM503/0"].note == "that one holds for each of these requests, conditions and all"


def test_an_action_refused_under_a_condition_is_not_refused_whole() -> None:
    allow = statement("allow", ["cdb:CreateBackup", "cdb:DescribeBackups"], NET)
    found = lint(allow, statement("deny", "cdb:Create*", WIDE))
    assert list(found) == ["CAM502/0"]
    partly = found["CAM502/0"]
    assert [one.label for one in partly.related] == ["refuses it when qcs:ip is in 10.0.0.0/7"]
    assert allowed(partly, allow, statement("deny", "cdb:Create*", WIDE))
    assert partly.witness is not None
    assert partly.witness.request.action == "cdb:DescribeBackups"
    assert lint(allow, statement("deny", "cdb:Create*", LOW)) == {}
    assert list(
        lint(
            allow, statement("deny", "cdb:Create*", LOW), statement("deny", "cdb:*Backup", NOT_LOW)
        )
    ) == ["CAM502/0"]


def test_redundant_statements_under_conditions_go_one_at_a_time() -> None:
    statements = (
        statement("allow", "cdb:Describe*", NET),
        statement("allow", "cdb:*", LOW),
        statement("allow", "cdb:Describe*", {"ip_equal": {IP: "10.128.0.0/9"}}),
        statement("allow", "cdb:DescribeBackups", NET),
    )
    found = lint(*statements)
    assert list(found) == ["CAM503/2", "CAM503/3"]
    assert found["CAM503/3"].message.endswith("statement 1 already allows it")
    kept = json.loads(fix_text(source(*statements), engine(), Safety.SAFE).text)["statement"]
    assert kept == list(statements[:2])


def test_of_mutually_redundant_statements_the_later_is_told() -> None:
    halves = (
        statement("allow", "cdb:*", LOW),
        statement("allow", "cdb:*", {"ip_equal": {IP: "10.128.0.0/9"}}),
    )
    whole = statement("allow", "cdb:*", NET)
    found = lint(*halves, whole)
    assert list(found) == ["CAM503/2"]
    assert found["CAM503/2"].note == "whenever qcs:ip is in 10.0.0.0/8, one of those holds too"
    assert list(lint(whole, *halves)) == ["CAM503/1", "CAM503/2"]


def test_a_deny_that_never_holds_where_something_is_allowed() -> None:
    found = lint(statement("allow", "cdb:*", LOW), statement("deny", "cdb:CreateBackup", NOT_NET))
    assert list(found) == ["CAM504/1"]
    assert found["CAM504/1"].message == (
        "the deny of cdb:CreateBackup refuses nothing that this policy allows: qcs:ip is in "
        "10.0.0.0/9 where it is allowed, never outside 10.0.0.0/8"
    )
    assert [one.label for one in found["CAM504/1"].related] == [
        "refused only if outside 10.0.0.0/8",
        "allowed only if in 10.0.0.0/9",
    ]
    assert lint(statement("allow", "cdb:*", NET), statement("deny", "cdb:*Backup", NOT_LOW)) == {}
    assert lint(statement("allow", "cdb:*", NET), statement("deny", "cdb:*Backup", ELSE)) == {}
    writes = {"numeric_equal": {"qcs:read_only_action": 0}}
    assert lint(statement("allow", "cdb:*", READS), statement("deny", "cdb:*", writes)) == {}
    found = lint(statement("allow", "cdb:Describe*"), statement("deny", "cdb:*", writes))
    assert found["CAM504/1"].message.endswith(
        "its conditions never hold for what the allows of these actions allow"
    )


def test_contradictions_are_told_where_they_stand_only() -> None:
    never = {"numeric_less_than": {"k": 1}, "numeric_greater_than": {"k": 2}}
    dead = statement("deny", "cdb:CreateBackup", never)
    assert list(lint(statement("allow", "cdb:*"), dead)) == ["CAM312/1"]
    allow = statement("allow", "*", never)
    found = lint(allow, statement("deny", "cdb:*"))
    assert list(found) == ["CAM508", "CAM312/0"]
    assert found["CAM508"].message == (
        "this policy grants nothing: no request for what is allowed meets the conditions of its allow"
    )
    assert list(lint(allow, statement("allow", "cdb:*"))) == ["CAM312/0"]


def test_a_policy_grants_nothing_for_several_reasons() -> None:
    void = {
        "effect": "allow",
        "action": "trtc:CreateCloudSliceTask",
        "resource": "qcs::trtc::uin/100012345678:sdkappid/1400123456",
    }
    found = lint(
        void,
        statement("allow", "cdb:Create*", READS),
        statement("allow", "cvm:RunInstances", NET),
        statement("deny", "cvm:*", WIDE),
    )
    assert found["CAM508"].message == (
        'this policy grants nothing: CAM matches trtc:CreateCloudSliceTask against "*" only, never '
        "against a resource, and no request for what is allowed meets the conditions of its allows, "
        "and its denies refuse the rest"
    )


@pytest.mark.parametrize(
    ("denies", "address"),
    [
        ([], None),
        ([statement("deny", "cdb:*")], None),
        ([statement("deny", "cam:*", {"ip_equal": {IP: "203.0.113.0/24"}})], "198.51.100.7"),
    ],
)
def test_an_administrator_is_shown_by_a_request(
    denies: list[dict[str, object]], address: str | None
) -> None:
    statements = statement("allow", "*"), *denies
    (found,) = lint(*statements).values()
    assert found.code == "CAM601"
    assert allowed(found, *statements)
    assert found.witness is not None
    assert found.witness.request.action == "cam:AttachUserPolicy"
    assert (found.witness.request.context or {}).get(IP) == (address and (address,))


@pytest.mark.parametrize(
    "denies",
    [
        [statement("deny", "cam:*")],
        [statement("deny", "cam:*", NET), statement("deny", "cam:*", ELSE)],
        [statement("deny", "*", {"numeric_equal": {"qcs:except_cam_finance": 0}})],
        [statement("deny", "*", {"ip_not_equal": {IP: "203.0.113.0/24"}})],
        [statement("deny", "cam:*", {"numeric_not_equal_if_exist": {"mfa": 1}})],
        [statement("deny", "cam:*", {"string_not_equal": {"k": ["a", "b"]}}), statement("deny", "cam:*", {"null_equal": {"k": "true"}}), statement("deny", "cam:*", {"string_like": {"k": "x*y"}})],
    ],
)  # fmt: skip
def test_denies_of_identity_administration_leave_no_administrator(
    denies: list[dict[str, object]],
) -> None:
    assert "CAM601/0" not in lint(statement("allow", "*"), *denies)


def test_allows_of_everything_under_conditions_are_an_administrator_together() -> None:
    statements = statement("allow", "*", NET), statement("allow", ["*"], ELSE)
    found = lint(*statements)
    assert list(found) == ["CAM601/0", "CAM601/1"]
    assert (
        "everything in the account together with statement 2, the same" in found["CAM601/0"].message
    )
    assert allowed(found["CAM601/0"], *statements)
    assert list(lint(statement("allow", "*", {"string_like_if_exist": {"k": "*"}}))) == ["CAM601/0"]
    assert lint(statement("allow", "*", NET), statement("allow", "*", NOT_NET)) == {}
    assert lint(statement("allow", "*", NET), statement("allow", "cdb:*", ELSE)) == {}
    assert lint(statement("allow", "*", READS)) == {}


REQUESTS = [
    Request(action, "*", None, {IP: (address,)} if address else {})
    for action in ("cdb:CreateBackup", "cdb:DescribeBackups", "cam:AttachUserPolicy")
    for address in (None, "10.0.0.1", "10.200.0.1", "11.0.0.1", "12.0.0.1", "fd00::1")
]
CONDITIONS = st.sampled_from(
    [None, None, NET, LOW, WIDE, NOT_NET, NOT_LOW, ELSE, READS, NET | NOT_LOW, LOW | NOT_NET]
)


def verdicts(statements: list[dict[str, object]]) -> list[bool]:
    """Which of the requests a policy with these statements allows."""
    policy = read_policy({"version": "2.0", "statement": statements}, Kind.IDENTITY)
    question = Question((policy,), NOTHING_STATED, Catalog())
    return [decide(question, one).verdict is Verdict.ALLOW for one in REQUESTS]


@given(
    st.lists(
        st.builds(
            statement,
            st.sampled_from(["allow", "allow", "deny"]),
            st.sampled_from(["*", "cdb:*", "cdb:Create*", "cdb:*Backups", "cam:*"]),
            CONDITIONS,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_what_is_said_of_statements_is_true_of_every_request(
    statements: list[dict[str, object]],
) -> None:
    before = verdicts(statements)
    for diagnostic in engine().lint(source(*statements)).diagnostics:
        if diagnostic.witness is not None:
            assert allowed(diagnostic, *statements)
        if diagnostic.code == "CAM508":
            assert not any(before)
        if diagnostic.code in ("CAM312", "CAM501", "CAM503", "CAM504"):
            index = int(diagnostic.steps[1])
            rest = [one for number, one in enumerate(statements) if number != index]
            assert verdicts(rest) == before if rest else not any(before)
        if diagnostic.code == "CAM601":
            assert before[-6:] != [False] * 6
