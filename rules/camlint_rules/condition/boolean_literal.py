"""A condition has the JSON literal true or false where CAM wants a text."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Condition,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Safety,
    SetValue,
    Severity,
    quote,
    rule,
)

FAMILIES = ("bool", "null", "string", "binary")
"""The families of operators under which ``"true"`` and ``"false"`` make sense."""


@rule(
    code="CAM321",
    name="boolean-literal",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    references=(
        "https://cloud.tencent.com/document/product/598/10604",
        "https://www.tencentcloud.com/document/product/598/58347",
    ),
    bad=Bad(
        """
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "deny",
              "action": ["cos:PutObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
              "condition": {"bool_equal": {"cos:secure-transport": «false»}}
            },
            {
              "effect": "allow",
              "action": ["cvm:RebootInstances"],
              "resource": "*",
              "condition": {"null_equal": {"qcs:resource_tag/team": [«false»]}}
            }
          ]
        }
        """,
        fixed="""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "deny",
              "action": ["cos:PutObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
              "condition": {"bool_equal": {"cos:secure-transport": "false"}}
            },
            {
              "effect": "allow",
              "action": ["cvm:RebootInstances"],
              "resource": "*",
              "condition": {"null_equal": {"qcs:resource_tag/team": ["false"]}}
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
              "effect": "deny",
              "action": ["cos:PutObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
              "condition": {"bool_equal": {"cos:secure-transport": "false"}}
            }
          ]
        }
    """),
)
def check(condition: Condition, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    In CAM's grammar the value of a condition is a text or a number. All of its samples write truth
    values as text, `"true"` and `"false"`. What a bare `true` does isn't documented: CAM may refuse
    the policy, or take it in and never match it.

    ## How to fix it

    Put it in double quotes.

    ## What camlint knows

    The grammar is documented; no page says what happens to a literal. Under operators on numbers,
    dates and addresses a truth value is simply wrong, which is `invalid-condition-value` (CAM305).
    """
    known = condition.known
    if known is None or known.family not in FAMILIES:
        return
    for index, value in enumerate(condition.values):
        if value is not True and value is not False:
            continue
        word = quote(value)
        place = condition.value_place(index)
        yield Finding(
            f"{word} stands here without quotes, and CAM's grammar has only texts and numbers for "
            f"{condition.key}, so the condition may be refused or never hold",
            place,
            label="not a text",
            help=f'write "{word}"',
            fixes=(Fix(Safety.REPAIR, f'write "{word}"', SetValue(place.pointer, word)),),
        )
