"""An allow is refused entirely by the denies of the same policy, so it grants nothing."""

from collections.abc import Iterator

from camlint.access.covers import covered_by
from camlint.access.first_cell import comparable, could_cover
from camlint.access.question import ask
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Policy,
    Related,
    Severity,
    Statement,
    Trait,
    clip,
    join_words,
    rule,
)


@rule(
    code="CAM501",
    name="shadowed-allow",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=("https://cloud.tencent.com/document/product/598/10605",),
    supersedes=(
        "CAM502",
        "CAM503",
        "CAM601",
        "CAM602",
        "CAM603",
        "CAM604",
        "CAM605",
        "CAM606",
        "CAM607",
        "CAM701",
        "CAM702",
        "CAM703",
        "CAM704",
        "CAM705",
        "CAM706",
        "CAM707",
    ),
    bad=(
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": «"allow"»,
                  "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
                  "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
                },
                {"effect": "deny", "action": ["trtc:*"], "resource": ["*"]}
              ]
            }
        """),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": «"allow"»,
                  "action": ["cdb:CreateBackup"],
                  "resource": ["*"],
                  "condition": {"ip_equal": {"qcs:ip": "203.0.113.0/24"}}
                },
                {
                  "effect": "deny",
                  "action": ["cdb:*"],
                  "resource": ["*"],
                  "condition": {"ip_equal": {"qcs:ip": "203.0.113.0/25"}}
                },
                {
                  "effect": "deny",
                  "action": ["cdb:Create*"],
                  "resource": ["*"],
                  "condition": {"ip_not_equal": {"qcs:ip": "203.0.113.0/25"}}
                }
              ]
            }
        """),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {"effect": "deny", "action": ["cdb:Create*"], "resource": ["*"]},
                {"effect": "deny", "action": ["cdb:Delete*"], "resource": ["qcs::cdb:::*"]},
                {
                  "effect": «"allow"»,
                  "action": ["cdb:CreateBackup", "cdb:DeleteBackup"],
                  "resource": ["qcs::cdb:ap-guangzhou::instanceId/cdb-1a2b3c4d"]
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
              "statement": [
                {"effect": "allow", "action": ["cvm:StopInstances"], "resource": ["*"]},
                {
                  "effect": "deny",
                  "action": ["cvm:*"],
                  "resource": ["*"],
                  "condition": {"ip_not_equal": {"qcs:ip": "203.0.113.0/24"}}
                }
              ]
            }
        """),
    ),
    when=Trait.BOTH_EFFECTS,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    A deny wins over every allow, whatever their order. Here the denies match each request that
    this allow matches, so the allow grants nothing: its author believes that something is allowed
    which is not, or has left a statement behind that only misleads.

    ## How to fix it

    If the access is meant, narrow the deny: name the actions or resources that are really to be
    refused, or give the deny a condition. If it is not meant, remove the allow.

    ## What camlint knows

    The finding is a proof, not a guess: every combination of an action and a resource of the allow
    is matched by a deny, for actions that exist today and for any that may come. Conditions are
    part of the proof: a deny with a condition counts where the allow can't apply without it, alone
    or together with other denies. A key that a request lacks fails a condition without
    `_if_exist`, so a deny on `ip_equal` and one on `ip_not_equal` don't refuse everything. What
    could not be decided is never reported. How wide such an allow is doesn't matter any more, so the
    rules about breadth (CAM6xx) and escalation (CAM7xx) leave it alone.
    """
    if not policy.denies or not comparable(policy):
        return
    for index, statement in enumerate(policy.statements):
        if statement.effect != "allow" or not statement.complete:
            continue
        if not could_cover(policy.denies, statement, context.catalog):
            continue
        question = ask(policy, context.settings, context.catalog)
        by = covered_by(question, index, question.denies)
        if not by:
            continue
        from camlint.access.circumstances import say_when, say_why  # noqa: PLC0415 - few need it

        denies = [policy.statements[number] for number in by]
        numbers = join_words(number + 1 for number in by)
        named = (
            f"the denies of statements {numbers} refuse"
            if len(by) > 1
            else (f"the deny of statement {numbers} refuses")
        )
        plural = "s" if len(by) > 1 else ""
        yield Finding(
            f"{_name(statement)} grants nothing: {named} everything that it allows",
            statement.element("effect"),
            label="grants nothing",
            related=tuple(
                Related(
                    deny.element("effect"), f"refuses {_refused(deny, statement)}{say_when(deny)}"
                )
                for deny in denies
            ),
            help=f"narrow the {'denies' if plural else 'deny'} of statement{plural} {numbers} to what is really to be refused, "
            "or remove this allow",
            note=say_why(statement, denies),
            scope=statement.pointer,
        )


def _name(statement: Statement) -> str:
    """The allow in the words of its first action."""
    first = clip(statement.actions[0].text, 40)
    more = len(statement.actions) - 1
    return f"the allow of {first}" + (f" and {more} more" if more else "")


def _refused(deny: Statement, allow: Statement) -> str:
    """What of the allow a deny refuses, in the words of the deny."""
    words = [clip(action.text, 40) for action in deny.actions]
    shown = ", ".join(words[:3]) + (f" and {len(words) - 3} more" if len(words) > 3 else "")
    everywhere = any(resource.six is None for resource in deny.resources)
    listed = {one.text for one in deny.resources}
    same = bool(listed) and listed == {one.text for one in allow.resources}
    where = " on everything" if everywhere else " on the same resources" if same else ""
    return shown + where
