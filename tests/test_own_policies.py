"""What camlint says of our own policies, kept as one text that is read by people."""

from pathlib import Path

from camlint.engine import Engine
from camlint.registry import load_registry
from camlint.report.witness_words import describe_witness
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import read_source

HERE = Path(__file__).parent
EXPECTED = HERE / "policies.expected.txt"


def report() -> str:
    engine = Engine(load_registry(), Selection(strict=True), NOTHING_STATED)
    lines = []
    for path in sorted((HERE / "policies").glob("*.json")):
        result = engine.lint(read_source(str(path), path.name))
        lines.append(f"{path.name}: {result.policies} policies, {len(result.diagnostics)} findings")
        for one in result.diagnostics:
            start, end = one.region.start, one.region.end
            lines.append(
                f"  {start.line}:{start.column}-{end.line}:{end.column} {one.severity.value}"
                f"[{one.code}] {one.message}"
            )
            example = describe_witness(one.witness) if one.witness else ""
            lines.extend(f"      {word}" for word in (one.help, one.note, example) if word)
    return "\n".join(lines) + "\n"


def test_our_policies_are_reported_as_expected() -> None:
    """After a wanted change: ``python tests/test_own_policies.py``, and read the difference."""
    assert report() == EXPECTED.read_text(encoding="utf-8")


if __name__ == "__main__":
    EXPECTED.write_text(report(), encoding="utf-8")
