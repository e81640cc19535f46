"""A wildcard stands in the service of an action, where only *:* is documented."""

from collections.abc import Iterator

from camlint.patterns import matcher
from camlint.rule import (
    ActionPattern,
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Replace,
    Safety,
    Severity,
    clip,
    join_words,
    rule,
)

MOST_LISTED = 5


@rule(
    code="CAM106",
    name="wildcard-in-service",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    references=("https://cloud.tencent.com/document/product/598/10604",),
    bad=(
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {"effect": "allow", "action": ["«*»:Describe*", "name/«*»:List*"], "resource": "*"}
              ]
            }
        """),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {"effect": "deny", "action": ["«c*»:*", "«trt*»:DismissRoom"], "resource": "*"}
              ]
            }
        """,
            fixed="""
            {
              "version": "2.0",
              "statement": [
                {"effect": "deny", "action": ["c*:*", "trtc:DismissRoom"], "resource": "*"}
              ]
            }
            """,
        ),
    ),
    good=(
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cvm:Describe*", "cdb:Describe*", "name/trtc:Describe*"],
                  "resource": "*"
                },
                {"effect": "deny", "action": ["cam:*", "cdb:*"], "resource": "*"}
              ]
            }
        """),
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": "*:*",
                  "resource": "*",
                  "condition": {"numeric_equal": {"qcs:read_only_action": 1}}
                }
              ]
            }
        """),
    ),
)
def check(action: ActionPattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    CAM's documents have a wildcard in the service only in `*:*`, which is every operation of every
    product. What CAM makes of `*:Describe*` or `c*:*` they don't say. If it refuses or ignores
    the action, rights are missing, and a deny prevents nothing. If it takes it, products are
    included that nobody thought of, those of the future too.

    ## How to fix it

    Name each product: `cvm:Describe*`, `cdb:Describe*`. For reading everywhere, use `"*"` with the
    condition `{"numeric_equal": {"qcs:read_only_action": 1}}`, as Tencent's ReadOnlyAccess does.

    ## What camlint knows

    This rests on the documented grammar; how CAM treats other forms is not published. In what
    camlint concludes of a policy otherwise, such a wildcard matches every service that it fits.
    """
    name = action.name
    pattern = name.service.text
    if not name.wild or "*" not in pattern or "?" in pattern:
        return
    operation = name.operation.text
    if not pattern.strip("*") and not operation.strip("*"):
        return
    shown = clip(action.text)
    place = action.place(name.service.start, name.service.end)
    fixes: tuple[Fix, ...] = ()
    if not pattern.strip("*"):
        taken = "of every product"
        way_out = (
            f'name each product, as in "cvm:{clip(operation)}"; for reading everywhere, write "*" '
            'with the condition {"numeric_equal": {"qcs:read_only_action": 1}}'
        )
    else:
        matches = matcher(pattern)
        known = [prefix for prefix in context.catalog.index.prefixes if matches(prefix)]
        if len(known) == 1:
            taken = f"of {known[0]}"
            way_out = f'write "{known[0]}:{clip(operation)}"'
            if context.catalog.matching(known[0], operation):
                fixes = (Fix(Safety.REPAIR, way_out, Replace(place, known[0])),)
        elif known:
            taken = f"of {_list(known)}"
            # Of many, one that most people know is the better example.
            example = "cvm" if "cvm" in known else known[0]
            way_out = f'name each product that is meant, as in "{example}:{clip(operation)}"'
        else:
            taken = ""
            way_out = f'name each product that is meant, as in "cvm:{clip(operation)}"'
    what = "every operation" if not operation.strip("*") else "operations"
    consequence = (
        f"so it isn't certain that it takes in {what} {taken}"
        if taken
        else "and no known service fits it, so it probably matches nothing"
    )
    yield Finding(
        f"{shown} has a wildcard in the service, which CAM documents only for *:*, {consequence}",
        place,
        label="a wildcard in the service",
        help=way_out,
        fixes=fixes,
    )


def _list(known: list[str]) -> str:
    if len(known) <= MOST_LISTED:
        return join_words(known)
    return f"{len(known)} services from {known[0]} to {known[-1]}"
