"""Symbolic edits as characters: lists and objects keep their layout, whatever goes or comes."""

import json

import pytest

from camlint.edit import Edit, Insert, Remove, SetValue, apply_edits
from camlint.source import Source
from camlint.syntax.document import read_document
from camlint.syntax.rewrite import Rewriter


def rewrite(text: str, *edits: Edit) -> str:
    document = read_document(Source("policy.json", text))
    return apply_edits(text, Rewriter(document).write(edits))


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        ((0,), '["b", "c", "d"]'),
        ((3,), '["a", "b", "c"]'),
        ((0, 1), '["c", "d"]'),
        ((1, 3), '["a", "c"]'),
        ((3, 2, 1), '["a"]'),
        ((0, 1, 2, 3), "[]"),
    ],
)
def test_items_go_with_one_comma_each(gone: tuple[int, ...], left: str) -> None:
    text = '{"x": ["a", "b", "c", "d"]}'
    assert rewrite(text, *(Remove(("x", index)) for index in gone)) == f'{{"x": {left}}}'


def test_members_go_by_their_last_spelling() -> None:
    assert rewrite('{"a": 1, "b": 2, "a": 3}', Remove(("a",))) == '{"a": 1, "b": 2}'


def test_what_is_not_there_cannot_go() -> None:
    for pointer in (("x", 1), ("x", "a"), ("y",)):
        with pytest.raises(LookupError):
            rewrite('{"x": ["a"]}', Remove(pointer))


def test_what_comes_looks_like_its_neighbours() -> None:
    text = '{\n  "x": [\n    "a",\n    "b"\n  ]\n}'
    made = rewrite(text, Insert(("x",), 1, "c"), Insert(("x",), 9, "d"), Insert((), "y", 1))
    assert made == '{\n  "x": [\n    "a",\n    "c",\n    "b",\n    "d"\n  ],\n  "y": 1\n}'
    assert rewrite("[]", Insert((), 0, "a")) == '["a"]'
    assert rewrite('{"x":["a","b"]}', Insert(("x",), 2, "c")) == '{"x":["a","b","c"]}'
    assert list(json.loads(rewrite('{"x": 1}', Insert((), "y", 2, first=True)))) == ["y", "x"]


def test_a_comma_inside_a_text_says_nothing_of_the_layout() -> None:
    assert rewrite('{"x": "a,b"}', SetValue(("x",), ["a", "b"])) == '{"x": ["a", "b"]}'
