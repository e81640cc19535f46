"""A value is compared with a part of a URL and isn't URL-encoded."""

import re
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
    Replace,
    Safety,
    Severity,
    clip,
    quote,
    rule,
)

# Compiled on first use: few policies compare with parts of a URL.
PIECES = r"(?P<kept>\$\{[^{}]*\}|%[0-9A-Fa-f]{2}|[A-Za-z0-9_.~*-]+)|(?P<raw>(?s:.))"
"""Variables, what is encoded and what needn't be; and single characters that must be."""


@rule(
    code="CAM323",
    name="unencoded-query-value",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=("https://cloud.tencent.com/document/product/436/71306",),
    bad=Bad(
        """
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cos:GetBucket"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
              "condition": {"string_like": {"cos:prefix": [«"team/video*"», "team%2Faudio*"]}}
            },
            {
              "effect": "allow",
              "action": ["cos:GetObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
              "condition": {"string_equal": {"cos:response-content-type": «"image/jpeg"»}}
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
              "action": ["cos:GetBucket"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
              "condition": {"string_like": {"cos:prefix": ["team%2Fvideo*", "team%2Faudio*"]}}
            },
            {
              "effect": "allow",
              "action": ["cos:GetObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
              "condition": {"string_equal": {"cos:response-content-type": "image%2Fjpeg"}}
            }
          ]
        }
        """,
    ),
    good=Good("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cos:GetBucket"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
              "condition": {"string_equal": {"cos:prefix": "team%2Fvideo"}}
            },
            {
              "effect": "allow",
              "action": ["cos:PutObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
              "condition": {"string_equal": {"cos:content-type": "image/jpeg"}}
            }
          ]
        }
    """),
)
def check(condition: Condition, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    COS compares `cos:prefix`, `cos:versionid` and `cos:response-content-type` with the parameter as
    it stands in the URL of the request. There a slash is `%2F` and a blank `%20`. A value with a
    bare slash fits no request: an allow grants nothing, and a deny prevents nothing.

    ## How to fix it

    | instead of | write |
    | --- | --- |
    | `image/jpeg` | `image%2Fjpeg` |
    | `team/video/` | `team%2Fvideo%2F` |
    | `image/*` under `string_like` | `image%2F*` |

    ## What camlint knows

    That the value must be URL-encoded is documented for parameters, and not for headers: `image/jpeg`
    is right for `cos:content-type`. Letters, digits and `-_.~` stay as they are, and so do `*` and
    variables such as `${uin}`.
    """
    known = condition.known
    if known is None or known.family != "string":
        return
    key = context.catalog.condition_keys.find(condition.key)
    if key is None or not key.url_encoded:
        return
    outcome = "every request differs from this" if known.negated else "this fits no request"
    for index, value in enumerate(condition.values):
        if not isinstance(value, str):
            continue
        raw, encoded = _encode(value)
        if not raw:
            continue
        place = condition.value_place(index)
        yield Finding(
            f"{quote(clip(value))} has a bare {_name(raw)}, and COS compares {condition.key} with "
            f"the URL-encoded parameter, so {outcome}",
            place,
            label="not URL-encoded",
            help=f"write {clip(encoded, 120)}" if encoded else "URL-encode the value",
            fixes=_fix(place, encoded),
        )


def _encode(value: str) -> tuple[str, str]:
    """The first character that must be encoded, and the value with all of them encoded.

    Either is empty where there is none, or where it can't be done.
    """
    first, pieces = "", []
    for match in re.finditer(PIECES, value):
        raw = match["raw"]
        if raw is None:
            pieces.append(match["kept"])
            continue
        first = first or raw
        if "\ud800" <= raw <= "\udfff":
            return first, ""
        pieces += [f"%{byte:02X}" for byte in raw.encode()]
    return first, "".join(pieces)


def _name(character: str) -> str:
    return {" ": "blank", "/": "/"}.get(character, quote(character))


def _fix(place: Place, encoded: str) -> tuple[Fix, ...]:
    """The encoded value; none where a bare % leaves open what was meant."""
    if not encoded or "%25" in encoded:
        return ()
    return (Fix(Safety.REPAIR, f"write {clip(encoded, 120)}", Replace(place, encoded)),)
