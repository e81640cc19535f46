"""An element isn't written in lower case."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Kind,
    Part,
    Place,
    Pointer,
    Policy,
    Related,
    Safety,
    Severity,
    Trait,
    join_words,
    quote,
    rename_key,
    rule,
)

TOP = ("version", "statement", "principal")
INSIDE = ("effect", "action", "resource", "condition", "principal")
MOST_NAMED = 5

Key = tuple[Pointer, str]
"""Where an element stands, and how it is written there."""


@rule(
    code="CAM008",
    name="element-case",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    references=(
        "https://cloud.tencent.com/document/product/598/10603",
        "https://cloud.tencent.com/document/product/436/71306",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              «"Statement"»: [
                {
                  "Effect": "allow",
                  "Action": ["cos:GetObject"],
                  "Resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
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
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
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
                  «"Effect"»: "allow",
                  "principal": {"qcs": ["qcs::cam::uin/100012345678:uin/100087654321"]},
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
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
                  "principal": {"qcs": ["qcs::cam::uin/100012345678:uin/100087654321"]},
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
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
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
            }
          ]
        }
    """),
    when=Trait.IRREGULAR,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    CAM's elements are `version`, `statement`, `effect`, `action`, `resource`, `condition` and
    `principal`, and by its reference they must be in lower case. `Effect` and `Action` are how other
    clouds write them. What CAM does with a capital isn't documented: it may take it, refuse the
    policy, or pass over the element, and a `Condition` that is passed over restricts nothing.

    ## How to fix it

    Write every element in lower case. `camlint fix --repair` renames them all.

    ## What camlint knows

    COS's pages of 2022 to 2024 accept an initial capital in bucket policies if all elements have
    it, and its own samples have capitals beside a lower-case `version`; its newest pages ask for
    lower case. So in a bucket policy that form is a note that only `--strict` shows, and renaming is
    a safe fix. Any other mixture is a warning, since no page covers it.

    camlint reads the elements in any case, so the rest of the policy is checked all the same. One
    finding speaks for the whole document.
    """
    keys = list(_find_keys(policy))
    odd = [(pointer, key) for pointer, key in keys if not key.islower()]
    if not odd:
        return
    accepted = context.kind is Kind.BUCKET and all(
        key.capitalize() == key or key == "version" for _, key in keys
    )
    words = list(dict.fromkeys(key for _, key in odd))
    shown = join_words([quote(word) for word in words[:MOST_NAMED]])
    if len(words) > MOST_NAMED:
        shown = f"{', '.join(quote(word) for word in words[:MOST_NAMED])} and others"
    plural = len(words) > 1
    first, *others = odd
    what = "in lower case" if plural else f"{quote(words[0].lower())}"
    edits = [rename_key((*pointer, key), key.lower()) for pointer, key in odd]
    yield Finding(
        _tell(shown, context, keys, accepted=accepted, plural=plural),
        _place(first),
        label="not in lower case",
        related=tuple(Related(_place(one), "and this") for one in others[:3]),
        help="write them in lower case" if plural else f"write {what}",
        note=""
        if accepted
        else "camlint reads them as if they were in lower case"
        if plural
        else "camlint reads it as if it were in lower case",
        severity=Severity.NOTE if accepted else None,
        strict=accepted,
        fixes=(
            Fix(
                Safety.SAFE if accepted else Safety.REPAIR,
                "write them in lower case" if plural else f"write {what}",
                *edits,
            ),
        ),
    )


def _find_keys(policy: Policy) -> Iterator[Key]:
    """The keys that count as elements, in the order of the grammar."""
    if not policy.bare:
        for name in TOP:
            if (key := policy.spelling.get(name)) is not None and key.lower() == name:
                yield (), key
    for statement in policy.statements:
        for name in INSIDE:
            if (key := statement.spelling.get(name)) is not None and key.lower() == name:
                yield statement.pointer, key


def _tell(shown: str, context: Context, keys: list[Key], *, accepted: bool, plural: bool) -> str:
    verb = "have capitals" if plural else "has a capital"
    if accepted:
        return (
            f"{shown} {verb}: COS accepts that in a bucket policy, but its newer pages ask for "
            "lower case"
        )
    if context.kind is Kind.BUCKET:
        lower = next((key for _, key in keys if key.islower() and key != "version"), "")
        beside = f" beside {quote(lower)}" if lower else ""
        return (
            f"{shown} {verb}{beside}: COS's pages know elements all in lower case or all with an "
            "initial capital, and no mixture"
        )
    return (
        f"{shown} {verb}, but CAM's elements must be in lower case, and what it does with others "
        "isn't documented"
    )


def _place(key: Key) -> Place:
    return Place((*key[0], key[1]), part=Part.KEY)
