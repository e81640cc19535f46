"""Which statements and values a rule of one's own is about: the ``where`` and ``part`` of a rule."""

from camlint.access.intersections import globs_meet
from camlint.patterns import ActionName, SixSegments, matcher, split_action, split_resource
from camlint.policy.elements import ActionPattern
from camlint.policy.statement import Statement

ACTION_PARTS = ("service", "operation")
RESOURCE_PARTS = (
    *("project", "service", "region", "account"),
    *("resource", "resource-type", "resource-id"),
)
PARTS = tuple(dict.fromkeys((*ACTION_PARTS, *RESOURCE_PARTS)))


class Where:
    """What holds of the statement around a value, and of the value; empty parts hold always.

    ``effect`` is allow, deny or ``""``. ``actions`` are patterns of which the statement names at
    least one operation, with whatever pattern of its own; ``services`` the same of services.
    ``values`` are globs of which the value's text matches one.
    """

    __slots__ = ("actions", "effect", "services", "values")

    def __init__(
        self,
        effect: str = "",
        actions: tuple[ActionName, ...] = (),
        services: tuple[str, ...] = (),
        values: tuple[str, ...] = (),
    ) -> None:
        self.effect = effect
        self.actions = actions
        self.services = services
        self.values = values

    @property
    def about_statements(self) -> bool:
        """Whether it says anything of the statement around a value."""
        return bool(self.effect or self.actions or self.services)

    @property
    def about_actions(self) -> bool:
        """Whether an action of the statement is what decides."""
        return bool(self.actions or self.services)

    def takes(self, statement: Statement) -> bool:
        """Whether the statement has the effect; its actions are another question."""
        return not self.effect or statement.effect == self.effect

    def find_action(self, statement: Statement) -> ActionPattern | None:
        """The first action of the statement that has an operation of those asked for."""
        for action in statement.actions:
            if not action.name.opaque and self._names(action.name):
                return action
        return None

    def takes_text(self, text: str) -> bool:
        """Whether the text of a value matches one of ``values``."""
        return not self.values or any(matcher(glob)(text) for glob in self.values)

    def _names(self, name: ActionName) -> bool:
        service, operation = name.service.text, name.operation.text
        if self.services and not any(globs_meet(one, service) for one in self.services):
            return False
        return not self.actions or any(
            globs_meet(one.service.text, service) and globs_meet(one.operation.text, operation)
            for one in self.actions
        )


class Piece:
    """A piece of a text: the whole of it, or one segment, from ``start`` on."""

    __slots__ = ("start", "text")

    def __init__(self, text: str, start: int = 0) -> None:
        self.text = text
        self.start = start


def cut(text: str, part: str) -> Piece | None:
    """The part of an action or resource; None where the text has none of this name.

    Of ``*`` every part is ``*``, and so is the id of a resource that stands for all of them.
    """
    if text == "*":
        return Piece("*")
    if text.startswith("qcs:"):
        six = split_resource(text)
        return None if six is None or part not in RESOURCE_PARTS else _cut_resource(six, part)
    name = split_action(text)
    if name is None or name.opaque or part not in ACTION_PARTS:
        return None
    segment = name.service if part == "service" else name.operation
    return Piece(segment.text, segment.start)


def _cut_resource(six: SixSegments, part: str) -> Piece | None:
    if part == "resource-id":
        segment = six.resource_id
        if segment is None:
            everything = six.tail.text.endswith("*")
            return Piece("*", six.tail.end - 1) if everything else None
    elif part == "resource-type":
        segment = six.resource_type
    elif part == "resource":
        segment = six.tail
    else:
        segment = {
            "project": six.project,
            "service": six.service,
            "region": six.region,
            "account": six.account,
        }[part]
    return Piece(segment.text, segment.start)
