"""Whether policies give actions on all resources of a kind, and by which of their statements."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from camlint.access.absent import find_absent
from camlint.access.answer import Answer, Request
from camlint.access.decide import decide, list_bits, match_request
from camlint.access.find import find
from camlint.access.offers import EVERYTHING, Offer
from camlint.access.probe import ask_about
from camlint.access.question import Question
from camlint.access.readable import readable
from camlint.access.strength import Strength, strength_against, strength_of, strongest
from camlint.catalog.catalog import Catalog
from camlint.patterns import matcher, split_resource
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.settings import Settings

MOST_TRIED = 12
"""Offers of one thing that are held against the denies before it counts as not proved."""

MOST_SEARCHES = 150
"""The same of all that a policy is asked about."""

REMEMBERED = 4096
"""Requests that are remembered as examples."""


class Gift:
    """An offer that stands: nothing of the policies takes it away.

    ``request`` is one that they allow, with the circumstances that it needs, ``absent`` the
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


class Reach:
    """The policies that somebody holds, and the offers that they are asked about.

    What isn't proved to be given isn't. All offers are put into one question, so that the statements are compared once, and only where
    it takes a comparison at all.
    """

    __slots__ = (
        "_catalog",
        "_given",
        "_indices",
        "_offers",
        "_opposed",
        "_plain",
        "_policies",
        "_probes",
        "_questions",
        "_searches",
        "_settings",
        "_undecided",
    )

    def __init__(
        self,
        policies: tuple[Policy, ...],
        offers: Sequence[Offer],
        settings: Settings,
        catalog: Catalog,
    ) -> None:
        self._policies = policies
        self._settings = settings
        self._catalog = catalog
        self._offers = offers
        statements = [one for policy in policies for one in policy.statements]
        self._indices = {id(one): number for number, one in enumerate(statements)}
        self._plain: dict[Statement, bool] = {}
        self._probes: dict[tuple[str, str], int] = {}
        self._given: dict[tuple[str, str, int], Gift | None] = {}
        self._opposed = _list_opposed(policies)
        self._undecided = any(map(undecided, policies))
        self._questions: list[Question] = []
        self._searches = [0]

    @property
    def _question(self) -> Question:
        if not self._questions:
            asked = dict.fromkeys((one.action, one.wanted) for one in self._offers)
            first = sum(len(one.statements) for one in self._policies)
            self._probes.update((pair, first + number) for number, pair in enumerate(asked))
            probes = tuple(ask_about(action, (wanted,)) for action, wanted in asked)
            self._questions.append(
                Question(self._policies, self._settings, self._catalog, probes=probes)
            )
        return self._questions[0]

    def give(self, offers: Iterable[Offer]) -> Gift | None:
        """The first of the offers that stands, of those with the weakest conditions.

        Only so many are tried before it counts as not proved.
        """
        if self._undecided:
            return None
        ranked = list(offers)
        if len(ranked) > 1:
            ranked.sort(key=lambda one: strength_of(one.statement).rank)
        for offer in ranked[:MOST_TRIED]:
            gift = self._give(offer)
            if gift is not None:
                return gift
        return None

    def _give(self, offer: Offer) -> Gift | None:
        index = self._indices[id(offer.statement)]
        key = (offer.action, offer.wanted, index)
        if key not in self._given:
            self._given[key] = self._see(offer) or self._ask(offer, index)
        return self._given[key]

    def _see(self, offer: Offer) -> Gift | None:
        """What is given in so many words: on ``"*"``, always, and nothing speaks against it."""
        if offer.resource.six is not None or not self._is_plain(offer.statement):
            return None
        for pattern in self._opposed:
            if matcher(pattern)(offer.action):
                return None
        return see(offer, self._catalog)

    def _is_plain(self, statement: Statement) -> bool:
        """Whether a statement holds for whoever has the policy, always, and can be read."""
        plain = self._plain.get(statement)
        if plain is None:
            addressed = any(one.principals for one in self._policies)
            limited = statement.conditions or statement.principals or addressed
            plain = self._plain[statement] = not limited and readable(statement)
        return plain

    def _ask(self, offer: Offer, index: int) -> Gift | None:
        if not readable(offer.statement) or self._searches[0] >= MOST_SEARCHES:
            return None
        self._searches[0] += 1
        question = self._question
        probe = self._probes[offer.action, offer.wanted]
        found = find(question, (probe, index), question.denies)
        if not isinstance(found, Request):
            return None
        request = self._simplify(offer, found, index)
        if decide(question, request).allowed is not Answer.YES:
            return None
        _, sure, perhaps = match_request(
            question, Request(request.action, request.resource, request.principal)
        )
        denies = (perhaps & ~sure) & question.denies & question.conditional
        against = [strength_against(question.statements[one]) for one in list_bits(denies)]
        strength = strongest((strength_of(offer.statement), *against))
        return Gift(offer, request, find_absent(question, request), strength)

    def _simplify(self, offer: Offer, request: Request, index: int) -> Request:
        """The request without a resource, where any would do and the statement allows none, too."""
        if offer.wanted != EVERYTHING or request.resource == EVERYTHING:
            return request
        service, _, operation = offer.action.partition(":")
        if self._question.catalog.resource_level(service, operation) is True:
            return request
        bare = Request(offer.action, EVERYTHING, request.principal, request.context)
        decision = decide(self._question, bare)
        given = decision.allowed is Answer.YES and index in decision.by
        return bare if given else request


def see(offer: Offer, catalog: Catalog) -> Gift | None:
    """What an unopposed allow gives on ``"*"`` without a condition; None where no request is known."""
    request = _exemplify(offer.action, offer.wanted, catalog)
    return None if request is None else Gift(offer, request, (), Strength.NONE)


@lru_cache(maxsize=REMEMBERED)
def _exemplify(action: str, wanted: str, catalog: Catalog) -> Request | None:
    """A request for an action on one of the resources that are wanted; None where none is known."""
    service, _, operation = action.partition(":")
    six = split_resource(wanted)
    if six is None:
        if catalog.resource_level(service, operation) is True:
            return None
        return Request(action, EVERYTHING, context={})
    region = "" if catalog.service(six.service.text).regionless else "ap-guangzhou"
    tail = six.tail.text.replace("*", "1")
    resource = f"qcs::{six.service.text}:{region}:{six.account.text}:{tail}"
    return Request(action, resource, context={})


def _list_opposed(policies: tuple[Policy, ...]) -> tuple[str, ...]:
    """The patterns of actions that denies may take away."""
    denies = (one for policy in policies for one in policy.denies)
    found = {action.name.qualified: None for one in denies for action in one.actions}
    return tuple(found)


def undecided(policy: Policy) -> bool:
    """Whether nothing can be proved to be given, since something unreadable may refuse anything."""
    for fault in policy.malformed:
        if fault.element == "statement":
            return True
    for one in policy.statements:  # noqa: SIM110 - a generator costs as much again
        if one.effect != "allow" and not readable(one):
            return True
    return False
