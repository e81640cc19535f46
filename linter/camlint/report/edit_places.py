"""Where edits of a file stand, its lines counted once for all findings that have some."""

from collections.abc import Sequence
from functools import lru_cache

from camlint.findings import Region
from camlint.source import Lines, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.edit import TextEdit


def locate_edits(text: str, edits: "Sequence[TextEdit]") -> list[Region]:
    """The lines and columns of the characters that each edit of a text replaces."""
    lines = _index(text)
    return [Region(Span(one.start, one.end), lines) for one in edits]


@lru_cache(maxsize=1)
def _index(text: str) -> Lines:
    """The lines of the text that was asked about last: findings come file by file."""
    return Lines(text)
