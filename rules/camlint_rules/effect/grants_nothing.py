"""A policy has allows, and not one request is allowed by it."""

from collections.abc import Iterator

from camlint.access.answer import Answer
from camlint.access.covers import covers
from camlint.access.first_cell import Rivals, comparable
from camlint.access.question import ask
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Policy,
    Related,
    Severity,
    rule,
)


@rule(
    code="CAM508",
    name="grants-nothing",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    kinds=(Kind.IDENTITY, Kind.SESSION),
    references=("https://cloud.tencent.com/document/product/598/10605",),
    bad=Bad("""
        {
          "version": "2.0",
          "statement": «[»
            {
              "effect": "allow",
              "action": ["trtc:*"],
              "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
            },
            {"effect": "deny", "action": ["*"], "resource": ["*"]}
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
              "statement": [{"effect": "deny", "action": ["cam:*"], "resource": ["*"]}]
            }
        """),
    ),
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Each allow of the policy is refused entirely by its denies, or matches no request at all.
    Attaching the policy gives nobody anything, which can't be what an author of allows had in mind.

    ## How to fix it

    Look at the deny that refuses most: it is usually wider than it was meant to be (`"*"` where one
    product or one resource belongs).

    ## What camlint knows

    The finding is a proof. A policy in which anything stayed undecided, such as a deny with a
    condition, isn't reported.
    """
    if not policy.allows or not policy.denies or policy.malformed or not comparable(policy):
        return
    rivals = Rivals(policy.denies)
    by: set[int] = set()
    for index, statement in enumerate(policy.statements):
        if statement.effect == "deny":
            continue
        if not rivals.could_cover(statement, context.catalog):
            return
        question = ask(policy, context.settings, context.catalog)
        cover = covers(question, index, question.denies)
        if cover.answer is not Answer.YES:
            return
        by.update(cover.by)
    yield Finding(
        "this policy grants nothing: its denies refuse everything that it allows",
        policy.opening_of("statement"),
        label="no request is allowed",
        related=tuple(
            Related(policy.statements[number].element("effect"), "refuses what is allowed")
            for number in sorted(by)
        ),
        help="narrow the deny to what is really to be refused",
    )
