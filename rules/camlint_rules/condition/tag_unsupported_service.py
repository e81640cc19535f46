"""A statement is bound by tags, and its products don't support that."""

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
    join_words,
    rule,
)

KEYS = ("qcs:resource_tag", "qcs:tag")
SHOWN = 3
"""Products that a message names."""


@rule(
    code="CAM322",
    name="tag-unsupported-service",
    severity=Severity.NOTE,
    confidence=Confidence.LOW,
    references=("https://cloud.tencent.com/document/product/598/10588",),
    bad=Bad("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["captcha:DescribeCaptchaUserAllAppId"],
              "resource": "*",
              "condition": {"for_any_value:string_equal": {«"qcs:resource_tag"»: "team&video"}}
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
              "action": ["cvm:RebootInstances"],
              "resource": "*",
              "condition": {"for_any_value:string_equal": {"qcs:resource_tag": "team&video"}}
            }
          ]
        }
    """),
    when=Trait.CONDITIONAL,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Not every product tells CAM the tags of its resources. Where it doesn't, a condition on them
    finds none: an allow grants nothing, and a deny prevents nothing.

    ## How to fix it

    Name the resources themselves, or look in the list of products that support CAM, in the column
    for authorisation by tag, whether the product has joined since.

    ## What camlint knows

    The list that was read is of 2023, and products join it, so this is a hint of low confidence. It
    appears only where the list says no for the products of all actions.
    """
    tagged = next(
        (
            one
            for one in statement.conditions
            if one.key.partition("/")[0] in KEYS and one.known is not None
        ),
        None,
    )
    if tagged is None or not statement.actions:
        return
    services: dict[str, str] = {}
    for action in statement.actions:
        service = context.catalog.service(action.name.service.text)
        if action.name.opaque or service.tag_authorization is not False:
            return
        services[service.prefix] = service.title
    names = [
        prefix if prefix == title else f"{prefix} ({title})" for prefix, title in services.items()
    ]
    if len(names) > SHOWN:
        names = [*names[:SHOWN], f"{len(names) - SHOWN} more"]
    effect = {"allow": "this allow may grant nothing", "deny": "this deny may prevent nothing"}
    yield Finding(
        f"Tencent's list of 2023 has no authorisation by tag for {join_words(names)}, so "
        f"{effect.get(statement.effect or '', 'this may never apply')}",
        tagged.key_place(),
        label="tags may not be seen here",
        help="name the resources instead, or look up whether the list has the product by now",
        note="products join that list, and the one that was read isn't the latest",
    )
