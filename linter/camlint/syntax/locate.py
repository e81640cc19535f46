"""The one function that turns symbolic places of a document into characters of its file."""

import json
import re
from collections.abc import Iterable, Sequence

from camlint.place import Part, Place
from camlint.source import Span
from camlint.syntax.document import Document, find_value
from camlint.syntax.strings import decode_percent, map_string

_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[^][{}:,"\s]++|[][{}]')
"""All of a JSON text that matters here: members alternate keys and values, items follow suit."""

_FIRST = re.compile(r"\S")


def locate_places(document: Document, places: Iterable[Place]) -> list[Span]:
    """The span of each place in the text of the file that ``document`` stands in."""
    spans = _locate_here(document, list(places))
    while document.outer is not None:
        offsets = _map_embedded(document, document.outer)
        last = len(offsets) - 1
        spans = [Span(offsets[min(one.start, last)], offsets[min(one.end, last)]) for one in spans]
        document = document.outer
    return spans


def _map_embedded(document: Document, outer: Document) -> Sequence[int]:
    """The map from the characters of an embedded document to the text of the one around it."""
    token = _locate_here(outer, [Place(document.pointer)])[0]
    offsets = map_string(outer.text, token.start, token.end)
    if not document.percent:
        return offsets
    _, within = decode_percent(str(find_value(outer.value, document.pointer)))
    return [offsets[index] for index in within]


def _locate_here(document: Document, places: list[Place]) -> list[Span]:
    """The span of each place in the document's own text."""
    found = [_locate_without_scan(document, place) for place in places]
    if None not in found:
        return [span for span in found if span is not None]
    root = _Wanted()
    for place, span in zip(places, found, strict=True):
        if span is None:
            wanted = root
            for step in place.pointer:
                wanted = wanted.children.setdefault(step, _Wanted())
            wanted.asked.append(place)
    _scan(document.text, root, repeats=bool(document.duplicates))
    return [
        _resolve(document.text, root, place) if span is None else span
        for place, span in zip(places, found, strict=True)
    ]


def _locate_without_scan(document: Document, place: Place) -> Span | None:
    """The span of a place that can be told without looking at every token, or None."""
    text = document.text
    if place.part is Part.TEXT:
        end = len(text) if place.end is None else min(max(place.end, 0), len(text))
        return Span(min(max(place.start or 0, 0), end), end)
    if document.slips or document.refusal or (place.part is Part.OPENING and not place.pointer):
        first = _FIRST.search(text)
        start = first.start() if first else 0
        return Span(start, min(start + 1, len(text)))
    if document.duplicates or place.part is Part.OPENING or "\\" in text:
        return None
    try:
        value = find_value(document.value, place.pointer)
    except LookupError:
        return None
    if place.part is Part.KEY and place.pointer:
        value = place.pointer[-1]
    if not isinstance(value, str):
        return None
    quoted = f'"{value}"'
    start = text.find(quoted)
    if start < 0 or text.find(quoted, start + 1) >= 0:
        return None
    return _narrow(text, Span(start, start + len(quoted)), place)


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
    """Note where the wanted values stand; stop at the last one unless keys may come again."""
    remaining = _count_asked(root)
    here = _Wanted()
    here.children[0] = root
    in_object = key_next = False
    index = opened = skipped = 0
    wanted: _Wanted | None = None
    outside: list[tuple[_Wanted, bool, int, int]] = []
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        first = text[start]
        if skipped:
            skipped += (first in "[{") - (first in "]}")
            if skipped:
                continue
        elif first in "]}":
            if not outside:
                return
            wanted, start = here, opened
            here, in_object, index, opened = outside.pop()
        elif key_next:
            wanted = here.children.get(_read_key(text, start, end))
            if wanted is not None:
                wanted.keys.append(Span(start, end))
            key_next = False
            continue
        else:
            if not in_object:
                wanted = here.children.get(index)
                index += 1
            if wanted is not None:
                wanted.starts.append(start)
                if repeats:
                    wanted.forget_children()
            if first in "[{":
                if wanted is None or not wanted.children:
                    skipped = 1
                else:
                    outside.append((here, in_object, index, opened))
                    here, in_object, index, opened = wanted, first == "{", 0, start
                    key_next = in_object
                continue
        key_next = in_object
        if wanted is not None:
            wanted.spans.append(Span(wanted.starts[-1], end))
            remaining -= bool(wanted.asked)
            if not remaining and not repeats:
                return


def _count_asked(root: _Wanted) -> int:
    count = 0
    stack = [root]
    while stack:
        wanted = stack.pop()
        count += bool(wanted.asked)
        stack.extend(wanted.children.values())
    return count


def _read_key(text: str, start: int, end: int) -> str:
    if text.find("\\", start, end) < 0:
        return text[start + 1 : end - 1]
    return str(json.loads(text[start:end]))


def _resolve(text: str, root: _Wanted, place: Place) -> Span:
    wanted = root
    for step in place.pointer:
        child = wanted.children[step]
        if not child.starts:
            return _opening(text, wanted)
        wanted = child
    if place.part is Part.OPENING:
        return _opening(text, wanted)
    spans = wanted.keys if place.part is Part.KEY and wanted.keys else wanted.spans
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
