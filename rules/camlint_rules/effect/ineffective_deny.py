"""A deny refuses nothing that the same policy allows."""

from collections.abc import Iterator

from camlint.access.answer import Answer
from camlint.access.first_cell import comparable
from camlint.access.meets import actions_meet, meets
from camlint.access.question import Question, ask
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Place,
    Policy,
    Related,
    Severity,
    Statement,
    clip,
    rule,
)


@rule(
    code="CAM504",
    name="ineffective-deny",
    severity=Severity.NOTE,
    confidence=Confidence.HIGH,
    strict=True,
    references=("https://cloud.tencent.com/document/product/598/10605",),
    bad=Bad("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["trtc:*"],
              "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
            },
            {
              "effect": «"deny"»,
              "action": ["trtc:RemoveUser"],
              "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400654321"]
            }
          ]
        }
    """),
    good=(
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["trtc:*"],
                  "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
                },
                {
                  "effect": "deny",
                  "action": ["trtc:RemoveUser"],
                  "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
                }
              ]
            }
        """),
        Good("""
            {
              "version": "2.0",
              "statement": [
                {"effect": "deny", "action": ["cam:*"], "resource": ["*"]}
              ]
            }
        """),
    ),
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Everything that isn't allowed is refused anyway. No request that this deny matches is allowed by
    this policy, so within it the deny changes nothing. It may guard against what another policy of
    the same user allows; but where it was written to cut something out of an allow beside it, a
    name in it is probably wrong.

    ## How to fix it

    Compare its actions and resources, letter by letter, with the allow that it should limit. If it
    is meant as a guard against other policies, keep it. A policy that only denies isn't reported.
    """
    if not policy.denies or not policy.allows or not comparable(policy):
        return
    if any(fault.element == "statement" for fault in policy.malformed):
        return
    question = ask(policy, context.settings, context.catalog)
    others = [index for index, one in enumerate(policy.statements) if one.effect != "deny"]
    for index, statement in enumerate(policy.statements):
        if statement.effect != "deny" or not statement.complete:
            continue
        if all(meets(question, index, other) is Answer.NO for other in others):
            what, why = _difference(policy, question, index, others)
            yield Finding(
                f"the deny of {_name(statement)} refuses nothing that this policy allows: {why}",
                statement.element("effect"),
                label="meets no allow",
                related=(Related(what, "not refused"),) if what is not None else (),
                help="check its actions and resources against the allow that it should limit; keep "
                "it if it guards against other policies",
            )


def _difference(
    policy: Policy, question: Question, index: int, others: list[int]
) -> tuple[Place | None, str]:
    """The allow that comes nearest to a deny, and what keeps them apart."""
    for other in others:
        if actions_meet(question, index, other):
            allow = policy.statements[other]
            return allow.element(
                "resource"
            ), "it names other resources than the allows of these actions"
    return None, "no allow has any of these actions"


def _name(statement: Statement) -> str:
    """The deny in the words of its first action."""
    first = clip(statement.actions[0].text, 40)
    more = len(statement.actions) - 1
    return first + (f" and {more} more" if more else "")
