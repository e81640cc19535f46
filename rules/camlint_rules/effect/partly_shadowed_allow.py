"""Some of what an allow lists is refused by a deny of the same policy."""

from collections.abc import Iterator

from camlint.access.absent import find_absent
from camlint.access.answer import Cell, Request
from camlint.access.circumstances import say_when
from camlint.access.covers import cell_cover, covers
from camlint.access.find import find
from camlint.access.first_cell import comparable
from camlint.access.question import Question, ask
from camlint.rule import (
    ActionPattern,
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Place,
    Policy,
    Related,
    ResourcePattern,
    Severity,
    Statement,
    Trait,
    Witness,
    clip,
    join_words,
    rule,
)


@rule(
    code="CAM502",
    name="partly-shadowed-allow",
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
                  "action": [«"trtc:RemoveUser"», "trtc:DescribeRoomInfo"],
                  "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
                },
                {"effect": "deny", "action": ["trtc:Remove*"], "resource": ["*"]}
              ]
            }
        """),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": [«"cdb:CreateBackup"», "cdb:DescribeBackups"],
                  "resource": ["*"],
                  "condition": {"ip_equal": {"qcs:ip": "203.0.113.0/24"}}
                },
                {
                  "effect": "deny",
                  "action": ["cdb:Create*"],
                  "resource": ["*"],
                  "condition": {"ip_equal": {"qcs:ip": "203.0.0.0/16"}}
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
                  "action": ["trtc:*"],
                  "resource": [
                    "qcs::trtc::uin/100012345678:sdkappid/1400123456",
                    «"qcs::trtc::uin/100012345678:sdkappid/1400123457"»
                  ]
                },
                {
                  "effect": "deny",
                  "action": ["trtc:*"],
                  "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123457"]
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
                {
                  "effect": "allow",
                  "action": ["cdb:CreateBackup", "cdb:DescribeBackups"],
                  "resource": ["*"]
                },
                {
                  "effect": "deny",
                  "action": ["cdb:Create*"],
                  "resource": ["*"],
                  "condition": {"ip_not_equal_if_exist": {"qcs:ip": "203.0.113.0/24"}}
                }
              ]
            }
        """),
    ),
    when=Trait.BOTH_EFFECTS,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    A deny wins over every allow. An action or resource that this allow lists is refused in whole by
    a deny, so listing it has no effect, and a reader of the statement is misled.

    ## How to fix it

    Take it out of the allow, or narrow the deny. A deny that cuts a hole out of a wider pattern
    (`trtc:*` without `trtc:RemoveUser`) is the normal use of deny and isn't reported.

    ## What camlint knows

    What is reported is refused in all circumstances in which the allow holds. An action that is only
    refused under a condition, such as from outside of a network, is not without effect.
    """
    if not (policy.allows and policy.denies) or not comparable(policy):
        return
    question = ask(policy, context.settings, context.catalog)
    for index, statement in enumerate(policy.statements):
        if statement.effect != "allow" or not statement.complete:
            continue
        cover = covers(question, index, question.denies)
        left = (*cover.open, *cover.unsure)
        if cover.closed and left:
            yield from _dead_values(
                policy, question, index, cover.closed, left, sure=not cover.unsure
            )


def _dead_values(
    policy: Policy,
    question: Question,
    index: int,
    closed: tuple[Cell, ...],
    left: tuple[Cell, ...],
    *,
    sure: bool,
) -> Iterator[Finding]:
    """The actions and resources of which nothing is left."""
    statement = policy.statements[index]
    actions = _without([cell.action for cell in closed], [cell.action for cell in left])
    resources = _without([cell.resource for cell in closed], [cell.resource for cell in left])
    dead: list[tuple[str, ActionPattern | ResourcePattern, list[Cell]]] = [
        *(
            ("action", statement.actions[at], [cell for cell in closed if cell.action == at])
            for at in actions
        ),
        *(
            ("resource", statement.resources[at], [cell for cell in closed if cell.resource == at])
            for at in resources
        ),
    ]
    witness = _find_remaining(question, index) if dead else None
    for element, value, cells in dead:
        by = cell_cover(question, index, cells, question.denies)
        numbers = join_words(number + 1 for number in by)
        denies = (
            f"the denies of statements {numbers}"
            if len(by) > 1
            else (f"the deny of statement {numbers}")
        )
        yield Finding(
            f"{clip(value.text)} is listed to no effect: {denies} "
            f"{'refuse' if len(by) > 1 else 'refuses'} it whole",
            Place(value.pointer),
            label="refused",
            related=tuple(
                Related(
                    policy.statements[number].element("effect"),
                    f"refuses it{say_when(policy.statements[number])}",
                )
                for number in by
            ),
            help=f"take it out of the allow's {element}, or narrow the deny",
            note=_what_remains(statement, left, sure=sure),
            witness=witness,
        )


def _find_remaining(question: Question, index: int) -> Witness | None:
    """A request of the allow that no deny refuses."""
    found = find(question, (index,), question.full & ~question.allows)
    return Witness(found, find_absent(question, found)) if isinstance(found, Request) else None


def _without(closed: list[int], left: list[int]) -> list[int]:
    return sorted(set(closed) - set(left))


def _what_remains(statement: Statement, left: tuple[Cell, ...], *, sure: bool) -> str:
    actions = list(dict.fromkeys(statement.actions[cell.action].text for cell in left))
    shown = ", ".join(clip(text, 40) for text in actions[:3])
    more = f" and {len(actions) - 3} more" if len(actions) > 3 else ""
    resources = list(dict.fromkeys(statement.resources[cell.resource].text for cell in left))
    where = ""
    if len(resources) == 1:
        where = f" on {clip(resources[0])}"
    elif len(resources) < len(statement.resources):
        where = f" on {len(resources)} of {len(statement.resources)} resources"
    return f"what {'remains' if sure else 'may remain'} of this allow: {shown}{more}{where}"
