"""The sensitive actions that a policy gives on every resource of their kind, and how to say so."""

from collections.abc import Iterator
from functools import lru_cache

from camlint.access.limits import list_forms, nameable, propose_resource
from camlint.access.nouns import find_page, nouns_of
from camlint.access.offers import Named, Offer, gives_everything, list_offers
from camlint.access.reach import Gift, Reach
from camlint.access.sensitive_actions import Sensitive, find_sensitive, list_kinds
from camlint.access.strength import Strength
from camlint.catalog.action import Action
from camlint.catalog.catalog import Catalog
from camlint.catalog.risks import SensitiveKind
from camlint.policy.elements import ActionPattern
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.settings import Settings
from camlint.wording import clip, join_words, quote

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
    named, by_group = _name_sensitive(policy, catalog)
    if groups.isdisjoint(by_group):
        return []
    actions = {one for group in groups for one in by_group.get(group, ())}
    wanted = [one for action in actions for one in list_kinds(action, groups, catalog)]
    wanted.sort(key=_rank)
    offered = [(one, offers) for one in wanted if (offers := _offer(named, one, catalog))]
    if not offered:
        return []
    reach = Reach((policy,), [one for _, offers in offered for one in offers], settings, catalog)
    gathered: dict[tuple[Statement, str], list[Held]] = {}
    for one, offers in offered:
        gift = reach.give(offers)
        if gift is not None:
            key = (gift.offer.statement, one.action.service)
            gathered.setdefault(key, []).append((one.kind, one.action, gift))
    return [
        Holding(statement, tuple(sorted(held, key=lambda one: one[0].mild)))
        for (statement, _), held in gathered.items()
    ]


Sought = tuple[list[Named], dict[str, set[Action]]]
"""The allows that name sensitive actions, and those actions by group."""


@lru_cache(maxsize=2)
def _name_sensitive(policy: Policy, catalog: Catalog) -> Sought:
    """What a policy names of sensitive actions, shared by the rules that are asked one by one."""
    named: list[Named] = []
    by_group: dict[str, set[Action]] = {}
    for statement in policy.allows:
        patterns: dict[str, ActionPattern] = {}
        for pattern in statement.actions:
            for qualified, action in find_sensitive(pattern.name, catalog):
                patterns.setdefault(qualified, pattern)
                for group in action.groups:
                    by_group.setdefault(group, set()).add(action)
        if patterns:
            named.append((statement, patterns))
    return ([], {}) if named and gives_everything(policy) else (named, by_group)


def _rank(one: Sensitive) -> tuple[int, int]:
    return one.rank


def _offer(named: list[Named], one: Sensitive, catalog: Catalog) -> list[Offer]:
    """What seems to give an action on every resource of each type that it can be limited to."""
    action = (one.action.qualified,)
    offers = [list(list_offers(named, action, forms, catalog)) for forms in one.wanted]
    return offers[0] if all(offers) else []
