"""The mechanical slips that keep a text from being JSON, as the tokenizer meets them."""

from enum import Enum

from camlint.edit import TextEdit


class SlipKind(Enum):
    """What is wrong with the characters of a slip."""

    COMMENT = "comment"
    TRAILING_COMMA = "trailing comma"
    MISSING_COMMA = "missing comma"
    EXTRA_COMMA = "extra comma"
    MISSING_COLON = "missing colon"
    EXTRA_COLON = "extra colon"
    MISSING_VALUE = "missing value"
    CURLY_QUOTE = "curly quote"
    SINGLE_QUOTE = "single quote"
    DOUBLED_QUOTE = "doubled quote"
    UNTERMINATED_STRING = "unterminated string"
    FULL_WIDTH = "full-width punctuation"
    ODD_SPACE = "odd white space"
    UNQUOTED = "unquoted text"
    ELLIPSIS = "ellipsis"
    CONTROL_CHARACTER = "control character"
    BAD_ESCAPE = "bad escape"
    BAD_NUMBER = "bad number"
    UNCLOSED = "unclosed bracket"
    UNOPENED = "unopened bracket"
    EXTRA_VALUE = "extra value"
    UNBRACKETED = "values without brackets"
    QUOTE_PREFIX = "quotation prefix"
    EMPTY = "empty text"
    BYTE_ORDER_MARK = "byte-order mark"
    OTHER_ENCODING = "other encoding"
    NO_TEXT = "bytes that are no text"


OF_ENCODING = frozenset({SlipKind.BYTE_ORDER_MARK, SlipKind.OTHER_ENCODING, SlipKind.NO_TEXT})
"""The kinds of slip that are about how a file is written and not about its characters."""


class Slip:
    """One slip: ``text`` is what stands between offsets ``start`` and ``end`` of the document.

    Where something is missing (a comma, a colon, a value, a closing quote), the span is the one
    character after which it belongs, and ``text`` is what to put there. Of an unclosed bracket the
    span is the opening one, and ``text`` is the closing one. A needless object or list (EXTRA_VALUE)
    is shown by its first character. Of a slip OF_ENCODING, which the tokenizer can't see, the span is
    the first character that it is about, and ``text`` names the encoding, or for NO_TEXT says why
    the bytes are none. ``edits`` mend it, and ``mended`` says that it is known how: it
    is mended without any where others leave nothing to do.
    """

    __slots__ = ("edits", "end", "kind", "mended", "start", "text")

    def __init__(
        self,
        kind: SlipKind,
        start: int,
        end: int,
        text: str,
        edits: tuple[TextEdit, ...] | None = None,
    ) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.text = text
        self.edits = edits or ()
        self.mended = edits is not None

    def mended_by(self, edits: tuple[TextEdit, ...]) -> "Slip":
        """The same slip with what mends it."""
        return Slip(self.kind, self.start, self.end, self.text, edits)
