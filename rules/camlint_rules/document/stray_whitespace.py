"""There are blanks in an effect, action, operator or resource, or at its ends."""

from collections.abc import Iterator

from camlint.rule import (
    INVISIBLE,
    ActionPattern,
    Bad,
    Confidence,
    Context,
    Fault,
    Finding,
    Fix,
    Good,
    Malformed,
    Related,
    Safety,
    Severity,
    Stain,
    Trait,
    quote,
    rule,
)

CONSEQUENCE = {
    "effect": "so CAM refuses the policy",
    "action": "so CAM refuses the policy",
    "resource": "so it names no resource",
    "operator": "and CAM has no such operator",
    "key": "and CAM has no such condition key",
    "element": "and CAM has no such element",
}
NAMED = {
    " ": "a blank",
    "\n": "a line break",
    "\r": "a line break",
    "\t": "a tab",
    "\u00a0": "a no-break space (U+00A0)",
    "\u3000": "a full-width space (U+3000)",
}


@rule(
    code="CAM020",
    name="stray-whitespace",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10604",
        "https://cloud.tencent.com/document/product/598/10606",
    ),
    bad=Bad(
        """
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow«  »",
              "action": ["trtc:DismissRoom« »", "trtc:« »RemoveUser"],
              "resource": ["qcs::« »trtc: : uin/100012345678:sdkappid/1400123456"],
              "condition": {"« »ip_equal": {"qcs:ip": ["10.32.0.0/16"]}}
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
              "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
              "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"],
              "condition": {"ip_equal": {"qcs:ip": ["10.32.0.0/16"]}}
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
              "action": ["cos:GetObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/summer 2026/*"]
            }
          ]
        }
    """),
    when=Trait.UNCLEAN,
)
def check(malformed: Malformed, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    CAM compares texts character by character, and a blank is a character. An effect `"allow "` is
    neither allow nor deny, an action `"cos: GetObject"` is no action, and CAM refuses the policy
    with either (`EffectError`, `ActionError`). A resource with a blank names something that no
    request has: an allow for it grants nothing, a deny for it prevents nothing.

    A blank at the end, a tab, or the no-break space of a web page is hard to see.

    ## How to fix it

    Delete the blank. `camlint fix --repair` does.

    ## What camlint knows

    Blanks are reported at the ends of a text, anywhere in an effect or an action, and beside a colon
    or another sign in an operator, a key, and the first five segments of a resource. Inside the last
    segment they are left alone, since the key of an object in COS or the name of a role may have
    them. A blank between two words of an operator or a segment is judged by the rule for that.

    The text is then read without its blanks, so that whatever else is wrong with it is reported too;
    but nothing is concluded from it about other statements.
    """
    if malformed.fault is not Fault.UNCLEAN:
        return
    blanks = [stain for stain in malformed.stains if stain.sort == Stain.BLANK]
    if not blanks:
        return
    text = str(malformed.value)
    first, *others = blanks
    meant = malformed.without(blanks)
    fixes: tuple[Fix, ...] = ()
    help_text = f"write {quote(meant)}"
    if _splits_words(malformed, blanks, context):
        help_text += ", or make two actions of it if that was meant"
    else:
        fixes = (Fix(Safety.REPAIR, f"write {quote(meant)}", *malformed.mend(blanks)),)
    what = NAMED.get(first.text[0], f"the white space U+{ord(first.text[0]):04X}")
    if len(first.text) > 1 and set(first.text) == {" "}:
        what = f"{len(first.text)} blanks"
    yield Finding(
        f"{_name(malformed)}{quote(text)} has {what} {_where(text, first)}, "
        f"{CONSEQUENCE[malformed.element]}",
        malformed.place_of(first),
        label="white space" if what not in NAMED.values() else what.partition(" (")[0],
        related=tuple(Related(malformed.place_of(one), "and this") for one in others[:4]),
        help=help_text,
        fixes=fixes,
    )


def _name(malformed: Malformed) -> str:
    return "the effect " if malformed.element == "effect" else ""


def _where(text: str, blank: Stain) -> str:
    before = "".join(one for one in text[: blank.start] if one not in INVISIBLE)
    after = "".join(one for one in text[blank.end :] if one not in INVISIBLE)
    if not before.strip():
        return "at its beginning"
    if not after.strip():
        return "at its end"
    if before[-1] == ":":
        return "after a colon"
    return "before a colon" if after[0] == ":" else "inside"


def _splits_words(malformed: Malformed, blanks: list[Stain], context: Context) -> bool:
    """Whether two names of an action may stand in one text: what they make together isn't known."""
    action = malformed.meant
    if not isinstance(action, ActionPattern):
        return False
    text = str(malformed.value)
    if not any(
        one.start and text[one.start - 1].isalnum() and text[one.end : one.end + 1].isalnum()
        for one in blanks
    ):
        return False
    name = action.name
    return context.catalog.find_action(name.service.text, name.operation.text) is None
