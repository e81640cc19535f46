"""A condition on tags compares with a value that isn't a key and a value with & between them."""

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
    Replace,
    Safety,
    Severity,
    parse_tag,
    quote,
    rule,
)

TAG_KEYS = ("qcs:resource_tag", "qcs:request_tag", "qcs:tag")
# Compiled on first use: few tags are wrong.
SEPARATED = r"([^:=&＆|,;]+)(?::|=|＆)([^:=&＆|,;]+)"
ONE_WORD = r"[\w-]{1,40}"
ENTITY = "&amp;"


@rule(
    code="CAM309",
    name="malformed-tag-value",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10608",
        "https://www.tencentcloud.com/document/product/598/58347",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cvm:StartInstances", "cvm:StopInstances"],
                  "resource": ["*"],
                  "condition": {
                    "for_any_value:string_equal": {
                      "qcs:resource_tag": [«"env:production"», «"team=media"», "env&test"]
                    }
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
                  "action": ["cvm:StartInstances", "cvm:StopInstances"],
                  "resource": ["*"],
                  "condition": {
                    "for_any_value:string_equal": {
                      "qcs:resource_tag": ["env&production", "team&media", "env&test"]
                    }
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
                  "condition": {"for_any_value:string_equal": {"qcs:resource_tag": «"production"»}}
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
              "action": ["cvm:StartInstances", "cvm:StopInstances"],
              "resource": ["*"],
              "condition": {
                "for_any_value:string_equal": {
                  "qcs:resource_tag": ["env&production", "owner&${uin}", "${qcs:principal_tag_value}"]
                },
                "for_any_value:string_like": {"qcs:request_tag": "env*"},
                "null_equal": {"qcs:resource_tag": "false"},
                "string_equal": {"qcs:resource_tag/env": "production"}
              }
            }
          ]
        }
    """),
    supersedes=("CAM315",),
)
def check(condition: Condition, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    `qcs:resource_tag` and `qcs:request_tag` hold each tag as one text, its key and its value with `&`
    between them. A text without `&` equals none of them: an allow grants nothing, a deny never
    fires.

    ## How to fix it

    Write `"env&production"` for the tag `env` with the value `production`.

    Whether a resource has a tag at all, whatever its value, is asked by
    `"null_equal": {"qcs:resource_tag/env": "false"}`.

    ## What camlint knows

    The form is documented. It is mended where a `:` or `=` divides the text in two. Keys of the
    form `qcs:resource_tag/env` hold the value alone, and `string_like` may have a `*` in place of
    `&` and the rest; both are left alone. `&amp;` is what a web page leaves of `&`; it is
    reported with medium confidence.
    """
    operator = condition.known
    if operator is None or operator.family != "string" or condition.key not in TAG_KEYS:
        return
    like = operator.name.endswith("_like")
    for index, value in enumerate(condition.values):
        if isinstance(value, bool):
            continue
        text = str(value)
        if holds_placeholder(text) or (like and "*" in text):
            continue
        tag = parse_tag(text)
        if tag is None or not tag[0] or tag[1].startswith("amp;"):
            yield _tell(condition, index, text, tag)


def _tell(condition: Condition, index: int, text: str, tag: tuple[str, str] | None) -> Finding:
    at = condition.value_place(index)
    key = condition.key
    meant = ""
    confidence = None
    if tag is None:
        message = (
            f"{quote(text)} has no & between the key and the value of a tag, so no {key} equals it"
        )
        label = "no &"
        if divided := re.fullmatch(SEPARATED, text):
            meant = f"{divided[1].strip()}&{divided[2].strip()}"
    elif tag[0]:
        message = (
            f"{quote(text)} has &amp; where & belongs, as copied from a web page, so no {key} is "
            "likely to equal it"
        )
        label = "should be &"
        meant = text.replace(ENTITY, "&", 1)
        confidence = Confidence.MEDIUM
    else:
        message = f"{quote(text)} has no key before &, and there is no tag without one"
        label = "no key"
    order = f"write {quote(meant)}"
    way_out = 'write the key and the value with & between them, such as "env&production"'
    if re.fullmatch(ONE_WORD, text):
        way_out = f'write the key before it, such as "env&{text}"'
        if key != "qcs:tag":
            way_out += f', or ask for the key {text} by null_equal "false" on {key}/{text}'
    return Finding(
        message,
        at,
        label=label,
        help=order if meant else way_out,
        confidence=confidence,
        fixes=(Fix(Safety.REPAIR, order, Replace(at, meant)),) if meant else (),
    )
