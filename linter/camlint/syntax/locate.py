"""The one function that turns symbolic places of a document into characters of its file."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from camlint.place import KEY, OPENING, TEXT, Place, Pointer
from camlint.source import Span
from camlint.syntax.document import Document, find_value
from camlint.syntax.strings import decode_percent, map_string

_step_over = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str).raw_decode
"""Reads a value and tells where it ends; numbers stay text, since their value isn't asked for."""

_read_string: Callable[[str, int, bool], tuple[str, int]] = json.decoder.scanstring  # type: ignore[attr-defined]

_BLANK = re.compile(r"[ \t\n\r]+")
MOST_SEARCHED = 10_000_000
"""Characters that may be searched for single values before one scan for all is cheaper."""

_FIRST = re.compile(r"\S")


def locate_places(document: Document, places: Iterable[Place]) -> list[Span]:
    """The span of each place in the text of the file that ``document`` stands in."""
    spans = _locate_here(document, list(places))
    while document.outer is not None:
        offsets = map_document(document, document.outer)
        last = len(offsets) - 1
        spans = [Span(offsets[min(one.start, last)], offsets[min(one.end, last)]) for one in spans]
        document = document.outer
    return spans


def map_document(document: Document, outer: Document) -> Sequence[int]:
    """The map from the characters of an embedded document to the text of the one around it."""
    token = _find_texts(outer).get(document.pointer)
    if token is None:
        token = _locate_plain(outer, [Place(document.pointer)])[0]
    offsets = map_string(outer.plain_text, token.start, token.end)
    if document.percent:
        _, within = decode_percent(str(find_value(outer.value, document.pointer)))
        offsets = [offsets[index] for index in within]
    if outer.recovered is not None:
        offsets = [outer.recovered.offsets[index] for index in offsets]
    return offsets


@lru_cache(maxsize=1)
def _find_texts(outer: Document) -> dict[Pointer, Span]:
    """The strings of a document that may be documents themselves, found in one scan for all."""
    pointers: list[Pointer] = []
    stack: list[tuple[Pointer, object]] = [((), outer.value)]
    while stack:
        pointer, value = stack.pop()
        if isinstance(value, dict):
            stack.extend(((*pointer, key), item) for key, item in value.items())
        elif isinstance(value, list):
            stack.extend(((*pointer, index), item) for index, item in enumerate(value))
        elif isinstance(value, str) and value.lstrip()[:1] in ("{", "[", "%"):
            pointers.append(pointer)
    spans = _locate_plain(outer, [Place(pointer) for pointer in pointers])
    return dict(zip(pointers, spans, strict=True))


def _locate_here(document: Document, places: list[Place]) -> list[Span]:
    """The span of each place in the document's own text."""
    spans = _locate_plain(document, places)
    if document.recovered is None:
        return spans
    offsets = document.recovered.offsets
    return [
        span if place.part is TEXT else Span(offsets[span.start], offsets[span.end])
        for place, span in zip(places, spans, strict=True)
    ]


def _locate_plain(document: Document, places: list[Place]) -> list[Span]:
    """The same in the text as repaired where it isn't JSON; those in the text itself as they are."""
    text = document.plain_text
    search = (
        len(places) * len(text) < MOST_SEARCHED and not document.duplicates and "\\" not in text
    )
    found = [_locate_without_scan(document, text, place, search=search) for place in places]
    told = [span for span in found if span is not None]
    if len(told) == len(found):
        return told
    root = _Wanted()
    for place, span in zip(places, found, strict=True):
        if span is None:
            wanted = root
            for step in place.pointer:
                wanted = wanted.children.setdefault(step, _Wanted())
            wanted.asked.append(place)
    _scan(text, root, repeats=bool(document.duplicates))
    return [
        _resolve(text, root, place) if span is None else span
        for place, span in zip(places, found, strict=True)
    ]


def _locate_without_scan(
    document: Document, text: str, place: Place, *, search: bool
) -> Span | None:
    """The span of a place that can be told without a scan, or None; ``search`` the text for it."""
    if place.part is TEXT:
        length = len(document.text)
        end = length if place.end is None else min(max(place.end, 0), length)
        return Span(min(max(place.start or 0, 0), end), end)
    if not document.readable or (place.part is OPENING and not place.pointer):
        first = _FIRST.search(text)
        start = first.start() if first else 0
        return Span(start, min(start + 1, len(text)))
    if not search or place.part is OPENING:
        return None
    try:
        value = find_value(document.value, place.pointer)
    except LookupError:
        return None
    if place.part is KEY and place.pointer:
        value = place.pointer[-1]
    if not isinstance(value, str):
        return None
    quoted = f'"{value}"'
    start = text.find(quoted)
    if start < 0:
        return None
    if text.find(quoted, start + 1) >= 0:
        start = _find_in_list(document, place, quoted)
        if start < 0:
            return None
    return _narrow(text, Span(start, start + len(quoted)), place)


def _find_in_list(document: Document, place: Place, quoted: str) -> int:
    """Where the member of an item of a list stands, -1 where its key alone doesn't tell.

    If each item has the key, and its text occurs no oftener than there are items, then there is
    one occurrence in each, in their order: none can be anything but the key. Of a list below
    the key, the value that is asked for must be the first of its text.
    """
    pointer, text = place.pointer, document.plain_text
    if not 3 <= len(pointer) <= 4:
        return -1
    listed = find_value(document.value, pointer[:1])
    key, index = pointer[2], pointer[1]
    if not isinstance(listed, list) or not isinstance(index, int) or not isinstance(key, str):
        return -1
    name = f'"{key}"'
    if text.count(name) != len(listed):
        return -1
    for item in listed:
        if not isinstance(item, dict) or key not in item:
            return -1
    at = -1
    for _ in range(index + 1):
        at = text.find(name, at + 1)
    if place.part is KEY:
        return at if len(pointer) == 3 else -1
    at += len(name)
    if len(pointer) == 4:
        values, number = listed[index][key], pointer[3]
        if not isinstance(values, list) or not isinstance(number, int):
            return -1
        for earlier in values[:number]:
            if not isinstance(earlier, str):
                return -1
            at = text.find(f'"{earlier}"', at) + len(earlier) + 2
    return text.find(quoted, at)


class _Wanted:
    """A value that a place names, or that lies on the way to one, and what the scan saw of it.

    ``keys``, ``starts`` and ``spans`` have one entry for each time that its key occurs.
    """

    __slots__ = ("asked", "children", "keys", "spans", "starts")

    def __init__(self) -> None:
        self.asked: list[Place] = []
        self.children: dict[str | int, _Wanted] = {}
        self.keys: list[Span] = []
        self.starts: list[int] = []
        self.spans: list[Span] = []

    def forget_children(self) -> None:
        """Drop what was seen below an earlier value of the same key."""
        stack = list(self.children.values())
        while stack:
            wanted = stack.pop()
            wanted.keys.clear()
            wanted.starts.clear()
            wanted.spans.clear()
            stack.extend(wanted.children.values())


def _scan(text: str, root: _Wanted, *, repeats: bool) -> None:
    """Note where the wanted values stand; stop at the last one unless keys may come again.

    Only the objects and lists on the way to a wanted value are walked; the standard library's
    scanner, which is compiled, steps over the rest.
    """
    remaining = _count_asked(root)
    outside: list[tuple[_Wanted, bool, int]] = []
    here = _Wanted()
    in_object, index = False, 0
    child: _Wanted | None = root
    at = _skip_blank(text, 0)
    while True:
        if child is not None:
            child.starts.append(at)
            if repeats:
                child.forget_children()
            if child.children and text[at] in "[{":
                outside.append((here, in_object, index))
                here, in_object, index = child, text[at] == "{", 0
                at += 1
            else:
                start, at = at, _skip_value(text, at)
                child.spans.append(Span(start, at))
                remaining -= bool(child.asked)
        else:
            at = _skip_value(text, at)
        at = _skip_blank(text, at)
        while outside and text[at] in "]}":
            at += 1
            here.spans.append(Span(here.starts[-1], at))
            remaining -= bool(here.asked)
            here, in_object, index = outside.pop()
            at = _skip_blank(text, at)
        if not outside or (not remaining and not repeats):
            return
        if text[at] == ",":
            at = _skip_blank(text, at + 1)
        if in_object:
            key, end = _read_string(text, at + 1, True)
            child = here.children.get(key)
            if child is not None:
                child.keys.append(Span(at, end))
            at = _skip_blank(text, _skip_blank(text, end) + 1)
        else:
            child = here.children.get(index)
            index += 1


def _skip_blank(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


def _skip_value(text: str, at: int) -> int:
    """The end of the value that begins at ``at``."""
    if text[at] == '"':
        return _read_string(text, at + 1, True)[1]
    return _step_over(text, at)[1]


def _count_asked(root: _Wanted) -> int:
    count = 0
    stack = [root]
    while stack:
        wanted = stack.pop()
        count += bool(wanted.asked)
        stack.extend(wanted.children.values())
    return count


def _resolve(text: str, root: _Wanted, place: Place) -> Span:
    wanted = root
    for step in place.pointer:
        child = wanted.children[step]
        if not child.starts:
            return _opening(text, wanted)
        wanted = child
    if place.part is OPENING:
        return _opening(text, wanted)
    spans = wanted.keys if place.part is KEY and wanted.keys else wanted.spans
    if not spans:
        return _opening(text, wanted)
    which = len(spans) - 1
    if place.occurrence is not None:
        which = min(max(place.occurrence, 0), which)
    return _narrow(text, spans[which], place)


def _opening(text: str, wanted: _Wanted) -> Span:
    start = wanted.starts[-1] if wanted.starts else 0
    return Span(start, min(start + 1, len(text)))


def _narrow(text: str, token: Span, place: Place) -> Span:
    """The part of a token that a place names: all of it, or some of a string's characters."""
    if (place.start is None and place.end is None) or text[token.start] != '"':
        return token
    offsets = map_string(text, token.start, token.end)
    last = len(offsets) - 1
    start = min(max(place.start or 0, 0), last)
    end = last if place.end is None else min(max(place.end, start), last)
    return Span(offsets[start], offsets[end])
