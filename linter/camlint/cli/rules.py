"""``camlint rules``: the list of all rules."""

import json

from camlint.cli.configured import add_config_options, know_rules
from camlint.cli.failure import say
from camlint.cli.parser import Parser, one_of
from camlint.cli.sinks import StandardOutput
from camlint.registry import BUILT_IN_NAME, Entry

HEADINGS = ("CODE", "NAME", "SEVERITY", "WHAT IT FINDS")


def run(arguments: list[str]) -> int:
    """Print the rules, those of a configuration among them, one a line."""
    parser = Parser("rules", "[options]", "List the rules, one a line, sorted by code.")
    parser.add_argument(
        "--format", metavar="FORMAT", default="text", type=one_of("text", "json"), help="text, json"
    )
    add_config_options(parser.add_argument)
    given, words = parser.read(arguments)
    if words:
        parser.error(f'"{words[0]}" is one word too many; `camlint explain` tells of one rule')
    registry, failure = know_rules(given.config)
    entries = registry.entries
    out = StandardOutput()
    out.write(_as_json(entries) if given.format == "json" else _as_table(entries))
    out.close()
    if failure:
        # Whoever mends a configuration may need the list for it.
        say(f"{failure}\nso not all rules of that configuration are listed")
    return 2 if failure else 0


def _as_table(entries: tuple[Entry, ...]) -> str:
    rows = [HEADINGS] + [
        (
            entry.code,
            entry.name,
            entry.severity.value,
            entry.summary + _tell_when(entry),
        )
        for entry in entries
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, [*widths, 0], strict=True)) + "\n"
        for row in rows
    )


def _tell_when(entry: Entry) -> str:
    """What must be asked for, if anything, for a rule to run."""
    if entry.demand:
        return f" (only with --{entry.demand})"
    return " (only with --strict)" if entry.strict else ""


def _as_json(entries: tuple[Entry, ...]) -> str:
    rules = [
        {
            "code": entry.code,
            "name": entry.name,
            "pack": entry.pack or BUILT_IN_NAME,
            "severity": entry.severity.value,
            "confidence": entry.confidence.value,
            "strict": entry.strict,
            "demand": entry.demand or None,
            "kinds": [kind.value for kind in entry.kinds],
            "summary": entry.summary,
        }
        for entry in entries
    ]
    return json.dumps({"version": 1, "rules": rules}, ensure_ascii=False, indent=2) + "\n"
