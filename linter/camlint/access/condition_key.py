"""The conditions of a question on one key, and what they say of the values that matter."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from math import comb

from camlint.access.answer import Answer
from camlint.access.atoms import TAG_KEYS, Signature, find_atoms
from camlint.access.derived import DERIVED, Derived
from camlint.access.intersections import OutOfBudget
from camlint.access.letters import Letters
from camlint.access.terms import Members, Sameness, Term, same_as
from camlint.policy.elements import Condition

MOST_SETS = 4096
"""Sets of values of one key that are told apart before they are given up as too many."""


class Judged:
    """What a request has under a key, and what that means for terms and statements, by masks.

    ``sure`` are the terms that surely hold for it, ``perhaps`` those that may; ``held`` and
    ``open`` are the statements of which every term on the key does.
    """

    __slots__ = ("held", "members", "open", "perhaps", "sure")

    def __init__(self, members: Members, sure: int, perhaps: int, held: int, open_: int) -> None:
        self.members = members
        self.sure = sure
        self.perhaps = perhaps
        self.held = held
        self.open = open_


class Key:
    """The conditions on one key: its terms, each a bit, and which of them each statement has.

    It is made of the conditions with the numbers of their statements. ``needs`` maps the number of a statement to the mask of its terms. ``several`` tells that a
    request may have several values.
    """

    __slots__ = (
        "_atoms",
        "_given_up",
        "_judged",
        "_letters",
        "_sets",
        "name",
        "needs",
        "several",
        "terms",
    )

    def __init__(
        self, name: str, conditions: Iterable[tuple[int, Condition]], letters: Letters
    ) -> None:
        numbers: dict[Sameness, int] = {}
        terms: list[Term] = []
        needs: dict[int, int] = {}
        for index, condition in conditions:
            number = numbers.setdefault(same_as(condition), len(terms))
            if number == len(terms):
                terms.append(Term(condition, letters))
            needs[index] = needs.get(index, 0) | 1 << number
        self.name = name
        self.terms = tuple(terms)
        self.needs = needs
        self.several = name in TAG_KEYS or any(term.every or term.some for term in terms)
        self._letters = letters
        self._atoms: dict[str, Signature] = {}
        self._judged: dict[Members, tuple[int, int]] = {}
        self._given_up: list[OutOfBudget] = []
        self._sets: dict[tuple[int, bool], list[Judged]] = {}

    @property
    def mixed(self) -> bool:
        """Whether operators of two families leave every answer about a value undecided."""
        families = {one.operator.family for one in self.terms if one.operator is not None}
        return len(families - {"null"}) > 1

    def wanted(self, statements: Iterable[int]) -> int:
        """The terms of all of some statements."""
        wanted = 0
        for index in statements:
            wanted |= self.needs.get(index, 0)
        return wanted

    def sharing(self, terms: int) -> list[tuple[int, int]]:
        """The statements that have one of these terms, as bits, with the terms they have beside."""
        return [(1 << index, need & ~terms) for index, need in self.needs.items() if need & terms]

    def judge(self, members: Members) -> tuple[int, int]:
        """The terms that surely hold for what a request has under the key, and those that may."""
        masks = self._judged.get(members)
        if masks is None:
            mixed = bool(members) and self.mixed
            masks = self._judged[members] = _mask(
                [
                    Answer.UNDECIDED if mixed and not term.null else term.holds(members)
                    for term in self.terms
                ]
            )
        return masks

    def enumerate(
        self, pos: tuple[int, ...], mask: int, derived: Derived, *, some: bool = False
    ) -> list[Judged]:
        """All that a request may have under the key, as far as it matters to these statements.

        Sets of values are as large as it takes for one value apiece for each condition that needs
        its own: the ``for_any_value`` of what must hold, and the ``for_all_value`` of what must
        not. Where those are too many, only smaller sets are looked at if ``some`` will do. Raises
        OutOfBudget.
        """
        if self.name in DERIVED:
            values = (derived[DERIVED.index(self.name)],)
            return [self._make(values, *self.judge(values))]
        if not self.several:
            return self._sets_of(1, doubled=False)
        wanted = self.wanted(pos)
        others = self.wanted(list_bits(mask))
        size = sum(self.terms[number].some for number in list_bits(wanted))
        size += sum(self.terms[number].every for number in list_bits(others & ~wanted))
        plain = any(self.terms[number].plain for number in list_bits(others | wanted))
        size = max(size, 2 if plain else 1)
        while some and size > 1 and self._count(size) > MOST_SETS:
            size -= 1
        return self._sets_of(size, doubled=plain)

    def _count(self, size: int) -> int:
        """How many sets of up to ``size`` values there are."""
        atoms = len(self._find_atoms())
        return sum(comb(atoms, number) for number in range(1, size + 1))

    def _sets_of(self, size: int, *, doubled: bool) -> list[Judged]:
        """Nothing, and every set of up to ``size`` values; ``doubled``: each beside one of its sort."""
        found = self._sets.get((size, doubled))
        if found is None:
            found = self._sets[size, doubled] = list(self._make_sets(size, doubled=doubled))
        return found

    def _make_sets(self, size: int, *, doubled: bool) -> Iterator[Judged]:
        atoms = self._find_atoms()
        if size > 1 and self._count(size) > MOST_SETS:
            raise OutOfBudget
        yield self._make((), *_mask([term.absent for term in self.terms]))
        for number in range(1, size + 1):
            for members in combinations(atoms, number):
                yield self._make(members, *self._combine(members, atoms))
        if doubled:
            for text in atoms:
                yield self._make((text, text), *self._combine((text, text), atoms))

    def _find_atoms(self) -> dict[str, Signature]:
        """The values that stand for all, sought once. Raises OutOfBudget."""
        if self._given_up:
            raise OutOfBudget
        if not self._atoms:
            try:
                self._atoms.update(find_atoms(self.name, self.terms, self._letters))
            except OutOfBudget as spent:
                self._given_up.append(spent)
                raise
        return self._atoms

    def _make(self, members: Members, sure: int, perhaps: int) -> Judged:
        held = open_ = -1
        for index, need in self.needs.items():
            if need & ~sure:
                held &= ~(1 << index)
                if need & ~perhaps:
                    open_ &= ~(1 << index)
        return Judged(members, sure, perhaps, held, open_)

    def _combine(self, members: Members, atoms: dict[str, Signature]) -> tuple[int, int]:
        signatures = [atoms[text] for text in members]
        return _mask(
            [
                term.combine([signature[number] for signature in signatures])
                for number, term in enumerate(self.terms)
            ]
        )


def list_bits(mask: int) -> list[int]:
    """The numbers of the bits that are set."""
    found: list[int] = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def _mask(answers: list[Answer]) -> tuple[int, int]:
    sure = perhaps = 0
    for number, answer in enumerate(answers):
        if answer is Answer.YES:
            sure |= 1 << number
        if answer is not Answer.NO:
            perhaps |= 1 << number
    return sure, perhaps
