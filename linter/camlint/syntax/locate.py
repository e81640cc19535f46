"""The one function that turns symbolic places of a document into characters of its file."""

import re
from collections.abc import Sequence
from functools import lru_cache

from camlint.place import OPENING, TEXT, Place, Pointer
from camlint.source import Span
from camlint.syntax.document import Document, find_value
from camlint.syntax.scan import scan
from camlint.syntax.seek import seek
from camlint.syntax.strings import decode_percent, map_string

MOST_SEARCHED = 10_000_000
"""Characters that may be searched for single values before one scan for all is cheaper."""

NOWHERE = Span(0, 0)
"""Stands for a place that a scan is still to find."""

_FIRST = re.compile(r"\S")


def locate_places(document: Document, places: Sequence[Place]) -> list[Span]:
    """The span of each place in the text of the file that ``document`` stands in."""
    spans = _locate_plain(document, places)
    if document.recovered is not None:
        offsets = document.recovered.offsets
        spans = [
            span if place.part is TEXT else Span(offsets[span.start], offsets[span.end])
            for place, span in zip(places, spans, strict=True)
        ]
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


def _locate_plain(document: Document, places: Sequence[Place]) -> list[Span]:
    """The span of each place in the text as repaired where it isn't JSON.

    Those in the text itself are told as it is.
    """
    text, readable = document.plain_text, document.readable
    searched = (
        len(places) * len(text) < MOST_SEARCHED and not document.duplicates and "\\" not in text
    )
    spans: list[Span] = []
    left: list[int] = []
    for place in places:
        span: Span | None = None
        if place.part is TEXT:
            span = _cut(document.text, place)
        elif not readable or (place.part is OPENING and not place.pointer):
            span = _begin(text)
        elif searched:
            span = seek(document.value, text, place)
        if span is None:
            left.append(len(spans))
            span = NOWHERE
        spans.append(span)
    if left:
        asked = [places[index] for index in left]
        scanned = scan(text, asked, repeats=bool(document.duplicates))
        for index, span in zip(left, scanned, strict=True):
            spans[index] = span
    return spans


def _cut(text: str, place: Place) -> Span:
    """The characters of a text that a place in the text itself names."""
    length = len(text)
    end = length if place.end is None else min(max(place.end, 0), length)
    return Span(min(max(place.start or 0, 0), end), end)


def _begin(text: str) -> Span:
    """The first character of a text that isn't blank."""
    first = _FIRST.search(text)
    start = first.start() if first else 0
    return Span(start, min(start + 1, len(text)))
