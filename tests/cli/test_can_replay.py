"""Requests that the engine finds, asked again with just the arguments that spell them."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from camlint.access.answer import Request, Verdict
from camlint.access.decide import decide
from camlint.access.find import find
from camlint.access.question import Question
from camlint.catalog.catalog import Catalog
from camlint.kinds import Kind
from camlint.policy.read import read_policy
from camlint.settings import NOTHING_STATED
from camlint.tasks.replay import can_arguments

Run = Callable[..., tuple[int, str, str]]

VM = "qcs::cvm:ap-guangzhou:uin/100032145678:instance/ins-1"
conditions = st.sampled_from(
    [
        ("ip_equal", "qcs:ip", ["10.0.0.0/8", "2001:db8::/32"]),
        ("ip_not_equal", "qcs:ip", "10.1.0.0/16"),
        ("ip_equal_if_exist", "qcs:ip", "10.1.2.0/24"),
        ("null_equal", "qcs:ip", "false"),
        ("null_equal", "qcs:ip", "true"),
        ("numeric_less_than", "cos:content-length", 10),
        ("numeric_greater_than_equal", "cos:content-length", "9.75"),
        ("numeric_not_equal", "cos:content-length", 9.75),
        ("date_greater_than", "qcs:current_time", "2026-05-31T00:00:00Z"),
        ("date_less_than_if_exist", "qcs:current_time", "2026-06-01 00:00:00"),
        ("bool_equal", "cos:secure-transport", "true"),
        ("bool_equal", "cos:secure-transport", "false"),
        ("for_any_value:string_equal", "qcs:resource_tag", ["env&test", "env&dev"]),
        ("for_any_value:string_equal", "qcs:resource_tag", "team&a"),
        ("for_all_value:string_equal", "qcs:request_tag", ["env&test", "team&a"]),
        ("string_not_equal", "qcs:resource_tag/env=x", "a=b"),
        ("string_like", "qcs:resource_tag/env", "-x*"),
        ("string_equal_ignore_case", "acme:Owner", "Ann\tLee"),
        ("numeric_equal", "qcs:read_only_action", 1),
        ("string_equal", "cos:tls-version", "any but a number"),
        ("null_equal", "cos:content-length", "false"),
    ]
)
statements = st.builds(
    lambda effect, action, resource, held: {
        "effect": effect,
        "action": action,
        "resource": resource,
        **({"condition": _block(held)} if held else {}),
    },
    st.sampled_from(["allow", "allow", "deny"]),
    st.sampled_from(["*", "cvm:*", "cvm:Describe*", "cvm:StartInstances"]),
    st.sampled_from(["*", VM]),
    st.lists(conditions, max_size=3),
)


def _block(held: list[tuple[str, str, object]]) -> dict[str, dict[str, object]]:
    block: dict[str, dict[str, object]] = {}
    for operator, key, values in held:
        block.setdefault(operator, {})[key] = values
    return block


def found(plain: list[Any]) -> list[Request]:
    policy = read_policy({"version": "2.0", "statement": plain}, Kind.IDENTITY)
    question = Question((policy,), NOTHING_STATED, Catalog())
    requests = []
    for index, one in enumerate(plain):
        if one["effect"] == "allow":
            request = find(question, (index,), question.denies)
            if isinstance(request, Request):
                assert decide(question, request).verdict is Verdict.ALLOW
                requests.append(request)
    return requests


@given(st.lists(statements, min_size=1, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_a_witness_is_allowed_with_its_arguments(run: Run, plain: list[Any]) -> None:
    text = json.dumps({"version": "2.0", "statement": plain})
    for request in found(plain):
        code, out, err = run("can", "-", *can_arguments(request), stdin=text)
        assert code == 0, err
        assert out.startswith("allowed: ")


@pytest.mark.parametrize("key", ["qcs:ip", "qcs:resource_tag", "acme:Owner"])
def test_what_is_left_open_can_be_asked_again(run: Run, key: str) -> None:
    plain = [
        {
            "effect": "allow",
            "action": "*",
            "resource": "*",
            "condition": {"for_any_value:string_equal": {key: "a"}},
        }
    ]
    text = json.dumps({"version": "2.0", "statement": plain})
    request = Request("cvm:StartInstances", VM, None, {}, frozenset((key,)))
    arguments = [*can_arguments(request), "--format", "json"]
    code, out, _ = run("can", "-", *arguments, stdin=text)
    assert (code, json.loads(out)["depends_on"]) == (1, [key])
