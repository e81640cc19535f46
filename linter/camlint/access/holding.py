"""What a statement gives of the sensitive actions of one service, and how to say so."""

from collections.abc import Iterator

from camlint.access.limits import list_forms, nameable, propose_resource
from camlint.access.nouns import find_page, nouns_of
from camlint.access.reach import Gift
from camlint.access.strength import Strength
from camlint.catalog.action import Action
from camlint.catalog.catalog import Catalog
from camlint.catalog.risks import SensitiveKind
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

    ``gift`` is what gives the worst of them. ``message`` says what whoever has the policy can do,
    and by which action; ``note`` names the other actions of the service, what conditions do about
    it, and where it is listed. ``mild`` holds where nothing of it is worth a word to most,
    ``strong`` where conditions let few through, ``certain`` where a page about access management
    names the action, not just the public API.
    """

    __slots__ = ("certain", "gift", "held", "message", "mild", "note", "statement", "strong")

    def __init__(self, statement: Statement, held: tuple[Held, ...], catalog: Catalog) -> None:
        kind, action, gift = held[0]
        self.statement = statement
        self.held = held
        self.gift = gift
        self.mild = kind.mild
        self.strong = gift.strength is Strength.STRONG
        self.certain = action.documented
        self.message = f"whoever has this policy can {kind.lets}: {action.qualified} is allowed{_where(action)}"
        self.note = "; ".join(_list_facts(held, catalog))

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


def _where(action: Action) -> str:
    """On what an action is allowed, nothing where CAM can't limit it."""
    if action.settled is False:
        return ""
    forms = nameable(action)
    one = nouns_of(forms[0].service, forms[0].type)[0] if forms else "resource"
    return f" on every {one}"


def _list_facts(held: tuple[Held, ...], catalog: Catalog) -> Iterator[str]:
    first, action, gift = held[0]
    if gift.offer.pattern.name.wild:
        yield f"{quote(gift.offer.pattern.text)} stands for {action.qualified} too"
    further = [other.qualified for _, other, _ in held[1:]]
    if further:
        shown = _shorten([clip(one, 50) for one in further])
        others = dict.fromkeys(kind.lets for kind, _, _ in held if kind is not first)
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
