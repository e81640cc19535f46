"""Answers to questions about sets of requests: proved, refuted, or undecided."""

from enum import Enum


class Answer(Enum):
    """Whether something holds. UNDECIDED never proves anything."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"


class Request:
    """One request: an action ``service:Operation`` and a resource.

    ``resource`` is six segments, or ``"*"`` for the request of an operation-level action, to which
    CAM gives no resource. Source: https://cloud.tencent.com/document/product/598/67492
    """

    __slots__ = ("action", "resource")

    def __init__(self, action: str, resource: str) -> None:
        self.action = action
        self.resource = resource

    def __repr__(self) -> str:
        return f"Request({self.action!r}, {self.resource!r})"


class Cell:
    """One action of a statement together with one of its resources, by their indices in it."""

    __slots__ = ("action", "resource")

    def __init__(self, action: int, resource: int) -> None:
        self.action = action
        self.resource = resource


class Cover:
    """What other statements do to the requests of one.

    ``answer`` is YES when every request is matched by the statements at ``by`` (indices into the
    policy, the fewest that were easy to find), NO when ``open`` names cells that hold a request
    that none matches, UNDECIDED otherwise. ``closed`` are the cells that are matched whole,
    ``unsure`` those that could be neither proved nor refuted. ``empty`` says that the statement
    matches no request at all, in which case nothing covers it and ``answer`` is NO.
    """

    __slots__ = ("answer", "by", "closed", "empty", "open", "unsure")

    def __init__(
        self,
        by: tuple[int, ...],
        closed: tuple[Cell, ...],
        open_: tuple[Cell, ...],
        unsure: tuple[Cell, ...],
    ) -> None:
        self.by = by
        self.closed = closed
        self.open = open_
        self.unsure = unsure
        self.empty = not (closed or open_ or unsure)
        if open_ or self.empty:
            self.answer = Answer.NO
        else:
            self.answer = Answer.UNDECIDED if unsure else Answer.YES
