"""Read JSON that repeats keys, or spells integers that Python won't convert, and take notes."""

import json
from collections.abc import Iterator
from itertools import islice

from camlint.place import Pointer
from camlint.syntax.document import refuse_constant
from camlint.syntax.duplicate import Duplicate

MAX_DUPLICATES = 1000
"""A text that repeats more keys is not analysed (a budget of ours)."""

TOO_REPETITIVE = f"it repeats more than {MAX_DUPLICATES} keys"

Repeated = dict[int, tuple[dict[str, object], list[tuple[str, object]]]]
"""Objects with a repeated key, and all that was written in them, by the identity of the object."""


class RepetitiveError(Exception):
    """The text repeats more keys than MAX_DUPLICATES."""


def decode(text: str) -> tuple[object, tuple[Duplicate, ...]]:
    """The value of a text with repeated keys or integers that Python won't read.

    An integer of more digits than Python converts becomes a float, as ``1e999`` does.
    Raises ValueError when the text is not JSON, RepetitiveError when too many keys are repeated.
    """
    repeated: Repeated = {}

    def make_object(pairs: list[tuple[str, object]]) -> dict[str, object]:
        made = dict(pairs)
        if len(made) != len(pairs):
            repeated[id(made)] = (made, pairs)
            if len(repeated) > MAX_DUPLICATES:
                raise RepetitiveError
        return made

    value: object = json.loads(
        text,
        object_pairs_hook=make_object,
        parse_constant=refuse_constant,
        parse_int=convert_integer,
    )
    found = islice(_place_repeated(value, repeated), MAX_DUPLICATES + 1) if repeated else ()
    duplicates = tuple(found)
    if len(duplicates) > MAX_DUPLICATES:
        raise RepetitiveError
    return value, duplicates


def _place_repeated(value: object, repeated: Repeated) -> Iterator[Duplicate]:
    """The repeated keys of the objects below a value, in the order of the text."""
    path: list[str | int] = []
    stack: list[Iterator[tuple[str | int, object]]] = [iter([(0, value)])]
    while stack:
        for step, item in stack[-1]:
            if item and isinstance(item, (dict, list)):
                path.append(step)
                if id(item) in repeated:
                    yield from _group_repeated(tuple(path[1:]), repeated[id(item)][1])
                stack.append(iter(item.items()) if isinstance(item, dict) else enumerate(item))
                break
        else:
            stack.pop()
            if path:
                path.pop()


def _group_repeated(pointer: Pointer, pairs: list[tuple[str, object]]) -> Iterator[Duplicate]:
    grouped: dict[str, list[object]] = {}
    for key, value in pairs:
        grouped.setdefault(key, []).append(value)
    for key, values in grouped.items():
        if len(values) > 1:
            yield Duplicate(pointer, key, tuple(values))


def convert_integer(digits: str) -> int | float:
    """The number that ``digits`` spell; a float when Python refuses an integer of that length."""
    try:
        return int(digits)
    except ValueError:
        return float(digits)
