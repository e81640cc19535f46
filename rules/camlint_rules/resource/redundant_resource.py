"""A resource is listed twice, or is matched by another resource of the same statement."""

from collections.abc import Iterator

from camlint.access.compare_resources import covered_resources
from camlint.patterns import holds_placeholder
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Related,
    Remove,
    Safety,
    Severity,
    Statement,
    Trait,
    clip,
    rule,
)


@rule(
    code="CAM216",
    name="redundant-resource",
    severity=Severity.NOTE,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10606",
        "https://cloud.tencent.com/document/product/436/18023",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["trtc:RemoveUser"],
                  "resource": [
                    "qcs::trtc::uin/100012345678:sdkappid/1400123456",
                    "qcs::trtc::uin/100012345678:sdkappid/1400654321",
                    «"qcs::trtc::uin/100012345678:sdkappid/1400123456"»
                  ]
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
                  "action": ["trtc:RemoveUser"],
                  "resource": [
                    "qcs::trtc::uin/100012345678:sdkappid/1400123456",
                    "qcs::trtc::uin/100012345678:sdkappid/1400654321"
                  ]
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
                  "action": ["cos:GetObject"],
                  "resource": [
                    «"qcs::cos:ap-guangzhou:uid/1253653367:reports-1253653367/2026/*"»,
                    "qcs::cos:ap-guangzhou:uid/1253653367:reports-1253653367/*"
                  ]
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
                  "action": ["cos:GetObject"],
                  "resource": [
                    "qcs::cos:ap-guangzhou:uid/1253653367:reports-1253653367/*"
                  ]
                }
              ]
            }
            """,
        ),
    ),
    good=Good("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cos:GetObject", "cos:HeadBucket"],
              "resource": [
                "qcs::cos:ap-guangzhou:uid/1253653367:archive-1253653367/",
                "qcs::cos:ap-guangzhou:uid/1253653367:archive-1253653367/*"
              ]
            }
          ]
        }
    """),
    when=Trait.SEVERAL_RESOURCES,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Whatever this resource matches, another one of the list matches too. It changes nothing, and
    whoever takes access away later may remove one of the two and believe that it is gone. A list
    with `"*"` in it is `"*"`.

    ## How to fix it

    Remove it, or narrow the wider one if that is the mistake. Of equal ones the later is reported.

    ## What camlint knows

    A finding is a proof. A bucket beside its contents, `…:reports-1253653367/` next to
    `…:reports-1253653367/*`, is how Tencent's own samples write it and isn't reported.
    """
    if len(statement.resources) < 2:
        return
    for index, by in covered_resources(statement, context.settings, context.catalog):
        resource, wider = statement.resources[index], statement.resources[by]
        if resource.text.endswith("/") and wider.text == f"{resource.text}*":
            continue
        repeated = resource.text == wider.text
        yield Finding(
            f"{clip(resource.text)} is listed twice"
            if repeated
            else f"{clip(resource.text)} adds nothing beside {clip(wider.text)}",
            resource.place(),
            label="already listed" if repeated else "already matched",
            related=(Related(wider.place(), "here" if repeated else "matches it"),),
            help="remove it" if repeated else "remove it, or narrow the wider resource",
            # What is still to be filled in may be meant to become two different names.
            fixes=()
            if holds_placeholder(resource.text)
            else (Fix(Safety.SAFE, "remove it", Remove(resource.pointer)),),
        )
