"""What fixing came to, for people: what was mended, what that newly grants, and what is left."""

from collections import Counter
from collections.abc import Iterator, Sequence

from camlint.access.answer import Request
from camlint.finding import Safety
from camlint.findings import Summary
from camlint.fixes.fixed import Refusal
from camlint.fixes.grants import Gain, Gains
from camlint.fixes.steps import Made
from camlint.report.overview import describe_condition, describe_principal
from camlint.report.summary import describe_counts, saw_policy
from camlint.report.table import count
from camlint.report.terminal import escape
from camlint.wording import clip

FLAGS = {Safety.NARROWING: "--unsafe-fixes", Safety.REPAIR: "--repair"}
"""What allows fixes of a class; those that are safe need no leave."""

MOST_STATEMENTS = 20
MOST_WORDS = 5
LONGEST = 100


def describe_made(path: str, made: Sequence[Made], *, would: bool) -> str:
    """``fixed 3 problems in policies/trtc.json (CAM109 ×2, CAM216)``."""
    counts = Counter(diagnostic.code for diagnostic, _ in made)
    rules = ", ".join(
        f"{code} ×{number}" if number > 1 else code for code, number in sorted(counts.items())
    )
    verb = "would fix" if would else "fixed"
    return f"{verb} {count(len(made), 'problem')} in {escape(path)} ({escape(rules)})"


def describe_refusal(path: str, refusal: Refusal) -> str:
    """Which fix was not made, and why."""
    diagnostic = refusal.diagnostic
    start = diagnostic.region.start
    return (
        f"{path}:{start.line}:{start.column}: {diagnostic.code} {diagnostic.name} is left as it is: "
        f"to {refusal.description} {refusal.reason}"
    )


def describe_gains(path: str, gains: Gains, *, would: bool) -> Iterator[str]:
    """What a policy grants since it was repaired, a statement a line, with an example.

    What its denies refuse since then comes behind that.
    """
    where = escape(f"{path} at {gains.address}" if gains.address else path)
    dead = f"{gains.dead}; " if gains.dead else ""
    denies = [one for one in gains.statements if one.statement.effect == "deny"]
    granted = _show([one for one in gains.statements if one not in denies and one.example])
    if granted:
        more = "" if gains.dead else ", beyond what it granted before"
        yield f"{where}: {dead}repaired, it {'would grant' if would else 'now grants'}{more}:"
        yield from granted
    else:
        yield f"{where}: {dead}repaired, it grants nothing {'new' if gains.whole else 'yet'}"
    if denies:
        yield f"  and {'would refuse' if would else 'refuses'}:"
        yield from _show(denies)
    if not gains.whole:
        yield "  more is granted, perhaps, once CAM can read the rest of it"


def _show(gains: Sequence[Gain]) -> list[str]:
    lines = [line for gain in gains[:MOST_STATEMENTS] for line in _describe(gain)]
    left = len(gains) - MOST_STATEMENTS
    return [*lines, f"  and {count(left, 'more statement')}"] if left > 0 else lines


def _describe(gain: Gain) -> Iterator[str]:
    statement = gain.statement
    words = f"{statement.effect or 'no effect:'} {_list(gain.actions) or 'nothing new'}"
    if not statement.complete:
        words += " (the rest of it can't be read)"
    if gain.resources:
        words += f" on {_list(gain.resources)}"
    if statement.principals:
        words += f" to {_list([describe_principal(one) for one in statement.principals])}"
    if statement.conditions:
        words += f" if {_list([describe_condition(one) for one in statement.conditions], ' and ')}"
    yield f"  statement {gain.number}: {words}"
    if isinstance(gain.example, Request):
        if statement.effect == "deny":
            yield f"    but no longer {escape(gain.example.words)}"
        elif any("*" in text for text in (*gain.actions, *gain.resources) if text != "*"):
            yield f"    for example {escape(gain.example.words)}"


def _list(texts: Sequence[str], join: str = ", ") -> str:
    """The first few texts, each on one line and not too long."""
    shown = [escape(clip(text, LONGEST)) for text in texts[:MOST_WORDS]]
    left = len(texts) - MOST_WORDS
    return join.join(shown) + (f" and {left} more" if left > 0 else "")


def describe_rest(summary: Summary, changed: int, closed: dict[Safety, int], *, would: bool) -> str:
    """The last line: how much was mended, how much is left, and what would mend more."""
    if summary.fixed:
        verb = "Would fix" if would else "Fixed"
        files = f" in {count(changed, 'file')}" if changed else ""
        head = f"{verb} {count(summary.fixed, 'problem')}{files}"
    else:
        head = "Nothing to fix"
    if not saw_policy(summary):
        return head
    left = describe_counts(summary)
    more = _list_flags(closed)
    if not left:
        return f"{head}; no problems{' would be' if would else ''} left"
    return f"{head}; {left} left" + (f" ({more})" if more else "")


def _list_flags(closed: dict[Safety, int]) -> str:
    """``2 can be fixed with --unsafe-fixes, 1 with --repair``."""
    counts = [(closed[safety], flag) for safety, flag in FLAGS.items() if closed.get(safety)]
    first = " can be fixed"
    said: list[str] = []
    for number, flag in counts:
        said.append(f"{number}{first} with {flag}")
        first = ""
    return ", ".join(said)
