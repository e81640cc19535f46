"""A policy lets its holder raise their own rights beyond what it says."""

from collections.abc import Iterator

from camlint.access.escalation import Way, by_statement, find_ways
from camlint.access.strength import Strength
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
    Step,
    Trait,
    Witness,
    clip,
    join_words,
    quote,
    rule,
)

SHOWN = 4
"""Further ways that a note names."""


@rule(
    code="CAM701",
    name="privilege-escalation",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/69872",
        "https://cloud.tencent.com/document/product/598/10592",
    ),
    kinds=(Kind.IDENTITY, Kind.SESSION),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["cam:GetUser", «"cam:AttachUserPolicy"»],
                "resource": "*"
              }]
            }
            """
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["scf:CreateFunction", "scf:InvokeFunction"],
                  "resource": "qcs::scf:ap-guangzhou:uin/100000000001:namespace/dev/*"
                },
                {"effect": "allow", "action": [«"cam:PassRole"»], "resource": "*"}
              ]
            }
            """
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {"effect": "allow", "action": [«"cam:*"»], "resource": "*"},
                {"effect": "deny", "action": "cam:Attach*", "resource": "*"}
              ]
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
                {"effect": "allow", "action": ["cam:Get*", "cam:List*"], "resource": "*"},
                {
                  "effect": "allow",
                  "action": "cam:CreateAccessKey",
                  "resource": "qcs::cam::uin/100000000001:uin/${uin}"
                }
              ]
            }
            """
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {"effect": "allow", "action": "scf:CreateFunction", "resource": "*"},
                {
                  "effect": "allow",
                  "action": "cam:PassRole",
                  "resource": "qcs::cam::uin/100000000001:roleName/report-writer"
                }
              ]
            }
            """
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {"effect": "allow", "action": "cam:AddUserToGroup", "resource": "*"},
                {"effect": "deny", "action": "cam:Add*", "resource": "*"}
              ]
            }
            """
        ),
    ),
    supersedes=(
        "CAM112",
        "CAM603",
        "CAM604",
        "CAM702",
        "CAM703",
        "CAM704",
        "CAM705",
        "CAM706",
        "CAM707",
    ),
    cwe=269,
    security_severity=8.8,
    weighs=True,
    when=Trait.WIDE,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Some operations are worth more than they look. Who may attach policies attaches
    AdministratorAccess to themselves; who may make keys makes one for an administrator; who may pass
    any role to a function runs their own code with the rights of the most powerful one. Whatever
    else the policy leaves out, its holder can get it, and so can whoever finds one of their keys.

    ## How to fix it

    Take the operation away, or scope it where CAM can: `cam:PassRole` and `sts:AssumeRole` to the
    roles that are meant, `cam:CreateAccessKey` to the holder's own user with `${uin}`. Most
    operations on identities are operation-level and can't be limited to some users or policies;
    leave them to administrators, or bind their holders with a permissions boundary.

    ## What camlint knows

    The ways are data, each with its steps and with Tencent's page that says what the operation does:
    see `tools/catalog/risks`. One finding a statement names the worst way and the number of others.
    Combinations are found across the statements of a document.

    What is decided is access, not text: a way that a deny takes away, a condition that never holds, or
    a resource that is only some of its kind raises nothing, and neither does what isn't proved. A role
    or a user that is named is left alone, since the policy doesn't tell what they may do.

    Conditions count. Where all of them hold for few (a second factor, a tag, a narrow network), the
    finding is one step milder; `camlint explain CAM701 --severity` has the table. Running commands and
    changing code where a role is bound already is a warning, and only `service-wildcard` (CAM604)
    where the whole product is allowed. Of a policy with `*` on `*` only CAM601 or CAM602 speaks.
    """
    for ways in by_statement(find_ways((policy,), context.settings, context.catalog)):
        yield _report(ways[0], ways[1:])


def _report(way: Way, others: list[Way]) -> Finding:
    path, gift = way.path, way.decisive
    actions = list(way.actions)
    let = "together let" if len(actions) > 1 else "lets"
    offer = gift.offer
    pattern = offer.pattern
    way_out = path.way_out
    if pattern.name.wild:
        way_out = (
            f"list the operations that are needed in place of {quote(pattern.text)}; {way_out}"
        )
    related = [
        Related(one.offer.pattern.place(), f"gives {one.offer.action} for step {number}")
        for number, one in enumerate(way.gifts[:-1], 1)
    ]
    wide = "on every resource" if offer.resource.everything else "on all of them"
    related.append(Related(offer.resource.place(), wide))
    return Finding(
        f"whoever has this policy can {path.outcome}: {join_words(actions)} {let} them {path.lets}",
        pattern.place(),
        label=f"{path.title[0].lower()}{path.title[1:]}",
        related=tuple(related),
        help=way_out,
        note="; ".join(_facts(way, others)),
        severity=Severity(way.severity),
        confidence=Confidence(way.confidence),
        witness=Witness(gift.request, gift.absent),
        flow=_steps(way),
    )


def _steps(way: Way) -> tuple[Step, ...]:
    """The steps that the policy gives, then those for which it takes nothing."""
    steps = [
        Step(gift.offer.pattern.place(), need.says, Witness(gift.request, gift.absent))
        for gift, need in zip(way.gifts, way.path.needs, strict=True)
    ]
    at = way.decisive.offer.pattern.place()
    return (*steps, *(Step(at, says) for says in way.path.then))


def _facts(way: Way, others: list[Way]) -> Iterator[str]:
    """What comes of it, the other ways, and what conditions do about it."""
    yield f"at stake: {way.path.consequence}"
    named = {gift.offer.action for gift in way.gifts}
    further = list(
        dict.fromkeys(
            one.decisive.offer.action for one in others if one.decisive.offer.action not in named
        )
    )
    if further:
        more = len(further) - SHOWN
        shown = [clip(one, 50) for one in further[:SHOWN]] + ([f"{more} more"] if more > 0 else [])
        count = "one further way" if len(further) == 1 else f"{len(further)} further ways"
        yield f"{count}: {join_words(shown)}"
    if way.strength is Strength.STRONG:
        yield f"{way.severity} rather than {way.path.severity}, since conditions let few through"
    elif way.strength is Strength.WEAK:
        yield "its conditions keep few out"
    page = way.path.references[0].removeprefix("https://")
    yield f"{way.decisive.offer.action} is described at {page}"
