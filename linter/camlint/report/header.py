"""The first line of a finding: how bad, which rule, and the sentence that stands alone."""

from functools import lru_cache

from camlint.finding import Severity
from camlint.report.terminal import BOLD, CYAN, RED, YELLOW, Paint, escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.findings import Diagnostic

SEVERITY_COLOURS = {"error": RED, "warning": YELLOW, "note": CYAN}
REMEMBERED = 1_000
"""How many headers are remembered at most."""

WORDS = {severity: severity.value for severity in Severity}


def header(diagnostic: "Diagnostic", paint: Paint) -> str:
    """``error[CAM505] void-grant: message``, on one line whatever the message quotes."""
    one = diagnostic
    return _write_header(one.severity, one.code, one.name, one.message, paint)


@lru_cache(REMEMBERED)
def _write_header(severity: Severity, code: str, name: str, message: str, paint: Paint) -> str:
    """The same, remembered: policies of one team have their faults in common."""
    word = WORDS[severity]
    tag = paint(SEVERITY_COLOURS[word], f"{word}[{escape(code)}]")
    return f"{tag} {paint(BOLD, escape(f'{name}: {message}'))}"
