"""Findings for people: the sentence, the lines it speaks of, and the way out."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, repeat

from camlint.report.excerpt import Excerpt, mark_finding, mark_region
from camlint.report.header import header
from camlint.report.report import Report, Write
from camlint.report.summary import saw_policy, summary_line
from camlint.report.terminal import BLUE, BOLD, DIM, Paint, coloured, escape, plain
from camlint.source import Lines, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.findings import Diagnostic, RelatedRegion, Summary

COMMANDS = {
    "safe": "camlint fix",
    "narrowing": "camlint fix --unsafe-fixes",
    "repair": "camlint fix --repair",
}
"""What makes the fixes of each class."""

RECENT = 16
"""How many lines of the current file are kept at hand; findings often share theirs."""


class TextReport(Report):
    """Each finding with an excerpt, a blank line between two, and the summary at the end."""

    __slots__ = ("_gaps", "_paint")

    def __init__(self, write: Write, *, colour: bool = False) -> None:
        super().__init__(write)
        self._paint: Paint = coloured if colour else plain
        self._gaps = chain(("",), repeat("\n"))

    def file(self, diagnostics: "Sequence[Diagnostic]") -> None:
        """Write each finding of the file with its excerpt."""
        if not diagnostics:
            return
        line = lru_cache(RECENT)(Lines(diagnostics[0].source.text).line)
        for diagnostic in diagnostics:
            excerpt = Excerpt(mark_finding(diagnostic, line), line)
            rows = _rows(diagnostic, excerpt, self._paint)
            self._write(next(self._gaps) + "".join(f"{row}\n" for row in rows))

    def finish(self, summary: "Summary") -> None:
        """Write the summary; that there was no policy at all is not for a report to say."""
        if saw_policy(summary):
            self._write(summary_line(summary) + "\n")


def _rows(diagnostic: "Diagnostic", excerpt: Excerpt, paint: Paint) -> Iterator[str]:
    source, start = diagnostic.source, diagnostic.region.start
    yield header(diagnostic, paint)
    arrow = " " * (excerpt.margin + 1) + paint(DIM, "-->")
    yield f"{arrow} {escape(source.path)}:{start.line}:{start.column}"
    if source.text and not source.damage:
        yield from excerpt.rows(paint)
    for related in diagnostic.related:
        if related.elsewhere is not None:
            yield from _elsewhere(related, related.elsewhere, paint)
    bullet = " " * (excerpt.margin + 2) + paint(DIM, "=")
    for number, text in enumerate(_steps(diagnostic), 1):
        yield f"{bullet} {paint(BOLD, f'step {number}')}: {escape(text)}"
    for word, text in (
        ("fix", show_fixes(diagnostic)),
        ("help", _further_help(diagnostic)),
        ("note", diagnostic.note),
        ("note", _example(diagnostic)),
        ("note", _sureness(diagnostic)),
    ):
        if text:
            yield f"{bullet} {paint(BOLD, word)}: {escape(text)}"


def _elsewhere(related: "RelatedRegion", source: Source, paint: Paint) -> Iterator[str]:
    """A related place in another file: where that is, and its lines."""
    line, start = Lines(source.text).line, related.region.start
    excerpt = Excerpt([mark_region(related.region, "-", related.label, BLUE, line)], line)
    arrow = " " * (excerpt.margin + 1) + paint(DIM, ":::")
    yield f"{arrow} {escape(source.path)}:{start.line}:{start.column}"
    yield from excerpt.rows(paint)


def _example(diagnostic: "Diagnostic") -> str:
    """The request that shows the finding, in words."""
    if diagnostic.witness is None:
        return ""
    from camlint.report.witness_words import describe_example  # noqa: PLC0415 - few have one

    return describe_example(diagnostic)


def _steps(diagnostic: "Diagnostic") -> tuple[str, ...]:
    """What somebody does step by step."""
    if not diagnostic.flow:
        return ()
    from camlint.report.witness_words import describe_steps  # noqa: PLC0415 - few have any

    return describe_steps(diagnostic)


def show_fixes(diagnostic: "Diagnostic") -> str:
    """What camlint can do about the finding itself, and the command that does it."""
    said = [fix.description for fix in diagnostic.fixes]
    if len(said) == 1:
        said[0] += _split_help(said[0], diagnostic.help)[0]
    return ", or ".join(
        f"{text} ({COMMANDS[fix.safety.value]})"
        for text, fix in zip(said, diagnostic.fixes, strict=True)
    )


def _further_help(diagnostic: "Diagnostic") -> str:
    """The ways out that no fix says."""
    for fix in diagnostic.fixes:
        if diagnostic.help.startswith(fix.description):
            several = len(diagnostic.fixes) > 1
            return "" if several else _split_help(fix.description, diagnostic.help)[1]
    return diagnostic.help


def _split_help(done: str, told: str) -> tuple[str, str]:
    """What help adds about the fix that does ``done``, and what it offers in place of it.

    The command beside a fix must stand for the fix alone, not for what a person could do instead.
    """
    if not told.startswith(done):
        return "", ""
    rest = told[len(done) :]
    if rest.startswith(" if "):
        return "", told
    ends = [at for at in (rest.find(", or "), rest.find("; ")) if at >= 0]
    if not ends:
        return rest, ""
    return rest[: min(ends)], rest[min(ends) + 2 :]


def _sureness(diagnostic: "Diagnostic") -> str:
    """How sure the finding is, where it is documented, and how to read more without a network."""
    sure = f"{diagnostic.confidence.value} confidence"
    page = diagnostic.reference.removeprefix("https://")
    known = f"{sure}, documented at {page}" if page else sure
    return f"{known}; camlint explain {diagnostic.code}"
