"""Fixes applied to a text: in rounds, none over another, until none is left to make."""

from camlint.edit import Recode, TextEdit, apply_edits
from camlint.engine import Engine
from camlint.finding import Fix, Safety
from camlint.findings import Diagnostic
from camlint.source import UTF8, Source

MOST_ROUNDS = 200
"""Rounds after which fixing is given up: fixes that undo one another would never end."""

Chosen = tuple[Diagnostic, Fix, tuple[TextEdit, ...]]


class Fixed:
    """What fixes made of a source: the text, and each finding that was mended with its fix.

    ``recode`` says that the file is to be written as plain UTF-8.
    """

    __slots__ = ("made", "recode", "text")

    def __init__(
        self, text: str, made: tuple[tuple[Diagnostic, Fix], ...], *, recode: bool
    ) -> None:
        self.text = text
        self.made = made
        self.recode = recode


def fix_text(source: Source, engine: Engine, most: Safety) -> Fixed:
    """The source with every fix made that is no riskier than ``most``.

    The engine must have been made with ``edits``. Of several fixes of a finding the riskiest that
    is allowed is made: it keeps more of what the author meant.
    """
    text = source.text
    made: list[tuple[Diagnostic, Fix]] = []
    recode = False
    for _ in range(MOST_ROUNDS):
        encoding = UTF8 if recode else source.encoding
        here = Source(source.path, text, source.damage, encoding=encoding)
        chosen = _without_overlaps(choose_fixes(engine.lint(here).diagnostics, most))
        text_edits = [edit for _, _, edits in chosen for edit in edits]
        for diagnostic, fix, _ in chosen:
            recode = recode or any(isinstance(edit, Recode) for edit in fix.edits)
            made.append((diagnostic, fix))
        if not text_edits:
            break
        text = apply_edits(text, text_edits)
    return Fixed(text, tuple(made), recode=recode)


def choose_fixes(diagnostics: tuple[Diagnostic, ...], most: Safety) -> list[Chosen]:
    """For each finding that has one, the fix to be made and what it does to the text."""
    chosen: list[Chosen] = []
    for diagnostic in diagnostics:
        allowed = [
            pair
            for pair in zip(diagnostic.fixes, diagnostic.edits, strict=True)
            if pair[0].safety.rank <= most.rank
        ]
        if allowed:
            fix, edits = allowed[-1]
            chosen.append((diagnostic, fix, edits))
    return chosen


def _without_overlaps(chosen: list[Chosen]) -> list[Chosen]:
    """The fixes that can be made together: the first of those that meet, or one that is alone."""
    kept: list[Chosen] = []
    taken: list[TextEdit] = []
    for one in chosen:
        _, fix, edits = one
        if fix.alone and taken:
            continue
        if any(_meet(edit, other) for edit in edits for other in taken):
            continue
        kept.append(one)
        taken += edits
        if fix.alone and edits:
            break
    return kept


def _meet(one: TextEdit, other: TextEdit) -> bool:
    """Whether two edits touch the same characters, or put something in at the same place."""
    return one.start <= other.end and other.start <= one.end
