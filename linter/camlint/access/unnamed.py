"""Actions that CAM matches against ``"*"`` only, listed beside resources that aren't that."""

from functools import lru_cache

from camlint.access.answer import Answer
from camlint.access.areas import read_area
from camlint.access.letters import Letters
from camlint.access.owner import Owner
from camlint.access.resources import matches_nothing_named
from camlint.catalog.action import Action
from camlint.catalog.catalog import Catalog
from camlint.catalog.service import Service
from camlint.patterns import ActionName, covers, holds_placeholder, matcher
from camlint.policy.elements import ActionPattern, ResourcePattern
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.traits import Trait

REMEMBERED = 4096
"""How many actions and patterns have what they stand for remembered."""

NOBODY = Owner(None, frozenset())
"""An owner of whom nothing is known: whose the resources are makes no difference here."""


class DeadAction:
    """An action, or a pattern of actions, that none of its statement's resources matches.

    ``known`` are the actions of the catalogue that it stands for, one for a literal action; each is
    documented as operation-level. ``settled`` says that no document disputes that.
    """

    __slots__ = ("known", "pattern", "settled")

    def __init__(self, pattern: ActionPattern, known: tuple[Action, ...]) -> None:
        self.pattern = pattern
        self.known = known
        self.settled = all(action.settled is False for action in known)


def find_dead_actions(statement: Statement, catalog: Catalog) -> tuple[DeadAction, ...]:
    """The actions of a statement whose every request CAM asks about without a resource, in vain.

    Empty where a resource is ``"*"`` or may, as ``qcs::trtc:::*``, match such a request: no page
    says that it doesn't. The same for what can't be read. A pattern counts when the catalogue has
    at least one action that it matches, and all of those are operation-level.
    Source: https://cloud.tencent.com/document/product/598/67492
    """
    if not statement.traits & Trait.LIMITED or not statement.complete:
        return ()
    for action in statement.actions:
        if _operation_level(action.name, catalog):
            break
    else:
        return ()
    found = [
        DeadAction(action, known)
        for action in statement.actions
        if (known := _operation_level(action.name, catalog))
    ]
    resources = statement.resources
    if not all(_readable(one) for one in resources):
        return ()
    services = {dead.pattern.name.service.text for dead in found}
    unmatched = {one for one in services if _unmatched(resources, one, catalog)}
    return tuple([dead for dead in found if dead.pattern.name.service.text in unmatched])


def find_grantor(policy: Policy, statement: Statement, action: ActionPattern) -> int | None:
    """The first other statement of the same effect that has the action on ``"*"``.

    Only one without conditions, principals or anything unreadable counts.
    """
    for index, other in enumerate(policy.statements):
        if other is statement or other.effect != statement.effect or not other.complete:
            continue
        if other.conditions or other.principals:
            continue
        if any(one.six is None for one in other.resources) and any(
            covers(one.name.qualified, action.name.qualified) for one in other.actions
        ):
            return index
    return None


@lru_cache(maxsize=REMEMBERED)
def _operation_level(name: ActionName, catalog: Catalog) -> tuple[Action, ...]:
    """What an action stands for, provided that all of it is operation-level."""
    if name.opaque or "*" in name.service.text:
        return ()
    return _all_operation_level(catalog.service(name.service.text), name.operation.text)


def _all_operation_level(service: Service, operation: str) -> tuple[Action, ...]:
    if "*" not in operation:
        literal = service.find(operation)
        return (literal,) if literal is not None and literal.resource_level is False else ()
    matches = matcher(operation)
    found: list[Action] = []
    for name in service.operations:
        if matches(name):
            one = service.find(name)
            if one is None or one.resource_level is not False:
                return ()
            found.append(one)
    return tuple(found)


def _unmatched(resources: tuple[ResourcePattern, ...], service: str, catalog: Catalog) -> bool:
    """Whether no resource matches, nor may match, a request of the service without a resource."""
    letters = Letters(one.text for one in resources)
    return all(
        matches_nothing_named(
            read_area(one.text, one.six, letters, NOBODY, catalog), service, frozenset(), letters
        )
        is Answer.NO
        for one in resources
    )


def _readable(resource: ResourcePattern) -> bool:
    """Whether a resource has the right form, and not just something to be filled in."""
    text, six = resource.text, resource.six
    if six is None or six.project.text or not text.isprintable() or " " in text:
        return False
    return six.resource_id is not None or not holds_placeholder(six.tail.text)
