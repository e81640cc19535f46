"""The few values of a condition key that stand for all: every other value is told from none of them.

For each text that a request may have under the key there is one among them for which every condition
of the question gives the same answer, or an undecided one.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise, product

from camlint.access.answer import Answer
from camlint.access.intersections import OutOfBudget, intersect
from camlint.access.letters import Letters
from camlint.access.terms import Term
from camlint.access.value_tests import Parsed, fold, read_instant, read_number
from camlint.policy.values import Network, parse_network

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction

MOST_GLOBS = 1024
"""Intersections of the patterns on one key before its values are given up as too many."""

MOST_SPELLINGS = 1024
"""Spellings of one text in capitals and small letters that are told apart."""

MOST_DIGITS = 400
"""Decimal places of a number; the bounds have no more, nor does what lies between two of them."""

FILLERS = ("example", "", "other", "any", *(f"example-{number}" for number in range(2, 20)))
TAGS = ("example&example", "other&other")
TAG_KEYS = ("qcs:resource_tag", "qcs:request_tag", "qcs:tag")
ADDRESSES = (
    *("203.0.113.7", "198.51.100.7", "192.0.2.7", "8.8.8.8", "10.0.0.7"),
    *("2001:db8::7", "2001:4860::7", "fd00::7"),
)
"""Addresses that people know not to be anybody's, and some that are, for requests from elsewhere."""

SECONDS = (-62135596800, 253402300799)
"""The first and the last second that can be written as a date of CAM's form."""

Signature = tuple[Answer, ...]


def find_atoms(key: str, terms: Sequence[Term], letters: Letters) -> dict[str, Signature]:
    """The values of a key, each with the answers of the terms, readable ones where there are.

    Conditions on a key with operators of two families are undecided for every value of it. Raises
    OutOfBudget where there are too many.
    """
    families = {term.operator.family for term in terms if term.operator is not None} - {"null"}
    if len(families) != 1:
        answers = [term.one("any") if term.null else Answer.UNDECIDED for term in terms]
        return {"any": tuple(answers)}
    (family,) = families
    texts: Iterable[str]
    if family in ("string", "binary"):
        texts = _find_texts(terms, letters)
    elif family == "ip":
        texts = _find_addresses(terms)
    elif family == "bool":
        texts = ("true", "false")
    else:
        texts = _find_sizes(terms, dates=family == "date")
    parse = next(term.parse for term in terms if term.operator is not None and not term.null)
    found: dict[Signature, str] = {}
    for text in texts:
        signature = _sign(parse(text), terms)
        if signature in found:
            continue
        found[signature] = text
        if letters.any_text in text:
            found[signature] = _make_readable(key, text, signature, terms, letters)
    return {text: signature for signature, text in found.items()}


def _sign(parsed: Parsed | None, terms: Sequence[Term]) -> Signature:
    return tuple([term.one(parsed) for term in terms])


def _make_readable(
    key: str, text: str, signature: Signature, terms: Sequence[Term], letters: Letters
) -> str:
    """Another text with the same answers that a person can read, the text itself if there is none."""
    for filler in chain(TAGS if key in TAG_KEYS else (), FILLERS):
        candidate = text.replace(letters.any_text, filler)
        if candidate and _sign(candidate, terms) == signature:
            return candidate
    return text


def _find_texts(terms: Sequence[Term], letters: Letters) -> Iterator[str]:
    """Each text that is named, in each spelling that matters, and the generic ones of patterns."""
    literals: dict[str, None] = {}
    folded: dict[str, None] = {}
    globs: dict[str, None] = {"*": None}
    for term in terms:
        name = term.operator.name if term.operator is not None else ""
        for value in term.hides:
            if not isinstance(value, str) or term.operator is None:
                continue
            if name.endswith("_ignore_case"):
                folded.setdefault(fold(value))
            elif name.endswith("_like") and "*" in value.strip("*"):
                continue
            elif "*" in value and name.endswith("_like"):
                globs.setdefault(letters.loosen(value))
            else:
                literals.setdefault(value)
            if letters.unknown(value):
                globs.setdefault(letters.loosen(value))
    yield from literals
    for text in folded:
        yield from _spell(text, literals, every=len(globs) > 1)
    for glob in _intersect_all(globs):
        yield letters.generic(glob)


def _spell(folded: str, literals: Iterable[str], *, every: bool) -> Iterator[str]:
    """Spellings of a text: all of them where patterns may tell them apart, else one that is new."""
    choices = [(one, one.upper()) if one.isascii() and one.isalpha() else (one,) for one in folded]
    if every and 2 ** sum(len(choice) - 1 for choice in choices) > MOST_SPELLINGS:
        raise OutOfBudget
    taken = set(literals)
    for spelling in product(*choices):
        text = "".join(spelling)
        if every:
            yield text
        elif text not in taken:
            yield text
            return


def _intersect_all(globs: Iterable[str]) -> list[str]:
    """What any of the globs have in common, as globs."""
    found: dict[str, None] = {}
    for glob in globs:
        for one in list(found):
            for shared in intersect(one, glob):
                found.setdefault(shared)
        found.setdefault(glob)
        if len(found) > MOST_GLOBS:
            raise OutOfBudget
    return list(found)


def _find_sizes(terms: Sequence[Term], *, dates: bool) -> Iterator[str]:
    """Each number or date that is named, what lies between two, and what lies outside of all."""
    from fractions import Fraction  # noqa: PLC0415 - few policies have numbers

    bounds: set[Fraction] = set()
    for term in terms:
        for value in term.values:
            spelt = str(value) if isinstance(value, float) else value
            bound = read_instant(spelt) if dates else read_number(spelt)
            if bound is not None:
                bounds.add(bound)
    if not bounds:
        yield _spell_date(Fraction(0)) if dates else "1"
        return
    ordered = sorted(bounds)
    step = 86_400 if dates else 1
    sizes = [*ordered, ordered[0] - step, ordered[-1] + step]
    sizes += [_between(one, other) for one, other in pairwise(ordered)]
    if dates:
        low, high = (Fraction(one) for one in SECONDS)
        kept = {min(max(size, low), high) for size in sizes}
        yield from (_spell_date(size) for size in sorted(kept))
    else:
        yield from (_spell_number(size) for size in sizes)


def _between(low: "Fraction", high: "Fraction") -> "Fraction":
    """A number between two others, a whole one where there is one."""
    whole = low + 1 - low % 1
    return whole if whole < high else (low + high) / 2


def _spell_number(number: "Fraction") -> str:
    """A number in decimal notation, exact where its denominator divides a power of ten."""
    digits = 0
    denominator = number.denominator
    while denominator > 1 and 10**digits % denominator and digits < MOST_DIGITS:
        digits += 1
    if not digits:
        return str(number.numerator)
    scaled = abs(number.numerator) * 10**digits // denominator
    sign = "-" if number < 0 else ""
    return f"{sign}{scaled // 10**digits}.{scaled % 10**digits:0{digits}d}"


def _spell_date(seconds: "Fraction") -> str:
    """A date as CAM documents it, with fractions of a second where it has them."""
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415 - few policies have dates

    micros = (seconds * 1_000_000).__floor__()
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
    fraction = f".{micros % 1_000_000:06d}" if micros % 1_000_000 else ""
    return f"{moment:%Y-%m-%dT%H:%M:%S}".rjust(19, "0") + fraction + "Z"


def _find_addresses(terms: Sequence[Term]) -> Iterator[str]:
    """An address of each range that the networks cut out, and some of either version elsewhere."""
    from ipaddress import IPv4Address, IPv6Address  # noqa: PLC0415 - few policies have addresses

    networks = [
        network
        for term in terms
        for value in term.values
        if isinstance(value, str) and (network := parse_network(value)) is not None
    ]
    yield from ADDRESSES
    for version in (4, 6):
        top = (1 << (32 if version == 4 else 128)) - 1
        spell = IPv4Address if version == 4 else IPv6Address
        starts = sorted({0} | set(_starts(networks, version, top)))
        for start, end in pairwise((*starts, top + 1)):
            yield str(spell(start + 1 if end - start > 2 else start))


def _starts(networks: list[Network], version: int, top: int) -> Iterator[int]:
    """Where a range begins or the next one does."""
    for network in networks:
        if network.version == version:
            yield network.low
            if network.high < top:
                yield network.high + 1
