"""Which format is written by whom; a format's module is imported when it is asked for."""

from importlib import import_module

from camlint.report.report import Report, Write

FORMATS: dict[str, tuple[str, str]] = {
    "text": ("camlint.report.text", "TextReport"),
    "concise": ("camlint.report.concise", "ConciseReport"),
    "json": ("camlint.report.json", "JsonReport"),
}
"""The name of a format, as ``--format`` spells it, to the module and class that write it."""


def open_report(name: str, write: Write, *, colour: bool = False) -> Report:
    """The report called ``name`` in FORMATS, ready to start on ``write``.

    Raises KeyError for a name that isn't there.
    """
    module, writer = FORMATS[name]
    report = getattr(import_module(module), writer)(write, colour=colour)
    assert isinstance(report, Report)
    return report
