"""What came of expectations, for people: what isn't met and why, and what no case exercises."""

from collections.abc import Iterable, Iterator

from camlint.report.outcome_words import explain, name_place, title
from camlint.report.table import count
from camlint.report.terminal import BOLD, GREEN, RED, YELLOW, Paint, escape
from camlint.tasks.decision import PlacedStatement
from camlint.tasks.suite import Result

INDENT = " " * 6


def show_result(result: Result, paint: Paint, *, passed: bool) -> Iterator[str]:
    """The lines for one file; ``passed`` asks for what is met as well, and why it is."""
    for outcome in result.outcomes:
        if outcome.met and not passed:
            continue
        word = paint(GREEN, "ok  ") if outcome.met else paint(RED, "FAIL")
        place = f"{result.suite.path}:{outcome.expectation.line}"
        group, asked = outcome.expectation.group, title(outcome.expectation)
        yield f"{word}  {paint(BOLD, escape(f'{place}: {group or asked}'))}"
        if group:
            yield f"{INDENT}{escape(asked)}"
        for line in explain(outcome):
            yield f"{INDENT}{escape(line)}"


def show_passed(result: Result, paint: Paint) -> str:
    """The line for a file of which every expectation is met."""
    return f"{paint(GREEN, 'ok  ')}  {escape(result.suite.path)}: {len(result.outcomes)} passed"


def show_doubts(result: Result, paint: Paint) -> Iterator[str]:
    """The lines for what may be misspelt in a file."""
    for one in result.suite.doubts:
        yield f"{paint(YELLOW, 'note')}  {escape(f'{result.suite.path}:{one.line}: {one.text}')}"


def show_unexercised(
    statements: Iterable[PlacedStatement], paint: Paint, *, required: bool
) -> Iterator[str]:
    """The lines for statements that no case exercises; ``required`` says that each must be."""
    word = paint(RED, "FAIL") if required else paint(YELLOW, "note")
    for one in statements:
        effect = one.statement.effect or "without a readable effect"
        place = escape(name_place(one))
        yield f"{word}  {place}: no case exercises statement {one.number} ({effect})"


def sum_up(results: Iterable[Result], broken: int, unexercised: int) -> str:
    """The line at the end of a run; ``unexercised`` statements are those told of before."""
    listed = list(results)
    if not listed:
        return f"Nothing was tested: {count(broken, 'file')} can't be run"
    failed = sum(len(one.failed) for one in listed)
    met = sum(len(one.outcomes) for one in listed) - failed
    text = f"{met} passed, {failed} failed in {count(len(listed), 'file')}"
    if unexercised:
        text += f"; {count(unexercised, 'statement')} without a case"
    return f"{text}; {count(broken, 'file')} can't be run" if broken else text
