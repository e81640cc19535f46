"""A condition on one header or parameter of COS stands beside an action that is every operation."""

from collections.abc import Iterator

from camlint.rule import (
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
    join_words,
    quote,
    rule,
)

WHOLE = ("*:*", "cos:*")
SHOWN = 4
"""Operations that a message names."""


@rule(
    code="CAM324",
    name="condition-with-wildcard-action",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/436/71306",
        "https://cloud.tencent.com/document/product/436/71307",
    ),
    bad=(
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": [«"cos:*"»],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {"string_equal": {"cos:response-content-type": "image%2Fjpeg"}}
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
                  "action": «"*"»,
                  "resource": "*",
                  "condition": {"string_not_equal_if_exist": {"cos:x-cos-acl": "private"}}
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
              "action": ["cos:GetObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
              "condition": {"string_equal": {"cos:response-content-type": "image%2Fjpeg"}}
            },
            {
              "effect": "allow",
              "action": ["cos:*"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
              "condition": {"bool_equal": {"cos:secure-transport": "true"}}
            }
          ]
        }
    """),
    when=Trait.CONDITIONAL | Trait.WILDCARD_ACTION,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The key belongs to a few operations, and the action is all of them. A request of any other
    operation doesn't have the key. So an allow never grants those others, although `cos:*` says so.
    And a deny with `_if_exist` refuses every one of them, whatever they do, since it also holds
    without the key. COS's guide warns of both.

    ## How to fix it

    Name the operations that carry the key in this statement. Allow what else is needed in another
    one, without the condition.

    ## What camlint knows

    Looked at are keys for which COS documents the operations that carry them: `cos:prefix`,
    `cos:versionid`, `cos:response-content-type`, `cos:x-cos-acl` and `cos:x-cos-storage-class`. Keys
    that every request has, such as `qcs:ip` or `cos:secure-transport`, go well with any action. An allow with
    `_if_exist` is `if-exist-weakens` (CAM317).
    """
    wide = next((one for one in statement.wildcards if one.name.qualified in WHOLE), None)
    if wide is None or statement.effect is None:
        return
    denies = statement.effect == "deny"
    for condition in statement.conditions:
        if condition.when_absent is not denies:
            continue
        key = context.catalog.condition_keys.find(condition.key)
        if key is None or key.actions is None or key.sent_as not in ("header", "query"):
            continue
        carriers = sorted(key.actions)
        yield Finding(
            _message(condition, wide.text, denies=denies),
            wide.place(),
            label="wider than the key",
            related=(Related(condition.key_place(), "only in some requests"),),
            help=f"name the operations that carry {condition.key}: {_list(carriers)}",
            note="COS's guide warns of conditions on headers and parameters beside such an action",
        )
        return


def _message(condition: Condition, action: str, *, denies: bool) -> str:
    if denies:
        return (
            f"{condition.operator} also holds for requests without {condition.key}, so with "
            f"{quote(action)} this deny refuses every operation that doesn't carry it"
        )
    return (
        f"only a few of the operations in {quote(action)} carry {condition.key}, so this allow never "
        "grants the others"
    )


def _list(carriers: list[str]) -> str:
    more = len(carriers) - SHOWN
    return join_words([*carriers[:SHOWN], f"{more} more"] if more > 0 else carriers)
