"""A resource of six segments limits nothing, as "*" would."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Severity,
    Statement,
    Trait,
    quote,
    rule,
)


@rule(
    code="CAM605",
    name="effectively-wildcard",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=("https://cloud.tencent.com/document/product/598/10606",),
    kinds=(Kind.IDENTITY, Kind.SESSION, Kind.BUCKET),
    bad=Bad(
        """
        {
          "version": "2.0",
          "statement": [{
            "effect": "allow",
            "action": ["cdb:Describe*", "trtc:Describe*"],
            "resource": [«"qcs:::::*"», «"qcs::*:*:*:*"»]
          }]
        }
        """
    ),
    good=Good(
        """
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cdb:Describe*", "trtc:Describe*"],
              "resource": ["qcs::cdb:ap-guangzhou::*", "qcs::trtc::uin/100000000001:sdkappid/*"]
            },
            {"effect": "allow", "action": "cdb:DescribeDBInstances", "resource": "*"},
            {"effect": "deny", "action": "cdb:IsolateDBInstance", "resource": "qcs:::::*"}
          ]
        }
        """
    ),
    cwe=732,
    security_severity=5.0,
    when=Trait.OPEN,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    An empty service means every product, an empty region every region, an empty account your own,
    and `*` at the end everything there is. Put together they limit nothing. The six segments look
    like a limit in a review, and tools that search for `"resource": "*"` pass over them.

    It isn't even a full replacement for `"*"`. To operations that work on no particular resource
    CAM passes only `*`, and no document says that six segments match it.

    ## How to fix it

    Fill in at least the service, such as `qcs::cdb:::*`, better a resource. If everything is meant,
    write `"*"`.
    """
    if statement.effect != "allow":
        return
    for resource in statement.resources:
        if resource.six is None or not resource.everything:
            continue
        yield Finding(
            f'{quote(resource.text)} names every resource of every product, just as "*" does',
            resource.place(),
            label="limits nothing",
            help="name a service and a resource, such as qcs::cdb::uin/<UIN>:instanceId/<id>, or "
            'write "*" if everything is meant',
        )
