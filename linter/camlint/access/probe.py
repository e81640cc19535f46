"""Statements that only say what is asked about."""

from camlint.access.offers import EVERYTHING
from camlint.patterns import split_action, split_resource
from camlint.policy.actions import Actions
from camlint.policy.elements import ActionPattern, ResourcePattern
from camlint.policy.statement import Statement


def ask_about(action: str, resources: tuple[str, ...] = (EVERYTHING,)) -> Statement:
    """A probe for an action, or a pattern of them, on any of some resources.

    Raises ValueError for what hasn't the form of an action or a resource.
    """
    name = split_action(action)
    if name is None:
        raise ValueError(f"not an action: {action!r}")
    areas: list[ResourcePattern] = []
    for text in resources:
        six = split_resource(text)
        if six is None and text != EVERYTHING:
            raise ValueError(f'a resource is "*" or has six segments, not {text!r}')
        areas.append(ResourcePattern(text, (), six))
    actions = Actions((ActionPattern(action, (), name),))
    return Statement((), {}, {}, "allow", actions, tuple(areas), (), (), ())
