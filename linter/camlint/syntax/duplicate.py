"""A key that stands more than once in one object, of which a parser keeps the last."""

from camlint.place import Pointer


class Duplicate:
    """``key`` stands ``count`` times in the object at ``pointer``, with ``values`` in order."""

    __slots__ = ("count", "key", "pointer", "values")

    def __init__(self, pointer: Pointer, key: str, values: tuple[object, ...]) -> None:
        self.pointer = pointer
        self.key = key
        self.values = values
        self.count = len(values)

    def moved(self, pointer: Pointer) -> "Duplicate":
        """The same duplicate in an object that is reached by another pointer."""
        return Duplicate(pointer, self.key, self.values)
