"""An action has name/ before it, which Acme leaves out."""

from collections.abc import Iterator

from camlint.rule import (
    ActionPattern,
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Reads,
    Replace,
    Safety,
    Severity,
    rule,
)

PREFIX = "name/"


@rule(
    code="ACME003",
    name="prefixed-action",
    severity=Severity.NOTE,
    confidence=Confidence.HIGH,
    references=("https://cloud.tencent.com/document/product/598/10604",),
    reads=(Reads.PREFIX,),
    bad=Bad(
        """
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cos:GetObject", "«name/»cos:HeadObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:test-photos-1253653367/*"]
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
              "action": ["cos:GetObject", "cos:HeadObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:test-photos-1253653367/*"]
            }
          ]
        }
        """,
    ),
    good=Good("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cos:GetObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:test-photos-1253653367/*"]
            }
          ]
        }
    """),
)
def check(action: ActionPattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    CAM reads `name/cos:GetObject` and `cos:GetObject` alike. Somebody who searches our policies for
    the one doesn't find the other, and so we write the short form everywhere.

    ## How to fix it

    Remove `name/`; `camlint fix` does that.
    """
    if action.text.startswith(PREFIX):
        place = action.place(0, len(PREFIX))
        plain = action.text.removeprefix(PREFIX)
        yield Finding(
            f"{action.text} has a prefix that CAM ignores and that searches for {plain} miss",
            place,
            label="left out at Acme",
            help=f"write {plain}",
            fixes=(Fix(Safety.SAFE, f"write {plain}", Replace(place, "")),),
        )
