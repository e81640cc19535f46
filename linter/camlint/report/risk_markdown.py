"""The risk of policies as Markdown, for the description of a pull request or a report of a review."""

from collections.abc import Iterable, Iterator, Sequence

from camlint.report.overview_markdown import code
from camlint.report.risk_words import (
    GROUP_WORDS,
    SCALE,
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
from camlint.report.terminal import escape
from camlint.tasks.risk import Risk

ACTIVE = "\\`*_{}[]<>|#"
"""Characters that mean something in a line of Markdown."""


def show_risk_markdown(risks: Sequence[Risk]) -> Iterator[str]:
    """The lines: a table of all verdicts, then a section for each that holds anything."""
    yield f"**{sum_up(risks)}**" if sum_up(risks) else "No policy"
    yield ""
    yield "| Policy | Verdict | Why |"
    yield "| --- | --- | --- |"
    for risk in risks:
        yield f"| {code(say_title(risk))} | {risk.verdict.value} | {plain(risk.why)} |"
    yield ""
    for risk in risks:
        lines = list(_list(risk))
        if lines:
            yield f"### {code(say_title(risk))}: {risk.verdict.value}"
            yield ""
            yield from lines
            yield ""
    yield f"Verdicts, the worst first: {SCALE}."


def plain(text: str) -> str:
    """The text as Markdown shows it letter by letter."""
    return "".join(f"\\{one}" if one in ACTIVE else one for one in escape(text))


def _list(risk: Risk) -> Iterator[str]:
    files = risk.bundle
    for way in risk.ways:
        where = [say_way_statements(way, files=files), say_strength(way.strength)]
        yield _item(f"escalation, {way.severity}", say_way(way), where)
        for number, step in enumerate(way.steps, 1):
            action = f": {code(step.action)}" if step.action else ""
            yield f"  {number}. {plain(step.says)}{action}"
        yield ""
        yield f"  At stake: {plain(way.consequence)}"
    for group in risk.groups:
        for kind in group.kinds:
            where = [say_statements(kind.statements, files=files), say_strength(kind.strength)]
            where.append("mild" if kind.mild else "")
            yield _item(GROUP_WORDS[group.group], say_kind(kind), where)
    for wide in risk.breadth:
        yield _item("breadth", say_breadth(wide), [say_statements([wide.at], files=files)])
    for limit in risk.limits:
        at = say_statements([limit.at], files=files)
        yield _item("limit", f"{at} {say_limit(limit)}", [])
    for doubt in risk.doubts:
        yield _item("doubt", doubt, [])


def _item(word: str, text: str, more: Iterable[str]) -> str:
    told = "; ".join(one for one in more if one)
    return f"- **{word}**: {plain(text + (f' ({told})' if told else ''))}"
