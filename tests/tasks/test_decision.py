"""Layers of policies: each must allow, any may deny, and none but the policies grants."""

from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from camlint.access.answer import Answer, Request, Verdict
from camlint.tasks.decision import Layer, Role, rule_on
from camlint.tasks.near_miss import MOST_SHOWN, Lack, find_near_misses
from camlint.tasks.past_denies import look_past_denies

MakeLayer = Callable[..., Layer]

pytestmark = pytest.mark.usefixtures("small_catalogue")

VM = "qcs::cvm:ap-guangzhou:uin/100032145678:instance/ins-1"
ACTIONS = ("cvm:StartInstances", "cvm:Start*", "cvm:*", "cvm:StopInstances", "cdb:*", "*")
RESOURCES = (
    VM,
    "*",
    VM.replace("ins-1", "*"),
    VM.replace("ins-1", "ins-2"),
    VM.replace("guangzhou", "shanghai"),
    "qcs::cvm:::instance/*",
    VM.replace("cvm", "cdb").replace("instance/", "instanceId/"),
)

statements = st.fixed_dictionaries(
    {
        "effect": st.sampled_from(["allow", "allow", "deny"]),
        "action": st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=2),
        "resource": st.lists(st.sampled_from(RESOURCES), min_size=1, max_size=2),
    }
)
policies = st.lists(statements, min_size=1, max_size=3)
requests = st.builds(
    Request,
    st.sampled_from(["cvm:StartInstances", "cvm:StopInstances", "cvm:startInstances", "cdb:X"]),
    st.sampled_from([one for one in RESOURCES if one.count("*") == (one == "*")]),
    context=st.just({}),
)


def refuses(verdict: Verdict) -> bool:
    return verdict in (Verdict.EXPLICIT_DENY, Verdict.IMPLICIT_DENY)


@given(st.lists(policies, min_size=1, max_size=3), requests)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_layers_together(layer: MakeLayer, plain: list[list[Any]], request: Request) -> None:
    roles = (Role.POLICY, Role.BOUNDARY, Role.SCP)
    layers = [layer(*some, role=role) for some, role in zip(plain, roles, strict=False)]
    ruling = rule_on(layers, request)
    alone = [rule_on([one], request).verdict for one in layers]
    if ruling.verdict is Verdict.ALLOW:
        assert set(alone) == {Verdict.ALLOW}
    if ruling.verdict is Verdict.EXPLICIT_DENY:
        assert Verdict.EXPLICIT_DENY in alone
    if any(refuses(verdict) for verdict in alone):
        assert ruling.allowed is Answer.NO
    for order in permutations(layers):
        again = rule_on(order, request)
        assert (again.verdict, again.allowed) == (ruling.verdict, ruling.allowed)


@given(policies, st.lists(policies, max_size=1), requests)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_near_misses_hold(
    layer: MakeLayer, plain: list[Any], bounds: list[list[Any]], request: Request
) -> None:
    layers = [layer(*plain), *(layer(*one, role=Role.BOUNDARY) for one in bounds)]
    ruling = rule_on(layers, request)
    misses = find_near_misses(ruling)
    assert len(misses) <= MOST_SHOWN
    if ruling.verdict is not Verdict.IMPLICIT_DENY:
        assert misses == ()
    assert [miss.distance for miss in misses] == sorted(miss.distance for miss in misses)
    for miss in misses:
        asked = miss.request
        own = rule_on([miss.layer], asked)
        assert own.verdict is Verdict.ALLOW
        assert miss.statement in own.layers[0].by
        assert miss.enough is (rule_on(layers, asked).verdict is Verdict.ALLOW)
        lacks = {one.lack for one in miss.missing}
        assert (asked.action != request.action) is (Lack.ACTION in lacks)
        resources = {Lack.RESOURCE, Lack.RESOURCE_NOT_GIVEN, Lack.OPERATION_LEVEL}
        assert (asked.resource != request.resource) is bool(lacks & resources)


@given(policies, requests)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_lone_statement_that_misses_one_thing_is_found(
    layer: MakeLayer, plain: list[Any], request: Request
) -> None:
    """A statement that matches the action surely comes near unless denies are in the way."""
    allows = [{**one, "effect": "allow"} for one in plain]
    ruling = rule_on([layer(*allows)], request)
    if ruling.verdict is not Verdict.IMPLICIT_DENY:
        return
    named = any(
        pattern in ("*", "cvm:*") or pattern == request.action
        for one in allows
        for pattern in one["action"]
        if request.action.startswith("cvm:") or pattern == "*"
    )
    assert not named or find_near_misses(ruling)


@given(policies, requests)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_without_denies(layer: MakeLayer, plain: list[Any], request: Request) -> None:
    ruling = rule_on([layer(*plain)], request)
    past = look_past_denies(ruling)
    assert (past is None) is (ruling.verdict is not Verdict.EXPLICIT_DENY)
    if past is not None:
        assert past.ruling.verdict is not Verdict.EXPLICIT_DENY
        gone = {one.number for one in ruling.deciding[0].by}
        rest = [one for number, one in enumerate(plain, 1) if number not in gone]
        kept = rule_on([layer(*rest)], request).verdict if rest else Verdict.IMPLICIT_DENY
        assert past.ruling.verdict is kept


def test_a_deny_that_may_match_leaves_the_reason_open(layer: MakeLayer) -> None:
    own = layer({"effect": "allow", "action": "cdb:*", "resource": "*"})
    unreadable = layer({"effect": "deny", "action": "cvm:*", "resource": []}, role=Role.SCP)
    ruling = rule_on([own, unreadable], Request("cvm:StartInstances", VM, context={}))
    assert (ruling.verdict, ruling.allowed) == (Verdict.DEPENDS, Answer.NO)
