"""Which objects and texts are CAM policies, row by row of the table."""

import json

import pytest

from camlint.hosts.recognition import (
    Recognised,
    looks_like_policy,
    may_hold_policy,
    recognise,
)

POLICY, STATEMENT, FOREIGN, OTHER = (
    Recognised.POLICY,
    Recognised.STATEMENT,
    Recognised.FOREIGN,
    Recognised.OTHER,
)

CASES = [
    # a: foreign
    ('{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*"}]}', FOREIGN),
    ('{"Version": "1", "Statement": [{"Effect": "Allow", "Resource": "acs:oss:*"}]}', FOREIGN),
    ('{"Version": "1.1", "Statement": [{"Effect": "Allow", "Action": ["obs:x"]}]}', FOREIGN),
    ('{"Statement": [{"Effect": "Allow", "Resource": ["trn:tos:::x"]}]}', FOREIGN),
    (
        '{"version": "1.0", "statement": [{"action": "functions:/api/*", "effect": "allow"}]}',
        FOREIGN,
    ),
    ('{"version": "1.0", "statement": [{"action": "cos:*", "effect": "allow"}]}', POLICY),
    # a doesn't hold where there is a sign of CAM
    (
        '{"Version": "2012-10-17", "Statement": [{"Resource": "qcs::cos:::x/*"}]}',
        POLICY,
    ),
    # b: ours whatever the version
    ('{"version": "9", "statement": [{"effect": "allow", "action": "*"}]}', POLICY),
    ('{"statement": {"effect": "allow", "resource": "*"}}', POLICY),
    ('{"statement": [{}, {"action": "cos:*", "condition": {}}]}', POLICY),
    ('{"statement": [{"effect": "allow"}]}', OTHER),
    ('{"statement": "SELECT 1", "effect": "none"}', OTHER),
    (
        '{"effect": "allow", "action": "sts:AssumeRole", "principal": {"service": "x"}}',
        STATEMENT,
    ),
    ('{"effect": "allow", "action": "view", "principal": {"type": "User"}}', OTHER),
    ('{"effect": "allow", "action": ["scf:InvokeFunction"], "resource": ["*"]}', OTHER),
    # c: capitalised
    ('{"version": "2.0", "Statement": [{"Effect": "allow"}]}', POLICY),
    ('{"Statement": [{"Action": "name/cos:GetObject", "Effect": "allow"}]}', POLICY),
    ('{"Statement": [{"Action": "GetObject", "Effect": "allow"}]}', OTHER),
    # d: empty
    ('{"version": "2.0", "statement": []}', POLICY),
    ('{"version": "2.0", "statement": {}}', POLICY),
    ('{"version": "2.0", "statement": [], "name": "x"}', OTHER),
    ('{"version": "2.1", "statement": []}', OTHER),
    ("{}", OTHER),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_objects(text: str, expected: Recognised) -> None:
    assert recognise(json.loads(text)) is expected
    if expected in (POLICY, STATEMENT):
        assert may_hold_policy(text)


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ('{"version": "2.0" "statement": [{"effect": "allow"}]}', True),
        ("{“statement”: [{“effect”: “allow”}]}", True),
        ('{"Resource": "qcs::cos:::x",}', True),
        ("{'action': 'name/cos:GetObject'}", True),
        ('{"Version": "2012-10-17" "Statement": [{"Effect": "Allow"}]}', False),
        ('{"statement": 1,}', False),
        ("the statement has no effect", False),
        ("", False),
    ],
)
def test_texts_that_are_not_json(text: str, ours: bool) -> None:
    assert looks_like_policy(text) is ours
    if ours:
        assert may_hold_policy(text)
