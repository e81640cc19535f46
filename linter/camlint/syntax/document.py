"""A text read as JSON: its plain value, what kept it from being JSON, and the way to its places."""

import json
from collections.abc import Iterable
from itertools import accumulate

from camlint.place import Place, Pointer
from camlint.source import Source, Span
from camlint.syntax.duplicate import Duplicate
from camlint.syntax.slips import Slip

MAX_NESTING = 200
"""Deeper texts are not analysed (a budget of ours; the parser stops at a depth of its own)."""

TOO_DEEP = f"it nests deeper than {MAX_NESTING} levels"
TOO_BROKEN = "it is not JSON, and too long or too broken to go through slip by slip"
NOT_UTF8 = "its URL-encoding does not hold UTF-8 text"


class Document:
    """A text that is or should be JSON: a file, or the contents of a string in another document.

    ``text`` is the document's own text, decoded if it came out of a string. ``value`` is the plain
    value, None when there are ``slips`` or a ``refusal``. ``slips`` are the places where the text
    is not JSON, ``refusal`` a reason why it is not analysed (``""``: it is), a sentence for people.
    ``outer`` and ``pointer`` say in which string of which document the text stands, ``percent``
    that it is URL-encoded there.
    """

    __slots__ = (
        "duplicates",
        "outer",
        "percent",
        "pointer",
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
        *,
        slips: tuple[Slip, ...] = (),
        duplicates: tuple[Duplicate, ...] = (),
        refusal: str = "",
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
        self.outer = outer
        self.pointer = pointer
        self.percent = percent

    def locate(self, place: Place) -> Span:
        """Where a place of this document stands in the text of the file."""
        return self.locate_all((place,))[0]

    def locate_all(self, places: Iterable[Place]) -> list[Span]:
        """Where each place stands in the text of the file; one scan of the text serves them all.

        A whole string or key includes its quotes, a range of its characters doesn't. A place that
        doesn't exist is taken for the opening of the nearest value around it that does.
        """
        from camlint.syntax.locate import locate_places  # noqa: PLC0415

        return locate_places(self, places)


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


_decode = json.JSONDecoder(object_pairs_hook=_make_object, parse_constant=refuse_constant).decode


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
        if isinstance(value, list):
            if isinstance(step, str) or step < 0:
                raise LookupError(pointer)
            value = value[step]
        elif isinstance(value, dict):
            value = value[step]
        else:
            raise LookupError(pointer)
    return value


def _read(
    source: Source, text: str, outer: Document | None, pointer: Pointer, *, percent: bool
) -> Document:
    value: object = None
    slips: tuple[Slip, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    refusal = ""
    if text.count("{") + text.count("[") > MAX_NESTING and _nesting(text) > MAX_NESTING:
        refusal = TOO_DEEP
    else:
        try:
            value = _decode(text)
        except json.JSONDecodeError:
            slips, refusal = _find_slips(text)
        except (_RepeatedKeyError, ValueError):
            from camlint.syntax.repeats import TOO_REPETITIVE, RepetitiveError, decode  # noqa: PLC0415

            try:
                value, duplicates = decode(text)
            except RepetitiveError:
                refusal = TOO_REPETITIVE
            except ValueError:
                slips, refusal = _find_slips(text)
    return Document(
        source,
        text,
        value,
        slips=slips,
        duplicates=duplicates,
        refusal=refusal,
        outer=outer,
        pointer=pointer,
        percent=percent,
    )


def _find_slips(text: str) -> tuple[tuple[Slip, ...], str]:
    """What is wrong with a text that isn't JSON, and the reason if it can't all be told."""
    from camlint.syntax.json import parse  # noqa: PLC0415

    parsed = parse(text)
    return parsed.slips, "" if parsed.complete else TOO_BROKEN


def _nesting(text: str) -> int:
    """How deep brackets nest outside strings: exact for JSON, and up to the first slip of others."""
    import re  # noqa: PLC0415

    brackets = re.sub(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[^]["{}]++', "", text, flags=re.DOTALL)
    step = {"[": 1, "{": 1, "]": -1, "}": -1}
    return max(accumulate(map(step.__getitem__, brackets)), default=0)
