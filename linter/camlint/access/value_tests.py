"""What one value of a condition key must be for an operator to hold, by the family of the operator.

A text in a request is first parsed by that family, then compared with all values of the condition at
once. Sources: https://cloud.tencent.com/document/product/598/10608 and, for the wildcards of
``string_like``, https://cloud.tencent.com/document/product/436/71306
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import lru_cache

from camlint.access.answer import Answer
from camlint.access.intersections import globs_meet
from camlint.access.letters import Letters
from camlint.patterns import matcher
from camlint.policy.elements import Scalar
from camlint.policy.operators import Operator
from camlint.policy.values import Network, parse_bool, parse_date, parse_network, parse_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction

Parsed = object
"""A text as an operator sees it: the text, a number, an instant, a network, a truth value."""

Parse = Callable[[str], Parsed | None]
"""Reads a text of a request; None where the family of the operator can't."""

Test = Callable[[Parsed], bool | None]
"""Whether a parsed text is one of the values; None where that isn't known."""


class ValueTest:
    """How an operator compares: ``parse`` reads a text, ``test`` says if it is among the values."""

    __slots__ = ("_negated", "_single", "parse", "test")

    def __init__(self, operator: Operator, values: tuple[Scalar, ...], letters: Letters) -> None:
        distinct = {(type(value), value): value for value in values}
        self.parse: Parse = _PARSERS.get(operator.family, _keep)
        self.test = _read_test(operator, list(distinct.values()), letters)
        self._negated = operator.negated
        self._single = len(distinct) == 1

    def judge(self, parsed: Parsed | None) -> Answer:
        """Whether the operator holds for a text, as parsed.

        A negated operator with two or more values is undecided for a text that equals one of them:
        the documents contradict one another about it.
        """
        found = None if parsed is None else self.test(parsed)
        if found is None or (found and self._negated and not self._single):
            return Answer.UNDECIDED
        return Answer.YES if found is not self._negated else Answer.NO


def _keep(text: str) -> str:
    return text


@lru_cache(maxsize=4096, typed=True)
def read_number(value: Scalar) -> "Fraction | None":
    """The number that a value spells, exactly."""
    return parse_number(value)


@lru_cache(maxsize=4096, typed=True)
def read_instant(value: Scalar) -> "Fraction | None":
    """The seconds since 1970 that a date spells, exact to the microsecond."""
    from fractions import Fraction  # noqa: PLC0415 - few policies have dates

    instant = parse_date(value) if isinstance(value, str) else None
    if instant is None:
        return None
    return Fraction(round(instant.seconds * 1_000_000), 1_000_000)


_PARSERS: dict[str, Parse] = {
    "numeric": read_number,
    "date": read_instant,
    "bool": parse_bool,
    "ip": parse_network,
}


def _read_test(operator: Operator, values: list[Scalar], letters: Letters) -> Test:
    """The test against all values, alternatives, as if the operator weren't negated."""
    family = operator.family
    if family in ("string", "binary"):
        texts = [letters.hide(value) for value in values if isinstance(value, str)]
        # One page has binary_equal compare texts, another one numbers: 1 may equal 1.0.
        numbers = family == "binary" and any(read_number(text) is not None for text in texts)
        opaque = len(texts) < len(values) or numbers
        if operator.name.endswith("_like"):
            return _like(texts, letters, opaque=opaque)
        if operator.name.endswith("_ignore_case"):
            return _equal_ignoring_case(texts, letters, opaque=opaque)
        return _equal(texts, letters, opaque=opaque)
    if family == "ip":
        networks = [parse_network(value) if isinstance(value, str) else None for value in values]
        return _within([one for one in networks if one is not None], opaque=None in networks)
    if family == "bool":
        flags = {parse_bool(value) for value in values}
        return lambda flag: flag in flags or (None if None in flags else False)
    read = read_number if family == "numeric" else read_instant
    bounds = [read(str(value) if isinstance(value, float) else value) for value in values]
    return _compare(operator.order, [one for one in bounds if one is not None], None in bounds)


def _compare(order: str, bounds: "list[Fraction]", opaque: bool) -> Test:
    """Sizes against bounds: the loosest one decides."""
    rest = None if opaque else False
    if not order:
        equal = frozenset(bounds)
        return lambda size: size in equal or rest
    if not bounds:
        return lambda _: rest
    low, high = min(bounds), max(bounds)
    tests: dict[str, Callable[[Fraction], bool]] = {
        "<": lambda size: size < high,
        "<=": lambda size: size <= high,
        ">": lambda size: size > low,
        ">=": lambda size: size >= low,
    }
    test = tests[order]
    return lambda size: test(size) or rest  # type: ignore[arg-type]


def _equal(texts: list[str], letters: Letters, *, opaque: bool) -> Test:
    """Equality; a text with a part that isn't known surely equals only itself."""
    known = frozenset(texts)
    loose = [letters.loosen(text) for text in texts if letters.unknown(text)]

    def equal(parsed: Parsed) -> bool | None:
        text = str(parsed)
        if text in known:
            return True
        if opaque:
            return None
        if letters.unknown(text):
            glob = letters.loosen(text)
            return None if any(globs_meet(letters.loosen(one), glob) for one in texts) else False
        return None if any(matcher(one)(text) for one in loose) else False

    return equal


def _equal_ignoring_case(texts: list[str], letters: Letters, *, opaque: bool) -> Test:
    """Equality of ASCII letters in either case; how CAM folds others isn't documented."""
    folded = frozenset(map(fold, texts))
    known = frozenset(texts)
    unsure = opaque or any(
        letters.unknown(text)
        or not all(one.isascii() or one.lower() == one.upper() for one in text)
        for text in texts
    )

    def equal(parsed: Parsed) -> bool | None:
        text = str(parsed)
        if text in known:
            return True
        if unsure or letters.unknown(text):
            return None
        return fold(text) in folded

    return equal


def _like(texts: list[str], letters: Letters, *, opaque: bool) -> Test:
    """Patterns with ``*`` at their ends; one inside isn't documented and leaves it undecided."""
    plain = [text for text in texts if "*" not in text.strip("*")]
    unsure = opaque or len(plain) < len(texts)
    matchers = [matcher(text) for text in plain]
    loose = [letters.loosen(text) for text in plain if letters.unknown(text)]

    def like(parsed: Parsed) -> bool | None:
        text = str(parsed)
        for matches in matchers:
            if matches(text):
                return True
        if unsure:
            return None
        if letters.unknown(text):
            glob = letters.loosen(text)
            return None if any(globs_meet(letters.loosen(one), glob) for one in plain) else False
        return None if any(matcher(one)(text) for one in loose) else False

    return like


def _within(networks: list[Network], *, opaque: bool) -> Test:
    """An address, or a network as a whole, inside of one of the ranges that the networks make up."""
    ranges = {version: _merge(networks, version) for version in (4, 6)}
    rest = None if opaque else False

    def within(parsed: Parsed) -> bool | None:
        if not isinstance(parsed, Network):
            return None
        starts, ends = ranges[parsed.version]
        number = bisect_right(starts, parsed.low) - 1
        if number >= 0 and parsed.high <= ends[number]:
            return True
        if number >= 0 and parsed.low <= ends[number]:
            return None
        return None if number + 1 < len(starts) and starts[number + 1] <= parsed.high else rest

    return within


def _merge(networks: Iterable[Network], version: int) -> tuple[list[int], list[int]]:
    """The first and the last addresses of the ranges of a version, in order, none touching."""
    starts: list[int] = []
    ends: list[int] = []
    for low, high in sorted((one.low, one.high) for one in networks if one.version == version):
        if ends and low <= ends[-1] + 1:
            ends[-1] = max(ends[-1], high)
        else:
            starts.append(low)
            ends.append(high)
    return starts, ends


def fold(text: str) -> str:
    """The text with its ASCII capitals in lower case."""
    return text.lower() if text.isascii() else "".join(map(_fold_one, text))


def _fold_one(letter: str) -> str:
    return letter.lower() if letter.isascii() else letter
