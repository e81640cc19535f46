"""Whatever a file holds, fixing it ends, makes JSON of what can be, and leaves nothing to a second run."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.engine import Engine
from camlint.finding import Safety, Severity
from camlint.fixes import Fixed, Fixer
from camlint.fixes.grants import tell_gains
from camlint.fixes.guard import Guard
from camlint.fixes.write import Original
from camlint.registry import load_registry
from camlint.report.fixes import describe_gains
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source, read_source

REGISTRY = load_registry()
FIXER = Fixer(
    Engine(REGISTRY, Selection(), NOTHING_STATED, edits=True),
    Safety,
    Guard(Engine(REGISTRY, Selection(), NOTHING_STATED)),
)
POLICIES = sorted((Path(__file__).parent.parent / "policies").glob("*.json"))
TEXTS = [read_source(str(path), path.name).text for path in POLICIES]
PIECES = [
    *'{}[]",:“”，：/\\\n\r\t\'# ',
    "//", "...", "null", "*", "é", "\u00a0", "\ufeff", "\ud83d", "%22", '\\"', "Allow", "trtc:",
]  # fmt: skip


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def count(fixed: Fixed) -> int:
    return sum(1 for one in fixed.result.diagnostics if one.severity is not Severity.NOTE)


def check(source: Source) -> Fixed:
    """Fix a source and hold the result against all that is promised."""
    before = FIXER.engine.lint(source)
    fixed = FIXER.fix(source)
    if not fixed.made:
        assert fixed.text == source.text
    if is_json(source.text):
        assert is_json(fixed.text)
    if any(diagnostic.code == "CAM001" for diagnostic, _ in fixed.made) and not any(
        one.code in ("CAM001", "CAM901") for one in fixed.result.diagnostics
    ):
        assert is_json(fixed.text)
    assert count(fixed) <= sum(1 for one in before.diagnostics if one.severity is not Severity.NOTE)
    again = FIXER.fix(Source(source.path, fixed.text, source.damage))
    assert (again.text, again.made) == (fixed.text, ())
    for repair in fixed.repairs:
        for gains in tell_gains(repair.old, repair.new, NOTHING_STATED):
            assert all(line.isprintable() for line in describe_gains("x", gains, would=False))
    return fixed


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.name)
def test_our_policies(path: Path) -> None:
    original = Original(path.read_bytes(), path.name)
    fixed = check(original.source)
    if not original.source.damage:
        assert Original(original.encode(fixed.text), path.name).source.text == fixed.text


@pytest.mark.skipif(not os.environ.get("CAMLINT_CORPUS"), reason="CAMLINT_CORPUS names no folder")
def test_policies_of_others() -> None:
    for path in sorted(Path(os.environ["CAMLINT_CORPUS"]).rglob("*.json")):
        check(read_source(str(path), path.name))


@given(st.data())
def test_policies_with_a_few_characters_changed(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 3)))
        text = text[:start] + data.draw(st.sampled_from([*PIECES, ""])) + text[end:]
    check(Source("policy.json", text))


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-1, 3)
    | st.sampled_from(["*", "allow", "deny", "2.0", "cvm:*", "trtc:RemoveUser", "qcs::cvm:::*", ""])
    | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["version", "statement", "effect", "Action", "resource", "condition"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(VALUES, VALUES)
def test_any_value_in_the_place_of_a_statement(one: object, two: object) -> None:
    policy = {"version": "2.0", "statement": [one, two], "x": "qcs::cvm:::*"}
    check(Source("policy.json", json.dumps(policy, ensure_ascii=False)))
    check(Source("policy.json", json.dumps({"PolicyDocument": json.dumps(policy)})))
