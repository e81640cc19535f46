"""An operator of a condition that CAM doesn't know, with what it was meant to be."""

from camlint.place import Part, Place, Pointer
from camlint.policy.elements import Condition
from camlint.policy.operators import SUFFIX


class Spelling:
    """What a misspelt operator comes to.

    ``base`` is the name that CAM has for it, without modifiers, ``""`` where none comes near;
    ``qualifier`` is ``for_any_value``, ``for_all_value``, ``""`` for none or None where it can't be
    told; ``if_exist`` says that a suffix was meant. ``modifier`` says that the base is written as
    CAM has it, so that the fault lies in what stands around it. ``amazon`` is AWS's name for it, if
    it is one. ``sure`` is False where another operator comes nearly as close.
    """

    __slots__ = ("amazon", "base", "if_exist", "modifier", "qualifier", "sure")

    def __init__(
        self,
        base: str,
        qualifier: str | None,
        *,
        if_exist: bool,
        modifier: bool,
        amazon: str,
        sure: bool,
    ) -> None:
        self.base = base
        self.qualifier = qualifier
        self.if_exist = if_exist
        self.modifier = modifier
        self.amazon = amazon
        self.sure = sure

    @property
    def meant(self) -> str:
        """The whole operator as CAM has it; ``""`` where that can't be told."""
        if not self.base or self.qualifier is None or (self.if_exist and self.base == "null_equal"):
            return ""
        return self.compose(self.base)

    def compose(self, base: str) -> str:
        """The modifiers around another base."""
        head = f"{self.qualifier}:" if self.qualifier else ""
        return f"{head}{base}{SUFFIX if self.if_exist else ''}"


class MisspeltOperator:
    """An operator of a statement that CAM doesn't know, with the conditions below it.

    ``taken`` says that what was meant stands beside it already, or will once an earlier one is
    mended, so that it can't just be renamed.
    """

    __slots__ = ("conditions", "pointer", "spelling", "taken", "text")

    def __init__(
        self,
        text: str,
        pointer: Pointer,
        conditions: tuple[Condition, ...],
        spelling: Spelling,
        *,
        taken: bool,
    ) -> None:
        self.text = text
        self.pointer = pointer
        self.conditions = conditions
        self.spelling = spelling
        self.taken = taken

    def place(self, start: int | None = None, end: int | None = None) -> Place:
        """The operator, or the characters ``start`` to ``end`` of it."""
        return Place(self.pointer, start, end, part=Part.KEY)
