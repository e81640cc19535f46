"""The actions of a statement, with what is to be known of them all together."""

from camlint.policy.elements import ActionPattern
from camlint.policy.malformed import Malformed
from camlint.traits import Trait


class Actions:
    """What a statement has in its list of actions; ``patterns`` are the actions in their order.

    ``services`` are the texts of their services, ``operations`` the qualified names of all of them,
    ``wildcards`` those that have a wildcard, and ``traits`` the bits of Trait that they give to
    their statement. ``malformed`` are the faults of the others, without the statement's effect.
    """

    __slots__ = ("malformed", "operations", "patterns", "services", "traits", "wildcards")

    def __init__(
        self, patterns: tuple[ActionPattern, ...], malformed: tuple[Malformed, ...] = ()
    ) -> None:
        services = set()
        operations = set()
        traits = 0
        for pattern in patterns:
            name = pattern.name
            traits |= name.traits
            services.add(name.service.text)
            operations.add(name.qualified)
        self.patterns = patterns
        self.malformed = malformed
        self.services = frozenset(services)
        self.operations = frozenset(operations)
        wildcards: tuple[ActionPattern, ...] = ()
        if traits & Trait.WILDCARD_ACTION:
            wildcards = tuple([pattern for pattern in patterns if pattern.name.wild])
        self.wildcards = wildcards
        several = len(patterns)
        if several > 1 and (wildcards or several > len(operations)):
            traits |= Trait.OVERLAPPING_ACTIONS
        self.traits = traits
