"""A text read as JSON: its plain value, what kept it from being JSON, and the way to its places."""

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate

from camlint.place import Place, Pointer
from camlint.source import Source, Span
from camlint.syntax.duplicate import Duplicate
from camlint.syntax.slips import Slip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.syntax.repair import Recovered

MAX_NESTING = 200
"""Deeper texts are not analysed (a budget of ours; the parser stops at a depth of its own)."""

TOO_DEEP = f"it nests deeper than {MAX_NESTING} levels"
TOO_BROKEN = "it is not JSON, and too long or too broken to go through slip by slip"
NOT_UTF8 = "its URL-encoding does not hold UTF-8 text"


class Document:
    """A text that is or should be JSON: a file, or the contents of a string in another document.

    ``text`` is the document's own text, decoded if it came out of a string. ``slips`` are the
    places where the text is not JSON, and ``recovered`` is how it reads once they are mended, where
    that can be told. ``value`` is the plain value, None when there is a ``refusal``, a reason why
    the text is not analysed (``""``: it is), for people, or there are slips and nothing recovered.
    ``outer`` and ``pointer`` say in which string of which document the text stands, ``percent``
    that it is URL-encoded there.
    """

    __slots__ = (
        "duplicates",
        "outer",
        "percent",
        "pointer",
        "recovered",
        "refusal",
        "slips",
        "source",
        "text",
        "value",
    )

    def __init__(
        self,
        source: Source,
        text: str,
        value: object = None,
        slips: tuple[Slip, ...] = (),
        duplicates: tuple[Duplicate, ...] = (),
        refusal: str = "",
        recovered: "Recovered | None" = None,
        outer: "Document | None" = None,
        pointer: Pointer = (),
        percent: bool = False,
    ) -> None:
        self.source = source
        self.text = text
        self.value = value
        self.slips = slips
        self.duplicates = duplicates
        self.refusal = refusal
        self.recovered = recovered
        self.outer = outer
        self.pointer = pointer
        self.percent = percent

    @property
    def readable(self) -> bool:
        """Whether there is a value to analyse."""
        return not self.refusal and (self.recovered is not None or not self.slips)

    @property
    def plain_text(self) -> str:
        """The text as JSON: as it stands, or as it reads once its slips are mended."""
        return self.text if self.recovered is None else self.recovered.text

    def locate(self, place: Place) -> Span:
        """Where a place of this document stands in the text of the file."""
        return self.locate_all((place,))[0]

    def locate_all(self, places: Sequence[Place]) -> list[Span]:
        """Where each place stands in the text of the file; one scan of the text serves them all.

        A whole string or key includes its quotes, a range of its characters doesn't. A place that
        doesn't exist is taken for the opening of the nearest value around it that does.
        """
        return _locator()(self, places)


@lru_cache(maxsize=1)
def _locator() -> "Callable[[Document, Sequence[Place]], list[Span]]":
    from camlint.syntax.locate import locate_places  # noqa: PLC0415 - a clean run needs none

    return locate_places


BLANKS = " \t\n\r"
"""What JSON takes for white space."""


class _RepeatedKeyError(Exception):
    """An object has a key twice; the text must be read again by somebody who takes notes."""


def _make_object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _RepeatedKeyError
    return made


def refuse_constant(name: str) -> object:
    """Say of NaN or Infinity that it isn't JSON."""
    raise ValueError(name)


_decoder = json.JSONDecoder(object_pairs_hook=_make_object, parse_constant=refuse_constant)
_scan: "Callable[[str, int], tuple[object, int]]" = _decoder.scan_once  # type: ignore[attr-defined]


def _decode(text: str) -> object:
    """The value of a JSON text. Raises ValueError and _RepeatedKeyError."""
    try:
        value, end = _scan(text, 0)
    except StopIteration:
        # White space comes first, or a value is missing somewhere.
        return _decoder.decode(text)
    if end < len(text) and text[end:].strip(BLANKS):
        return _decoder.decode(text)
    return value


def read_document(source: Source) -> Document:
    """Read the text of a file as JSON. Whatever is wrong with it is said by the result."""
    if source.damage:
        return Document(source, source.text, refusal=source.damage)
    return _read(source, source.text, None, (), percent=False)


def embed(outer: Document, pointer: Pointer, *, percent: bool = False) -> Document:
    """The document that the string at ``pointer`` of ``outer`` holds, URL-encoded if ``percent``.

    Raises LookupError when there is no string at the pointer.
    """
    text = find_value(outer.value, pointer)
    if not isinstance(text, str):
        raise LookupError(pointer)
    if percent:
        from camlint.syntax.strings import decode_percent  # noqa: PLC0415

        encoded = text
        text, _ = decode_percent(encoded)
        if "\ufffd" in text and "\ufffd" not in encoded and "%EF%BF%BD" not in encoded.upper():
            return Document(
                outer.source, text, refusal=NOT_UTF8, outer=outer, pointer=pointer, percent=percent
            )
    return _read(outer.source, text, outer, pointer, percent=percent)


def find_value(value: object, pointer: Pointer) -> object:
    """The value at ``pointer`` below a plain value. Raises LookupError when there is none."""
    for step in pointer:
        if isinstance(value, dict):
            value = value[step]
            continue
        if not isinstance(value, list) or not isinstance(step, int) or step < 0:
            raise LookupError(pointer)
        value = value[step]
    return value


def _read(
    source: Source, text: str, outer: Document | None, pointer: Pointer, *, percent: bool
) -> Document:
    value: object = None
    slips: tuple[Slip, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    refusal = ""
    recovered: Recovered | None = None
    if text.count("{") + text.count("[") > MAX_NESTING and _nesting(text) > MAX_NESTING:
        refusal = TOO_DEEP
    else:
        try:
            value = _decode(text)
        except json.JSONDecodeError:
            value, duplicates, slips, recovered, refusal = _recover(text)
        except (_RepeatedKeyError, ValueError):
            from camlint.syntax.repeats import TOO_REPETITIVE, RepetitiveError, decode  # noqa: PLC0415

            try:
                value, duplicates = decode(text)
            except RepetitiveError:
                refusal = TOO_REPETITIVE
            except ValueError:
                value, duplicates, slips, recovered, refusal = _recover(text)
    return Document(
        source,
        text,
        value,
        slips,
        duplicates,
        refusal,
        recovered,
        outer,
        pointer,
        percent,
    )


def _recover(
    text: str,
) -> "tuple[object, tuple[Duplicate, ...], tuple[Slip, ...], Recovered | None, str]":
    """What a text that isn't JSON means all the same, and what is wrong with it.

    The reason comes last if that can't all be told.
    """
    from camlint.syntax.json import parse  # noqa: PLC0415
    from camlint.syntax.repair import recover  # noqa: PLC0415
    from camlint.syntax.repeats import RepetitiveError, decode  # noqa: PLC0415

    parsed = parse(text)
    if not parsed.complete:
        return None, (), parsed.slips, None, TOO_BROKEN
    slips, recovered = recover(text, parsed)
    if recovered is None or _nesting(recovered.text) > MAX_NESTING:
        return None, (), slips, None, ""
    try:
        value, duplicates = decode(recovered.text)
    except (RepetitiveError, ValueError):
        return None, (), slips, None, ""
    return value, duplicates, slips, recovered, ""


def _nesting(text: str) -> int:
    """How deep brackets nest outside strings: exact for JSON, and up to the first slip of others."""
    import re  # noqa: PLC0415

    brackets = re.sub(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[^]["{}]++', "", text, flags=re.DOTALL)
    step = {"[": 1, "{": 1, "]": -1, "}": -1}
    return max(accumulate(map(step.__getitem__, brackets)), default=0)
