"""The statements of one question made comparable: each a mask bit, each pattern matched once."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from camlint.access.area_index import AreaIndex
from camlint.access.areas import Area, Point, read_area
from camlint.access.askers import Askers
from camlint.access.conditions import UNCONDITIONAL, Block, misspelt, read_block
from camlint.access.index import Index
from camlint.access.intersections import OutOfBudget
from camlint.access.letters import Letters
from camlint.access.operations import Operations, read_operations
from camlint.access.owner import Owner, infer_owner
from camlint.access.readable import readable
from camlint.catalog.catalog import Catalog
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.access.contexts import Contexts

BUDGET = 1_000_000
"""How many matches of patterns one question may cost before it is given up as undecided."""

NO_RESOURCE = "*"
"""What stands for the resource of a statement that has none, as in a trust policy."""


class Situation:
    """Who asks, under the conditions of one statement, by what that means for the others.

    ``named`` are the statements that surely speak of who asks, ``perhaps`` those that may. ``able``
    are those of ``named`` that hold whenever the one statement does, by just looking at them.
    ``sure`` tells whether the one statement itself surely speaks of who asks.
    """

    __slots__ = ("able", "asker", "named", "perhaps", "sure")

    def __init__(
        self, asker: str | None, able: int, named: int, perhaps: int, *, sure: bool
    ) -> None:
        self.asker = asker
        self.able = able
        self.named = named
        self.perhaps = perhaps
        self.sure = sure


class Question:
    """The statements of policies of one principal, indexed by what they match.

    Statement number i is bit i of every mask, counted through all policies. ``allows`` and
    ``denies`` are the masks by effect. ``unreadable`` statements may match anything, ``shaky`` ones
    no more than they say; neither proves anything. ``conditional`` have a condition. ``loose`` tells that a policy holds something
    that isn't a statement at all, ``spent`` how many matches the question has cost. ``probes`` are
    statements that only say what is asked about: they count neither as allow nor as deny.
    """

    __slots__ = (
        "_actions",
        "_areas",
        "_blocks",
        "_contexts",
        "_matched",
        "_operations",
        "_resources",
        "_same_block",
        "_spent",
        "allows",
        "askers",
        "catalog",
        "conditional",
        "denies",
        "full",
        "letters",
        "loose",
        "owner",
        "policies",
        "probes",
        "settings",
        "shaky",
        "statements",
        "unreadable",
    )

    def __init__(
        self,
        policies: tuple[Policy, ...],
        settings: Settings,
        catalog: Catalog,
        *,
        probes: tuple[Statement, ...] = (),
        texts: Iterable[str] = (),
    ) -> None:
        pooled = [one for policy in policies for one in policy.statements]
        statements = (*pooled, *probes)
        self.policies = policies
        self.settings = settings
        self.catalog = catalog
        self.statements = statements
        self.full = (1 << len(statements)) - 1
        self.probes = self.full & ~((1 << len(pooled)) - 1)
        self.letters = Letters([*_list_texts(statements), *texts])
        self.owner: Owner = infer_owner(pooled, settings)
        self._spent = [0]
        self._blocks = [read_block(one) for one in statements]
        self._same_block: dict[Block, int] = {}
        patterns: dict[str, int] = {}
        by_area: dict[str, int] = {}
        self._areas: dict[str, Area] = {}
        self._contexts: list[Contexts] = []
        allows = denies = 0
        self.unreadable = _mask(not readable(one) for one in statements)
        self.conditional = _mask(bool(one.conditions) for one in statements)
        for index, statement in enumerate(statements):
            bit = 1 << index
            if statement.effect == "deny":
                denies |= bit
            elif statement.effect == "allow":
                allows |= bit
            block = self._blocks[index]
            self._same_block[block] = self._same_block.get(block, 0) | bit
            for action in statement.actions:
                if not action.name.opaque:
                    name = action.name.qualified
                    patterns[name] = patterns.get(name, 0) | bit
            for resource in statement.resources:
                text = resource.text
                if text not in self._areas:
                    self._areas[text] = read_area(
                        text, resource.six, self.letters, self.owner, catalog
                    )
                by_area[text] = by_area.get(text, 0) | bit
            if not statement.resources:
                if NO_RESOURCE not in self._areas:
                    self._areas[NO_RESOURCE] = read_area(
                        NO_RESOURCE, None, self.letters, self.owner, catalog
                    )
                by_area[NO_RESOURCE] = by_area.get(NO_RESOURCE, 0) | bit
        self._resources = AreaIndex(
            [(self._areas[text], mask) for text, mask in by_area.items()],
            self.letters,
            self.full,
        )
        self._actions = Index(patterns)
        self._operations: dict[int, dict[str, Operations]] = {}
        self._matched: dict[str, tuple[int, int]] = {}
        self.allows, self.denies = allows & ~self.probes, denies & ~self.probes
        self.askers = Askers(policies, self.probes)
        self.shaky = self.askers.unclear | _mask(misspelt(one) for one in statements)
        self.loose = any(
            fault.element == "statement" for policy in policies for fault in policy.malformed
        )

    def area(self, text: str) -> Area:
        """The comparable form of a resource of one of the statements."""
        return self._areas[text]

    def every_area(self) -> list[Area]:
        """The comparable forms of all resources."""
        return list(self._areas.values())

    def areas(self, index: int) -> list[Area]:
        """The comparable forms of all resources of a statement."""
        resources = self.statements[index].resources
        if not resources:
            return [self._areas[NO_RESOURCE]]
        return [self._areas[resource.text] for resource in resources]

    def operations(self, index: int) -> dict[str, Operations]:
        """The actions of a statement by the text of their service."""
        found = self._operations.get(index)
        if found is None:
            found = self._operations[index] = read_operations(self.statements[index])
        return found

    def match_action(self, action: str) -> int:
        """The statements that have an action pattern for this action."""
        if not self._actions.knows(action):
            self._spend(self._actions.cost)
        return self._actions.match(action)

    def match_area(self, area: Area) -> tuple[int, int]:
        """The same as ``match_point`` for the resource that stands for an area, remembered."""
        if len(area.sources) > 1:
            return self.match_point(area.point(self.letters))
        (text,) = area.sources
        masks = self._matched.get(text)
        if masks is None:
            masks = self._matched[text] = self.match_point(area.point(self.letters))
        return masks

    def match_point(self, point: Point) -> tuple[int, int]:
        """The statements that surely match a resource, and those that surely or perhaps do."""
        self._spend(self._resources.cost(point))
        return self._resources.match(point)

    def match_nothing_named(self, service: str, sources: frozenset[str]) -> tuple[int, int]:
        """The same for a request of a service to which CAM gives no resource."""
        if not self._resources.knows(service, sources):
            self._spend(len(self._areas))
        return self._resources.match_nothing_named(service, sources)

    @property
    def exhausted(self) -> bool:
        """Whether the budget is spent, so that some answers stayed undecided for that alone."""
        return self._spent[0] > BUDGET

    @property
    def contexts(self) -> "Contexts":
        """The conditions of the statements, made comparable when they are first asked for."""
        if not self._contexts:
            from camlint.access.contexts import Contexts  # noqa: PLC0415 - few policies need them

            self._contexts.append(Contexts(self.statements, self.letters, self._spend))
        return self._contexts[0]

    @property
    def derives(self) -> bool:
        """Whether a condition is on a key that follows from the action of a request."""
        return bool(self.conditional) and self.contexts.derived

    @property
    def definite(self) -> int:
        """The statements of which it can be told what they match."""
        return self.full & ~(self.shaky | self.unreadable)

    def situations(self, indices: tuple[int, ...]) -> list[Situation]:
        """Who may ask in the name of all of these statements, under the conditions of them all.

        A statement speaks of them surely when it names who asks, or the very same people with the
        same effect. One without a condition, or with just the condition of one of them, holds
        whenever they do.
        """
        able = self._same_block.get(UNCONDITIONAL, 0)
        for index in indices:
            able |= self._same_block[self._blocks[index]]
        definite = self.definite
        if not self.askers.names:
            return [Situation(None, able & definite, definite, self.full, sure=True)]
        same = 0
        for index in indices:
            same |= self.askers.same_as(index)
        found: list[Situation] = []
        for asker in self.askers.names:
            named, perhaps = self.askers.match(asker)
            if all(perhaps >> index & 1 for index in indices):
                sure = all(named >> index & 1 for index in indices)
                surely = definite & (named | same)
                found.append(Situation(asker, able & surely, surely, perhaps | same, sure=sure))
        return found

    def _spend(self, matches: int) -> None:
        self._spent[0] += matches
        if self._spent[0] > BUDGET:
            raise OutOfBudget


def _mask(answers: Iterable[bool]) -> int:
    """The statements for which something is true."""
    mask = 0
    for index, answer in enumerate(answers):
        if answer:
            mask |= 1 << index
    return mask


def _list_texts(statements: tuple[Statement, ...]) -> Iterator[str]:
    """All texts in which a letter may occur."""
    for statement in statements:
        for action in statement.actions:
            yield action.name.qualified
        for resource in statement.resources:
            yield resource.text
        for condition in statement.conditions:
            yield from (value for value in condition.values if isinstance(value, str))


@lru_cache(maxsize=2)
def ask(policy: Policy, settings: Settings, catalog: Catalog) -> Question:
    """The question about one policy, shared by the rules that are offered it one after another."""
    return Question((policy,), settings, catalog)
