"""A policy has allows, and not one request is allowed by it."""

from collections.abc import Iterator

from camlint.access.covers import covered_by, matches_nothing
from camlint.access.first_cell import Rivals, comparable, may_be_void
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
    Statement,
    clip,
    rule,
)


@rule(
    code="CAM508",
    name="grants-nothing",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    kinds=(Kind.IDENTITY, Kind.SESSION),
    references=(
        "https://cloud.tencent.com/document/product/598/10605",
        "https://cloud.tencent.com/document/product/598/70059",
    ),
    bad=(
        Bad("""
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
        Bad("""
        {
          "version": "2.0",
          "statement": «[»
            {
              "effect": "allow",
              "action": ["trtc:CreateCloudSliceTask"],
              "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
            }
          ]
        }
    """),
    ),
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

    An allow matches no request when all its actions are operation-level ones, to which CAM gives no
    resource, and its resources are particular ones: only `"*"` matches such a request.

    ## How to fix it

    Look at the deny that refuses most: it is usually wider than it was meant to be (`"*"` where one
    product or one resource belongs). Give operation-level actions a statement of their own with the
    resource `"*"`.

    ## What camlint knows

    The finding is a proof. A policy in which anything stayed undecided, such as a deny with a
    condition, isn't reported.
    """
    if not policy.allows or not comparable(policy):
        return
    if not policy.denies and not all(may_be_void(one) for one in policy.allows):
        return
    if any(fault.element == "statement" for fault in policy.malformed):
        return
    rivals = Rivals(policy.denies)
    by: set[int] = set()
    void: Statement | None = None
    for index, statement in enumerate(policy.statements):
        if statement.effect == "deny":
            continue
        if not statement.complete or not rivals.could_cover(statement, context.catalog):
            return
        question = ask(policy, context.settings, context.catalog)
        covering = covered_by(question, index, question.denies)
        if not covering:
            if not matches_nothing(question, index):
                return
            void = statement
        by.update(covering)
    yield _report(policy, sorted(by), void)


def _report(policy: Policy, by: list[int], void: Statement | None) -> Finding:
    """``by`` are the denies that refuse, ``void`` an allow that matches nothing, if there is one."""
    why = "its denies refuse everything that it allows"
    way_out = "narrow the deny to what is really to be refused"
    related = [
        Related(policy.statements[number].element("effect"), "refuses what is allowed")
        for number in by
    ]
    if void is not None:
        action, resource = void.actions[0], void.resources[0]
        fact = f'CAM matches {clip(action.text, 40)} against "*" only, never against a resource'
        why = f"{fact}, and its denies refuse the rest" if by else fact
        way_out = f'grant {clip(action.text, 40)} in a statement with "resource": "*"'
        related.append(Related(resource.place(), 'only "*" would match'))
    return Finding(
        f"this policy grants nothing: {why}",
        policy.opening_of("statement"),
        label="no request is allowed",
        related=tuple(related),
        help=way_out,
    )
