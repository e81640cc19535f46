"""Whether what a statement matches can be told from what it says."""

from camlint.policy.statement import Statement


def readable(statement: Statement) -> bool:
    """Whether what a statement matches can be told: no unknown element, set or stray character."""
    if not statement.complete:
        return False
    for action in statement.actions:
        if action.name.opaque or not action.text.isprintable():
            return False
    for resource in statement.resources:
        text = resource.text
        if not text.isprintable() or text != text.strip():
            return False
        if resource.six is not None and " " in text[: resource.six.tail.start]:
            return False
        if resource.six is not None and resource.six.project.text:
            return False
    return True
