"""The sensitive actions that a policy gives on every resource of their kind, and how to say so."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from camlint.access.limits import list_forms, nameable, propose_resource
from camlint.access.nouns import find_page, nouns_of
from camlint.access.offers import (
    EVERYTHING,
    Named,
    Offer,
    gives_everything,
    list_offers,
    name_actions,
)
from camlint.access.reach import Gift, Reach
from camlint.access.strength import Strength
from camlint.catalog.action import Action
from camlint.catalog.catalog import Catalog
from camlint.catalog.risks import SensitiveKind
from camlint.patterns import ActionName
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.settings import Settings
from camlint.wording import clip, join_words, quote

REMEMBERED = 8192
"""Patterns of actions whose sensitive ones are remembered."""

SHOWN = 3
"""Further actions that a note names."""

Held = tuple[SensitiveKind, Action, Gift]
"""An action that is given, of which kind it is, and by what."""


class Holding:
    """What a statement gives of the sensitive actions of one service, the worst first.

    ``mild`` holds where all of it is.
    """

    __slots__ = ("held", "statement")

    def __init__(self, statement: Statement, held: tuple[Held, ...]) -> None:
        self.statement = statement
        self.held = held

    @property
    def gift(self) -> Gift:
        """What gives the worst of them."""
        return self.held[0][2]

    @property
    def mild(self) -> bool:
        """Whether nothing of it is worth a word to most."""
        return self.held[0][0].mild

    @property
    def strong(self) -> bool:
        """Whether conditions let few through."""
        return self.gift.strength is Strength.STRONG

    @property
    def certain(self) -> bool:
        """Whether a page about access management names the action, not just the public API."""
        return self.held[0][1].documented

    @property
    def message(self) -> str:
        """What whoever has the policy can do, and by which action."""
        kind, action, _ = self.held[0]
        return f"whoever has this policy can {kind.lets}: {action.qualified} is allowed{self.where}"

    @property
    def where(self) -> str:
        """On what the worst of the actions is allowed, nothing where CAM can't limit it."""
        _, action, _ = self.held[0]
        if action.settled is False:
            return ""
        forms = nameable(action)
        one = nouns_of(forms[0].service, forms[0].type)[0] if forms else "resource"
        return f" on every {one}"

    def way_out(self, policy: Policy, settings: Settings, catalog: Catalog) -> str:
        """How to give less: fewer operations, or the resources that are meant."""
        _, action, gift = self.held[0]
        pattern = gift.offer.pattern
        if pattern.name.wild:
            caught = [one.qualified for _, one, by in self.held if by.offer.pattern is pattern]
            return (
                f"deny {join_words(_shorten(caught))} in a statement of its own, or list the operations "
                f"that are needed in place of {quote(pattern.text)}"
            )
        forms = list_forms([action])
        if action.settled is False:
            return f"leave {action.qualified} to those who need it, as CAM can't limit it"
        if nameable(action):
            proposal = propose_resource(forms[0], policy, settings)
            return f"name the resources that are meant, as in {proposal}"
        by_tag = ", or limit it by tag with the condition key qcs:resource_tag"
        tagged = catalog.service(action.service).tag_authorization
        return f"leave {action.qualified} to those who need it{by_tag if tagged else ''}"

    def facts(self, catalog: Catalog) -> Iterator[str]:
        """The other actions of the service, what conditions do about it, and where it is listed."""
        first, action, gift = self.held[0]
        if gift.offer.pattern.name.wild:
            yield f"{quote(gift.offer.pattern.text)} stands for {action.qualified} too"
        further = [other.qualified for _, other, _ in self.held[1:]]
        if further:
            shown = _shorten([clip(one, 50) for one in further])
            others = dict.fromkeys(kind.lets for kind, _, _ in self.held if kind is not first)
            so_that = f", so that they can {join_words(others)}" if others else ""
            yield f"also {join_words(shown)}{so_that}"
        if gift.strength is Strength.WEAK:
            yield "its conditions keep few out"
        if page := find_page(catalog.service(action.service), action):
            yield f"{action.qualified} is listed at {page}"


def _shorten(names: list[str]) -> list[str]:
    """The first few names, and how many more there are."""
    more = len(names) - SHOWN
    return [*names[:SHOWN], f"{more} more"] if more > 0 else names


def find_holdings(
    policy: Policy, groups: frozenset[str], settings: Settings, catalog: Catalog
) -> list[Holding]:
    """What the statements of a policy give of some groups on every resource of the kind.

    Nothing that is only part of a whole product that is allowed, and nothing that isn't proved.
    """
    if gives_everything(policy):
        return []
    named = [
        (statement, patterns)
        for statement, patterns in _name_sensitive(policy, catalog)
        if any(_is_of(action, groups, catalog) for action in patterns)
    ]
    if not named:
        return []
    wanted = {action for _, patterns in named for action in patterns}
    offered: list[tuple[SensitiveKind, Action, list[Offer]]] = []
    for kind in catalog.risks.kinds:
        if kind.group in groups:
            for qualified in kind.actions:
                action = catalog.find_action(*qualified.split(":")) if qualified in wanted else None
                if action is not None and (offers := _offer(named, action, catalog)):
                    offered.append((kind, action, offers))
    if not offered:
        return []
    reach = Reach((policy,), (one for *_, offers in offered for one in offers), settings, catalog)
    gathered: dict[tuple[int, str], list[Held]] = {}
    statements = {id(one): one for one in policy.allows}
    for kind, action, offers in offered:
        gift = reach.give(offers)
        if gift is not None:
            key = (id(gift.offer.statement), action.service)
            gathered.setdefault(key, []).append((kind, action, gift))
    return [
        Holding(statements[index], tuple(sorted(held, key=lambda one: one[0].mild)))
        for (index, _), held in gathered.items()
    ]


@lru_cache(maxsize=2)
def _name_sensitive(policy: Policy, catalog: Catalog) -> list[Named]:
    """The allows that name sensitive actions, shared by the rules that are asked one by one."""
    return name_actions(policy, lambda name: _match(name, catalog), whole_products=False)


def _match(name: ActionName, catalog: Catalog) -> tuple[str, ...]:
    """The sensitive actions that a pattern stands for, of one service or of none."""
    service, operation = name.service.text, name.operation.text
    if name.opaque or "*" in service:
        return ()
    return tuple(_find_sensitive(service, operation, catalog))


@lru_cache(maxsize=REMEMBERED)
def _find_sensitive(service: str, operation: str, catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """The sensitive actions that a pattern of a service stands for, with their groups."""
    return {one.qualified: one.groups for one in catalog.matching(service, operation) if one.groups}


def _is_of(action: str, groups: frozenset[str], catalog: Catalog) -> bool:
    service, _, operation = action.partition(":")
    found = _find_sensitive(service, operation, catalog)
    return not groups.isdisjoint(found[action])


def _offer(named: Iterable[Named], action: Action, catalog: Catalog) -> list[Offer]:
    """What seems to give an action on every resource of each type that it can be limited to."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for form in nameable(action):
        noun = nouns_of(form.service, form.type)[0]
        tail = form.pattern.split(":", 5)[5]
        kinds.setdefault((form.service, noun), []).append(f"qcs::{form.service}:::{tail}")
    wanted = [tuple(forms) for forms in kinds.values()] or [(EVERYTHING,)]
    offers = [list(list_offers(named, (action.qualified,), forms, catalog)) for forms in wanted]
    return offers[0] if all(offers) else []
