"""A policy may allow what the user said that no policy may."""

from collections.abc import Iterator

from camlint.access.absent import find_absent
from camlint.access.answer import UNKNOWN, Request
from camlint.access.decide import decide
from camlint.access.example import name_known_action
from camlint.access.grants import grants
from camlint.access.intersections import globs_meet
from camlint.access.question import ask
from camlint.access.readable import readable
from camlint.patterns import matcher
from camlint.rule import (
    ActionPattern,
    Bad,
    Confidence,
    Context,
    Finding,
    Forbidden,
    Good,
    Place,
    Policy,
    Related,
    Settings,
    Severity,
    Statement,
    Witness,
    clip,
    join_words,
    quote,
    rule,
)

MOST_NAMED = 3
"""How many of the forbidden actions, and of the statements that grant one, a finding names."""

NO_IDENTITIES = Settings(forbidden=(Forbidden(("cam:*",)),))
KEEP_RECORDS = Settings(
    forbidden=(
        Forbidden(
            ("cos:Delete*", "cos:PutObject"), ("qcs::cos::uid/1253653367:records-1253653367/*",)
        ),
    )
)


@rule(
    code="CAM511",
    name="forbidden-access",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    demand="forbid",
    references=("https://cloud.tencent.com/document/product/598/10605",),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cvm:Describe*", «"cam:Attach*"»],
                  "resource": ["*"]
                },
                {
                  "effect": "deny",
                  "action": ["cam:AttachUserPolicy"],
                  "resource": ["*"]
                }
              ]
            }
            """,
            settings=NO_IDENTITIES,
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": [«"cos:*"»],
                  "resource": ["qcs::cos::uid/1253653367:*"],
                  "condition": {"ip_equal": {"qcs:ip": ["203.0.113.0/24"]}}
                }
              ]
            }
            """,
            settings=KEEP_RECORDS,
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["*"],
                  "resource": ["*"]
                },
                {
                  "effect": "deny",
                  "action": ["cam:*"],
                  "resource": ["*"],
                  "condition": {«"string_equals"»: {"qcs:uin": ["100012345678"]}}
                }
              ]
            }
            """,
            settings=NO_IDENTITIES,
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
                  "action": ["*"],
                  "resource": ["*"]
                },
                {
                  "effect": "deny",
                  "action": ["cam:*"],
                  "resource": ["*"]
                }
              ]
            }
            """,
            settings=NO_IDENTITIES,
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:*"],
                  "resource": ["qcs::cos::uid/1253653367:photos-1253653367/*"]
                }
              ]
            }
            """,
            settings=KEEP_RECORDS,
        ),
    ),
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    You said what no policy may grant, with `--forbid` and `--on`, or `forbid` and `forbid-on` in the
    configuration. This policy allows some of it, be it through a wildcard, in several statements
    taken together, or only under a condition that a request can meet.

    ## How to fix it

    Name the actions that are needed in place of the wildcard, or refuse what is forbidden by a deny
    without a condition. A policy that has to grant it, such as that of administrators, is exempted
    in the configuration:

    ```toml
    forbid = ["cam:*", "cos:DeleteBucket"]

    [[overrides]]
    paths = ["administrators/**"]
    forbid = []
    ```

    That leaves what the command line forbids; `ignore = ["CAM511"]` in its place exempts from both.

    ## What camlint knows

    Silence is a proof that the policy allows none of the actions on any of the resources, in no
    circumstances. A finding of severity error shows a request that the policy allows, circumstances
    included. Where neither can be shown, since a part of the policy can't be read, the finding is a
    warning that says so: what can't be told is never passed over.

    Each policy is asked by itself. What several of them, attached to the same user, grant together
    is no more than the sum of what they allow: a deny in one of them takes away from the others, and
    so may make this finding needless, but none is ever missed.
    """
    for forbidden in context.settings.forbidden:
        yield from _ask(policy, forbidden, context)


def _ask(policy: Policy, forbidden: Forbidden, context: Context) -> Iterator[Finding]:
    """What is to be said of a policy that may grant some of what is forbidden together."""
    settings, catalog = context.settings, context.catalog
    if grants((policy,), forbidden.actions, forbidden.resources, settings, catalog) is None:
        return
    granted: list[tuple[str, Request]] = []
    unsure: list[str] = []
    for action in forbidden.actions:
        found = grants((policy,), (action,), forbidden.resources, settings, catalog)
        if found is UNKNOWN:
            unsure.append(action)
        elif isinstance(found, Request):
            granted.append((action, found))
    if granted:
        yield _show(policy, granted, unsure, forbidden, context)
    else:
        yield _doubt(policy, unsure or list(forbidden.actions), forbidden)


def _show(
    policy: Policy,
    granted: list[tuple[str, Request]],
    unsure: list[str],
    forbidden: Forbidden,
    context: Context,
) -> Finding:
    """The finding about a request that is allowed."""
    pattern, found = granted[0]
    question = ask(policy, context.settings, context.catalog)
    request = name_known_action(question, found, pattern)
    by = [policy.statements[number] for number in decide(question, request).by]
    grantors = [_find_action(one, request.action) for one in by[:MOST_NAMED]]
    first = grantors[0]
    who = "this policy"
    if first is not None and first.text != request.action:
        who = quote(first.text)
    places = [
        one.place() if one is not None else by[number].element("action")
        for number, one in enumerate(grantors)
    ]
    told: list[str] = []
    if len(granted) > 1:
        told.append(f"{_name([action for action, _ in granted[1:]])} is allowed as well")
    if unsure:
        told.append(f"whether {_name(unsure)} is allowed could not be told")
    return Finding(
        f"{who} allows {clip(request.action)}{_where(forbidden)}, and {_name([pattern])} is forbidden",
        places[0],
        label="allows what is forbidden",
        related=tuple([Related(place, "allows it, too") for place in places[1:]]),
        help=f'allow no more than is needed, or add a deny of "{pattern}" without a condition',
        note="; ".join(told),
        witness=Witness(request, find_absent(question, request)),
    )


def _doubt(policy: Policy, unsure: list[str], forbidden: Forbidden) -> Finding:
    """The finding about what could be neither shown nor ruled out."""
    place, label, why = _suspect(policy, unsure)
    way_out = "write this so that it can be told, or deny what is forbidden without a condition"
    if not why:
        why = "no request was found that is allowed, but not all of them could be ruled out"
        if _where(forbidden):
            way_out = (
                "name the account of the resource in --on as the policy has it: whether an empty "
                "one is the same isn't known"
            )
    return Finding(
        f"whether this policy allows {_name(unsure)}{_where(forbidden)}, which is forbidden, could "
        "not be told",
        place,
        label=label,
        help=way_out,
        note=why,
        severity=Severity.WARNING,
    )


def _find_action(statement: Statement, action: str) -> ActionPattern | None:
    """The action of a statement that matches the action of a request."""
    for one in statement.actions:
        if not one.name.opaque and matcher(one.name.qualified)(action):
            return one
    return None


def _suspect(policy: Policy, unsure: list[str]) -> tuple[Place, str, str]:
    """Where in a policy the doubt comes from, words to stand beside it, and what follows from it.

    The last is empty where no part of the policy is plainly to blame.
    """
    for fault in policy.malformed:
        if fault.element == "statement":
            return fault.place(), "no statement", "what CAM makes of it isn't known"
    for statement in policy.statements:
        if not _may_meet(statement, unsure):
            continue
        if not readable(statement):
            faults = statement.malformed
            where = faults[0].place() if faults else _unreadable(statement)
            return where, "can't be read", f"what this {_effect(statement)} matches isn't known"
        for condition in statement.conditions:
            if condition.known is None:
                why = f"when this {_effect(statement)} holds isn't known"
                return condition.operator_place(), "no operator of CAM", why
    for statement in policy.allows:
        for action in statement.actions:
            if any(globs_meet(action.name.qualified, one) for one in unsure):
                return action.place(), "may allow it", ""
    return policy.opening_of("statement"), "may allow it", ""


def _may_meet(statement: Statement, unsure: list[str]) -> bool:
    """Whether a statement may speak of any of some actions."""
    if not statement.actions or any(one.element == "action" for one in statement.malformed):
        return True
    return any(
        one.name.opaque or globs_meet(one.name.qualified, other)
        for one in statement.actions
        for other in unsure
    )


def _unreadable(statement: Statement) -> Place:
    """The set of actions whose contents aren't known, else the first resource."""
    for action in statement.actions:
        if action.name.opaque or not action.text.isprintable():
            return action.place()
    return statement.resources[0].place() if statement.resources else statement.opening()


def _effect(statement: Statement) -> str:
    return statement.effect or "statement"


def _name(actions: list[str]) -> str:
    named = actions[:MOST_NAMED]
    if len(actions) > MOST_NAMED:
        named.append(f"{len(actions) - MOST_NAMED} more")
    return join_words([clip(one) for one in named])


def _where(forbidden: Forbidden) -> str:
    """The resources on which something is forbidden, if those aren't all."""
    if "*" in forbidden.resources:
        return ""
    return f" on {clip(forbidden.resources[0])}" + (
        f" or {len(forbidden.resources) - 1} more" if len(forbidden.resources) > 1 else ""
    )
