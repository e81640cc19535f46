"""Which policies of a run could contain which, told by their signatures alone."""

from collections.abc import Iterator, Sequence

from camlint.patterns import covers
from camlint.run.signature import Signature

MOST_LOOKED_AT = 300
"""Signatures that one policy is held against; beyond them, it isn't compared any further."""


class Candidates:
    """An index of policies by the actions and resources of their allows.

    A policy can only be contained in one that has, for each of its actions, that very action or a
    pattern that takes it in, and the same with resources. The rarest of them is looked up, so that
    what is looked at grows with the number of policies and not with its square.
    """

    __slots__ = ("_by_action", "_by_resource", "_open", "_patterns", "_signatures", "_wider")

    def __init__(self, signatures: Sequence[Signature]) -> None:
        self._signatures = signatures
        self._by_action: dict[str, list[int]] = {}
        self._by_resource: dict[int, list[int]] = {}
        self._open: list[int] = []
        self._patterns: dict[str, list[str]] = {}
        self._wider: dict[str, tuple[str, ...]] = {}
        for number, one in enumerate(signatures):
            if one.everything:
                continue
            for action in one.actions:
                listed = self._by_action.setdefault(action, [])
                if not listed and "*" in action:
                    self._patterns.setdefault(_bucket(action), []).append(action)
                listed.append(number)
            if one.open:
                self._open.append(number)
            for resource in one.resources:
                self._by_resource.setdefault(resource, []).append(number)

    def of(self, number: int) -> Iterator[int | None]:
        """The policies that may contain one, in their order; None where the search was cut short."""
        inner = self._signatures[number]
        if not inner.actions:
            return
        looked_at = 0
        for other in self._shortlist(inner):
            if other == number:
                continue
            looked_at += 1
            if looked_at > MOST_LOOKED_AT:
                yield None
                return
            if self._may_contain(self._signatures[other], inner):
                yield other

    def _shortlist(self, inner: Signature) -> list[int]:
        """The policies that have what is rarest of a policy, sorted."""
        best: list[list[int]] = []
        size = -1
        for action in inner.actions:
            lists = [self._by_action.get(one, []) for one in self._takes_in(action)]
            total = sum(map(len, lists))
            if size < 0 or total < size:
                best, size = lists, total
        for resource in inner.resources:
            lists = [self._by_resource.get(resource, []), self._open]
            total = sum(map(len, lists))
            if total < size:
                best, size = lists, total
        return sorted({number for numbers in best for number in numbers})

    def _may_contain(self, outer: Signature, inner: Signature) -> bool:
        if outer.kind is not inner.kind:
            return False
        if not outer.open and (inner.open or not inner.resources <= outer.resources):
            return False
        held = outer.actions
        return all(
            action in held or any(one in held for one in self._takes_in(action))
            for action in inner.actions
        )

    def _takes_in(self, action: str) -> tuple[str, ...]:
        """The action and the patterns of the run that take it in."""
        known = self._wider.get(action)
        if known is None:
            patterns = self._patterns.get("*", [])
            bucket = _bucket(action)
            if bucket != "*":
                patterns = [*patterns, *self._patterns.get(bucket, [])]
            wider = [one for one in patterns if one != action and covers(one, action)]
            known = self._wider[action] = (action, *wider)
        return known


def _bucket(action: str) -> str:
    """The service of an action, ``*`` where that is a pattern."""
    service = action.partition(":")[0]
    return "*" if "*" in service else service
