"""The words in which a user forbids access, and what is wrong with those that would forbid nothing."""

from camlint.catalog.catalog import Catalog
from camlint.patterns import split_action, split_resource
from camlint.wording import clip, quote

EXAMPLE = "qcs::cos:::examplebucket-1250000000/*"


def refuse_action(text: str, catalog: Catalog) -> str:
    """What is wrong with an action, or pattern of actions, that is to be forbidden; ``""`` for nothing.

    A slip in it would forbid nothing at all, and nobody would hear of it: what is spelt nearly as a
    known service or action is refused. Names that are like none may be newer than the catalogue.
    """
    name = split_action(text)
    if name is None:
        return (
            f"{quote(text)} is no action; write a service and an operation, such as cam:* or "
            "cos:DeleteBucket, or * for every action"
        )
    if name.opaque:
        return (
            f"{quote(text)} is a set of actions whose contents aren't known; name the actions, "
            "such as cam:*"
        )
    service, operation = name.service.text, name.operation.text
    if "*" in service:
        return ""
    meant = catalog.suggest_service(service)
    if meant is not None:
        options = " or ".join(f"{one}:{operation}" for one in meant.texts)
        return (
            f'{quote(text)} forbids nothing: no service is called "{service}"; did you mean '
            f"{options}?"
        )
    facts = catalog.service(service)
    if "*" in operation:
        if facts and facts.well_covered and not facts.catches(operation):
            return (
                f"{quote(text)} forbids nothing that is known of {service}; "
                f"`camlint catalog {service}` lists its actions"
            )
        return ""
    action = catalog.suggest_action(service, operation)
    if action is None:
        return ""
    options = " or ".join(f"{service}:{one}" for one in action.texts)
    return f"{quote(text)} forbids nothing: {action.reason}; did you mean {options}?"


def doubt_action(text: str, catalog: Catalog) -> str:
    """What to tell of an action that isn't refused and that the catalogue hasn't got, if it hasn't."""
    name = split_action(text)
    if name is None or "*" in name.service.text:
        return ""
    facts = catalog.service(name.service.text)
    if facts and (name.wild or name.operation.text in facts):
        return ""
    what = f"action {clip(text)}" if facts else f'service "{clip(name.service.text)}"'
    return f"the catalogue has no {what}; if CAM hasn't either, this forbids nothing"


def refuse_resource(text: str) -> str:
    """What is wrong with a resource on which access is to be forbidden; ``""`` for nothing."""
    if text == "*" or split_resource(text) is not None:
        return ""
    return f'{quote(text)} is no resource; write "*", or six segments such as {EXAMPLE}'
