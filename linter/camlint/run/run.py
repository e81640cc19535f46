"""All policies of a run: which of them say the same, and which grant no more than another."""

from collections.abc import Callable, Iterator, Sequence

from camlint.access.contains import contains
from camlint.access.equivalence import compare_meaning
from camlint.catalog.catalog import Catalog
from camlint.kinds import Kind
from camlint.policy.policy import Policy
from camlint.run.candidates import Candidates
from camlint.run.signature import Signature
from camlint.settings import Settings

MOST_TRIED = 8
"""Policies that may contain one of which it is tried to prove that they do."""


class Reading:
    """A policy of the run read again, and what its file's configuration says."""

    __slots__ = ("catalog", "policy", "settings")

    def __init__(self, policy: Policy, settings: Settings, catalog: Catalog) -> None:
        self.policy = policy
        self.settings = settings
        self.catalog = catalog


Read = Callable[[Signature], Reading | None]
"""Reads a policy again, None where it is no longer what it was."""


class Pair:
    """A policy, and another one that makes it superfluous.

    ``equal`` says that both mean the same, ``mutual`` that each grants all that the other does.
    """

    __slots__ = ("equal", "mutual", "other", "policy")

    def __init__(
        self, policy: Signature, other: Signature, *, equal: bool, mutual: bool = False
    ) -> None:
        self.policy = policy
        self.other = other
        self.equal = equal
        self.mutual = mutual or equal


class Run:
    """What a rule on all policies at once visits: their signatures, in the order of the report.

    ``read`` gives a policy back to look at it as a whole. ``cut`` are the policies that weren't held
    against all others that could contain them, known once ``pairs`` was.
    """

    __slots__ = ("_pairs", "cut", "read", "signatures")

    def __init__(self, signatures: Sequence[Signature], read: Read) -> None:
        self.signatures = signatures
        self.read = read
        self.cut: list[Signature] = []
        self._pairs: list[tuple[Pair, ...]] = []

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Each policy that another makes superfluous, once, with one that does; found once.

        Of policies that mean the same, or each grant all that the other does, the first stays. The
        policies of roles are left out: they speak of the role that they stand at.
        """
        if not self._pairs:
            self._pairs.append(tuple(self._find_pairs()))
        return self._pairs[0]

    def _find_pairs(self) -> Iterator[Pair]:
        first: dict[bytes, Signature] = {}
        alone: list[Signature] = []
        for one in self.signatures:
            if one.kind is Kind.TRUST:
                continue
            twin = first.setdefault(one.meaning, one)
            if twin is one:
                alone.append(one)
            else:
                yield Pair(one, twin, equal=True)
        yield from self._find_contained(alone)

    def _find_contained(self, alone: list[Signature]) -> Iterator[Pair]:
        candidates = Candidates(alone)
        needless: set[int] = set()
        for number, one in enumerate(alone):
            if number in needless:
                continue
            tried = 0
            for other in candidates.of(number):
                if other in needless:
                    continue
                if other is None or tried == MOST_TRIED:
                    self.cut.append(one)
                    break
                tried += 1
                pair = self._compare(one, alone[other], later=other > number)
                if pair is None:
                    continue
                yield pair
                if pair.policy is one:
                    needless.add(number)
                    break
                needless.add(other)

    def _compare(self, one: Signature, other: Signature, *, later: bool) -> Pair | None:
        """The pair of a policy and another that may contain it; the later is the superfluous one."""
        inner, outer = self.read(one), self.read(other)
        if inner is None or outer is None:
            return None
        settings, catalog = inner.settings, inner.catalog
        if not contains(outer.policy, inner.policy, settings, catalog):
            return None
        if not contains(inner.policy, outer.policy, settings, catalog):
            return Pair(one, other, equal=False)
        equal = compare_meaning(outer.policy, inner.policy, settings, catalog).equal
        if later:
            return Pair(other, one, equal=equal, mutual=True)
        return Pair(one, other, equal=equal, mutual=True)
