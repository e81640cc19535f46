"""The risk of policies for people at a terminal, the worst first."""

from collections.abc import Iterable, Iterator

from camlint.report.risk_words import (
    GROUP_WORDS,
    say_breadth,
    say_kind,
    say_limit,
    say_statements,
    say_strength,
    say_title,
    say_way,
    say_way_statements,
    sum_up,
)
from camlint.report.terminal import BOLD, DIM, GREEN, RED, YELLOW, Paint, escape
from camlint.tasks.risk import HeldWay, Risk, Verdict

COLOURS = {
    Verdict.ADMINISTRATOR: RED,
    Verdict.BECOMES: RED,
    Verdict.GAINS: YELLOW,
    Verdict.WIDE: YELLOW,
    Verdict.UNDECIDED: YELLOW,
    Verdict.READS: GREEN,
    Verdict.NOTHING: GREEN,
}


def show_risk(risk: Risk, paint: Paint) -> Iterator[str]:
    """The lines for one policy or bundle."""
    verdict = paint(COLOURS.get(risk.verdict, BOLD), risk.verdict.value)
    yield f"{paint(BOLD, escape(say_title(risk)))}: {verdict}; {escape(risk.why)}"
    files = risk.bundle
    for way in risk.ways:
        yield from _show_way(way, paint, files=files)
    for group in risk.groups:
        for kind in group.kinds:
            where = say_statements(kind.statements, files=files)
            more = [where, say_strength(kind.strength), "mild" if kind.mild else ""]
            yield _line(GROUP_WORDS[group.group], say_kind(kind), more)
    for wide in risk.breadth:
        yield _line("breadth", say_breadth(wide), [say_statements([wide.at], files=files)])
    for limit in risk.limits:
        yield _line("limit", f"{say_statements([limit.at], files=files)} {say_limit(limit)}", [])
    for doubt in risk.doubts:
        yield _line("doubt", doubt, [])


def show_sum(risks: Iterable[Risk]) -> str:
    """The last line: how many policies have which verdict."""
    return sum_up(risks)


def _show_way(way: HeldWay, paint: Paint, *, files: bool) -> Iterator[str]:
    more = [say_way_statements(way, files=files), say_strength(way.strength)]
    yield _line("escalation", f"{way.severity}: {say_way(way)}", more)
    indent = " " * 15
    for number, step in enumerate(way.steps, 1):
        action = f": {step.action}" if step.action else ""
        yield f"{indent}{paint(DIM, f'{number}.')} {escape(step.says + action)}"
    yield f"{indent}at stake: {escape(way.consequence)}"


def _line(word: str, text: str, more: list[str]) -> str:
    told = "; ".join(one for one in more if one)
    return escape(f"  {word:<12} {text}" + (f" ({told})" if told else ""))
