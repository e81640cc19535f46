"""An allow gives writing actions on every resource of a type."""

from collections.abc import Iterator

from camlint.access.limits import find_limitable, is_certain, propose_resource
from camlint.access.nouns import nouns_of
from camlint.catalog.action import Action
from camlint.catalog.template import ResourceTemplate
from camlint.patterns import SixSegments
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Policy,
    Related,
    ResourcePattern,
    Severity,
    Statement,
    clip,
    quote,
    rule,
)


@rule(
    code="CAM606",
    name="unbounded-write",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    strict=True,
    references=(
        "https://cloud.tencent.com/document/product/598/10592",
        "https://cloud.tencent.com/document/product/598/10606",
    ),
    kinds=(Kind.IDENTITY, Kind.SESSION),
    bad=Bad(
        """
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cdb:DescribeBackups", "cdb:RestartDBInstances"],
              "resource": [«"qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/*"»]
            },
            {
              "effect": "allow",
              "action": "cos:DeleteObject",
              "resource": [«"qcs::cos:ap-guangzhou:uid/1250000000:*"»]
            }
          ]
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
              "action": ["cdb:RestartDBInstances"],
              "resource": ["qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/cdb-a1b2c3d4"]
            },
            {
              "effect": "allow",
              "action": ["cdb:DescribeBackups"],
              "resource": ["qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/*"]
            },
            {
              "effect": "allow",
              "action": ["cdb:RestartDBInstances"],
              "resource": ["qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/*"],
              "condition": {"for_any_value:string_equal": {"qcs:resource_tag": ["env&test"]}}
            },
            {
              "effect": "allow",
              "action": ["cos:DeleteObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*"]
            }
          ]
        }
        """
    ),
    cwe=732,
    security_severity=4.0,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    `instanceId/*` is every instance that there is and that there will be, those of other teams and
    of production too. Whoever holds the policy can change them all, and nothing in it says when or
    from where.

    ## How to fix it

    Name the instances, or limit them by their tags:
    `{"for_any_value:string_equal": {"qcs:resource_tag": ["env&test"]}}`.

    ## What camlint knows

    Reported are resources `type/*`, and `*` behind a service, beside at least one action that
    changes something and is documented as matched against resources of that type. A statement with
    any condition isn't reported. All applications of TRTC and its relatives are
    `all-applications` (CAM607), `"*"` is `wildcard-resource` (CAM603), and `cdb:*` is
    `service-wildcard` (CAM604).
    """
    for statement in policy.allows:
        if statement.conditions or not statement.complete:
            continue
        wide = [one for one in statement.resources if one.six is not None and _is_every(one.six)]
        if not wide or any(one.everything for one in statement.resources):
            continue
        writing = _writing(statement, context)
        for resource in wide:
            reached = _reach(resource, writing)
            if reached:
                yield _report(policy, resource, reached, context)


Reached = list[tuple[int, Action, ResourceTemplate]]


def _is_every(six: SixSegments) -> bool:
    """Whether the last segment is ``*`` or ``type/*``, other than all applications."""
    kind, rest = six.resource_type.text, six.resource_id
    if kind == "*":
        return six.service.text not in ("", "*", "im", "tiw", "trtc")
    return rest is not None and rest.text == "*" and "*" not in kind and kind.lower() != "sdkappid"


def _writing(statement: Statement, context: Context) -> list[tuple[int, Action]]:
    """The known writing actions that could be limited, with the number of their pattern."""
    return [
        (at, action)
        for at, pattern in enumerate(statement.actions)
        for action in find_limitable(pattern, context.catalog)
        if not action.reads
    ]


def _reach(resource: ResourcePattern, writing: list[tuple[int, Action]]) -> Reached:
    """The actions that work on resources of the type, with their template for one of them."""
    six = resource.six
    found: Reached = []
    if six is None:
        return found
    kind = six.resource_type.text
    for at, action in writing:
        for form in action.templates:
            named = form.service == six.service.text and "${" in form.tail
            if named and (kind == "*" or form.names_type(kind)):
                found.append((at, action, form))
                break
    return found


def _report(
    policy: Policy, resource: ResourcePattern, reached: Reached, context: Context
) -> Finding:
    at, first, template = reached[0]
    six = resource.six
    service = "" if six is None else six.service.text
    kind = "" if six is None or six.resource_type.text == "*" else six.resource_type.text
    one, several = nouns_of(service, kind)
    more = len({action.qualified for _, action, _ in reached}) - 1
    named = clip(first.qualified, 50) + (
        f" and {more} more writing action{'s' if more > 1 else ''}" if more else ""
    )
    where = f"every {one}" if one != "resource" else f"every resource of {service}"
    statement = next(each for each in policy.statements if resource in each.resources)
    proposal = propose_resource(template, policy, context.settings)
    return Finding(
        f"{quote(resource.text, 80)} lets {named} reach {where}, those to come included",
        resource.place(),
        label=where,
        related=(Related(statement.actions[at].place(), "changes what it reaches"),),
        help=f"name the {several} that are meant, as in {proposal}, or limit them by tag with the "
        "condition key qcs:resource_tag",
        confidence=None if is_certain([action for _, action, _ in reached]) else Confidence.MEDIUM,
    )
