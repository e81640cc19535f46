"""Finds places by searching a text for their own characters, which takes less than a scan of it."""

from camlint.place import KEY, OPENING, Place, Pointer
from camlint.source import Span
from camlint.syntax.document import find_value


def seek(root: object, text: str, place: Place) -> Span | None:
    """The span of a place in the JSON text of a value; None where only a scan can tell it.

    The text must have no escapes, so that strings stand in it as they are, and no key twice in an
    object.
    """
    pointer, part = place.pointer, place.part
    try:
        value = find_value(root, pointer)
    except LookupError:
        return None
    if part is OPENING:
        start = _seek_opening(root, text, pointer, value)
        return Span(start, start + 1) if start >= 0 else None
    if part is KEY and pointer:
        value = pointer[-1]
    if not isinstance(value, str):
        return None
    quoted = f'"{value}"'
    start = text.find(quoted)
    if start < 0:
        return None
    if text.find(quoted, start + 1) >= 0:
        start = _seek_in_list(root, text, pointer, quoted, key=part is KEY)
        if start < 0:
            return None
    if place.start is None and place.end is None:
        return Span(start, start + len(quoted))
    length = len(value)
    first = min(max(place.start or 0, 0), length)
    last = length if place.end is None else min(max(place.end, first), length)
    return Span(start + 1 + first, start + 1 + last)


def _seek_opening(root: object, text: str, pointer: Pointer, value: object) -> int:
    """Where an object or a list begins, -1 where no key tells.

    Between the key of a value and its bracket stand a colon and white space, and between the
    bracket of an object and its first key white space alone.
    """
    if not pointer:
        return -1
    if isinstance(pointer[-1], str):
        at = _seek_key(root, text, pointer)
        if at < 0 or not isinstance(value, dict | list):
            return -1
        return text.find("{" if isinstance(value, dict) else "[", at + len(pointer[-1]) + 2)
    if not value or not isinstance(value, dict):
        return -1
    at = _seek_key(root, text, (*pointer, next(iter(value))))
    return text.rfind("{", 0, at) if at >= 0 else -1


def _seek_key(root: object, text: str, pointer: Pointer) -> int:
    """Where the key at the end of a pointer stands, -1 where its characters don't tell."""
    quoted = f'"{pointer[-1]}"'
    start = text.find(quoted)
    if text.find(quoted, start + 1) >= 0:
        return _seek_in_list(root, text, pointer, quoted, key=True)
    return start


def _seek_in_list(root: object, text: str, pointer: Pointer, quoted: str, *, key: bool) -> int:
    """Where the member of an item of a list stands, or its key, -1 where that key doesn't tell.

    If each item has the key, and its text occurs no oftener than there are items, then there is
    one occurrence in each, in their order: none can be anything but the key. Of a list below
    the key, the value that is asked for must be the first of its text.
    """
    if not 3 <= len(pointer) <= 4:
        return -1
    listed = find_value(root, pointer[:1])
    index, member = pointer[1], pointer[2]
    if not isinstance(listed, list) or not isinstance(index, int) or not isinstance(member, str):
        return -1
    name = f'"{member}"'
    if text.count(name) != len(listed):
        return -1
    for item in listed:
        if not isinstance(item, dict) or member not in item:
            return -1
    at = -1
    for _ in range(index + 1):
        at = text.find(name, at + 1)
    if key:
        return at if len(pointer) == 3 else -1
    at += len(name)
    if len(pointer) == 4:
        values, number = listed[index][member], pointer[3]
        if not isinstance(values, list) or not isinstance(number, int):
            return -1
        for earlier in values[:number]:
            if not isinstance(earlier, str):
                return -1
            at = text.find(f'"{earlier}"', at) + len(earlier) + 2
    return text.find(quoted, at)
