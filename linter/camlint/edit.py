"""Symbolic edits of a document: what is to change, named by place, before anybody knows characters."""

from camlint.place import Part, Place, Pointer


class Replace:
    """Other characters in place of those that ``at`` names: of a string, a key, or the text itself.

    ``text`` is what they mean, not how a file spells it: quotes and backslashes are escaped where
    that is needed. Only a place in the text itself (TEXT) takes ``text`` as it stands.
    """

    __slots__ = ("at", "text")

    def __init__(self, at: Place, text: str) -> None:
        self.at = at
        self.text = text

    def moved(self, pointer: Pointer) -> "Replace":
        """The same edit of an equal value that stands at another pointer."""
        return Replace(self.at.moved(pointer), self.text)


class SetValue:
    """Another value, whole, at ``pointer``: any plain value, laid out like what stands around it."""

    __slots__ = ("pointer", "value")

    def __init__(self, pointer: Pointer, value: object) -> None:
        self.pointer = pointer
        self.value = value

    def moved(self, pointer: Pointer) -> "SetValue":
        """The same edit of an equal value that stands at another pointer."""
        return SetValue(pointer, self.value)


class Remove:
    """The item of a list or the member of an object at ``pointer`` goes, and a comma with it."""

    __slots__ = ("pointer",)

    def __init__(self, pointer: Pointer) -> None:
        self.pointer = pointer

    def moved(self, pointer: Pointer) -> "Remove":
        """The same edit of an equal value that stands at another pointer."""
        return Remove(pointer)


class Insert:
    """A new item of the list, or a new member of the object, at ``pointer``.

    ``step`` is the key of the member, or the index that the item will have; a member comes first
    if ``first`` is set, else last.
    """

    __slots__ = ("first", "pointer", "step", "value")

    def __init__(
        self, pointer: Pointer, step: str | int, value: object, *, first: bool = False
    ) -> None:
        self.pointer = pointer
        self.step = step
        self.value = value
        self.first = first

    def moved(self, pointer: Pointer) -> "Insert":
        """The same edit of an equal container that stands at another pointer."""
        return Insert(pointer, self.step, self.value, first=self.first)


class Wrap:
    """The value at ``pointer`` becomes the only item of a list."""

    __slots__ = ("pointer",)

    def __init__(self, pointer: Pointer) -> None:
        self.pointer = pointer

    def moved(self, pointer: Pointer) -> "Wrap":
        """The same edit of an equal value that stands at another pointer."""
        return Wrap(pointer)


class Recode:
    """The file is written as plain UTF-8, its text unchanged."""

    __slots__ = ()

    def moved(self, pointer: Pointer) -> "Recode":
        """The same edit: it is about no place."""
        del pointer
        return self


Edit = Replace | SetValue | Remove | Insert | Wrap | Recode


def rename_key(pointer: Pointer, key: str) -> Replace:
    """The edit that gives the member at ``pointer`` another key."""
    return Replace(Place(pointer, part=Part.KEY), key)


def rebase(edit: Edit, root: Pointer) -> Edit:
    """The edit as seen from a document in which the present root stands at ``root``."""
    if not root or isinstance(edit, Recode):
        return edit
    own = edit.at.pointer if isinstance(edit, Replace) else edit.pointer
    return edit.moved(root + own)


class TextEdit:
    """Characters ``start`` up to, not including, ``end`` of a text become ``text``."""

    __slots__ = ("end", "start", "text")

    def __init__(self, start: int, end: int, text: str) -> None:
        self.start = start
        self.end = end
        self.text = text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TextEdit) and (self.start, self.end, self.text) == (
            other.start,
            other.end,
            other.text,
        )

    def __hash__(self) -> int:
        return hash((self.start, self.end, self.text))

    def __repr__(self) -> str:
        return f"TextEdit({self.start}, {self.end}, {self.text!r})"


def apply_edits(text: str, edits: "list[TextEdit] | tuple[TextEdit, ...]") -> str:
    """The text with all edits made. They may touch, but not overlap, and are in any order.

    Of several insertions at one place the earlier in the list comes first.
    """
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        if edit.start < at:
            raise ValueError(f"edits overlap at {edit.start}")
        pieces += (text[at : edit.start], edit.text)
        at = edit.end
    pieces.append(text[at:])
    return "".join(pieces)
