"""An allow lets somebody write to a bucket of production."""

from collections.abc import Iterator

from camlint.patterns import covers
from camlint.rule import (
    ActionPattern,
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Related,
    Severity,
    Statement,
    rule,
)

PRODUCTION = "prod-"
"""How the names of those buckets begin, and no others."""


@rule(
    code="ACME002",
    name="production-bucket-writable",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=("https://wiki.acme.example/cloud/releases",),
    security_severity=7.5,
    cwe=732,
    bad=Bad("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cos:GetObject", "cos:Put*"],
              "resource": [
                «"qcs::cos:ap-guangzhou:uid/1253653367:prod-photos-1253653367/*"»,
                "qcs::cos:ap-guangzhou:uid/1253653367:test-photos-1253653367/*"
              ]
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
              "action": ["cos:GetObject", "cos:HeadObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:prod-photos-1253653367/*"]
            }
          ]
        }
    """),
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    What stands in a bucket of production was put there by a release, and a release can be rolled
    back. Whatever else writes there is in no release and comes back with none.

    ## How to fix it

    Grant reading, or name a bucket of tests. The role of the release pipeline is the exception, and
    its policy has an override in the configuration.

    ## What camlint knows

    An action writes if camlint's catalogue says so; one that it doesn't know is passed over.
    """
    if statement.effect != "allow":
        return
    writing = next((one for one in statement.actions if _writes(one, context)), None)
    if writing is None:
        return
    for resource in statement.resources:
        six = resource.six
        if six is None or six.service.text != "cos" or not six.tail.text.startswith(PRODUCTION):
            continue
        yield Finding(
            f"{writing.text} may write to {six.resource_type.text}, and only releases write to buckets "
            "of production",
            resource.place(),
            label="a bucket of production",
            related=(Related(writing.place(), "writes"),),
            help="grant reading alone, or name a bucket of tests",
        )


def _writes(action: ActionPattern, context: Context) -> bool:
    name = action.name
    if name.opaque or not covers(name.service.text, "cos"):
        return False
    caught = context.catalog.matching("cos", name.operation.text)
    return any(not one.reads for one in caught)
