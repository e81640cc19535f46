"""Some of what an allow lists is refused by a deny of the same policy."""

from collections.abc import Iterator

from camlint.access.answer import Cell
from camlint.access.covers import covers
from camlint.access.first_cell import comparable
from camlint.access.question import ask
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
    good=Good("""
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
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    A deny wins over every allow. An action or resource that this allow lists is refused in whole by
    a deny, so listing it has no effect, and a reader of the statement is misled.

    ## How to fix it

    Take it out of the allow, or narrow the deny. A deny that cuts a hole out of a wider pattern
    (`trtc:*` without `trtc:RemoveUser`) is the normal use of deny and isn't reported.
    """
    if not (policy.allows and policy.denies) or not comparable(policy):
        return
    question = ask(policy, context.settings, context.catalog)
    for index, statement in enumerate(policy.statements):
        if statement.effect != "allow" or not statement.complete:
            continue
        cover = covers(question, index, question.denies)
        if not cover.closed or not (cover.open or cover.unsure):
            continue
        left = (*cover.open, *cover.unsure)
        denies = tuple(
            Related(policy.statements[number].element("effect"), "refuses it")
            for number in cover.by
        )
        yield from _dead_values(statement, cover.closed, left, denies)


def _dead_values(
    statement: Statement,
    closed: tuple[Cell, ...],
    left: tuple[Cell, ...],
    denies: tuple[Related, ...],
) -> Iterator[Finding]:
    """The actions and resources of which nothing is left."""
    for element, listed, dead in (
        ("action", statement.actions, _without(closed, left, "action")),
        ("resource", statement.resources, _without(closed, left, "resource")),
    ):
        for number in dead:
            value = listed[number]
            yield Finding(
                f"{clip(value.text)} is refused whole by a deny of this policy, so listing it here "
                "has no effect",
                Place(value.pointer),
                label="refused",
                related=denies,
                help=f"take it out of the allow's {element}, or narrow the deny",
                note=_what_remains(statement, left),
            )


def _without(closed: tuple[Cell, ...], left: tuple[Cell, ...], side: str) -> list[int]:
    alive = {getattr(cell, side) for cell in left}
    return sorted({getattr(cell, side) for cell in closed} - alive)


def _what_remains(statement: Statement, left: tuple[Cell, ...]) -> str:
    actions = list(dict.fromkeys(statement.actions[cell.action].text for cell in left))
    shown = ", ".join(clip(text, 40) for text in actions[:3])
    more = f" and {len(actions) - 3} more" if len(actions) > 3 else ""
    return f"what remains of this allow: {shown}{more}"
