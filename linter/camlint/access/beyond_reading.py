"""What a policy allows beyond reading: the known actions that plainly change something."""

from functools import lru_cache

from camlint.access.absent import find_absent
from camlint.access.answer import Answer, Request
from camlint.access.decide import decide, list_bits
from camlint.access.find import find
from camlint.access.index import Index
from camlint.access.offers import EVERYTHING
from camlint.access.probe import ask_about
from camlint.access.question import Question
from camlint.access.readable import readable
from camlint.catalog.action import Action
from camlint.catalog.catalog import Catalog
from camlint.catalog.verbs import READING_VERBS
from camlint.patterns import ActionName, matcher
from camlint.policy.elements import ActionPattern
from camlint.policy.policy import Policy
from camlint.settings import Settings

MOST_SEARCHES, LEAST_SEARCHES = 60, 8
"""Groups of actions that are asked about: what is counted is the least that is allowed."""

EFFORT = 1200
"""Searches times the statements that each goes through; a long policy has fewer groups asked."""

REMEMBERED = 512
"""Patterns of actions whose changing ones are remembered."""

LEVELS = ("permissions", "write", "tagging")
"""What actions do beyond reading, what does most harm first."""


class Changing:
    """What a policy allows beyond reading, the worst first; there is at least one action.

    ``actions`` are the known ones, ``first`` is what stands for the first of them in the policy,
    and ``request`` one of it that is allowed, without the condition keys ``absent``. ``products``
    tells that a pattern takes in every product, so that these are far from all.
    """

    __slots__ = ("absent", "actions", "first", "products", "request")

    def __init__(
        self,
        actions: tuple[Action, ...],
        first: ActionPattern,
        request: Request,
        absent: tuple[str, ...],
        *,
        products: bool,
    ) -> None:
        self.actions = actions
        self.first = first
        self.request = request
        self.absent = absent
        self.products = products


Alike = tuple[int, bool | None, bool, str, tuple[str, ...]]
"""What actions have in common of which a policy says the same, first the statements that name them."""


def find_changing(policy: Policy, settings: Settings, catalog: Catalog) -> Changing | None:
    """The known actions beyond reading that are proved to be allowed on something.

    Denies, scopes and conditions count. None where no such action is known or nothing is proved.
    """
    groups = _group(policy, _name_changing(policy, catalog))
    if not groups:
        return None
    probes = tuple(ask_about(one.qualified, _areas_of(one)) for one, *_ in groups.values())
    question = Question((policy,), settings, catalog, probes=probes)
    found: list[Action] = []
    held: dict[str, tuple[Request, int]] = {}
    for probe, ((mask, *_), actions) in enumerate(groups.items(), len(policy.statements)):
        gift = _find(question, probe, mask)
        if gift is not None:
            found += actions
            held[actions[0].qualified] = gift
    if not found:
        return None
    found.sort(key=_harm)
    request, index = held[found[0].qualified]
    action = found[0].qualified
    patterns = policy.statements[index].actions
    first = next(one for one in patterns if matcher(one.name.qualified)(action))
    products = any("*" in one.name.service.text for one in policy.statements[index].actions)
    return Changing(tuple(found), first, request, find_absent(question, request), products=products)


def _name_changing(policy: Policy, catalog: Catalog) -> list[Action]:
    """The changing actions that the allows name; of patterns for every product the sensitive ones."""
    named: dict[str, Action] = {}
    for statement in policy.allows:
        if not readable(statement):
            continue
        for pattern in statement.actions:
            for action in _match(pattern.name, catalog):
                named[action.qualified] = action
    return sorted(named.values(), key=_harm)


def _match(name: ActionName, catalog: Catalog) -> tuple[Action, ...]:
    if "*" in name.service.text:
        return _match_everywhere(name.qualified, catalog)
    return _match_service(name.service.text, name.operation.text, catalog)


@lru_cache(maxsize=REMEMBERED)
def _match_service(service: str, operation: str, catalog: Catalog) -> tuple[Action, ...]:
    return tuple(one for one in catalog.matching(service, operation) if one.changes)


@lru_cache(maxsize=REMEMBERED)
def _match_everywhere(pattern: str, catalog: Catalog) -> tuple[Action, ...]:
    """The sensitive actions of every service, to look at which takes a file for each."""
    names = {action for actions in catalog.sensitive_groups.values() for action in actions}
    known = (catalog.find_action(*name.split(":")) for name in filter(matcher(pattern), names))
    return tuple(one for one in known if one is not None and one.changes)


def _group(policy: Policy, actions: list[Action]) -> dict[Alike, list[Action]]:
    """The actions of which the policy says the same, the worst first.

    They differ in no statement that matches them, nor in what CAM matches them against, nor in what
    the keys qcs:read_only_action and qcs:except_cam_finance have for them.
    """
    patterns: dict[str, int] = {}
    allows = 0
    for number, statement in enumerate(policy.statements):
        allows |= (statement.effect == "allow") << number
        for one in statement.actions:
            if not one.name.opaque:
                patterns[one.name.qualified] = patterns.get(one.name.qualified, 0) | 1 << number
    index = Index(patterns)
    most = min(MOST_SEARCHES, max(LEAST_SEARCHES, EFFORT // max(1, len(policy.statements))))
    groups: dict[Alike, list[Action]] = {}
    for action in actions:
        mask = index.match(action.qualified)
        key = (
            mask,
            action.settled,
            action.verb in READING_VERBS,
            action.service,
            _areas_of(action),
        )
        if mask & allows and (key in groups or len(groups) < most):
            groups.setdefault(key, []).append(action)
    return groups


def _find(question: Question, probe: int, mask: int) -> tuple[Request, int] | None:
    """A request for what the probe asks about that an allow of the mask gives, and which."""
    for index in list_bits(mask & question.allows):
        request = find(question, (probe, index), question.denies)
        if isinstance(request, Request) and decide(question, request).allowed is Answer.YES:
            return request, index
    return None


def _areas_of(action: Action) -> tuple[str, ...]:
    """All resources of the services that an action is documented to work on, else all there are."""
    services = dict.fromkeys(one.service for one in action.templates) if action.settled else {}
    return tuple(f"qcs::{one}:*:*:*" for one in services) or (EVERYTHING,)


def _harm(action: Action) -> tuple[int, bool, str]:
    return LEVELS.index(action.level), not action.groups, action.qualified
