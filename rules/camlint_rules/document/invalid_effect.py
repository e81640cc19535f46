"""An effect is neither allow nor deny."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Fault,
    Finding,
    Fix,
    Good,
    Kind,
    Malformed,
    Replace,
    Safety,
    Severity,
    distance,
    nearest,
    quote,
    rule,
)

CAPITALISED = ("Allow", "Deny")
SYNONYMS = {
    "allowed": "allow",
    "grant": "allow",
    "permit": "allow",
    "accept": "allow",
    "允许": "allow",
    "denied": "deny",
    "denies": "deny",
    "disallow": "deny",
    "forbid": "deny",
    "refuse": "deny",
    "reject": "deny",
    "拒绝": "deny",
}
EITHER = 'write "allow" or "deny"'


@rule(
    code="CAM010",
    name="invalid-effect",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10603",
        "https://cloud.tencent.com/document/product/436/71306",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": «"permit"»,
                  "action": ["trtc:DescribeRoomInfo"],
                  "resource": ["*"]
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
                  "action": ["trtc:DescribeRoomInfo"],
                  "resource": ["*"]
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
                  "effect": «"Deny"»,
                  "action": ["cdb:IsolateDBInstance"],
                  "resource": ["*"]
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
                  "action": ["cdb:IsolateDBInstance"],
                  "resource": ["*"]
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
              "effect": "deny",
              "action": ["cdb:IsolateDBInstance"],
              "resource": ["*"]
            }
          ]
        }
    """),
)
def check(malformed: Malformed, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    An effect is `allow` or `deny`, in lower case. CAM refuses a policy with any other word
    (`EffectError`), so a deny that was meant to protect something isn't there at all.

    `Allow` and `Deny` with a capital are the words of other clouds. COS accepts them in bucket
    policies; for every other kind the documents ask for lower case, and what CAM does with a
    capital is not documented.

    ## How to fix it

    Write `"allow"` or `"deny"`.

    ## What camlint knows

    The two words are documented. A capital is a warning, in a bucket policy a note that only
    `--strict` shows; such a statement is still read as the effect that it plainly means.
    """
    if malformed.element != "effect":
        return
    written = malformed.value
    if malformed.fault is Fault.EMPTY:
        yield Finding(
            "the effect is empty: this statement neither allows nor denies, and CAM refuses the "
            "policy",
            malformed.place(),
            label="empty",
            help=EITHER,
        )
    elif malformed.fault is Fault.UNREADABLE and isinstance(written, str):
        if written in CAPITALISED:
            yield _capitalised(malformed, written, context)
        else:
            yield _invalid(malformed, written)


def _capitalised(malformed: Malformed, written: str, context: Context) -> Finding:
    bucket = context.kind is Kind.BUCKET
    meant = written.lower()
    return Finding(
        f"the effect is {quote(written)}: COS accepts the capital, but its newer pages ask for "
        "lower case"
        if bucket
        else f"the effect is {quote(written)}, but CAM's documents know only {meant} in lower case",
        malformed.place(),
        label="a capital",
        help=f"write {quote(meant)}",
        note=""
        if bucket
        else "whether CAM accepts the capital isn't documented; COS does, in bucket policies",
        severity=Severity.NOTE if bucket else Severity.WARNING,
        confidence=Confidence.MEDIUM,
        strict=bucket,
        fixes=(_write(malformed, meant, Safety.SAFE if bucket else Safety.REPAIR),),
    )


def _invalid(malformed: Malformed, written: str) -> Finding:
    lower = written.strip().lower()
    meant = SYNONYMS.get(lower) or nearest(lower, ("allow", "deny"))
    placeholder = any(sign in written for sign in "{<$")
    sure = meant and not placeholder and (lower in SYNONYMS or _is_slip(lower, meant))
    if written != written.strip() and lower == meant:
        end = "begins" if written[0].isspace() else "ends"
        message = f"the effect {quote(written)} {end} with a blank, so CAM refuses the policy"
    elif placeholder:
        message = f"the effect is still the placeholder {quote(written)}, so CAM refuses the policy"
    else:
        message = (
            f"the effect {quote(written)} is neither allow nor deny, so CAM refuses the policy"
        )
    return Finding(
        message,
        malformed.place(),
        label=f"did you mean {meant}?" if meant else "not an effect",
        help=f"write {quote(meant)}" if meant else EITHER,
        fixes=(_write(malformed, meant, Safety.REPAIR),) if meant and sure else (),
    )


def _is_slip(lower: str, meant: str) -> bool:
    """Whether a text is one slip away from a word, or two where enough of it is left."""
    slips = distance(lower, meant)
    return slips < 2 or (slips == 2 and len(lower) >= len(meant))


def _write(malformed: Malformed, meant: str, safety: Safety) -> Fix:
    return Fix(safety, f"write {quote(meant)}", Replace(malformed.place(), meant))
