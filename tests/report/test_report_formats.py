"""The one place that knows which module writes which format."""

import subprocess
import sys

import pytest

from camlint.report.formats import FORMATS, open_report
from camlint.report.report import Report


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_opens(name):
    report = open_report(name, lambda text: None, colour=True)
    assert isinstance(report, Report)
    assert type(report).__name__ == FORMATS[name][1]


def test_an_unknown_format_is_a_key_error():
    with pytest.raises(KeyError):
        open_report("xml", lambda text: None)


def test_a_format_imports_no_other_and_text_nothing_costly():
    script = (
        "import sys\n"
        "from camlint.report.formats import open_report\n"
        "assert not any(n.startswith('camlint.report.t') for n in sys.modules)\n"
        "open_report('text', print)\n"
        "print(*sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "camlint.report.text" in loaded
    costly = {"dataclasses", "typing", "pathlib", "hashlib", "json", "camlint.report.json"}
    assert not loaded & costly
