"""What comes of looking at one file, in this process or in another."""

import sys
from collections.abc import Callable

from camlint.cli.failure import Defect, describe_defect
from camlint.engine import NOTHING, Engine, FileResult
from camlint.source import MAX_BYTES, Source, decode_source, read_source
from camlint.visitor import RuleFailure


class Outcome:
    """The result for one file, and what is to be told beside it.

    ``refusal`` is why the file could not be read and ``absence`` what it is if not a policy, both
    ``""`` where there is nothing of the kind. ``defect`` is what kept camlint from finishing,
    ``fixed`` how many problems were mended before, and ``unwritten`` why none could be.
    """

    __slots__ = ("absence", "defect", "fixed", "refusal", "result", "unwritten")

    def __init__(
        self,
        result: FileResult,
        *,
        refusal: str = "",
        absence: str = "",
        defect: Defect | None = None,
        fixed: int = 0,
        unwritten: str = "",
    ) -> None:
        self.result = result
        self.refusal = refusal
        self.absence = absence
        self.defect = defect
        self.fixed = fixed
        self.unwritten = unwritten


def read_stdin(shown: str) -> Source:
    """What comes from standard input, to be called ``shown``. Raises OSError."""
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return decode_source(sys.stdin.buffer.read(MAX_BYTES + 1), shown)


def look(
    path: str,
    engine: Engine,
    *,
    read: Callable[[str], Source] = read_source,
    explain: bool = False,
) -> Outcome:
    """What the engine says of one file; ``explain`` asks why it holds no policy, if so."""
    try:
        source = read(path)
    except OSError as error:
        refusal = error.strerror or str(error) or type(error).__name__
        return Outcome(engine.unreadable(Source(path, ""), refusal), refusal=refusal)
    try:
        result = engine.lint(source)
        if explain and not result.policies:
            return Outcome(result, absence=_explain(source))
        return Outcome(result)
    except Exception as error:
        what = f"{path} was not checked to its end"
        if isinstance(error, RuleFailure):
            return Outcome(NOTHING, defect=describe_defect(what, error, "", error.pack))
        return Outcome(NOTHING, defect=describe_defect(what, error, type(error).__name__))


def _explain(source: Source) -> str:
    from camlint.cli.absence import explain_absence  # noqa: PLC0415 - rarely asked

    return explain_absence(source)
