"""Two sets of policies in one question: which statements stand in both, and what either set says."""

import json
from collections.abc import Iterator

from camlint.access.question import Question
from camlint.catalog.catalog import Catalog
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.settings import Settings


class Side:
    """The policies of one side: ``mask`` are their statements in the common question.

    ``first`` is the number of its first statement there, ``alone`` the question about this side
    only, in which statements are counted from 0.
    """

    __slots__ = ("alone", "first", "mask", "policies")

    def __init__(self, policies: tuple[Policy, ...], first: int, alone: Question) -> None:
        self.policies = policies
        self.first = first
        self.alone = alone
        self.mask = alone.full << first


class Sides:
    """What OLD and NEW say, in one ``question``; ``shared`` is the mask of what both say.

    A statement is shared when it stands on the other side with the very same value, the order of its
    actions and resources aside, in a policy of the same kind for the same principals: whatever it
    means, it matches the same requests there.
    """

    __slots__ = ("new", "old", "question", "shared")

    def __init__(
        self,
        old: tuple[Policy, ...],
        new: tuple[Policy, ...],
        settings: Settings,
        catalog: Catalog,
        probes: tuple[Statement, ...] = (),
    ) -> None:
        self.old = Side(old, 0, Question(old, settings, catalog))
        count = len(self.old.alone.statements)
        self.new = Side(new, count, Question(new, settings, catalog))
        self.question = Question((*old, *new), settings, catalog, probes=probes)
        before, after = list(_identities(old)), list(_identities(new))
        common = set(before) & set(after)
        self.shared = sum(1 << number for number, one in enumerate(before + after) if one in common)

    @property
    def same_strays(self) -> bool:
        """Whether what stands among the statements and is none is the same on both sides."""
        return _strays(self.old.policies) == _strays(self.new.policies)


def _identities(policies: tuple[Policy, ...]) -> Iterator[str]:
    """Each statement as a text that equal ones have in common, and only they."""
    for policy in policies:
        key = policy.spelling.get("principal")
        above = None if key is None else policy.value[key]
        for statement in policy.statements:
            value = {name: _order(name, part) for name, part in statement.value.items()}
            yield json.dumps([policy.kind.value, above, value], sort_keys=True)


def _order(name: str, part: object) -> object:
    """An element of a statement; a list of actions or resources in one order, each once."""
    if name.lower() not in ("action", "resource") or not isinstance(part, list):
        return part
    if not all(isinstance(one, str) for one in part):
        return part
    return sorted(set(part))


def _strays(policies: tuple[Policy, ...]) -> list[str]:
    return sorted(
        json.dumps(fault.value, sort_keys=True)
        for policy in policies
        for fault in policy.malformed
        if fault.element == "statement"
    )
