"""The operator of a condition compares another type than its key has."""

from collections.abc import Iterator

from camlint.rule import (
    OPERATORS,
    SUFFIX,
    Bad,
    Condition,
    Confidence,
    Context,
    Finding,
    Good,
    Operator,
    Severity,
    join_words,
    rule,
)

KINDS = {
    "string": "text",
    "numeric": "a number",
    "date": "a point in time",
    "bool": "true or false",
    "ip": "an IP address",
}
COMPARED = {
    "string": "text",
    "numeric": "numbers",
    "date": "points in time",
    "bool": "true with false",
    "ip": "IP addresses",
}
TABULATED = ("qcs:current_time", "qcs:ip", "qcs:resource_tag", "qcs:request_tag")
"""The keys for which CAM has a table of operators; COS has one for its own."""


@rule(
    code="CAM304",
    name="operator-key-mismatch",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10608",
        "https://cloud.tencent.com/document/product/436/71306",
    ),
    bad=Bad("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "deny",
              "action": ["cos:PutObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
              "condition": {
                «"string_not_equal"»: {"qcs:ip": "203.0.113.7"},
                «"string_equal"»: {"cos:secure-transport": "false"},
                «"numeric_greater_than_if_exist"»: {"qcs:current_time": "2030-01-01T00:00:00Z"}
              }
            }
          ]
        }
    """),
    good=Good("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "deny",
              "action": ["cos:PutObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
              "condition": {
                "ip_not_equal": {"qcs:ip": "203.0.113.7"},
                "bool_equal": {"cos:secure-transport": "false"},
                "date_greater_than_if_exist": {"qcs:current_time": "2030-01-01T00:00:00Z"},
                "string_equal": {"mfa": "0", "example:level": "7"},
                "null_equal": {"cos:content-length": "false"},
                "numeric_equal": {"qcs:resource_tag/level": 3}
              }
            }
          ]
        }
    """),
    supersedes=(*("CAM305", "CAM306", "CAM307", "CAM308", "CAM312", "CAM313", "CAM315", "CAM321"),),
)
def check(condition: Condition, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Each condition key has a type, and CAM documents by which operators it may be compared: an
    address by `ip_equal`, the time by the operators that begin with `date_`. As text an address in
    `203.0.113.0/24` isn't equal to `203.0.113.0/24`, and of two dates as numbers none is the later
    one. CAM may refuse such a condition, and where it doesn't, it is likely never to hold.

    ## How to fix it

    | what the key is | operators |
    | --- | --- |
    | text, such as `qcs:resource_tag` | `string_…` |
    | a number, such as `cos:content-length` | `numeric_…` |
    | a point in time, such as `qcs:current_time` | `date_…` |
    | true or false, such as `cos:secure-transport` | `bool_equal` |
    | an IP address, such as `qcs:ip` | `ip_equal`, `ip_not_equal` |

    `null_equal` goes with every key: it asks whether the key is there.

    ## What camlint knows

    For CAM's four common keys and for those of COS there are tables, and confidence is high. The
    types of other keys are taken from lists and samples, with medium confidence. What CAM does with
    a mismatch isn't documented. Keys that no page describes, `mfa` (documented as text and as a
    number), `binary_equal` (documented as both as well) and the forms with a tag's key after
    a slash, such as `qcs:resource_tag/env`, are left alone.
    """
    operator = condition.known
    if operator is None or operator.family in ("null", "binary"):
        return
    key = context.catalog.condition_keys.find(condition.key)
    if key is None or key.type not in KINDS or key.type == operator.family:
        return
    if key.source is None or key.name.endswith("/*"):
        return
    tabulated = key.name in TABULATED or key.name.startswith("cos:")
    yield Finding(
        f"{condition.key} is {KINDS[key.type]}, but {operator.name} compares "
        f"{COMPARED[operator.family]}, so CAM may refuse the condition or never find it true",
        condition.operator_place(),
        label=f"not for {KINDS[key.type]}",
        help=_suggest(condition, operator, key.type),
        note="" if tabulated else f"the type of {condition.key} is taken from lists and samples",
        confidence=None if tabulated else Confidence.MEDIUM,
        scope=condition.pointer,
    )


def _suggest(condition: Condition, operator: Operator, family: str) -> str:
    """The operator of the key's type that does the same, or all that there are."""
    names = [name for name, one in OPERATORS.items() if one.family == family]
    for name in names:
        other = OPERATORS[name]
        if (
            other.negated == operator.negated
            and other.order == operator.order
            and not name.endswith(("_like", "_ignore_case"))
        ):
            head = f"{condition.qualifier}:" if condition.qualifier else ""
            return f"compare it by {head}{name}{SUFFIX if condition.if_exist else ''}"
    return f"for it CAM has {join_words(names)}"
