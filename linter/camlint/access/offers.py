"""What the allows of a policy seem to give of some actions, as long as nothing takes it away."""

from collections.abc import Callable, Iterable, Iterator

from camlint.catalog.catalog import Catalog
from camlint.patterns import ActionName, covers, split_resource
from camlint.policy.elements import ActionPattern, ResourcePattern
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement

EVERYTHING = "*"


class Offer:
    """What a statement of a policy seems to give, as long as nothing takes it away.

    ``action`` is the one action, ``pattern`` what stands for it in the statement, ``wanted`` the
    resources of which all are offered, ``resource`` what stands for them.
    """

    __slots__ = ("action", "pattern", "resource", "statement", "wanted")

    def __init__(
        self,
        statement: Statement,
        pattern: ActionPattern,
        resource: ResourcePattern,
        action: str,
        wanted: str,
    ) -> None:
        self.statement = statement
        self.pattern = pattern
        self.resource = resource
        self.action = action
        self.wanted = wanted


Named = tuple[Statement, dict[str, ActionPattern]]
"""An allow with the actions that it names, of those that are asked about, by what stands for each."""


def name_actions(
    policy: Policy, match: Callable[[ActionName], Iterable[str]], *, whole_products: bool = True
) -> list[Named]:
    """The allows of a policy that name any of some actions; ``match`` tells those of a pattern.

    Patterns for every action of every service are left out, and with ``whole_products`` unset
    those for every action of one: who has those needs no action by its name.
    """
    found: list[Named] = []
    for statement in policy.allows:
        named: dict[str, ActionPattern] = {}
        for pattern in statement.actions:
            name = pattern.name
            if name.qualified == "*:*" or (name.operation.text == "*" and not whole_products):
                continue
            for action in match(name):
                named.setdefault(action, pattern)
        if named:
            found.append((statement, named))
    return found


def gives_everything(policy: Policy) -> bool:
    """Whether an allow without conditions gives every action on everything, denies aside.

    Beside it no other allow gives anything, and whatever denies leave is worth one finding.
    """
    for statement in policy.allows:
        if statement.wildcards and not statement.conditions and statement.complete:
            for action in statement.wildcards:
                if action.name.qualified == "*:*":
                    if any(one.everything for one in statement.resources):
                        return True
                    break
    return False


def list_offers(
    named: Iterable[Named],
    actions: Iterable[str],
    resources: tuple[str, ...],
    catalog: Catalog,
    *,
    anywhere: bool = False,
) -> Iterator[Offer]:
    """What allows seem to give of some actions, by action and statement.

    Each offer is of all resources that one of the patterns stands for, or of any at all with
    ``anywhere``; of what CAM matches against no resource it is of ``"*"``.
    """
    for action in actions:
        service, _, operation = action.partition(":")
        bare = catalog.resource_level(service, operation) is False
        for statement, patterns in named:
            if action not in patterns:
                continue
            for wanted in (EVERYTHING,) if bare or anywhere else resources:
                for resource in statement.resources:
                    if anywhere or reaches_all(resource, wanted, service):
                        asked = _in_account_of(resource, wanted)
                        yield Offer(statement, patterns[action], resource, action, asked)
                        break


def _in_account_of(resource: ResourcePattern, wanted: str) -> str:
    """What is wanted, in the account that a resource names: whose that is, nobody may know."""
    six = resource.six
    if six is None or not six.account.text.strip("*"):
        return wanted
    kind = split_resource(wanted)
    if kind is None:
        return wanted
    return f"qcs::{kind.service.text}:{kind.region.text}:{six.account.text}:{kind.tail.text}"


def reaches_all(resource: ResourcePattern, wanted: str, service: str) -> bool:
    """Whether a resource of a policy stands for all that a pattern does, regions and accounts aside.

    ``wanted`` is ``"*"``, for all resources of the service, or six segments.
    """
    six = resource.six
    if six is None or resource.everything:
        return True
    kind = split_resource(wanted)
    tail = EVERYTHING
    if kind is not None:
        service, tail = kind.service.text, kind.tail.text
    if six.service.text not in ("", "*", service):
        return False
    return covers(six.tail.text.lower(), tail.lower())
