"""camlint: a static analyser for Tencent Cloud CAM access policies.

The names below are the public interface; everything else may change. They are loaded when they are
first asked for, so that importing camlint costs nothing.
"""

_HOMES = {
    "Diagnostic": "camlint.findings",
    "Engine": "camlint.engine",
    "FileResult": "camlint.engine",
    "Finding": "camlint.finding",
    "Kind": "camlint.kinds",
    "Policy": "camlint.policy.policy",
    "Selection": "camlint.selection",
    "Settings": "camlint.settings",
    "Severity": "camlint.finding",
    "Source": "camlint.source",
    "lint_paths": "camlint.api",
    "lint_text": "camlint.api",
}

__all__ = [
    "Diagnostic",
    "Engine",
    "FileResult",
    "Finding",
    "Kind",
    "Policy",
    "Selection",
    "Settings",
    "Severity",
    "Source",
    "lint_paths",
    "lint_text",
]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.api import lint_paths, lint_text
    from camlint.engine import Engine, FileResult
    from camlint.finding import Finding, Severity
    from camlint.findings import Diagnostic
    from camlint.kinds import Kind
    from camlint.policy.policy import Policy
    from camlint.selection import Selection
    from camlint.settings import Settings
    from camlint.source import Source


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'camlint' has no attribute {name!r}")
    return getattr(__import__(home, fromlist=(name,)), name)


def __dir__() -> list[str]:
    return [*globals(), *_HOMES]
