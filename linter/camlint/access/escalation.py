"""The ways in which the holder of policies raises their own rights, as access decides it."""

from collections.abc import Iterable

from camlint.access.first_cell import MOST_STATEMENTS
from camlint.access.limits import limits_by_tag
from camlint.access.offers import Named, Offer, gives_everything, list_offers, name_actions
from camlint.access.reach import Gift, Reach
from camlint.access.strength import Strength, strongest
from camlint.catalog.catalog import Catalog
from camlint.catalog.risks import TAGS_DECIDE, EscalationPath
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.settings import Settings
from camlint.traits import Trait

MILDER = {"error": "warning", "warning": "note", "note": "note"}
"""One step down, by the words of the reports."""

_SEVERITIES = ("note", "warning", "error")
_CONFIDENCES = ("low", "medium", "high")

Offered = list[tuple[EscalationPath, list[list[Offer]]]]
"""Paths with what the policies seem to give for each of their needs."""


class Way:
    """A path that policies give whole: by what they give each step, and how bad that is.

    ``limited_by`` is the statement whose tags decide, where the path leads around those.
    ``severity`` and ``confidence`` are words of the reports.
    """

    __slots__ = ("confidence", "gifts", "limited_by", "path", "severity", "strength")

    def __init__(
        self, path: EscalationPath, gifts: tuple[Gift, ...], limited_by: Statement | None = None
    ) -> None:
        self.path = path
        self.gifts = gifts
        self.limited_by = limited_by
        self.strength = strongest(one.strength for one in gifts)
        strong = self.strength is Strength.STRONG
        self.severity = MILDER[path.severity] if strong else path.severity
        inferred = any(
            gift.offer.action in need.inferred for gift, need in zip(gifts, path.needs, strict=True)
        )
        self.confidence = "medium" if inferred else path.confidence

    @property
    def decisive(self) -> Gift:
        """What the last need of the path is given by: without it, the others are harmless."""
        return self.gifts[-1]

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions that are taken, in the order of the steps, each once."""
        return tuple(dict.fromkeys(one.offer.action for one in self.gifts))

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements that it takes, in the order of the steps."""
        found = [one.offer.statement for one in self.gifts]
        return (*found, self.limited_by) if self.limited_by is not None else tuple(found)


def find_ways(policies: tuple[Policy, ...], settings: Settings, catalog: Catalog) -> list[Way]:
    """The paths that policies of one holder give whole, the worst first.

    A deny of any of them counts against the allows of all. None where one of them allows everything,
    or where there are too many statements to be compared.
    """
    if not any(map(may_lead_on, policies)) or any(map(gives_everything, policies)):
        return []
    if sum(len(one.statements) for one in policies) > MOST_STATEMENTS:
        return []
    offered = _list_offered(policies, catalog)
    if not offered:
        return []
    flat = [one for _, needs in offered for offers in needs for one in offers]
    reach = Reach(policies, flat, settings, catalog)
    ways: list[Way] = []
    for path, needs in offered:
        gifts = [gift for offers in needs if (gift := reach.give(offers)) is not None]
        if len(gifts) == len(needs):
            around = _find_tagged(policies) if path.where == TAGS_DECIDE else None
            ways.append(Way(path, tuple(gifts), around))
    ways.sort(key=_order)
    return ways


def by_statement(ways: Iterable[Way]) -> list[list[Way]]:
    """The ways that the same statement decides together, the worst first: one cause, one finding."""
    grouped: dict[int, list[Way]] = {}
    for one in ways:
        grouped.setdefault(id(one.decisive.offer.statement), []).append(one)
    return list(grouped.values())


def may_lead_on(policy: Policy) -> bool:
    """Whether an allow has an action of a service that any path needs."""
    for statement in policy.allows:  # noqa: SIM110 - a generator costs as much again
        if statement.traits & Trait.GRANTING_ACTION:
            return True
    return False


def _list_offered(policies: tuple[Policy, ...], catalog: Catalog) -> Offered:
    """The paths of which each need seems to be given by some statement."""
    risks = catalog.risks
    named = _name(policies, catalog, whole_products=True)
    if not named:
        return []
    singly = _name(policies, catalog, whole_products=False)
    offered: Offered = []
    for path in risks.paths:
        if path.where == TAGS_DECIDE and _find_tagged(policies) is None:
            continue
        offers = [
            list(
                list_offers(
                    singly if path.part_of_product else named,
                    need.actions,
                    need.resources,
                    catalog,
                    anywhere=need.anywhere,
                )
            )
            for need in path.needs
        ]
        if all(offers):
            offered.append((path, offers))
    return offered


def _name(policies: tuple[Policy, ...], catalog: Catalog, *, whole_products: bool) -> list[Named]:
    """The allows that name actions of paths."""
    risks = catalog.risks
    return [
        one
        for policy in policies
        for one in name_actions(
            policy, lambda name: risks.matching(name.qualified), whole_products=whole_products
        )
    ]


def _find_tagged(policies: tuple[Policy, ...]) -> Statement | None:
    """The first allow that is limited by the tags of resources."""
    for policy in policies:
        for statement in policy.allows:
            for condition in statement.conditions:
                if limits_by_tag(condition) and not condition.key.startswith("qcs:request_tag"):
                    return statement
    return None


def _order(way: Way) -> tuple[int, int]:
    return -_SEVERITIES.index(way.severity), -_CONFIDENCES.index(way.confidence)
