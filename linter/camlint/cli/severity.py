"""``camlint explain --severity``: how the severity of a finding comes about, conditions above all."""

from collections.abc import Iterator

from camlint.access.strength import TABLE, Strength
from camlint.report.table import align
from camlint.report.terminal import BOLD, Paint
from camlint.rule import Rule

EFFECTS = {
    Strength.NONE: "as it is",
    Strength.WEAK: "as it is",
    Strength.STRONG: "one step lower",
}


def explain_severity(rule: Rule | None, paint: Paint) -> Iterator[str]:
    """What a rule's findings begin with, and what makes them milder; of all rules without one."""
    if rule is not None:
        yield paint(BOLD, f"{rule.code} {rule.name}") + f": {rule.severity.value}\n\n"
        if not rule.weighs:
            yield "Its findings don't depend on how strong conditions are. A case that is milder says so,\n"
            yield "and `severity` in the configuration has the last word.\n"
            return
    yield "Each rule has a severity, a case that is milder says so, and `severity` in the configuration\n"
    yield "has the last word. Rules about escalation, exposure and trust weigh the conditions that stand\n"
    yield "between people and what a policy allows:\n\n"
    rows = [("strength", "severity", "condition")]
    rows += [(strength.value, EFFECTS[strength], words) for words, strength in TABLE]
    yield from (f"{line}\n" for line in align(rows, indent="  "))
    yield "\nAll conditions of an allow must hold, so its strongest one counts. It takes one condition of a\n"
    yield "deny that doesn't hold to slip past it, so its weakest one counts, turned around: a deny for\n"
    yield "addresses outside of a network is as strong as an allow inside of it. Where several statements\n"
    yield "give the same, the one with the weakest conditions counts.\n"
