"""A condition compares by an operator that CAM hasn't got."""

from collections.abc import Iterator

from camlint.rule import (
    OPERATORS,
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    MisspeltOperator,
    Safety,
    Severity,
    Statement,
    Trait,
    join_words,
    quote,
    rename_key,
    rule,
)

ALWAYS_SENT = ("qcs:ip", "qcs:current_time")
"""Keys that the caller can't leave out, so that _if_exist makes no difference for them."""

FIRST_WORDS = (
    "CAM's operators begin with string_, numeric_, date_, bool_, ip_, binary_ or null_, such as "
    "string_equal"
)


@rule(
    code="CAM301",
    name="unknown-operator",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10608",
        "https://cloud.tencent.com/document/api/598/13884",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {
                    «"IpAddress"»: {"qcs:ip": ["203.0.113.0/24"]},
                    «"StringEqualsIfExists"»: {"cos:x-cos-storage-class": "STANDARD"},
                    «"numeric_less_then"»: {"cos:content-length": 1048576},
                    "string_equal": {"vpc:requester_vpc": "vpc-a1b2c3d4"}
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
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {
                    "ip_equal": {"qcs:ip": ["203.0.113.0/24"]},
                    "string_equal_if_exist": {"cos:x-cos-storage-class": "STANDARD"},
                    "numeric_less_than": {"cos:content-length": 1048576},
                    "string_equal": {"vpc:requester_vpc": "vpc-a1b2c3d4"}
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
                  "effect": "deny",
                  "action": ["cos:PutObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {
                    «"StringNotEquals"»: {"cos:x-cos-acl": "private"},
                    «"ArnLike"»: {"aws:SourceArn": "arn:aws:s3:::photos"},
                    «"within"»: {"qcs:ip": ["203.0.113.0/24"]}
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
              "action": ["cos:GetObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
              "condition": {
                "ip_equal": {"qcs:ip": ["203.0.113.0/24"]},
                "string_like": {"cos:content-type": "image/*"},
                "numeric_less_than_equal_if_exist": {"cos:content-length": 1048576},
                "for_any_value:string_equal": {"qcs:resource_tag": "env&production"}
              }
            }
          ]
        }
    """),
    when=Trait.CONDITIONAL,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    CAM has operators of its own, in small letters with underscores, and no others. For a wrong one
    its interface has the error `ConditionTypeError`, so the policy can't be saved. Most of these
    operators come from a policy of another cloud, or have an `s` too many.

    ## How to fix it

    | AWS, Alibaba Cloud | CAM |
    | --- | --- |
    | `StringEquals`, `StringNotEquals` | `string_equal`, `string_not_equal` |
    | `StringEqualsIgnoreCase`, `StringNotEqualsIgnoreCase` | `string_equal_ignore_case`, `string_not_equal_ignore_case` |
    | `StringLike`, `StringNotLike` | `string_like`, `string_not_like` |
    | `NumericEquals`, `NumericLessThanEquals`, … | `numeric_equal`, `numeric_less_than_equal`, … |
    | `DateEquals`, `DateGreaterThan`, … | `date_equal`, `date_greater_than`, … |
    | `Bool` | `bool_equal` |
    | `IpAddress`, `NotIpAddress` | `ip_equal`, `ip_not_equal` |
    | `Null` | `null_equal` |
    | `BinaryEquals` | `binary_equal` |
    | `ForAnyValue:…`, `ForAllValues:…` | `for_any_value:…`, `for_all_value:…` |
    | `…IfExists` | `…_if_exist` |

    One difference isn't in the name. In AWS an operator with `Not` also holds for a request that
    hasn't got the key at all. In CAM it doesn't, unless `_if_exist` is added. Therefore camlint names
    both for `StringNotEquals` and leaves the choice to you. `qcs:ip` and `qcs:current_time` aren't
    the caller's to leave out, so for them the plain operator is written.

    ## What camlint knows

    The operators are documented, `string_like` and `string_not_like` in CAM's table of what each key
    may be compared by, and in COS. That an operator in another case is refused is inferred from its
    not being documented, and has medium confidence. AWS's operators for ARNs have no counterpart.
    Samples for the vaults of Cloud Archive Storage (`cas`) have AWS's operators, so there they are
    only a warning. What an absent key leads to is documented for COS, and taken to hold for all of
    CAM.
    """
    misspelt = statement.misspelt_operators
    if not misspelt:
        return
    services = {action.name.service.text for action in statement.actions}
    archive = services == {"cas"}
    for operator in misspelt:
        if not operator.spelling.modifier:
            if archive and operator.spelling.amazon and operator.spelling.base:
                yield _tell_archive(operator)
            else:
                yield _tell(operator, context)


def _tell(operator: MisspeltOperator, context: Context) -> Finding:
    text, spelling = operator.text, operator.spelling
    amazon, meant = spelling.amazon, spelling.meant
    if amazon and not spelling.base:
        return Finding(
            f"{quote(text)} compares ARNs of AWS, which CAM hasn't got, so it refuses the policy",
            operator.place(),
            label="no counterpart in CAM",
            help="take it out, or compare the text of a condition key by string_equal or string_like",
        )
    if not meant:
        return _tell_unclear(operator, context)
    way_out, fixes = _mend(operator, context)
    if amazon:
        message = f"{quote(text)} is AWS's operator; CAM doesn't know it and refuses the policy"
        label = f"{meant} in CAM"
    elif text.lower() == meant:
        message = f"CAM's operators are in small letters, so it is likely to refuse {quote(text)}"
        label = "capitals"
    else:
        message = f"{quote(text)} is no operator of CAM, which refuses the policy for it"
        label = f"did you mean {meant}?"
    return Finding(
        message,
        operator.place(),
        label=label,
        help=way_out,
        confidence=Confidence.MEDIUM if text.lower() == meant else None,
        fixes=fixes,
    )


def _tell_archive(operator: MisspeltOperator) -> Finding:
    """AWS's operators in a policy of Cloud Archive Storage, whose own samples have them."""
    meant = operator.spelling.meant or operator.spelling.base
    return Finding(
        f"{quote(operator.text)} is AWS's operator; samples for vaults of CAS have it, but CAM "
        f"documents only {meant}",
        operator.place(),
        label=f"{meant} in CAM",
        help=f"write {meant}, unless CAS takes this policy as it stands",
        severity=Severity.WARNING,
        confidence=Confidence.LOW,
    )


def _mend(operator: MisspeltOperator, context: Context) -> tuple[str, tuple[Fix, ...]]:
    """The way out, and a fix if there is just one."""
    spelling = operator.spelling
    meant = spelling.meant
    order = f"write {meant}"
    if (
        spelling.amazon
        and OPERATORS[spelling.base].negated
        and not spelling.if_exist
        and not _always_sent(operator, context)
    ):
        return (
            f"{order}_if_exist to hold as well for requests without the key, as it does in AWS; "
            f"{meant} wants the key to be there",
            (),
        )
    if operator.taken:
        return (f"gather its keys below one {meant}", ())
    if not spelling.sure:
        return (f"{order}, if that is what it should be", ())
    return (order, (Fix(Safety.REPAIR, order, rename_key(operator.pointer, meant)),))


def _always_sent(operator: MisspeltOperator, context: Context) -> bool:
    """Whether every request has all the keys that are compared."""
    keys = context.catalog.condition_keys
    for condition in operator.conditions:
        foreign = keys.foreign(condition.key)
        if (condition.key if foreign is None else foreign.key) not in ALWAYS_SENT:
            return False
    return True


def _tell_unclear(operator: MisspeltOperator, context: Context) -> Finding:
    """A finding about an operator that may be anything."""
    key = ""
    names: tuple[str, ...] = ()
    for condition in operator.conditions:
        known = context.catalog.condition_keys.find(condition.key)
        if known is not None and known.type != "any":
            key = condition.key
            names = tuple(one for one in OPERATORS if OPERATORS[one].family == known.type)
            break
    way_out = FIRST_WORDS
    if operator.spelling.base:
        way_out = (
            f"write {operator.spelling.base}, after for_any_value: or for_all_value: if need be"
        )
        if operator.spelling.base == "null_equal":
            way_out = "write null_equal, which takes no _if_exist"
    elif names:
        way_out = f"for {key} CAM has {join_words(names)}"
    return Finding(
        f"{quote(operator.text)} is no operator of CAM, which refuses the policy for it",
        operator.place(),
        label="unknown operator",
        help=way_out,
    )
