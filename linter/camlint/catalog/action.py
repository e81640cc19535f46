"""An action of a service, and what is known about it."""

from camlint.catalog.template import ResourceTemplate, read_template
from camlint.catalog.verbs import CHANGING_VERBS, READING_VERBS, verb_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LEVELS = ("list", "read", "write", "permissions", "tagging")
"""What an action does, from the mildest on."""
READING = frozenset(("list", "read"))
AUTHORITY = "cam-enabled-api"
"""The origin that wins where sources disagree: CAM's own page of what a product's actions check."""
STATED = "configuration"
"""The origin of what the user's configuration says."""
DOCUMENTED = frozenset((AUTHORITY, "product-docs"))


class Action:
    """One action.

    ``level`` is ``list``, ``read``, ``write``, ``permissions`` or ``tagging``. ``origins`` say where
    it is known from: ``cam-enabled-api``, ``product-docs``, ``sdk``, ``cloudaudit``, ``doc-example``,
    ``configuration``. ``resource_level`` is True where CAM matches it against resources, False
    where it matches ``"*"`` only, None where no document says; ``conflict`` that documents disagree
    on this, ``inferred`` that it was concluded from examples. ``groups`` are the risks it carries,
    as sensitive-actions.json names them.
    """

    __slots__ = (
        "_templates",
        "conflict",
        "groups",
        "inferred",
        "level",
        "name",
        "origins",
        "resource_level",
        "service",
    )

    def __init__(self, service: str, name: str, row: "dict[str, Any]") -> None:
        self.service = service
        self.name = name
        self.level: str = row["level"]
        self.origins: tuple[str, ...] = tuple(row["origins"])
        self.resource_level: bool | None = row.get("resource_level")
        self.conflict: bool = row.get("conflict", False)
        self.inferred: bool = row.get("inferred", False)
        self.groups: tuple[str, ...] = tuple(row.get("groups", ()))
        self._templates: tuple[str, ...] = tuple(row.get("resources", ()))

    def __repr__(self) -> str:
        return f"Action({self.qualified!r})"

    @property
    def qualified(self) -> str:
        """The action as a policy names it, ``trtc:DismissRoom``."""
        return f"{self.service}:{self.name}"

    @property
    def verb(self) -> str:
        """The first word of the name."""
        return verb_of(self.name)

    @property
    def reads(self) -> bool:
        """Whether it only lists or reads."""
        return self.level in READING

    @property
    def changes(self) -> bool:
        """Whether it does more than read without any doubt.

        The level of most is told by the verb alone, and what isn't known to read counts as writing.
        What Tencent's ReadOnlyAccess policy counts as reading, by the verb, is never without doubt.
        """
        if self.reads:
            return False
        if STATED in self.origins:
            return True
        if self.verb in READING_VERBS:
            return False
        return self.level != "write" or bool(self.groups) or self.verb in CHANGING_VERBS

    @property
    def documented(self) -> bool:
        """Whether a page about access management names it."""
        return not DOCUMENTED.isdisjoint(self.origins)

    @property
    def templates(self) -> tuple[ResourceTemplate, ...]:
        """The resources it is documented to be matched against; alternatives, not all needed."""
        return tuple(read_template(text) for text in self._templates)

    @property
    def confidence(self) -> str:
        """How sure ``resource_level`` is: ``high``, or ``medium`` where it was disputed or inferred."""
        disputed = self.conflict and AUTHORITY not in self.origins
        return "medium" if disputed or self.inferred else "high"

    @property
    def settled(self) -> bool | None:
        """``resource_level`` as far as it may decide what a policy does: None where disputed."""
        return settle(self.resource_level, self.origins, conflict=self.conflict)


def settle(
    resource_level: bool | None, origins: tuple[str, ...] | list[str], *, conflict: bool
) -> bool | None:
    """A granularity that may be relied on: what CAM's own page says, or what nobody disputes."""
    return None if conflict and AUTHORITY not in origins else resource_level
