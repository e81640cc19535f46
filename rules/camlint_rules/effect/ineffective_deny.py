"""A deny refuses nothing that the same policy allows."""

from collections.abc import Iterator

from camlint.access.answer import Answer
from camlint.access.meets import meets
from camlint.access.first_cell import comparable
from camlint.access.question import ask
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Policy,
    Severity,
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
    if not policy.denies or len(policy.denies) == len(policy.statements) or not comparable(policy):
        return
    question = ask(policy, context.settings, context.catalog)
    statements = policy.statements
    allows = [index for index, one in enumerate(statements) if one.effect != "deny"]
    for index, statement in enumerate(statements):
        if statement.effect != "deny" or not statement.complete or not statement.actions:
            continue
        if all(meets(question, index, allow) is Answer.NO for allow in allows):
            yield Finding(
                f"the deny of {clip(statement.actions[0].text, 40)} refuses nothing that this "
                "policy allows",
                statement.element("effect"),
                label="meets no allow",
                help="check its actions and resources against the allow that it should limit; keep "
                "it if it guards against other policies",
            )
