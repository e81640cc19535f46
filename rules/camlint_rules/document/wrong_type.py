"""An element has a JSON type that CAM's grammar doesn't allow there."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Fault,
    Finding,
    Good,
    Malformed,
    Severity,
    Trait,
    name_type,
    quote,
    rule,
)

TEXTS = "a string or a list of strings"
WHOLE = {
    "effect": 'the string "allow" or "deny"',
    "action": TEXTS,
    "resource": TEXTS,
    "principal": '"*" or an object with qcs, service or federated',
    "condition": 'an object of operators, such as {"string_equal": {...}}',
    "statement": "a list of objects",
}
LIKE = {
    "effect": '"effect": "allow"',
    "action": '"action": ["cdb:DescribeDBInstances"]',
    "resource": '"resource": ["*"]',
    "principal": '"principal": {"qcs": ["qcs::cam::uin/100012345678:root"]}',
    "condition": '"condition": {"ip_equal": {"qcs:ip": ["203.0.113.0/24"]}}',
    "statement": '"statement": [{"effect": "allow", "action": [...], "resource": [...]}]',
}


@rule(
    code="CAM011",
    name="wrong-type",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=("https://cloud.tencent.com/document/product/598/10604",),
    bad=Bad("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": [«{"cdb": "DescribeDBInstances"}»],
              "resource": «null»,
              "condition": {"ip_equal": «"10.0.0.0/8"»}
            }
          ]
        }
    """),
    good=Good("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cdb:DescribeDBInstances"],
              "resource": ["*"],
              "condition": {"ip_equal": {"qcs:ip": "10.0.0.0/8"}}
            }
          ]
        }
    """),
    when=Trait.WRONG_TYPE,
)
def check(malformed: Malformed, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    CAM's grammar says what each element is made of. A number where a text belongs, an object where
    a list belongs, or a `null` that a template left behind makes CAM refuse the policy, and camlint
    can't tell what the statement would mean.

    ## How to fix it

    | element | what it may be |
    | --- | --- |
    | `statement` | a list of objects |
    | `effect` | `"allow"` or `"deny"` |
    | `action`, `resource` | a string, or a list of strings |
    | `condition` | operators, each with keys, each with a value or a list of values |
    | `principal` | `"*"`, or an object with `qcs`, `service` or `federated` |

    A value of a condition is a string or a number.
    """
    if malformed.fault is not Fault.WRONG_TYPE:
        return
    what, must_be = _describe(malformed)
    value = malformed.value
    short = isinstance(value, (int, float)) and not isinstance(value, bool)
    found = f"the number {quote(value)}" if short else name_type(value)
    if isinstance(value, bool):
        found = quote(value)
    yield Finding(
        f"{what} is {found}, but must be {must_be}: CAM refuses the policy",
        malformed.place(),
        label=name_type(value),
        help=_way_out(malformed, must_be),
    )


def _describe(malformed: Malformed) -> tuple[str, str]:
    """What the value is in the policy, and what it must be."""
    element, pointer = malformed.element, malformed.pointer
    inside = pointer[len(malformed.statement or ()) + 1 :]
    if element == "statement":
        listed = isinstance(pointer[-1], int)
        return ("this statement", "an object") if listed else ("statement", WHOLE[element])
    if element == "condition":
        return _describe_condition([str(step) for step in inside])
    if inside and isinstance(inside[-1], int):
        return f"this {element}", "a string"
    if inside:
        return f"{element} {inside[0]}", TEXTS
    return element, WHOLE[element]


def _describe_condition(inside: list[str]) -> tuple[str, str]:
    if not inside:
        return "condition", WHOLE["condition"]
    if len(inside) == 1:
        return f"what {inside[0]} tests", 'an object of condition keys, such as {"qcs:ip": ...}'
    if len(inside) == 2:
        return f"the value of {inside[1]}", "a string, a number, or a list of them"
    return f"this value of {inside[1]}", "a string or a number"


def _way_out(malformed: Malformed, must_be: str) -> str:
    if malformed.value is None:
        return f"put in {must_be}; a null is often what an unset variable of a template leaves"
    if isinstance(malformed.value, list) and malformed.pointer[-1:] == (0,):
        return "take away one pair of brackets"
    if isinstance(malformed.pointer[-1], int) and malformed.element in ("action", "resource"):
        return f"delete it, or write the {malformed.element} as a string"
    return f"write it like {LIKE[malformed.element]}"
