"""Answers to questions about sets of requests: proved, refuted, or undecided."""

from collections.abc import Mapping
from enum import Enum


class Answer(Enum):
    """Whether something holds. UNDECIDED never proves anything."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"


class Unknown(Enum):
    """The one answer of a search that neither found a request nor proved that there is none."""

    UNKNOWN = "unknown"


UNKNOWN = Unknown.UNKNOWN


class Request:
    """One request: an action ``service:Operation``, a resource, who asks, and the circumstances.

    ``resource`` is six segments, or ``"*"`` for the request of an operation-level action, to which
    CAM gives no resource. An empty account is the owner's, an empty region no known one.
    ``principal`` is the name of a user, role or service, ``"anonymous"`` for a request that nobody
    signed, and None where the policy speaks of nobody (it is attached to whoever asks).
    ``context`` maps each condition key that the request has to its values, as texts; a key that
    isn't there is absent from the request, unless it is among ``unknown``, of which nothing is
    known. None means that nothing is known of any key.
    Source: https://cloud.tencent.com/document/product/598/67492
    """

    __slots__ = ("action", "context", "principal", "resource", "unknown")

    def __init__(
        self,
        action: str,
        resource: str,
        principal: str | None = None,
        context: Mapping[str, tuple[str, ...]] | None = None,
        unknown: frozenset[str] = frozenset(),
    ) -> None:
        self.action = action
        self.resource = resource
        self.principal = principal
        self.context = context
        self.unknown = unknown

    @property
    def circumstances(self) -> str:
        """What the request has of condition keys: ``qcs:ip = 10.0.0.7 and k = a, b``."""
        given = [f"{key} = {', '.join(values)}" for key, values in (self.context or {}).items()]
        return " and ".join(given)

    @property
    def words(self) -> str:
        """The request as a person says it: ``cdb:X on qcs::… for P with qcs:ip = 10.0.0.7``."""
        who = "" if self.principal is None else f" for {self.principal}"
        when = f" with {self.circumstances}" if self.context else ""
        return f"{self.action} on {self.resource}{who}{when}"

    def __repr__(self) -> str:
        who = "" if self.principal is None else f", {self.principal!r}"
        when = "" if not self.context else f", context={dict(self.context)!r}"
        return f"Request({self.action!r}, {self.resource!r}{who}{when})"


class Verdict(Enum):
    """What a policy says to one request; the values are the words of every report."""

    ALLOW = "allow"
    EXPLICIT_DENY = "explicit-deny"
    IMPLICIT_DENY = "implicit-deny"
    DEPENDS = "depends"


class Decision:
    """The verdict on one request, and the statements that decide, by their indices.

    For DEPENDS those are the statements of which it isn't known whether they match, and
    ``depends_on`` names the condition keys on which that depends, in order. ``allowed`` is NO also
    where it only depends on which statement refuses.
    """

    __slots__ = ("allowed", "by", "depends_on", "verdict")

    def __init__(
        self,
        verdict: Verdict,
        by: tuple[int, ...],
        allowed: Answer,
        depends_on: tuple[str, ...] = (),
    ) -> None:
        self.verdict = verdict
        self.by = by
        self.allowed = allowed
        self.depends_on = depends_on


class Cell:
    """One action of a statement together with one of its resources, by their indices in it.

    A statement without resources, as in a trust policy, has cells with the resource 0.
    """

    __slots__ = ("action", "resource")

    def __init__(self, action: int, resource: int) -> None:
        self.action = action
        self.resource = resource


class Cover:
    """What other statements do to the requests of one.

    ``answer`` is YES when every request is matched by the statements at ``by`` (indices into the
    question, the fewest that were easy to find), NO when ``open`` names cells that hold a request
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
