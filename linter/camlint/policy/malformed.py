"""A value that the grammar of CAM refuses, kept visible with its place."""

from collections.abc import Iterable, Sequence
from enum import Enum

from camlint.edit import Replace
from camlint.place import KEY, OPENING, VALUE, Part, Place, Pointer
from camlint.policy.elements import ActionPattern, Principal, ResourcePattern
from camlint.segments import find_names
from camlint.stains import Stain, clean, find_stains, is_plain
from camlint.traits import Trait

NAMES = frozenset({"element", "key", "operator"})
"""What a key of an object may be: the name of an element, a condition key or an operator."""

MOST_EDITS = 20
"""How many edits of its characters mend a text one by one."""


class Fault(Enum):
    """What is the matter with a value."""

    MISSING = "missing"
    EMPTY = "empty"
    WRONG_TYPE = "wrong type"
    UNREADABLE = "unreadable"
    UNCLEAN = "unclean"

    __hash__ = object.__hash__  # That of Enum is written in Python and takes longer.


MISSING, EMPTY, WRONG_TYPE, UNREADABLE, UNCLEAN = Fault
"""The same for those who ask often: until Python 3.12, a member of an Enum is slow to get at."""

TRAITS = {
    MISSING: Trait.MISSING,
    EMPTY: Trait.EMPTY,
    WRONG_TYPE: Trait.WRONG_TYPE,
    UNREADABLE: Trait.UNREADABLE,
    UNCLEAN: Trait.UNCLEAN,
}
"""The trait by which a rule asks for a fault."""


class Malformed:
    """An element, or one item of its list, that doesn't have the form the grammar asks for.

    ``element`` is the lower-case name (``action``, ``resource``, ``effect``, ``principal``,
    ``condition``, ``statement``). ``pointer`` leads to ``value``; for MISSING it leads to the
    object that lacks the element and ``value`` is None. ``statement`` is the pointer of the
    statement around it, None at the top level. UNREADABLE is text of the right type and the wrong
    form: ``Allow``, ``arn:…``, ``cos GetObject``. UNCLEAN is text that has it once its ``stains`` are
    gone; ``element`` may then also be one of NAMES, with ``value`` the name, and ``meant`` is the
    action or resource that it then is. Effects and names are read so; actions and resources aren't
    among those of the statement, since nothing may be proved from what CAM reads otherwise.
    ``effect`` is the statement's effect where it could be read, so that a message can tell what the
    fault leads to.
    """

    __slots__ = ("effect", "element", "fault", "meant", "pointer", "statement", "value")

    def __init__(
        self,
        element: str,
        fault: Fault,
        pointer: Pointer,
        value: object,
        statement: Pointer | None = None,
        effect: str | None = None,
        meant: ActionPattern | ResourcePattern | Principal | None = None,
    ) -> None:
        self.element = element
        self.fault = fault
        self.pointer = pointer
        self.value = value
        self.statement = statement
        self.effect = effect
        self.meant = meant

    @property
    def traits(self) -> int:
        """The trait of its fault."""
        return TRAITS[self.fault]

    def under(self, effect: str | None) -> "Malformed":
        """The same fault in a statement with this effect."""
        return Malformed(
            self.element, self.fault, self.pointer, self.value, self.statement, effect, self.meant
        )

    def place(self) -> Place:
        """The value; the opening of the object that lacks it when it is missing."""
        if self.fault is MISSING:
            return Place(self.pointer, part=OPENING)
        return Place(self.pointer, part=self._part)

    def place_of(self, stain: Stain) -> Place:
        """The characters of a stain of the value."""
        return Place(self.pointer, stain.start, stain.end, part=self._part)

    @property
    def stains(self) -> tuple[Stain, ...]:
        """What keeps an UNCLEAN text from being read as it stands; nothing in any other value."""
        if self.fault is not UNCLEAN or not isinstance(self.value, str):
            return ()
        return stains_of(self.element, self.value)

    def without(self, stains: Iterable[Stain]) -> str:
        """The value with these of its stains mended."""
        return clean(str(self.value), stains)

    def mend(self, stains: Sequence[Stain]) -> tuple[Replace, ...]:
        """The edits that mend these stains: one of the whole text where they are very many."""
        if len(stains) > MOST_EDITS:
            return (Replace(self.place(), self.without(stains)),)
        return tuple([Replace(self.place_of(one), one.meant) for one in stains])

    @property
    def _part(self) -> Part:
        return KEY if self.element in NAMES else VALUE

    @property
    def speaker(self) -> str:
        """The words for the statement in a message: ``this allow``, or without an effect less."""
        return f"this {self.effect}" if self.effect else "this statement"


def stains_of(element: str, text: str) -> tuple[Stain, ...]:
    """The stains of a text that stands for an element: an action, a resource, a key and so on."""
    if element == "resource":
        return find_stains(text, *find_names(text))
    if element == "key" and (slash := text.find("/")) >= 0:
        # Behind the slash of a condition key stands the key of a tag, in any writing.
        return find_stains(text, slash + 1, slash + 1)
    return find_stains(text, phrases=element == "operator" or element == "key")


def clean_text(element: str, text: str) -> str:
    """The text that stands for an element, without its stains."""
    return text if is_plain(text) else clean(text, stains_of(element, text))
