"""A deny lists an action that CAM never matches against the resources beside it."""

from collections.abc import Iterator

from camlint.access.nouns import choose_near, find_page, name_resources
from camlint.access.unnamed import DeadAction, find_dead_actions, find_grantor
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
    code="CAM506",
    name="toothless-deny",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    references=(
        "https://cloud.tencent.com/document/product/598/67492",
        "https://cloud.tencent.com/document/product/598/10606",
    ),
    kinds=(Kind.IDENTITY, Kind.SESSION, Kind.SCP, Kind.BUCKET),
    supersedes=("CAM507",),
    when=Trait.LIMITED | Trait.DENY,
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cam:AttachUserPolicy", "cam:ListUsers"],
                  "resource": ["*"]
                },
                {
                  "effect": "deny",
                  "action": [«"cam:AttachUserPolicy"»],
                  "resource": ["qcs::cam::uin/100012345678:uin/100087654321"]
                }
              ]
            }
            """
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "deny",
                "action": ["trtc:DismissRoom", «"trtc:CreateCloudSliceTask"»],
                "resource": [
                  "qcs::trtc::uin/100012345678:sdkappid/1400123456",
                  "qcs::trtc::uin/100012345678:sdkappid/1400123457"
                ]
              }]
            }
            """
        ),
    ),
    good=(
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {"effect": "deny", "action": "cam:AttachUserPolicy", "resource": "*"},
                {
                  "effect": "deny",
                  "action": ["trtc:DismissRoom", "trtc:*"],
                  "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
                }
              ]
            }
            """
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["trtc:CreateCloudSliceTask"],
                "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
              }]
            }
            """
        ),
    ),
    cwe=863,
    security_severity=5.5,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    To operation-level operations, as attaching a policy or creating an instance, CAM gives no
    resource, only `*`. A deny that names particular resources never matches such a request. It
    refuses nothing, and whoever wrote it believes that those resources are safe.

    ## How to fix it

    Deny the action in a statement with `"resource": "*"`. It is then refused altogether, for
    CAM can't tell the resources of such a request apart. If that is too much, allow it to fewer
    people instead.

    ## What camlint knows

    That CAM gives no resource, and that an *allow* for particular resources is then void, is
    documented. That a deny fails in the same way is concluded from it, hence the medium confidence.
    Otherwise the same holds as for `void-grant` (CAM505).
    """
    for statement in policy.denies:
        for dead in find_dead_actions(statement, context.catalog):
            yield _report(policy, statement, dead, context)


def _report(policy: Policy, statement: Statement, dead: DeadAction, context: Context) -> Finding:
    action, text = dead.pattern, clip(dead.pattern.name.qualified)
    near = choose_near(statement.resources, action.name.service.text)
    where, count = name_resources(near), len(dead.known)
    if not action.name.wild:
        said = "is operation-level" if dead.settled else "is probably operation-level"
        message = f"the deny of {text} refuses nothing: it {said}, so CAM never matches it"
    elif count == 1:
        message = (
            f"the deny of {text} refuses nothing known: {dead.known[0].name}, the one known match, "
            "is operation-level, so CAM never matches it"
        )
    else:
        message = (
            f"the deny of {text} refuses nothing known: all {count} known actions that it matches "
            "are operation-level, so CAM never matches them"
        )
    message += f" against {where}"
    related = [Related(near[0].place(), 'only "*" would match')]
    way_out = 'deny it in a statement with "resource": "*", which refuses it altogether'
    grantor = find_grantor(policy, statement, action)
    if grantor is not None:
        message += f"; statement {grantor + 1} alone does"
        way_out = f"remove it here, since statement {grantor + 1} denies it on everything"
        related.append(
            Related(policy.statements[grantor].element("resource"), "denied on everything here")
        )
    return Finding(
        message,
        action.place(),
        label="refuses nothing",
        related=tuple(related),
        help=way_out,
        note=_explain(dead, context),
        confidence=None if dead.settled else Confidence.LOW,
    )


def _explain(dead: DeadAction, context: Context) -> str:
    """What the finding rests on."""
    page = find_page(context.catalog.service(dead.pattern.name.service.text), dead.known[0])
    facts = [f"the granularity is listed at {page}"] if page else []
    if not dead.settled:
        facts.append("another page contradicts it")
    facts.append("that a deny fails just as an allow does is concluded from how CAM works")
    return "; ".join(facts)
