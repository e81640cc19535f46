"""``camlint rules``: the list of all rules."""

import json

from camlint.cli.nearest_registry import load_nearest_registry
from camlint.cli.parser import Parser, one_of
from camlint.cli.sinks import StandardOutput
from camlint.registry import BUILT_IN_NAME, Entry

HEADINGS = ("CODE", "NAME", "SEVERITY", "WHAT IT FINDS")


def run(arguments: list[str]) -> int:
    """Print the rules, one a line."""
    parser = Parser("rules", "[options]", "List the rules, one a line, sorted by code.")
    parser.add_argument(
        "--format", metavar="FORMAT", default="text", type=one_of("text", "json"), help="text, json"
    )
    given, words = parser.read(arguments)
    if words:
        parser.error(f'"{words[0]}" is one word too many; `camlint explain` tells of one rule')
    entries = load_nearest_registry().entries
    out = StandardOutput()
    out.write(_as_json(entries) if given.format == "json" else _as_table(entries))
    out.close()
    return 0


def _as_table(entries: tuple[Entry, ...]) -> str:
    rows = [HEADINGS] + [
        (
            entry.code,
            entry.name,
            entry.severity.value,
            entry.summary + (" (only with --strict)" if entry.strict else ""),
        )
        for entry in entries
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, [*widths, 0], strict=True)) + "\n"
        for row in rows
    )


def _as_json(entries: tuple[Entry, ...]) -> str:
    rules = [
        {
            "code": entry.code,
            "name": entry.name,
            "pack": entry.pack or BUILT_IN_NAME,
            "severity": entry.severity.value,
            "confidence": entry.confidence.value,
            "strict": entry.strict,
            "kinds": [kind.value for kind in entry.kinds],
            "summary": entry.summary,
        }
        for entry in entries
    ]
    return json.dumps({"version": 1, "rules": rules}, ensure_ascii=False, indent=2) + "\n"
