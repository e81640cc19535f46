"""A deny refuses nothing that the same policy allows."""

from collections.abc import Iterator

from camlint.access.answer import Answer
from camlint.access.first_cell import comparable
from camlint.access.meets import actions_meet, hold_together, meets, meets_somehow
from camlint.access.question import Question, ask
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Place,
    Policy,
    Related,
    Severity,
    Statement,
    clip,
    join_words,
    rule,
)


@rule(
    code="CAM504",
    name="ineffective-deny",
    severity=Severity.NOTE,
    confidence=Confidence.HIGH,
    strict=True,
    references=("https://cloud.tencent.com/document/product/598/10605",),
    bad=(
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["trtc:*"],
                  "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
                },
                {
                  "effect": «"deny"»,
                  "action": ["trtc:RemoveUser"],
                  "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400654321"]
                }
              ]
            }
        """),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cdb:*"],
                  "resource": ["*"],
                  "condition": {"ip_equal": {"qcs:ip": "203.0.113.0/24"}}
                },
                {
                  "effect": «"deny"»,
                  "action": ["cdb:IsolateDBInstance"],
                  "resource": ["*"],
                  "condition": {"ip_not_equal": {"qcs:ip": "203.0.0.0/16"}}
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
                  "action": ["cdb:*"],
                  "resource": ["*"],
                  "condition": {"ip_equal": {"qcs:ip": "203.0.113.0/24"}}
                },
                {
                  "effect": "deny",
                  "action": ["cdb:IsolateDBInstance"],
                  "resource": ["*"],
                  "condition": {"ip_not_equal": {"qcs:ip": "203.0.113.0/28"}}
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
                  "action": ["cos:PutObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {"string_equal": {"cos:x-cos-acl": "private"}}
                },
                {
                  "effect": "deny",
                  "action": ["cos:PutObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {"string_not_equal_if_exist": {"cos:x-cos-acl": "private"}}
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
              "statement": [
                {"effect": "deny", "action": ["cam:*"], "resource": ["*"]}
              ]
            }
        """),
    ),
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Everything that isn't allowed is refused anyway. No request that this deny matches is allowed by
    this policy, so within it the deny changes nothing. It may guard against what another policy of
    the same user allows; but where it was written to cut something out of an allow beside it, a
    name in it is probably wrong.

    ## How to fix it

    Compare its actions, resources and conditions, letter by letter, with the allow that it should
    limit. If it is meant as a guard against other policies, keep it. A policy that only denies isn't
    reported.

    ## What camlint knows

    Conditions are part of the proof: a deny for requests from elsewhere than the only network that
    is allowed refuses nothing. One that asks for just what the condition of the allow leaves out, as
    `string_not_equal` beside `string_equal`, is a second lock against other policies, as the samples
    of COS have it, and isn't reported. An allow whose own conditions exclude one another is left out; that
    is `contradictory-condition` (CAM312).
    """
    if not policy.denies or not policy.allows or not comparable(policy):
        return
    if any(fault.element == "statement" for fault in policy.malformed):
        return
    question = ask(policy, context.settings, context.catalog)
    others = [
        index
        for index, one in enumerate(policy.statements)
        if one.effect != "deny" and hold_together(question, index)
    ]
    for index, statement in enumerate(policy.statements if others else ()):
        if statement.effect != "deny" or not statement.complete:
            continue
        if all(meets(question, index, other) is Answer.NO for other in others):
            if _guards(policy, question, index, others):
                continue
            why, related, what = _difference(policy, question, index, others)
            yield Finding(
                f"the deny of {_name(statement)} refuses nothing that this policy allows: {why}",
                statement.element("effect"),
                label="meets no allow",
                related=related,
                help=f"check its {what} against the allow that it should limit; keep "
                "it if it guards against other policies",
            )


def _guards(policy: Policy, question: Question, index: int, others: list[int]) -> bool:
    """Whether a deny is for just what the condition of an allow leaves out, as a second lock."""
    deny = policy.statements[index]
    if not deny.conditions:
        return False
    from camlint.access.vacuity import find_clash, mirrors  # noqa: PLC0415 - few policies need it

    for other in others:
        if meets_somehow(question, index, other) is not Answer.NO:
            clash = find_clash(deny, policy.statements[other])
            if len(clash) == 2 and mirrors(*clash):
                return True
    return False


def _difference(
    policy: Policy, question: Question, index: int, others: list[int]
) -> tuple[str, tuple[Related, ...], str]:
    """What keeps a deny from the allow that comes nearest, where that is, and what to check."""
    for other in others:
        if meets_somehow(question, index, other) is not Answer.NO:
            return *_tell_clash(policy.statements[index], policy.statements[other]), "conditions"
    for other in others:
        if actions_meet(question, index, other):
            return (
                "it names other resources than the allows of these actions",
                (Related(policy.statements[other].element("resource"), "not refused"),),
                "actions and resources",
            )
    return "no allow has any of these actions", (), "actions and resources"


def _tell_clash(deny: Statement, allow: Statement) -> tuple[str, tuple[Related, ...]]:
    """That the conditions of the two never hold together, and which of them."""
    from camlint.access.vacuity import find_clash  # noqa: PLC0415 - few policies need it

    clash = find_clash(deny, allow)
    of_deny = [one for one in clash if one in deny.conditions]
    of_allow = [one for one in clash if one in allow.conditions]
    related = (
        *(Related(Place(one.pointer), f"refused only if {one.wanted}") for one in of_deny),
        *(Related(Place(one.pointer), f"allowed only if {one.wanted}") for one in of_allow),
    )
    if not of_deny or not of_allow:
        return "its conditions never hold for what the allows of these actions allow", related
    wanted = join_words(one.wanted for one in of_deny)
    given = join_words(one.wanted for one in of_allow)
    return f"{clash[0].key} is {given} where it is allowed, never {wanted}", related


def _name(statement: Statement) -> str:
    """The deny in the words of its first action."""
    first = clip(statement.actions[0].text, 40)
    more = len(statement.actions) - 1
    return first + (f" and {more} more" if more else "")
