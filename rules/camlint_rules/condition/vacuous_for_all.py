"""An allow asks something of all values of a key, and may hold where there is none."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Severity,
    Statement,
    Trait,
    rule,
)

ALL = "for_all_value"


@rule(
    code="CAM311",
    name="vacuous-for-all",
    severity=Severity.WARNING,
    confidence=Confidence.LOW,
    references=("https://www.tencentcloud.com/document/product/598/10608",),
    bad=Bad("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cvm:RunInstances"],
              "resource": "*",
              "condition": {
                "«for_all_value»:string_equal": {"qcs:request_tag": ["env&test", "env&staging"]}
              }
            }
          ]
        }
    """),
    good=Good("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cvm:RunInstances"],
              "resource": "*",
              "condition": {
                "for_any_value:string_equal": {"qcs:request_tag": ["env&test", "env&staging"]},
                "for_all_value:string_equal": {"qcs:request_tag": ["env&test", "env&staging"]}
              }
            },
            {
              "effect": "allow",
              "action": ["bmlb:CreateBmForwardRules"],
              "resource": "*",
              "condition": {
                "for_all_value:string_equal_if_exist": {"bmvpc:unVpcId": ["vpc-a1b2c3d4"]}
              }
            }
          ]
        }
    """),
    when=Trait.CONDITIONAL,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    `for_all_value:` holds when every value of the key in the request passes. A request without any
    value has none that fails. In other clouds such a condition therefore holds, and the allow
    grants what it was meant to bind: instances without any tag, for example. What CAM does then is
    not documented.

    ## How to fix it

    Ask for the key as well, by a second condition on it. `for_any_value:` with the same values
    needs at least one of them to be there:

    ```json
    {
      "for_any_value:string_equal": {"qcs:request_tag": ["env&test", "env&staging"]},
      "for_all_value:string_equal": {"qcs:request_tag": ["env&test", "env&staging"]}
    }
    ```

    If requests without the key are meant to pass, add `_if_exist`, which says so.

    ## What camlint knows

    This is concluded from the wording and from other clouds, so the confidence is low. Nothing is
    said of negated operators, since none of no values is among those listed.
    """
    if statement.effect != "allow":
        return
    asked: set[str] | None = None
    for condition in statement.conditions:
        known = condition.known
        if condition.qualifier != ALL or condition.if_exist or known is None:
            continue
        if known.negated or known.family == "null":
            continue
        if condition.key == "qcs:resource_tag" and known.family == "string":
            # What is wrong there is the qualifier itself.
            continue
        if asked is None:
            asked = _find_asked(statement)
        if condition.key not in asked:
            yield Finding(
                f"{ALL}: may hold for a request without any {condition.key}, so this allow may "
                "grant that too",
                condition.operator_place(0, len(ALL)),
                label="no value, none that fails",
                help=f"add a condition that needs {condition.key} to be there, such as "
                f"for_any_value:{condition.base} with the same values; or, if it may be left out, "
                "say so with _if_exist",
                note="what CAM does with a key that is absent isn't documented here",
            )


def _find_asked(statement: Statement) -> set[str]:
    """The keys without which a condition fails; a tag of its own stands for all tags."""
    keys = {one.key for one in statement.conditions if one.when_absent is False}
    return keys | {key.partition("/")[0] for key in keys}
