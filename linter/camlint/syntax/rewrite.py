"""Symbolic edits of a document turned into edits of the characters of its file."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from camlint.edit import Edit, Insert, Recode, Remove, Replace, SetValue, TextEdit, Wrap
from camlint.place import Part, Pointer
from camlint.syntax.document import Document
from camlint.syntax.json import parse
from camlint.syntax.layout import Layout
from camlint.syntax.locate import map_document
from camlint.syntax.strings import encode_percent, map_string
from camlint.syntax.tree import Node, find_node

BLANKS = " \t\r\n"


class Rewriter:
    """Writes edits of one document; its text is parsed once, when the first edit needs it."""

    __slots__ = ("_document", "_layout", "_root", "_text")

    def __init__(self, document: Document) -> None:
        self._document = document
        self._text = document.plain_text
        self._root = parse(self._text).root
        self._layout = Layout(self._text)

    def write(self, edits: Iterable[Edit]) -> tuple[TextEdit, ...]:
        """The edits of the file that make all of these, in the order of the text.

        Raises LookupError for a place that doesn't exist, ValueError for edits that overlap.
        """
        listed = list(edits)
        own: list[TextEdit] = []
        direct: list[TextEdit] = []
        removed: dict[Pointer, set[str | int]] = {}
        for edit in listed:
            if isinstance(edit, Remove):
                removed.setdefault(edit.pointer[:-1], set()).add(edit.pointer[-1])
            elif isinstance(edit, Replace) and edit.at.part is Part.TEXT:
                direct.append(TextEdit(edit.at.start or 0, edit.at.end or 0, edit.text))
            elif isinstance(edit, Replace):
                own.append(self._replace(edit))
            elif isinstance(edit, SetValue):
                node = self._node(edit.pointer)
                own.append(TextEdit(node.start, node.end, self._render(edit.value, node.start)))
            elif isinstance(edit, Insert):
                own.append(self._insert(edit))
            elif isinstance(edit, Wrap):
                node = self._node(edit.pointer)
                own += (TextEdit(node.start, node.start, "["), TextEdit(node.end, node.end, "]"))
            elif not isinstance(edit, Recode):
                raise TypeError(type(edit).__name__)
        for pointer, steps in removed.items():
            own += self._remove(self._node(pointer), steps)
        lifted = [*self._lift(own, self._document, plain=True)]
        lifted += self._lift(direct, self._document, plain=False)
        lifted.sort(key=lambda one: (one.start, one.end))
        for one, other in pairwise(lifted):
            if other.start < one.end:
                raise ValueError(f"edits overlap at {other.start}")
        return tuple(lifted)

    def _node(self, pointer: Pointer) -> Node:
        if self._root is None:
            raise LookupError(pointer)
        return find_node(self._root, pointer)[0]

    def _replace(self, edit: Replace) -> TextEdit:
        at = edit.at
        if self._root is None:
            raise LookupError(at.pointer)
        value, key = find_node(self._root, at.pointer)
        node = key if at.part is Part.KEY else value
        if node is None:
            raise LookupError(at.pointer)
        if not isinstance(node.value, str):
            return TextEdit(node.start, node.end, self._render(edit.text, node.start))
        offsets = map_string(self._text, node.start, node.end)
        start = 0 if at.start is None else at.start
        end = len(node.value) if at.end is None else at.end
        return TextEdit(offsets[start], offsets[end], _escape(edit.text))

    def _insert(self, edit: Insert) -> TextEdit:
        node = self._node(edit.pointer)
        if isinstance(edit.step, str):
            count = len(node.members)
            index = 0 if edit.first else count
        else:
            count = len(node.items)
            index = min(edit.step, count)
        if not count:
            inside = node.start + 1
            return TextEdit(inside, node.end - 1, self._entry(edit, inside))
        number = min(index, count - 1)
        near, last = (
            (node.members[number][0], node.members[-1][1])
            if isinstance(edit.step, str)
            else (node.items[number], node.items[-1])
        )
        gap = self._gap(near.start)
        written = self._entry(edit, near.start)
        if index < count:
            return TextEdit(near.start, near.start, f"{written},{gap}")
        return TextEdit(last.end, last.end, f",{gap}{written}")

    def _entry(self, edit: Insert, at: int) -> str:
        """The new item, or the new member with its key."""
        value = self._render(edit.value, at)
        if isinstance(edit.step, int):
            return value
        return f"{json.dumps(edit.step, ensure_ascii=False)}{self._layout.colon}{value}"

    def _gap(self, at: int) -> str:
        """The white space before a value, or that of the document's commas on one line."""
        start = at
        while start and self._text[start - 1] in BLANKS:
            start -= 1
        gap = self._text[start:at]
        return gap if "\n" in gap or "\r" in gap else self._layout.after_comma

    def _render(self, value: object, at: int) -> str:
        return self._layout.render(value, self._layout.indent_at(at))

    def _remove(self, node: Node, steps: set[str | int]) -> list[TextEdit]:
        """The edits that take items or members out of a container, a comma with each."""
        if node.members:
            last = {str(key.value): number for number, (key, _) in enumerate(node.members)}
            gone = sorted({last[str(step)] for step in steps})
            members = node.members
            count = len(members)
        else:
            gone = sorted(step for step in steps if isinstance(step, int))
            members = ()
            count = len(node.items)
            if len(gone) < len(steps) or gone[-1] >= count:
                raise LookupError(steps)

        def start(number: int) -> int:
            return members[number][0].start if members else node.items[number].start

        def end(number: int) -> int:
            return members[number][1].end if members else node.items[number].end

        edits: list[TextEdit] = []
        for first, after in _runs(gone):
            if after < count:
                edits.append(TextEdit(start(first), start(after), ""))
            elif first:
                edits.append(TextEdit(end(first - 1), end(after - 1), ""))
            else:
                edits.append(TextEdit(node.start + 1, node.end - 1, ""))
        return edits

    def _lift(
        self, edits: Sequence[TextEdit], document: Document, *, plain: bool
    ) -> list[TextEdit]:
        """The same edits in the text of the file, escaped for every text that they stand in."""
        lifted = list(edits)
        if lifted and plain and document.recovered is not None:
            offsets = document.recovered.offsets
            lifted = [TextEdit(offsets[one.start], offsets[one.end], one.text) for one in lifted]
        here = document
        while lifted and here.outer is not None:
            within = map_document(here, here.outer)
            lifted = [
                TextEdit(
                    within[one.start],
                    within[one.end],
                    _escape(encode_percent(one.text) if here.percent else one.text),
                )
                for one in lifted
            ]
            here = here.outer
        return lifted


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Sorted numbers as runs without a gap, each from its first to the one after its last."""
    first = 0
    for index, number in enumerate(numbers):
        if index + 1 == len(numbers) or numbers[index + 1] > number + 1:
            yield numbers[first], number + 1
            first = index + 1


def _escape(text: str) -> str:
    """The characters of a text as they stand between the quotes of a JSON string."""
    return json.dumps(text, ensure_ascii=False)[1:-1]
