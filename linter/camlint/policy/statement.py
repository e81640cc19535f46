"""One statement of a policy: what it allows or denies, on what, to whom, and when."""

from camlint.place import Part, Place, Pointer
from camlint.policy.elements import ActionPattern, Condition, Principal, ResourcePattern
from camlint.policy.malformed import Malformed
from camlint.policy.traits import Trait

DOCUMENTED = frozenset({"effect", "action", "resource", "condition", "principal"})
"""The elements of a statement. Source: https://cloud.tencent.com/document/product/598/10603"""


class Statement:
    """A statement as far as it can be read.

    ``effect`` is ``"allow"``, ``"deny"`` or None (read ignoring case; None when it is absent or
    unreadable). ``wildcards`` are those of the actions that have a wildcard, ``traits`` bits of
    Trait. ``value`` is the plain object, ``spelling`` maps the lower-case name of each element that
    is present to its key as written. ``malformed`` holds what could not be read, so that
    ``complete`` is the licence to draw conclusions from what this statement doesn't say.
    """

    __slots__ = (
        "actions",
        "complete",
        "conditions",
        "effect",
        "malformed",
        "pointer",
        "principals",
        "resources",
        "spelling",
        "traits",
        "value",
        "wildcards",
    )

    def __init__(
        self,
        pointer: Pointer,
        value: dict[str, object],
        spelling: dict[str, str],
        effect: str | None,
        actions: tuple[ActionPattern, ...],
        resources: tuple[ResourcePattern, ...],
        conditions: tuple[Condition, ...],
        principals: tuple[Principal, ...],
        malformed: tuple[Malformed, ...],
    ) -> None:
        self.pointer = pointer
        self.value = value
        self.spelling = spelling
        self.effect = effect
        self.actions = actions
        self.wildcards = tuple([action for action in actions if action.name.wild])
        self.resources = resources
        self.traits = (
            (Trait.WILDCARD_ACTION if self.wildcards else 0)
            | (Trait.SEVERAL_ACTIONS if len(actions) > 1 else 0)
            | (Trait.SEVERAL_RESOURCES if len(resources) > 1 else 0)
            | (0 if DOCUMENTED.issuperset(value) else Trait.IRREGULAR)
        )
        self.conditions = conditions
        self.principals = principals
        self.malformed = malformed
        self.complete = effect is not None and (
            not malformed or all(problem.element == "effect" for problem in malformed)
        )

    def opening(self) -> Place:
        """The first character of the statement, the place for what is missing in it."""
        return Place(self.pointer, part=Part.OPENING)

    def element(self, name: str) -> Place:
        """The value of the element with this lower-case name; the opening when it is absent."""
        key = self.spelling.get(name)
        return self.opening() if key is None else Place((*self.pointer, key))

    def key(self, name: str) -> Place:
        """The key of the element with this lower-case name; the opening when it is absent."""
        key = self.spelling.get(name)
        return self.opening() if key is None else Place((*self.pointer, key), part=Part.KEY)
