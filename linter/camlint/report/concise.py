"""One line a finding, for editors, grep, and people who know the rules."""

from collections.abc import Sequence

from camlint.report.header import header
from camlint.report.report import Report, Write
from camlint.report.terminal import BOLD, Paint, coloured, escape, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.findings import Diagnostic


class ConciseReport(Report):
    """``path:line:column: error[CAM505] void-grant: message``, and nothing else."""

    __slots__ = ("_paint",)

    def __init__(self, write: Write, *, colour: bool = False) -> None:
        super().__init__(write)
        self._paint: Paint = coloured if colour else plain

    def file(self, diagnostics: "Sequence[Diagnostic]") -> None:
        """Write a line for each finding."""
        if not diagnostics:
            return
        paint = self._paint
        path = paint(BOLD, escape(diagnostics[0].source.path))
        lines: list[str] = []
        for one in diagnostics:
            region = one.region
            lines.append(f"{path}:{region.line}:{region.column}: {header(one, paint)}\n")
        self._write("".join(lines))
