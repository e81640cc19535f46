"""What actions of a policy stand for, and how much of each level its statements name."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from camlint.catalog.catalog import Catalog
from camlint.kinds import Kind
from camlint.policy.policy import Policy
from camlint.policy.read import read_policy
from camlint.tasks.expand import expand
from camlint.tasks.levels import LEVELS
from camlint.tasks.summarize import Reach, summarize

pytestmark = pytest.mark.usefixtures("small_catalogue")


def policy(action: object, **more: object) -> Policy:
    statement: dict[str, Any] = {"effect": "allow", "action": action, "resource": "*", **more}
    return read_policy({"version": "2.0", "statement": [statement]}, Kind.IDENTITY)


def expanded(action: str) -> dict[str, list[str]]:
    ((statement),) = expand(policy(action), Catalog())
    (expansion,) = statement.expansions
    return {
        level: [one.qualified for one in found] for level, found in expansion.known.items() if found
    }


@pytest.mark.parametrize(
    ("action", "known"),
    [
        ("trtc:DismissRoom", {"write": ["trtc:DismissRoom"]}),
        ("name/trtc:DismissRoom", {"write": ["trtc:DismissRoom"]}),
        (
            "trtc:Describe*",
            {"list": ["trtc:DescribeAppStatList"], "read": ["trtc:DescribeRoomInfo"]},
        ),
        ("*:Modify*", {"permissions": ["cdb:ModifyAccountPrivileges"]}),
        ("trtc:describe*", {}),
        ("nobody:*", {}),
        ("permid/280655", {}),
    ],
)
def test_expansions(action: str, known: dict[str, list[str]]) -> None:
    assert expanded(action) == known


def test_every_level_is_there() -> None:
    ((statement),) = expand(policy("nobody:*"), Catalog())
    assert tuple(statement.expansions[0].known) == LEVELS
    assert statement.expansions[0].count == 0


def test_actions_that_are_none_are_kept() -> None:
    ((statement),) = expand(policy(["trtc:DismissRoom", "trtc DismissRoom", 7]), Catalog())
    assert len(statement.expansions) == 1
    assert [fault.value for fault in statement.unreadable] == ["trtc DismissRoom", 7]


def test_an_action_that_several_patterns_catch_counts_once() -> None:
    ((summary),) = summarize(policy(["trtc:Dis*", "trtc:*Room", "trtc:DismissRoom"]), Catalog())
    (row,) = summary.rows
    assert row.reach["write"] == Reach(1, 4)
    assert row.reach["tagging"] == Reach(0, 0)
    assert not row.everything
    assert row.unknown == ()


def test_a_row_for_each_service_in_the_order_of_the_policy() -> None:
    ((summary),) = summarize(policy(["trtc:Restart", "cvm:*", "nobody:*", "trtc:*Info"]), Catalog())
    assert [(row.service, row.patterns, row.everything, row.unknown) for row in summary.rows] == [
        ("trtc", ("Restart", "*Info"), False, ("Restart",)),
        ("cvm", ("*",), True, ()),
        ("nobody", ("*",), True, ("*",)),
    ]
    assert [row.title for row in summary.rows][1:] == ["Cloud Virtual Machine (CVM)", ""]


def test_patterns_over_services_are_a_row_of_their_own() -> None:
    ((summary),) = summarize(policy("c*:Describe*"), Catalog())
    (row,) = summary.rows
    assert row.service == "c*"
    assert row.reach["read"] == Reach(2, 2)
    assert row.reach["write"] == Reach(0, 2)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.builds(
            "{}:{}".format,
            st.sampled_from(("trtc", "c*", "*", "cdb", "nobody")),
            st.text("*DescribIntaCMoR", min_size=1, max_size=6),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_a_summary_counts_the_union_of_the_expansions(actions: list[str]) -> None:
    one, catalog = policy(actions), Catalog()
    (statement,), (summary,) = expand(one, catalog), summarize(one, catalog)
    for row in summary.rows:
        union = {
            action.qualified
            for expansion in statement.expansions
            if expansion.name.service.text == row.service
            for found in expansion.known.values()
            for action in found
        }
        assert sum(reach.named for reach in row.reach.values()) == len(union)
        assert all(reach.named <= reach.known for reach in row.reach.values())
