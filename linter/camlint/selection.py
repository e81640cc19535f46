"""Which findings a user wants to see: the rules selected, their severities, and the thresholds."""

from camlint.finding import Confidence, Severity


class Selection:
    """What the command line and the configuration say about rules.

    ``select`` is None for the default rules, else the selectors (codes, beginnings of codes, names)
    that replace them; ``ignore`` takes away from either. ``severity`` maps codes or names to the
    severity that the user gave them.
    """

    __slots__ = ("ignore", "min_confidence", "min_severity", "select", "severity", "strict")

    def __init__(
        self,
        select: tuple[str, ...] | None = None,
        ignore: tuple[str, ...] = (),
        severity: dict[str, Severity] | None = None,
        *,
        strict: bool = False,
        min_severity: Severity = Severity.NOTE,
        min_confidence: Confidence = Confidence.LOW,
    ) -> None:
        self.select = select
        self.ignore = ignore
        self.severity = severity or {}
        self.strict = strict
        self.min_severity = min_severity
        self.min_confidence = min_confidence
