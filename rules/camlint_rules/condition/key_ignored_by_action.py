"""A condition tests a key that actions of its statement never carry."""

from collections.abc import Iterator

from camlint.catalog.condition_keys import ConditionKey
from camlint.rule import (
    ActionPattern,
    Bad,
    Condition,
    Confidence,
    Context,
    Finding,
    Good,
    Related,
    Severity,
    Statement,
    Trait,
    clip,
    join_words,
    rule,
)

SHOWN = 3
"""Actions that a message names."""


@rule(
    code="CAM319",
    name="key-ignored-by-action",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=("https://cloud.tencent.com/document/product/436/71306",),
    bad=(
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:PutObject", "cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {"string_equal": {«"cos:x-cos-acl"»: "private"}}
                }
              ]
            }
        """),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {"effect": "allow", "action": ["cos:GetObject"], "resource": "*"},
                {
                  "effect": "deny",
                  "action": ["cos:GetObject"],
                  "resource": "*",
                  "condition": {"string_equal": {«"cos:prefix"»: "internal"}}
                }
              ]
            }
        """),
    ),
    good=Good("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cos:PutObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
              "condition": {"string_equal": {"cos:x-cos-acl": "private"}}
            },
            {
              "effect": "allow",
              "action": ["cos:GetBucket"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
              "condition": {"string_equal": {"cos:prefix": "internal%2F"}}
            }
          ]
        }
    """),
    when=Trait.CONDITIONAL,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    A condition key can only be tested where the request has it. `cos:x-cos-acl` is a header of
    uploads and of operations that set an ACL; a download has no such header. A condition on a key
    that isn't there doesn't hold, so for that action an allow never grants and a deny never
    refuses. The policy looks stricter than it is, or simply doesn't work.

    ## How to fix it

    Give the actions that carry the key a statement with the condition, and the others a statement
    without it, or with one on a key that they carry. To bind reading to a folder, write the folder
    into the resource: `…:photos-1253653367/internal/*`.

    ## What camlint knows

    COS documents which requests carry `cos:prefix`, `cos:versionid`, `cos:x-cos-acl`,
    `cos:x-cos-storage-class`, `cos:response-content-type` and, of its own, `qcs:request_tag`. Keys
    without such a table are never reported, and neither are actions that aren't known. A pattern is
    reported where none of the known actions that it catches carries the key; `*` and `cos:*` are
    `condition-with-wildcard-action` (CAM324).
    """
    known: dict[str, tuple[list[ActionPattern], bool]] = {}
    for condition in statement.conditions:
        if condition.when_absent is not False:
            continue
        key = context.catalog.condition_keys.find(condition.key)
        if key is None or (key.actions is None and key.cos_actions is None):
            continue
        if condition.key not in known:
            found = list(_find_deaf(statement, key, context))
            known[condition.key] = found, all(map(_is_of_cos, found))
        deaf, sure = known[condition.key]
        if deaf:
            carriers = sorted(key.cos_actions or key.actions or ())
            yield _tell(statement, condition, deaf, carriers, sure=sure)


def _find_deaf(
    statement: Statement, key: ConditionKey, context: Context
) -> Iterator[ActionPattern]:
    """The actions that surely don't carry a key."""
    for action in statement.actions:
        name = action.name
        if not name.opaque:
            supplied = context.catalog.supplies(key, name.service.text, name.operation.text)
            if supplied is False:
                yield action


def _tell(
    statement: Statement,
    condition: Condition,
    deaf: list[ActionPattern],
    carriers: list[str],
    *,
    sure: bool,
) -> Finding:
    names = [clip(action.text) for action in deaf[:SHOWN]]
    if len(deaf) > SHOWN:
        names.append(f"{len(deaf) - SHOWN} more")
    never = {"allow": "this allow never grants", "deny": "this deny never refuses"}.get(
        statement.effect or "", "this statement never applies to"
    )
    them = "it" if len(deaf) == 1 else "them"
    rest = f" and {len(carriers) - SHOWN} more" if len(carriers) > SHOWN else ""
    way_out = (
        "move "
        + ("that action" if len(deaf) == 1 else "those actions")
        + " to a statement without this condition"
    )
    if len(deaf) == len(statement.actions):
        way_out = "leave the condition out, or name the actions that carry the key"
    return Finding(
        f"requests for {join_words(names)} carry no {condition.key}, so {never} {them}",
        condition.key_place(),
        label="not in such requests",
        related=tuple(Related(action.place(), "never with this key") for action in deaf[:SHOWN]),
        help=way_out,
        note=f"it is documented for {', '.join(carriers[:SHOWN])}{rest}",
        confidence=None if sure else Confidence.MEDIUM,
    )


def _is_of_cos(action: ActionPattern) -> bool:
    """Whether COS's own table speaks of this very action."""
    return action.name.service.text == "cos" and not action.name.wild
