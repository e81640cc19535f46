"""One statement of a policy: what it allows or denies, on what, to whom, and when."""

from camlint.place import KEY, OPENING, Place, Pointer
from camlint.policy.actions import Actions
from camlint.policy.elements import Condition, Principal, ResourcePattern
from camlint.policy.malformed import UNCLEAN, Malformed
from camlint.policy.misspelt import MisspeltOperator
from camlint.signs import shows_sign
from camlint.traits import Trait

DOCUMENTED = frozenset({"effect", "action", "resource", "condition", "principal"})
"""The elements of a statement. Source: https://cloud.tencent.com/document/product/598/10603"""

USUAL = {"effect": "effect", "action": "action", "resource": "resource"}
"""The spelling of the elements that most statements have, and no others."""

_ALL = Trait.EVERYTHING | Trait.WIDE
_BOUNDS = Trait.LIMITED | Trait.WILDCARD_ACTION


class Statement:
    """A statement as far as it can be read.

    ``effect`` is ``"allow"``, ``"deny"`` or None (read ignoring case; None when it is absent or
    unreadable). ``wildcards``, ``operations`` and ``services`` are those of Actions, ``traits`` bits
    of Trait. ``value`` is the plain object, ``spelling`` maps the lower-case name of each element
    that is present to its key as written.
    ``malformed`` holds what could not be read, so that ``complete`` is the licence to draw
    conclusions from what this statement doesn't say. ``may_be_void`` says that it may match no
    request at all, as only one without ``"*"`` and wildcards can, or one whose conditions exclude
    one another; False is a proof. ``shared`` says that the same object stands for every equal
    statement at the same place.
    """

    __slots__ = (
        "actions",
        "complete",
        "conditions",
        "effect",
        "malformed",
        "may_be_void",
        "operations",
        "pointer",
        "principals",
        "resources",
        "services",
        "shared",
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
        actions: Actions,
        resources: tuple[ResourcePattern, ...],
        conditions: tuple[Condition, ...],
        principals: tuple[Principal, ...],
        malformed: tuple[Malformed, ...],
        shared: bool = False,
    ) -> None:
        self.pointer = pointer
        self.value = value
        self.spelling = spelling
        self.effect = effect
        self.actions = actions.patterns
        self.services = services = actions.services
        self.operations = actions.operations
        self.wildcards = actions.wildcards
        self.resources = resources
        self.shared = shared
        self.conditions = conditions
        self.principals = principals
        self.malformed = malformed
        complete = effect is not None
        for problem in malformed:
            if problem.element != "effect" or problem.fault is UNCLEAN:
                complete = False
        self.complete = complete
        traits = actions.traits
        if len(resources) > 1:
            traits |= Trait.SEVERAL_RESOURCES
        everything = 0
        for resource in resources:
            six = resource.six
            if six is None:
                everything = _ALL
            else:
                traits |= six.traits
                service = six.service.text
                if service and service not in services:
                    traits |= Trait.STRANGE_RESOURCE
        if everything:
            traits = traits & ~Trait.LIMITED | everything
        if spelling is not USUAL:
            if not DOCUMENTED.issuperset(value):
                traits |= Trait.IRREGULAR
            if "principal" in spelling:
                traits |= Trait.PRINCIPAL
            if conditions:
                traits |= Trait.CONDITIONAL
        if malformed or conditions or principals:
            for text in _further_texts(conditions, principals, malformed):
                if shows_sign(text):
                    traits |= Trait.UNFILLED
        self.traits = traits
        self.may_be_void = traits & _BOUNDS == Trait.LIMITED or (
            bool(conditions) and self.may_contradict
        )

    @property
    def may_contradict(self) -> bool:
        """Whether its conditions may exclude one another, or all requests; False is a proof.

        That takes two on one key, or one on a key that follows from the action, or one that excludes
        every text.
        """
        keys: set[str] = set()
        for condition in self.conditions:
            if condition.key in keys or condition.derived:
                return True
            if condition.base == "string_not_like" and not condition.if_exist:
                return True
            keys.add(condition.key)
        return False

    @property
    def written_operators(self) -> dict[str, object]:
        """The object of the condition as written: each operator with what stands below it."""
        written = self.value.get(self.spelling.get("condition", ""))
        return written if isinstance(written, dict) else {}

    @property
    def misspelt_operators(self) -> tuple[MisspeltOperator, ...]:
        """The operators that CAM doesn't know, each once, with what they were meant to be."""
        for condition in self.conditions:
            if condition.known is None:
                break
        else:
            return ()
        from camlint.policy.spellings import find_misspelt  # noqa: PLC0415 - few are misspelt

        return find_misspelt(self)

    def written_beside(self, condition: Condition) -> dict[str, object]:
        """All that stands below the operator of a condition as written, by key."""
        block = self.written_operators.get(condition.operator)
        return block if isinstance(block, dict) else {}

    @property
    def circumstances(self) -> str:
        """When it holds, in words: ``qcs:ip is in 10.0.0.0/8``; ``""`` where it always does."""
        if not self.conditions:
            return ""
        from camlint.policy import condition_words  # noqa: PLC0415 - few findings need them

        return condition_words.say_conditions(self.conditions)

    @property
    def understood(self) -> bool:
        """Whether each of its keys is an element, and none stands there in a second spelling."""
        return len(self.spelling) == len(self.value)

    def opening(self) -> Place:
        """The first character of the statement, the place for what is missing in it."""
        return Place(self.pointer, part=OPENING)

    def element(self, name: str) -> Place:
        """The value of the element with this lower-case name; the opening when it is absent."""
        key = self.spelling.get(name)
        return self.opening() if key is None else Place((*self.pointer, key))

    def key(self, name: str) -> Place:
        """The key of the element with this lower-case name; the opening when it is absent."""
        key = self.spelling.get(name)
        return self.opening() if key is None else Place((*self.pointer, key), part=KEY)


def _further_texts(
    conditions: tuple[Condition, ...],
    principals: tuple[Principal, ...],
    malformed: tuple[Malformed, ...],
) -> list[str]:
    """The texts that few statements have: those of conditions, principals and faults."""
    found: list[str] = []
    for condition in conditions:
        found += (condition.operator, condition.key)
        found += [value for value in condition.values if isinstance(value, str)]
    for principal in principals:
        found.append(principal.text)
    for fault in malformed:
        if isinstance(fault.value, str):
            found.append(fault.value)
    return found
