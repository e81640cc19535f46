"""A negated operator has several values, and nothing says whether one or all of them must differ."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Condition,
    Confidence,
    Context,
    Finding,
    Good,
    Severity,
    Statement,
    Trait,
    clip,
    rule,
)


@rule(
    code="CAM318",
    name="negated-list",
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
                  "effect": "deny",
                  "action": ["cdb:*"],
                  "resource": "*",
                  "condition": {«"ip_not_equal"»: {"qcs:ip": ["198.51.100.0/24", "203.0.113.9"]}}
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
                  "action": ["cvm:StopInstances"],
                  "resource": "*",
                  "condition": {
                    «"for_any_value:string_not_equal"»: {
                      "qcs:resource_tag": ["env&production", "env&staging"]
                    }
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
              "action": ["cdb:*"],
              "resource": "*",
              "condition": {"ip_equal": {"qcs:ip": ["198.51.100.0/24", "203.0.113.9"]}}
            },
            {
              "effect": "deny",
              "action": ["cdb:IsolateDBInstance"],
              "resource": "*",
              "condition": {"ip_not_equal": {"qcs:ip": "198.51.100.0/24"}}
            }
          ]
        }
    """),
    when=Trait.CONDITIONAL,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    CAM documents that a condition holds as soon as the request fits any one of the values. Read to
    the letter, `ip_not_equal` with two networks holds for every address, since none is in both: a
    deny then refuses everybody, an allow is unbound. Official samples are written as if all of the
    values had to differ. Which of the two CAM does isn't documented, and the difference is an outage
    or a hole.

    ## How to fix it

    Say it without a negated list. For "only from here" list the values under the plain operator of
    the allow:

    ```json
    {"effect": "allow", "action": ["cdb:*"], "resource": "*",
     "condition": {"ip_equal": {"qcs:ip": ["198.51.100.0/24", "203.0.113.9"]}}}
    ```

    For "all but these" allow without the condition, and deny with the plain operator: a deny always
    wins.

    ## What camlint knows

    Both readings are taken from CAM's own pages, which is why the confidence isn't high. A single
    value, even if repeated, means the same either way and isn't reported.
    """
    for condition in statement.conditions:
        known = condition.known
        if known is None or not known.negated or len(condition.values) < 2:
            continue
        if len({(type(value), value) for value in condition.values}) > 1:
            yield _tell(statement, condition)


def _tell(statement: Statement, condition: Condition) -> Finding:
    plain = condition.operator.replace("_not_", "_", 1)
    key = clip(condition.key)
    if statement.effect == "deny":
        risk = "this deny may refuse them all"
        way_out = f"list the values under {plain} in the allow, and drop this deny"
    elif statement.effect == "allow":
        risk = "this allow may grant them all"
        way_out = f"allow without this condition, and deny what {plain} lists"
    else:
        risk = "the statement may apply to all"
        way_out = f"say it the other way round, with {plain}"
    return Finding(
        f"{condition.operator} has {len(condition.values)} values for {key}, and CAM documents that "
        f"one of several is enough, so it may hold for every request and {risk}",
        condition.operator_place(),
        label="any of them, or all?",
        help=way_out,
        note="samples of Tencent read as if all must differ; the documents contradict one another",
    )
