"""What is counted as more than reading: what is known, changes something, and is proved allowed."""

import pytest

from camlint.access.beyond_reading import Changing, find_changing
from camlint.catalog.catalog import Catalog
from camlint.kinds import Kind
from camlint.policy.read import read_policy
from camlint.settings import NOTHING_STATED, ActionFacts, ServiceFacts

READING = {"numeric_equal": {"qcs:read_only_action": 1}}


def changing(*statements: dict[str, object], catalog: Catalog | None = None) -> Changing | None:
    policy = read_policy({"version": "2.0", "statement": list(statements)}, Kind.IDENTITY)
    return find_changing(policy, NOTHING_STATED, catalog or Catalog())


def names(*statements: dict[str, object]) -> list[str]:
    found = changing(*statements)
    return [] if found is None else [one.qualified for one in found.actions]


def allow(*actions: str, resource: str = "*", **more: object) -> dict[str, object]:
    return {"effect": "allow", "action": list(actions), "resource": resource, **more}


def deny(*actions: str) -> dict[str, object]:
    return allow(*actions) | {"effect": "deny"}


@pytest.mark.parametrize(
    "statement",
    [
        allow("cls:Describe*", "cls:Search*"),
        allow("cls:searchLog"),
        allow("cls:NoSuchThing", "nosuchservice:*"),
        allow("ocr:GeneralBasicOCR"),
        allow("sts:GetFederationToken"),
        allow("*", condition=READING),
        allow("cls:*", condition=READING),
        allow("permid/280655"),
        deny("cls:*"),
    ],
)
def test_nothing_that_plainly_changes_anything_is_allowed(statement: dict[str, object]) -> None:
    assert changing(statement) is None


def test_denies_are_taken_off_the_count() -> None:
    every = names(allow("cls:Delete*"))
    assert len(every) > 10
    left = names(allow("cls:Delete*"), deny("cls:DeleteTopic", "cls:DeleteL*"))
    assert set(left) == {
        one for one in every if one != "cls:DeleteTopic" and not one.startswith("cls:DeleteL")
    }
    assert changing(allow("cls:Delete*"), deny("cls:*")) is None


def test_a_scope_without_resources_that_the_action_can_have_allows_nothing() -> None:
    of_tke = "qcs::tke::uin/100000000001:cluster/cls-1"
    assert changing(allow("cdb:RestartDBInstances", resource=of_tke)) is None
    of_cdb = "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-a1b2c3d4"
    assert names(allow("cdb:RestartDBInstances", resource=of_cdb)) == ["cdb:RestartDBInstances"]


def test_what_a_condition_lets_through_counts_with_the_circumstances_that_it_needs() -> None:
    found = changing(allow("cls:DeleteTopic", condition={"ip_equal": {"qcs:ip": "10.0.0.0/8"}}))
    assert found is not None
    assert found.request.context == {"qcs:ip": ("10.0.0.7",)}


def test_the_worst_comes_first_and_is_found_in_the_policy() -> None:
    found = changing(allow("cls:CreateTopic"), allow("cls:Describe*", "cam:*"))
    assert found is not None
    assert found.actions[0].level == "permissions"
    assert found.first.text == "cam:*"
    assert not found.products


def test_of_a_pattern_for_every_product_only_sensitive_actions_are_counted() -> None:
    found = changing(allow("*"))
    assert found is not None
    assert found.products
    assert all(one.groups for one in found.actions)


def test_an_action_of_the_configuration_counts_by_its_level() -> None:
    actions = (ActionFacts("Frob", level="write"), ActionFacts("Look", level="read"))
    facts = ServiceFacts("acme", None, actions)
    found = changing(allow("acme:*"), catalog=Catalog((facts,)))
    assert found is not None
    assert [one.name for one in found.actions] == ["Frob"]
