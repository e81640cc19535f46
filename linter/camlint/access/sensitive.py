"""The sensitive actions that a policy gives on every resource of their kind."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from camlint.access.first_cell import comparable
from camlint.access.holding import Held, Holding
from camlint.access.offers import Named, Offer, gives_everything, list_offers
from camlint.access.reach import Gift, Reach, see, undecided
from camlint.access.readable import readable
from camlint.access.sensitive_actions import Sensitive, find_sensitive, list_kinds
from camlint.catalog.action import Action
from camlint.catalog.catalog import Catalog
from camlint.policy.elements import ActionPattern
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.settings import Settings
from camlint.traits import Trait

MOST_STATEMENTS = 1024
"""Statements that stand for all their equals and have remembered what they give."""


class Naming:
    """An allow that names sensitive actions and a resource that may be all of a kind.

    ``patterns`` says what stands for each of the actions, ``by_group`` which are in a group.
    """

    __slots__ = ("by_group", "patterns", "statement")

    def __init__(
        self,
        statement: Statement,
        patterns: dict[str, ActionPattern],
        by_group: dict[str, set[Action]],
    ) -> None:
        self.statement = statement
        self.patterns = patterns
        self.by_group = by_group


def find_holdings(
    policy: Policy, groups: frozenset[str], settings: Settings, catalog: Catalog
) -> Sequence[Holding]:
    """What the statements of a policy give of some groups on every resource of the kind.

    Nothing that is only part of a whole product that is allowed, and nothing that isn't proved.
    Empty where there are too many statements to be compared.
    """
    namings, named = _name_sensitive(policy, catalog)
    if groups.isdisjoint(named) or gives_everything(policy) or not comparable(policy):
        return ()
    namings = [one for one in namings if not groups.isdisjoint(one.by_group)]
    if len(namings) == 1 and _decides_alone(namings[0].statement, policy):
        found = _hold_alone(namings[0], groups, catalog)
        if found is not None:
            return found
    offered = _list_offered(namings, groups, catalog)
    if not offered:
        return ()
    reach = Reach((policy,), [one for _, offers in offered for one in offers], settings, catalog)
    return _gather(((one, reach.give(offers)) for one, offers in offered), catalog)


@lru_cache(maxsize=2)
def _name_sensitive(policy: Policy, catalog: Catalog) -> tuple[list[Naming], set[str]]:
    """The allows that name sensitive actions, and the groups of all these.

    Found once for the rules that are asked one by one.
    """
    namings: list[Naming] = []
    groups: set[str] = set()
    for statement in policy.allows:
        # Nothing else stands for all of a kind.
        if statement.traits & (Trait.EVERYTHING | Trait.STAR):
            name = _recall_naming if statement.shared else _name
            naming = name(statement, catalog)
            if naming is not None:
                namings.append(naming)
                groups.update(naming.by_group)
    return namings, groups


def _name(statement: Statement, catalog: Catalog) -> Naming | None:
    """What a statement names of sensitive actions, None for nothing."""
    patterns: dict[str, ActionPattern] = {}
    by_group: dict[str, set[Action]] = {}
    for pattern in statement.actions:
        for qualified, action in find_sensitive(pattern.name, catalog):
            patterns.setdefault(qualified, pattern)
            for group in action.groups:
                by_group.setdefault(group, set()).add(action)
    return Naming(statement, patterns, by_group) if patterns else None


_recall_naming = lru_cache(maxsize=MOST_STATEMENTS)(_name)
"""The same for statements that stand for all their equals."""


def _decides_alone(statement: Statement, policy: Policy) -> bool:
    """Whether an allow that stands for all its equals gives what it does in any such policy.

    Such allows are always on ``"*"``, under no condition, and nothing here may be opposed to it.
    """
    if not statement.shared or policy.principals or undecided(policy):
        return False
    for deny in policy.denies:
        if deny.traits & Trait.SWEEPING_ACTION or not deny.services.isdisjoint(statement.services):
            return False
    return True


@lru_cache(maxsize=MOST_STATEMENTS)
def _hold_alone(
    naming: Naming, groups: frozenset[str], catalog: Catalog
) -> tuple[Holding, ...] | None:
    """What such an allow gives; None where that can't be seen at a glance."""
    if not readable(naming.statement):
        return None
    given: list[tuple[Sensitive, Gift | None]] = []
    for one, offers in _list_offered([naming], groups, catalog):
        gift = see(offers[0], catalog)
        if gift is None:
            return None
        given.append((one, gift))
    return _gather(given, catalog)


def _list_offered(
    namings: list[Naming], groups: frozenset[str], catalog: Catalog
) -> list[tuple[Sensitive, list[Offer]]]:
    """The sensitive actions that seem to be given, the worst first, and what gives each."""
    actions = {
        action for one in namings for group in groups for action in one.by_group.get(group, ())
    }
    wanted = [one for action in actions for one in list_kinds(action, groups, catalog)]
    wanted.sort(key=_rank)
    named = [(one.statement, one.patterns) for one in namings]
    return [(one, offers) for one in wanted if (offers := _offer(named, one, catalog))]


def _offer(named: list[Named], one: Sensitive, catalog: Catalog) -> list[Offer]:
    """What seems to give an action on every resource of each type that it can be limited to."""
    action = (one.action.qualified,)
    offers = [list(list_offers(named, action, forms, catalog)) for forms in one.wanted]
    return offers[0] if all(offers) else []


def _rank(one: Sensitive) -> tuple[int, int]:
    return one.rank


def _gather(
    given: Iterable[tuple[Sensitive, Gift | None]], catalog: Catalog
) -> tuple[Holding, ...]:
    """What is given by statement and service."""
    gathered: dict[tuple[Statement, str], list[Held]] = {}
    for one, gift in given:
        if gift is not None:
            key = (gift.offer.statement, one.action.service)
            gathered.setdefault(key, []).append((one.kind, one.action, gift))
    return tuple(
        Holding(statement, tuple(sorted(held, key=_is_mild)), catalog)
        for (statement, _), held in gathered.items()
    )


def _is_mild(one: Held) -> bool:
    return one[0].mild
