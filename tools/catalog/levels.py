"""What an action does, told from its name where nothing else is known."""

from camlint.catalog.verbs import verb_of


class Levels:
    """``by_verb`` has the level of each verb that doesn't write.

    Agrees with Tencent's own division into reading and writing on 98 % of the actions that it
    divides; an action that differs has its level in the curated facts.
    """

    def __init__(self, by_verb: dict[str, str]) -> None:
        self.by_verb = by_verb

    def tell(self, operation: str) -> str:
        """The level of an action by its name; what isn't known to read writes."""
        level = self.by_verb.get(verb_of(operation), "write")
        return "list" if level == "read" and operation.endswith("List") else level
