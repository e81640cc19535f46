"""What one value of a condition key must be for an operator to hold: a test of a text, by family.

A text in a request is compared with the values of a condition after both were parsed by the type of
the operator. Sources: https://cloud.tencent.com/document/product/598/10608 and, for the wildcards of
``string_like``, https://cloud.tencent.com/document/product/436/71306
"""

from collections.abc import Callable
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

Test = Callable[[str], Answer]

_ORDERS: "dict[str, Callable[[Fraction, Fraction], bool]]" = {
    "": lambda one, other: one == other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}


def read_test(operator: Operator, values: tuple[Scalar, ...], letters: Letters) -> Test | None:
    """The test of one text against the values, which are alternatives; None for ``null_equal``.

    A value that can't be parsed leaves every answer undecided that no other value settles. So does
    a negated operator with two or more values for a text that equals one of them: the documents
    contradict one another about it.
    """
    family = operator.family
    if family == "null":
        return None
    wanted = [
        _read_one(operator, value, letters)
        for value in {(type(value), value): value for value in values}.values()
    ]
    if not operator.negated:
        return wanted[0] if len(wanted) == 1 else lambda text: _any(one(text) for one in wanted)
    if len(wanted) == 1:
        only = wanted[0]
        return lambda text: _NOT[only(text)]
    return lambda text: _none(one(text) for one in wanted)


def _any(answers: "Iterator[Answer]") -> Answer:
    found = Answer.NO
    for answer in answers:
        if answer is Answer.YES:
            return answer
        if answer is Answer.UNDECIDED:
            found = answer
    return found


def _none(answers: "Iterator[Answer]") -> Answer:
    return Answer.YES if _any(answers) is Answer.NO else Answer.UNDECIDED


_NOT = {
    Answer.YES: Answer.NO,
    Answer.NO: Answer.YES,
    Answer.UNDECIDED: Answer.UNDECIDED,
}


def _undecided(_: str) -> Answer:
    return Answer.UNDECIDED


def _read_one(operator: Operator, value: Scalar, letters: Letters) -> Test:
    """The test against one value, as if the operator weren't negated."""
    if operator.family in ("string", "binary"):
        if not isinstance(value, str):
            return _undecided
        hidden = letters.hide(value)
        if operator.name.endswith("_like"):
            return _like(hidden, letters)
        if operator.name.endswith("_ignore_case"):
            return _equal_ignoring_case(hidden, letters)
        return _equal(hidden, letters)
    if operator.family == "bool":
        flag = parse_bool(value)
        return _undecided if flag is None else lambda text: _same(parse_bool(text), flag)
    if operator.family == "ip":
        network = parse_network(value) if isinstance(value, str) else None
        return _undecided if network is None else _within(network)
    read = read_number if operator.family == "numeric" else read_instant
    bound = read(str(value) if isinstance(value, float) else value)
    if bound is None:
        return _undecided
    compare = _ORDERS[operator.order]

    def ordered(text: str) -> Answer:
        number = read(text)
        if number is None:
            return Answer.UNDECIDED
        return Answer.YES if compare(number, bound) else Answer.NO

    return ordered


def _equal(hidden: str, letters: Letters) -> Test:
    """Equality; a text with a part that isn't known surely equals only itself."""
    unknown = letters.unknown(hidden)
    loose = letters.loosen(hidden)

    def equal(text: str) -> Answer:
        if text == hidden:
            return Answer.YES
        if unknown or letters.unknown(text):
            return _perhaps(globs_meet(loose, letters.loosen(text)))
        return Answer.NO

    return equal


def _equal_ignoring_case(hidden: str, letters: Letters) -> Test:
    """Equality of ASCII letters in either case; how CAM folds others isn't documented."""
    folded = fold(hidden)
    sure = not letters.unknown(hidden) and all(
        one.isascii() or one.lower() == one.upper() for one in hidden
    )

    def equal(text: str) -> Answer:
        if text == hidden:
            return Answer.YES
        if not sure or letters.unknown(text):
            return Answer.UNDECIDED
        return Answer.YES if fold(text) == folded else Answer.NO

    return equal


def _like(hidden: str, letters: Letters) -> Test:
    """A pattern with ``*`` at its ends; one inside isn't documented and leaves it undecided."""
    if "*" in hidden.strip("*"):
        return _undecided
    unknown = letters.unknown(hidden)
    matches = matcher(hidden)
    loose = letters.loosen(hidden)

    def like(text: str) -> Answer:
        if matches(text):
            return Answer.YES
        if unknown or letters.unknown(text):
            return _perhaps(globs_meet(loose, letters.loosen(text)))
        return Answer.NO

    return like


def _within(network: Network) -> Test:
    def within(text: str) -> Answer:
        asked = parse_network(text)
        if asked is None:
            return Answer.UNDECIDED
        if asked.version != network.version or asked.high < network.low:
            return Answer.NO
        if network.low <= asked.low and asked.high <= network.high:
            return Answer.YES
        return _perhaps(asked.low <= network.high)

    return within


def _same(found: bool | None, wanted: bool) -> Answer:
    if found is None:
        return Answer.UNDECIDED
    return Answer.YES if found is wanted else Answer.NO


def _perhaps(possible: bool) -> Answer:
    return Answer.UNDECIDED if possible else Answer.NO


def fold(text: str) -> str:
    """The text with its ASCII capitals in lower case."""
    return "".join([one.lower() if one.isascii() else one for one in text])


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


if TYPE_CHECKING:
    from collections.abc import Iterator
