"""What repairs let policies grant that they did not grant before, statement by statement."""

import json

from camlint.access.answer import UNKNOWN, Request, Unknown
from camlint.access.decide import list_bits
from camlint.access.find import find
from camlint.access.question import Question
from camlint.catalog.catalog import Catalog
from camlint.fixes.reading import Reading
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.settings import Settings

MOST_SEARCHES = 500
"""Searches for an example that are made for one policy; further statements go without."""


class Gain:
    """A statement that was repaired, and what is new in it; ``number`` counts statements from 1.

    ``actions`` and ``resources`` are the texts that are new, or all of them where both or anything
    else is. ``example`` is a request that is allowed only now, UNKNOWN where none was found, None
    where it is proved that there is none. Of a deny it is one that was refused before.
    """

    __slots__ = ("actions", "example", "number", "resources", "statement")

    def __init__(
        self,
        number: int,
        statement: Statement,
        actions: tuple[str, ...],
        resources: tuple[str, ...],
        example: Request | Unknown | None,
    ) -> None:
        self.number = number
        self.statement = statement
        self.actions = actions
        self.resources = resources
        self.example = example


class Gains:
    """What became of the policy at ``address``; ``dead`` says why all of it was in doubt before.

    ``whole`` tells whether all of it can be read now: otherwise more than this may be granted.
    """

    __slots__ = ("address", "dead", "statements", "whole")

    def __init__(
        self, address: str, dead: str, statements: tuple[Gain, ...], *, whole: bool
    ) -> None:
        self.address = address
        self.dead = dead
        self.statements = statements
        self.whole = whole


NOT_JSON = "it was not JSON, which CAM refuses"
UNREADABLE = "CAM could not read all of it"
DOUBTFUL = "CAM may have refused it as it was"


def tell_gains(old: Reading, new: Reading, settings: Settings) -> tuple[Gains, ...]:
    """What the policies of a repaired text grant, those that are as they were left out."""
    catalog = Catalog(settings.additions)
    found: list[Gains] = []
    for address, host in new.hosted.items():
        mended = old.broken(address) and not new.broken(address)
        before, after = old.policy(address), new.policy(address)
        if after is None or not (mended or before is None or before.value != host.value):
            continue
        dead = ""
        if mended or before is None:
            dead = NOT_JSON
        elif before.malformed and not after.malformed:
            dead = UNREADABLE
        elif _frame(before) != _frame(after):
            dead = DOUBTFUL
        statements = _compare(before, after, bool(dead), settings, catalog)
        found.append(Gains(address, dead, statements, whole=not after.malformed))
    return tuple(found)


def _frame(policy: Policy) -> list[tuple[str, object]]:
    """What a policy says beside its statements, with the keys as they are spelt."""
    value = policy.value
    statement = policy.spelling.get("statement")
    return [(key, value[key] if key != statement else None) for key in sorted(value)]


def _compare(
    before: Policy | None, after: Policy, dead: bool, settings: Settings, catalog: Catalog
) -> tuple[Gain, ...]:
    """The statements that are new or changed; all of them where the policy was dead."""
    earlier = () if dead or before is None else before.statements
    pooled = (before, after) if before is not None and earlier else (after,)
    question = Question(pooled, settings, catalog)
    offset = len(question.statements) - len(after.statements)
    own = question.full & ~((1 << offset) - 1)
    aligned = len(earlier) == len(after.statements)
    kept = [_spell(one) for one in earlier]
    anywhere = frozenset(kept)
    gains: list[Gain] = []
    spent = 0
    for index, statement in enumerate(after.statements):
        spelt = _spell(statement)
        if spelt == kept[index] if aligned else spelt in anywhere:
            continue
        actions, resources = _news(earlier[index] if aligned else None, statement)
        if not actions and statement.effect != "deny":
            continue
        sought = _gained(question, own, offset + index)
        if statement.effect == "deny":
            sought = _lost(question, own, index) if aligned else []
        spent += len(sought)
        example = _first(question, sought) if spent <= MOST_SEARCHES else UNKNOWN
        gains.append(Gain(index + 1, statement, actions, resources, example))
    return tuple(gains)


Sought = list[tuple[tuple[int, ...], int]]
"""Statements that a request must match, each with the mask of those that it must not."""


def _gained(question: Question, own: int, index: int) -> Sought:
    """What an allow may grant: what no allow granted before, or a deny refused before."""
    denies = question.denies & own
    sought: Sought = [((index,), denies | question.allows & ~own)]
    sought += [((index, one), denies) for one in list_bits(question.denies & ~own)]
    return sought


def _lost(question: Question, own: int, index: int) -> Sought:
    """What a changed deny may no longer refuse, and an allow grants."""
    return [((one, index), question.denies & own) for one in list_bits(question.allows & own)]


def _first(question: Question, sought: Sought) -> Request | Unknown | None:
    unknown = False
    for pos, neg in sought:
        found = find(question, pos, neg)
        if found is UNKNOWN:
            unknown = True
        elif found is not None:
            return found
    return UNKNOWN if unknown else None


def _news(old: Statement | None, new: Statement) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The actions and resources that a statement has and an older one lacked.

    Where one of the two is new, it is new for all of the other; nothing new is two empty tuples.
    """
    actions = tuple([one.text for one in new.actions])
    resources = tuple([one.text for one in new.resources])
    if old is None or _rest(old) != _rest(new):
        return actions, resources
    had_actions = {one.text for one in old.actions}
    had_resources = {one.text for one in old.resources}
    more_actions = tuple([one for one in actions if one not in had_actions])
    more_resources = tuple([one for one in resources if one not in had_resources])
    if bool(more_actions) == bool(more_resources):
        return (actions, resources) if more_actions else ((), ())
    return more_actions or actions, more_resources or resources


def _rest(statement: Statement) -> dict[str, object]:
    """What a statement says beside its actions and resources."""
    return {
        key: item
        for key, item in statement.value.items()
        if key.lower() not in ("action", "resource")
    }


def _spell(statement: Statement) -> str:
    return json.dumps(statement.value, sort_keys=True)
