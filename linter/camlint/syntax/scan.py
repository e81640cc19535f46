"""Finds places in one scan of a text that serves them all."""

import json
import re
from collections.abc import Callable

from camlint.place import KEY, OPENING, Place
from camlint.source import Span
from camlint.syntax.strings import map_string

_step_over = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str).raw_decode
"""Reads a value and tells where it ends; numbers stay text, since their value isn't asked for."""

_read_string: Callable[[str, int, bool], tuple[str, int]] = json.decoder.scanstring  # type: ignore[attr-defined]

_BLANK = re.compile(r"[ \t\n\r]+")


def scan(text: str, places: list[Place], *, repeats: bool) -> list[Span]:
    """The span of each place in a JSON text; ``repeats`` says that an object has a key twice."""
    root = _Wanted()
    for place in places:
        wanted = root
        for step in place.pointer:
            wanted = wanted.children.setdefault(step, _Wanted())
        wanted.asked.append(place)
    _note_places(text, root, repeats=repeats)
    return [_resolve(text, root, place) for place in places]


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


def _note_places(text: str, root: _Wanted, *, repeats: bool) -> None:
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
