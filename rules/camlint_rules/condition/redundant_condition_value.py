"""A value of a condition is repeated, or covered by another value beside it."""

from collections.abc import Callable, Iterator

from camlint.patterns import covers, holds_placeholder
from camlint.rule import (
    Bad,
    Condition,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Related,
    Remove,
    Safety,
    Severity,
    clip,
    parse_date,
    parse_network,
    parse_number,
    quote,
    rule,
)

MAX_TRIED = 250_000
"""How many pairs of patterns are compared in one condition; past it, only repetitions are told."""

Covered = tuple[int, int, bool]
"""A value, the one that makes it redundant, and whether the two are equal."""


@rule(
    code="CAM316",
    name="redundant-condition-value",
    severity=Severity.NOTE,
    confidence=Confidence.HIGH,
    references=(
        "https://www.tencentcloud.com/document/product/598/10608",
        "https://cloud.tencent.com/document/product/598/73087",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cdb:Describe*"],
                  "resource": "*",
                  "condition": {
                    "ip_equal": {"qcs:ip": ["198.51.100.0/24", «"198.51.100.7"», "203.0.113.9"]},
                    "for_any_value:string_equal": {
                      "qcs:resource_tag": ["team&video", «"team&video"»]
                    }
                  }
                }
              ]
            }
            """,
            fixed="""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cdb:Describe*"],
                  "resource": "*",
                  "condition": {
                    "ip_equal": {"qcs:ip": ["198.51.100.0/24", "203.0.113.9"]},
                    "for_any_value:string_equal": {
                      "qcs:resource_tag": ["team&video"]
                    }
                  }
                }
              ]
            }
            """,
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:PutObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {
                    "string_like": {"cos:content-type": [«"image/png"», "image/*"]},
                    "numeric_less_than": {"cos:content-length": [1048576, «65536»]}
                  }
                }
              ]
            }
            """,
            fixed="""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:PutObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {
                    "string_like": {"cos:content-type": ["image/*"]},
                    "numeric_less_than": {"cos:content-length": [1048576]}
                  }
                }
              ]
            }
            """,
        ),
    ),
    good=Good("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cos:PutObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
              "condition": {
                "ip_equal": {"qcs:ip": ["198.51.100.0/24", "203.0.113.9"]},
                "string_equal": {"cos:content-type": ["image/png", "image/PNG"]}
              }
            }
          ]
        }
    """),
)
def check(condition: Condition, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    A condition holds as soon as one of the values under a key fits, so a value that fits only where
    another one does adds nothing. It makes the policy longer and misleads: who deletes `198.51.100.7`
    to shut that address out leaves it inside `198.51.100.0/24`.

    ## How to fix it

    Delete the value. Or, if the wider one is the mistake, delete that one.

    ## What camlint knows

    Values are compared as their operator does: texts exactly, or ignoring case; `*` at the ends of
    a value under `string_like`; addresses by their network, numbers and dates by what they are worth.
    Under an operator with `not` in its name only repetitions are reported, since CAM's documents
    don't agree on what several values mean there. Values that admit everything, such as `0.0.0.0/0`,
    make nothing redundant here: they are the mistake.
    """
    known = condition.known
    if known is None or len(condition.values) < 2:
        return
    if known.negated:
        find = _find_equal(condition, _as_written)
    elif known.family == "ip":
        find = _find_networks(condition)
    elif known.name == "string_like":
        find = _find_patterns(condition)
    elif known.order:
        worth = _moment if known.family == "date" else _number
        find = _find_bounds(condition, worth, largest="<" in known.order)
    else:
        find = _find_equal(condition, _KEYS.get(known.name, _KEYS.get(known.family, _as_written)))
    for index, other, equal in find:
        yield _tell(condition, index, other, equal=equal)


def _as_written(value: object) -> object:
    """Equal for values that no operator can tell apart."""
    if isinstance(value, str) and holds_placeholder(value):
        return None
    return type(value), value


def _folded(value: object) -> object:
    if isinstance(value, str) and value.isascii() and not holds_placeholder(value):
        return value.lower()
    return _as_written(value)


def _number(value: object) -> object:
    return parse_number(value)


def _moment(value: object) -> object:
    instant = parse_date(value) if isinstance(value, str) else None
    return instant.seconds if instant is not None and instant.documented else None


_KEYS: dict[str, Callable[[object], object]] = {
    "string_equal_ignore_case": _folded,
    "numeric": _number,
    "date": _moment,
}


def _find_equal(condition: Condition, key: Callable[[object], object]) -> Iterator[Covered]:
    """Values with the same key as an earlier one; those whose key is None are left alone."""
    first: dict[object, int] = {}
    for index, value in enumerate(condition.values):
        worth = key(value)
        if worth is not None and first.setdefault(worth, index) != index:
            yield index, first[worth], True


def _find_bounds(
    condition: Condition, key: Callable[[object], object], *, largest: bool
) -> Iterator[Covered]:
    """All bounds but the one that lets most through."""
    worths = [(key(value), index) for index, value in enumerate(condition.values)]
    known = [(worth, index) for worth, index in worths if worth is not None]
    if len(known) < 2:
        return
    sign = 1 if largest else -1
    widest, best = max(known, key=lambda one: (sign * one[0], -one[1]))  # type: ignore[operator]
    for worth, index in known:
        if index != best:
            yield index, best, worth == widest


def _find_networks(condition: Condition) -> Iterator[Covered]:
    """Networks inside another. One with host bits set makes nothing redundant: it is unclear."""
    found = list(_find_equal(condition, _as_written))
    repeated = {index for index, _, _ in found}
    networks = [
        (parse_network(value), index)
        for index, value in enumerate(condition.values)
        if isinstance(value, str) and index not in repeated
    ]
    known = [(one, index) for one, index in networks if one is not None and not one.everything]
    known.sort(key=lambda one: (one[0].version, one[0].low, -one[0].high, one[0].host_bits, one[1]))
    wide, holder = None, 0
    for network, index in known:
        if wide is not None and wide.version == network.version and network.high <= wide.high:
            equal = (network.low, network.high) == (wide.low, wide.high)
            found.append((index, holder, equal))
        elif not network.host_bits:
            wide, holder = network, index
    yield from sorted(found)


def _find_patterns(condition: Condition) -> Iterator[Covered]:
    """Values that a pattern with stars at its ends only matches wholly, and repetitions."""
    texts: dict[str, int] = {}
    for index, value in enumerate(condition.values):
        if not isinstance(value, str) or holds_placeholder(value):
            continue
        if value in texts:
            yield index, texts[value], True
        else:
            texts[value] = index
    wide = [text for text in texts if "*" in text and text.strip("*") and "*" not in text[1:-1]]
    tried = 0
    for text, index in texts.items():
        tried += len(wide)
        if tried > MAX_TRIED:
            return
        for other in wide:
            if other != text and covers(other, text):
                yield index, texts[other], False
                break


def _tell(condition: Condition, index: int, other: int, *, equal: bool) -> Finding:
    value, wider = condition.values[index], condition.values[other]
    shown, cover = quote(value), quote(wider)
    if not equal:
        message = (
            f"{shown} is covered by {cover} under the same {condition.key}, so it adds nothing"
        )
    elif shown == cover:
        message = f"{shown} already stands under the same {condition.key}, so it adds nothing"
    else:
        message = (
            f"{shown} is the same as {cover} under the same {condition.key}, so it adds nothing"
        )
    return Finding(
        message,
        condition.value_place(index),
        label="a repetition" if equal else "adds nothing",
        related=(Related(condition.value_place(other), "the same" if equal else "covers it"),),
        help="delete it"
        if equal
        else f"delete it; or, if {clip(cover)} is wider than needed, delete that one",
        fixes=(Fix(Safety.SAFE, "delete it", Remove(condition.value_place(index).pointer)),),
    )
