"""A symbolic place in a document: a pointer to a value and, where it matters, a part of it."""

from enum import Enum

Pointer = tuple[str | int, ...]
"""Keys and indices from the root of a document to a value, keys as the document spells them."""


class Part(Enum):
    """Which part of what the pointer names is meant."""

    VALUE = "value"
    KEY = "key"
    OPENING = "opening"
    TEXT = "text"


VALUE, KEY, OPENING, TEXT = Part
"""The same for those who ask often: until Python 3.12, a member of an Enum is slow to get at."""


class Place:
    """A part of a document, named before anybody has looked for its line and column.

    ``start`` and ``end`` count characters: of the decoded string for VALUE and KEY, of the
    document's own text for TEXT; ``None`` means the whole of it. OPENING is the first character of
    an object or list, for what is missing inside. ``occurrence`` picks one of several equal keys
    of an object, 0 being the first; ``None`` means the one that a parser keeps, the last.
    """

    __slots__ = ("end", "occurrence", "part", "pointer", "start")

    def __init__(
        self,
        pointer: Pointer,
        start: int | None = None,
        end: int | None = None,
        *,
        part: Part = VALUE,
        occurrence: int | None = None,
    ) -> None:
        self.pointer = pointer
        self.start = start
        self.end = end
        self.part = part
        self.occurrence = occurrence

    def moved(self, pointer: Pointer) -> "Place":
        """The same part of the value at another pointer."""
        return Place(pointer, self.start, self.end, part=self.part, occurrence=self.occurrence)

    def below(self, root: Pointer) -> "Place":
        """The place as seen from a document in which the present root stands at ``root``."""
        return self.moved(root + self.pointer) if root else self

    def meets(self, other: "Place") -> bool:
        """Whether this place holds the other or shares characters with it."""
        depth = len(self.pointer)
        if self.part is TEXT or other.part is TEXT:
            return self.part is other.part and _overlap(self, other)
        if other.pointer[:depth] != self.pointer:
            return False
        if len(other.pointer) > depth:
            return self.part is VALUE
        if (self.part is KEY) != (other.part is KEY):
            return False
        return _overlap(self, other)


def _overlap(one: Place, other: Place) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return True
    return one.start < other.end and other.start < one.end


def render_pointer(pointer: Pointer) -> str:
    """The pointer as RFC 6901 writes it, such as ``/statement/0/action``; ``""`` is the root."""
    text = ""
    for step in pointer:
        if type(step) is str and ("/" in step or "~" in step):
            step = step.replace("~", "~0").replace("/", "~1")  # noqa: PLW2901
        text += f"/{step}"
    return text
