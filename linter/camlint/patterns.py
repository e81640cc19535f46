"""Globs whose only wildcard is ``*``, and the six segments of a resource: the only such parser."""

import re
from collections.abc import Callable
from functools import lru_cache

from camlint.signs import shows_sign
from camlint.stains import find_stains, is_hidden, is_plain
from camlint.traits import Trait

CACHED = 8192
"""How many patterns a look-up below remembers; a bound on memory, not on what is analysed."""


@lru_cache(maxsize=CACHED)
def matcher(pattern: str) -> Callable[[str], bool]:
    """A test for the texts that ``pattern`` matches, ``*`` being any run of characters.

    Linear in pattern and text for every pattern: the pieces between wildcards are searched for in
    turn, leftmost first, which is exact when ``*`` is the only wildcard.
    """
    if "*" not in pattern:
        return pattern.__eq__
    head, *middle, tail = pattern.split("*")
    inner = tuple(piece for piece in middle if piece)
    if not inner and not tail:
        return lambda text: text.startswith(head)
    shortest = len(head) + len(tail)

    def matches(text: str) -> bool:
        if len(text) < shortest or not text.startswith(head) or not text.endswith(tail):
            return False
        at, end = len(head), len(text) - len(tail)
        for piece in inner:
            found = text.find(piece, at, end)
            if found < 0:
                return False
            at = found + len(piece)
        return True

    return matches


def covers(wide: str, narrow: str) -> bool:
    """Whether every text that the glob ``narrow`` matches is matched by ``wide``.

    Exact: each ``*`` of ``narrow`` becomes a letter that occurs in neither, so whatever matches
    the result matches all of ``narrow`` (the generic-point argument of docs/adr).
    """
    if wide == "*" or wide == narrow:
        return True
    if "*" not in narrow:
        return matcher(wide)(narrow)
    if "*" not in wide:
        return False
    return matcher(wide)(narrow.replace("*", fresh_letter(wide, narrow)))


def fresh_letter(*texts: str) -> str:
    """A character that occurs in none of the texts."""
    code = 1
    while any(chr(code) in text for text in texts):
        code += 1
    return chr(code)


class Segment:
    """One of the six parts of a resource, and the characters of the resource that it takes up."""

    __slots__ = ("start", "text")

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.start = start

    @property
    def end(self) -> int:
        """The character behind its last."""
        return self.start + len(self.text)


class Head:
    """The segments of a resource before its last, which many resources have in common.

    ``plain`` says that there is nothing to find in them, ``traits`` are those that they give to a
    statement.
    """

    __slots__ = ("account", "plain", "project", "region", "service", "traits")

    def __init__(self, text: str, parts: list[str]) -> None:
        at = len("qcs:")
        segments = []
        for part in parts:
            segments.append(Segment(part, at))
            at += len(part) + 1
        self.project, self.service, self.region, self.account = segments
        self.plain = is_plain(text)
        self.traits = (
            Trait.LIMITED
            | (Trait.COS if self.service.text.lower() == "cos" else 0)
            | (Trait.STAR if "*" in text else 0)
            | (Trait.REGION if self.region.text else 0)
            | (Trait.PROJECT if self.project.text else 0)
            | (Trait.UNFILLED if shows_sign(text) else 0)
        )


@lru_cache(maxsize=CACHED)
def _read_head(text: str) -> Head | None:
    """The segments in a text without the last colon and what follows, None where it hasn't the form."""
    first, *parts = text.split(":")
    return Head(text, parts) if first == "qcs" and len(parts) == 4 else None


class SixSegments:
    """``qcs:project:service:region:account:tail``, split at the first five colons.

    ``resource_type`` and ``resource_id`` are the tail before and after its first ``/``;
    ``resource_id`` is None where there is no ``/``. ``id_start`` is the character at which the id
    begins, the end of the resource where it has none. ``traits`` are those that the resource gives
    to its statement.
    Source: https://cloud.tencent.com/document/product/598/10606
    """

    __slots__ = (
        "account",
        "id_start",
        "project",
        "region",
        "resource_id",
        "resource_type",
        "service",
        "tail",
        "traits",
    )

    def __init__(self, head: Head, tail: str, start: int) -> None:
        self.project = head.project
        self.service = head.service
        self.region = head.region
        self.account = head.account
        self.tail = Segment(tail, start)
        kind, slash, rest = tail.partition("/")
        self.id_start = id_start = start + len(kind) + len(slash)
        self.resource_type = Segment(kind, start)
        self.resource_id = Segment(rest, id_start) if slash else None
        traits = head.traits
        if tail == "*" or not tail:
            traits |= Trait.OPEN
        if "*" in tail:
            traits |= Trait.STAR
        if not (rest or kind).strip("*/"):
            traits |= Trait.WIDE
        # No sign has a colon in it, so that none can lie in both head and tail.
        if shows_sign(tail):
            traits |= Trait.UNFILLED
        self.traits = traits


@lru_cache(maxsize=CACHED)
def split_resource(text: str) -> SixSegments | None:
    """The six segments of a resource description, or None when it hasn't the form.

    Blanks, characters that can't be seen and look-alikes of others keep it from having that, except
    in names where they may be meant.
    """
    start, _, tail = text.rpartition(":")
    head = _read_head(start)
    if head is None:
        # The last segment may have colons in it.
        *parts, tail = text.split(":", 5)
        head = _read_head(":".join(parts))
        if head is None:
            return None
    if not (head.plain and is_plain(tail)) and find_stains(text, *find_names(text)):
        return None
    return SixSegments(head, tail, len(text) - len(tail))


def find_names(text: str) -> tuple[int, int]:
    """Where in a resource blanks may stand inside, and where names in any writing.

    That is from the last segment on, and there behind its type. Full-width colons and slashes count.
    """
    plain = text.replace("：", ":").replace("／", "/")
    at = 0
    for _ in range(5):
        at = plain.find(":", at) + 1
        if not at:
            return len(text), len(text)
    slash = plain.find("/", at)
    first = at
    while first < len(text) and (text[first].isspace() or is_hidden(text[first])):
        first += 1
    return first, slash + 1 if slash >= 0 else first


# An operation is made of visible ASCII without what parts or quotes texts.
_ACTION = re.compile(
    r"(?P<prefix>name/)?(?P<service>[A-Za-z0-9_*?-]+):(?P<operation>[!#-&(-+\-.0-9=?-z|~]+)"
)
_ACTION_SET = re.compile(r"permid/[0-9]+|actionName/\S+")


class ActionName:
    """An action as CAM reads it: ``qualified`` is ``service:operation`` without ``name/``.

    ``"*"`` has service and operation ``"*"`` and is qualified as ``"*:*"``. A legacy set
    (``permid/280655``, ``actionName/X``) is ``opaque``: no document says what it holds.
    ``wild`` says that it has a wildcard in it, ``traits`` are those that it gives to its statement.
    Source: https://cloud.tencent.com/document/product/598/10604
    """

    __slots__ = ("opaque", "operation", "qualified", "service", "traits", "wild")

    def __init__(self, service: Segment, operation: Segment, *, opaque: bool = False) -> None:
        self.service = service
        self.operation = operation
        self.qualified = f"{service.text}:{operation.text}"
        self.opaque = opaque
        self.wild = "*" in self.qualified
        self.traits = (
            (Trait.WILDCARD_ACTION if self.wild else 0)
            | (Trait.SWEEPING_ACTION if opaque or "*" in service.text else 0)
            | (Trait.UNFILLED if shows_sign(self.qualified) else 0)
        )


@lru_cache(maxsize=CACHED)
def split_action(text: str) -> ActionName | None:
    """The parts of an action or action pattern, or None when it hasn't the form."""
    if text == "*":
        return ActionName(Segment("*", 0), Segment("*", 0))
    if match := _ACTION.fullmatch(text):
        return ActionName(
            Segment(match["service"], match.start("service")),
            Segment(match["operation"], match.start("operation")),
        )
    if _ACTION_SET.fullmatch(text):
        head, _, rest = text.partition("/")
        return ActionName(Segment(head, 0), Segment(rest, len(head) + 1), opaque=True)
    return None


_PLACEHOLDER = re.compile(r"[$<>{}…]|x{3,}|\*{3,}|\.{3,}|your[_-]", re.IGNORECASE)


def holds_placeholder(text: str) -> bool:
    """Whether part of a text waits to be filled in: ``<uin>``, ``${x}``, ``uin-xxx``, ``10***7``."""
    return _PLACEHOLDER.search(text) is not None


def is_literal(text: str) -> bool:
    """Whether a text means just itself: it has no wildcard, variable or placeholder in it."""
    return "*" not in text and not holds_placeholder(text)
