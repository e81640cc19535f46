"""All that policies allow, by service and level of access: counted in known actions.

An action counts where the policies allow it on some resource, under some circumstances. CAM knows
more actions than are published, so that what is listed is the least that is allowed.
"""

from collections.abc import Iterable, Sequence
from itertools import islice, product

from camlint.access.answer import UNKNOWN, Answer
from camlint.access.decide import decide, list_bits
from camlint.access.find import find
from camlint.access.index import Index
from camlint.access.intersections import OutOfBudget
from camlint.access.question import Question
from camlint.catalog.action import Action
from camlint.catalog.catalog import Catalog
from camlint.catalog.verbs import READING_VERBS
from camlint.patterns import ActionName, Segment
from camlint.policy.actions import Actions
from camlint.policy.elements import ActionPattern, ResourcePattern
from camlint.policy.statement import Statement
from camlint.tasks.decision import Layer, PlacedStatement, Role
from camlint.tasks.levels import LEVELS
from camlint.tasks.permission import Permission, Permissions, ServicePermissions

MOST_COMBINED = 200
"""Ways to pick one allow of each layer that are looked at for one action."""

MOST_NAMED = 16
"""Statements that are named as what allows, or refuses a part of, the same actions."""

EFFORT = 250_000
"""Searches of one run, each counted by the patterns it goes through: what is left is undecided."""


class Pool:
    """The statements of all layers together: a request passes that an allow of each layer matches.

    Statement number i is bit i of the masks; ``granting`` has a mask of allows for each layer.
    """

    __slots__ = (
        "_effort",
        "_left",
        "catalog",
        "denies",
        "granting",
        "index",
        "layers",
        "statements",
    )

    def __init__(self, layers: Sequence[Layer]) -> None:
        self.layers = tuple(layers)
        self.catalog: Catalog = layers[0].question.catalog
        self.statements = tuple(one for layer in layers for one in layer.statements)
        granting: list[int] = []
        denies = at = 0
        for layer in layers:
            granting.append(layer.question.allows << at)
            denies |= layer.question.denies << at
            at += len(layer.statements)
        self.granting = tuple(granting)
        self.denies = denies
        patterns: dict[str, int] = {}
        for number, placed in enumerate(self.statements):
            for action in placed.statement.actions:
                if not action.name.opaque:
                    name = action.name.qualified
                    patterns[name] = patterns.get(name, 0) | 1 << number
        self.index = Index(patterns)
        texts = {one.text for placed in self.statements for one in placed.statement.resources}
        self._effort = 1 + len(self.statements) + len(texts)
        self._left = [EFFORT // self._effort]

    @property
    def exhausted(self) -> bool:
        """Whether the effort is spent, so that some actions stay undecided for that alone."""
        return self._left[0] <= 0

    def search(self, question: Question, held: tuple[int, ...], denies: int) -> bool | None:
        """Whether any request is matched by all statements that are held, and by no deny.

        None where that can't be told.
        """
        self._left[0] -= 1
        if self.exhausted:
            return None
        try:
            found = find(question, held, denies)
            if found is UNKNOWN or found is None:
                return None if found is UNKNOWN else False
            return True if not denies or decide(question, found).allowed is Answer.YES else None
        except OutOfBudget:
            return None

    def ask(self, actions: Iterable[Action]) -> Question:
        """The question of all statements, with a probe for each action on any resource."""
        asked = self.layers[0].question
        return Question(
            tuple(placed.policy for layer in self.layers for placed in layer.policies),
            asked.settings,
            self.catalog,
            probes=tuple(_probe(action) for action in actions),
        )


def list_permissions(layers: Sequence[Layer], service: str = "") -> Permissions:
    """What the layers allow together, of all known services or of one."""
    pool = Pool(layers)
    found = []
    for prefix in (service,) if service else pool.catalog.index.prefixes:
        permissions = _permissions_of(pool, prefix)
        if any(permissions.values()):
            title = pool.catalog.service(prefix).title
            found.append(ServicePermissions(prefix, title, permissions))
    return Permissions(tuple(found), _unreadable(layers), pool.exhausted)


def _unreadable(layers: Iterable[Layer]) -> tuple[PlacedStatement, ...]:
    return tuple(
        layer.statements[index]
        for layer in layers
        if layer.role is Role.POLICY
        for index in list_bits(layer.question.unreadable & ~layer.question.denies)
    )


def _permissions_of(pool: Pool, service: str) -> dict[str, tuple[Permission, ...]]:
    groups: dict[tuple[int, bool | None, bool], list[Action]] = {}
    for action in pool.catalog.service(service).matching("*"):
        mask = pool.index.match(action.qualified)
        if all(mask & granting for granting in pool.granting):
            key = (mask, action.settled, action.verb in READING_VERBS)
            groups.setdefault(key, []).append(action)
    by_level: dict[str, list[Permission]] = {level: [] for level in LEVELS}
    if groups:
        question = pool.ask(actions[0] for actions in groups.values())
        first = len(pool.statements)
        for number, ((mask, _, _), actions) in enumerate(groups.items()):
            whole = _permission(pool, question, first + number, mask, actions)
            if whole is None:
                continue
            for level in LEVELS:
                alike = tuple(action for action in actions if action.level == level)
                if alike:
                    by_level[level].append(
                        Permission(
                            alike,
                            whole.allowed_by,
                            whole.denied_by,
                            whole.conditional,
                            whole.undecided,
                        )
                    )
    return {level: _merge(permissions) for level, permissions in by_level.items()}


def _permission(
    pool: Pool, question: Question, probe: int, mask: int, actions: Sequence[Action]
) -> Permission | None:
    """What becomes of actions that the same statements name; None where none is allowed.

    Statements without conditions are asked first, so that ``conditional`` holds whatever the rest.
    """
    own, *bounds = (_plain_first(pool, mask & granting) for granting in pool.granting)
    granting: list[int] = []
    perhaps: list[int] = []
    conditional = True
    for index in own:
        unknown = False
        for others in islice(product(*bounds), MOST_COMBINED):
            held = (probe, index, *others)
            found = pool.search(question, held, pool.denies)
            if found is True:
                granting.append(index)
                conditional &= any(question.statements[one].conditions for one in held[1:])
                break
            unknown |= found is None
        else:
            if unknown:
                perhaps.append(index)
        if len(granting) == MOST_NAMED:
            break
    allowing = granting or perhaps[:MOST_NAMED]
    if not allowing:
        return None
    denying = [
        deny
        for deny in list_bits(mask & pool.denies)[:MOST_NAMED]
        if any(pool.search(question, (probe, index, deny), 0) is not False for index in allowing)
    ]
    return Permission(
        tuple(actions),
        tuple(pool.statements[index] for index in sorted(allowing)),
        tuple(pool.statements[index] for index in denying),
        conditional and bool(granting),
        not granting,
    )


def _plain_first(pool: Pool, mask: int) -> list[int]:
    return sorted(
        list_bits(mask), key=lambda index: bool(pool.statements[index].statement.conditions)
    )


def _merge(permissions: list[Permission]) -> tuple[Permission, ...]:
    """Those that differ in nothing but their actions become one, the actions by name."""
    merged: dict[tuple[object, ...], Permission] = {}
    for one in permissions:
        by = tuple(id(placed) for placed in (*one.allowed_by, *one.denied_by))
        key = (by, len(one.denied_by), one.conditional, one.undecided)
        other = merged.get(key)
        actions = one.actions if other is None else (*other.actions, *one.actions)
        merged[key] = Permission(
            tuple(sorted(actions, key=lambda action: action.name)),
            one.allowed_by,
            one.denied_by,
            one.conditional,
            one.undecided,
        )
    return tuple(sorted(merged.values(), key=lambda one: one.actions[0].name))


def _probe(action: Action) -> Statement:
    name = ActionName(Segment(action.service, 0), Segment(action.name, 0))
    pattern = ActionPattern(action.qualified, (), name)
    anything = ResourcePattern("*", (), None)
    return Statement((), {}, {}, "allow", Actions((pattern,)), (anything,), (), (), ())
