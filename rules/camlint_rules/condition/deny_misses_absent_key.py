"""A deny that should refuse all but some values lets requests pass that leave the key out."""

from collections.abc import Iterator

from camlint.catalog.condition_keys import ConditionKey
from camlint.rule import (
    SUFFIX,
    Bad,
    Condition,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Policy,
    Safety,
    Severity,
    Statement,
    Trait,
    clip,
    rename_key,
    rule,
)

SENT = {"header": "the header", "query": "the parameter"}
"""What the caller sends and may leave out, by the word of the catalogue."""


@rule(
    code="CAM320",
    name="deny-misses-absent-key",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=("https://cloud.tencent.com/document/product/436/71306",),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:PutObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
                },
                {
                  "effect": "deny",
                  "action": ["cos:PutObject", "cos:PostObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {«"string_not_equal"»: {"cos:x-cos-acl": "private"}}
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
                  "action": ["cos:PutObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
                },
                {
                  "effect": "deny",
                  "action": ["cos:PutObject", "cos:PostObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {"string_not_equal_if_exist": {"cos:x-cos-acl": "private"}}
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
                  "effect": "deny",
                  "action": ["cos:Get*"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {
                    «"string_not_equal"»: {"cos:response-content-type": "image%2Fjpeg"}
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
                  "effect": "deny",
                  "action": ["cos:PutObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {"string_not_equal_if_exist": {"cos:x-cos-acl": "private"}}
                },
                {
                  "effect": "deny",
                  "action": ["cdb:*"],
                  "resource": "*",
                  "condition": {"ip_not_equal": {"qcs:ip": "198.51.100.0/24"}}
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
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {
                    "string_equal_if_exist": {"cos:response-content-type": "image%2Fjpeg"}
                  }
                },
                {
                  "effect": "deny",
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {"string_not_equal": {"cos:response-content-type": "image%2Fjpeg"}}
                }
              ]
            }
        """),
    ),
    when=Trait.CONDITIONAL,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    In COS no operator holds for a request that lacks the key, not even a negated one; in other clouds
    that is different. A deny of every ACL but `private` therefore doesn't refuse an upload without the
    header, and whoever wants to pass it simply leaves the header out.

    ## How to fix it

    Add `_if_exist`, which makes the condition hold without the key as well:

    ```json
    {"string_not_equal_if_exist": {"cos:x-cos-acl": "private"}}
    ```

    Do so only in a statement whose actions all carry the key. Under `*` or `cos:*` it would refuse
    every other operation too.

    ## What camlint knows

    COS documents what an absent key does, operator by operator. Looked at are its headers and
    parameters: an address, a time and the tags of a resource aren't left out by the caller. Nothing
    is said where an allow of the document has `_if_exist` on the same key, so that requests
    without it are meant to pass, as in COS's own sample. The fix is offered where every action
    is documented to carry the key; it takes access away.
    """
    waived: set[str] | None = None
    for statement in policy.denies:
        carriers: dict[str, list[bool | None]] = {}
        for condition in statement.conditions:
            known = condition.known
            if known is None or not known.negated or condition.when_absent is not False:
                continue
            key = context.catalog.condition_keys.find(condition.key)
            if key is None or key.source is None or key.sent_as not in SENT:
                continue
            if waived is None:
                waived = {
                    one.key for allow in policy.allows for one in allow.conditions if one.if_exist
                }
            if condition.key in waived:
                continue
            if condition.key not in carriers:
                carriers[condition.key] = list(_ask(statement, key, context))
            carries = carriers[condition.key]
            # Where none of the actions carries the key, that is what is wrong.
            if any(one is not False for one in carries):
                every = len(carries) == len(statement.actions) and all(carries)
                yield _tell(statement, condition, SENT[key.sent_as], every=every)


def _ask(statement: Statement, key: ConditionKey, context: Context) -> Iterator[bool | None]:
    """Whether they carry the key, for the actions that may be of COS."""
    for action in statement.actions:
        name = action.name
        if not name.opaque and name.service.text in ("cos", "*"):
            yield context.catalog.supplies(key, name.service.text, name.operation.text)


def _tell(statement: Statement, condition: Condition, what: str, *, every: bool) -> Finding:
    wanted = condition.operator + SUFFIX
    fixes: tuple[Fix, ...] = ()
    operators = [one.operator for one in statement.conditions]
    if every and wanted not in operators and operators.count(condition.operator) == 1:
        edit = rename_key(condition.operator_pointer, wanted)
        fixes = (Fix(Safety.NARROWING, f"write {wanted}", edit),)
    return Finding(
        f"{condition.operator} doesn't hold for a request without {condition.key}, so this deny is "
        f"passed by leaving {what} out",
        condition.operator_place(),
        label="not without the key",
        help=f"write {wanted}"
        if every
        else f"write {wanted} in a deny of the actions that carry {clip(condition.key)} only; on "
        "others it would refuse every request",
        fixes=fixes,
    )
