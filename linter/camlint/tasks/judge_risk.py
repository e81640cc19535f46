"""One verdict for what policies give, and what it rests on in a few words."""

from dataclasses import dataclass

from camlint.access.administrator import find_administrator
from camlint.access.readable import readable
from camlint.catalog.catalog import Catalog
from camlint.policy.elements import ActionPattern
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.settings import Settings
from camlint.tasks.levels import catch
from camlint.tasks.risk import Breadth, HeldGroup, HeldWay, Verdict
from camlint.wording import clip, join_words, quote

READING = "qcs:read_only_action"
READING_VERBS = ("describe", "get", "head", "list", "query")
"""Beginnings of names that read, for patterns of which no action is known."""

SHOWN = 3
"""Actions that a sentence names."""


@dataclass(frozen=True, slots=True)
class Held:
    """What was found of policies; ``live`` are the allows of which denies leave something."""

    ways: tuple[HeldWay, ...]
    groups: tuple[HeldGroup, ...]
    breadth: tuple[Breadth, ...]
    live: tuple[Statement, ...]


def judge(policy: Policy, held: Held, settings: Settings, catalog: Catalog) -> tuple[Verdict, str]:
    """The verdict of the worst that is proved, and what it rests on."""
    administrator = find_administrator(policy, settings, catalog)
    if administrator is not None:
        action = administrator.wide[0][1]
        return Verdict.ADMINISTRATOR, f"{quote(action.text)} is allowed on everything"
    for way in held.ways:
        path = catalog.risks.find(way.id)
        if path is not None and path.severity == "error":
            return Verdict.BECOMES, _tell(way)
    if held.ways:
        return Verdict.GAINS, _tell(held.ways[0])
    for wide in held.breadth:
        if not wide.named:
            where = "everything" if wide.service == "*" else "every resource"
            return Verdict.WIDE, f"{quote(wide.pattern)} is allowed on {where}"
    lets = [kind.lets for group in held.groups for kind in group.kinds if not kind.mild]
    if lets:
        return Verdict.WIDE, f"whoever holds it can {lets[0]}"
    if any(not readable(one) for one in policy.allows):
        return Verdict.UNDECIDED, "what a statement that can't be read allows isn't known"
    if not held.live:
        return Verdict.NOTHING, "no request is allowed"
    changing = [
        one.text for state in held.live for one in state.actions if _changes(state, one, catalog)
    ]
    if changing:
        return Verdict.LIMITED, f"it changes things by {join_words(_shorten(changing))}"
    return Verdict.READS, "nothing that is allowed changes anything"


def only_reads(statement: Statement) -> bool:
    """Whether a condition of Tencent's preset ReadOnlyAccess bounds what ``*`` means."""
    return any(one.preset and one.key == READING for one in statement.conditions)


def _changes(statement: Statement, pattern: ActionPattern, catalog: Catalog) -> bool:
    """Whether a pattern may stand for an action that does more than read."""
    if only_reads(statement):
        return False
    name = pattern.name
    caught = catch(name.service.text, name.operation.text, catalog)
    if caught:
        return not all(one.reads for one in caught)
    return not name.operation.text.lower().startswith(READING_VERBS)


def _tell(way: HeldWay) -> str:
    return f"whoever holds it can {way.outcome} by {join_words(way.actions)}"


def _shorten(texts: list[str]) -> list[str]:
    shown = [clip(quote(one), 60) for one in dict.fromkeys(texts)]
    more = len(shown) - SHOWN
    return [*shown[:SHOWN], f"{more} more"] if more > 0 else shown
