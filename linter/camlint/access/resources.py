"""When a resource pattern matches a resource, or the request that has none."""

from camlint.access.answer import Answer
from camlint.access.letters import Letters
from camlint.access.owner import OWN, Owner
from camlint.catalog.catalog import Catalog
from camlint.patterns import SixSegments, matcher

LEGACY_REGIONS = {
    "gz": "ap-guangzhou",
    "sh": "ap-shanghai",
    "bj": "ap-beijing",
    "hk": "ap-hongkong",
    "sg": "ap-singapore",
    "ca": "na-toronto",
    "cd": "ap-chengdu",
    "de": "eu-frankfurt",
    "shjr": "ap-shanghai-fsi",
}
"""Old codes of regions that mean the same as new ones.

Source: https://cloud.tencent.com/document/product/598/10606 (the page of 2019)
"""

INFERRED_REGIONS = frozenset(
    ["szjr", "gzopen", "usw", "use", "cq", "kr", "in", "th", "ru", "jp", "nj", "jkt", "sao"]
    + ["cn-east", "cn-south", "cn-north", "cn-southwest"]
)
"""Codes that look like old ones of other regions; no page equates them with the new ones."""


class Area:
    """A resource pattern made comparable: what it matches is the product of its four parts.

    ``everything`` is the pattern ``"*"``, the only one that surely matches a request without a
    resource. ``opens_variable`` marks a tail that ends in a variable: such a resource matches by
    prefix. Source: https://cloud.tencent.com/document/product/598/10607
    """

    __slots__ = (
        "account",
        "everything",
        "opens_variable",
        "region",
        "service",
        "tail",
        "text",
        "unknown",
    )

    def __init__(
        self,
        text: str,
        six: SixSegments | None,
        letters: Letters,
        owner: Owner,
        catalog: Catalog,
    ) -> None:
        self.text = text
        self.everything = six is None
        self.opens_variable = False
        self.unknown = False
        self.service = self.region = self.account = self.tail = "*"
        if six is None:
            return
        self.service = letters.hide_variables(six.service.text)
        region = letters.hide_variables(six.region.text)
        self.region = LEGACY_REGIONS.get(region, region)
        account = six.account.text
        own = owner.owns(account, six.service.text)
        self.account = OWN if own else letters.hide_variables(account)
        tail = six.tail.text
        self.opens_variable = tail.endswith("}") and "${" in tail
        head, slash, rest = tail.partition("/")
        if "*" not in head:
            for spelling in catalog.service(six.service.text).types:
                if spelling.lower() == head.lower():
                    tail = spelling + slash + rest
        self.tail = letters.hide_variables(tail)
        self.unknown = letters.unknown(self.service + self.region + self.account + self.tail)

    def point(self, letters: Letters) -> "Point":
        """The resource that stands for every resource of the area."""
        tail = letters.generic(self.tail)
        return Point(
            letters.generic(self.service or "*"),
            letters.generic(self.region or "*"),
            letters.generic(self.account),
            tail + letters.any_text if self.opens_variable else tail,
            self.text,
            unknown=self.unknown,
        )


class Point:
    """One resource of a request, its parts as ``Area`` spells them; ``text`` is where it is from."""

    __slots__ = ("account", "region", "service", "tail", "text", "unknown")

    def __init__(
        self, service: str, region: str, account: str, tail: str, text: str, *, unknown: bool
    ) -> None:
        self.service = service
        self.region = region
        self.account = account
        self.tail = tail
        self.text = text
        self.unknown = unknown


def matches_point(area: Area, point: Point, letters: Letters) -> Answer:
    """Whether the area holds the resource."""
    if area.everything or area.text == point.text:
        return Answer.YES
    answers = (
        _match_name(area.service, point.service, letters),
        _match_region(area.region, point.region, letters),
        _match_account(area.account, point.account, letters),
        _match_tail(area, point),
    )
    if Answer.NO in answers:
        return Answer.NO
    return Answer.UNDECIDED if Answer.UNDECIDED in answers else Answer.YES


def matches_nothing_named(area: Area, service: str) -> Answer:
    """Whether the area matches a request of ``service`` to which CAM gives no resource.

    Only ``"*"`` surely does. Six segments that name nothing but the service might; no page says.
    Source: https://cloud.tencent.com/document/product/598/67492
    """
    if area.everything:
        return Answer.YES
    open_parts = (
        area.service in ("", "*", service)
        and area.region in ("", "*")
        and area.account in (OWN, "*")
        and area.tail in ("", "*")
    )
    return Answer.UNDECIDED if open_parts else Answer.NO


def overlap(one: Area, other: Area, letters: Letters) -> Answer:
    """Whether two areas share a resource; NO is a proof that they don't."""
    if one.everything or other.everything or one.text == other.text:
        return Answer.YES
    for first, second in ((one.service, other.service), (one.region, other.region)):
        if "*" in first + second or not first or not second or first == second:
            continue
        if not (letters.unknown(first + second) or {first, second} & INFERRED_REGIONS):
            return Answer.NO
    accounts = {one.account, other.account}
    both = one.account + other.account
    if len(accounts) == 2 and OWN not in accounts and "*" not in both and not letters.unknown(both):
        return Answer.NO
    if one.unknown or other.unknown:
        return Answer.UNDECIDED
    return Answer.YES if globs_meet(one.tail, other.tail) else Answer.NO


def globs_meet(one: str, other: str) -> bool:
    """Whether some text matches both globs: exact, since ``*`` is the only wildcard."""
    if "*" not in one:
        return matcher(other)(one)
    if "*" not in other:
        return matcher(one)(other)
    head, tail = one[: one.index("*")], one[one.rindex("*") + 1 :]
    head2, tail2 = other[: other.index("*")], other[other.rindex("*") + 1 :]
    heads = head.startswith(head2) or head2.startswith(head)
    return heads and (tail.endswith(tail2) or tail2.endswith(tail))


def _match_name(pattern: str, text: str, letters: Letters) -> Answer:
    if pattern in ("", "*") or pattern == text:
        return Answer.YES
    if "*" in pattern or letters.unknown(pattern + text) or _partly_open(text, letters):
        return Answer.UNDECIDED
    return Answer.NO


def _match_region(pattern: str, text: str, letters: Letters) -> Answer:
    answer = _match_name(pattern, text, letters)
    if answer is Answer.NO and (pattern in INFERRED_REGIONS or text in INFERRED_REGIONS):
        return Answer.UNDECIDED
    return answer


def _match_account(pattern: str, text: str, letters: Letters) -> Answer:
    if pattern == "*" or pattern == text:
        return Answer.YES
    if OWN in (pattern, text):
        return Answer.UNDECIDED
    return _match_name(pattern, text, letters)


def _match_tail(area: Area, point: Point) -> Answer:
    if matcher(area.tail)(point.tail):
        return Answer.YES
    return Answer.UNDECIDED if area.unknown or point.unknown else Answer.NO


def _partly_open(text: str, letters: Letters) -> bool:
    """Whether a text stands for several, but not for all."""
    return letters.any_text in text and text != letters.any_text
