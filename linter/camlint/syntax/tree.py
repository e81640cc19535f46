"""The values of a parsed text with their places, and those that are still being read."""


class Node:
    """A value and the characters that it takes up, quotes and brackets included.

    ``value`` is the plain value. ``members`` are the keys and values of an object, ``items`` those
    of a list. What the text lacks has no width: an unclosed list ends after its last item.
    """

    __slots__ = ("end", "items", "members", "start", "value")

    def __init__(
        self,
        start: int,
        end: int,
        value: object,
        members: "tuple[tuple[Node, Node], ...]" = (),
        items: "tuple[Node, ...]" = (),
    ) -> None:
        self.start = start
        self.end = end
        self.value = value
        self.members = members
        self.items = items


class Frame:
    """A value that is being read; its state follows from how many nodes and marks it has.

    ``opener`` is its bracket, ``""`` for the text as a whole. ``nodes`` are its items, or its keys
    and values in turn; ``marks`` the offsets of the commas, and of colons in turn, between them.
    """

    __slots__ = ("marks", "nodes", "opener", "start")

    def __init__(self, opener: str, start: int) -> None:
        self.opener = opener
        self.start = start
        self.nodes: list[Node] = []
        self.marks: list[int] = []

    @property
    def wants_mark(self) -> bool:
        """Whether the last node still has to be followed by a comma or colon."""
        return len(self.nodes) > len(self.marks)

    @property
    def in_member(self) -> bool:
        """Whether there is a key that still lacks its value."""
        return self.opener == "{" and len(self.nodes) % 2 == 1

    @property
    def wants_key(self) -> bool:
        """Whether a key would be right here."""
        return self.opener == "{" and not self.in_member and not self.wants_mark
