"""The actions of a statement by service, so that two statements are compared quickly."""

from camlint.policy.statement import Statement


class Operations:
    """The operations of one service that a statement names, those with a wildcard apart."""

    __slots__ = ("literal", "wild")

    def __init__(self) -> None:
        self.literal: set[str] = set()
        self.wild: set[str] = set()


def read_operations(statement: Statement) -> dict[str, Operations]:
    """The operations that a statement names, by the text of their service."""
    found: dict[str, Operations] = {}
    for action in statement.actions:
        operations = found.setdefault(action.name.service.text, Operations())
        text = action.name.operation.text
        (operations.wild if action.name.wild and "*" in text else operations.literal).add(text)
    return found
