"""A policy lets in everybody, and the user said that none may."""

from collections.abc import Iterator

from camlint.access.answer import Request
from camlint.access.principals import ANONYMOUS
from camlint.access.public import PublicAccess, find_public_access
from camlint.patterns import matcher
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Place,
    Pointer,
    Policy,
    Related,
    Settings,
    Severity,
    Witness,
    clip,
    rule,
)

PRIVATE = Settings(no_public_access=True)


@rule(
    code="CAM512",
    name="public-access",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    demand="no-public-access",
    supersedes=("CAM402",),
    references=(
        "https://cloud.tencent.com/document/product/436/45235",
        "https://cloud.tencent.com/document/product/598/10604",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"qcs": [«"qcs::cam::anyone:anyone"»]},
                  "action": ["cos:GetObject", "cos:HeadObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
                },
                {
                  "effect": "deny",
                  "principal": {"qcs": ["qcs::cam::anyone:anyone"]},
                  "action": ["cos:*"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
                }
              ]
            }
            """,
            settings=PRIVATE,
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"qcs": [«"qcs::cam::anonymous:anonymous"»]},
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {"ip_equal": {"qcs:ip": ["203.0.113.0/24"]}}
                }
              ]
            }
            """,
            settings=PRIVATE,
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"qcs": [«"qcs::cam::uin/*:root"»]},
                  "action": ["sts:AssumeRole"]
                }
              ]
            }
            """,
            settings=PRIVATE,
        ),
    ),
    good=(
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"qcs": ["qcs::cam::uin/100012345678:uin/100012345679"]},
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
                }
              ]
            }
            """,
            settings=PRIVATE,
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"service": ["cvm.qcloud.com"]},
                  "action": ["sts:AssumeRole"]
                }
              ]
            }
            """,
            settings=PRIVATE,
        ),
    ),
    cwe=284,
    security_severity=8.0,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    You said with `--no-public-access`, or `no-public-access = true` in the configuration, that no
    policy may let in everybody. This one does: a request that nobody signed, or one by a user whom
    the policy doesn't name, is allowed.

    ## How to fix it

    Name who needs access: users, roles, or the products that come on your behalf. A bucket that is
    public on purpose is exempted in the configuration:

    ```toml
    no-public-access = true

    [[overrides]]
    paths = ["website/**"]
    no-public-access = false
    ```

    ## What camlint knows

    | what is found | finding |
    | --- | --- |
    | a request by nobody in particular that the policy allows | error |
    | the same, where a condition says whence it must come, or who must ask | warning |
    | a principal with a wildcard inside it, or one that can't be read | warning: it can't be told |
    | nothing | nothing: a proof that no such request is allowed |

    Denies count, and so do conditions: the finding shows a request that is allowed beside them all.
    A deny for anyone refuses only unsigned requests, so that it doesn't stop a user of another
    account. A condition that limits is `ip_equal` on `qcs:ip` with networks of at most a /16 (IPv6:
    a /32) each, or an equality on `vpc:requester_vpc`, `qcs:uin`, `qcs:owner_uin` or `sts:external_id`, none of them
    with `_if_exist`. Products, identity providers and users who are named aren't everybody, however
    many people they stand for.

    The access control lists of a bucket and of its objects stand elsewhere, and aren't looked at.
    """
    told: set[Pointer] = set()
    for one in find_public_access(policy, context.settings, context.catalog):
        place = _place(policy, one)
        if one.request is None:
            finding = _doubt(one, place)
        else:
            finding = _show(one, one.request, place, trust=context.kind is Kind.TRUST)
        if place.pointer not in told:
            told.add(place.pointer)
            yield finding


def _place(policy: Policy, one: PublicAccess) -> Place:
    """Whom a statement speaks of, as nearly as it says so."""
    if one.principal is not None:
        return one.principal.place()
    if "principal" in one.statement.spelling:
        return one.statement.element("principal")
    return (
        policy.element("principal") if "principal" in policy.spelling else one.statement.opening()
    )


def _show(one: PublicAccess, request: Request, place: Place, *, trust: bool) -> Finding:
    """The finding about a request that is allowed to nobody in particular."""
    unsigned = request.principal == ANONYMOUS
    who = "everybody" if unsigned else "every user of every account"
    limit = one.limit
    if limit is not None:
        who += f" whom {clip(limit.key)} lets through"
    if unsigned and not trust:
        who += ", without a signature"
    action = next(
        (
            action
            for action in one.statement.actions
            if not action.name.opaque and matcher(action.name.qualified)(request.action)
        ),
        None,
    )
    related = [] if action is None else [Related(action.place(), "everybody may do this")]
    if limit is not None:
        related.append(Related(limit.key_place(), "the only limit"))
    return Finding(
        f"{clip(request.action)} is allowed to {who}, and public access is forbidden",
        place,
        label="everybody",
        related=tuple(related),
        help="name the users, roles or products that need access",
        witness=Witness(request, one.absent),
        severity=Severity.WARNING if limit is not None else None,
    )


def _doubt(one: PublicAccess, place: Place) -> Finding:
    """The finding about a statement of which it isn't known whether it lets in everybody."""
    whom = "this principal" if one.principal is None else clip(one.principal.text)
    told, label = f"whether {whom} stands for everybody", "may be everybody"
    if one.principal is not None and one.principal.everybody:
        told, label = "whether anything here keeps everybody out", "everybody"
    return Finding(
        f"{told} could not be told, and public access is forbidden",
        place,
        label=label,
        help="name the users, roles or products that need access, each in full",
        note="no request by nobody in particular was found that is allowed, and none ruled out",
        severity=Severity.WARNING,
    )
