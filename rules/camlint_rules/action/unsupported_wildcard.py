"""An action has a sign that is a wildcard elsewhere, but not in CAM."""

import re
from collections.abc import Iterator

from camlint.catalog.service import Service
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
    rule,
)

SIGNS = re.compile(r"\?+|%+|\.[*+]")
"""What shells, SQL and regular expressions write for any character or run of characters."""
WORDS = {"?": "a question mark", "%": "a percent sign", ".": "a dot"}


@rule(
    code="CAM107",
    name="unsupported-wildcard",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    references=("https://cloud.tencent.com/document/product/598/10604",),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cdb:DescribeDBInstance«?»", "name/trtc:Describe«??»Info"],
                  "resource": "*"
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
                  "action": ["cdb:DescribeDBInstances", "name/trtc:Describe??Info"],
                  "resource": "*"
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
                  "action": ["cvm:Terminate«.*»", "cos:Delete«%»"],
                  "resource": "*"
                }
              ]
            }
        """,
            fixed="""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "deny",
                  "action": ["cvm:Terminate*", "cos:Delete*"],
                  "resource": "*"
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
              "action": ["cdb:DescribeDBInstances", "name/trtc:Describe*Info"],
              "resource": "*"
            },
            {"effect": "deny", "action": ["cvm:Terminate*", "cos:Delete*"], "resource": "*"}
          ]
        }
    """),
    supersedes=("CAM102", "CAM103", "CAM104", "CAM105", "CAM106"),
)
def check(action: ActionPattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The only wildcard that CAM documents is `*`, for any run of characters. `?`, `%` and `.*` come
    from shells, databases and regular expressions. Taken as they stand they match no operation,
    since no operation has such a sign in its name: an allow grants nothing, a deny prevents
    nothing, or CAM refuses the policy.

    ## How to fix it

    Write `*`, or the name of the operation.

    ## What camlint knows

    `?` occurs in no document and no official policy, so camlint takes it as a plain character.
    That CAM does so too is concluded from this and not documented.
    """
    text = action.text
    if action.name.opaque or not ("?" in text or "%" in text or "." in text):
        return
    name = action.name
    found = SIGNS.search(text, name.service.start)
    if found is None:
        return
    sign = found[0]
    service = context.catalog.service(name.service.text)
    only = _single(name.operation.text, service)
    starred = SIGNS.sub("*", name.qualified)
    operation = name.operation
    place = action.place(operation.start, operation.end)
    fixes: tuple[Fix, ...] = ()
    if only:
        way_out = f'write "{service.prefix}:{only}"'
        fixes = (Fix(Safety.REPAIR, way_out, Replace(place, only)),)
    else:
        plain = f'write "{clip(starred)}"'
        way_out = f"{plain} if any characters may stand there, or the whole name"
        written = SIGNS.sub("*", operation.text)
        # A question mark stands for one character elsewhere, and * would say more than it did.
        if "?" not in text and not SIGNS.search(name.service.text) and service.matching(written):
            fixes = (Fix(Safety.REPAIR, plain, Replace(place, written)),)
    yield Finding(
        f"{clip(text)} has {WORDS[sign[0]]}, which is no wildcard in CAM, so it probably matches "
        "no operation at all",
        action.place(found.start(), found.end()),
        label="not a wildcard here",
        help=way_out,
        note="the only wildcard that CAM documents is *",
        fixes=fixes,
    )


def _single(operation: str, service: Service) -> str:
    """The one known operation that fits with a character for each ``?``, or nothing."""
    if "*" in operation or "%" in operation or "?" not in operation or not service.known:
        return ""
    fitting = [
        one.name
        for one in service.matching(operation.replace("?", "*"))
        if len(one.name) == len(operation)
    ]
    return fitting[0] if len(fitting) == 1 else ""
