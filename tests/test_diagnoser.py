"""What diagnostics hold, and that nothing is located which no report shows."""

import pickle

import pytest

from camlint.engine import Engine
from camlint.findings import Diagnostic, Region, Summary
from camlint.registry import load_registry
from camlint.report.formats import FORMATS, SHOWING_RELATED, open_report
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Lines, Position, Source, Span

POLICY = """{
    "version": "2.0",
    "statement": [
        {"effect": "allow", "action": ["cos:GetObject"], "resource": ["*"]},
        {
            "effect": "deny",
            "action": ["cos:*"],
            "resource": ["*"]
        },
        {"effect": "allow", "action": ["cam:PassRole", "scf:CreateFunction", "scf:InvokeFunction"], "resource": ["*"]}
    ]
}
"""


def diagnose(*, related: bool = True) -> tuple[Diagnostic, ...]:
    selection = Selection(strict=True)
    engine = Engine(load_registry(), selection, NOTHING_STATED, related=related)
    return engine.lint(Source("policy.json", POLICY)).diagnostics


def written(name: str, diagnostics: tuple[Diagnostic, ...]) -> str:
    pieces: list[str] = []
    report = open_report(name, pieces.append)
    report.start()
    report.file(diagnostics)
    report.finish(Summary())
    return "".join(pieces)


def test_what_stands_beside_a_finding_is_left_out_when_nobody_asks() -> None:
    assert any(one.related for one in diagnose())
    assert any(one.flow for one in diagnose())
    assert not any(one.related or one.flow for one in diagnose(related=False))


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_shows_what_stands_beside_findings_or_does_not_need_it(name: str) -> None:
    same = written(name, diagnose()) == written(name, diagnose(related=False))
    assert same is (name not in SHOWING_RELATED)


def test_diagnostics_come_in_the_order_of_the_file() -> None:
    places = [one.order for one in diagnose()]
    assert places == sorted(places)
    assert len(places) > 1


def test_a_region_ends_where_its_last_line_does() -> None:
    lines = Lines(POLICY)
    start = POLICY.index('{\n            "effect"')
    region = Region(Span(start, POLICY.index("        },") + 9), lines)
    assert (region.start, region.end) == (Position(5, 9), Position(9, 10))
    assert Region(Span(start, start + 1), lines).end == Position(5, 10)


def test_a_diagnostic_can_be_handed_to_another_process() -> None:
    for one in diagnose():
        again = pickle.loads(pickle.dumps(one))
        assert (again.order, again.region.end) == (one.order, one.region.end)
        assert [each.region.end for each in again.related] == [
            each.region.end for each in one.related
        ]
