"""The values of a parsed text with their places, and those that are still being read."""

from camlint.place import Pointer


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


def find_node(root: Node, pointer: Pointer) -> tuple[Node, Node | None]:
    """The node at a pointer below ``root``, and that of its key where it is a member.

    Of equal keys it is the last, which a parser keeps. Raises LookupError when there is none.
    """
    node, key = root, None
    for step in pointer:
        if isinstance(step, int):
            node, key = node.items[step], None
            continue
        found = [pair for pair in node.members if pair[0].value == step]
        if not found:
            raise LookupError(pointer)
        key, node = found[-1]
    return node, key


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
