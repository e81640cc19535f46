"""A value has a `*` under an operator that compares whole texts."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Condition,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Place,
    Related,
    Safety,
    Severity,
    Statement,
    Trait,
    clip,
    quote,
    rename_key,
    rule,
)

LITERAL_ONLY = ("oidc:iss", "oidc:aud")
"""Keys for which CAM documents string_equal as the only operator."""


@rule(
    code="CAM315",
    name="wildcard-without-like",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10608",
        "https://cloud.tencent.com/document/product/436/71306",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:PutObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {"string_equal": {"cos:content-type": "image/«*»"}}
                },
                {
                  "effect": "deny",
                  "action": ["cvm:TerminateInstances"],
                  "resource": "*",
                  "condition": {
                    "for_any_value:string_equal": {"qcs:resource_tag": ["env&test", "env&prod«*»"]}
                  }
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
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {"string_like": {"cos:content-type": "image/*"}}
                },
                {
                  "effect": "deny",
                  "action": ["cvm:TerminateInstances"],
                  "resource": "*",
                  "condition": {
                    "for_any_value:string_like": {"qcs:resource_tag": ["env&test", "env&prod*"]}
                  }
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
                  "action": ["vpc:DeleteSubnet"],
                  "resource": "*",
                  "condition": {
                    "string_equal_ignore_case": {"vpc:region": "ap-«*»"}
                  }
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
              "condition": {"string_like": {"cos:content-type": "image/*"}}
            }
          ]
        }
    """),
    when=Trait.CONDITIONAL,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Only `string_like` and `string_not_like` take `*` for any run of characters. Every other operator
    compares character by character, and hardly any request has a star in its tag, its content type
    or its region. So an allow grants nothing, a deny prevents nothing, and under `string_not_equal`
    it is the other way round: the condition always holds.

    ## How to fix it

    Write `string_like` for `string_equal`, and `string_not_like` for `string_not_equal`, with
    qualifier and `_if_exist` as they are. The star may stand at the beginning or the end of a
    value; in the middle it isn't documented. `string_like` tells upper and lower case apart.

    ## What camlint knows

    A fix is offered where nothing else stands under the operator and the other one isn't there yet.
    None is offered for a lone `*`: to ask for any value of a key is what
    `{"null_equal": {"<key>": "false"}}` does.
    """
    blocks: dict[str, int] = {}
    for condition in statement.conditions:
        blocks[condition.operator] = blocks.get(condition.operator, 0) + 1
    for condition in statement.conditions:
        known = condition.known
        if known is None or known.family not in ("string", "binary") or "like" in known.name:
            continue
        starred = [
            index
            for index, value in enumerate(condition.values)
            if isinstance(value, str) and "*" in value
        ]
        if starred:
            yield _tell(condition, starred, blocks)


def _tell(condition: Condition, starred: list[int], blocks: dict[str, int]) -> Finding:
    values = [str(condition.values[index]) for index in starred]
    value, place = values[0], condition.value_place(starred[0])
    if value.count("*") == 1:
        at = value.index("*")
        place = Place(place.pointer, at, at + 1)
    negated = condition.known is not None and condition.known.negated
    return Finding(
        f"{condition.base} takes the * in {quote(clip(value))} as a plain character, so this "
        f"{'holds for nearly every' if negated else 'fits hardly any'} {condition.key}",
        place,
        label="no wildcard here",
        related=tuple(Related(condition.value_place(index), "nor here") for index in starred[1:4]),
        help=_way_out(condition, value),
        note=""
        if all(_at_an_end(one) for one in values)
        else "a * between other characters isn't documented for string_like either",
        fixes=_fix(condition, values, blocks),
    )


def _like(condition: Condition) -> str:
    """The operator that takes wildcards in place of the one written; nothing where none does."""
    if condition.base not in ("string_equal", "string_not_equal"):
        return ""
    return condition.operator.replace("_equal", "_like", 1)


def _at_an_end(value: str) -> bool:
    return "*" not in value[1:-1]


def _way_out(condition: Condition, value: str) -> str:
    if condition.key in LITERAL_ONLY:
        return f"write the value itself; CAM takes only string_equal for {condition.key}"
    if value == "*" and condition.base != "string_not_equal":
        return f'write "null_equal": {{"{condition.key}": "false"}} if any value will do'
    like = _like(condition)
    if like:
        return f"write {like}"
    return (
        f"write string_{'not_' if 'not_' in condition.base else ''}like, which tells upper and "
        "lower case apart, or the whole values"
    )


def _fix(condition: Condition, values: list[str], blocks: dict[str, int]) -> tuple[Fix, ...]:
    """The other operator, where it stands for itself and says what the value says."""
    like = _like(condition)
    if not like or like in blocks or blocks[condition.operator] > 1:
        return ()
    if condition.key in LITERAL_ONLY or not all(_at_an_end(one) and one != "*" for one in values):
        return ()
    edit = rename_key(condition.operator_pointer, like)
    return (Fix(Safety.REPAIR, f"write {like}", edit),)
