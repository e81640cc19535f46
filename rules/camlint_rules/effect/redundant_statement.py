"""A statement says nothing that other statements of the same effect don't say already."""

from collections.abc import Iterator

from camlint.access.covers import covered_by
from camlint.access.first_cell import comparable, could_cover, plainly_covers, share_services
from camlint.access.question import ask
from camlint.access.readable import readable
from camlint.rule import (
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
    Safety,
    Severity,
    Statement,
    Trait,
    clip,
    join_words,
    rule,
)


@rule(
    code="CAM503",
    name="redundant-statement",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=("https://cloud.tencent.com/document/product/598/10605",),
    supersedes=("CAM504",),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cdb:Describe*"],
                  "resource": ["*"]
                },
                {
                  "effect": «"allow"»,
                  "action": ["cdb:DescribeDBInstances"],
                  "resource": ["qcs::cdb:ap-guangzhou::instanceId/cdb-1a2b3c4d"]
                }
              ]
            }
        """,
            fixed="""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cdb:Describe*"],
                  "resource": ["*"]
                }
              ]
            }
            """,
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cdb:*"],
                  "resource": ["*"],
                  "condition": {"ip_equal": {"qcs:ip": ["203.0.113.0/24", "198.51.100.0/24"]}}
                },
                {
                  "effect": «"allow"»,
                  "action": ["cdb:Describe*"],
                  "resource": ["*"],
                  "condition": {"ip_equal": {"qcs:ip": "203.0.113.7"}}
                }
              ]
            }
        """,
            fixed="""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cdb:*"],
                  "resource": ["*"],
                  "condition": {"ip_equal": {"qcs:ip": ["203.0.113.0/24", "198.51.100.0/24"]}}
                }
              ]
            }
            """,
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {"effect": "deny", "action": "trtc:RemoveUser", "resource": "*"},
                {"effect": «"deny"», "action": "name/trtc:RemoveUser", "resource": ["*"]}
              ]
            }
        """,
            fixed="""
            {
              "version": "2.0",
              "statement": [
                {"effect": "deny", "action": "trtc:RemoveUser", "resource": "*"}
              ]
            }
            """,
        ),
    ),
    good=(
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cdb:Describe*"],
                  "resource": ["*"]
                },
                {
                  "effect": "allow",
                  "action": ["cdb:RestartDBInstances"],
                  "resource": ["qcs::cdb:ap-guangzhou::instanceId/cdb-1a2b3c4d"]
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
                  "action": "cdb:*",
                  "resource": "*",
                  "condition": {"ip_equal": {"qcs:ip": "203.0.113.0/24"}}
                },
                {"effect": "allow", "action": "cdb:DescribeDBInstances", "resource": "*"}
              ]
            }
        """),
    ),
    when=Trait.SEVERAL_ALIKE,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Every request that this statement matches is matched by others of the same effect. It changes
    nothing, uses up characters of the limit, and whoever removes access later may take away one of
    the two and believe that it is gone. Often it is a sign that something else was meant.

    ## How to fix it

    Remove the statement. Of two that say the same, the later one is reported.

    ## What camlint knows

    The finding is a proof, for actions that exist today and for any that may come. A statement with
    a condition covers another only where that one can't apply without it, alone or together with
    others: one for a network and one for all other addresses cover a third that asks for some address.
    """
    if not comparable(policy):
        return
    for same in (policy.allows, policy.denies):
        if len(same) < 2:
            continue
        meant = same
        if policy.traits & Trait.SWEEPING_ACTION:
            meant = tuple([one for one in same if not _administers(one)])
        likely = [
            one
            for one in share_services(meant)
            if one.complete and could_cover(meant, one, context.catalog) and readable(one)
        ]
        if likely:
            yield from _prove(policy, context, meant, likely)


def _prove(
    policy: Policy, context: Context, meant: tuple[Statement, ...], likely: list[Statement]
) -> Iterator[Finding]:
    """Which of the likely statements are covered by the others, the later of equals first."""
    anybody = not policy.principals and policy.kind not in (Kind.BUCKET, Kind.TRUST)
    left = tuple([one for one in meant if readable(one)])
    for statement in reversed(likely):
        others = tuple([one for one in left if one is not statement])
        by = _find_plain(others, statement, context) if anybody else ()
        if not by and could_cover(others, statement, context.catalog):
            by = _find_cover(policy, others, statement, context)
        if by:
            left = others
            yield _report(policy, statement, by)


def _find_plain(
    others: tuple[Statement, ...], statement: Statement, context: Context
) -> tuple[Statement, ...]:
    """The first of the others that covers a statement in so many words, if one does."""
    for other in others:
        if plainly_covers(other, statement, context.catalog):
            return (other,)
    return ()


def _find_cover(
    policy: Policy, others: tuple[Statement, ...], statement: Statement, context: Context
) -> tuple[Statement, ...]:
    """Those of the others that cover a statement, alone or together; none unless it is proved."""
    question = ask(policy, context.settings, context.catalog)
    numbers = {id(one): number for number, one in enumerate(policy.statements)}
    candidates = sum(1 << numbers[id(one)] for one in others)
    by = covered_by(question, numbers[id(statement)], candidates)
    return tuple([policy.statements[number] for number in by])


def _administers(statement: Statement) -> bool:
    """Whether an allow is of everything: that is the finding, not what stands beside it."""
    return (
        statement.effect == "allow"
        and "*:*" in statement.operations
        and any(resource.everything for resource in statement.resources)
    )


def _report(policy: Policy, statement: Statement, others: tuple[Statement, ...]) -> Finding:
    from camlint.access.circumstances import say_when, say_why  # noqa: PLC0415 - few need it

    numbers = join_words(policy.statements.index(one) + 1 for one in others)
    plural = "s" if len(others) > 1 else ""
    effect = statement.effect
    verb = "allows" if effect == "allow" else "denies"
    return Finding(
        f"this {effect} of {_name(statement)} adds nothing: statement{plural} {numbers} already "
        f"{effect if plural else verb} it",
        statement.element("effect"),
        label="adds nothing",
        related=tuple(
            Related(one.element("effect"), f"{verb} it already{say_when(one)}") for one in others
        ),
        help="remove it, or change it if it was meant to say something else",
        note=say_why(statement, others),
        fixes=_remove(policy, statement),
    )


def _remove(policy: Policy, statement: Statement) -> tuple[Fix, ...]:
    """The fix that takes the statement out, unless something unread may make a difference.

    It is made alone: the proof rests on the others as they are.
    """
    if not all(one.understood for one in policy.statements):
        return ()
    return (Fix(Safety.SAFE, "remove it", Remove(statement.pointer), alone=True),)


def _name(statement: Statement) -> str:
    """The statement in the words of its first action."""
    first = clip(statement.actions[0].text, 40)
    more = len(statement.actions) - 1
    return first + (f" and {more} more" if more else "")
