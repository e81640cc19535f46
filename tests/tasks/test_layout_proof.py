"""The proof that two texts say the same: what it lets pass, and that nothing else does."""

import pytest

from camlint.tasks.layout_proof import says_the_same

POLICY = (
    '{"version": "2.0", "statement": [{"effect": "allow", "action": ["cos:A", "cos:B"], '
    '"resource": "*", "principal": {"qcs": ["x", "y"]}, "notes": ["b", "a"], '
    '"condition": {"numeric_equal": {"k": [1, 2]}}}, {"effect": "deny", "action": ["cos:C"]}]}'
)


def test_the_policy_says_what_it_says() -> None:
    assert says_the_same(POLICY, POLICY)
    assert says_the_same(f"[{POLICY}]", f"[{POLICY}]")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" ", "\n\t"),
        ('["cos:A", "cos:B"]', '["cos:B", "cos:A", "cos:B"]'),
        ('["cos:C"]', '"cos:C"'),
        ('["x", "y"]', '["y", "x"]'),
        ("[1, 2]", "[2, 1, 1]"),
        ('"cos:A"', '"c\\u006fs:A"'),
        (
            '"effect": "allow", "action": ["cos:A", "cos:B"]',
            '"action":["cos:A","cos:B"],"effect":"allow"',
        ),
    ],
)
def test_layout_passes(old: str, new: str) -> None:
    changed = POLICY.replace(old, new)
    assert changed != POLICY
    assert says_the_same(POLICY, changed)
    assert says_the_same(changed, POLICY)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"cos:B"', '"cos:b"'),
        ('"cos:B"', '"name/cos:B"'),
        (', "cos:B"', ""),
        ('"allow"', '"Allow"'),
        ('"effect": "allow"', '"Effect": "allow"'),
        ('["b", "a"]', '["a", "b"]'),
        ('["b", "a"]', '["b", "a", "b"]'),
        ('"notes": ["b", "a"], ', ""),
        ("[1, 2]", "[1, 2.0]"),
        ("[1, 2]", '["1", "2"]'),
        ("[1, 2]", "[1, 2, true]"),
        ('"2.0"', "2.0"),
        ('"2.0"', '["2.0"]'),
        ('"effect": "deny"', '"effect": "allow", "effect": "deny"'),
        ("]}]}", "]}],}"),
        ('{"effect": "deny", "action": ["cos:C"]}', '{"effect": "deny", "action": ["cos:C"]}, {}'),
    ],
)
def test_nothing_else_passes(old: str, new: str) -> None:
    changed = POLICY.replace(old, new)
    assert changed != POLICY
    assert not says_the_same(POLICY, changed)
    assert not says_the_same(changed, POLICY)


def test_statements_in_another_order_are_not_the_same() -> None:
    one, other = '{"effect": "allow"}', '{"effect": "deny"}'
    assert not says_the_same(
        f'{{"statement": [{one}, {other}]}}', f'{{"statement": [{other}, {one}]}}'
    )


def test_what_is_no_json_is_the_same_as_nothing() -> None:
    assert not says_the_same("{", "{")
    assert not says_the_same("NaN", "NaN")
