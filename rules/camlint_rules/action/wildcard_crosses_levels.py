"""A pattern that looks like reading also allows operations that change things."""

from collections.abc import Iterator
from functools import lru_cache

from camlint.access.counts import count_levels
from camlint.catalog.action import Action
from camlint.catalog.service import Service
from camlint.catalog.verbs import READING_VERBS
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Place,
    Replace,
    Safety,
    Severity,
    Statement,
    Trait,
    clip,
    distance,
    join_words,
    rule,
)

MOST_LISTED = 5
READ_ONLY = "qcs:read_only_action"
PARTS = frozenset(verb[:end] for verb in READING_VERBS for end in range(1, len(verb)))
"""The beginnings of reading verbs, whole ones left out."""
SHORTEST = 6
"""Letters that a misspelt verb must have before it is taken for a reading one: Set isn't Get."""


@rule(
    code="CAM112",
    name="wildcard-crosses-levels",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    references=(
        "https://cloud.tencent.com/document/product/598/105584",
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
                  "action": [«"cdb:De*"», «"name/trtc:D*"», «"sts:Get*"»],
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
                  "action": ["cdb:Describe*", "name/trtc:D*", "sts:GetCallerIdentity"],
                  "resource": "*"
                }
              ]
            }
            """,
        ),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {"effect": "allow", "action": «"cvm:*Instances"», "resource": "*"}
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
                  "action": ["cdb:Describe*", "name/trtc:Describe*", "sts:GetCallerIdentity"],
                  "resource": "*"
                },
                {"effect": "allow", "action": "cvm:Describe*Instances", "resource": "*"},
                {"effect": "deny", "action": "cdb:De*", "resource": "*"}
              ]
            }
        """),
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": "cdb:De*",
                  "resource": "*",
                  "condition": {"numeric_equal": {"qcs:read_only_action": 1}}
                }
              ]
            }
        """),
    ),
    cwe=250,
    security_severity=5.0,
    when=Trait.WILDCARD_ACTION,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    `cdb:De*` looks like a short way of writing `cdb:Describe*`, but it is the beginning of `Delete`
    and `Destroy` too. A reviewer reads it as a right to look, and the holder can do more than
    that. A verb that is whole can deceive as well: `sts:Get*` hands out credentials. A pattern
    without a verb, such as `cvm:*Instances`, names the reading and the changing operations alike.

    ## How to fix it

    Write the verb in full: `cdb:Describe*`. If the changing operations are meant, name them, so
    that the policy says what it does. Where only reading is to be allowed, the condition
    `{"numeric_equal": {"qcs:read_only_action": 1}}` ensures it.

    ## What camlint knows

    Reading verbs are those that Tencent's ReadOnlyAccess policy counts: `Describe`, `Get`, `List`,
    `Query` and some more. Whether an operation changes something is concluded from its verb and,
    for well-known ones, from the product's documents. The count is of published operations; there
    may be more. A pattern without any verb is a note. A deny isn't reported.

    Where one narrower pattern keeps what reads, `camlint fix --unsafe-fixes` writes it: that takes
    access away.
    """
    if not statement.wildcards or statement.effect != "allow":
        return
    if any(fault.element == "condition" for fault in statement.malformed):
        return
    if any(one.preset and one.key == READ_ONLY for one in statement.conditions):
        return
    for action in statement.wildcards:
        name = action.name
        operation = name.operation.text
        head = operation.partition("*")[0]
        if head and head not in PARTS and head not in READING_VERBS:
            continue
        if not operation.strip("*") or "*" not in operation or "*" in name.service.text:
            continue
        found = _judge(context.catalog.service(name.service.text), action.text, operation)
        if found is not None:
            yield found.moved(action.pointer)


@lru_cache(maxsize=1024)
def _judge(service: Service, text: str, operation: str) -> Finding | None:
    """What is to be said of a pattern; remembered, since many statements have the same."""
    reading: list[Action] = []
    others: list[Action] = []
    for action in service.matching(operation):
        (reading if _reads(action) else others).append(action)
    return _report(service.prefix, text, operation, reading, others) if reading and others else None


def _reads(action: Action) -> bool:
    """Whether it only reads, by its level or by a name that ReadOnlyAccess counts as reading."""
    if action.reads or action.level != "write":
        return action.reads
    verb, name = action.verb, action.name
    for one in READING_VERBS:
        if name.startswith(one) and not name[len(one) : len(one) + 1].islower():
            return True
    return len(verb) >= SHORTEST and any(distance(verb, one, 1) <= 1 for one in READING_VERBS)


def _report(
    service: str, text: str, operation: str, reading: list[Action], others: list[Action]
) -> Finding:
    head, star, tail = operation.partition("*")
    # What does most harm is named first.
    worst = sorted(others, key=lambda one: (one.level != "permissions", not one.groups, one.name))
    shown = [one.name for one in worst[:MOST_LISTED]]
    rest = len(others) - len(shown)
    listed = join_words([*shown, f"{rest} more"] if rest else shown)
    count = len(others)
    plural = "action that does" if count == 1 else "actions that do"
    verbs = _verbs(head, reading)
    if head in READING_VERBS or (head and not verbs):
        start = "looks like reading, but also"
    elif head:
        start = f"begins like {' or '.join(verbs)}, but also"
    else:
        start = "begins with no verb, so beside reading it also"
    proposed = _propose(head, star + tail, reading)
    return Finding(
        f"{clip(text)} {start} allows {count} known {service} {plural} more than read: {listed}",
        Place(()),
        label=f"{count} of {count + len(reading)} known matches do more than read",
        help=_way_out(service, proposed),
        note=f"of its known matches, {count_levels((*reading, *others))}",
        severity=None if head else Severity.NOTE,
        fixes=(_narrow(text, operation, proposed),) if head and len(proposed) == 1 else (),
        confidence=Confidence.HIGH if any(one.documented for one in others) else None,
    )


def _propose(head: str, rest: str, reading: list[Action]) -> list[str]:
    """The narrower patterns or the few names that keep only what reads; none where it takes many."""
    verbs = _verbs(head, reading)
    if verbs and head not in READING_VERBS and len(verbs) <= 3:
        return [_begin(verb, rest) for verb in verbs]
    return [one.name for one in reading] if len(reading) <= MOST_LISTED else []


def _way_out(service: str, proposed: list[str]) -> str:
    if not proposed:
        return "if only reading is meant, list the reading actions by name"
    texts = join_words([f'"{service}:{one}"' for one in proposed])
    return f"if only reading is meant, write {texts}"


def _narrow(text: str, operation: str, proposed: list[str]) -> Fix:
    """The fix that writes the one pattern or name that keeps what reads."""
    narrower = text.removesuffix(operation) + proposed[0]
    edit = Replace(Place(()), narrower)
    return Fix(Safety.NARROWING, f"write {narrower}", edit, alone=True)


def _begin(verb: str, rest: str) -> str:
    """A pattern that begins with the verb: ``*Get*`` becomes ``Get*``, ``*Room`` ``Describe*Room``."""
    return verb + rest.removeprefix(f"*{verb}")


def _verbs(head: str, reading: list[Action]) -> list[str]:
    """The reading verbs, longer than the pattern's beginning, of what it matches."""
    return sorted(
        verb
        for verb in READING_VERBS
        if verb != head and any(one.name.startswith(verb) for one in reading)
    )
