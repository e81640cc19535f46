"""The generic requests of a box: a few that stand for all the requests of actions on resources.

A literal resource-level action is matched against six segments, a literal operation-level one
against no resource at all, which only ``"*"`` matches; any other action may be of either sort.
Each box is split by that first: what remains are products, and a product lies in a union of
products exactly when its generic requests do.
Source: https://cloud.tencent.com/document/product/598/67492
"""

from collections.abc import Iterator

from camlint.access.answer import Answer
from camlint.access.areas import Area
from camlint.access.question import Question
from camlint.access.resources import matches_nothing_named
from camlint.patterns import matcher

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.access.derived import Derived

NOTHING: "Derived" = ("", "")
"""What stands for the derived condition keys of an action where no condition asks for them."""


class Box:
    """All actions of a pattern (its service and operation) on all resources of an area.

    ``sure`` is False for a box that may be wider than what it was made for.
    """

    __slots__ = ("area", "operation", "service", "sure")

    def __init__(self, service: str, operation: str, area: Area, *, sure: bool = True) -> None:
        self.service = service
        self.operation = operation
        self.area = area
        self.sure = sure


class Generic:
    """A generic request of a box, by the masks of the statements that match its two halves.

    ``action`` is the mask of its action, ``sure`` and ``perhaps`` those of its resource. ``service``
    and ``operation`` are the patterns that it stands for, ``derived`` what follows from its action
    where conditions ask for that; ``named`` tells whether it has a resource. ``hypothetical`` marks
    one of which it isn't known whether the box holds it at all.
    """

    __slots__ = (
        "action",
        "derived",
        "hypothetical",
        "named",
        "operation",
        "perhaps",
        "service",
        "sure",
    )

    def __init__(
        self,
        service: str,
        operation: str,
        action: int,
        matched: tuple[int, int],
        *,
        named: bool,
        hypothetical: bool,
        derived: "Derived" = NOTHING,
    ) -> None:
        self.derived = derived
        self.service = service
        self.operation = operation
        self.action = action
        self.sure, self.perhaps = matched
        self.named = named
        self.hypothetical = hypothetical


def find_requests(question: Question, box: Box) -> Iterator[Generic]:
    """The generic requests of a box; none means that it holds no request at all."""
    for part, derived in split_box(question, box):
        yield from _find_requests(question, part, derived)


def split_box(question: Question, box: Box) -> "list[tuple[Box, Derived]]":
    """The box in parts of which each action has the same derived condition keys."""
    if not question.derives:
        return [(box, NOTHING)]
    from camlint.access.derived import split  # noqa: PLC0415 - few policies need it

    return [
        (Box(service, operation, box.area, sure=box.sure), derived)
        for service, operation, derived in split(box.service, box.operation)
    ]


def _find_requests(question: Question, box: Box, derived: "Derived") -> Iterator[Generic]:
    service, operation, area = box.service, box.operation, box.area
    pattern = f"{service}:{operation}"
    scoped: bool | None = None
    if "*" not in pattern:
        scoped = question.catalog.resource_level(service, operation)
    if scoped is not False:
        yield Generic(
            service,
            operation,
            question.match_action(question.letters.generic(pattern)),
            question.match_area(area),
            named=True,
            hypothetical=not box.sure or area.partial,
            derived=derived,
        )
    if scoped is not True and area.open:
        yield from find_unnamed(question, box, derived)


def find_unnamed(question: Question, box: Box, derived: "Derived" = NOTHING) -> Iterator[Generic]:
    """The generic request without a resource, if the box has one or may have one."""
    letters, area = question.letters, box.area
    service = box.service
    asked = letters.generic(service)
    within = asked
    if "*" in service and not area.everything and area.service.strip("*"):
        within = area.service
        if "*" not in within and not letters.unknown(within):
            if not matcher(service)(within) or not _derives(within, derived):
                return
            service = asked = within
    held = matches_nothing_named(area, within, frozenset(), letters)
    if held is Answer.NO:
        return
    yield Generic(
        service,
        box.operation,
        question.match_action(letters.generic(f"{service}:{box.operation}")),
        question.match_nothing_named(asked, area.sources),
        named=False,
        hypothetical=held is Answer.UNDECIDED or not box.sure,
        derived=derived,
    )


def _derives(service: str, derived: "Derived") -> bool:
    """Whether an action of a service may have these derived condition keys."""
    if derived == NOTHING:
        return True
    from camlint.access.derived import derive  # noqa: PLC0415 - few policies need it

    return derive(service, "")[1] == derived[1]
