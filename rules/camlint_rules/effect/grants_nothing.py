"""A policy has allows, and not one request is allowed by it."""

from collections.abc import Iterator

from camlint.access.covers import covered_by, matches_nothing
from camlint.access.first_cell import comparable, could_cover
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
    Trait,
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
              "action": ["cdb:*"],
              "resource": ["*"],
              "condition": {"ip_equal": {"qcs:ip": "203.0.113.0/24"}}
            },
            {
              "effect": "deny",
              "action": ["cdb:*"],
              "resource": ["*"],
              "condition": {"ip_equal": {"qcs:ip": "203.0.0.0/16"}}
            }
          ]
        }
    """),
        Bad("""
        {
          "version": "2.0",
          "statement": «[»
            {
              "effect": "allow",
              "action": ["cdb:Create*"],
              "resource": ["*"],
              "condition": {"numeric_equal": {"qcs:read_only_action": 1}}
            }
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
                {"effect": "allow", "action": ["cdb:*"], "resource": ["*"]},
                {
                  "effect": "deny",
                  "action": ["cdb:*"],
                  "resource": ["*"],
                  "condition": {"ip_not_equal": {"qcs:ip": "203.0.113.0/24"}}
                }
              ]
            }
        """),
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
    when=Trait.DOUBTFUL,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Each allow of the policy is refused entirely by its denies, or matches no request at all.
    Attaching the policy gives nobody anything, which can't be what an author of allows had in mind.

    An allow matches no request when all its actions are operation-level ones, to which CAM gives no
    resource, and its resources are particular ones: only `"*"` matches such a request. Nor does one
    whose conditions exclude one another.

    ## How to fix it

    Look at the deny that refuses most: it is usually wider than it was meant to be (`"*"` where one
    product or one resource belongs). Give operation-level actions a statement of their own with the
    resource `"*"`.

    ## What camlint knows

    The finding is a proof, conditions and all: denies that hold only sometimes count where they
    hold whenever the allow does. A policy in which anything stayed undecided isn't reported.
    """
    if not policy.traits & Trait.DOUBTFUL or not comparable(policy):
        return
    if any(fault.element == "statement" for fault in policy.malformed):
        return
    by: set[int] = set()
    void: list[Statement] = []
    for index, statement in enumerate(policy.statements):
        if statement.effect == "deny":
            continue
        if not statement.complete:
            return
        refused = could_cover(policy.denies, statement, context.catalog)
        if not refused and not statement.may_contradict:
            return
        question = ask(policy, context.settings, context.catalog)
        covering = covered_by(question, index, question.denies) if refused else ()
        if not covering:
            if not matches_nothing(question, index):
                return
            void.append(statement)
        by.update(covering)
    yield _report(policy, context, sorted(by), void)


def _report(policy: Policy, context: Context, by: list[int], void: list[Statement]) -> Finding:
    """``by`` are the denies that refuse, ``void`` the allows that match nothing by themselves."""
    reasons: list[str] = []
    related: list[Related] = []
    ways_out: list[str] = []
    bare = [one for one in void if _is_out_of_scope(one, context)]
    unmet = [one for one in void if one not in bare]
    if bare:
        action, resource = bare[0].actions[0], bare[0].resources[0]
        name = clip(action.text, 40)
        reasons.append(f'CAM matches {name} against "*" only, never against a resource')
        ways_out.append(f'grant {name} in a statement with "resource": "*"')
        related.append(Related(resource.place(), 'only "*" would match'))
    if unmet:
        whose = "its allows" if len(policy.allows) > 1 else "its allow"
        reasons.append(f"no request for what is allowed meets the conditions of {whose}")
        ways_out.append("change or leave out what its conditions exclude")
        related += [Related(one.element("condition"), "never met") for one in unmet]
    if by:
        rest = "the rest" if void else "everything that it allows"
        reasons.append(f"its denies refuse {rest}")
        ways_out.append("narrow the deny to what is really to be refused")
        related += [
            Related(policy.statements[number].element("effect"), "refuses what is allowed")
            for number in by
        ]
    return Finding(
        f"this policy grants nothing: {', and '.join(reasons)}",
        policy.opening_of("statement"),
        label="no request is allowed",
        related=tuple(related),
        help="; ".join(ways_out),
    )


def _is_out_of_scope(statement: Statement, context: Context) -> bool:
    """Whether an allow is void because CAM gives its actions no resource, conditions aside."""
    return bool(statement.traits & Trait.LIMITED) and all(
        not action.name.wild
        and context.catalog.resource_level(action.name.service.text, action.name.operation.text)
        is False
        for action in statement.actions
    )
