"""The text is not JSON, so it is no policy yet."""

from collections.abc import Iterator

from camlint.rule import (
    OF_ENCODING,
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Part,
    Place,
    Replace,
    Safety,
    Severity,
    Slip,
    SlipKind,
    clip,
    rule,
)

REFUSED = "CAM refuses the whole document"
FULL_WIDTH = {
    "，": ",",
    "、": ",",
    "；": ",",
    "：": ":",
    "｛": "{",
    "｝": "}",
    "［": "[",
    "］": "]",
    "【": "[",
    "】": "]",
}
SPACES = {
    "\u00a0": "a no-break space",
    "\u3000": "a full-width space",
    "\u200b": "a zero-width space",
    "\u2060": "a word joiner",
    "\ufeff": "a byte-order mark",
}
CONTROLS = {"\n": "a line break", "\r": "a line break", "\t": "a tab", "\0": "a NUL character"}
BRACKETS = {"}": "{", "]": "["}
LITERALS = {"true": "true", "false": "false", "none": "null", "null": "null"}


@rule(
    code="CAM001",
    name="json-syntax",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=("https://cloud.tencent.com/document/product/598/10604",),
    supersedes=("CAM901",),
    bad=(
        Bad(
            """
            {
              "version": "2.0"«、»
              "statement": [
                {
                  «// the application's operators»
                  "effect": "allow",
                  "action": ["trtc:DismissRoom", «“trtc:RemoveUser”»«,»],
                  "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
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
                  "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
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
                  "effect": "allow",
                  "action": «"cdb:DescribeDBInstances", "cdb:DescribeBackups"»,
                  "resource": "*"
                «}»
                {
                  "effect": "allow",
                  "action": ["cdb:CreateBackup"],
                  "resource": ["qcs::cdb:ap-guangzhou::instanceId/cdb-a1b2c3d4"]
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
                  "action": ["cdb:DescribeDBInstances", "cdb:DescribeBackups"],
                  "resource": "*"
                },
                {
                  "effect": "allow",
                  "action": ["cdb:CreateBackup"],
                  "resource": ["qcs::cdb:ap-guangzhou::instanceId/cdb-a1b2c3d4"]
                }
              ]
            }
            """,
        ),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {"effect": "allow", "action": ["cos:GetObject", «...»], "resource": ["*"]}
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
              "action": ["trtc:DismissRoom"],
              "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
            }
          ]
        }
    """),
)
def check(slip: Slip, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    CAM takes a policy only as JSON (RFC 7159). A single character too many or too few, and the
    console and the API refuse the whole document: nothing in it is allowed or denied.

    The usual ways to get there: a comment; a comma behind the last item, or none between two; the
    curly quotes “ ” that a word processor or a chat types for "; the full-width ， ： 、 of a
    Chinese keyboard; a no-break or full-width space copied from a web page.

    ## How to fix it

    Mend the place that is marked. What a comment said can stand in the policy's description in the
    console, or in the text around the policy.

    ## What camlint knows

    Each such place is reported, and the rest of the document is checked as if all of them were
    mended. `camlint fix --repair` mends them. Where a part was left out (`...`), or where more than
    one way of mending is plausible, camlint says so at that place, guesses nothing, and leaves the
    document there.
    """
    if slip.kind in OF_ENCODING:
        return
    message, label, way_out = _tell(slip)
    fixes: tuple[Fix, ...] = ()
    if slip.mended and slip.edits:
        edits = [
            Replace(Place((), one.start, one.end, part=Part.TEXT), one.text) for one in slip.edits
        ]
        fixes = (Fix(Safety.REPAIR, way_out.partition(";")[0], *edits),)
    yield Finding(
        message,
        Place((), slip.start, slip.end, part=Part.TEXT),
        label=label,
        help=way_out,
        note="" if slip.mended else "nothing else in this document was checked",
        fixes=fixes,
    )


def _tell(slip: Slip) -> tuple[str, str, str]:
    """The message, the words beside the carets, and the way out."""
    text = slip.text
    shown = clip(text, 40)
    match slip.kind:
        case SlipKind.COMMENT:
            return (
                f"JSON has no comments, so {REFUSED}: {shown}",
                "a comment",
                "delete the comment; the policy's description is the place for such words",
            )
        case SlipKind.TRAILING_COMMA:
            return (
                f"the comma behind the last item is one too many, so {REFUSED}",
                "nothing follows it",
                "delete the comma",
            )
        case SlipKind.MISSING_COMMA:
            return (
                f"a comma is missing between two items, so {REFUSED}",
                "a comma belongs after this",
                "type a comma here",
            )
        case SlipKind.EXTRA_COMMA:
            return (
                f"there is a comma with no item before it, so {REFUSED}",
                "one too many",
                "delete the comma, or put in the item that it was meant to follow",
            )
        case SlipKind.MISSING_COLON:
            return (
                f"no colon stands between a key and its value, so {REFUSED}",
                "a colon belongs after this",
                "type a colon here; if this is one of several values, put them all in brackets [ ]",
            )
        case SlipKind.EXTRA_COLON:
            return (
                f"a colon stands where none can stand, so {REFUSED}",
                "one too many",
                "delete it; if it parts a key from its value, put the two in braces { }",
            )
        case SlipKind.MISSING_VALUE:
            return (
                f"a key has no value here, so {REFUSED}",
                "a value belongs after this",
                "put in the value, or delete the key",
            )
        case SlipKind.CURLY_QUOTE | SlipKind.SINGLE_QUOTE if len(text) > 1:
            return (
                f"{shown} is in quotation marks that JSON doesn't know, so {REFUSED}",
                "not in straight double quotes",
                f'put straight double quotes around it: "{clip(text[1:-1], 60)}"',
            )
        case SlipKind.CURLY_QUOTE:
            return (
                f"{shown} is not the quotation mark of JSON, so {REFUSED}",
                "not a straight quote",
                'type a straight " in its place, and look at the other end of the text too',
            )
        case SlipKind.SINGLE_QUOTE:
            return (
                f"{shown} is not the quotation mark of JSON, so {REFUSED}",
                "a single quote",
                'type a straight double quote " in its place, and at the other end of the text',
            )
        case SlipKind.DOUBLED_QUOTE:
            both = len(text) > 2
            return (
                f"{'two quotation marks are' if both else 'a quotation mark is'} doubled here, so {REFUSED}",
                "one at each end is too many" if both else "one of them is too many",
                "delete one at each end" if both else "delete one of the two",
            )
        case SlipKind.UNTERMINATED_STRING:
            return (
                f"the text that ends here has no closing quotation mark, so {REFUSED}",
                'a closing " belongs after this',
                'type a straight " where the text ends',
            )
        case SlipKind.FULL_WIDTH:
            plain = FULL_WIDTH.get(text, "")
            return (
                f"{shown} is full-width punctuation, which JSON doesn't know, so {REFUSED}",
                "full-width",
                f"type the plain {plain} in its place" if plain else "type its plain form",
            )
        case SlipKind.ODD_SPACE:
            space = _name_character(text, SPACES)
            return (
                f"{space} stands here, which JSON doesn't take for white space, so {REFUSED}",
                "looks like a blank",
                "replace it by an ordinary blank, or delete it",
            )
        case SlipKind.UNQUOTED if slip.edits and not any(one.text for one in slip.edits):
            return (
                f"{shown} stands where nothing can stand without quotation marks, so {REFUSED}",
                "belongs to nothing",
                "delete it",
            )
        case SlipKind.UNQUOTED:
            literal = LITERALS.get(text.lower())
            return (
                f"{shown} has no quotation marks around it, so {REFUSED}"
                if literal is None
                else f"JSON has no {shown}, so {REFUSED}",
                "not in quotes" if literal is None else "not a word of JSON",
                f'write it as "{shown}"' if literal is None else f"JSON spells it {literal}",
            )
        case SlipKind.ELLIPSIS:
            return (
                f"{shown} stands for something that was left out, so {REFUSED}",
                "left out",
                "put in what it stands for, or delete it together with its comma",
            )
        case SlipKind.CONTROL_CHARACTER:
            control = _name_character(text, CONTROLS)
            return (
                f"{control} stands inside a text, where JSON allows none, so {REFUSED}",
                "the text is still open here",
                'delete it; if the text should have ended before, close it there with a straight "',
            )
        case SlipKind.BAD_ESCAPE:
            return (
                f"{shown} is no escape that JSON knows, so {REFUSED}",
                "not an escape",
                "write \\\\ for a backslash that is meant as one, or delete it",
            )
        case SlipKind.BAD_NUMBER:
            return (
                f"{shown} is not a number as JSON writes them, so {REFUSED}",
                "not a number",
                "write plain digits, or put it in double quotes if it is text",
            )
        case SlipKind.UNCLOSED:
            opening = BRACKETS.get(text, "bracket")
            return (
                f"the {opening} that opens here is never closed, so {REFUSED}",
                f"no {shown} closes this",
                f"put the {shown} where {'the list' if shown == ']' else 'the object'} ends",
            )
        case SlipKind.UNOPENED:
            opening = BRACKETS.get(text, "")
            return (
                f"{shown} closes nothing that is open, so {REFUSED}",
                "closes nothing",
                f"delete it, or put the {opening} where its list or object begins"
                if opening
                else "delete it",
            )
        case SlipKind.EXTRA_VALUE:
            return (
                f"{shown} stands where nothing more can stand, so {REFUSED}",
                "belongs to nothing",
                "if it is an item of a list, put it inside the list, after a comma; else delete it"
                if text in BRACKETS.values()
                else "if it is one of several values, put them all in brackets [ ]; else delete it",
            )
        case SlipKind.UNBRACKETED:
            return (
                f"several values stand here without brackets around them, so {REFUSED}",
                "one value too many",
                "put the values in brackets [ ]",
            )
        case SlipKind.QUOTE_PREFIX:
            return (
                f"{shown} begins the line as in a quotation, so {REFUSED}",
                "left over from a quotation",
                "delete it",
            )
        case SlipKind.EMPTY:
            return (
                f"there is nothing here to read, so {REFUSED}",
                "empty",
                'write a policy: {"version": "2.0", "statement": […]}',
            )
    return (f"{shown} is not JSON, so {REFUSED}", "not JSON", "mend this place")


def _name_character(text: str, names: dict[str, str]) -> str:
    first = text[:1]
    code = f"U+{ord(first):04X}" if first else ""
    if first in names:
        return names[first] if first in CONTROLS else f"{names[first]} ({code})"
    return f"the character {code}"
