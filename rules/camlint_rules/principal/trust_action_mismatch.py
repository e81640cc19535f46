"""The action of a trust policy isn't the one by which its principals assume a role."""

from collections.abc import Iterator

from camlint.patterns import matcher
from camlint.rule import (
    ActionPattern,
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Kind,
    Policy,
    Principal,
    Related,
    Replace,
    Safety,
    Severity,
    Statement,
    clip,
    join_words,
    rule,
)

PLAIN, SAML, OIDC = "AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"
WAYS = (PLAIN, SAML, OIDC)
FOR = {
    PLAIN: "accounts, users and products",
    SAML: "SAML identity providers",
    OIDC: "OIDC identity providers",
}
CLAIMS = frozenset({"oidc:iss", "oidc:aud"})
ANY = frozenset(WAYS)

Needed = dict[frozenset[str], list[Principal]]
"""The principals of a statement by the ways in which they can assume a role."""


@rule(
    code="CAM407",
    name="trust-action-mismatch",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/19381",
        "https://cloud.tencent.com/document/product/598/10603",
    ),
    kinds=(Kind.TRUST,),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"federated": ["qcs::cam::uin/100012345678:saml-provider/office"]},
                  "action": [«"sts:AssumeRole"»]
                },
                {
                  "effect": "allow",
                  "principal": {"service": ["scf.qcloud.com"]},
                  "action": «"name/sts:AssumeRoleWithSAML"»
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
                  "principal": {"federated": ["qcs::cam::uin/100012345678:saml-provider/office"]},
                  "action": ["sts:AssumeRoleWithSAML"]
                },
                {
                  "effect": "allow",
                  "principal": {"service": ["scf.qcloud.com"]},
                  "action": "name/sts:AssumeRole"
                }
              ]
            }
            """,
        ),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {
                    "qcs": ["qcs::cam::uin/100012345678:root"],
                    "federated": [«"qcs::cam::uin/100012345678:saml-provider/office"»]
                  },
                  "action": ["sts:AssumeRole", «"cos:GetObject"»]
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
                  "principal": {"qcs": ["qcs::cam::uin/100012345678:root"]},
                  "action": ["name/sts:AssumeRole"]
                },
                {
                  "effect": "allow",
                  "principal": {"federated": ["qcs::cam::uin/100012345678:saml-provider/office"]},
                  "action": ["name/sts:AssumeRoleWithSAML"]
                }
              ]
            }
        """),
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {
                    "service": ["scf.qcloud.com"],
                    "federated": ["qcs::cam::uin/100012345678:saml-provider/office"]
                  },
                  "action": ["sts:AssumeRole*"]
                }
              ]
            }
        """),
    ),
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    There are three ways to assume a role, each an action of its own. A statement whose principals
    come one way and whose action is another is never used: nobody can assume the role by it. What
    the role may do once it is assumed isn't said here at all, but in the policies attached to it.

    ## How to fix it

    | who assumes the role | under | action |
    | --- | --- | --- |
    | accounts, users, products | `qcs`, `service` | `sts:AssumeRole` |
    | users of a SAML identity provider | `federated` | `sts:AssumeRoleWithSAML` |
    | users or workloads of an OIDC identity provider | `federated` | `sts:AssumeRoleWithWebIdentity` |

    Give each way a statement of its own. Move actions of other products to a policy that is
    attached to the role.

    ## What camlint knows

    The pairs are those of CAM's guide to roles. An action that no principal of its statement can
    use, beside one that they can, is only a warning: it does no harm. `"*"`, other operations of
    sts and names that CAM401 reports aren't judged.
    """
    for principals, statements in policy.by_principals(policy.allows):
        needed: Needed = {}
        for principal in principals:
            needed.setdefault(_ways(principal), []).append(principal)
        for statement in statements:
            yield from _judge(statement, needed)


def _judge(statement: Statement, needed: Needed) -> Iterator[Finding]:
    possible = frozenset(way for ways in needed for way in ways)
    offered: set[str] = set()
    judged = [(action, _offers(action)) for action in statement.actions]
    for _, ways in judged:
        offered |= ANY if ways is None else ways
    useless = [(action, ways) for action, ways in judged if ways and not ways & possible]
    others = [action for action, _ in judged if _is_other(action)]
    dead = not offered & possible
    for action in others:
        yield _tell_other(action, statement)
    for action, ways in useless:
        yield _tell_action(action, sorted(ways), needed, statement, dead=dead)
    if offered and not dead:
        for ways, principals in needed.items():
            if not ways & offered:
                yield _tell_principals(principals, ways, statement)


def _ways(principal: Principal) -> frozenset[str]:
    """By which actions a principal can assume a role; all of them where that can't be told."""
    name = principal.name
    if principal.family == "federated":
        if name is not None and name.form in ("saml", "oidc"):
            return frozenset((SAML if name.form == "saml" else OIDC,))
        return ANY if name is None else frozenset((SAML, OIDC))
    if principal.everybody or (name is not None and name.form in ("saml", "oidc")):
        return ANY
    return frozenset((PLAIN,))


def _offers(action: ActionPattern) -> frozenset[str] | None:
    """The ways that an action gives; none for another action, None where that can't be told."""
    name = action.name
    if name.opaque or "*" in name.service.text:
        return None
    if name.service.text.lower() != "sts":
        return frozenset()
    caught = matcher(name.operation.text)
    ways = frozenset(way for way in WAYS if caught(way))
    return ways or None


def _is_other(action: ActionPattern) -> bool:
    name = action.name
    return not name.opaque and "*" not in name.service.text and name.service.text.lower() != "sts"


def _tell_other(action: ActionPattern, statement: Statement) -> Finding:
    return Finding(
        f"{clip(action.text)} says what may be done, and a trust policy only says who may assume "
        "the role, so CAM is likely to refuse it",
        action.place(),
        label="not an action of sts",
        related=(Related(statement.key("principal"), "this makes it a trust policy"),)
        if "principal" in statement.spelling
        else (),
        help="remove it here, and allow it in a policy that is attached to the role",
        confidence=Confidence.MEDIUM,
    )


def _tell_action(
    action: ActionPattern,
    ways: list[str],
    needed: Needed,
    statement: Statement,
    *,
    dead: bool,
) -> Finding:
    everyone = [one for principals in needed.values() for one in principals[:2]]
    principal = everyone[0]
    wanted = sorted({way for each in needed for way in each})
    shown = clip(principal.text, 80)
    way_out = f"write {join_words([f'sts:{way}' for way in wanted])}"
    if len(wanted) > 1:
        way_out = f"write {' or '.join(f'sts:{way}' for way in wanted)}"
    consequence = "so nobody can assume the role by it"
    if not dead:
        consequence = "and this statement names none"
        way_out = "remove it"
    elif len(everyone) == 1:
        consequence = f"so {shown} can't assume the role"
    operation = action.name.operation
    fixes: tuple[Fix, ...] = ()
    if dead and len(wanted) == 1 and len(statement.actions) == 1 and not action.name.wild:
        target = wanted[0]
        if target != OIDC or {one.key for one in statement.conditions} >= CLAIMS:
            edit = Replace(action.place(operation.start, operation.end), target)
            fixes = (Fix(Safety.REPAIR, way_out, edit),)
    return Finding(
        f"{clip(action.text)} is for {join_words([FOR[way] for way in ways])}, {consequence}",
        action.place(),
        label="not for this principal" if len(everyone) == 1 else "not for these principals",
        related=(Related(principal.place(), f"comes with sts:{wanted[0]}"),)
        if len(wanted) == 1
        else (),
        help=way_out,
        severity=None if dead else Severity.WARNING,
        fixes=fixes,
    )


def _tell_principals(
    principals: list[Principal], ways: frozenset[str], statement: Statement
) -> Finding:
    wanted = " or ".join(f"sts:{way}" for way in sorted(ways))
    first, more = principals[0], len(principals) - 1
    shown = clip(first.text, 80) + (f" and {more} more" if more else "")
    return Finding(
        f"{shown} can only assume a role by {wanted}, which this statement doesn't allow",
        first.place(),
        label="can't use these actions",
        related=(
            Related(statement.element("action"), "the actions"),
            *(Related(one.place(), "nor can this") for one in principals[1:4]),
        ),
        help=f"give {'them' if more else 'it'} a statement of {'their' if more else 'its'} own "
        f"with {wanted}",
    )
