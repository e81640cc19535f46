"""The index holds what the rules say, and rules that nobody could be shown are refused."""

import ast
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

import build_index
from camlint.kinds import Kind
from camlint.registry import Entry
from camlint.rule import Bad, Confidence, Context, Finding, Good, Rule, Severity, Statement, rule

MODULE = "imagined_rules.wide_door"


@pytest.fixture(autouse=True)
def _module() -> Iterator[None]:
    module = ModuleType(MODULE)
    module.__doc__ = "A door is wide,\nand nobody\nwatches it.\n\nMore of it."
    sys.modules[MODULE] = module
    yield
    del sys.modules[MODULE]


def make_rule(**changes: object) -> Rule:
    given: dict[str, object] = {
        "code": "CAM997",
        "name": "wide-door",
        "severity": Severity.WARNING,
        "confidence": Confidence.LOW,
        "references": ("https://example.com/doors",),
        "bad": Bad("«x»"),
        "good": Good("y"),
        "kinds": (Kind.TRUST,),
    }

    def check(statement: Statement, context: Context) -> Iterator[Finding]:
        """## Why is this a problem?

        Anybody walks in.
        """
        return iter(())

    check.__module__ = MODULE
    text = changes.pop("text", None)
    if text is not None:
        check.__doc__ = str(text)
    return rule(**(given | changes))(check)  # type: ignore[arg-type]


def test_complete_rule_is_fit() -> None:
    assert list(build_index.unfit(make_rule())) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "narrow-door"}, "belongs in narrow_door.py"),
        ({"references": ()}, "has no reference"),
        ({"bad": ()}, "has no bad example"),
        ({"bad": Bad("x")}, "no «» around"),
        ({"good": ()}, "has no good example"),
        ({"text": "It is bad."}, "Why is this a problem?"),
        ({"references": ("https://example.com/TODO",)}, "a TODO is left"),
    ],
)
def test_unfit_rule_is_refused(changes: dict[str, object], said: str) -> None:
    (problem,) = build_index.unfit(make_rule(**changes))
    assert said in problem


def test_summary_is_asked_for() -> None:
    sys.modules[MODULE].__doc__ = None
    (problem,) = build_index.unfit(make_rule())
    assert "module docstring" in problem


def test_shared_code_and_name_are_refused() -> None:
    problems = list(build_index.ambiguous([make_rule(), make_rule()]))
    assert [problem.split(" is both")[0] for problem in problems] == ["CAM997", "wide-door"]


def test_index_tells_what_the_rule_says() -> None:
    codes = tuple(f"CAM{number}" for number in range(700, 720))
    text = build_index.render([make_rule(supersedes=codes, strict=True)])
    assert max(map(len, text.splitlines())) <= build_index.WIDTH
    space: dict[str, tuple[tuple[object, ...], ...]] = {}
    exec(compile(text, "_index.py", "exec"), space)
    (row,) = space["ENTRIES"]
    entry = Entry(*row)  # type: ignore[arg-type]
    assert (entry.code, entry.name, entry.visits) == ("CAM997", "wide-door", "Statement")
    assert (entry.severity, entry.confidence) == (Severity.WARNING, Confidence.LOW)
    assert (entry.strict, entry.kinds, entry.supersedes) == (True, (Kind.TRUST,), codes)
    assert (entry.module, entry.summary) == (MODULE, "A door is wide, and nobody watches it.")


@given(st.text(st.characters(exclude_categories=["C", "Z"])))
def test_quoted_text_reads_back(text: str) -> None:
    assert ast.literal_eval(build_index.quote(text)) == text


def test_drift_is_told_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build_index, "collect_rules", lambda: ([make_rule()], []))
    assert build_index.main(["--check"]) == 1
    assert "run `make index`" in capsys.readouterr().err


def test_index_agrees_with_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert build_index.main(["--check"]) == 0, capsys.readouterr().err
