"""All that policies allow, by service and level of access: counted in known actions.

An action counts where the policies allow it on some resource, under some circumstances. CAM knows
more actions than are published, so that what is listed is the least that is allowed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from camlint.access.answer import UNKNOWN, Answer
from camlint.access.decide import decide, list_bits
from camlint.access.find import find
from camlint.access.index import Index
from camlint.access.question import Question
from camlint.catalog.action import Action
from camlint.catalog.catalog import Catalog
from camlint.catalog.verbs import READING_VERBS
from camlint.patterns import ActionName, Segment
from camlint.policy.elements import ActionPattern, ResourcePattern
from camlint.policy.statement import Statement
from camlint.tasks.decision import Layer, PlacedStatement, Role
from camlint.tasks.levels import LEVELS

MOST_COMBINED = 200
"""Ways to pick one allow of each layer that are looked at for one action."""


@dataclass(frozen=True, slots=True)
class Permission:
    """Known actions of one level that the same statements allow.

    ``allowed_by`` are statements of the principal's policies, ``denied_by`` those of any layer that
    refuse a part of it. ``conditional`` says that it holds under conditions only, ``undecided``
    that it can't be told whether there is any request that is allowed.
    """

    actions: tuple[Action, ...]
    allowed_by: tuple[PlacedStatement, ...]
    denied_by: tuple[PlacedStatement, ...]
    conditional: bool
    undecided: bool

    @property
    def resources(self) -> tuple[str, ...]:
        """The resources of the statements, each once; ``"*"`` alone where that is among them."""
        texts = dict.fromkeys(
            one.text for placed in self.allowed_by for one in placed.statement.resources
        )
        return ("*",) if "*" in texts or not texts else tuple(texts)


@dataclass(frozen=True, slots=True)
class ServicePermissions:
    """What is allowed of one service: its permissions by level, every level being there."""

    service: str
    title: str
    levels: dict[str, tuple[Permission, ...]]

    @property
    def permissions(self) -> Iterator[Permission]:
        """All of them."""
        for level in LEVELS:
            yield from self.levels[level]

    @property
    def count(self) -> int:
        """How many known actions are surely allowed."""
        return sum(len(one.actions) for one in self.permissions if not one.undecided)

    @property
    def undecided(self) -> int:
        """Of how many more it can't be told."""
        return sum(len(one.actions) for one in self.permissions if one.undecided)


class Pool:
    """The statements of all layers together: a request passes that an allow of each layer matches.

    Statement number i is bit i of the masks; ``granting`` has a mask of allows for each layer.
    """

    __slots__ = ("catalog", "denies", "granting", "index", "layers", "statements")

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

    def ask(self, actions: Iterable[Action]) -> Question:
        """The question of all statements, with a probe for each action on any resource."""
        asked = self.layers[0].question
        return Question(
            tuple(placed.policy for layer in self.layers for placed in layer.policies),
            asked.settings,
            self.catalog,
            probes=tuple(_probe(action) for action in actions),
        )


def list_permissions(layers: Sequence[Layer], service: str = "") -> tuple[ServicePermissions, ...]:
    """What the layers allow together, of all known services or of one."""
    pool = Pool(layers)
    found = []
    for prefix in (service,) if service else pool.catalog.index.prefixes:
        permissions = _permissions_of(pool, prefix)
        if any(permissions.values()):
            title = pool.catalog.service(prefix).title
            found.append(ServicePermissions(prefix, title, permissions))
    return tuple(found)


def unreadable_statements(layers: Iterable[Layer]) -> tuple[PlacedStatement, ...]:
    """The statements of the principal's policies that may allow more than can be told."""
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
    """What becomes of actions that the same statements name; None where none is allowed."""
    own, *bounds = (list_bits(mask & granting) for granting in pool.granting)
    granting: list[int] = []
    perhaps: list[int] = []
    conditional = True
    for index in own:
        unknown = False
        for others in islice(product(*bounds), MOST_COMBINED):
            held = (probe, index, *others)
            found = find(question, held, pool.denies)
            if found is None:
                continue
            if found is UNKNOWN or decide(question, found).allowed is Answer.NO:
                unknown = True
                continue
            granting.append(index)
            conditional &= any(question.statements[one].conditions for one in held[1:])
            break
        else:
            if unknown:
                perhaps.append(index)
    allowing = granting or perhaps
    if not allowing:
        return None
    denying = [
        deny
        for deny in list_bits(mask & pool.denies)
        if any(find(question, (probe, index, deny), 0) is not None for index in allowing)
    ]
    return Permission(
        tuple(actions),
        tuple(pool.statements[index] for index in allowing),
        tuple(pool.statements[index] for index in denying),
        conditional and bool(granting),
        not granting,
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
    return Statement((), {}, {}, "allow", (pattern,), (anything,), (), (), ())
