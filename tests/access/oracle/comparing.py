"""What must hold of a comparison of two policies, tried out on every request of a universe."""

from random import Random

from camlint.access.answer import Answer
from camlint.access.compare import compare
from camlint.access.comparison import Comparison, Excess, Relation
from oracle.evaluator import Plain, bounds, say
from oracle.laws import replay
from oracle.rewriting import rewrite
from oracle.strategies import SmallCatalog, configure, read
from oracle.universe import Told


def ask_both(old: list[Plain], new: list[Plain], stated=None) -> Comparison:
    return compare((read(old),), (read(new),), configure(stated), SmallCatalog())


def check_excess(excess: Excess, before: list[Plain], after: list[Plain], stated) -> None:
    """What is said to be gained is, and where nothing is said to be gained, nothing is."""
    told = Told([*before, *after], stated)
    shut, given_before, shuts, given_after = (
        sum(1 << n + at for n, one in enumerate(policy) if one["effect"] == effect)
        for policy, at in ((before, 0), (after, len(before)))
        for effect in ("deny", "allow")
    )
    for world in told.worlds:
        if excess.answer is Answer.NO:
            for (mask, _, _), asked in told.tried(world).items():
                allowed = mask & given_before and not mask & shut
                assert allowed or not mask & given_after or mask & shuts, asked
        for difference in excess.differences:
            for held in replay(difference.request, told, world):
                first, last = held[: len(before)], held[len(before) :]
                assert say(last, [one["effect"] for one in after]) == {"allow"}
                assert "allow" not in say(first, [one["effect"] for one in before])
                sure, _ = bounds(last)
                assert all(sure >> number & 1 for number in difference.allowed_by)
                sure, _ = bounds(first)
                assert all(sure >> number & 1 for number in difference.refused_by)
    assert (excess.answer is Answer.YES) == bool(excess.differences)
    assert excess.answer is not Answer.UNDECIDED or excess.doubts


def check_comparison(policy: list[Plain], random: Random) -> None:
    """What a rewritten policy is said to gain and lose it does; nothing stays undecided."""
    new = rewrite(policy, random.choice(policy), random)
    both = ask_both(policy, new)
    check_excess(both.gained, policy, new, None)
    check_excess(both.lost, new, policy, None)
    assert both.relation is not Relation.UNKNOWN
