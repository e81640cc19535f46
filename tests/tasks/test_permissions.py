"""What policies allow at all: against asking about every known action on every resource there is."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from camlint.access.answer import Request, Verdict
from camlint.catalog.catalog import Catalog
from camlint.tasks.decision import Layer, Role, rule_on
from camlint.tasks.levels import LEVELS
from camlint.tasks.permission import Permissions
from camlint.tasks.permissions import list_permissions

MakeLayer = Callable[..., Layer]

pytestmark = pytest.mark.usefixtures("small_catalogue")

VM = "qcs::cvm:ap-guangzhou:uin/100032145678:instance/ins-1"
ROOM = "qcs::trtc::uin/100032145678:sdkappid/1400618273"
PATTERNS = ("*", "cvm:*", "trtc:*", "trtc:Describe*", "*:D*", "trtc:DismissRoom", "cvm:Start*")
RESOURCES = ("*", VM, VM.replace("ins-1", "*"), ROOM, ROOM.replace("1400618273", "*"))
EVERYWHERE = ("*", VM, VM.replace("ins-1", "ins-2"), ROOM, ROOM.replace("273", "274"))
"""Resources of which each set that the patterns tell apart has one."""

statements = st.fixed_dictionaries(
    {
        "effect": st.sampled_from(["allow", "allow", "deny"]),
        "action": st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=2),
        "resource": st.lists(st.sampled_from(RESOURCES), min_size=1, max_size=2),
    }
)
policies = st.lists(statements, min_size=1, max_size=3)


def listed(allowed: Permissions) -> set[str]:
    return {
        action.qualified
        for one in allowed.services
        for permission in one.permissions
        if not permission.undecided
        for action in permission.actions
    }


@given(policies, st.lists(policies, max_size=2))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_what_is_listed_is_what_is_allowed(
    layer: MakeLayer, plain: list[Any], bounds: list[list[Any]]
) -> None:
    layers = [layer(*plain), *(layer(*one, role=Role.SCP) for one in bounds)]
    catalog = layers[0].question.catalog
    allowed = set()
    asked: dict[str, list[str]] = {}
    for prefix in catalog.index.prefixes:
        for action in catalog.service(prefix).matching("*"):
            asked[action.qualified] = [
                resource for resource in EVERYWHERE if action.settled is not (resource == "*")
            ]
            for resource in asked[action.qualified]:
                request = Request(action.qualified, resource, context={})
                if rule_on(layers, request).verdict is Verdict.ALLOW:
                    allowed.add(action.qualified)
    services = list_permissions(layers)
    assert allowed <= listed(services)
    # A pattern of everything allows some resource that isn't among the few above.
    for name in listed(services) - allowed:
        assert all(
            rule_on(layers, Request(name, resource, context={})).verdict is not Verdict.ALLOW
            for resource in asked[name]
        )
        assert any("*" in one["resource"] for one in plain if one["effect"] == "allow")
    assert services.count == len(listed(services))


def find(allowed: Permissions, service: str, level: str) -> list[Any]:
    (one,) = (one for one in allowed.services if one.service == service)
    assert tuple(one.levels) == LEVELS
    return [
        (
            [action.name for action in two.actions],
            two.resources,
            [placed.number for placed in two.allowed_by],
            [placed.number for placed in two.denied_by],
        )
        for two in one.levels[level]
    ]


def test_denied_whole_and_in_part(layer: MakeLayer) -> None:
    layers = [
        layer(
            {"effect": "allow", "action": "trtc:*", "resource": "*"},
            {"effect": "deny", "action": "trtc:DismissRoom", "resource": ROOM},
            {"effect": "deny", "action": "trtc:Create*", "resource": "*"},
            {"effect": "deny", "action": "trtc:CreateCloudSliceTask", "resource": ROOM},
        )
    ]
    services = list_permissions(layers)
    assert find(services, "trtc", "write") == [(["DismissRoom"], ("*",), [1], [2])]
    assert find(services, "trtc", "read") == [(["DescribeRoomInfo"], ("*",), [1], [])]
    assert [one.service for one in services.services] == ["trtc"]


def test_a_boundary_takes_away(layer: MakeLayer) -> None:
    own = layer({"effect": "allow", "action": "*", "resource": "*"})
    boundary = layer(
        {"effect": "allow", "action": ["trtc:Describe*", "cdb:*"], "resource": "*"},
        {"effect": "deny", "action": "cdb:*", "resource": "*"},
        role=Role.BOUNDARY,
    )
    assert listed(list_permissions([own, boundary])) == {
        "trtc:DescribeAppStatList",
        "trtc:DescribeRoomInfo",
    }


def test_operation_level_actions_on_six_segments_are_not_allowed(layer: MakeLayer) -> None:
    own = layer({"effect": "allow", "action": "trtc:*", "resource": ROOM})
    assert "trtc:CreateCloudSliceTask" not in listed(list_permissions([own]))
    assert "trtc:DismissRoom" in listed(list_permissions([own]))


def test_one_service(layer: MakeLayer) -> None:
    own = layer({"effect": "allow", "action": "*", "resource": "*"})
    every = list_permissions([own])
    assert list_permissions([own], "cvm").services == tuple(
        one for one in every.services if one.service == "cvm"
    )
    known = sum(len(Catalog().service(one)) for one in Catalog().index.prefixes)
    assert every.count == known
