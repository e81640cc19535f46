"""An allow gives actions on every resource, though CAM could limit them to some."""

from collections.abc import Iterator
from functools import lru_cache

from camlint.access.counts import count_levels
from camlint.access.limits import (
    find_limitable,
    is_certain,
    is_risky,
    limits_by_tag,
    list_fitting,
    list_forms,
    propose_resource,
)
from camlint.access.nouns import find_page, nouns_of
from camlint.catalog.action import Action
from camlint.catalog.template import ResourceTemplate
from camlint.patterns import holds_placeholder
from camlint.rule import (
    ActionPattern,
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Kind,
    Policy,
    Related,
    Remove,
    Replace,
    ResourcePattern,
    Safety,
    Settings,
    Severity,
    Statement,
    Trait,
    clip,
    join_words,
    rule,
)

WORTH = {
    "credentials": "hands out credentials",
    "exfiltration": "reads out stored data",
}
"""Why a reading action counts as much as a writing one, by the group of risk that it is in."""

Listed = tuple[ActionPattern, tuple[Action, ...]]
"""An action or pattern with the known actions that it stands for."""

Sorted = tuple[list[Listed], list[Listed], list[Listed]]
"""What could be limited of one service: all of it, what of that is risky, and the rest."""


@rule(
    code="CAM603",
    name="wildcard-resource",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10592",
        "https://cloud.tencent.com/document/product/598/10606",
        "https://cloud.tencent.com/document/product/598/67492",
    ),
    kinds=(Kind.IDENTITY, Kind.SESSION),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": [
                  "trtc:DescribeUserEvent",
                  «"trtc:DismissRoom"»,
                  "trtc:RemoveUser",
                  "cdb:CreateDBInstance",
                  «"cdb:RestartDBInstances"»
                ],
                "resource": "*"
              }]
            }
            """
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": [«"name/cos:DeleteObject"»],
                "resource": ["*"],
                "condition": {"ip_equal": {"qcs:ip": "203.0.113.0/24"}}
              }]
            }
            """
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": [«"cdb:DescribeDBInstanceConfig"»],
                "resource": "*"
              }]
            }
            """,
            settings=Settings(accounts=("100012345678",), sdkappids=("1400123456",)),
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": [«"trtc:DismissRoom"», "trtc:RemoveUser"],
                "resource": ["*"]
              }]
            }
            """,
            fixed="""
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
                "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
              }]
            }
            """,
            settings=Settings(accounts=("100012345678",), sdkappids=("1400123456",)),
        ),
    ),
    good=(
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
                  "resource": "qcs::trtc::uin/100012345678:sdkappid/1400123456"
                },
                {
                  "effect": "allow",
                  "action": ["cdb:RestartDBInstances"],
                  "resource": "qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/cdb-a1b2c3d4"
                },
                {
                  "effect": "allow",
                  "action": ["cdb:CreateDBInstance", "cam:AttachUserPolicy"],
                  "resource": "*"
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
                {
                  "effect": "allow",
                  "action": ["trtc:RemoveUser", "cdb:RestartDBInstances"],
                  "resource": "*",
                  "condition": {
                    "for_any_value:string_equal": {"qcs:resource_tag": ["env&test"]}
                  }
                },
                {"effect": "deny", "action": "trtc:DismissRoom", "resource": "*"}
              ]
            }
            """
        ),
    ),
    cwe=732,
    security_severity=5.0,
    when=Trait.EVERYTHING,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    With `"*"` the action reaches everything of its kind in the account: the room of every
    application can be dismissed, every database restarted, those of other teams and of tomorrow
    too. For these actions CAM does look at the resource, so the statement could name the ones that
    are meant.

    ## How to fix it

    Name the resources in the form that the product documents, which the finding shows filled in as
    far as the policy and the configuration tell. Give actions that work on `"*"` only a statement
    of their own. Where resources come and go, tag them and use the condition key
    `qcs:resource_tag`.

    `camlint fix --unsafe-fixes` does it where only one resource comes into question, with an account
    and an id that stand in the policy or in the configuration.

    ## What camlint knows

    Reported are actions that change something, or that read what is worth as much (secrets, stored
    data), and that are documented as resource-level, once for each product of a statement. Actions
    that only read are a note in strict mode. Silent are operation-level actions, which need `"*"`,
    those of which no page says anything, patterns that match any operation-level action or that
    stand for actions of which less than three quarters are documented as resource-level, and
    statements limited by tags or by a condition of Tencent's preset policies.
    """
    for statement in policy.allows:
        if not statement.traits & Trait.EVERYTHING or not statement.complete:
            continue
        find = _recall_by_service if statement.shared else _by_service
        found = find(statement, context)
        if not found or any(one.preset or limits_by_tag(one) for one in statement.conditions):
            continue
        everything = next(one for one in statement.resources if one.six is None)
        for service, (listed, risky, rest) in found.items():
            if risky or (rest and context.strict):
                fixes = _limit(policy, statement, everything, listed, context.settings)
                yield _report(
                    policy,
                    statement,
                    everything,
                    service,
                    risky or rest,
                    fixes,
                    context,
                    strict=not risky,
                )


def _by_service(statement: Statement, context: Context) -> dict[str, Sorted]:
    """The actions that could be limited; none of a service of which everything is allowed."""
    whole = {one.name.service.text for one in statement.wildcards if one.name.operation.text == "*"}
    if "*" in whole:
        return {}
    found: dict[str, list[Listed]] = {}
    for action in statement.actions:
        service = action.name.service.text
        if service not in whole and (known := find_limitable(action, context.catalog)):
            found.setdefault(service, []).append((action, known))
    return {
        service: (listed, _pick(listed, risky=True), _pick(listed, risky=False))
        for service, listed in found.items()
    }


_recall_by_service = lru_cache(maxsize=512)(_by_service)
"""The same for statements that stand for all their equals."""


def _pick(listed: list[Listed], *, risky: bool) -> list[Listed]:
    """The patterns with those of their actions that are risky, or with those that aren't."""
    sorted_out = (
        (action, tuple(one for one in known if is_risky(one) is risky)) for action, known in listed
    )
    return [(action, known) for action, known in sorted_out if known]


def _report(
    policy: Policy,
    statement: Statement,
    everything: ResourcePattern,
    service: str,
    listed: list[Listed],
    fixes: tuple[Fix, ...],
    context: Context,
    *,
    strict: bool,
) -> Finding:
    action, known = listed[0]
    forms = list_forms([each for _, actions in listed for each in actions])
    types = {nouns_of(form.service, form.type) for form in forms}
    one, several = types.pop() if len(types) == 1 else ("resource", "resources")
    more = len(listed) - 1
    named = clip(action.name.qualified, 50)
    them = "it"
    if more:
        named += f" and {more} more action{'s' if more > 1 else ''} of {service}"
        them = "them"
    kind = several if one != "resource" else f"resources of {service}"
    proposal = _propose(policy, forms, context.settings)
    alone = all(any(other is each for each, _ in listed) for other in statement.actions)
    if any(each.text == proposal for each in statement.resources):
        way_out = f'remove "*", since {proposal} stands beside it'
    elif alone:
        way_out = f'write {proposal} in place of "*"'
    else:
        way_out = f"give {them} a statement of {'their' if more else 'its'} own with {proposal}"
    page = find_page(context.catalog.service(service), known[0])
    facts = []
    if more:
        shown = ", ".join(clip(other.name.qualified, 50) for other, _ in listed[1:4])
        facts.append(f"also {shown}{f' and {more - 3} more' if more > 3 else ''}")
    if action.name.wild:
        them_all = f"at least {len(known)} known actions" if known[1:] else known[0].name
        facts.append(
            f"{clip(action.name.qualified, 50)} matches {them_all} that can be limited"
            + (f": {count_levels(known)}" if known[1:] else "")
        )
    facts += [f"{known[0].qualified} {WORTH[group]}" for group in known[0].groups if group in WORTH]
    if page:
        facts.append(f"the form of the resource is listed at {page}")
    certain = is_certain([each for _, actions in listed for each in actions])
    return Finding(
        f"{named} {'are' if more else 'is'} allowed on all {kind}, though CAM could limit {them} "
        "to those that are meant",
        action.place(),
        label=f"on all {kind}",
        related=(Related(everything.place(), "on every resource"),),
        help=way_out,
        note="; ".join(facts),
        severity=Severity.NOTE if strict else None,
        confidence=None if certain else Confidence.MEDIUM,
        strict=strict,
        fixes=fixes if alone else (),
    )


def _limit(
    policy: Policy,
    statement: Statement,
    everything: ResourcePattern,
    listed: list[Listed],
    settings: Settings,
) -> tuple[Fix, ...]:
    """The fix that names the one resource in place of ``"*"``, where it is known to the last digit.

    All that the statement allows must be of one service and work on resources of one form. It is
    made alone, lest what ``"*"`` makes redundant goes together with it.
    """
    forms = list_forms([each for _, actions in listed for each in actions])
    if len(listed) < len(statement.actions) or len(forms) > 1:
        return ()
    if len(list_fitting(forms[0], policy)) > 1:
        return ()
    proposal = propose_resource(forms[0], policy, settings)
    if holds_placeholder(proposal):
        return ()
    if any(each.text == proposal for each in statement.resources):
        return (Fix(Safety.NARROWING, 'remove "*"', Remove(everything.pointer), alone=True),)
    edit = Replace(everything.place(), proposal)
    return (Fix(Safety.NARROWING, f'write {proposal} in place of "*"', edit, alone=True),)


def _propose(policy: Policy, forms: tuple[ResourceTemplate, ...], settings: Settings) -> str:
    """The resources that could stand in place of ``"*"``, one of each form."""
    words = [propose_resource(form, policy, settings) for form in forms]
    shown: list[str] = list(dict.fromkeys(words))[:3]
    if len(forms) > 1 and len({nouns_of(form.service, form.type) for form in forms}) == 1:
        return " or ".join(shown)
    if len(words) > 3:
        shown.append(f"resources of {len(words) - 3} more types")
    return join_words(shown)
