"""The typed view never fails, and everything it could not read stays visible with its place."""

import json

from hypothesis import given
from hypothesis import strategies as st

from camlint.kinds import Kind
from camlint.policy.malformed import Fault
from camlint.policy.policy import Policy
from camlint.policy.read import read_policy

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
words = st.sampled_from(
    ["effect", "Effect", "action", "resource", "condition", "principal", "qcs", "statement"]
)
values = st.recursive(
    scalars | st.sampled_from(["allow", "*", "cos:GetObject", "qcs::cos:::x/*"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


def read(text: str, kind: Kind = Kind.IDENTITY) -> Policy:
    value = json.loads(text)
    assert isinstance(value, dict)
    return read_policy(value, kind)


def follow(value: object, pointer: tuple[str | int, ...]) -> object:
    for step in pointer:
        value = value[step]  # type: ignore[index]
    return value


@given(st.dictionaries(words | st.text(max_size=3), values, max_size=4), st.sampled_from(Kind))
def test_reading_never_fails_and_every_pointer_leads_somewhere(
    value: dict[str, object], kind: Kind
) -> None:
    policy = read_policy(value, kind)
    for fault in policy.malformed:
        found = follow(value, fault.pointer)
        if fault.fault is not Fault.MISSING:
            assert found is fault.value
    for statement in policy.statements:
        assert follow(value, statement.pointer) is statement.value
        for action in statement.actions:
            assert follow(value, action.pointer) == action.text
        for resource in statement.resources:
            assert follow(value, resource.pointer) == resource.text
        for principal in statement.principals:
            assert follow(value, principal.pointer) == principal.text


def test_a_lone_statement_and_a_lone_string_have_pointers_without_indices() -> None:
    policy = read('{"statement": {"effect": "allow", "action": "cos:GetObject", "resource": "*"}}')
    (statement,) = policy.statements
    assert statement.pointer == ("statement",)
    assert statement.actions[0].pointer == ("statement", "action")


def test_either_spelling_of_keys_is_read_and_the_documented_one_wins() -> None:
    policy = read(
        '{"Statement": [{"Effect": "deny", "effect": "allow", "Action": "cos:GetObject",'
        ' "Resource": ["*"]}]}'
    )
    (statement,) = policy.statements
    assert statement.effect == "allow"
    assert statement.element("action").pointer == ("Statement", 0, "Action")


def test_trust_policies_need_no_resource() -> None:
    text = '{"statement": [{"effect": "allow", "action": "sts:AssumeRole"}]}'
    assert [one.element for one in read(text).malformed] == ["resource"]
    assert read(text, Kind.TRUST).malformed == ()


def test_a_condition_is_split_into_qualifier_operator_and_suffix() -> None:
    policy = read(
        '{"statement": [{"effect": "allow", "action": "*", "resource": "*", "condition":'
        ' {"for_any_value:string_equal_if_exist": {"qcs:resource_tag": ["a&b", "c&d"]}}}]}'
    )
    (condition,) = policy.statements[0].conditions
    assert (condition.qualifier, condition.base, condition.if_exist) == (
        "for_any_value",
        "string_equal",
        True,
    )
    assert condition.values == ("a&b", "c&d")
    assert condition.value_place(1).pointer[-1] == 1


def test_a_statement_with_an_unreadable_resource_is_not_complete() -> None:
    policy = read(
        '{"statement": [{"effect": "Allow", "action": "*", "resource": "*"},'
        ' {"effect": "allow", "action": "*", "resource": ["*", "arn:aws:s3:::x"]}]}'
    )
    assert [one.complete for one in policy.statements] == [True, False]
    assert policy.statements[0].effect == "allow"
