"""What a policy gives on everything of a kind: what is seen at a glance is what a search proves."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.access.answer import Answer
from camlint.access.decide import decide
from camlint.access.offers import Offer, gives_everything, list_offers, name_actions, reaches_all
from camlint.access.question import Question
from camlint.access.reach import Reach
from camlint.access.sensitive import find_holdings
from camlint.access.strength import Strength
from camlint.catalog.catalog import Catalog
from camlint.kinds import Kind
from camlint.patterns import matcher, split_resource
from camlint.policy.elements import ResourcePattern
from camlint.policy.policy import Policy
from camlint.policy.read import read_policy
from camlint.settings import NOTHING_STATED

CATALOG = Catalog()
ACTIONS = (
    "cam:AttachUserPolicy",
    "cam:CreateAccessKey",
    "cam:PassRole",
    "cam:UpdatePolicy",
    "cdb:ModifyAccountPassword",
    "trtc:DescribeSecret",
)
"""Operation-level, resource-level and of unknown level."""

WANTED = {
    "cam:CreateAccessKey": "qcs::cam:::uin/*",
    "cam:PassRole": "qcs::cam:::roleName/*",
    "cdb:ModifyAccountPassword": "qcs::cdb:::instanceId/*",
    "trtc:DescribeSecret": "qcs::trtc:::sdkappid/*",
}
RESOURCES = (
    "*",
    "qcs::cam:::*",
    "qcs::cam::uin/100000000001:roleName/*",
    "qcs::cam::uin/100000000001:uin/100000000002",
    "qcs::cdb:ap-guangzhou::instanceId/*",
    "qcs::trtc::uin/100000000001:sdkappid/*",
)
CONDITIONS: tuple[dict[str, Any], ...] = (
    {},
    {"ip_equal": {"qcs:ip": "203.0.113.7"}},
    {"ip_not_equal": {"qcs:ip": "203.0.113.0/24"}},
    {"numeric_equal": {"mfa": 1}},
    {"numeric_equal": {"qcs:read_only_action": 1}},
)
PATTERNS = (*ACTIONS, "cam:*", "cam:Pass*", "*:Describe*", "*", "cdb:Modify*", "permid/12345")

statements = st.fixed_dictionaries(
    {
        "effect": st.sampled_from(("allow", "allow", "allow", "deny", "refuse")),
        "action": st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=3),
        "resource": st.lists(st.sampled_from(RESOURCES), min_size=1, max_size=2),
    },
    optional={"condition": st.sampled_from(CONDITIONS)},
)


def read(*plain: dict[str, Any]) -> Policy:
    return read_policy({"version": "2.0", "statement": list(plain)}, Kind.IDENTITY)


def offers_of(policy: Policy) -> list[Offer]:
    named = name_actions(policy, lambda name: tuple(filter(matcher(name.qualified), ACTIONS)))
    return [
        offer
        for action in ACTIONS
        for offer in list_offers(named, (action,), (WANTED.get(action, "*"),), CATALOG)
    ]


@given(st.lists(statements, min_size=1, max_size=4))
def test_what_is_given_is_allowed_and_what_is_seen_is_proved(plain: list[dict[str, Any]]) -> None:
    policy = read(*plain)
    offers = offers_of(policy)
    reach = Reach((policy,), offers, NOTHING_STATED, CATALOG)
    question = Question((policy,), NOTHING_STATED, CATALOG)
    for offer in offers:
        gift = reach.give([offer])
        if reach._undecided:
            assert reach._ask(offer, policy.statements.index(offer.statement)) is None
            assert gift is None
            continue
        seen = reach._see(offer)
        proved = reach._ask(offer, policy.statements.index(offer.statement))
        if seen is not None:
            assert proved is not None
            assert seen.strength is proved.strength is Strength.NONE
        assert (gift is None) is (proved is None)
        for one in (seen, proved):
            if one is not None:
                decision = decide(question, one.request)
                assert decision.allowed is Answer.YES
                assert policy.statements.index(offer.statement) in decision.by


@given(st.lists(statements, min_size=1, max_size=4), st.sampled_from(ACTIONS))
def test_a_deny_of_an_action_takes_it_away(plain: list[dict[str, Any]], action: str) -> None:
    policy = read(*plain, {"effect": "deny", "action": action, "resource": "*"})
    offers = [one for one in offers_of(policy) if one.action == action]
    assert Reach((policy,), offers, NOTHING_STATED, CATALOG).give(offers) is None


@pytest.mark.parametrize(
    ("resource", "wanted", "reaches"),
    [
        ("*", "qcs::cam:::roleName/*", True),
        ("qcs:::::*", "qcs::cam:::roleName/*", True),
        ("qcs::cam:::*", "qcs::cam:::roleName/*", True),
        ("qcs::cam::uin/1:roleName/*", "qcs::cam:::roleName/*", True),
        ("qcs::cam::uin/1:rolename/*", "qcs::cam:::roleName/*", True),
        ("qcs::cam::uin/1:role*", "qcs::cam:::roleName/*", True),
        ("qcs::cam::uin/1:roleName/a*", "qcs::cam:::roleName/*", False),
        ("qcs::cam::uin/1:roleName/${uin}", "qcs::cam:::roleName/*", False),
        ("qcs::cvm:::*", "qcs::cam:::roleName/*", False),
        ("qcs::cvm:ap-guangzhou::instance/*", "qcs::cvm:::instance/*", True),
        ("qcs::cos::uid/1:*", "qcs::cos:::*/*", True),
        ("qcs::cos::uid/1:logs-1/*", "qcs::cos:::*/*", False),
        ("qcs::ssm:::*", "*", True),
        ("qcs::kms:::*", "*", False),
        ("qcs::ssm:::secret/*", "*", False),
    ],
)
def test_which_resources_are_all_of_a_kind(resource: str, wanted: str, reaches: bool) -> None:
    pattern = ResourcePattern(resource, (), split_resource(resource))
    assert reaches_all(pattern, wanted, "ssm") is reaches


def test_an_account_that_is_named_is_the_one_that_is_asked_about() -> None:
    (offer,) = offers_of(
        read({"effect": "allow", "action": "cam:PassRole", "resource": RESOURCES[2]})
    )
    assert offer.wanted == "qcs::cam::uin/100000000001:roleName/*"


@pytest.mark.parametrize(
    ("plain", "everything"),
    [
        ({"action": "*", "resource": "*"}, True),
        ({"action": ["cos:GetObject", "*:*"], "resource": "qcs:::::*"}, True),
        ({"action": "*", "resource": "*", "condition": CONDITIONS[1]}, False),
        ({"action": "*", "resource": "qcs::cvm:::*"}, False),
        ({"action": "cam:*", "resource": "*"}, False),
    ],
)
def test_who_has_everything(plain: dict[str, Any], everything: bool) -> None:
    assert gives_everything(read({"effect": "allow", **plain})) is everything


def test_holdings_are_by_statement_and_service() -> None:
    policy = read(
        {"effect": "allow", "action": ["kms:Decrypt", "kms:Generate*"], "resource": "*"},
        {"effect": "allow", "action": ["ssm:Get*", "scf:GetFunction"], "resource": "*"},
    )
    groups = frozenset(("credentials",))
    found = find_holdings(policy, groups, NOTHING_STATED, CATALOG)
    assert sorted(
        (policy.statements.index(one.statement), *(action.qualified for _, action, _ in one.held))
        for one in found
    ) == [
        (0, "kms:Decrypt", "kms:GenerateDataKey"),
        (1, "scf:GetFunction"),
        (1, "ssm:GetSecretValue", "ssm:GetSSHKeyPairValue"),
    ]
    assert [one.mild for one in found].count(True) == 1


PLAIN = (
    *("kms:Decrypt", "kms:*crypt", "cvm:Describe*", "cvm:*", "cdb:Open*", "cos:PutBucketACL"),
    *("ssm:Get*", "trtc:CreateSecret", "trtc:Describe*", "permid/12345", "*:Describe*"),
)
GROUPS = ("credentials", "resets", "exposure", "audit", "exfiltration", "destruction")


@given(
    st.lists(st.sampled_from(PLAIN), min_size=1, max_size=3),
    st.lists(statements, max_size=2),
    st.sets(st.sampled_from(GROUPS), min_size=1),
)
def test_what_is_remembered_of_a_plain_allow_is_what_it_gives_here(
    actions: list[str], others: list[dict[str, Any]], groups: set[str]
) -> None:
    def told(resource: object) -> list[object]:
        # Statements that have their resource in a list are shared, and those without it aren't.
        plain = {"effect": "allow", "action": actions, "resource": resource}
        policy = read(plain, *others)
        assert policy.statements[0].shared is isinstance(resource, list)
        return [
            (
                policy.statements.index(one.statement),
                one.message,
                one.note,
                (one.mild, one.strong),
                [(action.qualified, repr(gift.request)) for _, action, gift in one.held],
            )
            for one in find_holdings(policy, frozenset(groups), NOTHING_STATED, CATALOG)
        ]

    assert told(["*"]) == told("*")
