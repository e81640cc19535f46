"""An action is a numbered or named set of CAM's earlier syntax."""

from collections.abc import Iterator

from camlint.rule import (
    ActionPattern,
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Severity,
    clip,
    rule,
)


@rule(
    code="CAM108",
    name="opaque-action-set",
    severity=Severity.NOTE,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10603",
        "https://cloud.tencent.com/document/product/598/10604",
    ),
    bad=(
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": [«"permid/280655"», "cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1255000001:photos-1255000001/*"]
                }
              ]
            }
        """),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {"effect": "allow", "action": «"actionName/RoomOperators"», "resource": "*"}
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
              "action": ["cos:GetObject", "cos:HeadObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1255000001:photos-1255000001/*"]
            }
          ]
        }
    """),
)
def check(action: ActionPattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    `permid/` and a number, or `actionName/` and a name, stand for a set of operations that Tencent
    once defined. What is in it is written nowhere: who reviews the policy can't see what it allows
    or denies, and nobody can tell when the set changes. The pages about syntax described
    `permid/` in 2019 and have dropped it since; `actionName/` is named there without an example.

    ## How to fix it

    Replace the set with the operations that are needed, such as `cos:GetObject`. They are found in
    the product's page about access management, or in the audit log of what the holder really does.

    ## What camlint knows

    CAM is not documented to refuse such sets, so this is a note. As camlint can't see into them
    either, CAM901 tells of each that the other rules were applied without it.
    """
    if not action.name.opaque:
        return
    shown = clip(action.text)
    numbered = action.name.service.text == "permid"
    history = (
        "a numbered set from CAM's earlier syntax, which the documents no longer describe"
        if numbered
        else "a named set, of which no document has an example"
    )
    yield Finding(
        f"{shown} is {history}, so nobody can review what it allows or denies",
        action.place(),
        label="a set of operations",
        help="replace it with the operations that are needed, such as cos:GetObject",
    )
