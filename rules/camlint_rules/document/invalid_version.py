"""The version of the policy is not the text "2.0"."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Policy,
    Safety,
    SetValue,
    Severity,
    Trait,
    name_type,
    quote,
    rule,
)

VALID = "2.0"
UNPUBLISHED = "3.0"


@rule(
    code="CAM004",
    name="invalid-version",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10603",
        "https://www.tencentcloud.com/document/product/598/61290",
    ),
    bad=(
        Bad(
            """
            {
              "version": «2.0»,
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cdb:DescribeDBInstances"],
                  "resource": ["*"]
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
                  "action": ["cdb:DescribeDBInstances"],
                  "resource": ["*"]
                }
              ]
            }
            """,
        ),
        Bad(
            """
            {
              "version": «"2012-10-17"»,
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:reports-1253653367/*"]
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
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:reports-1253653367/*"]
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
              "action": ["cdb:DescribeDBInstances"],
              "resource": ["*"]
            }
          ]
        }
    """),
    when=Trait.IRREGULAR,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    CAM's documents know one version, the text `"2.0"`. The number `2.0` isn't that text, `"1.0"`
    has never existed, and a date such as `"2012-10-17"` belongs to the policies of AWS. CAM refuses
    such a document with the error `VersionError`.

    ## How to fix it

    Write `"version": "2.0"`, with the quotation marks. Where another cloud's version was left
    behind, look at the rest too: names of actions, resources and condition operators differ.

    ## What camlint knows

    The console's Policy Analyzer also accepts `"3.0"`, but no page that could be read says what it
    changes. It is therefore only a note, and the policy is read as version 2.0.
    """
    key = policy.spelling.get("version")
    if key is None:
        return
    value = policy.value[key]
    if value == VALID:
        return
    at = policy.element("version")
    if value == UNPUBLISHED:
        yield Finding(
            'version "3.0" is accepted, but what it changes is not published, so this policy was '
            "checked as 2.0",
            at,
            label="checked as 2.0",
            help='write "2.0" unless you need what 3.0 brings',
            note="the console's Policy Analyzer accepts it; other pages know only 2.0",
            severity=Severity.NOTE,
            confidence=Confidence.MEDIUM,
        )
        return
    fix = Fix(Safety.REPAIR, 'write "2.0"', SetValue(at.pointer, VALID))
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value == 2:
        yield Finding(
            f'the version is the number {quote(value)}, but CAM takes only the text "2.0"',
            at,
            label="a number",
            help='write "2.0", with the quotation marks',
            fixes=(fix,),
        )
    else:
        scalar = not isinstance(value, (dict, list))
        yield Finding(
            f"the version is {quote(value) if scalar else name_type(value)}, but CAM takes only "
            '"2.0" and refuses this policy',
            at,
            label="not a version of CAM",
            help='write "2.0"',
            note=_explain(value),
            fixes=(fix,) if scalar else (),
        )


def _explain(value: object) -> str:
    if isinstance(value, str) and value.startswith(("2008-", "2012-")):
        return "this is a version of AWS policies; check that the rest was translated too"
    return ""
