"""A segment of a resource is ``*`` where CAM describes an empty one."""

from collections.abc import Iterator

from camlint.patterns import Segment, holds_placeholder
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Related,
    Replace,
    ResourcePattern,
    Safety,
    Severity,
    Trait,
    clip,
    join_words,
    quote,
    rule,
)

MEANING = {"service": "every product", "region": "every region", "account": "your own account"}


@rule(
    code="CAM219",
    name="wildcard-segment",
    severity=Severity.NOTE,
    confidence=Confidence.HIGH,
    references=("https://cloud.tencent.com/document/product/598/10606",),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cdb:DescribeDBInstances"],
                  "resource": [
                    "qcs::cdb:«*»:uin/100012345678:instanceId/*",
                    "qcs::cdb:«*:*»:instanceId/*",
                    "qcs::cdb:ap-guangzhou:«uin/*»:instanceId/*",
                    "qcs::«*»::uin/100012345678:instanceId/*"
                  ]
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
                  "action": ["cdb:DescribeDBInstances"],
                  "resource": [
                    "qcs::cdb::uin/100012345678:instanceId/*",
                    "qcs::cdb:::instanceId/*",
                    "qcs::cdb:ap-guangzhou::instanceId/*",
                    "qcs::::uin/100012345678:instanceId/*"
                  ]
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
              "action": ["cdb:DescribeDBInstances"],
              "resource": ["qcs::cdb:::instanceId/*", "qcs::cdb:ap-guangzhou::instanceId/*"]
            }
          ]
        }
    """),
    supersedes=("CAM204", "CAM205", "CAM206", "CAM207", "CAM208"),
    when=Trait.STAR,
)
def check(resource: ResourcePattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The service, the region and the account of a resource are left empty where they don't matter.
    That is what CAM's description of the format says, and what its policies do. A `*` there is
    described nowhere. It seems to work: Tencent's samples for TCR have it. But for the account the
    two don't even mean the same: empty is the account that the policy belongs to, `*` would be any.

    ## How to fix it

    Leave the segment empty, and keep its colon: `qcs::cdb:::instanceId/*`. For service and region
    that changes nothing. For the account it takes the resources of other accounts away, and is done
    by `camlint fix --unsafe-fixes` only.

    ## What camlint knows

    What an empty segment means is documented. A part of a name with a `*`, such as `ap-*`, can't be
    left empty; list the regions instead. A resource all of whose segments are wild isn't looked at
    here, since that is the same as `"*"`.
    """
    six = resource.six
    if "*" not in resource.text or six is None or resource.everything:
        return
    named = (("service", six.service), ("region", six.region), ("account", six.account))
    wild = [
        (name, segment)
        for name, segment in named
        if "*" in segment.text and not holds_placeholder(segment.text)
    ]
    if not wild:
        return
    runs: list[list[int]] = []
    for _, segment in wild:
        if runs and segment.start == runs[-1][1] + 1:
            runs[-1][1] = segment.end
        else:
            runs.append([segment.start, segment.end])
    whole = [name for name, segment in wild if segment.text in ("*", "uin/*", "uid/*")]
    empty = clip(
        "qcs::"
        + ":".join("" if name in whole else segment.text for name, segment in named)
        + f":{six.tail.text}",
        120,
    )
    (start, end), *others = runs
    fixes: tuple[Fix, ...] = ()
    if whole:
        several = len(whole) > 1
        message = f"{join_words(whole)} {'are' if several else 'is'} * where CAM describes " + (
            "empty segments" if several else "an empty segment"
        )
        meaning = join_words([MEANING[name] for name in whole])
        label, way_out = "leave empty", f"write {empty}, for {meaning}"
        fixes = _empty(
            resource, {one: part for one, part in wild if one in whole}, f"write {empty}"
        )
    else:
        name, segment = wild[0]
        message = (
            f"{quote(segment.text)} has a wildcard inside the {name}, which CAM doesn't describe"
        )
        label = "part of a name"
        way_out = (
            f"write one resource for each {name}, or leave the segment empty for {MEANING[name]}"
        )
    yield Finding(
        message,
        resource.place(start, end),
        label=label,
        related=tuple(Related(resource.place(first, last), "and this") for first, last in others),
        help=way_out,
        fixes=fixes,
    )


def _empty(
    resource: ResourcePattern, segments: dict[str, Segment], way_out: str
) -> tuple[Fix, ...]:
    """The fixes that empty segments: first those of which that changes nothing, then all.

    An empty account is one's own, and ``*`` any. Of ``uin/*`` nobody says that it matches any.
    """
    edits = {
        name: Replace(resource.place(segment.start, segment.end), "")
        for name, segment in segments.items()
    }
    account = segments.get("account")
    equal = {name: edit for name, edit in edits.items() if name != "account"}
    if account is None:
        return (Fix(Safety.SAFE, way_out, *edits.values()),)
    risk = Safety.NARROWING if account.text == "*" else Safety.REPAIR
    every = Fix(risk, way_out, *edits.values())
    if not equal:
        return (every,)
    said = "segments" if len(equal) > 1 else "segment"
    return (
        Fix(Safety.SAFE, f"leave the {join_words(equal)} {said} empty", *equal.values()),
        every,
    )
