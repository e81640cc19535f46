"""What every format is: something that is told the findings file by file and writes as it goes."""

from collections.abc import Callable, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.findings import Diagnostic, Summary

Write = Callable[[str], object]
"""Where a report goes: the ``write`` of a text stream."""


class Report:
    """One report of one run: ``start``, then ``file`` for each file in order, then ``finish``.

    ``write`` takes the text, ``colour`` asks for ANSI colours from a format that has any. Nothing
    is kept of a file after its call, so that a report takes no more memory than its largest file.
    """

    __slots__ = ("_write",)

    def __init__(self, write: Write, *, colour: bool = False) -> None:
        del colour
        self._write = write

    def start(self) -> None:
        """Write what stands before all findings."""

    def file(self, diagnostics: "Sequence[Diagnostic]") -> None:
        """Write the findings of one file, all about the same source and in their order."""
        raise NotImplementedError

    def finish(self, summary: "Summary") -> None:
        """Write what stands after all findings."""
