"""Linting from Python: a text or some files in, diagnostics out, nothing printed."""

from collections.abc import Iterable, Iterator

from camlint.engine import Engine, FileResult
from camlint.kinds import Kind
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED, Settings
from camlint.source import Source, read_source


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

    Raises OSError for a file that can't be read.
    """
    engine = _engine(kind, settings, selection)
    for path in paths:
        yield path, engine.lint(read_source(path, path))


def _engine(kind: Kind | None, settings: Settings, selection: Selection | None) -> Engine:
    return Engine(load_registry(), selection or Selection(), settings, kind)
