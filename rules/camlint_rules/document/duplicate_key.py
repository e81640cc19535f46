"""A key stands twice in one object, and only one of its values counts."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Duplicate,
    Finding,
    Good,
    Part,
    Place,
    Reads,
    Related,
    Severity,
    name_type,
    quote,
    rule,
)

TIMES = {2: "twice", 3: "three times"}
POINTED_OUT = 3
"""How many of the lost values are pointed at; a key that stands a thousand times needs no more."""


@rule(
    code="CAM002",
    name="duplicate-key",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10604",
        "https://www.tencentcloud.com/document/product/598/61290",
    ),
    reads=(Reads.ORDER,),
    bad=Bad("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cdb:DescribeDBInstances", "cdb:RestartDBInstances"],
              "resource": ["*"],
              "condition": {
                "string_equal": {"qcs:request_tag": "env&test"},
                «"string_equal"»: {"cvm:region": "ap-guangzhou"}
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
              "effect": "allow",
              "action": ["cdb:DescribeDBInstances", "cdb:RestartDBInstances"],
              "resource": ["*"],
              "condition": {
                "string_equal": {
                  "qcs:request_tag": "env&test",
                  "cvm:region": "ap-guangzhou"
                }
              }
            }
          ]
        }
    """),
)
def check(duplicate: Duplicate, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    JSON doesn't say what a key means that stands twice in one object. Most parsers keep the last
    value and drop the others without a word. A second `"string_equal"` then removes the first one's
    test, a second `"effect"` turns a deny into an allow, and nobody sees it in the text.

    CAM's own Policy Analyzer calls a second `version` or `statement` an error.

    ## How to fix it

    Put everything under one key: two condition blocks with the same operator become one block with
    two keys, two lists become one list, two `statement` lists become one. If one of the values is a
    leftover, delete it.

    ## What camlint knows

    Which value CAM keeps isn't documented. camlint reads the last, as most parsers do.
    """
    key, count = duplicate.key, duplicate.count
    first, last = duplicate.values[0], duplicate.values[-1]
    times = TIMES.get(count, f"{count} times")
    if all(value == last for value in duplicate.values):
        message = f"{quote(key)} stands {times} in one object, each time with the same value"
        way_out = "keep one of them"
    elif isinstance(last, (dict, list)):
        message = (
            f"{quote(key)} stands {times} in one object: a parser keeps only the last value, and "
            "what stands under the other is lost"
        )
        way_out = (
            "put the keys of all of them into one object"
            if all(isinstance(value, dict) for value in duplicate.values)
            else "put the items of all of them into one list"
        )
    else:
        lost = quote(first) if not isinstance(first, (dict, list)) else name_type(first)
        message = (
            f"{quote(key)} stands {times} in one object: a parser keeps only the last value, "
            f"{quote(last)}, and {lost} is lost"
        )
        way_out = "keep the one that you mean, and delete the other"
    yield Finding(
        message,
        Place((*duplicate.pointer, key), part=Part.KEY, occurrence=count - 1),
        label="a parser keeps this one",
        related=tuple(
            Related(
                Place((*duplicate.pointer, key), part=Part.KEY, occurrence=index),
                "its value is lost",
            )
            for index in range(min(count - 1, POINTED_OUT))
        ),
        help=way_out,
    )
