"""The six segments of a resource: the only such parser."""

import re
from functools import lru_cache

from camlint.signs import shows_sign
from camlint.stains import find_stains, is_hidden, is_plain
from camlint.traits import Trait

CACHED = 8192
"""How many texts a look-up below remembers; a bound on memory, not on what is analysed."""


OF_SERVICE = {
    "cos": Trait.COS,
    **dict.fromkeys(("trtc", "im", "tiw"), Trait.APPLICATION),
    **dict.fromkeys(("cdb", "cvm", "vpc", "redis", "mongodb"), Trait.INSTANCE),
}
"""The traits of resources of some services, by their prefixes in lower case."""


_NAMING = re.compile(r"[^*]*[0-9]")
"""How a last segment begins that is about something of its own: no type of resources has a digit."""


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


class Origin:
    """The first three segments of a resource, of which there are few.

    ``plain`` says that there is nothing to find in them, ``traits`` are those that they give to a
    statement.
    """

    __slots__ = ("plain", "project", "region", "service", "traits")

    def __init__(self, text: str, project: str, service: str, region: str) -> None:
        start = len("qcs:")
        self.project = Segment(project, start)
        start += len(project) + 1
        self.service = Segment(service, start)
        self.region = Segment(region, start + len(service) + 1)
        self.plain = is_plain(text)
        self.traits = (
            Trait.LIMITED
            | OF_SERVICE.get(service.lower(), 0)
            | (Trait.STAR if "*" in text else 0)
            | (Trait.REGION if region else 0)
            | (Trait.PROJECT if project else 0)
            | (Trait.UNFILLED if shows_sign(text) else 0)
        )


@lru_cache(maxsize=CACHED)
def _read_origin(text: str) -> Origin | None:
    """What stands before the colon and the account; None where it hasn't the form."""
    parts = text.split(":")
    if len(parts) != 4 or parts[0] != "qcs":
        return None
    return Origin(text, parts[1], parts[2], parts[3])


class Head:
    """The segments of a resource before its last, which many resources have in common."""

    __slots__ = ("account", "plain", "project", "region", "service", "traits")

    def __init__(self, origin: Origin, account: str, start: int) -> None:
        self.project = origin.project
        self.service = origin.service
        self.region = origin.region
        self.account = Segment(account, start)
        self.plain = origin.plain and is_plain(account)
        traits = origin.traits
        if "*" in account:
            traits |= Trait.STAR
        # No sign has a colon in it, so that none can lie in two segments.
        if shows_sign(account):
            traits |= Trait.UNFILLED
        self.traits = traits


@lru_cache(maxsize=CACHED)
def _read_head(text: str) -> Head | None:
    """What stands before the colon and the last segment; None where it hasn't the form."""
    start, _, account = text.rpartition(":")
    origin = _read_origin(start)
    return None if origin is None else Head(origin, account, len(start) + 1)


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
            if _NAMING.match(tail) is None:
                traits |= Trait.WIDE
        if kind.lower() == "sdkappid":
            traits |= Trait.APPLICATION
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
