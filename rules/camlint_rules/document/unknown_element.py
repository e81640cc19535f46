"""A key is not an element of CAM's policy language, so what it says doesn't count."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Fault,
    Finding,
    Fix,
    Good,
    Kind,
    Part,
    Place,
    Pointer,
    Policy,
    Related,
    Safety,
    Severity,
    Statement,
    Trait,
    nearest,
    quote,
    rename_key,
    rule,
)

TOP = ("version", "statement", "principal")
INSIDE = ("effect", "action", "resource", "condition", "principal")
NEGATED = {
    "notaction": "action",
    "notactions": "action",
    "notresource": "resource",
    "notresources": "resource",
    "notprincipal": "principal",
    "notprincipals": "principal",
}
UNREAD = {
    "effect": "whether the statement allows or denies stays unsaid",
    "action": "the actions in it are neither allowed nor denied",
    "resource": "the resources in it are not part of the statement",
    "condition": "nothing in it restricts the statement",
    "principal": "the principals in it are not part of the statement",
    "version": "the policy has no version",
    "statement": "the policy has no statement",
}
INSTEAD = {
    "action": "list the actions that you mean; or allow all of the service, and deny the "
    "exceptions in a second statement",
    "resource": "list the resources that you mean; or allow all of them, and deny the exceptions "
    "in a second statement",
    "principal": "list the principals that you mean; or allow all of them, and deny the "
    "exceptions in a second statement",
}


@rule(
    code="CAM007",
    name="unknown-element",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10603",
        "https://cloud.tencent.com/document/product/598/10604",
    ),
    supersedes=("CAM003", "CAM009", "CAM016"),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  «"actions"»: ["trtc:DescribeRoomInfo"],
                  "resource": ["*"]
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
                  "action": ["trtc:DescribeRoomInfo"],
                  "resource": ["*"]
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
                  «"notAction"»: ["cdb:IsolateDBInstance"],
                  "resource": ["*"]
                }
              ]
            }
        """),
        Bad("""
            {
              "version": "2.0",
              «"description"»: "Read access for the reporting team",
              "statement": [
                {
                  «"sid"»: "reports",
                  "effect": "allow",
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:reports-1253653367/*"]
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
                  "action": ["cdb:*"],
                  "resource": ["*"]
                },
                {
                  "effect": "deny",
                  "action": ["cdb:IsolateDBInstance"],
                  "resource": ["*"]
                }
              ]
            }
        """),
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "sid": "reports",
                  "effect": "allow",
                  "principal": {"qcs": ["qcs::cam::uin/100012345678:uin/100087654321"]},
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:reports-1253653367/*"]
                }
              ]
            }
        """),
    ),
    when=Trait.IRREGULAR,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    A policy has `version`, `statement` and, where its kind asks for one, `principal`. A statement
    has `effect`, `action`, `resource`, `condition` and `principal`. No other key has a documented
    meaning.

    - A **misspelt element** (`actions`, `conditon`) is the worst: what it says doesn't count. A
      condition that isn't read restricts nothing.
    - **`notAction`, `notResource`, `notPrincipal`** exist in other clouds. No page of CAM knows
      them, in any spelling. The statement then lacks its actions, resources or principals; it never
      means "everything but these".
    - **Two spellings of one element** (`Effect` beside `effect`) leave open which of them counts.
    - Any **other key** (`description`, `_comment`, `id`) may make CAM refuse the policy.

    ## How to fix it

    Correct the spelling. For "everything but", allow the whole in one statement and deny the
    exceptions in another: a deny always wins. Delete what has no meaning; a policy's description
    belongs into the field of that name in the console or the API.

    ## What camlint knows

    The elements are documented. What CAM does with an unknown key is not: it may refuse the policy
    or pass over the key. COS adds `sid` to the bucket policies that it stores, so it is free there.
    """
    odd = [] if policy.bare else [key for key in policy.value if key not in TOP]
    if odd:
        once = _find_sole(nearest(key.lower(), TOP) for key in policy.value)
        for key in odd:
            yield from _look_above(key, policy, once)
    for statement in policy.statements:
        odd = [key for key in statement.value if key not in INSIDE]
        if odd:
            once = _find_sole(_meant(key.lower()) for key in statement.value)
            explained = _explains_all_missing(statement)
            for key in odd:
                yield from _look_inside(key, statement, context, once, explained=explained)


def _find_sole(meant: Iterable[str | None]) -> set[str]:
    """The elements that just one key of an object stands for."""
    sole: set[str] = set()
    seen: set[str] = set()
    for one in meant:
        if one is not None:
            (sole.discard if one in seen else sole.add)(one)
            seen.add(one)
    return sole


def _look_above(key: str, policy: Policy, once: set[str]) -> Iterator[Finding]:
    lower = key.lower()
    if key in policy.spelling.values():
        # Read all the same: it has capitals, or characters that don't belong there.
        return
    if lower in TOP:
        yield _second_spelling(key, policy.spelling[lower], ())
        return
    plain = _plain(lower)
    if plain in NEGATED:
        yield _negated(key, NEGATED[plain], (), None)
    elif lower in INSIDE:
        yield Finding(
            f"{quote(key)} stands outside of every statement, where CAM knows only version, "
            "statement and principal",
            _key_place((), key),
            label="belongs inside a statement",
            help="move it into the statement that it is meant for",
            severity=Severity.WARNING,
            confidence=Confidence.MEDIUM,
        )
    elif meant := nearest(lower, TOP):
        hides = meant == "version" and not any(
            fault.fault is Fault.MISSING for fault in policy.malformed
        )
        yield _misspelt(key, meant, (), () if hides else None, sole=meant in once)
    else:
        yield _unknown(key, ())


def _look_inside(
    key: str, statement: Statement, context: Context, once: set[str], *, explained: bool
) -> Iterator[Finding]:
    lower = key.lower()
    pointer = statement.pointer
    if key in statement.spelling.values() and lower != "sid":
        return
    if lower in INSIDE:
        yield _second_spelling(key, statement.spelling[lower], pointer)
        return
    if lower == "sid":
        if context.kind is not Kind.BUCKET:
            yield Finding(
                f"{quote(key)} means nothing here: only COS knows it, in bucket policies",
                _key_place(pointer, key),
                label="not an element of CAM",
                help="delete it, unless this is a bucket policy",
                severity=Severity.NOTE,
                confidence=Confidence.MEDIUM,
            )
        return
    meant = _meant(lower)
    if meant is None:
        yield _unknown(key, pointer)
    else:
        scope = pointer if explained else None
        if _plain(lower) in NEGATED:
            yield _negated(key, meant, pointer, scope)
        else:
            yield _misspelt(key, meant, pointer, scope, sole=meant in once)


@lru_cache(maxsize=256)
def _meant(lower: str) -> str | None:
    """The element of a statement that an unknown key stands in for."""
    return NEGATED.get(_plain(lower)) or nearest(lower, INSIDE)


def _plain(lower: str) -> str:
    return lower.replace("_", "").replace("-", "")


def _explains_all_missing(statement: Statement) -> bool:
    """Whether every element that the statement lacks stands there under a wrong name."""
    meant = {_meant(key.lower()) for key in statement.value if key.lower() not in INSIDE}
    return all(
        fault.element in meant for fault in statement.malformed if fault.fault is Fault.MISSING
    )


def _misspelt(
    key: str, meant: str, pointer: Pointer, scope: Pointer | None, *, sole: bool
) -> Finding:
    """``sole`` says that the element stands there under no other name."""
    way_out = f"write it as {quote(meant)}"
    fix = Fix(Safety.REPAIR, way_out, rename_key((*pointer, key), meant))
    return Finding(
        f"{quote(key)} is not an element of CAM, so {UNREAD[meant]}",
        _key_place(pointer, key),
        label=f"did you mean {meant}?",
        help=way_out,
        scope=scope,
        fixes=(fix,) if sole else (),
    )


def _negated(key: str, meant: str, pointer: Pointer, scope: Pointer | None) -> Finding:
    return Finding(
        f"{quote(key)} does not exist in CAM, so this never means everything but what it lists",
        _key_place(pointer, key),
        label="from another policy language",
        help=INSTEAD[meant],
        note="no page of CAM documents it; it may be refused, or passed over",
        confidence=Confidence.MEDIUM,
        scope=scope,
    )


def _second_spelling(key: str, counted: str, pointer: Pointer) -> Finding:
    return Finding(
        f"{quote(key)} stands beside {quote(counted)} in one object, and which of them counts is "
        "not documented",
        _key_place(pointer, key),
        label="a second spelling",
        related=(Related(_key_place(pointer, counted), "camlint reads this one"),),
        help=f"keep one, and spell it {quote(counted.lower())}",
        confidence=Confidence.MEDIUM,
    )


def _unknown(key: str, pointer: Pointer) -> Finding:
    known = INSIDE if pointer else TOP
    return Finding(
        f"{quote(key)} is not an element of CAM: it has no effect here, and CAM may refuse the "
        "policy for it",
        _key_place(pointer, key),
        label="not an element",
        help="delete it",
        note=f"the elements here are {', '.join(known)}; what CAM does with others isn't documented",
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
    )


def _key_place(pointer: Pointer, key: str) -> Place:
    return Place((*pointer, key), part=Part.KEY)
