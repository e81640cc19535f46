"""Linting from Python: a text or some files in, diagnostics out, nothing printed."""

from collections.abc import Iterable, Iterator

from camlint.engine import Engine, FileResult
from camlint.kinds import Kind
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED, Settings
from camlint.source import Source, read_source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.whole_run import WholeRun


def lint_text(
    text: str,
    *,
    path: str = "policy.json",
    kind: Kind | None = None,
    settings: Settings = NOTHING_STATED,
    selection: Selection | None = None,
) -> FileResult:
    """The diagnostics of a policy given as text; ``path`` is what reports call it.

    ``kind`` None means that the kind is inferred. Configuration files are not read.
    """
    return _engine(kind, settings, selection).lint(Source(path, text))


def lint_paths(
    paths: Iterable[str],
    *,
    kind: Kind | None = None,
    settings: Settings = NOTHING_STATED,
    selection: Selection | None = None,
) -> Iterator[tuple[str, FileResult]]:
    """The diagnostics of each file in turn. Configuration files are not read.

    Where rules on all policies of a run are selected, files of which they say something come once
    more at the end, with nothing but that. Raises OSError for a file that can't be read.
    """
    engine = _engine(kind, settings, selection)
    whole: WholeRun | None = None
    for path in paths:
        result = engine.lint(read_source(path))
        yield path, result
        if result.signatures:
            whole = whole or _watch(engine)
            whole.add(path, result)
    if whole is not None:
        yield from whole.results()


def _watch(engine: Engine) -> "WholeRun":
    from camlint.whole_run import WholeRun  # noqa: PLC0415 - few runs compare policies

    return WholeRun(read_source, lambda _: engine)


def _engine(kind: Kind | None, settings: Settings, selection: Selection | None) -> Engine:
    return Engine(load_registry(), selection or Selection(), settings, kind)
