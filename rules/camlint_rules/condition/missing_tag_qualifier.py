"""A condition on the tags of a resource lacks the qualifier that CAM wants there."""

from collections.abc import Iterator

from camlint.rule import Bad, Condition, Confidence, Context, Finding, Good, Severity, rule

KEYS = ("qcs:resource_tag", "qcs:tag")
ANY, ALL = "for_any_value", "for_all_value"


@rule(
    code="CAM310",
    name="missing-tag-qualifier",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    references=(
        "https://www.tencentcloud.com/document/product/598/10608",
        "https://cloud.tencent.com/document/product/598/73087",
    ),
    bad=(
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cvm:RebootInstances"],
                  "resource": "*",
                  "condition": {«"string_equal"»: {"qcs:resource_tag": "team&video"}}
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
                  "action": ["cvm:RebootInstances"],
                  "resource": "*",
                  "condition": {
                    "«for_all_value»:string_equal": {"qcs:resource_tag": ["team&video", "env&test"]}
                  }
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
              "action": ["cvm:RebootInstances"],
              "resource": "*",
              "condition": {"for_any_value:string_equal": {"qcs:resource_tag": "team&video"}}
            },
            {
              "effect": "deny",
              "action": ["cvm:TerminateInstances"],
              "resource": "*",
              "condition": {"string_equal": {"qcs:resource_tag/env": "production"}}
            }
          ]
        }
    """),
)
def check(condition: Condition, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    A resource has many tags, and the condition compares with all of them, each written
    `key&value`. CAM says that authorisation by tag goes with `for_any_value:` only: one tag of the
    resource must fit. What another qualifier or none does isn't documented. With `for_all_value:`
    as documented for other keys, a single further tag, such as one for billing, makes the
    condition fail; without a qualifier it may never hold for a resource with two tags.

    ## How to fix it

    ```json
    {"for_any_value:string_equal": {"qcs:resource_tag": "team&video"}}
    ```

    If another key stands under the same operator, leave that one where it is and write a second
    operator for the tags. A resource that must have two tags at once needs a condition on
    `qcs:resource_tag/<key>` for each. A negated operator is best turned round: `for_any_value:` with
    `string_not_equal` holds as soon as any other tag of the resource differs, which it always does.

    ## What camlint knows

    The keys `qcs:resource_tag/<key>` hold one value and need no qualifier. `qcs:request_tag` is left
    alone: COS documents `for_all_value:` for it.
    """
    known = condition.known
    if condition.key not in KEYS or known is None or known.family != "string":
        return
    if condition.qualifier == ANY:
        return
    wanted = condition.operator.removeprefix(f"{ALL}:")
    if condition.qualifier == ALL:
        if condition.key != KEYS[0]:
            return
        message = (
            f"{ALL}: asks every tag of a resource to be listed here, and CAM documents "
            f"{condition.key} with {ANY}: only, so one more tag may make the condition fail"
        )
        place, label = condition.operator_place(0, len(ALL)), "every tag of the resource"
    else:
        message = (
            f"{condition.operator} on {condition.key} lacks {ANY}:, and a resource has many tags, "
            "so it is undecided which of them this compares"
        )
        place, label = condition.operator_place(), f"without {ANY}:"
    way_out = f"write {ANY}:{wanted}"
    if known.negated:
        # One of many tags nearly always differs.
        plain = wanted.replace("_not_", "_", 1)
        way_out = (
            f"say it the other way round, with {ANY}:{plain} in a statement of the other effect"
        )
    yield Finding(
        message,
        place,
        label=label,
        help=way_out,
        note="CAM's text on conditions says that authorisation by tag works with for_any_value only",
    )
