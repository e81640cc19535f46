"""An allow lets in everybody, without asking who they are."""

from collections.abc import Iterator

from camlint.access.public import limits_callers
from camlint.rule import (
    ActionPattern,
    Bad,
    Catalog,
    Condition,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Policy,
    Principal,
    Related,
    Severity,
    Statement,
    clip,
    rule,
)

CHANGES = {
    "tagging": "change the tags of the bucket",
    "write": "write to the bucket",
    "permissions": "change who has access to the bucket",
}
"""What actions do by their level, the worst last."""
LEVELS = tuple(CHANGES)


@rule(
    code="CAM402",
    name="public-principal",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/436/45235",
        "https://cloud.tencent.com/document/product/436/18023",
        "https://cloud.tencent.com/document/product/598/10604",
    ),
    kinds=(Kind.BUCKET, Kind.TRUST),
    bad=(
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"qcs": [«"qcs::cam::anyone:anyone"»]},
                  "action": ["cos:GetObject", "cos:HeadObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
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
                  "principal": «"*"»,
                  "action": ["cos:GetObject", "cos:Put*"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {"ip_equal": {"qcs:ip": ["0.0.0.0/0"]}}
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
                  "principal": {"qcs": [«"*"»]},
                  "action": ["sts:AssumeRole"]
                }
              ]
            }
        """),
    ),
    good=(
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"qcs": ["qcs::cam::uin/100012345678:uin/100012345679"]},
                  "action": ["cos:GetObject", "cos:PutObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
                }
              ]
            }
        """),
        Good("""
            {
              "version": "2.0",
              "principal": {"qcs": ["qcs::cam::anonymous:anonymous"]},
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {"ip_equal": {"qcs:ip": ["203.0.113.0/24"]}}
                }
              ]
            }
        """),
    ),
    cwe=284,
    security_severity=8.0,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    `"*"`, `qcs::cam::anyone:anyone` and `qcs::cam::anonymous:anonymous` are everybody on the
    internet, without a signature. What the statement allows on a bucket needs no more than its
    address, which is easy to guess, and you pay for the traffic. Where it allows writing, strangers
    can replace your files by theirs; where it allows changing permissions, they can take the rest.
    A role that trusts everybody can be assumed from any account of Tencent Cloud.

    ## How to fix it

    Name who needs access: `qcs::cam::uin/<account>:uin/<user>` for users, the name of a product for
    products. Visitors of a website get what they need through a CDN with access to the bucket, or
    through signed addresses that expire. Where everybody is meant to read, allow `cos:GetObject` and
    nothing else, on the paths that are public, and suppress the finding with that as the reason.

    ## What camlint knows

    | what is allowed to everybody | finding |
    | --- | --- |
    | only reading and listing | warning |
    | actions that the catalogue doesn't have | warning |
    | anything that writes, tags or changes permissions, by name or through a wildcard | error |
    | assuming a role | error |

    A condition that says where requests come from makes the first two silent and the others a
    warning: `ip_equal` on `qcs:ip` other than every address, or an equality on
    `vpc:requester_vpc`. So does one on who asks, `qcs:uin`, `qcs:owner_uin` or, for a role,
    `sts:external_id`. None of them counts with `_if_exist`. Conditions on headers, protocol, prefix
    or time don't count, since everybody can meet them. A deny beside the allow isn't counted either:
    one for anyone refuses only unsigned requests (CAM410). `{"qcs": ["*"]}` isn't documented, only
    seen, so there the confidence is medium.
    """
    for principals, statements in policy.by_principals(policy.allows):
        principal = next((one for one in principals if one.everybody), None)
        if principal is None:
            continue
        judged = [_judge(principal, one, context) for one in statements]
        found = [one for one in judged if one is not None]
        if found:
            yield max(found, key=lambda one: (one.severity or Severity.WARNING).rank)


def _judge(principal: Principal, statement: Statement, context: Context) -> Finding | None:
    """What is to be said of one statement that lets in everybody."""
    if not statement.actions:
        return None
    first = statement.actions[0]
    limit = next((one for one in statement.conditions if limits_callers(one)), None)
    trust = context.kind is Kind.TRUST
    who = "everybody in every account" if trust else "everybody on the internet"
    if limit is not None:
        who = f"everybody whom {clip(limit.key)} lets through"
    if trust:
        return _tell(
            principal,
            f"{who} can assume this role",
            Related(first.place(), "assumes the role"),
            limit,
            "name the accounts, users or products that need the role",
            severe=True,
        )
    changing = _find_change(statement, context.catalog)
    if changing is not None:
        action, what, example = changing
        by = clip(action.text) + (f", which takes in {example}" if example else "")
        return _tell(
            principal,
            f"{who} can {what} without a signature, by {by}",
            Related(action.place(), "does more than read"),
            limit,
            "name the users or products that need this, and let everybody do nothing but read",
            severe=True,
        )
    if limit is not None:
        return None
    unknown = next((one for one in statement.actions if not _is_known(one, context.catalog)), None)
    message = f"{who} can read what this allows, without a signature"
    if unknown is not None:
        message = f"{who} is allowed {clip(unknown.text)} without a signature"
    return _tell(
        principal,
        message,
        Related((unknown or first).place(), "for everybody"),
        None,
        "name the users or products that need access; if everybody is meant to read, allow "
        "cos:GetObject alone and suppress this",
        note="" if unknown is None else f"what {clip(unknown.text)} does isn't published",
    )


def _tell(
    principal: Principal,
    message: str,
    where: Related,
    limit: Condition | None,
    way_out: str,
    *,
    severe: bool = False,
    note: str = "",
) -> Finding:
    limited = () if limit is None else (Related(limit.key_place(), "the only limit"),)
    undocumented = principal.text == "*" and principal.family == "qcs"
    return Finding(
        message,
        principal.place(),
        label="everybody",
        related=(where, *limited),
        help=way_out,
        note=note,
        severity=Severity.ERROR if severe and limit is None else None,
        confidence=Confidence.MEDIUM if undocumented else None,
    )


def _find_change(statement: Statement, catalog: Catalog) -> tuple[ActionPattern, str, str] | None:
    """The action that does most beyond reading, what it does, and an example of a pattern's."""
    worst, found = -1, None
    for action in statement.actions:
        name = action.name
        if name.opaque:
            continue
        service, operation = name.service.text, name.operation.text
        if "*" in service or not operation.strip("*"):
            return action, "do anything with the bucket", ""
        for known in (
            catalog.matching(service, operation)
            if name.wild
            else filter(None, (catalog.find_action(service, operation),))
        ):
            rank = -1 if known.reads else LEVELS.index(known.level)
            if rank > worst:
                example = known.qualified if name.wild else ""
                worst, found = rank, (action, CHANGES[known.level], example)
        if worst == len(LEVELS) - 1:
            break
    return found


def _is_known(action: ActionPattern, catalog: Catalog) -> bool:
    name = action.name
    if name.opaque:
        return False
    service, operation = name.service.text, name.operation.text
    return name.wild or catalog.find_action(service, operation) is not None
