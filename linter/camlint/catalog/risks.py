"""What sensitive actions let their holder do: ways to more rights than a policy says, and kinds."""

from functools import lru_cache

from camlint.patterns import matcher

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

TAGS_DECIDE = "tags-decide"
"""What must hold for a path that only leads somewhere where a policy limits by tags."""

EVERYTHING = "*"
REMEMBERED = 4096
"""Patterns whose actions are remembered before they are sought anew."""


class Need:
    """One thing that a path takes: any of some actions, with enough of their resources.

    ``resources`` are patterns, one of which must be reached whole, or anything at all where
    ``anywhere`` is set. What CAM matches against no resource needs ``"*"`` instead.
    ``says`` is the step in words, an order without its subject. Of ``inferred`` actions only
    the name says what they do.
    """

    __slots__ = ("actions", "anywhere", "inferred", "resources", "says")

    def __init__(self, table: "dict[str, Any]") -> None:
        self.actions: tuple[str, ...] = tuple(table["any"])
        self.resources: tuple[str, ...] = tuple(table.get("on", (EVERYTHING,)))
        self.anywhere: bool = table.get("anywhere", False)
        self.inferred: frozenset[str] = frozenset(table.get("inferred", ()))
        self.says: str = table["step"]


class EscalationPath:
    """A way in which the holder of a policy gets more rights than the policy says.

    ``outcome`` and ``lets`` complete "whoever has this policy can …" and "the actions let them …".
    ``then`` are steps at the end for which it takes no right of the policy. ``where`` is ``""`` or
    TAGS_DECIDE. ``needs`` are in the order of the steps, what decides last. A path that is ``part_of_product`` is one that full access of a product naturally
    has. ``severity`` and ``confidence`` are words of the reports.
    """

    __slots__ = (
        "confidence",
        "consequence",
        "family",
        "id",
        "lets",
        "needs",
        "outcome",
        "part_of_product",
        "references",
        "severity",
        "then",
        "title",
        "way_out",
        "where",
    )

    def __init__(self, table: "dict[str, Any]") -> None:
        self.id: str = table["id"]
        self.family: str = table["family"]
        self.title: str = table["title"]
        self.needs = tuple(Need(one) for one in table["needs"])
        self.outcome: str = table["outcome"]
        self.lets: str = table["lets"]
        self.then: tuple[str, ...] = tuple(table.get("then", ()))
        self.consequence: str = table["consequence"]
        self.way_out: str = table["way_out"]
        self.where: str = table.get("where", "")
        self.part_of_product: bool = table.get("part_of_product", False)
        self.references: tuple[str, ...] = tuple(table["references"])
        self.severity: str = table["severity"]
        self.confidence: str = table["confidence"]

    def __repr__(self) -> str:
        return f"EscalationPath({self.id!r})"

    @property
    def alone(self) -> bool:
        """Whether one action is enough."""
        return len(self.needs) == 1


class SensitiveKind:
    """Actions of a group that let people do one thing, the plainest first.

    ``group`` is one that ``Action.groups`` names. ``lets`` completes "whoever has this policy can …".
    A ``mild`` kind is worth a word only to those who want to know everything.
    """

    __slots__ = ("actions", "group", "lets", "mild")

    def __init__(self, table: "dict[str, Any]") -> None:
        self.group: str = table["group"]
        self.lets: str = table["lets"]
        self.actions: tuple[str, ...] = tuple(table["actions"])
        self.mild: bool = table.get("mild", False)

    def __repr__(self) -> str:
        return f"SensitiveKind({self.group!r}, {self.lets!r})"


class Risks:
    """The escalation paths and the kinds of sensitive actions, each the worst first.

    ``families`` and ``groups`` have a title for each name.
    """

    __slots__ = ("_actions", "families", "groups", "kinds", "paths")

    def __init__(self, table: "dict[str, Any]") -> None:
        self.paths = tuple(EscalationPath(one) for one in table["paths"])
        self.families: dict[str, str] = table["families"]
        self.groups: dict[str, str] = table["groups"]
        self.kinds = tuple(SensitiveKind(one) for one in table["kinds"])
        self._actions = frozenset(
            action for path in self.paths for need in path.needs for action in need.actions
        )

    def find(self, path: str) -> EscalationPath | None:
        """The path of this id."""
        return next((one for one in self.paths if one.id == path), None)

    def matching(self, pattern: str) -> tuple[str, ...]:
        """The actions of paths that a pattern ``service:operation`` stands for, sorted."""
        if "*" not in pattern:
            return (pattern,) if pattern in self._actions else ()
        return _match(self._actions, pattern)


@lru_cache(maxsize=REMEMBERED)
def _match(actions: frozenset[str], pattern: str) -> tuple[str, ...]:
    return tuple(sorted(filter(matcher(pattern), actions)))
