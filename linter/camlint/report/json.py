"""Findings for programs: version 1 of the JSON report, as docs/findings.schema.json has it."""

import json
from collections.abc import Sequence
from itertools import chain, repeat

from camlint.fingerprint import fingerprints
from camlint.report.edit_places import locate_edits
from camlint.report.report import Report, Write
from camlint.report.witness_words import witness_object
from camlint.version import VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.findings import Diagnostic, Region, Summary

TOOL = {
    "name": "camlint",
    "version": VERSION,
    "information": "Static analyser for Tencent Cloud CAM access policies",
}

SUMMARY_KEYS = (
    "files",
    "policies",
    "errors",
    "warnings",
    "notes",
    "fixable",
    "suppressed",
    "baselined",
    "not_analysed",
)


class JsonReport(Report):
    """One object, a finding a line, so that two reports can be compared with diff."""

    __slots__ = ("_gaps",)

    def __init__(self, write: Write, *, colour: bool = False) -> None:
        del colour
        super().__init__(write)
        self._gaps = chain(("\n",), repeat(",\n"))

    def start(self) -> None:
        """Write the version and the tool."""
        self._write(f'{{"version": 1, "tool": {_text(TOOL)}, "findings": [')

    def file(self, diagnostics: "Sequence[Diagnostic]") -> None:
        """Write a line for each finding."""
        for diagnostic, fingerprint in zip(diagnostics, fingerprints(diagnostics), strict=True):
            self._write(next(self._gaps) + _text(finding_object(diagnostic, fingerprint)))

    def finish(self, summary: "Summary") -> None:
        """Write the counts of the run."""
        counts = {key: getattr(summary, key) for key in SUMMARY_KEYS}
        self._write(f'\n], "summary": {_text(counts)}}}\n')


def finding_object(diagnostic: "Diagnostic", fingerprint: str) -> dict[str, object]:
    """The finding as version 1 of the report has it, every key present and in its order."""
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "confidence": diagnostic.confidence.value,
        "message": diagnostic.message,
        "path": diagnostic.source.path,
        **_place(diagnostic.region),
        "pointer": diagnostic.pointer,
        "policy": diagnostic.policy,
        "kind": diagnostic.kind.value if diagnostic.kind else None,
        "related": [
            {
                "message": related.label,
                "path": (related.elsewhere or diagnostic.source).path,
                **_place(related.region),
                "pointer": related.pointer,
            }
            for related in diagnostic.related
        ],
        "witness": witness_object(diagnostic.witness) if diagnostic.witness else None,
        "steps": [
            {
                "message": step.says,
                "path": (step.elsewhere or diagnostic.source).path,
                **_place(step.region),
                "pointer": step.pointer,
                "witness": witness_object(step.witness) if step.witness else None,
            }
            for step in diagnostic.flow
        ],
        "fix": _fix_object(diagnostic),
        "fingerprint": fingerprint,
    }


def _fix_object(diagnostic: "Diagnostic") -> dict[str, object] | None:
    """The mildest way to mend the finding, with what it does to the file."""
    if not diagnostic.fixes:
        return None
    fix = diagnostic.fixes[0]
    edits = diagnostic.edits[0] if diagnostic.edits else ()
    return {
        "safety": fix.safety.value,
        "description": fix.description,
        "edits": [
            {**_place(region), "text": one.text}
            for one, region in zip(edits, locate_edits(diagnostic.source.text, edits), strict=True)
        ],
    }


def _place(region: "Region") -> dict[str, int]:
    return {
        "line": region.start.line,
        "column": region.start.column,
        "end_line": region.end.line,
        "end_column": region.end.column,
    }


def _text(value: object) -> str:
    """The value on one line of JSON."""
    return escape_json(json.dumps(value, ensure_ascii=False))


def escape_json(text: str) -> str:
    r"""The same JSON without what no terminal should be given, line ends aside.

    Chinese stays as it is; the rest, and a lone surrogate, which UTF-8 can't hold, become
    ``\u001b``. Outside strings there is none of them.
    """
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() or one == "\n" else _escaped(one) for one in text)


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
