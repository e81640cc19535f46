"""Which of some actions a change gained: the differences between two sides, action by action."""

from collections.abc import Iterable

from camlint.access.answer import UNKNOWN
from camlint.access.compare import Grounds
from camlint.access.comparison import Difference
from camlint.access.confirm import confirm
from camlint.access.decide import list_bits
from camlint.access.intersections import OutOfBudget
from camlint.access.sides import Side, Sides
from camlint.access.work import Work, find_within
from camlint.patterns import split_action
from camlint.policy.actions import Actions
from camlint.policy.elements import ActionPattern, ResourcePattern
from camlint.policy.statement import Statement

MOST_WORK = 60_000
"""What the search for one list of actions may cost; further ones go without an example."""


def spread(sides: Sides, actions: Iterable[str], *, lost: bool = False) -> dict[str, Difference]:
    """Of these actions those that NEW gained, each with a difference; with ``lost``, that it lost.

    An action that is not among the keys may have been gained all the same where that is undecided.
    Raises ValueError for a text that is no action.
    """
    listed = tuple(actions)
    asked = _ask(sides, tuple(_probe(action) for action in listed))
    before, after = (asked.new, asked.old) if lost else (asked.old, asked.new)
    grounds = Grounds(asked, before, after)
    first = asked.question.probes.bit_length() - len(listed)
    work = Work(MOST_WORK)
    found: dict[str, Difference] = {}
    try:
        for number, action in enumerate(listed):
            difference = _differ(asked, grounds, (before, after), (first + number, action), work)
            if difference is not None:
                found[action] = difference
    except OutOfBudget:
        pass
    return found


def _differ(
    sides: Sides,
    grounds: Grounds,
    pair: tuple[Side, Side],
    probe: tuple[int, str],
    work: Work,
) -> Difference | None:
    """A difference in one action, if there is one that can be shown."""
    question = sides.question
    number, action = probe
    named = question.match_action(action)
    searches: list[tuple[tuple[int, ...], int]] = [
        ((number, allow), grounds.outside) for allow in list_bits(named & grounds.allows)
    ]
    searches += [
        ((number, allow, deny), grounds.beside)
        for deny in list_bits(named & grounds.denies)
        for allow in list_bits(named & grounds.any_allows)
    ]
    before, after = pair
    for pos, neg in searches:
        request = find_within(work, question, pos, neg)
        if request is not None and request is not UNKNOWN:
            difference = confirm(request, after, before, question.owner)
            if difference is not None:
                return difference
    return None


def _ask(sides: Sides, probes: tuple[Statement, ...]) -> Sides:
    """The same sides with statements that only say what is asked about."""
    question = sides.question
    old, new = sides.old.policies, sides.new.policies
    return Sides(old, new, question.settings, question.catalog, probes)


def _probe(action: str) -> Statement:
    name = split_action(action)
    if name is None:
        raise ValueError(f"not an action: {action!r}")
    actions = Actions((ActionPattern(action, (), name),))
    everything = ResourcePattern("*", (), None)
    return Statement((), {}, {}, "allow", actions, (everything,), (), (), ())
