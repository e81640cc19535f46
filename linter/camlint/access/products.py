"""Allows of all that a product can do: ``cdb:*``, and on how much of it."""

from collections.abc import Iterator

from camlint.policy.elements import ActionPattern, ResourcePattern
from camlint.policy.statement import Statement

PATHS = ("cos", "ci")
"""The services whose resources are paths of objects, behind the name of their bucket."""

Product = tuple[ActionPattern, ResourcePattern | None]
"""An action ``cdb:*``, and the first resource that names no single one, None where each does."""


def find_products(statement: Statement) -> Iterator[Product]:
    """The whole products that an allow gives, as long as nothing bounds what ``*`` means.

    Nothing of a statement that can't be read, and of one that gives every product.
    """
    whole = [one for one in statement.wildcards if one.name.operation.text == "*"]
    if not whole or statement.effect != "allow":
        return
    if any(one.preset for one in statement.conditions):
        return
    if any(fault.element in ("condition", "resource") for fault in statement.malformed):
        return
    if any(action.name.qualified == "*:*" for action in whole):
        return
    wide = next((one for one in statement.resources if not names_one(one)), None)
    for action in whole:
        if not action.name.opaque and "*" not in action.name.service.text:
            yield action, wide


def names_one(resource: ResourcePattern) -> bool:
    """Whether the last segment has an id, a name or a beginning of one."""
    six = resource.six
    if six is None:
        return False
    tail = six.tail.text
    if "*" not in tail:
        return True
    if six.service.text in PATHS:
        return "*" not in six.resource_type.text
    return six.resource_id is not None and six.resource_id.text.strip("*/") != ""
