"""Whether policies give actions on all resources of a kind, and by which of their statements."""

from collections.abc import Iterable

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
from camlint.settings import Settings

MOST_TRIED = 12
"""Offers of one thing that are held against the denies before it counts as not proved."""

MOST_SEARCHES = 150
"""The same of all that a policy is asked about."""


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
        "_asked",
        "_catalog",
        "_given",
        "_indices",
        "_opposed",
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
        offers: Iterable[Offer],
        settings: Settings,
        catalog: Catalog,
    ) -> None:
        self._policies = policies
        self._settings = settings
        self._catalog = catalog
        self._asked = {(one.action, one.wanted): None for one in offers}
        statements = [one for policy in policies for one in policy.statements]
        first = len(statements)
        self._probes = {pair: first + number for number, pair in enumerate(self._asked)}
        self._indices = {id(one): number for number, one in enumerate(statements)}
        self._given: dict[tuple[str, str, int], Gift | None] = {}
        self._opposed = _list_opposed(policies)
        self._undecided = any(map(undecided, policies))
        self._questions: list[Question] = []
        self._searches = [0]

    @property
    def _question(self) -> Question:
        if not self._questions:
            probes = tuple(ask_about(action, (wanted,)) for action, wanted in self._asked)
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
        ranked = sorted(offers, key=lambda one: strength_of(one.statement).rank)
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
        statement = offer.statement
        if offer.resource.six is not None or statement.conditions or statement.principals:
            return None
        if any(one.principals for one in self._policies) or not readable(statement):
            return None
        if any(matcher(pattern)(offer.action) for pattern in self._opposed):
            return None
        service, _, operation = offer.action.partition(":")
        six = split_resource(offer.wanted)
        if six is None:
            if self._catalog.resource_level(service, operation) is True:
                return None
            return Gift(offer, Request(offer.action, EVERYTHING, context={}), (), Strength.NONE)
        region = "" if self._catalog.service(six.service.text).regionless else "ap-guangzhou"
        tail = six.tail.text.replace("*", "1")
        resource = f"qcs::{six.service.text}:{region}:{six.account.text}:{tail}"
        return Gift(offer, Request(offer.action, resource, context={}), (), Strength.NONE)

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


def _list_opposed(policies: tuple[Policy, ...]) -> tuple[str, ...]:
    """The patterns of actions that denies may take away."""
    denies = (one for policy in policies for one in policy.denies)
    found = {action.name.qualified: None for one in denies for action in one.actions}
    return tuple(found)


def undecided(policy: Policy) -> bool:
    """Whether nothing can be proved to be given, since something unreadable may refuse anything."""
    if any(fault.element == "statement" for fault in policy.malformed):
        return True
    return any(one.effect != "allow" and not readable(one) for one in policy.statements)
