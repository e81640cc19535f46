"""An allow names every operation of every product."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Related,
    Severity,
    Statement,
    Trait,
    quote,
    rule,
)

EVERYTHING = "*:*"


@rule(
    code="CAM602",
    name="wildcard-action",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10604",
        "https://cloud.tencent.com/document/product/598/10592",
        "https://cloud.tencent.com/document/product/598/105584",
    ),
    kinds=(Kind.IDENTITY, Kind.SESSION, Kind.BUCKET),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": «"*"»,
                "resource": ["qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-a1b2c3d4"]
              }]
            }
            """
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": [«"*:*"»],
                "resource": "*",
                "condition": {"ip_equal": {"qcs:ip": "203.0.113.0/24"}}
              }]
            }
            """
        ),
    ),
    good=(
        Good(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["cdb:Describe*", "cdb:RestartDBInstances"],
                "resource": ["qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-a1b2c3d4"]
              }]
            }
            """
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": "*",
                  "resource": "*",
                  "condition": {"numeric_equal": {"qcs:except_cam_finance": 1}}
                },
                {"effect": "deny", "action": "*", "resource": "qcs::cos:::prod-1250000000/*"}
              ]
            }
            """
        ),
    ),
    supersedes=("CAM112", "CAM603"),
    cwe=250,
    security_severity=7.0,
    when=Trait.SWEEPING_ACTION,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    `"*"` takes in deleting and paying, changing who has access, and every operation that a
    product gets in the future. Even on a single resource that is more than any task needs:
    on a database it includes destroying the instance, on a COS bucket deleting it and rewriting
    its policy. A condition says when and from where, not what.

    ## How to fix it

    List the operations, or patterns of one product such as `cdb:Describe*`. For a reader of
    everything use the condition that bounds the preset policy ReadOnlyAccess:

    ```json
    {"numeric_equal": {"qcs:read_only_action": 1}}
    ```

    ## What camlint knows

    Statements under `qcs:read_only_action` or `qcs:except_cam_finance` equal to 1 are silent, as
    Tencent's preset policies use them. A policy that allows everything on everything
    without bounds is `administrator-access` (CAM601).
    """
    wide = [action for action in statement.wildcards if action.name.qualified == EVERYTHING]
    if not wide:
        return
    if statement.effect != "allow" or any(one.preset for one in statement.conditions):
        return
    if any(fault.element == "condition" for fault in statement.malformed):
        return
    for action in wide:
        everywhere = next((one for one in statement.resources if one.everything), None)
        if everywhere is not None:
            reach = "every resource"
        elif context.kind is Kind.BUCKET:
            reach = "the bucket, deleting it and rewriting its policy included"
        else:
            reach = "the resources listed, those that delete them included"
        whose = "" if context.kind is Kind.BUCKET else " of every product"
        yield Finding(
            f"{quote(action.text)} allows every operation{whose} on {reach}",
            action.place(),
            label="every operation",
            related=(Related(everywhere.place(), "on every resource"),) if everywhere else (),
            help="list the operations that are needed, product by product",
        )
