"""A condition tests a key that CAM doesn't have."""

from collections.abc import Iterator

from camlint.catalog.condition_keys import ForeignKey, NearKey
from camlint.rule import (
    Bad,
    Condition,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Safety,
    Severity,
    Statement,
    Trait,
    parse_bool,
    quote,
    rename_key,
    rule,
)

Claimed = set[tuple[str, str]]
"""Operators with the keys that fixes put below them."""

OF_COS = ("cos", "ci")
"""The services whose requests have the keys that begin with cos."""


@rule(
    code="CAM303",
    name="unknown-condition-key",
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
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {
                    "ip_equal": {«"aws:SourceIp"»: ["203.0.113.0/24"]},
                    "bool_equal": {«"aws:SecureTransport"»: "true"},
                    "date_less_than": {«"qcs:currentTime"»: "2030-01-01T00:00:00Z"},
                    "numeric_less_than": {«"cos:Content-Length"»: 1048576}
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
                    "bool_equal": {"cos:secure-transport": "true"},
                    "date_less_than": {"qcs:current_time": "2030-01-01T00:00:00Z"},
                    "numeric_less_than": {"cos:content-length": 1048576}
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
                  "action": ["cvm:TerminateInstances"],
                  "resource": ["*"],
                  "condition": {
                    "string_equal": {
                      «"aws:ResourceTag/env"»: "production",
                      «"qcs:department"»: "finance",
                      «"cvm:host_name"»: "build"
                    }
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
                "bool_equal": {"cos:secure-transport": "true"},
                "date_less_than": {"qcs:current_time": "2030-01-01T00:00:00Z"},
                "null_equal": {"qcs:resource_tag/env": "false"}
              }
            }
          ]
        }
    """),
    when=Trait.CONDITIONAL,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    A condition compares a fact about the request, and the key names the fact. No request has a fact
    of an unknown name. So the condition never holds: the allow grants nothing, the deny never fires.
    With `_if_exist` it is the other way round: it always holds, and restricts nothing.

    ## How to fix it

    CAM's own keys:

    | key | what it is |
    | --- | --- |
    | `qcs:ip` | the address that the request comes from |
    | `qcs:current_time` | when it comes, in UTC |
    | `qcs:resource_tag` | the tags of the resource, `key&value` |
    | `qcs:request_tag` | the tags that the request sends, `key&value` |

    Services have more: `cos:x-cos-acl`, `vpc:requester_vpc`, `cvm:instance_type`. Names are compared
    case by case.

    ## What camlint knows

    The documents list the keys of CAM, COS and CVM, and say that case counts. CVM's page says that
    for its keys it doesn't, so a difference of case alone has low confidence there. A key that begins
    with `qcs:` and stands in no list is reported with medium confidence. Other services may have
    keys that no page lists. A key of theirs that isn't close to a known one is a note, and only in
    strict mode.

    Another cloud's key is mended where the one that CAM has takes the same values. Tags don't: what
    AWS writes as `"aws:ResourceTag/env": "production"` is `"qcs:resource_tag": "env&production"` in
    CAM, with `for_any_value:` before the operator.
    """
    keys = context.catalog.condition_keys
    claimed: Claimed = set()
    for condition in statement.conditions:
        key = condition.key
        if keys.find(key) is not None:
            continue
        foreign = keys.foreign(key)
        if foreign is not None:
            yield _tell_foreign(statement, condition, foreign, context, claimed)
            continue
        near = keys.find_near(key)
        if near is not None:
            yield _tell_near(statement, condition, near, claimed)
        elif key.startswith("qcs:"):
            yield _tell_unknown(statement, condition)
        elif context.strict:
            yield Finding(
                f"{quote(key)} is in no list of condition keys that camlint knows, so whether "
                "requests have it is open",
                condition.key_place(),
                label="unknown key",
                help="check it against the page of the service on conditions",
                note="the documents name only some of the keys of services",
                severity=Severity.NOTE,
                confidence=Confidence.LOW,
                strict=True,
            )


def _tell_foreign(
    statement: Statement,
    condition: Condition,
    foreign: ForeignKey,
    context: Context,
    claimed: Claimed,
) -> Finding:
    key = foreign.key
    message = (
        f"{quote(condition.key)} is a key of {foreign.cloud} that no request to Tencent Cloud has, "
        f"so {_lead_to(statement, condition)}"
    )
    fixes: tuple[Fix, ...] = ()
    note = ""
    if key is None:
        way_out = "take it out, or test what CAM knows: qcs:ip, qcs:current_time, tags"
    elif "/" in condition.key and key.endswith("_tag"):
        tag = condition.key.partition("/")[2]
        example = f"{tag}&{_first_text(condition) or 'value'}"
        way_out = f'write "for_any_value:string_equal": {{"{key}": {quote(example)}}}'
        note = "CAM writes key and value of a tag as one value, with & between them"
    else:
        way_out = f"write {key}"
        known = context.catalog.condition_keys.find(key)
        service = key.partition(":")[0]
        if service in ("cos", "vpc") and not _only_cos(statement):
            way_out = f"for requests to COS {key} does the same"
        elif known is not None and known.type == "string" and service != "oidc":
            way_out = f"{way_out}, and check the values: they are Tencent Cloud's own"
        else:
            fixes = _rename(statement, condition, key, claimed)
    return Finding(
        message,
        condition.key_place(),
        label=f"of {foreign.cloud}" if key is None else f"{key} in CAM",
        help=way_out,
        note=note,
        fixes=fixes,
    )


def _tell_near(
    statement: Statement, condition: Condition, near: NearKey, claimed: Claimed
) -> Finding:
    lax = near.cased and near.name.startswith("cvm:")
    if near.cased:
        message = (
            f"condition keys are compared case by case, so {quote(condition.key)} isn't "
            f"{near.name}, and {_lead_to(statement, condition)}"
        )
    else:
        message = f"{quote(condition.key)} is no condition key, so {_lead_to(statement, condition)}"
    order = f"write {near.name}"
    return Finding(
        message,
        condition.key_place(),
        label=f"did you mean {near.name}?",
        help=order if near.sure else f"{order}, if that is what it should be",
        note="CVM's own page says that its keys are the same in every case" if lax else "",
        confidence=Confidence.LOW if lax else None,
        fixes=_rename(statement, condition, near.name, claimed) if near.sure else (),
    )


def _tell_unknown(statement: Statement, condition: Condition) -> Finding:
    return Finding(
        f"{quote(condition.key)} is none of the keys that CAM documents, so likely "
        f"{_lead_to(statement, condition)}",
        condition.key_place(),
        label="unknown key",
        help="test a key that CAM has, such as qcs:ip, qcs:current_time or qcs:resource_tag",
        confidence=Confidence.MEDIUM,
    )


def _lead_to(statement: Statement, condition: Condition) -> str:
    """What follows from no request having the key."""
    if condition.known is not None and condition.known.family == "null":
        always = all(parse_bool(value) is True for value in condition.values)
    else:
        always = condition.if_exist
    if statement.effect is None:
        return f"the condition {'always' if always else 'never'} holds"
    if always:
        return f"the condition always holds and doesn't restrict this {statement.effect}"
    return "this allow grants nothing" if statement.effect == "allow" else "this deny never fires"


def _rename(
    statement: Statement, condition: Condition, key: str, claimed: Claimed
) -> tuple[Fix, ...]:
    """The fix that writes another key, unless that one stands beside it, or will."""
    claim = (condition.operator, key)
    if claim in claimed or key in statement.written_beside(condition):
        return ()
    claimed.add(claim)
    return (Fix(Safety.REPAIR, f"write {key}", rename_key(condition.pointer, key)),)


def _only_cos(statement: Statement) -> bool:
    """Whether all actions of a statement are those of COS."""
    return all(action.name.service.text.lower() in OF_COS for action in statement.actions)


def _first_text(condition: Condition) -> str:
    first = condition.values[0]
    return first if isinstance(first, str) else ""
