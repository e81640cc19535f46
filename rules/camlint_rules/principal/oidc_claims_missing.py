"""A role lets in web identities without checking who vouches for whom."""

from collections.abc import Iterator

from camlint.patterns import matcher
from camlint.rule import (
    Bad,
    Condition,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Place,
    Pointer,
    Policy,
    Principal,
    Related,
    Severity,
    Statement,
    clip,
    join_words,
    rule,
)

ACTION = "AssumeRoleWithWebIdentity"
ISSUER, AUDIENCE, SUBJECT = "oidc:iss", "oidc:aud", "oidc:sub"
REQUIRED = (ISSUER, AUDIENCE)
EXACT = "string_equal"
GITHUB = "https://token.actions.githubusercontent.com"
"""The issuer of tokens for all workflows on GitHub, whose subjects are ``repo:owner/name:…``.

Source: https://docs.github.com/en/enterprise-cloud@latest/actions/reference/security/oidc
"""
CLUSTER = "system:serviceaccount:"
"""How subjects of a Kubernetes cluster begin, before the name space and the name of an account.

Source: https://kubernetes.io/docs/reference/access-authn-authz/authentication/
"""
EXAMPLE = "such as repo:example/shop:ref:refs/heads/main or system:serviceaccount:shop:web"


@rule(
    code="CAM408",
    name="oidc-claims-missing",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/19381",
        "https://docs.github.com/en/enterprise-cloud@latest/actions/reference/security/oidc",
    ),
    kinds=(Kind.TRUST,),
    supersedes=("CAM313",),
    bad=(
        Bad("""
            {
              "version": "2.0",
              "statement": [
                «{»
                  "effect": "allow",
                  "principal": {"federated": ["qcs::cam::uin/100012345678:oidc-provider/ci"]},
                  "action": ["sts:AssumeRoleWithWebIdentity"]
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
                  "principal": {"federated": "qcs::cam::uin/100012345678:oidc-provider/ci"},
                  "action": "name/sts:AssumeRoleWithWebIdentity",
                  "condition": {
                    "string_equal": {"oidc:iss": "https://token.actions.githubusercontent.com"},
                    «"string_like"»: {
                      "oidc:aud": "sts.*",
                      "oidc:sub": "repo:example/shop:*"
                    }
                  }
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
                  "principal": {"federated": "qcs::cam::uin/100012345678:oidc-provider/cls-a1b2c3d4"},
                  "action": "sts:AssumeRoleWithWebIdentity",
                  «"condition"»: {
                    "string_equal": {
                      "oidc:iss": ["https://ap-guangzhou-oidc.tke.tencentcs.com/id/0a1b2c3d"],
                      "oidc:aud": ["sts.cloud.tencent.com"]
                    }
                  }
                },
                {
                  "effect": "allow",
                  "principal": {"federated": "qcs::cam::uin/100012345678:oidc-provider/ci"},
                  "action": "sts:AssumeRoleWithWebIdentity",
                  "condition": {
                    "string_equal": {
                      "oidc:iss": "https://token.actions.githubusercontent.com",
                      "oidc:aud": "sts.cloud.tencent.com"
                    },
                    "string_like": {"oidc:sub": ["repo:example/shop:*", «"*"»]}
                  }
                },
                {
                  "effect": "allow",
                  "principal": {"federated": "qcs::cam::uin/100012345678:oidc-provider/ci"},
                  "action": "sts:AssumeRoleWithWebIdentity",
                  "condition": {
                    "string_equal": {
                      "oidc:iss": "https://token.actions.githubusercontent.com",
                      "oidc:aud": "sts.cloud.tencent.com"
                    },
                    "string_like": {"oidc:sub": «"repo:example*"»}
                  }
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
                  "principal": {"federated": ["qcs::cam::uin/100012345678:oidc-provider/ci"]},
                  "action": ["sts:AssumeRoleWithWebIdentity"],
                  "condition": {
                    "string_equal": {
                      "oidc:iss": "https://token.actions.githubusercontent.com",
                      "oidc:aud": "sts.cloud.tencent.com"
                    },
                    "string_like": {"oidc:sub": "repo:example/shop:*"}
                  }
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
                  "principal": {"federated": ["qcs::cam::uin/100012345678:saml-provider/office"]},
                  "action": ["sts:AssumeRoleWithSAML"]
                }
              ]
            }
        """),
    ),
    cwe=287,
    security_severity=8.0,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    A web identity is a token that says who issued it (`iss`), for whom (`aud`), and about whom
    (`sub`). CAM documents that a role for an OIDC provider has to compare the first two by
    `string_equal`. The third is optional, and that is the trap: without `oidc:sub` every token that
    the provider issues for this audience will do. For a public issuer such as GitHub's, that is
    every workflow of every stranger; for a cluster, every pod in it.

    ## How to fix it

    ```json
    "condition": {
      "string_equal": {
        "oidc:iss": "https://token.actions.githubusercontent.com",
        "oidc:aud": "sts.cloud.tencent.com",
        "oidc:sub": "repo:example/shop:ref:refs/heads/main"
      }
    }
    ```

    `oidc:sub` may be compared by any string operator and have up to ten values. With `string_like`,
    keep what tells you from others in front of the star: `repo:example/shop:*`.

    ## What camlint knows

    That `oidc:iss` and `oidc:aud` are required and compared by `string_equal` is documented in CAM's
    guide to roles. An operator with `_if_exist` or `string_like` isn't that; a qualifier such as
    `for_any_value:` is let pass. A pattern for `oidc:sub` counts as none where it takes in strangers: for
    the issuer of GitHub one that leaves the owner open, as `repo:*` does and `repo:example*`, which
    matches whoever registers `example-2`; for a Kubernetes cluster `system:serviceaccount:*`. A statement whose condition can't be read isn't judged. Where both
    are missing, one finding speaks of all.
    """
    for principals, statements in policy.by_principals(policy.allows):
        sure = _tell_provider(principals)
        for statement in statements if sure is not None else ():
            if any(fault.element == "condition" for fault in statement.malformed):
                continue
            if _takes_web_identities(statement, sure=sure is True):
                yield from _judge(statement)


def _tell_provider(principals: tuple[Principal, ...]) -> bool | None:
    """Whether an OIDC provider is among the principals, False where it can't be told."""
    names = [one.name for one in principals if one.family == "federated"]
    if any(name is not None and name.form == "oidc" for name in names):
        return True
    return False if any(name is None or name.form != "saml" for name in names) else None


def _takes_web_identities(statement: Statement, *, sure: bool) -> bool:
    """Whether an action is the one for web identities; a pattern only of a provider of such."""
    for action in statement.actions:
        name = action.name
        if name.opaque or not matcher(name.operation.text)(ACTION):
            continue
        if name.service.text == "sts" and (sure or not name.wild):
            return True
        if sure and matcher(name.service.text)("sts"):
            return True
    return False


def _judge(statement: Statement) -> Iterator[Finding]:
    by_key: dict[str, list[Condition]] = {}
    for condition in statement.conditions:
        by_key.setdefault(condition.key.lower(), []).append(condition)
    missing = [key for key in REQUIRED if key not in by_key]
    subjects = by_key.get(SUBJECT, [])
    if missing:
        yield _tell_missing(statement, missing, subjects)
    inexact: dict[Pointer, list[Condition]] = {}
    for key in REQUIRED:
        found = by_key.get(key, [])
        # A misspelt operator or key has a rule of its own.
        if found and not any(_is_exact(one) or _is_misspelt(one) for one in found):
            inexact.setdefault(found[0].operator_pointer, []).append(found[0])
    for conditions in inexact.values():
        yield _tell_operator(conditions)
    if not missing:
        yield from _judge_subject(statement, subjects)


def _is_exact(condition: Condition) -> bool:
    return condition.base == EXACT and not condition.if_exist and condition.known is not None


def _is_misspelt(condition: Condition) -> bool:
    return condition.known is None or condition.key not in (*REQUIRED, SUBJECT)


def _tell_missing(statement: Statement, missing: list[str], subjects: list[Condition]) -> Finding:
    keys = join_words(missing)
    also = "" if subjects else f"; compare {SUBJECT} too, or everyone with a token is let in"
    return Finding(
        f"this lets in web identities without comparing {keys}, which CAM requires: it is likely "
        "to refuse the policy, or else takes tokens that were meant for others",
        statement.key("condition"),
        label=f"no {' and no '.join(missing)}",
        help=f'compare {keys} by "{EXACT}" with what the provider puts into its tokens{also}',
    )


def _tell_operator(conditions: list[Condition]) -> Finding:
    """What is wrong with an operator that one or both of the required claims stand under."""
    first = conditions[0]
    keys = join_words(one.key for one in conditions)
    consequence = "lets in tokens without" if first.if_exist else "isn't documented for"
    return Finding(
        f"CAM requires {keys} to be compared by {EXACT}, and {clip(first.operator)} {consequence} "
        f"{'them' if len(conditions) > 1 else 'it'}",
        first.operator_place(),
        label=f"not {EXACT}",
        related=tuple(Related(one.key_place(), "this key") for one in conditions),
        help=f'move {keys} under "{EXACT}", with the whole value',
    )


def _judge_subject(statement: Statement, subjects: list[Condition]) -> Iterator[Finding]:
    if any(_is_misspelt(one) for one in subjects):
        return
    limits = [one for one in subjects if one.known is not None and not one.known.negated]
    if not limits or all(one.known is None or one.known.family == "null" for one in limits):
        where = subjects[0].key_place() if subjects else statement.key("condition")
        beginning = "only negates" if subjects else "doesn't compare"
        yield _tell_subject(
            f"this {beginning} {SUBJECT}, so everyone to whom the provider gives a token for this "
            "audience can assume the role",
            where,
            "no limit on oidc:sub" if subjects else "no oidc:sub",
        )
        return
    for one in limits:
        if one.base != "string_like":
            continue
        for index, value in enumerate(one.values):
            pattern = str(value)
            if not pattern.strip("*"):
                yield _tell_subject(
                    f'"{clip(pattern, 20)}" matches every {SUBJECT}, so everyone to whom the '
                    "provider gives a token for this audience can assume the role",
                    one.value_place(index),
                    "every subject",
                )
            elif strangers := _tell_strangers(pattern, statement):
                yield _tell_subject(
                    f'"{clip(pattern)}" matches {strangers}, so all of them can assume the role',
                    one.value_place(index),
                    "strangers, too",
                )


def _tell_strangers(pattern: str, statement: Statement) -> str:
    """Whom a pattern takes in beside those that are meant, ``""`` where it names somebody."""
    if pattern.startswith(CLUSTER):
        return "" if pattern[len(CLUSTER) :].strip("*:") else "every service account of the cluster"
    if not any(one.key == ISSUER and GITHUB in one.values for one in statement.conditions):
        return ""
    kind, colon, rest = pattern.partition(":")
    owner = rest.partition("/")[0].partition("@")[0]
    if "*" in kind:
        return "workflows in repositories of anybody on GitHub"
    if kind != "repo" or not colon or "*" not in owner:
        return ""
    if not owner.strip("*"):
        return "workflows in repositories of anybody on GitHub"
    return f'workflows of every account on GitHub whose name matches "{clip(owner, 40)}"'


def _tell_subject(message: str, where: Place, label: str) -> Finding:
    return Finding(
        message,
        where,
        label=label,
        help=f"compare {SUBJECT} with the subjects that are meant, {EXAMPLE}",
        severity=Severity.WARNING,
    )
