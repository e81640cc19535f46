"""Which policies of a run could contain which, told by their signatures alone."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from camlint.patterns import covers
from camlint.run.signature import WIDTH, Signature, bucket_of

PLACES = 32
"""The bits of a place in an entry of the index of limits, which takes eight bytes."""

MOST_LOOKED_AT = 400
"""Signatures that one policy is held against; beyond them, it isn't compared any further."""


class Candidates:
    """An index of policies by the actions and resources of their allows.

    A policy can only be contained in one that has, for each of its actions, that very action or a
    pattern that takes it in, and the same with resources. The rarest of them is looked up, so that
    what is looked at grows with the number of policies and not with its square. Policies that grant
    much stand first in the order in which they are looked at.
    """

    __slots__ = (
        "_by_action",
        "_limits",
        "_open",
        "_order",
        "_patterns",
        "_signatures",
        "_wider",
    )

    def __init__(self, signatures: Sequence[Signature]) -> None:
        self._signatures = signatures
        self._by_action: dict[str, list[int]] = {}
        self._open: list[int] = []
        self._patterns: dict[str, list[str]] = {}
        self._wider: dict[str, tuple[str, ...]] = {}
        self._order = sorted(range(len(signatures)), key=lambda number: _rank(signatures[number]))
        limits: list[int] = []
        for place, number in enumerate(self._order):
            one = signatures[number]
            if one.everything:
                continue
            for action in one.actions:
                listed = self._by_action.setdefault(action, [])
                if not listed and "*" in action:
                    self._patterns.setdefault(bucket_of(action), []).append(action)
                listed.append(place)
            if one.open:
                self._open.append(place)
            limits += [_key(limit) | place for limit in _split(one.resources)]
        self._limits = array("Q", sorted(limits))

    def of(self, number: int) -> Iterator[int | None]:
        """The policies that may contain one, the widest first; None where the search is cut short."""
        inner = self._signatures[number]
        if not inner.actions:
            return
        looked_at = 0
        for place in self._shortlist(inner):
            other = self._order[place]
            if other == number:
                continue
            looked_at += 1
            if looked_at > MOST_LOOKED_AT:
                yield None
                return
            if self._may_contain(self._signatures[other], inner):
                yield other

    def _shortlist(self, inner: Signature) -> list[int]:
        """The policies that have what is rarest of a policy, by their places in the order."""
        best: list[list[int]] = []
        size = -1
        for action in inner.actions:
            lists = [self._by_action.get(one, []) for one in self._takes_in(action)]
            total = sum(map(len, lists))
            if size < 0 or total < size:
                best, size = lists, total
        for resource in _split(inner.resources):
            lists = [self._limited_to(resource), self._open]
            total = sum(map(len, lists))
            if total < size:
                best, size = lists, total
        return sorted({place for places in best for place in places})

    def _limited_to(self, limit: bytes) -> list[int]:
        """The places of the policies with a resource that is limited to something."""
        first = bisect_left(self._limits, _key(limit))
        last = bisect_left(self._limits, _key(limit) + (1 << PLACES))
        return [one & (1 << PLACES) - 1 for one in self._limits[first:last]]

    def _may_contain(self, outer: Signature, inner: Signature) -> bool:
        if outer.kind is not inner.kind:
            return False
        if not outer.open and not _split(inner.resources) <= _split(outer.resources):
            return False
        return self._has(outer.open, inner.open) and self._has(outer.actions, inner.actions)

    def _has(self, actions: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
        """Whether each of some actions is among others, or a pattern that takes it in."""
        return all(
            action in actions or any(one in actions for one in self._takes_in(action))
            for action in wanted
        )

    def _takes_in(self, action: str) -> tuple[str, ...]:
        """The action and the patterns of the run that take it in."""
        known = self._wider.get(action)
        if known is None:
            patterns = self._patterns.get("*", [])
            bucket = bucket_of(action)
            if bucket != "*":
                patterns = [*patterns, *self._patterns.get(bucket, [])]
            wider = [one for one in patterns if one != action and covers(one, action)]
            known = self._wider[action] = (action, *wider)
        return known


def _rank(one: Signature) -> tuple[int, int, int]:
    """What puts policies that grant much before others, as far as signatures tell."""
    patterns = sum("*" in action for action in one.actions)
    return (-len(one.open), -patterns, -len(one.actions))


def _key(limit: bytes) -> int:
    """What all entries of a limit begin at, in the sorted index."""
    return int.from_bytes(limit) << PLACES


def _split(resources: bytes) -> set[bytes]:
    """The hashes of resources, each by itself."""
    return {resources[at : at + WIDTH] for at in range(0, len(resources), WIDTH)}
