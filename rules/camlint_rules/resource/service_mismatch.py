"""A statement has a resource of a service that none of its actions belongs to."""

from collections.abc import Iterator

from camlint.catalog.catalog import Catalog
from camlint.patterns import is_literal, matcher
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Place,
    Related,
    ResourcePattern,
    Severity,
    Statement,
    Trait,
    join_words,
    rule,
)

MOST_NAMED = 4
"""How many services and further places a finding names."""


@rule(
    code="CAM213",
    name="service-mismatch",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    references=(
        "https://cloud.tencent.com/document/product/598/10606",
        "https://cloud.tencent.com/document/product/213/10313",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
                "resource": [
                  "qcs::trtc::uin/100000000001:sdkappid/1400000001",
                  "qcs::«cdb»:ap-guangzhou:uin/100000000001:instanceId/cdb-a1b2c3d4",
                  "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-e5f6g7h8"
                ]
              }]
            }
            """
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "deny",
                "action": ["cvm:TerminateInstances"],
                "resource": ["qcs::«cos»:ap-guangzhou:uid/1250000000:logs-1250000000/*"]
              }]
            }
            """
        ),
    ),
    good=Good(
        """
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["trtc:DismissRoom", "cdb:RestartDBInstances"],
              "resource": [
                "qcs::trtc::uin/100000000001:sdkappid/1400000001",
                "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-a1b2c3d4",
                "qcs::vpc:ap-guangzhou:uin/100000000001:vpc/vpc-a1b2c3d4",
                "qcs::cvm:ap-guangzhou:uin/100000000001:sg/sg-a1b2c3d4"
              ]
            },
            {
              "effect": "allow",
              "action": ["finance:*", "sts:AssumeRole", "tat:InvokeCommand"],
              "resource": [
                "qcs::clb:::*",
                "qcs::cam::uin/100000000001:roleName/deploy",
                "qcs::lighthouse:ap-guangzhou::instance/lhins-a1b2c3d4"
              ]
            },
            {"effect": "deny", "action": "*", "resource": "qcs::cos:::*"}
          ]
        }
        """
    ),
    kinds=(Kind.IDENTITY, Kind.SESSION, Kind.SCP),
    when=Trait.STRANGE_RESOURCE,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Each action of a statement is matched against each of its resources, and an action of TRTC is
    never about a database. A resource that belongs to none of the actions is a dead line: an allow
    doesn't grant what the author saw in it, a deny doesn't protect it. Mostly the line
    was pasted into the wrong statement, or the actions for it are missing.

    ## How to fix it

    Add the actions that the resource was written for, move it to the statement that has them, or
    remove it.

    ## What camlint knows

    Some actions do concern resources of other services. Known and silent are: finance, tag, monitor
    and cam with everything; sts with roles of cam; tat with cvm and lighthouse; tke with cvm, clb and
    vpc; cvm with vpc; ci with cos; ckafka with apigw; everything with networks (vpc) and security
    groups; and each service with those that its documented resources name. There may be more, so the
    confidence is medium. A statement with an action that can't be read, or of an unknown service,
    isn't looked at.
    """
    services = statement.services
    strangers: dict[str, list[ResourcePattern]] = {}
    for resource in statement.resources:
        six = resource.six
        if six is not None and six.service.text and six.service.text not in services:
            strangers.setdefault(six.service.text, []).append(resource)
    if not strangers or not services:
        return
    if any(one.name.opaque or "*" in one.name.service.text for one in statement.actions):
        return
    catalog = context.catalog
    if any(problem.element == "action" for problem in statement.malformed):
        return
    if not all(catalog.service(service).known for service in services):
        return
    for stranger, resources in strangers.items():
        if not is_literal(stranger) or not catalog.service(stranger).known:
            continue
        dead = [one for one in resources if not _goes(one, stranger, services, catalog)]
        if dead:
            yield _tell(dead, stranger, services, statement)


def _goes(
    resource: ResourcePattern, service: str, services: frozenset[str], catalog: Catalog
) -> bool:
    """Whether some action may be matched against a resource of another service."""
    kind = resource.six.resource_type.text if resource.six else ""
    related = catalog.index.related
    return any(
        catalog.goes_with(one, service, kind)
        or service in related.get(one, ())
        or one in related.get(service, ())
        for one in services
    )


def _tell(
    dead: list[ResourcePattern], stranger: str, services: frozenset[str], statement: Statement
) -> Finding:
    named = sorted(services)
    more = len(named) - MOST_NAMED
    listed = f"{', '.join(named[:MOST_NAMED])} and {more} more" if more > 0 else join_words(named)
    first, *others = dead
    what = f"{len(dead)} resources" if others else "a resource"
    stand = "stand" if others else "stands"
    verb = "protect" if statement.effect == "deny" else "grant"
    does = f"they {verb}" if others else f"it {verb}s"
    groups = stranger == "cvm" and any(_may_name_groups(one) for one in dead)
    return Finding(
        f"{what} of {stranger} {stand} beside actions of {listed} only, so {does} "
        + ("nothing beyond security groups" if groups else "nothing"),
        _place(first),
        label=f"no action of {stranger} here",
        related=tuple(Related(_place(one), "and this") for one in others[:MOST_NAMED]),
        help=f"add the actions of {stranger} that are meant, move it to the statement that has them, "
        "or remove it",
        note="which services act on resources of others is known only as far as it is documented",
    )


def _may_name_groups(resource: ResourcePattern) -> bool:
    """Whether a resource of cvm takes in security groups, which go with many services."""
    return resource.six is not None and matcher(resource.six.resource_type.text)("sg")


def _place(resource: ResourcePattern) -> Place:
    six = resource.six
    return resource.place(six.service.start, six.service.end) if six else resource.place()
