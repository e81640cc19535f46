"""The file is not plain UTF-8."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Part,
    Place,
    Recode,
    Safety,
    Severity,
    Slip,
    SlipKind,
    rule,
)


@rule(
    code="CAM018",
    name="invalid-encoding",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://www.rfc-editor.org/rfc/rfc8259#section-8.1",
        "https://cloud.tencent.com/document/product/598/10604",
        "https://developer.hashicorp.com/terraform/language/functions/file",
    ),
    bad=(
        Bad(
            """
            «{»
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cdb:DescribeDBInstances"],
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
                  "action": ["cdb:DescribeDBInstances"],
                  "resource": ["qcs::cdb:ap-guangzhou::instanceId/cdb-a1b2c3d4"]
                }
              ]
            }
            """,
            encoding="UTF-16",
        ),
        Bad(
            """
            «{»
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["trtc:DismissRoom"],
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
                  "action": ["trtc:DismissRoom"],
                  "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
                }
              ]
            }
            """,
            encoding="UTF-8 with a byte-order mark",
        ),
    ),
    good=Good("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cos:GetObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/照片/*"]
            }
          ]
        }
    """),
)
def check(slip: Slip, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    JSON that travels between programs is UTF-8, without a byte-order mark. What sends the file as
    it stands sends something that isn't: Terraform's `file()` stops at a file that isn't UTF-8, and
    an API that is handed UTF-16, or the Chinese characters of an older Windows in GBK, can't read
    the policy, or reads other characters than its author wrote.

    A byte-order mark at the beginning of a file is invisible. Many programs drop it, others hand it
    on, and then the policy begins with a character that isn't JSON.

    ## How to fix it

    Save the file as UTF-8, without a byte-order mark; most editors offer that where they ask for
    the encoding. PowerShell 5 writes UTF-16 with `>` and `Out-File`, and a mark with
    `-Encoding UTF8`; PowerShell 7 writes plain UTF-8.

    ## What camlint knows

    UTF-16 and UTF-32 are read, and the policy is checked all the same; the console takes its text
    from a form, so there the encoding of the file does no harm, which is why that finding has
    medium confidence. A byte-order mark is a note, and dropping it is a safe fix. Of bytes that are
    no text in any of these encodings nothing is checked: how they were meant can't be known.
    """
    place = Place((), slip.start, slip.end, part=Part.TEXT)
    if slip.kind is SlipKind.BYTE_ORDER_MARK:
        yield Finding(
            "this file begins with a byte-order mark (U+FEFF), which JSON must not have and some "
            "programs hand on to CAM",
            place,
            label="an invisible character before this",
            help="save it as UTF-8 without the mark",
            severity=Severity.NOTE,
            fixes=(Fix(Safety.SAFE, "save it as UTF-8 without the mark", Recode()),),
        )
    elif slip.kind is SlipKind.OTHER_ENCODING:
        yield Finding(
            f"this file is {slip.text} and not UTF-8, so what sends it as it stands, such as "
            "Terraform, fails or sends what CAM can't read",
            place,
            label=f"in {slip.text} from here on",
            help="save it as UTF-8",
            confidence=Confidence.MEDIUM,
            fixes=(Fix(Safety.REPAIR, "save it as UTF-8", Recode()),),
        )
    elif slip.kind is SlipKind.NO_TEXT:
        yield Finding(
            f"this file can't be read as a policy: {slip.text}",
            place,
            label="not text",
            help="save it as UTF-8; if it has Chinese characters from an older Windows editor, open "
            "it there as GBK or GB18030 first",
            note="nothing in it was checked",
        )
