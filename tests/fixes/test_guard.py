"""What fixes may not do, whatever their rules claim, and that the culprits are found among many."""

import json
from collections.abc import Callable

import pytest

from camlint.access.answer import Answer
from camlint.engine import Engine
from camlint.finding import Safety
from camlint.fixes import Fixed, Fixer
from camlint.fixes.guard import Guard
from camlint.registry import Registry
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source

Mend = Callable[..., Fixed]
ONE = "qcs::trtc::uin/100012345678:sdkappid/1400123456"


def statement(action: str, resource: str = "*", effect: str = "allow") -> dict[str, object]:
    return {"effect": effect, "action": [action], "resource": [resource]}


def policy(*statements: dict[str, object]) -> str:
    return json.dumps({"version": "2.0", "statement": list(statements)})


@pytest.mark.parametrize(
    ("code", "before", "reason"),
    [
        ("T201", statement("trtc:RemoveUser", ONE), "would allow something that isn't allowed now"),
        ("T202", statement("cvm:*"), "would refuse something that is allowed now"),
        ("T203", statement("cvm:StartInstances"), "would allow something that isn't allowed now"),
        ("T205", statement("cvm:StartInstances"), "something other than JSON"),
        ("T210", statement("cvm:Start?"), "half a character"),
    ],
)
def test_a_fix_that_does_harm_is_refused(
    mend: Mend, code: str, before: dict[str, object], reason: str
) -> None:
    text = policy(before)
    fixed = mend(text, code)
    assert (fixed.text, fixed.made) == (text, ())
    (refusal,) = fixed.refused
    assert refusal.diagnostic.code == code
    assert reason in refusal.reason
    assert len(fixed.result.diagnostics) == 1


def test_a_wider_deny_is_a_loss_and_a_narrower_one_a_gain(mend: Mend) -> None:
    other = statement("trtc:*")
    wider = mend(policy(other, statement("trtc:RemoveUser", ONE, "deny")), "T201")
    assert "would refuse something" in wider.refused[0].reason
    narrower = mend(policy(statement("cvm:S*"), statement("cvm:*", effect="deny")), "T103")
    assert "would allow something" in narrower.refused[0].reason


def test_a_repair_may_grant_but_only_where_it_was_found(mend: Mend) -> None:
    text = policy(statement("trtc:RemoveUsr"), statement("cvm:StartInstances", ONE))
    fixed = mend(text, "T102", "T204")
    assert fixed.text == text.replace("Usr", "User")
    (refusal,) = fixed.refused
    assert (refusal.diagnostic.code, refusal.description) == ("T204", "open it")
    assert "other than the one that is repaired" in refusal.reason


def test_a_problem_that_was_not_there_is_not_brought_up(mend: Mend) -> None:
    text = policy(statement("trtc:RemoveUsr"))
    fixed = mend(text, "T102", "T401")
    assert fixed.text == text
    assert fixed.refused[0].reason == "would bring up error[T401]: trtc:RemoveUser is forbidden"


def test_the_judge_knows_rules_that_are_not_selected(rules: Callable[..., Registry]) -> None:
    engine = Engine(rules("T102"), Selection(), NOTHING_STATED, edits=True)
    judge = Engine(rules("T102", "T401"), Selection(), NOTHING_STATED)
    text = policy(statement("trtc:RemoveUsr"))
    fixed = Fixer(engine, Safety, Guard(judge)).fix(Source("policy.json", text))
    assert (fixed.text, len(fixed.refused)) == (text, 1)


def test_what_was_there_before_is_not_held_against_a_fix(mend: Mend) -> None:
    text = policy(statement("trtc:RemoveUser"), statement("cvm:*"))
    fixed = mend(text, "T103", "T401")
    assert fixed.text == text.replace("cvm:*", "cvm:Describe*")


def test_one_bad_fix_among_many_is_found(mend: Mend) -> None:
    actions = [f"trtc:A{number}Usr" for number in range(40)]
    actions[17] = "trtc:RemoveUsr"
    fixed = mend(policy(*map(statement, actions)), "T102", "T401")
    assert len(fixed.made) == 39
    assert [one.diagnostic.message for one in fixed.refused] == ["there is no trtc:RemoveUsr"]
    assert fixed.text.count("Usr") == 1


def test_all_may_be_bad(mend: Mend) -> None:
    text = policy(*[statement("trtc:RemoveUser", f"qcs::trtc:::sdkappid/{n}") for n in range(9)])
    fixed = mend(text, "T201")
    assert (fixed.text, len(fixed.refused)) == (text, 9)


class Told:
    """A comparison that says what it is told to say."""

    def __init__(self, narrower: Answer, wider: Answer) -> None:
        self.narrower = narrower
        self.wider = wider


@pytest.mark.parametrize(
    ("narrower", "wider", "made"),
    [
        (Answer.YES, Answer.YES, True),
        (Answer.UNDECIDED, Answer.UNDECIDED, True),
        (Answer.NO, Answer.YES, False),
        (Answer.YES, Answer.NO, False),
    ],
)
def test_only_a_refutation_speaks_against_a_safe_fix(
    rules: Callable[..., Registry], narrower: Answer, wider: Answer, made: bool
) -> None:
    engine = Engine(rules("T101"), Selection(), NOTHING_STATED, edits=True)
    compared = []

    def compare(old: object, new: object, *rest: object) -> Told:
        compared.append((old, new))
        return Told(narrower, wider)

    text = policy({"effect": "allow", "action": ["a:B", "a:B"], "resource": "*"})
    guard = Guard(engine, NOTHING_STATED, None, compare)
    fixed = Fixer(engine, Safety, guard).fix(Source("policy.json", text))
    assert bool(fixed.made) is made
    assert compared


def test_a_policy_that_no_fix_is_about_must_stay_the_same(mend: Mend) -> None:
    inner = policy(statement("trtc:RemoveUsr"))
    text = json.dumps([{"Name": "x", "PolicyDocument": inner}, json.loads(inner)])
    fixed = mend(text, "T102")
    assert len(fixed.made) == 2
    assert json.loads(json.loads(fixed.text)[0]["PolicyDocument"]) == json.loads(fixed.text)[1]


def test_what_was_refused_is_tried_again_after_other_fixes(
    rules: Callable[..., Registry],
) -> None:
    engine = Engine(rules("T101", "T103"), Selection(), NOTHING_STATED, edits=True)
    answers = [Answer.NO]

    def compare(old: object, new: object, *rest: object) -> Told:
        return Told(answers.pop() if answers else Answer.YES, Answer.YES)

    text = policy({"effect": "allow", "action": ["cvm:*", "a:B", "a:B"], "resource": "*"})
    guard = Guard(engine, NOTHING_STATED, None, compare)
    fixed = Fixer(engine, Safety, guard).fix(Source("policy.json", text))
    assert [diagnostic.code for diagnostic, _ in fixed.made] == ["T101", "T103"]
    assert fixed.refused == ()


def test_the_search_for_bad_fixes_is_bounded(mend: Mend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("camlint.fixes.rounds.MOST_TRIALS", 4)
    monkeypatch.setattr("camlint.fixes.rounds.FEWEST_TRIALS", 4)
    text = policy(*[statement("trtc:RemoveUser", f"qcs::trtc:::sdkappid/{n}") for n in range(64)])
    fixed = mend(text, "T201")
    assert (fixed.text, len(fixed.refused)) == (text, 64)
    assert any("too many fixes of this file" in one.reason for one in fixed.refused)
