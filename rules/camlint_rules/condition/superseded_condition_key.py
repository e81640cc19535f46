"""A condition has a key that Tencent's documents have since replaced by another."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Severity,
    Statement,
    Trait,
    clip,
    rule,
)


@rule(
    code="CAM325",
    name="superseded-condition-key",
    severity=Severity.NOTE,
    confidence=Confidence.MEDIUM,
    references=(
        "https://cloud.tencent.com/document/product/598/10608",
        "https://www.tencentcloud.com/document/product/436/46206",
    ),
    bad=(
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cvm:RebootInstances"],
                  "resource": "*",
                  "condition": {"for_any_value:string_equal": {«"qcs:tag"»: "team&video"}}
                },
                {
                  "effect": "allow",
                  "action": ["cvm:StartInstances"],
                  "resource": "*",
                  "condition": {"string_equal": {«"qcs:tag/team"»: "video"}}
                }
              ]
            }
        """),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {"string_equal": {«"qcs:vpc"»: "vpc-a1b2c3d4"}}
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
              "action": ["cvm:RebootInstances"],
              "resource": "*",
              "condition": {"for_any_value:string_equal": {"qcs:resource_tag": "team&video"}}
            },
            {
              "effect": "allow",
              "action": ["cos:GetObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
              "condition": {"string_equal": {"vpc:requester_vpc": "vpc-a1b2c3d4"}}
            }
          ]
        }
    """),
    when=Trait.CONDITIONAL,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The documents once used `qcs:tag` for the tags of a resource. The present ones have only
    `qcs:resource_tag`, beside `qcs:request_tag` for the tags in a request. For the network that a
    request to COS comes from, one table had `qcs:vpc`, while every sample has `vpc:requester_vpc`, and
    the newest table leaves `qcs:vpc` out. No page says how long the old keys are still looked at; if
    they no longer are, an allow grants nothing and a deny prevents nothing.

    ## How to fix it

    Write the present key, and try it: a request that must pass, and one that must not.

    ## What camlint knows

    Which keys the documents have is read from them; that the present key means the same is
    concluded, so no fix is made for you. `qcs:vpc` is reported only beside actions of COS.
    """
    for condition in statement.conditions:
        if condition.known is None:
            continue
        key = context.catalog.condition_keys.find(condition.key)
        if key is None or key.superseded_by is None:
            continue
        if condition.key == "qcs:vpc" and not any(
            action.name.service.text == "cos" for action in statement.actions
        ):
            continue
        present, whose = key.superseded_by, "COS" if condition.key == "qcs:vpc" else "CAM"
        if present.endswith("/*"):
            present = present[:-1] + condition.key.partition("/")[2]
        yield Finding(
            f"{clip(condition.key)} is no longer in the documents of {whose}, which have "
            f"{clip(present)} now, so it may stop working unnoticed",
            condition.key_place(),
            label="replaced",
            help=f"write {clip(present)}",
            note="that both mean the same isn't documented: try the new key before you rely on it",
        )
