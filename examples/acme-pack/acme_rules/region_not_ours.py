"""An allow names a region in which Acme has no resources."""

from collections.abc import Iterator

from camlint.rule import Bad, Confidence, Context, Finding, Good, Severity, Statement, quote, rule

OURS = ("ap-guangzhou", "ap-shanghai")


@rule(
    code="ACME001",
    name="region-not-ours",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=("https://wiki.acme.example/cloud/regions",),
    bad=Bad("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cvm:StartInstances"],
              "resource": [
                "qcs::cvm:ap-guangzhou:uin/100012345678:instance/*",
                "qcs::cvm:«ap-singapore»:uin/100012345678:instance/*"
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
              "action": ["cvm:StartInstances"],
              "resource": ["qcs::cvm:ap-shanghai:uin/100012345678:instance/*"]
            },
            {
              "effect": "deny",
              "action": ["cvm:*"],
              "resource": ["qcs::cvm:ap-singapore:uin/100012345678:instance/*"]
            }
          ]
        }
    """),
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    All that Acme runs is in Guangzhou and Shanghai. A grant elsewhere is a slip, or the beginning
    of something that nobody watches: neither the budget nor the alarms know of other regions.

    ## How to fix it

    Name one of our regions. Who needs another one asks the cloud team first, which adds it here.
    """
    if statement.effect != "allow":
        return
    for resource in statement.resources:
        region = resource.six.region if resource.six is not None else None
        if region is None or region.text in ("", "*", *OURS):
            continue
        yield Finding(
            f"{quote(region.text)} is a region in which Acme has no resources, so nobody watches "
            "what is granted there",
            resource.place(region.start, region.end),
            label="not one of ours",
            help=f"write {' or '.join(OURS)}",
        )
