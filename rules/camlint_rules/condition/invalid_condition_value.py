"""A condition compares with a value that isn't of the type that its operator compares."""

import re
from collections.abc import Iterator

from camlint.patterns import holds_placeholder
from camlint.rule import (
    Bad,
    Condition,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Instant,
    Place,
    Replace,
    Safety,
    SetValue,
    Severity,
    parse_bool,
    parse_date,
    parse_network,
    parse_number,
    quote,
    rule,
)

MOST_SUBJECTS = 10
"""How many values oidc:sub takes."""

LONGEST = 2000
"""Characters of a value in which several addresses are looked for."""

DOCUMENTED_DATE = "2030-01-31T00:00:00Z"
TRUTHS = {"1": "true", "0": "false"}
# Compiled on first use: few values are wrong.
EPOCH = r"[0-9]{10}"
STARRED = r"((?:[0-9]{1,3}\.){1,3})\*(?:\.\*)*"
MASKED = r"[0-9.]+/[0-9]{1,3}(?:\.[0-9]{1,3}){3}"
SEPARATOR = r"\s*[,;，、]\s*|\s+"
RANGE = r"[0-9A-Fa-f.:]+\s*[-–~]\s*[0-9A-Fa-f.:]+"


@rule(
    code="CAM305",
    name="invalid-condition-value",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10608",
        "https://cloud.tencent.com/document/product/598/19381",
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
                    "ip_equal": {"qcs:ip": [«"198.51.100.*"», «"203.0.113.0/33"»]},
                    "date_less_than": {"qcs:current_time": «"31.01.2030"»},
                    "date_greater_than": {"qcs:current_time": «"2029-12-31T08:00:00+08:00"»},
                    "numeric_less_than": {"cos:content-length": «"10MB"»},
                    "bool_equal": {"cos:secure-transport": «"True"»}
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
                    "ip_equal": {"qcs:ip": ["198.51.100.0/24", "203.0.113.0/33"]},
                    "date_less_than": {"qcs:current_time": "31.01.2030"},
                    "date_greater_than": {"qcs:current_time": "2029-12-31T00:00:00Z"},
                    "numeric_less_than": {"cos:content-length": "10MB"},
                    "bool_equal": {"cos:secure-transport": "true"}
                  }
                }
              ]
            }
            """,
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "deny",
                  "action": ["cdb:IsolateDBInstance"],
                  "resource": ["*"],
                  "condition": {
                    "ip_not_equal": {"qcs:ip": «"198.51.100.7, 203.0.113.0/24"»},
                    "date_less_than": {"qcs:current_time": «"2030-01-31 00:00:00"»}
                  }
                }
              ]
            }
            """,
        ),
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
                "ip_equal": {"qcs:ip": ["198.51.100.0/24", "203.0.113.7", "2001:db8::/32"]},
                "date_less_than": {"qcs:current_time": "2030-01-31T00:00:00Z"},
                "numeric_less_than": {"cos:content-length": 10485760, "cos:tls-version": "1.2"},
                "bool_equal": {"cos:secure-transport": "true"},
                "string_equal": {"qcs:create_uin": ["${uin}", 100012345678]}
              }
            }
          ]
        }
    """),
    supersedes=("CAM321",),
)
def check(condition: Condition, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    An operator can only compare what it can read. CAM's interface has the error
    `ConditionContentError` for values that it can't, and a value that gets through and means
    nothing equals nothing.

    ## How to fix it

    | operator | value |
    | --- | --- |
    | `ip_…` | an address or a network, `203.0.113.7`, `203.0.113.0/24`; several in a list |
    | `date_…` | UTC in the form `2030-01-31T00:00:00Z` |
    | `numeric_…` | a number, `10485760` or `"10485760"`, without unit |
    | `bool_equal` | `"true"` or `"false"` |
    | `null_equal` | `"true"` for a key that is absent, `"false"` for one that is there |

    Stars are no wildcards in an address: the network `10.1.*.*` is written `10.1.0.0/16`. `oidc:sub`
    takes ten values at most.

    ## What camlint knows

    The types are documented, and so is the form of dates. A few of Tencent's own samples have dates
    with a blank, `2022-05-31 00:00:00`. Such forms, others of ISO 8601 and times with another zone
    than UTC are only a warning. Whether CAM takes `True` for `true` isn't documented: medium
    confidence. A value with a variable or a placeholder in it is never called wrong.
    """
    if condition.key == "oidc:sub" and len(condition.values) > MOST_SUBJECTS:
        yield Finding(
            f"oidc:sub takes {MOST_SUBJECTS} values at most and has {len(condition.values)} here, "
            "so CAM refuses the policy",
            condition.key_place(),
            label=f"{len(condition.values)} values",
            help="cover several by one string_like with * at the end, or make a second role",
        )
    operator = condition.known
    if operator is None or operator.family not in TELL:
        return
    tell = TELL[operator.family]
    for index, value in enumerate(condition.values):
        if isinstance(value, str) and holds_placeholder(value) and value.strip("*"):
            continue
        finding = tell(condition, value, condition.value_place(index))
        if finding is not None:
            yield finding


def _mend(at: Place, value: object, text: str) -> tuple[Fix, ...]:
    """The fix that writes another value."""
    edit = Replace(at, text) if isinstance(value, str) else SetValue(at.pointer, text)
    return (Fix(Safety.REPAIR, f"write {quote(text)}", edit),)


def _tell_address(condition: Condition, value: object, at: Place) -> Finding | None:
    text = str(value)
    if not isinstance(value, bool) and parse_network(text) is not None:
        return None
    name = condition.operator
    fixes: tuple[Fix, ...] = ()
    label = "not an address"
    way_out = "write an address or a network, such as 203.0.113.7 or 203.0.113.0/24"
    meant = _find_network(text)
    if "*" in text:
        message = (
            f"{quote(value)} is no address or network, since * is no wildcard in {name}, so it "
            "matches nothing or CAM refuses the policy"
        )
        label = "no wildcards here"
        if text == "*":
            way_out = f"for every address leave {condition.key} out"
    elif several := _find_several(text):
        message = (
            f"{quote(value)} is one text, and not {len(several)} addresses, so it matches nothing or "
            "CAM refuses the policy"
        )
        label = "one text"
        way_out = "put each address in quotes of its own, in a list"
        if not (condition.listed or (condition.known is not None and condition.known.negated)):
            order = "make it a list"
            fixes = (Fix(Safety.REPAIR, order, SetValue(at.pointer, several)),)
            way_out = f"{order}, with each address in quotes of its own"
    elif re.fullmatch(RANGE, text):
        message = f"{quote(value)} is a range, and {name} knows only addresses and networks"
        label = "a range"
        way_out = "write the networks that make it up, such as 203.0.113.0/24"
    else:
        message = (
            f"{quote(value)} is no IP address or network, so it matches nothing or CAM refuses the "
            "policy"
        )
    if meant:
        way_out = f"write {quote(meant)}"
        fixes = _mend(at, value, meant)
    return Finding(message, at, label=label, help=way_out, fixes=fixes)


def _find_several(text: str) -> list[str]:
    """The addresses that a text names in a row, if it is nothing but two or more."""
    if len(text) > LONGEST:
        return []
    parts = re.split(SEPARATOR, text.strip())
    return parts if len(parts) > 1 and all(parse_network(part) for part in parts) else []


def _find_network(text: str) -> str:
    """The network that a text plainly is, otherwise written; ``""`` for none."""
    meant = ""
    if starred := re.fullmatch(STARRED, text):
        octets = starred[1].rstrip(".").split(".")
        if len(octets) + text.count("*") <= 4:
            meant = ".".join([*octets, *["0"] * (4 - len(octets))]) + f"/{8 * len(octets)}"
    elif re.fullmatch(MASKED, text):
        address, _, mask = text.partition("/")
        bits = "".join(f"{int(octet):08b}" for octet in mask.split(".") if int(octet) < 256)
        if len(bits) == 32 and "01" not in bits:
            meant = f"{address}/{bits.count('1')}"
    elif text != text.strip():
        meant = text.strip()
    network = parse_network(meant) if meant else None
    if network is None:
        return ""
    return meant if network.host_bits and "/" in meant and "*" not in text else network.text


def _tell_date(condition: Condition, value: object, at: Place) -> Finding | None:
    instant = None if isinstance(value, bool) else parse_date(str(value))
    if instant is not None:
        return None if instant.documented else _tell_odd_date(value, instant, at)
    text = str(value)
    way_out = f"write it like {DOCUMENTED_DATE}, in UTC"
    if re.fullmatch(EPOCH, text):
        moment = Instant(int(text), documented=True, zoned=True).text
        return Finding(
            f"{quote(value)} is a number of seconds, and {condition.operator} wants a date, so it "
            "matches nothing or CAM refuses the policy",
            at,
            label="not a date",
            help=f"write {quote(moment)}",
            confidence=Confidence.MEDIUM,
            fixes=_mend(at, value, moment),
        )
    stripped = parse_date(text.strip())
    meant = text.strip() if stripped is not None and stripped.documented else ""
    return Finding(
        f"{quote(value)} is no date that CAM knows, so it matches nothing or CAM refuses the "
        "policy",
        at,
        label="not a date",
        help=f"write {quote(meant)}" if meant else way_out,
        fixes=_mend(at, value, meant) if meant else (),
    )


def _tell_odd_date(value: object, instant: Instant, at: Place) -> Finding:
    """A date in another form than the documented one."""
    text = instant.text
    message = (
        f"{quote(value)} isn't in the form that CAM documents for dates, so it may not be read"
    )
    if not text:
        return Finding(
            message,
            at,
            label="odd form",
            help=f"write it like {DOCUMENTED_DATE}",
            severity=Severity.WARNING,
            confidence=Confidence.MEDIUM,
        )
    if instant.zoned:
        exact = instant.seconds == int(instant.seconds)
        return Finding(
            message,
            at,
            label="odd form",
            help=f"write {quote(text)}",
            note="that is the same instant in UTC" if exact else "CAM's form has no fractions",
            severity=Severity.WARNING,
            confidence=Confidence.MEDIUM,
            fixes=_mend(at, value, text) if exact else (),
        )
    china = Instant(instant.seconds - 8 * 3600, documented=True, zoned=True).text
    return Finding(
        f"{quote(value)} isn't in the form that CAM documents for dates: it has no time zone, and "
        "may not be read",
        at,
        label="odd form",
        help=f"write {quote(text)} if UTC is meant"
        + (f", {quote(china)} for China" if china else ""),
        note="some of Tencent's own samples have a blank between day and time"
        if " " in str(value)
        else "",
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
    )


def _tell_number(condition: Condition, value: object, at: Place) -> Finding | None:
    if parse_number(value) is not None:
        return None
    meant = str(value).strip()
    if not isinstance(value, str) or parse_number(meant) is None:
        meant = ""
    way_out = "write the bare number, such as 10485760"
    if condition.key == "cos:content-length":
        way_out = "write the bare number of bytes, such as 10485760"
    return Finding(
        f"{quote(value)} is no number, and {condition.operator} compares numbers, so it matches "
        "nothing or CAM refuses the policy",
        at,
        label="not a number",
        help=f"write {quote(meant)}" if meant else way_out,
        fixes=_mend(at, value, meant) if meant else (),
    )


def _tell_bool(condition: Condition, value: object, at: Place) -> Finding | None:
    if isinstance(value, bool) or parse_bool(value) is not None:
        return None
    text = str(value).strip().lower()
    null = condition.known is not None and condition.known.family == "null"
    meant = text if text in ("true", "false") else "" if null else TRUTHS.get(text, "")
    cased = isinstance(value, str) and value.strip().lower() in ("true", "false")
    if null:
        way_out = 'write "true" for a key that is absent, "false" for one that is there'
    else:
        way_out = 'write "true" or "false"'
    return Finding(
        f"{quote(value)} isn't {quote(text)}, so CAM may not read it"
        if cased
        else f'{quote(value)} is neither "true" nor "false", so it matches nothing or CAM refuses '
        "the policy",
        at,
        label=f"should be {quote(text)}" if cased else "not a truth value",
        help=f"write {quote(meant)}" if meant else way_out,
        confidence=Confidence.MEDIUM if cased else None,
        fixes=_mend(at, value, meant) if meant else (),
    )


TELL = {
    "ip": _tell_address,
    "date": _tell_date,
    "numeric": _tell_number,
    "bool": _tell_bool,
    "null": _tell_bool,
}
"""What tells of a wrong value, by the family of the operator."""
