"""A value that the grammar of CAM refuses, kept visible with its place."""

from enum import Enum

from camlint.place import Part, Place, Pointer


class Fault(Enum):
    """What is the matter with a value."""

    MISSING = "missing"
    EMPTY = "empty"
    WRONG_TYPE = "wrong type"
    UNREADABLE = "unreadable"


class Malformed:
    """An element, or one item of its list, that doesn't have the form the grammar asks for.

    ``element`` is the lower-case name (``action``, ``resource``, ``effect``, ``principal``,
    ``condition``, ``statement``). ``pointer`` leads to ``value``; for MISSING it leads to the
    object that lacks the element and ``value`` is None. ``statement`` is the pointer of the
    statement around it, None at the top level. UNREADABLE is text of the right type and the wrong
    form: ``Allow``, ``arn:…``, ``cos GetObject``. ``effect`` is the statement's effect where it
    could be read, so that a message can tell what the fault leads to.
    """

    __slots__ = ("effect", "element", "fault", "pointer", "statement", "value")

    def __init__(
        self,
        element: str,
        fault: Fault,
        pointer: Pointer,
        value: object,
        statement: Pointer | None = None,
        effect: str | None = None,
    ) -> None:
        self.element = element
        self.fault = fault
        self.pointer = pointer
        self.value = value
        self.statement = statement
        self.effect = effect

    def place(self) -> Place:
        """The value; the opening of the object that lacks it when it is missing."""
        if self.fault is Fault.MISSING:
            return Place(self.pointer, part=Part.OPENING)
        return Place(self.pointer)

    @property
    def speaker(self) -> str:
        """The words for the statement in a message: ``this allow``, or without an effect less."""
        return f"this {self.effect}" if self.effect else "this statement"
