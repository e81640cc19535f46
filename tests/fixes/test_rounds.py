"""Fixes are made in rounds, in their order, until nothing is left, and only what is allowed."""

import json
from collections.abc import Callable

import pytest

from camlint.finding import Safety
from camlint.fixes import Fixed

Mend = Callable[..., Fixed]


def policy(*actions: str, resource: str = '"*"') -> str:
    listed = ", ".join(f'"{one}"' for one in actions)
    return (
        '{"version": "2.0", "statement": '
        f'[{{"effect": "allow", "action": [{listed}], "resource": {resource}}}]}}\n'
    )


def test_a_text_without_fixes_is_left_alone(mend: Mend) -> None:
    fixed = mend(policy("cvm:Ping"), "T101")
    assert (fixed.text, fixed.made, fixed.refused) == (policy("cvm:Ping"), (), ())


def test_several_findings_are_mended(mend: Mend) -> None:
    fixed = mend(policy("a:B", "a:B", "a:C", "a:B", "a:C"), "T101")
    assert fixed.text == policy("a:B", "a:C")
    assert len(fixed.made) == 3
    assert fixed.result.diagnostics == ()


def test_the_riskiest_fix_that_is_allowed_is_taken(mend: Mend) -> None:
    fixed = mend(policy("trtc:RemoveUsr"), "T102")
    assert fixed.text == policy("trtc:RemoveUser")
    assert [fix.description for _, fix in fixed.made] == ["write User"]


def test_what_is_not_allowed_is_counted_by_class(mend: Mend) -> None:
    text = policy("cvm:*", "a:B", "a:B")
    fixed = mend(text, "T101", "T103", allowed=(Safety.SAFE,))
    assert fixed.text == policy("cvm:*", "a:B")
    assert fixed.closed == {Safety.NARROWING: 1}
    fixed = mend(text, "T101", "T103", allowed=(Safety.SAFE, Safety.REPAIR))
    assert fixed.closed == {Safety.NARROWING: 1}
    assert mend(text, "T101", "T103").text == policy("cvm:Describe*", "a:B")


def test_repairs_come_before_what_rests_on_them(mend: Mend) -> None:
    fixed = mend(policy("trtc:RemoveUsr", "trtc:RemoveUser"), "T101", "T102")
    assert fixed.text == policy("trtc:RemoveUser")
    assert [diagnostic.code for diagnostic, _ in fixed.made] == ["T102", "T101"]


def test_a_fix_that_must_be_alone_is(mend: Mend) -> None:
    fixed = mend(policy("name/a:B", "name/a:C"), "T302")
    assert fixed.text == policy("a:B", "a:C")
    assert len(fixed.made) == 2


def test_fixes_that_undo_one_another_end(mend: Mend) -> None:
    fixed = mend(policy("cvm:Ping"), "T206", "T207", guarded=False)
    assert fixed.text == policy("cvm:Pong")
    (refusal,) = fixed.refused
    assert "undo" in refusal.reason
    fixed = mend(policy("cvm:Ping"), "T206", "T207")
    assert fixed.text == policy("cvm:Ping")
    (refusal,) = fixed.refused
    assert "T207" in refusal.reason


@pytest.mark.parametrize("guarded", [True, False])
def test_fixes_that_never_end_are_given_up(mend: Mend, guarded: bool) -> None:
    assert len(mend(policy("cvm:Ping"), "T208", guarded=guarded).made) == 201


@pytest.mark.parametrize("guarded", [True, False])
def test_a_fix_that_changes_nothing_is_not_made(mend: Mend, guarded: bool) -> None:
    fixed = mend(policy("a:B", "a:C"), "T209", guarded=guarded)
    assert (fixed.made, len(fixed.refused)) == ((), 2)


def test_the_encoding_is_mended_once(mend: Mend) -> None:
    fixed = mend(policy("a:B", "a:B"), "T101", "T301")
    assert (fixed.text, fixed.recode, len(fixed.made)) == (policy("a:B"), True, 2)


def test_a_text_that_is_not_json_is_only_made_json(mend: Mend) -> None:
    text = policy("a:B", "a:B").replace('"resource"', '// all\n"resource"')
    safe = mend(text, "CAM001", "T101", allowed=(Safety.SAFE,))
    assert (safe.text, safe.made, safe.closed) == (text, (), {Safety.REPAIR: 2})
    fixed = mend(text, "CAM001", "T101")
    assert json.loads(fixed.text)["statement"][0]["action"] == ["a:B"]


def test_nothing_is_done_to_what_cannot_all_be_made_json(mend: Mend) -> None:
    text = policy("a:B", "a:B").replace('"resource"', '... "resource"').replace("[{", "[{,")
    assert mend(text, "CAM001", "T101").text == text


def test_without_the_rule_for_slips_a_text_that_is_not_json_stays(mend: Mend) -> None:
    text = policy("a:B", "a:B").replace("]}", "],}")
    assert mend(text, "T101").text == text


SLIPS = [
    '{"version": "2.0", "statement": [{"effect": "allow", "action": ["a:B" "a:C", "resource": "*"}',
    '{“version”: "2.0"， "statement": [{effect: "allow", "action": "a:B", "a:C", "resource": "*",}]',
    "{'version': '2.0', 'statement': [{'effect': 'allow', 'action': ['a:B'], 'resource': ['*']}]}",
    '{"version": "2.0", "statement": [{"effect": "allow", "action": ["a:B], "resource": ["*"]}]}',
]


@pytest.mark.parametrize("text", SLIPS)
def test_slips_are_mended_all_at_once(mend: Mend, text: str) -> None:
    fixed = mend(text, "CAM001")
    if fixed.made:
        assert json.loads(fixed.text)
        assert all(diagnostic.code == "CAM001" for diagnostic, _ in fixed.made)
    else:
        assert fixed.text == text
    assert mend(fixed.text, "CAM001").text == fixed.text


INNER = '{\\"version\\": \\"2.0\\", \\"statement\\": [{\\"effect\\": \\"allow\\", ' + (
    '\\"action\\": [\\"a:B\\", \\"a:B\\"], \\"resource\\": \\"*\\"}]}'
)


def test_policies_in_strings_are_mended_in_their_strings(mend: Mend) -> None:
    text = '{"Action": "CreatePolicy",\t"PolicyDocument": "' + INNER + '"}'
    fixed = mend(text, "T101")
    assert fixed.text == text.replace(', \\"a:B\\"', "")


def test_policies_in_urls_are_mended_in_their_encoding(mend: Mend) -> None:
    inner = "%7B%22version%22%3A%222.0%22%2C%22statement%22%3A%5B%7B%22effect%22%3A%22allow%22%2C"
    inner += "%22action%22%3A%5B%22a%3ARemoveUsr%22%5D%2C%22resource%22%3A%22%2A%22%7D%5D%7D"
    text = '{"Name": "x", "Policy": "' + inner + '"}\r\n'
    fixed = mend(text, "T102")
    assert fixed.text == text.replace("Usr", "User")


def test_a_broken_policy_in_a_string_is_mended_there(mend: Mend) -> None:
    broken = INNER.replace('\\"*\\"', '\\"*\\", // all')
    text = '{"Action": "CreatePolicy", "PolicyDocument": "' + broken.replace("}]}", "\\n}]}") + '"}'
    fixed = mend(text, "CAM001", "T101")
    assert json.loads(json.loads(fixed.text)["PolicyDocument"])
    assert len(fixed.made) == 3


def test_several_policies_of_a_file_are_mended(mend: Mend) -> None:
    one = policy("a:B", "a:B").strip()
    fixed = mend(f"[{one},\n {one}]", "T101")
    assert fixed.text == f"[{policy('a:B').strip()},\n {policy('a:B').strip()}]"
