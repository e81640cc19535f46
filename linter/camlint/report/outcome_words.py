"""What is expected of policies, and why it is so or isn't, in words."""

from collections.abc import Iterable, Iterator

from camlint.access.answer import Answer, Verdict
from camlint.access.comparison import Cause, Comparison, Doubt
from camlint.report.comparison_words import WHY
from camlint.report.doubt_words import say_doubt
from camlint.report.miss_words import say_miss
from camlint.report.placed import find_position
from camlint.report.ruling_words import name_layer
from camlint.tasks.decision import PlacedStatement, Role, Ruling
from camlint.tasks.expectations import Claim, Expectation, Situation
from camlint.tasks.near_miss import Lack, NearMiss, find_near_misses
from camlint.tasks.run_expectations import Outcome
from camlint.tasks.unsure import find_doubts
from camlint.wording import join_words

MOST_SHOWN = 3
"""Statements or requests that one reason names; further statements are counted."""


def title(expectation: Expectation) -> str:
    """What is expected, on a line: ``can cos:GetObject on qcs::… with qcs:ip = 10.0.0.1``."""
    claim = expectation.claim.value
    if expectation.others:
        return f"{claim} {join_words(one.text for one in expectation.others)}"
    text = f"{claim} {join_words(expectation.actions)}"
    if expectation.resources != ("*",):
        text += f" on {join_words(expectation.resources)}"
    return text + _say_situation(expectation.situation)


def _say_situation(situation: Situation) -> str:
    """Who asks and under which circumstances, as a title goes on."""
    text = "" if situation.principal is None else f" for {situation.principal}"
    given = [f"{key} = {', '.join(values)}" for key, values in situation.context.items()]
    if given:
        text += f" with {' and '.join(given)}"
    if situation.unknown:
        text += f", whatever {join_words(sorted(situation.unknown))} may be"
    return text


def full_title(expectation: Expectation) -> str:
    """The same behind the name of its case, if that has one."""
    group = expectation.group
    return f"{group}: {title(expectation)}" if group else title(expectation)


def explain(outcome: Outcome) -> Iterator[str]:
    """Why an expectation is met or isn't, in lines."""
    if outcome.comparison is not None:
        yield from _explain_comparison(outcome, outcome.comparison)
    elif outcome.expectation.claim is Claim.NEVER_GRANTS:
        yield from _explain_ban(outcome)
    elif outcome.ruling is not None:
        yield from explain_ruling(outcome.ruling)


def _explain_ban(outcome: Outcome) -> Iterator[str]:
    if outcome.met:
        yield "proved: no request for it is allowed"
    elif outcome.ruling is not None:
        yield f"grants {outcome.ruling.request.words}"
        yield from explain_ruling(outcome.ruling)
    else:
        doubtful = _list_statements(outcome.doubtful) if outcome.doubtful else "a policy"
        yield f"it can be neither proved nor refuted: {doubtful} may allow it"


def explain_ruling(ruling: Ruling) -> Iterator[str]:
    """Why a request is allowed or not, with the statements that decide."""
    by = _list_statements(placed for one in ruling.deciding for placed in one.by)
    if ruling.verdict is Verdict.ALLOW:
        yield f"allowed by {by}"
    elif ruling.verdict is Verdict.EXPLICIT_DENY:
        yield f"denied by {by}"
    elif ruling.verdict is Verdict.IMPLICIT_DENY:
        yield f"not allowed: {_say_silence(ruling)}"
        yield from (say_miss(miss, ruling.request) for miss in _nearest(ruling))
    elif ruling.allowed is Answer.NO:
        yield f"not allowed, but what refuses it can't be told: {by}"
    else:
        keys = f": it depends on {join_words(ruling.depends_on)}" if ruling.depends_on else ""
        yield f"can't be decided{keys}"
        yield from _explain_doubts(ruling)


def _nearest(ruling: Ruling) -> list[NearMiss]:
    """What comes nearest to allowing a request; another action is not what a case is about."""
    return [
        miss
        for miss in find_near_misses(ruling)
        if all(one.lack is not Lack.ACTION for one in miss.missing)
    ][:1]


def _say_silence(ruling: Ruling) -> str:
    silent = join_words(f"nothing in {name_layer(one.layer)}" for one in ruling.deciding)
    return f"{silent} allows it"


def _explain_doubts(ruling: Ruling) -> Iterator[str]:
    """Why statements may match or not, a line for each."""
    for one in ruling.deciding:
        for doubt in find_doubts(one, ruling.request)[:MOST_SHOWN]:
            effect = doubt.statement.statement.effect
            would = f"would {effect} it" if effect else "has no effect that can be read"
            yield f"{_list_statements([doubt.statement])} {would}{say_doubt(doubt)}"
        if one.layer.question.loose:
            yield f"{name_layer(one.layer)} holds something that is no statement"


def _explain_comparison(outcome: Outcome, comparison: Comparison) -> Iterator[str]:
    """What policies grant against others; what they lack only matters where they must equal them."""
    equal = outcome.expectation.claim is Claim.MUST_EQUAL
    if outcome.met:
        yield "proved: " + ("both grant the same" if equal else "nothing more is granted")
    sides = [("only they grant", comparison.gained)]
    if equal:
        sides.append(("they lack", comparison.lost))
    doubts: dict[Doubt, None] = {}
    for words, excess in sides:
        for one in excess.differences[:MOST_SHOWN]:
            yield f"{words} {one.request.words}"
        if excess.answer is Answer.UNDECIDED:
            doubts.update(dict.fromkeys(excess.doubts))
    for doubt in tuple(doubts)[:MOST_SHOWN]:
        yield f"it can't be told: {_say_doubt(outcome, doubt)}"


def _say_doubt(outcome: Outcome, doubt: Doubt) -> str:
    """Why it isn't known whether something is gained or lost."""
    if doubt.cause is Cause.KIND:
        return "policies of different kinds can't be compared"
    statements = [outcome.old[index] for index in doubt.old]
    statements += [outcome.new[index] for index in doubt.new]
    return WHY[doubt.cause].format(_list_statements(statements))


def _list_statements(statements: Iterable[PlacedStatement]) -> str:
    """Statements as people find them: ``statement 2 (reports.json:14)``."""
    words = [f"statement {one.number} ({name_place(one)})" for one in statements]
    shown = words[:MOST_SHOWN]
    more = len(words) - len(shown)
    return join_words([*shown, f"{more} more"] if more else shown) if words else "nothing"


def name_place(placed: PlacedStatement) -> str:
    """The file and the line of a statement, and what its policy is to the request."""
    role = placed.placed.role
    bound = "" if role is Role.POLICY else f"{role.value} "
    return f"{bound}{placed.placed.path}:{find_line(placed)}"


def find_line(placed: PlacedStatement) -> int:
    """The line of its file that a statement begins on."""
    return find_position(placed.placed, placed.statement.pointer).line
