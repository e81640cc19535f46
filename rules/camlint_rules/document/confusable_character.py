"""A character only looks like one of ASCII, or can't be seen at all."""

from collections.abc import Iterator

from camlint.rule import (
    INVISIBLE,
    Bad,
    Confidence,
    Context,
    Fault,
    Finding,
    Fix,
    Good,
    Malformed,
    Related,
    ResourcePattern,
    Safety,
    Severity,
    Stain,
    Trait,
    join_words,
    quote,
    rule,
)

CONSEQUENCE = {
    "effect": "so it is neither allow nor deny",
    "action": "so CAM knows no such action",
    "resource": "so it names another resource than it seems to, or none",
    "operator": "so CAM knows no such operator",
    "key": "so CAM knows no such condition key",
    "element": "so CAM knows no such element",
}


@rule(
    code="CAM019",
    name="confusable-character",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=(
        "https://www.unicode.org/reports/tr39/",
        "https://cloud.tencent.com/document/product/598/10604",
        "https://cloud.tencent.com/document/product/598/10606",
    ),
    bad=Bad(
        """
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["c«о»s:GetObject", "cos«：»PutObject", "cos:Head«\u200b»Object"],
              "resource": ["qcs::cos:ap«–»guangzhou:uid/1253653367:photos-1253653367/*"],
              "condition": {"ip_equal": {"q«с»s:ip": ["10.32.0.0/16"]}}
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
              "action": ["cos:GetObject", "cos:PutObject", "cos:HeadObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
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
              "resource": [
                "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/照片（二〇二六）/*",
                "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/документы/*"
              ],
              "condition": {"for_any_value:string_equal": {"qcs:resource_tag": ["部门&运维"]}}
            }
          ]
        }
    """),
    when=Trait.UNCLEAN,
)
def check(malformed: Malformed, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The Cyrillic `о` and the Latin `o` look the same in nearly every font, and a zero-width space
    can't be seen in any. CAM compares characters, so an action, a key or a resource with one of
    them isn't the one that people read: an allow grants nothing, and worse, a deny that everybody
    takes for a safeguard prevents nothing.

    Such characters come with text copied from a web page, a chat or a word processor (which makes a
    dash of a hyphen), or from a Chinese keyboard in full-width mode (`：`, `＊`, `／`). Somebody who
    wants a change to pass review may also put them there on purpose.

    ## How to fix it

    Type the text anew, or let `camlint fix --repair` put the plain characters in.

    ## What camlint knows

    The look-alikes are letters of the Cyrillic and Greek alphabets from Unicode's list of confusable
    characters, the full-width forms, dashes and a few more signs; invisible are zero-width and
    direction marks and control characters. Other characters, such as Chinese, are left alone: they
    look like nothing but themselves.

    In the name behind the type of a resource (the key of an object in COS, the name of a group or a
    queue) and in the key of a tag any writing is legitimate. There only a character within an
    otherwise plain word is reported, with medium confidence: `dосs` is, `документы` isn't. Values
    of conditions aren't looked at.

    The text is then read as it was meant, so that whatever else is wrong with it is reported too;
    but nothing is concluded from it about other statements.
    """
    if malformed.fault is not Fault.UNCLEAN:
        return
    stains = [stain for stain in malformed.stains if stain.sort != Stain.BLANK]
    if not stains:
        return
    text = str(malformed.value)
    first, *others = stains
    meant = malformed.without(stains)
    fix = Fix(Safety.REPAIR, f"write {quote(meant)}", *malformed.mend(stains))
    yield Finding(
        f"{_show(text)} {_tell(stains)}, {CONSEQUENCE[malformed.element]}",
        malformed.place_of(first),
        label=_label(first),
        related=tuple(Related(malformed.place_of(one), _label(one)) for one in others[:4]),
        help=f"write {quote(meant)}",
        confidence=Confidence.MEDIUM if _in_name(malformed, first) else None,
        fixes=(fix,),
    )


def _show(text: str) -> str:
    """The text with what can't be seen spelt out."""
    return quote(
        "".join(
            f"\\u{ord(one):04x}"
            if one in INVISIBLE or not (one.isprintable() or one.isspace())
            else one
            for one in text[:100]
        )
    )


def _tell(stains: list[Stain]) -> str:
    """What the text has in it: at most three of its stains in words."""
    told = list(dict.fromkeys(_describe(stain) for stain in stains))
    more = f" and {len(told) - 2} more" if len(told) > 3 else ""
    shown = told[:2] if more else told
    return f"has {', '.join(shown)}{more}" if more else f"has {join_words(shown)} in it"


def _describe(stain: Stain) -> str:
    character = stain.text[0]
    code = f"U+{ord(character):04X}"
    if stain.sort == Stain.HIDDEN:
        return f"{INVISIBLE.get(character, 'a control character')} ({code})"
    if stain.sort == Stain.WIDE:
        return f"the full-width {stain.text}"
    if stain.sort == Stain.SIGN:
        return f"the sign {stain.text} ({code}) for {stain.meant}"
    alphabet = "Cyrillic" if "\u0400" <= character <= "\u052f" else "Greek"
    if not "\u0370" <= character <= "\u052f":
        return f"the letter {character} ({code}) for {stain.meant}"
    plural = "letters" if len(stain.text) > 1 else "letter"
    return f"the {alphabet} {plural} {stain.text} ({code}) for the Latin {stain.meant}"


def _label(stain: Stain) -> str:
    if stain.sort == Stain.HIDDEN:
        return "invisible"
    if stain.sort == Stain.WIDE:
        return "full-width"
    return f"looks like {stain.meant}"


def _in_name(malformed: Malformed, stain: Stain) -> bool:
    """Whether the place takes names in any writing, so that the character may be meant."""
    if malformed.element == "key":
        return "/" in str(malformed.value)[: stain.start]
    six = malformed.meant.six if isinstance(malformed.meant, ResourcePattern) else None
    if six is None or six.resource_id is None:
        return False
    return len(str(malformed.value)) - stain.start <= len(six.resource_id.text)
