"""What a search of a text says of a place is what a scan of it says, wherever it says anything."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camlint.place import Part, Place, Pointer
from camlint.syntax.scan import scan
from camlint.syntax.seek import seek

NAMES = st.sampled_from(["a", "b", "effect", ", ", ": ", "{", "[", "", "*"])
LEAVES = NAMES | st.booleans() | st.integers(0, 3)
ELEMENTS = LEAVES | st.lists(LEAVES, max_size=3) | st.dictionaries(NAMES, LEAVES, max_size=2)
STATEMENTS = st.dictionaries(NAMES, ELEMENTS, max_size=4)
POLICIES = st.dictionaries(
    NAMES, LEAVES | STATEMENTS | st.lists(STATEMENTS, max_size=3), max_size=3
)
LAYOUTS = st.sampled_from([None, 1, "\t"])
PARTS = st.sampled_from([Part.VALUE, Part.KEY, Part.OPENING])


def pointers(value: object) -> list[Pointer]:
    found: list[Pointer] = []
    stack: list[tuple[Pointer, object]] = [((), value)]
    while stack:
        pointer, item = stack.pop()
        found.append(pointer)
        if isinstance(item, dict):
            stack.extend(((*pointer, key), one) for key, one in item.items())
        elif isinstance(item, list):
            stack.extend(((*pointer, index), one) for index, one in enumerate(item))
    return found


@given(POLICIES, LAYOUTS, PARTS, st.none() | st.integers(-1, 3), st.none() | st.integers(-1, 3))
def test_a_search_says_what_a_scan_says(
    policy: object, indent: str | int | None, part: Part, start: int | None, end: int | None
) -> None:
    text = json.dumps(policy, indent=indent)
    for pointer in pointers(policy):
        if pointer or part is not Part.OPENING:
            place = Place(pointer, start, end, part=part)
            found = seek(policy, text, place)
            assert found is None or [found] == scan(text, [place], repeats=False)


@pytest.mark.parametrize(
    ("pointer", "part"),
    [
        (("statement", 1), Part.OPENING),
        (("statement",), Part.OPENING),
        (("statement", 1, "resource"), Part.OPENING),
        (("statement", 1, "resource", 1), Part.VALUE),
        (("statement", 0, "action"), Part.KEY),
        (("statement", 1, "action"), Part.VALUE),
    ],
)
def test_what_is_asked_for_most_takes_no_scan(pointer: Pointer, part: Part) -> None:
    policy = {
        "version": "2.0",
        "statement": [
            {"action": "*", "resource": ["*", "x"], "effect": "deny"},
            {"action": "*", "resource": ["y", "x", "*"]},
        ],
    }
    assert seek(policy, json.dumps(policy), Place(pointer, part=part)) is not None


@pytest.mark.parametrize("pointer", [("a", 2), ("a", -1), ("a", "0"), ("b",), ("c", 0), (0,)])
@pytest.mark.parametrize("part", [Part.VALUE, Part.KEY, Part.OPENING])
def test_what_is_not_there_is_left_to_a_scan(pointer: Pointer, part: Part) -> None:
    policy = {"a": ["x", "y"], "c": "z"}
    assert seek(policy, json.dumps(policy), Place(pointer, part=part)) is None
