"""Which format is written by whom; a format's module is imported when it is asked for."""

from importlib import import_module

from camlint.report.report import Report, Write

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

CATEGORISED = frozenset({"sarif"})
"""The formats that name the category of their run."""


def open_report(name: str, write: Write, *, colour: bool = False, category: str = "") -> Report:
    """The report called ``name`` in FORMATS, ready to start on ``write``.

    ``category`` is for the formats that have one, ``""`` for their usual one. Raises KeyError for
    a name that isn't there.
    """
    module, writer = FORMATS[name]
    asked = {"category": category} if name in CATEGORISED else {}
    report = getattr(import_module(module), writer)(write, colour=colour, **asked)
    assert isinstance(report, Report)
    return report
