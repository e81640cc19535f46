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
    Statement,
    Step,
    Trait,
    Witness,
    clip,
    join_words,
    quote,
    rule,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.rule import Bundle, Signature

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
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{"effect": "allow", "action": [«"cam:PassRole"»], "resource": "*"}]
            }
            """,
            beside=(
                """
                {
                  "version": "2.0",
                  "statement": [{
                    "effect": "allow",
                    "action": ["scf:CreateFunction", "scf:InvokeFunction"],
                    "resource": "qcs::scf:ap-guangzhou:uin/100000000001:namespace/dev/*"
                  }]
                }
                """,
            ),
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
        Good(
            """
            {
              "version": "2.0",
              "statement": [{"effect": "allow", "action": "cam:PassRole", "resource": "*"}]
            }
            """,
            beside=(
                """
                {
                  "version": "2.0",
                  "statement": [{
                    "effect": "allow",
                    "action": "scf:CreateFunction",
                    "resource": "*"
                  }]
                }
                """,
                """
                {
                  "version": "2.0",
                  "statement": [{"effect": "deny", "action": "cam:PassRole", "resource": "*"}]
                }
                """,
            ),
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
    when=Trait.WIDE | Trait.GRANTING_ACTION,
)
def check(held: "Policy | Bundle", context: Context) -> Iterator[Finding]:
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
    Combinations are found across the statements of a document, and across the documents that one
    principal holds where the configuration names them as a bundle:

    ```toml
    [[bundles]]
    name = "developers"
    policies = ["policies/developers/*.json"]
    ```

    Denies of one document then count against the others. What one document gives by itself is told
    of that alone; a combination is told in the document that gives the last operation it takes, with
    the places of the others.

    What is decided is access, not text: a way that a deny takes away, a condition that never holds, or
    a resource that is only some of its kind raises nothing, and neither does what isn't proved. A role
    or a user that is named is left alone, since the policy doesn't tell what they may do.

    Conditions count. Where all of them hold for few (a second factor, a tag, a narrow network), the
    finding is one step milder; `camlint explain CAM701 --severity` has the table. Running commands and
    changing code where a role is bound already is a warning, and only `service-wildcard` (CAM604)
    where the whole product is allowed. Of a policy with `*` on `*` only CAM601 or CAM602 speaks.
    """
    if not isinstance(held, Policy):
        yield from _combine(held, context)
        return
    for ways in by_statement(find_ways((held,), context.settings, context.catalog)):
        yield _report(ways[0], ways[1:])


def _combine(bundle: "Bundle", context: Context) -> Iterator[Finding]:
    """The ways that take several policies: none that one policy has, nor what decides one there."""
    settings, catalog = context.settings, context.catalog
    told: set[str] = set()
    decided: set[int] = set()
    for policy in bundle.policies:
        for one in find_ways((policy,), settings, catalog):
            told.add(one.path.id)
            decided.add(id(one.decisive.offer.statement))
    together = [
        one
        for one in find_ways(bundle.policies, settings, catalog)
        if one.path.id not in told and id(one.decisive.offer.statement) not in decided
    ]
    for ways in by_statement(together):
        yield _report(ways[0], ways[1:], bundle)


def _report(way: Way, others: list[Way], bundle: "Bundle | None" = None) -> Finding:
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
        Related(
            one.offer.pattern.place(),
            f"gives {one.offer.action} for step {number}",
            _elsewhere(one.offer.statement, way, bundle),
        )
        for number, one in enumerate(way.gifts[:-1], 1)
    ]
    if way.limited_by is not None and bundle is not None:
        limits = way.limited_by
        related.append(
            Related(
                limits.element("condition"), "where tags decide", _elsewhere(limits, way, bundle)
            )
        )
    wide = "on every resource" if offer.resource.everything else "on all of them"
    related.append(Related(offer.resource.place(), wide))
    holder = "whoever has this policy"
    if bundle is not None:
        holder = f"whoever has the policies of bundle {quote(bundle.name)}"
    return Finding(
        f"{holder} can {path.outcome}: {join_words(actions)} {let} them {path.lets}",
        pattern.place(),
        label=f"{path.title[0].lower()}{path.title[1:]}",
        related=tuple(related),
        help=way_out,
        note="; ".join(_facts(way, others)),
        severity=Severity(way.severity),
        confidence=Confidence(way.confidence),
        witness=Witness(gift.request, gift.absent),
        flow=_steps(way, bundle),
        policy=bundle.holder_of(offer.statement) if bundle is not None else None,
    )


def _elsewhere(statement: Statement, way: Way, bundle: "Bundle | None") -> "Signature | None":
    """The policy that a statement stands in, where that isn't the one that the finding is about."""
    if bundle is None:
        return None
    found = bundle.holder_of(statement)
    return found if found is not bundle.holder_of(way.decisive.offer.statement) else None


def _steps(way: Way, bundle: "Bundle | None") -> tuple[Step, ...]:
    """The steps that the policy gives, then those for which it takes nothing."""
    steps = [
        Step(
            gift.offer.pattern.place(),
            need.says,
            Witness(gift.request, gift.absent),
            _elsewhere(gift.offer.statement, way, bundle),
        )
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
