"""That traits hide nothing, of policies that nobody wrote: odd ones, with a bit of everything."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from camlint.engine import Engine
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source

ACTIONS = (
    *("*", "*:*", "c*:*", "cam:*", "cam:PassRole", "cam:AttachUserPolicy", "CAM:Create*"),
    *("name/cos:*", "cos:GetObject", "cvm:Describe*", "trtc:*", "trtc:RemoveUser", "trtc:Remove "),
    *("sts:AssumeRole", "scf:*", "tat:RunCommand", "tag:*", "organization:*", "permid/280655"),
    *("cdb:Describe*", "cdb:CreateAccounts", "ssm:GetSecretValue", "im:*", "redis:*", "nosuch:*"),
)
SERVICES = ("cam", "cos", "cvm", "trtc", "im", "cdb", "redis", "mongodb", "ssm", "", "*", "TRTC")
REGIONS = ("", "ap-guangzhou", "ap-*", "*", "gz", "${qcs:region}")
ACCOUNTS = ("", "uin/100012345678", "uid/1250000000", "uin/*", "uin/${uin}", "uin/<uin>", "UIN/1")
TAILS = (
    *("*", "", "sdkappid/1400000001", "sdkappid/*", "sdkappid/14000*", "instanceId/cdb-a1b2c3d4"),
    *("instance/ins-1", "inst*", "secret/creatorUin/*/*", "b-1250000000/a/*", "prefix//1/b/*"),
    *("uin/*", "roleName/x", "vpc/vpc-1", "sdk*", "*/*", "key/<id>", "${x}/*"),
)
CONDITIONS = (
    {"string_equal": {"qcs:read_only_action": "1"}},
    {"ip_equal": {"qcs:ip": "10.0.0.0/8"}},
    {"for_any_value:string_equal": {"qcs:resource_tag": ["a&b"]}},
    {"date_less_than": {"qcs:current_time": "2026-01-01T00:00:00Z"}},
    {"string_eq": {"a": "b"}},
)


ODD = ("*", "*", "", "qcs:x", "qcs::::*", "bucket/*", " *")
EFFECTS = ("allow", "allow", "allow", "deny", "Allow")
PRINCIPALS = ("*", {"qcs": ["qcs::cam::anyone:anyone"]}, {"aws": "x"})


def any_of(*values: object) -> st.SearchStrategy[object]:
    return st.sampled_from(values)


def one_or_some(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return values | st.lists(values, max_size=3)


def statements_about(action: str) -> st.SearchStrategy[dict[str, object]]:
    """Statements with this action, whose resources mostly are of its service."""
    own = action.removeprefix("name/").partition(":")[0]
    project = any_of("", "", "", "id/0", "*")
    services = any_of(own, own, own, *SERVICES)
    parts = [any_of(*values) for values in (REGIONS, ACCOUNTS, TAILS)]
    resources = any_of(*ODD) | st.builds("qcs:{}:{}:{}:{}:{}".format, project, services, *parts)
    actions = any_of(action) | st.lists(any_of(*ACTIONS), max_size=2).map(
        lambda one: [action, *one]
    )
    return st.fixed_dictionaries(
        {"effect": any_of(*EFFECTS), "action": actions, "resource": one_or_some(resources)},
        optional={
            "condition": any_of(*CONDITIONS),
            "principal": any_of(*PRINCIPALS),
            "Sid": any_of("x"),
        },
    )


STATEMENTS = st.sampled_from(ACTIONS).flatmap(statements_about)
POLICIES = st.fixed_dictionaries(
    {
        "version": any_of("2.0", "2.0", "1.0", 2.0),
        "statement": STATEMENTS
        | st.lists(STATEMENTS | any_of({}, {"effect": "allow"}), max_size=4),
    }
)


def engine_without_traits() -> Engine:
    registry = load_registry()
    for entry in registry.entries:
        entry.when = 0
    return Engine(registry, Selection(strict=True), NOTHING_STATED)


WITH = Engine(load_registry(), Selection(strict=True), NOTHING_STATED)
WITHOUT = engine_without_traits()


@settings(max_examples=400)
@given(POLICIES)
def test_traits_hide_nothing(policy: dict[str, object]) -> None:
    source = Source("policy.json", json.dumps(policy))
    with_traits, without = (
        [(one.code, one.pointer, one.message) for one in engine.lint(source).diagnostics]
        for engine in (WITH, WITHOUT)
    )
    assert with_traits == without
