"""When a resource pattern matches a resource, or none, or what another pattern matches."""

from camlint.access.answer import Answer
from camlint.access.areas import Area, Point
from camlint.access.intersections import globs_meet, intersect
from camlint.access.letters import Letters
from camlint.access.owner import differ
from camlint.access.regions import INFERRED
from camlint.patterns import matcher


def matches_point(area: Area, point: Point, letters: Letters) -> Answer:
    """Whether the area holds the resource."""
    if area.everything or area.sources & point.sources:
        return Answer.YES
    answers = (
        _match_segment(area.service, point.service, letters),
        _match_tail(area, point),
        _match_region(area.region, point.region, letters),
        _match_account(area, point, letters),
    )
    if Answer.NO in answers:
        return Answer.NO
    return Answer.UNDECIDED if Answer.UNDECIDED in answers else Answer.YES


def matches_nothing_named(
    area: Area, service: str, sources: frozenset[str], letters: Letters
) -> Answer:
    """Whether the area matches a request of ``service`` to which CAM gives no resource.

    Only ``"*"`` surely does. Six segments that name nothing but the service might; no page says.
    Whatever the request was found in, ``sources``, matches it.
    Source: https://cloud.tencent.com/document/product/598/67492
    """
    if area.everything or area.sources & sources:
        return Answer.YES
    if not area.open:
        return Answer.NO
    rest = (area.region, area.account, letters.loosen(area.tail))
    if any(part.strip("*") and not letters.unknown(part) for part in rest):
        return Answer.NO
    named = area.service
    if named in ("", "*", service) or letters.unknown(named) or matcher(named)(service):
        return Answer.UNDECIDED
    return Answer.NO


def overlap(one: Area, other: Area, letters: Letters) -> Answer:
    """Whether two areas share a resource; NO is a proof that they don't."""
    if one.everything or other.everything or one.sources & other.sources:
        return Answer.YES
    answers = (
        _segments_meet(one.service, other.service, letters),
        _regions_meet(one.region, other.region, letters),
        _accounts_meet(one, other),
        Answer.YES if globs_meet(one.loose, other.loose) else Answer.NO,
    )
    if Answer.NO in answers:
        return Answer.NO
    if one.unknown or other.unknown or Answer.UNDECIDED in answers:
        return Answer.UNDECIDED
    return Answer.YES


def intersect_areas(one: Area, other: Area, letters: Letters) -> tuple[list[Area], bool]:
    """Areas that hold all resources that both hold, and whether they hold nothing else."""
    if other.everything or one.sources >= other.sources:
        return [one], True
    if one.everything or other.sources >= one.sources:
        return [other], True
    shared = overlap(one, other, letters)
    if shared is Answer.NO:
        return [], True
    service = other.service if one.service in ("", "*") else one.service
    region = other.region if one.region in ("", "*") else one.region
    account = one if other.account == "*" or (one.own and one.account) else other
    unknown = one.unknown or other.unknown
    tails = [one.tail] if unknown else intersect(one.tail, other.tail)
    return [
        Area(
            one.sources | other.sources,
            (service, region, account.account, tail),
            own=account.own,
            loose=one.loose if unknown else tail,
            prefix=one.prefix,
            unknown=unknown,
        )
        for tail in tails
    ], shared is Answer.YES


def _match_segment(pattern: str, text: str, letters: Letters) -> Answer:
    if not pattern or pattern == "*" or pattern == text:
        return Answer.YES
    if not text or "*" in pattern or "*" in text or letters.unknown(pattern + text):
        return Answer.UNDECIDED
    return Answer.NO


def _match_region(pattern: str, text: str, letters: Letters) -> Answer:
    answer = _match_segment(pattern, text, letters)
    if answer is Answer.NO and (pattern in INFERRED or text in INFERRED):
        return Answer.UNDECIDED
    return answer


def _match_account(area: Area, point: Point, letters: Letters) -> Answer:
    if area.account == "*" or area.account == point.account or (area.own and point.own):
        return Answer.YES
    if point.account == letters.any_text and area.account and not area.own:
        return Answer.UNDECIDED if letters.unknown(area.account) else Answer.NO
    return Answer.NO if differ(area.account, point.account) else Answer.UNDECIDED


def _match_tail(area: Area, point: Point) -> Answer:
    if matcher(area.tail)(point.tail):
        return Answer.YES
    if (area.unknown or point.unknown) and globs_meet(area.loose, point.loose):
        return Answer.UNDECIDED
    return Answer.NO


def _segments_meet(one: str, other: str, letters: Letters) -> Answer:
    if one in ("", "*") or other in ("", "*") or one == other:
        return Answer.YES
    if "*" in one + other or letters.unknown(one + other):
        return Answer.UNDECIDED
    return Answer.NO


def _regions_meet(one: str, other: str, letters: Letters) -> Answer:
    answer = _segments_meet(one, other, letters)
    if answer is Answer.NO and (one in INFERRED or other in INFERRED):
        return Answer.UNDECIDED
    return answer


def _accounts_meet(one: Area, other: Area) -> Answer:
    if "*" in (one.account, other.account) or one.account == other.account:
        return Answer.YES
    if one.own and other.own:
        return Answer.YES
    return Answer.NO if differ(one.account, other.account) else Answer.UNDECIDED
