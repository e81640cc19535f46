"""A wildcard matches no known action of its service."""

from collections.abc import Iterator

from camlint.catalog.service import Service
from camlint.catalog.verbs import verb_of
from camlint.rule import (
    ActionPattern,
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Replace,
    Safety,
    Severity,
    clip,
    distance,
    rule,
)

SHORTEST = 5
"""Letters that a misspelt verb must have before another is proposed for it."""


@rule(
    code="CAM104",
    name="pattern-matches-nothing",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    references=(
        "https://cloud.tencent.com/document/product/598/10604",
        "https://pypi.org/project/tencentcloud-sdk-python-cam/",
    ),
    bad=Bad(
        """
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cos:«Read*»", "cvm:«Desribe*»", "name/cdb:«*Backups*Plan»"],
              "resource": "*"
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
              "action": ["cos:Read*", "cvm:Describe*", "name/cdb:*Backups*Plan"],
              "resource": "*"
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
              "effect": "allow",
              "action": [
                "cos:GetObject*",
                "trtc:Describe*",
                "name/cdb:*Backup*",
                "vpc:*",
                "bgpip:BGPIPGet*"
              ],
              "resource": "*"
            }
          ]
        }
    """),
)
def check(action: ActionPattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The pattern stands for operations that begin, end or go on in a way in which none is known to.
    Most likely it applies to nothing: in an allow the rights are missing that it was meant to
    give, in a deny they are not taken away.

    ## How to fix it

    Tencent's operations begin with `Describe`, `Get` or `List` for reading and with `Create`,
    `Modify`, `Delete` and the like for the rest; `Read*` and `Write*` are levels of access and not
    names. Write the verbs that the product uses, or list the operations.

    ## What camlint knows

    Not every name that CAM knows is published. The rule therefore speaks only of services that
    are well documented, and its confidence is medium. A pattern that would match in another case
    is reported as CAM105.
    """
    name = action.name
    operation = name.operation.text
    if not name.wild or "*" not in operation or "*" in name.service.text or "?" in operation:
        return
    if not operation.strip("*"):
        return
    service = context.catalog.service(name.service.text)
    if not service.well_covered or service.matching(operation):
        return
    if service.matching(operation, any_case=True):
        return
    verb = _meant_verb(operation, service, context)
    head = operation.partition("*")[0]
    misspelt = len(verb_of(head))
    fixes: tuple[Fix, ...] = ()
    if not verb:
        way_out = _way_out(service)
    else:
        way_out = f'write "{service.prefix}:{verb}{operation[misspelt:]}"'
        start = name.operation.start
        fixes = (Fix(Safety.REPAIR, way_out, Replace(action.place(start, start + misspelt), verb)),)
    page = f"; see {service.sources[0]}" if service.sources else ""
    yield Finding(
        f"{clip(action.text)} matches none of the {len(service)} known {service.prefix} actions, "
        "so it probably allows or denies nothing",
        action.place(name.operation.start, name.operation.end),
        label="matches nothing known",
        help=way_out,
        note=f"the public catalogue is partial, so unpublished operations may match{page}",
        fixes=fixes,
    )


def _meant_verb(operation: str, service: Service, context: Context) -> str:
    """The one verb of the service of which the pattern's beginning is a slip, or nothing."""
    head = operation.partition("*")[0]
    verb = verb_of(head)
    if len(verb) < SHORTEST or verb in context.catalog.index.verbs:
        return ""
    verbs = {verb_of(known) for known in service.operations}
    near = [one for one in verbs if one[:1] == verb[:1] and distance(verb, one) <= 2]
    if len(near) != 1:
        return ""
    return near[0] if service.matching(near[0] + operation[len(verb) :]) else ""


def _way_out(service: Service) -> str:
    """The verbs that most of the service's operations begin with."""
    counts: dict[str, int] = {}
    for known in service.operations:
        verb = verb_of(known)
        counts[verb] = counts.get(verb, 0) + 1
    common = sorted(counts, key=lambda verb: (-counts[verb], verb))[:4]
    return (
        f"use names that {service.prefix} has; most of them begin with {', '.join(common[:-1])} "
        f"or {common[-1]}"
    )
