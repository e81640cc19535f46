"""The bad and good examples of a rule as texts to lint: marks taken off, their spans kept."""

from textwrap import dedent

from camlint.bundle_files import BundleFile, FoundBundle
from camlint.engine import NOTHING, Engine, FileResult
from camlint.registry import Registry
from camlint.rule import Bad, Good, Rule
from camlint.selection import Selection
from camlint.source import UTF8, Source, Span

OPEN, CLOSE = "«", "»"
BUNDLE = "everything-here"
"""The name of the bundle that an example and the files beside it make."""

LONGEST, SHOWN = 60, 10
"""Lines of an example that a page shows whole, and how many at either end of a longer one."""


class Example:
    """An example ready to be linted; ``marks`` are the spans that a bad one must be reported at."""

    __slots__ = ("marks", "text")

    def __init__(self, text: str, marks: tuple[Span, ...]) -> None:
        self.text = text
        self.marks = marks


def read_example(example: Bad | Good) -> Example:
    """The text of an example without common indentation and marks.

    Raises ValueError when the marks aren't pairs.
    """
    written = _plain(example.text)
    pieces: list[str] = []
    marks: list[Span] = []
    length, start = 0, -1
    for piece in written.replace(CLOSE, OPEN + CLOSE).split(OPEN):
        if piece.startswith(CLOSE):
            if start < 0:
                raise ValueError(f"{CLOSE} without {OPEN} in an example: {written!r}")
            marks.append(Span(start, length))
            start, text = -1, piece[1:]
        else:
            if pieces and start >= 0:
                raise ValueError(f"{OPEN} twice without {CLOSE} in an example: {written!r}")
            start, text = (length, piece) if pieces else (-1, piece)
        pieces.append(text)
        length += len(text)
    if start >= 0:
        raise ValueError(f"{OPEN} without {CLOSE} in an example: {written!r}")
    return Example("".join(pieces), tuple(marks))


def show_example(example: Bad | Good) -> str:
    """The text of an example as a page shows it: a long one without its middle.

    The files beside it come first, each below its name.
    """
    shown = _shorten(read_example(example).text)
    beside = sources_beside(example)
    if not beside:
        return shown
    named = [f"{one.path}\n{_shorten(one.text)}" for one in beside]
    return "\n".join([*named, f"policy.json\n{shown}"])


def _shorten(text: str) -> str:
    lines = text.splitlines()
    left_out = len(lines) - 2 * SHOWN
    if len(lines) > LONGEST:
        margin = lines[SHOWN][: len(lines[SHOWN]) - len(lines[SHOWN].lstrip())]
        lines[SHOWN:-SHOWN] = [f"{margin}… ({left_out} more lines)"]
    return "\n".join(lines) + "\n"


def read_fixed(bad: Bad) -> str:
    """What the fixes of an example make of it; the example itself where there are none."""
    return _plain(bad.fixed) if bad.fixed is not None else read_example(bad).text


def _plain(text: str) -> str:
    """A text without the indentation that it has among code."""
    return dedent(text).strip("\n") + "\n"


def lint_example(registry: Registry, rule: Rule, example: Bad | Good, text: str = "") -> FileResult:
    """What the rule alone says of an example, or of another ``text`` under the same settings.

    A rule on the whole run is asked about the example and the files beside it; one on bundles, too,
    as if one principal held them all.
    """
    engine = engine_for(registry, rule, example)
    source = source_of(example, text or read_example(example).text)
    if not engine.compares and not (engine.combines and example.beside):
        return engine.lint(source)
    from camlint.whole_run import WholeRun  # noqa: PLC0415 - few rules compare policies

    files = {one.path: one for one in (*sources_beside(example), source)}
    bundle = FoundBundle(BUNDLE, tuple(BundleFile(path) for path in files))
    whole = WholeRun(files.__getitem__, lambda _: engine, (bundle,))
    alone: list[FileResult] = []
    for path, one in files.items():
        alone.append(engine.lint(one))
        whole.add(path, alone[-1])
    together = dict(whole.results()).get(source.path, NOTHING)
    found = (*alone[-1].diagnostics, *together.diagnostics)
    return FileResult(found, alone[-1].policies, alone[-1].not_analysed)


def sources_beside(example: Bad | Good) -> list[Source]:
    """The other files of an example of a rule on the whole run, in their order."""
    return [
        Source(f"other-{number}.json" if number > 1 else "other.json", _plain(text))
        for number, text in enumerate(example.beside, 1)
    ]


def source_of(example: Bad | Good, text: str) -> Source:
    """A file with the text, written as the example says."""
    encoding = example.encoding if isinstance(example, Bad) else UTF8
    return Source("policy.json", text, encoding=encoding)


def engine_for(registry: Registry, rule: Rule, example: Bad | Good) -> Engine:
    """The engine that runs a rule alone, under the settings of an example."""
    selection = Selection((rule.code,), strict=True)
    return Engine(registry, selection, example.settings, example.kind, edits=True)
