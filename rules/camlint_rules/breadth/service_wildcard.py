"""An allow names every operation of one product."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from camlint.access.counts import count_levels
from camlint.access.products import find_products
from camlint.access.reading_patterns import keep_reading
from camlint.catalog.service import Service
from camlint.patterns import covers
from camlint.rule import (
    ActionPattern,
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Insert,
    Kind,
    Related,
    Remove,
    Replace,
    Safety,
    SetValue,
    Severity,
    Statement,
    Trait,
    clip,
    join_words,
    quote,
    rule,
)

SHOWN = 3
"""Patterns that a message names."""


@rule(
    code="CAM604",
    name="service-wildcard",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10604",
        "https://cloud.tencent.com/document/product/598/10592",
    ),
    kinds=(Kind.IDENTITY, Kind.SESSION, Kind.BUCKET),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": [«"trtc:*"», «"cdb:*"»],
                "resource": "*"
              }]
            }
            """,
            fixed="""
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["trtc:*", "cdb:Describe*", "cdb:CheckMigrateCluster", "cdb:InquiryPriceUpgradeInstances", "cdb:VerifyRootAccount"],
                "resource": "*"
              }]
            }
            """,
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": [
                  «"name/ssm:*"»,
                  "ssm:Describe*"
                ],
                "resource": "*"
              }]
            }
            """,
            fixed="""
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": [
                  "name/ssm:List*",
                  "name/ssm:GetRegions",
                  "name/ssm:GetServiceStatus",
                  "ssm:Describe*"
                ],
                "resource": "*"
              }]
            }
            """,
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": [«"trtc:*"»],
                "resource": ["qcs::trtc::uin/100000000001:sdkappid/1400000001"]
              }]
            }
            """
        ),
    ),
    good=(
        Good(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["trtc:Describe*", "trtc:DismissRoom", "trtc:RemoveUser"],
                "resource": ["qcs::trtc::uin/100000000001:sdkappid/1400000001"]
              }]
            }
            """
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": "cdb:*",
                "resource": "*",
                "condition": {"numeric_equal": {"qcs:read_only_action": 1}}
              }]
            }
            """
        ),
    ),
    supersedes=("CAM112", "CAM603"),
    cwe=250,
    security_severity=5.0,
    when=Trait.WILDCARD_ACTION,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    `trtc:*` is more than using TRTC: it takes in changing the application, its callbacks and its
    keys. `cdb:*` includes destroying an instance and resetting its passwords, `cos:*` deleting
    buckets and rewriting their policies. Operations that a product gets in the future are
    included from their first day.

    ## How to fix it

    List what the holder does, by name or by verb: `trtc:Describe*`, `trtc:DismissRoom`. Name the
    resources too, where the operations allow it. For readers there is the condition
    `{"numeric_equal": {"qcs:read_only_action": 1}}`.

    If the holder does administer the product, keep the wildcard and limit the resource: with every
    resource named, this is only a note.

    ## What camlint knows

    A resource counts as named when it has an id, a name or a beginning of one: `sdkappid/1400000001`
    and `logs-1250000000/*` do, `instanceId/*` and `"*"` don't. The operations are counted in the
    public catalogue, which doesn't have all, so they are at least as many. Sensitive are those that
    destroy, open or read out data, hand out credentials or widen somebody's rights.

    The fix keeps only what reads. It takes access away, so `camlint fix` makes it with
    `--unsafe-fixes` alone, and only where it is proved that nothing is granted that wasn't. Its
    patterns stand for no known operation that does more than read or hands out credentials, and a
    product of which eight of them wouldn't be enough has no fix. `camlint expand` lists the operations.
    """
    for action, wide in find_products(statement):
        service = action.name.service.text
        many, note = _count(context.catalog.service(service), wide is None)
        way_out = "list the operations that are needed, by name or by verb"
        if wide is None:
            yield Finding(
                f"{quote(action.text)} allows every operation of {service}{many}, now and in the "
                "future, on the resources listed",
                action.place(),
                label=f"every operation of {service}",
                help=way_out,
                note=note,
                severity=Severity.NOTE,
            )
        else:
            # Of what can't be read nobody can prove that it becomes less.
            kept = keep_reading(service, context.catalog) if statement.complete else ()
            where = "every resource" if wide.six is None else quote(wide.text, 80)
            yield Finding(
                f"{quote(action.text)} allows every operation of {service}{many}, now and in the "
                f"future, on {where}",
                action.place(),
                label=f"every operation of {service}",
                related=(Related(wide.place(), "names no single resource"),),
                help=f"{way_out}, and name the resources where they allow it",
                note=note,
                fixes=(_narrow(statement, action, kept),) if kept else (),
            )


@lru_cache(maxsize=512)
def _count(service: Service, scoped: bool) -> tuple[str, str]:
    """How many operations are known, for the message, and of what sort they are, for a note.

    Where every resource is named, operation-level ones are counted too: such a statement doesn't
    grant them. Source: https://cloud.tencent.com/document/product/598/67492
    """
    actions = service.actions
    if not actions:
        return "", ""
    facts = f"of those that are known, {count_levels(actions)}"
    if scoped and (unmatched := len(service.operation_level)):
        verb = "is" if unmatched == 1 else "are"
        facts += f'; {unmatched} {verb} operation-level, which only "*" grants'
    return f" (at least {len(actions)})", f"{facts}; the public catalogue is partial"


def _narrow(statement: Statement, action: ActionPattern, kept: tuple[str, ...]) -> Fix:
    """The fix that leaves no more of the product than what reads."""
    written = action.text.removesuffix("*")
    others = [one.name.qualified for one in statement.actions if one is not action]
    listed = [
        written + one
        for one in kept
        if not any(covers(other, f"{action.name.service.text}:{one}") for other in others)
    ]
    pointer = action.pointer
    index = pointer[-1]
    if not listed:
        return Fix(Safety.NARROWING, f"remove {clip(action.text)}", Remove(pointer), alone=True)
    what = f"write only what reads: {_list(listed)}"
    if not isinstance(index, int):
        value = listed if len(listed) > 1 else listed[0]
        return Fix(Safety.NARROWING, what, SetValue(pointer, value), alone=True)
    added = [Insert(pointer[:-1], index + 1, one) for one in listed[1:]]
    return Fix(Safety.NARROWING, what, Replace(action.place(), listed[0]), *added, alone=True)


def _list(texts: Sequence[str]) -> str:
    more = len(texts) - SHOWN
    return join_words([*texts[:SHOWN], f"{more} more"] if more > 0 else texts)
