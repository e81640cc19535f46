"""Resource patterns and the resources of requests, in parts that can be compared."""

from camlint.access.letters import Letters
from camlint.access.owner import Owner
from camlint.access.regions import modern
from camlint.catalog.catalog import Catalog
from camlint.patterns import SixSegments


class Area:
    """A resource pattern: what it matches is the product of its four parts.

    ``everything`` is the pattern ``"*"``, the only one that surely matches a request without a
    resource. ``tail`` is spelt as the catalogue spells types; ``loose`` is the glob of all that it
    may match once variables are known: one at its end matches by prefix. ``sources`` are the texts
    that match all of the area. Unless ``open``, it surely matches no request without a resource. Source: https://cloud.tencent.com/document/product/598/10607
    """

    __slots__ = (
        "account",
        "everything",
        "loose",
        "open",
        "own",
        "prefix",
        "region",
        "service",
        "sources",
        "tail",
        "unknown",
    )

    def __init__(
        self,
        sources: frozenset[str],
        segments: tuple[str, str, str, str],
        *,
        own: bool,
        loose: str,
        prefix: bool = False,
        unknown: bool = False,
        everything: bool = False,
    ) -> None:
        self.sources = sources
        self.service, self.region, self.account, self.tail = segments
        self.own = own
        self.loose = loose
        self.prefix = prefix
        self.unknown = unknown
        self.everything = everything
        self.open = everything or unknown or not (self.region + self.account + loose).strip("*")

    @property
    def partial(self) -> bool:
        """Whether a segment before the last is partly open (``ap-*``), which no page explains."""
        return any(
            "*" in segment and segment != "*"
            for segment in (self.service, self.region, self.account)
        )

    def point(self, letters: Letters) -> "Point":
        """The resource that stands for every resource of the area."""
        tail = letters.generic(self.tail)
        return Point(
            self.sources,
            (
                _generic_segment(self.service, letters),
                _generic_segment(self.region, letters),
                letters.any_text if self.account == "*" else self.account,
                tail + letters.any_text if self.prefix else tail,
            ),
            own=self.own,
            loose=self.loose,
            unknown=self.unknown,
        )


class Point:
    """One resource of a request, in the parts of an area; what it stands for is in ``sources``.

    A segment may be the fresh letter (any text at all), empty (not known) or partly open
    (``ap-*``, which no page explains).
    """

    __slots__ = ("account", "loose", "own", "region", "service", "sources", "tail", "unknown")

    def __init__(
        self,
        sources: frozenset[str],
        segments: tuple[str, str, str, str],
        *,
        own: bool,
        loose: str,
        unknown: bool = False,
    ) -> None:
        self.sources = sources
        self.service, self.region, self.account, self.tail = segments
        self.own = own
        self.loose = loose
        self.unknown = unknown


def read_area(
    text: str, six: SixSegments | None, letters: Letters, owner: Owner, catalog: Catalog
) -> Area:
    """The comparable form of a resource pattern; ``six`` is None for ``"*"``."""
    if six is None:
        return Area(frozenset((text,)), ("*", "*", "*", "*"), own=False, loose="*", everything=True)
    service, tail = six.service.text, spell_type(six, catalog)
    segments = (
        letters.hide(service),
        modern(letters.hide(six.region.text)),
        letters.hide(six.account.text),
        letters.hide(tail),
    )
    prefix = tail.endswith("}") and "${" in tail
    loose = letters.loosen(segments[3])
    return Area(
        frozenset((text,)),
        segments,
        own=owner.owns(six.account.text, service),
        loose=loose + "*" if prefix else loose,
        prefix=prefix,
        unknown=letters.unknown("".join(segments)),
    )


def read_point(text: str, six: SixSegments, owner: Owner, catalog: Catalog) -> Point:
    """The resource of a concrete request."""
    service, tail = six.service.text, spell_type(six, catalog)
    segments = (service, modern(six.region.text), six.account.text, tail)
    return Point(
        frozenset((text,)), segments, own=owner.owns(six.account.text, service), loose=tail
    )


def spell_type(six: SixSegments, catalog: Catalog) -> str:
    """The last segment with its type as the catalogue spells it, where it knows it."""
    tail = six.tail.text
    head, slash, rest = tail.partition("/")
    if "*" in head:
        return tail
    types = catalog.service(six.service.text).types
    if head not in types:
        lower = head.lower()
        for spelling in types:
            if spelling.lower() == lower:
                return spelling + slash + rest
    return tail


def _generic_segment(pattern: str, letters: Letters) -> str:
    return letters.any_text if pattern in ("", "*") else pattern
