"""An allow of everything is bound by a key alone that whoever asks may leave out."""

from collections.abc import Iterator

from camlint.rule import (
    SUFFIX,
    Bad,
    Condition,
    Confidence,
    Context,
    Finding,
    Good,
    Policy,
    Severity,
    Statement,
    Trait,
    clip,
    join_words,
    rule,
)

SENT = {"header": "headers", "query": "parameters", "tags": "tags"}
"""What the caller sends, by the word of the catalogue."""


@rule(
    code="CAM317",
    name="if-exist-weakens",
    severity=Severity.NOTE,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/436/71306",
        "https://www.tencentcloud.com/document/product/598/10608",
    ),
    bad=Bad("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cos:*"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
              "condition": {"string_equal«_if_exist»": {"cos:x-cos-acl": "private"}}
            }
          ]
        }
    """),
    good=(
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:*"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {"string_equal_if_exist": {"cos:x-cos-acl": "private"}}
                },
                {
                  "effect": "deny",
                  "action": ["cos:PutObjectACL", "cos:PutBucketACL"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {"string_not_equal_if_exist": {"cos:x-cos-acl": "private"}}
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
                  "action": ["cos:PutObject", "cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {"string_equal_if_exist": {"cos:x-cos-acl": "private"}}
                }
              ]
            }
        """),
    ),
    when=Trait.CONDITIONAL | Trait.WILDCARD_ACTION,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    With `_if_exist` a condition also holds for a request that lacks the key. Headers, parameters and
    tags are chosen by whoever asks, so they can be left out; and most operations of the product have
    no use for them and never carry them. All of those are allowed, unbound. It is the only
    condition of an allow for a whole product, so it binds far less than it seems to.

    ## How to fix it

    Name the operations that the condition is about and drop `_if_exist` there; allow the others in a
    statement of their own. Or keep it and add a deny on the same key, for the operations that carry
    it:

    ```json
    {
      "effect": "deny",
      "action": ["cos:PutObject"],
      "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
      "condition": {"string_not_equal_if_exist": {"cos:x-cos-acl": "private"}}
    }
    ```

    ## What camlint knows

    That the suffix lets requests without the key pass is documented. Looked at are keys that COS
    documents as header or parameter, and the tags of a request. Nothing is said of operators with
    `not` in their name, which read as meant to let such requests through, nor where any deny of the
    document tests the key. A deny in another document isn't seen.
    """
    denied: set[str] | None = None
    for statement in policy.allows:
        conditions = statement.conditions
        if not conditions or not statement.complete:
            continue
        wide = next((one for one in statement.wildcards if _is_whole(one.name.qualified)), None)
        if wide is None or not all(_is_weak(one) for one in conditions):
            continue
        if denied is None:
            denied = {_family(one.key) for deny in policy.denies for one in deny.conditions}
        yield from _tell(statement, wide.text, wide.name.service.text, denied, context)


def _is_whole(action: str) -> bool:
    """Whether an action is every operation of one product or of all."""
    service, _, operation = action.partition(":")
    return operation == "*" and ("*" not in service or service == "*")


def _is_weak(condition: Condition) -> bool:
    known = condition.known
    return known is not None and condition.if_exist and not known.negated


def _family(key: str) -> str:
    return key.partition("/")[0]


def _tell(
    statement: Statement, action: str, service: str, denied: set[str], context: Context
) -> Iterator[Finding]:
    """One finding for each operator, if all keys are such as the caller may leave out."""
    blocks: dict[str, list[Condition]] = {}
    sent: set[str] = set()
    for condition in statement.conditions:
        key = context.catalog.condition_keys.find(condition.key)
        if key is None or key.source is None or key.sent_as is None:
            return
        if key.sent_as != "tags" and service not in ("*", "cos"):
            return
        if _family(condition.key) not in denied:
            sent.add(SENT[key.sent_as])
            blocks.setdefault(condition.operator, []).append(condition)
    for operator, conditions in blocks.items():
        keys = join_words(clip(one.key) for one in conditions)
        first = conditions[0]
        yield Finding(
            f"{operator} holds for requests without {keys} too, so this allow of {action} is "
            "unbound for whoever leaves that out",
            first.operator_place(len(operator) - len(SUFFIX), len(operator)),
            label="also holds without the key",
            help="name the operations that carry the key and write "
            f"{operator.removesuffix(SUFFIX)}; or add a deny on the same key",
            note=f"the {join_words(sorted(sent))} of a request are up to whoever sends it",
        )
