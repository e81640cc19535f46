"""What the holder of policies can do that a reviewer should know of, and one word for all of it."""

from dataclasses import dataclass, field
from enum import Enum

from camlint.access.strength import Strength


class Verdict(Enum):
    """How much policies give, the worst first; the values are the words of every report.

    ADMINISTRATOR is every operation on everything. BECOMES and GAINS are ways to more rights than the
    policies say: to those of an administrator, or of whoever has the most of some kind, and to those
    of somebody who may have little. WIDE is a whole product, or something sensitive on everything of
    its kind. READS only lists and reads, none of it sensitive on everything. UNDECIDED is where
    nothing worse is proved and a statement can't be read. Trust, bucket and service control policies
    aren't RATED: nobody holds them.
    """

    ADMINISTRATOR = "administrator"
    BECOMES = "can become administrator"
    GAINS = "can gain more rights"
    WIDE = "wide"
    UNDECIDED = "undecided"
    LIMITED = "limited"
    READS = "reads only"
    NOTHING = "grants nothing"
    UNRATED = "not rated"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _ORDER[self]


_ORDER = {verdict: number for number, verdict in enumerate(Verdict)}


@dataclass(frozen=True, slots=True)
class StatementAt:
    """A statement as reports name it: its file, its policy in there, and its number from 1."""

    path: str
    policy: str
    number: int
    pointer: str


@dataclass(frozen=True, slots=True)
class HeldStep:
    """A step of a way, in words; ``action`` and ``at`` are None where it takes no right."""

    says: str
    action: str | None = None
    at: StatementAt | None = None


@dataclass(frozen=True, slots=True)
class HeldWay:
    """A way to more rights that is given whole; ``severity`` and ``confidence`` are those of CAM701."""

    id: str
    title: str
    outcome: str
    consequence: str
    severity: str
    confidence: str
    strength: Strength
    steps: tuple[HeldStep, ...]
    reference: str

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions that it takes, each once."""
        return tuple(dict.fromkeys(one.action for one in self.steps if one.action is not None))


@dataclass(frozen=True, slots=True)
class HeldKind:
    """Sensitive actions of one kind that are given on everything of a kind.

    ``lets`` completes "whoever holds this can …". ``strength`` is that of the weakest conditions.
    """

    lets: str
    mild: bool
    actions: tuple[str, ...]
    statements: tuple[StatementAt, ...]
    strength: Strength


@dataclass(frozen=True, slots=True)
class HeldGroup:
    """The kinds of one group of risks, ``title`` being what they have in common."""

    group: str
    title: str
    kinds: tuple[HeldKind, ...]


@dataclass(frozen=True, slots=True)
class Breadth:
    """A pattern for all that a product can do, or for all that any can.

    ``service`` is its prefix, ``"*"`` for all products; ``title`` its name, ``""`` where unknown.
    ``named`` says that each resource is named. ``levels`` are counts of known actions by level, empty
    for all products, ``sensitive`` how many carry a risk.
    """

    pattern: str
    service: str
    title: str
    named: bool
    at: StatementAt
    levels: dict[str, int] = field(default_factory=dict)
    sensitive: int = 0

    @property
    def known(self) -> int:
        """How many actions of the product are known; there may be more."""
        return sum(self.levels.values())


@dataclass(frozen=True, slots=True)
class Limit:
    """What keeps the holder from some of it: the conditions of an allow, or a deny.

    ``actions`` and ``resources`` are those of a deny. ``circumstances`` say when it holds, ``""``
    for always; ``strength`` is how much that keeps people out, or from slipping past a deny. It is None
    for a deny that always holds, and for conditions that bound what is allowed and not to whom.
    """

    effect: str
    at: StatementAt
    circumstances: str
    strength: Strength | None
    actions: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Risk:
    """What one policy gives, or the policies of a ``bundle`` together, each part the worst first.

    ``name`` is what reports call it, ``policies`` are path and address of each. ``why`` is what the
    verdict rests on, in a few words. ``doubts`` are what the rest can't tell.
    """

    name: str
    bundle: bool
    kind: str
    policies: tuple[tuple[str, str], ...]
    verdict: Verdict
    why: str
    ways: tuple[HeldWay, ...] = ()
    groups: tuple[HeldGroup, ...] = ()
    breadth: tuple[Breadth, ...] = ()
    limits: tuple[Limit, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[int, int, int, str]:
        """What risks are sorted by: the verdict, and of equal ones by how many things are held."""
        held = sum(len(kind.actions) for group in self.groups for kind in group.kinds)
        return (self.verdict.rank, -len(self.ways), -held, self.name)
