"""Which format is written by whom; a format's module is imported when it is asked for."""

from importlib import import_module

from camlint.report.report import Report, Write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.registry import Registry

FORMATS: dict[str, tuple[str, str]] = {
    "text": ("camlint.report.text", "TextReport"),
    "concise": ("camlint.report.concise", "ConciseReport"),
    "json": ("camlint.report.json", "JsonReport"),
    "sarif": ("camlint.report.sarif", "SarifReport"),
    "github": ("camlint.report.github", "GithubReport"),
}
"""The name of a format, as ``--format`` spells it, to the module and class that write it."""

SHOWING_EDITS = frozenset({"json", "sarif"})
"""The formats that show what fixes do to the characters of a file."""

SHOWING_RELATED = frozenset({"text", "json", "sarif", "github"})
"""The formats that show the related places of findings, and their steps."""

CATEGORISED = frozenset({"sarif"})
"""The formats that name the category of their run."""


DESCRIBING = frozenset({"sarif"})
"""The formats that describe the rules of their findings."""


def open_report(
    name: str,
    write: Write,
    *,
    colour: bool = False,
    category: str = "",
    registry: "Registry | None" = None,
) -> Report:
    """The report called ``name`` in FORMATS, ready to start on ``write``.

    ``category`` is for the formats that have one, ``""`` for their usual one. ``registry`` has the
    rules of the findings, None means those that are installed. Raises KeyError for
    a name that isn't there.
    """
    module, writer = FORMATS[name]
    asked: dict[str, object] = {"category": category} if name in CATEGORISED else {}
    if name in DESCRIBING:
        asked["registry"] = registry
    report = getattr(import_module(module), writer)(write, colour=colour, **asked)
    assert isinstance(report, Report)
    return report
