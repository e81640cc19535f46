"""The statements of one question made comparable: each a mask bit, each pattern matched once."""

from functools import lru_cache

from camlint.access.answer import Answer
from camlint.access.letters import Letters
from camlint.access.owner import infer_owner
from camlint.access.resources import Area, Point, matches_nothing_named, matches_point
from camlint.catalog.catalog import Catalog
from camlint.patterns import matcher
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.settings import Settings

PUBLIC = frozenset({"*", "qcs::cam::anyone:anyone", "qcs::cam::anonymous:anonymous"})
BUDGET = 2_000_000
"""How many matches of patterns one question may cost before it is given up as undecided."""

Signature = frozenset[tuple[str, str, frozenset[tuple[str, object]]]]


class OutOfBudget(Exception):
    """A question cost more matches than its budget."""


class Question:
    """The statements of a policy, indexed by what they match.

    Statement number i is bit i of every mask. ``allows`` and ``denies`` are the masks by effect;
    ``doubtful`` are the statements that can't be read whole and so prove nothing.
    """

    __slots__ = (
        "_actions",
        "_areas",
        "_catalog",
        "_conditional",
        "_letters",
        "_literal",
        "_patterns",
        "_resources",
        "_same_block",
        "_spent",
        "allows",
        "denies",
        "doubtful",
        "statements",
    )

    def __init__(self, policy: Policy, settings: Settings, catalog: Catalog) -> None:
        statements = policy.statements
        self.statements = statements
        self._catalog = catalog
        self._letters = Letters(
            [action.name.qualified for one in statements for action in one.actions]
            + [resource.text for one in statements for resource in one.resources]
        )
        self._spent = [0]
        owner = infer_owner(statements, settings)
        areas: dict[str, Area] = {}
        literal: dict[str, int] = {}
        patterns: dict[str, int] = {}
        by_area: dict[str, int] = {}
        same: dict[Signature, int] = {}
        allows = denies = doubtful = conditional = 0
        for index, statement in enumerate(statements):
            bit = 1 << index
            if statement.effect == "deny":
                denies |= bit
            elif statement.effect == "allow":
                allows |= bit
            if not statement.complete or any(one.name.opaque for one in statement.actions):
                doubtful |= bit
            signature = _signature(statement)
            if signature:
                conditional |= bit
            same[signature] = same.get(signature, 0) | bit
            for action in statement.actions:
                if not action.name.opaque:
                    name = action.name.qualified
                    table = patterns if "*" in name else literal
                    table[name] = table.get(name, 0) | bit
            for resource in statement.resources:
                text = resource.text
                by_area[text] = by_area.get(text, 0) | bit
                if text not in areas:
                    areas[text] = Area(text, resource.six, self._letters, owner, catalog)
        self._areas = areas
        self._literal = literal
        self._patterns = tuple((matcher(name), mask) for name, mask in patterns.items())
        self._resources = tuple((areas[text], mask) for text, mask in by_area.items())
        self._same_block = same
        self._conditional = conditional
        self.allows, self.denies, self.doubtful = allows, denies, doubtful
        self._actions: dict[str, int] = {}

    def generic_action(self, pattern: str) -> str:
        """The action that stands for all that a pattern matches."""
        return self._letters.generic(pattern)

    def area(self, text: str) -> Area:
        """The comparable form of a resource of one of the statements."""
        return self._areas[text]

    @property
    def letters(self) -> Letters:
        """The fresh letters of this question."""
        return self._letters

    def granularity(self, statement: Statement, index: int) -> bool | None:
        """Whether an action of a statement is matched against resources; None: unknown, or both."""
        name = statement.actions[index].name
        if "*" in name.qualified:
            return None
        return self._catalog.resource_level(name.service.text, name.operation.text)

    def match_action(self, action: str) -> int:
        """The statements that have an action pattern for this action."""
        mask = self._actions.get(action)
        if mask is None:
            mask = self._literal.get(action, 0)
            self._spend(len(self._patterns))
            for matches, bits in self._patterns:
                if bits & ~mask and matches(action):
                    mask |= bits
            self._actions[action] = mask
        return mask

    def match_resource(self, point: Point) -> tuple[int, int]:
        """The statements that surely match a resource, and those that surely or perhaps do."""
        sure = perhaps = 0
        self._spend(len(self._resources))
        for area, bits in self._resources:
            if bits & ~sure:
                answer = matches_point(area, point, self._letters)
                if answer is Answer.YES:
                    sure |= bits
                elif answer is Answer.UNDECIDED:
                    perhaps |= bits
        return sure, sure | perhaps

    def match_nothing_named(self, service: str) -> tuple[int, int]:
        """The same for a request of a service to which CAM gives no resource."""
        sure = perhaps = 0
        for area, bits in self._resources:
            answer = matches_nothing_named(area, service)
            if answer is Answer.YES:
                sure |= bits
            elif answer is Answer.UNDECIDED:
                perhaps |= bits
        return sure, sure | perhaps

    @property
    def exhausted(self) -> bool:
        """Whether the budget is spent, so that some answers stayed undecided for that alone."""
        return self._spent[0] > BUDGET

    def under_conditions_of(self, statement: Statement) -> int:
        """The statements that apply whenever this one does.

        Those without conditions, and those with the very same block; principals must be the same,
        and none of them everybody, whom an allow and a deny take differently.
        """
        signature = _signature(statement)
        mask = ~self._conditional | self._same_block.get(signature, 0)
        people = _people(statement)
        if people & PUBLIC:
            return 0
        for index, other in enumerate(self.statements):
            if other.principals and _people(other) != people:
                mask &= ~(1 << index)
        return mask & ~self.doubtful & ((1 << len(self.statements)) - 1)

    def _spend(self, matches: int) -> None:
        self._spent[0] += matches
        if self._spent[0] > BUDGET:
            raise OutOfBudget


@lru_cache(maxsize=2)
def ask(policy: Policy, settings: Settings, catalog: Catalog) -> Question:
    """The question about one policy, shared by the rules that are offered it one after another."""
    return Question(policy, settings, catalog)


def _signature(statement: Statement) -> Signature:
    return frozenset(
        (
            condition.operator,
            condition.key,
            frozenset((type(value).__name__, value) for value in condition.values),
        )
        for condition in statement.conditions
    )


def _people(statement: Statement) -> frozenset[str]:
    return frozenset(principal.text for principal in statement.principals)
