"""Whether a policy gives actions on all resources of a kind, and by which of its statements."""

from collections.abc import Callable, Iterable, Iterator

from camlint.access.absent import find_absent
from camlint.access.answer import Answer, Request
from camlint.access.decide import decide, list_bits, match_request
from camlint.access.find import find
from camlint.access.question import Question
from camlint.access.strength import Strength, strength_against, strength_of, strongest
from camlint.catalog.catalog import Catalog
from camlint.patterns import ActionName, covers, split_action, split_resource
from camlint.policy.elements import ActionPattern, ResourcePattern
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.settings import Settings

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


class Gift:
    """An offer that stands: nothing of the policy takes it away.

    ``request`` is one that the policy allows, with the circumstances that it needs, ``absent`` the
    condition keys that it must not have. ``strength`` says how much conditions of the statement,
    and of denies, keep people from it.
    """

    __slots__ = ("absent", "offer", "request", "strength")

    def __init__(
        self, offer: Offer, request: Request, absent: tuple[str, ...], strength: Strength
    ) -> None:
        self.offer = offer
        self.request = request
        self.absent = absent
        self.strength = strength


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
    six, kind = resource.six, split_resource(wanted)
    if six is None or kind is None or not six.account.text.strip("*"):
        return wanted
    return f"qcs::{kind.service.text}:{kind.region.text}:{six.account.text}:{kind.tail.text}"


def reaches_all(resource: ResourcePattern, wanted: str, service: str) -> bool:
    """Whether a resource of a policy stands for all that a pattern does, regions and accounts aside.

    ``wanted`` is ``"*"``, for all resources of the service, or six segments.
    """
    six = resource.six
    if resource.everything or six is None:
        return True
    kind = split_resource(wanted)
    tail = EVERYTHING
    if kind is not None:
        service, tail = kind.service.text, kind.tail.text
    if six.service.text not in ("", "*", service):
        return False
    return covers(six.tail.text.lower(), tail.lower())


class Reach:
    """A policy with the offers that it is asked about; what isn't proved to be given isn't.

    All offers are put into one question, so that the statements are compared once.
    """

    __slots__ = ("_given", "_indices", "_probes", "_question")

    def __init__(
        self, policy: Policy, offers: Iterable[Offer], settings: Settings, catalog: Catalog
    ) -> None:
        asked = {(one.action, one.wanted): None for one in offers}
        probes = tuple(_ask_about(action, wanted) for action, wanted in asked)
        self._question = Question((policy,), settings, catalog, probes=probes)
        first = len(policy.statements)
        self._probes = {pair: first + number for number, pair in enumerate(asked)}
        self._indices = {id(one): number for number, one in enumerate(policy.statements)}
        self._given: dict[tuple[str, str, int], Gift | None] = {}

    def give(self, offers: Iterable[Offer]) -> Gift | None:
        """The first of the offers that stands, one with the weakest conditions if there are several."""
        best: Gift | None = None
        for offer in offers:
            gift = self._give(offer)
            if gift is not None and (best is None or gift.strength.rank < best.strength.rank):
                best = gift
            if best is not None and best.strength is Strength.NONE:
                break
        return best

    def _give(self, offer: Offer) -> Gift | None:
        index = self._indices[id(offer.statement)]
        key = (offer.action, offer.wanted, index)
        if key not in self._given:
            self._given[key] = self._ask(offer, index)
        return self._given[key]

    def _ask(self, offer: Offer, index: int) -> Gift | None:
        question = self._question
        probe = self._probes[offer.action, offer.wanted]
        found = find(question, (probe, index), question.denies)
        if not isinstance(found, Request):
            return None
        request = self._simplify(offer, found)
        if decide(question, request).allowed is not Answer.YES:
            return None
        _, sure, perhaps = match_request(
            question, Request(request.action, request.resource, request.principal)
        )
        denies = (perhaps & ~sure) & question.denies & question.conditional
        against = [strength_against(question.statements[one]) for one in list_bits(denies)]
        strength = strongest((strength_of(offer.statement), *against))
        return Gift(offer, request, find_absent(question, request), strength)

    def _simplify(self, offer: Offer, request: Request) -> Request:
        """The request without a resource, where any would do and none is allowed as well."""
        if offer.wanted != EVERYTHING or request.resource == EVERYTHING:
            return request
        service, _, operation = offer.action.partition(":")
        if self._question.catalog.resource_level(service, operation) is True:
            return request
        bare = Request(offer.action, EVERYTHING, request.principal, request.context)
        return bare if decide(self._question, bare).allowed is Answer.YES else request


def _ask_about(action: str, wanted: str) -> Statement:
    """A statement that only says what is asked about."""
    name, six = split_action(action), split_resource(wanted)
    if name is None or (six is None and wanted != EVERYTHING):
        raise ValueError(f"not an action on a resource: {action!r} on {wanted!r}")
    pattern = ActionPattern(action, (), name)
    return Statement(
        (), {}, {}, "allow", (pattern,), (ResourcePattern(wanted, (), six),), (), (), ()
    )
