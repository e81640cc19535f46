"""The first line of a finding: how bad, which rule, and the sentence that stands alone."""

from camlint.finding import Severity
from camlint.report.terminal import BOLD, CYAN, RED, YELLOW, Paint, escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.findings import Diagnostic

SEVERITY_COLOURS = {"error": RED, "warning": YELLOW, "note": CYAN}
WORDS = {severity: severity.value for severity in Severity}


def header(diagnostic: "Diagnostic", paint: Paint) -> str:
    """``error[CAM505] void-grant: message``, on one line whatever the message quotes."""
    severity = WORDS[diagnostic.severity]
    tag = paint(SEVERITY_COLOURS[severity], f"{severity}[{escape(diagnostic.code)}]")
    return f"{tag} {paint(BOLD, escape(f'{diagnostic.name}: {diagnostic.message}'))}"
