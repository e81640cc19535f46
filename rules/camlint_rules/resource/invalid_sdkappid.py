"""A resource names an application by something that can't be its SDKAppID."""

import re
from collections.abc import Iterator

from camlint.patterns import Segment, is_literal
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Replace,
    ResourcePattern,
    Safety,
    Settings,
    Severity,
    Trait,
    distance,
    quote,
    rule,
)

TYPE = "sdkappid"
ONLY_TYPE_OF = ("trtc", "im", "tiw")
"""The services all of whose documented resources are ``sdkappid/<id>``."""

OBSERVED = re.compile(r"1[46][0-9]{8}|20[0-9]{6}")
"""The SDKAppIDs of Tencent's samples and of published code; there is no official format."""

WITH_DIGITS = {
    "14": "others that begin with 14 have ten",
    "16": "others that begin with 16 have ten",
    "20": "others that begin with 20 have eight",
}

APPID = re.compile(r"1(25|26|3[0-9])[0-9]{7}")
UIN = re.compile(r"100[0-9]{9}")
SAMPLES = ("1400000000", "12345678")
"""Numbers that stand for any SDKAppID in Tencent's documents."""

LOOK_ALIKES = str.maketrans("OolIiSBZ", "00111582")
SEVERAL = re.compile(r"[0-9]+(\s*[,;，；、|]\s*[0-9]+)+")
WITHOUT_SLASH = re.compile(r"sdkappid[:=_.\\ -]?([0-9]+)", re.IGNORECASE)
CONSOLE = "the id is the number that the TRTC console shows for the application"


@rule(
    code="CAM210",
    name="invalid-sdkappid",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/70059",
        "https://cloud.tencent.com/document/api/647/37088",
        "https://cloud.tencent.com/document/product/269/47104",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
                "resource": ["qcs::trtc::uin/100000000001:sdkappid/14000000«O»1"]
              }]
            }
            """,
            fixed="""
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
                "resource": ["qcs::trtc::uin/100000000001:sdkappid/1400000001"]
              }]
            }
            """,
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
                "resource": ["qcs::trtc::uin/100000000001:sdkappid/«1400000110»"]
              }]
            }
            """,
            settings=Settings(sdkappids=("1400000101", "1400000102")),
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "deny",
                "action": "im:*",
                "resource": [
                  "qcs::im::uin/100000000001:«sdkappid/»",
                  "qcs::im::uin/100000000001:sdkappid/«01400000001»",
                  "qcs::im::uin/100000000001:sdkappid/1400000001«/room/42»"
                ]
              }]
            }
            """,
            fixed="""
            {
              "version": "2.0",
              "statement": [{
                "effect": "deny",
                "action": "im:*",
                "resource": [
                  "qcs::im::uin/100000000001:sdkappid/",
                  "qcs::im::uin/100000000001:sdkappid/1400000001",
                  "qcs::im::uin/100000000001:sdkappid/1400000001/room/42"
                ]
              }]
            }
            """,
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": "trtc:*",
                "resource": [
                  "qcs::trtc::uin/100000000001:sdkappid/«1301234567»",
                  "qcs::trtc::uin/100000000001:sdkappid/«100000000001»",
                  "qcs::trtc::uin/100000000001:sdkappid/«140000001»"
                ]
              }]
            }
            """
        ),
    ),
    good=(
        Good(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
                "resource": [
                  "qcs::trtc::uin/100000000001:sdkappid/1400000001",
                  "qcs::trtc::uin/100000000001:sdkappid/1600012345",
                  "qcs::trtc::uin/100000000001:SdkAppId/20001234"
                ]
              }]
            }
            """
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": "trtc:RemoveUser",
                "resource": ["qcs::trtc::uin/100000000001:sdkappid/1720000123"]
              }]
            }
            """,
            settings=Settings(sdkappids=("1720000123",)),
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": "im:*",
                "resource": [
                  "qcs::im::uin/100000000001:sdkappid/*",
                  "qcs::im::uin/100000000001:sdkappid/${sdkappid}",
                  "qcs::im::uin/100000000001:sdkappid/<SDKAppID>",
                  "qcs::im::uin/100000000001:sdkappid/1400000xxx"
                ]
              }]
            }
            """
        ),
    ),
    when=Trait.APPLICATION,
)
def check(resource: ResourcePattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    TRTC, Chat (IM), the Interactive Whiteboard and the products built on them know a resource by
    the number of its application: `qcs::trtc::uin/<account>:sdkappid/<SDKAppID>`. CAM compares
    that text with the application that a request is about, and no page says that it checks the
    number when a policy is saved. An allow for an id that doesn't exist grants nothing; a deny for
    it protects nothing.

    An SDKAppID is an integer. Letters, blanks, signs, full-width digits and a leading zero can
    never match. The same holds for an id that is missing, and for a path after it: an application
    has no resources below it that a policy could name.

    ## How to fix it

    Copy the SDKAppID from the application's page in the console. Two other numbers are easily
    taken for it: the APPID of the account (ten digits, used in `uid/…` and at the end of COS bucket
    names) and its UIN (usually twelve digits, used in `uin/…`).

    Tell camlint which applications you have, and a well-formed number that isn't one of them is an
    error too, with the id that was probably meant:

    ```toml
    # camlint.toml
    sdkappids = ["1400000101", "1400000102"]
    ```

    ## What camlint knows

    That the id is an integer is documented (the type of `SdkAppId` in the TRTC API), and so is the
    form of the resource. How many digits it has is not. The samples and public code that were read
    have ten digits beginning with 14 or 16, or eight beginning with 20. Anything else is only a
    warning of medium confidence, and silent once the id is listed in `sdkappids`.
    """
    six = resource.six
    if six is None:
        return
    kind, identifier = six.resource_type, six.resource_id
    single = six.service.text.lower() in ONLY_TYPE_OF
    if kind.text.lower() != TYPE:
        if single and (joined := WITHOUT_SLASH.fullmatch(six.tail.text)):
            mended = f"{kind.text[: len(TYPE)]}/{joined[1]}"
            yield Finding(
                f"{quote(six.tail.text)} has no slash after sdkappid, so it names no application",
                resource.place(six.tail.start, six.tail.end),
                label="the slash is missing",
                help=f"write {mended}",
                fixes=_write(resource, six.tail, joined[1], context.settings, mended),
            )
        return
    if identifier is None or not identifier.text:
        yield Finding(
            f"{quote(six.tail.text)} lacks the SDKAppID, so it names no application",
            resource.place(six.tail.start, six.tail.end),
            label="no id",
            help=f"write {kind.text}/<SDKAppID>, or {kind.text}/* for every application of the account",
        )
        return
    text, slash, path = identifier.text.partition("/")
    number = Segment(text, identifier.start)
    if slash and not text:
        yield Finding(
            f"{quote(six.tail.text)} has two slashes where one belongs, so it names no application",
            resource.place(identifier.start, identifier.start + 1),
            label="one slash too many",
            help=f"write {kind.text}/{path}",
            fixes=_write(resource, six.tail, path, context.settings, f"{kind.text}/{path}"),
        )
    elif not is_literal(text):
        return
    elif not (text.isascii() and text.isdigit()):
        yield _not_a_number(resource, number, context.settings)
    elif text.startswith("0"):
        yield Finding(
            f"SDKAppID {quote(text)} begins with a zero, as no SDKAppID does, so it names no "
            "application",
            resource.place(number.start, number.end),
            label="leading zero",
            help=_propose(text.lstrip("0"), context.settings.sdkappids),
            fixes=_write(resource, number, text.lstrip("0"), context.settings),
        )
    elif slash and single and is_literal(path.replace("*", "")):
        yield Finding(
            f"{quote(slash + path)} stands after SDKAppID {text}, but a resource of "
            f"{six.service.text} ends with the id, so it names no application",
            resource.place(number.end, identifier.end),
            label="nothing may follow the id",
            help=f"write {kind.text}/{text}; the rooms and users of an application have no resource of their own",
            # Whoever names a room in it doesn't mean the whole application.
            fixes=_write(resource, six.tail, text, context.settings, f"{kind.text}/{text}")
            if path in ("", "*")
            else (),
        )
    elif context.settings.sdkappids:
        if text not in context.settings.sdkappids:
            yield _not_configured(resource, number, context.settings.sdkappids)
    elif text not in SAMPLES and not OBSERVED.fullmatch(text):
        yield _unusual(resource, number)


def _not_a_number(resource: ResourcePattern, number: Segment, settings: Settings) -> Finding:
    """What keeps a text from being a number, and the number that was probably meant."""
    text = number.text
    start, end = number.start, number.end
    consequence = "so it names no application"
    bare = "".join(text.split())
    if SEVERAL.fullmatch(text.strip()):
        return Finding(
            f"{quote(text)} puts several SDKAppIDs into one resource, {consequence}",
            resource.place(start, end),
            label="one id only",
            help="list one resource for each application",
        )
    if not any(letter.isdecimal() for letter in text):
        return Finding(
            f"{quote(text)} is no SDKAppID, which is a number, {consequence}",
            resource.place(start, end),
            label="not a number",
            help=f"{CONSOLE}; its name can't be used here",
        )
    if bare != text and bare.isascii() and bare.isdigit():
        problem, label, meant = "has a blank in it", "blank", bare
    elif text.isdecimal():
        problem, label = "isn't written in plain ASCII digits", "other digits than 0 to 9"
        meant = "".join(str(int(letter)) for letter in text)
    elif text[0] in "+-−" and text[1:].isdecimal() and text[1:].isascii():
        problem, label, meant = "has a sign", "sign", text[1:]
        end = start + 1
    else:
        runs = list(re.finditer(r"[^0-9]+", text))
        odd = runs[0][0]
        if len(runs) == 1:
            start, end = number.start + runs[0].start(), number.start + runs[0].end()
        what = "letter" if odd.isalpha() else "character"
        plural = "s" if len(odd) > 1 else ""
        problem = f"has the {what}{plural} {_show(odd)} in it"
        label = f"not {'digits' if plural else 'a digit'}"
        meant = text.translate(LOOK_ALIKES)
    if bare != text and label == "blank" and (blanks := list(re.finditer(r"\s+", text))):
        start, end = (
            (number.start + blanks[0].start(), number.start + blanks[0].end())
            if len(blanks) == 1
            else (number.start, number.end)
        )
    return Finding(
        f"SDKAppID {quote(text)} {problem}, {consequence}",
        resource.place(start, end),
        label=label,
        help=_propose(meant, settings.sdkappids),
        fixes=_write(resource, number, meant, settings),
    )


def _write(
    resource: ResourcePattern, part: Segment, meant: str, settings: Settings, mended: str = ""
) -> tuple[Fix, ...]:
    """The fix that writes the id (or ``mended``) for a part, where it is plainly one of an application."""
    if not _exists(meant, settings.sdkappids):
        return ()
    mended = mended or meant
    place = resource.place(part.start, part.end)
    return (Fix(Safety.REPAIR, f"write {mended}", Replace(place, mended)),)


def _exists(meant: str, known: tuple[str, ...]) -> bool:
    """Whether an application has this id as far as is known: one of those listed, or a likely one."""
    return meant in known or (not known and OBSERVED.fullmatch(meant) is not None)


def _not_configured(resource: ResourcePattern, number: Segment, known: tuple[str, ...]) -> Finding:
    near = _near(number.text, known)
    listed = ", ".join(known[:5]) + (f" and {len(known) - 5} more" if len(known) > 5 else "")
    return Finding(
        f"SDKAppID {number.text} isn't one of yours, so this names none of your applications",
        resource.place(number.start, number.end),
        label=f"did you mean {near}?" if near else "not in sdkappids",
        help=f"write {near}" if near else "correct it, or add it to sdkappids in the configuration",
        note=f"the configuration lists {listed}",
    )


def _unusual(resource: ResourcePattern, number: Segment) -> Finding:
    """A whole number that looks like something else than an SDKAppID."""
    text = number.text
    account = resource.six.account.text if resource.six is not None else ""
    if account.partition("/")[2] == text:
        problem, label = "is the number of the account again, which names", "the account's number"
    elif UIN.fullmatch(text):
        problem, label = "looks like the UIN of an account, which names", "looks like a UIN"
    elif APPID.fullmatch(text):
        problem, label = "looks like the APPID of an account, which names", "looks like an APPID"
    elif text[:2] in WITH_DIGITS or not 8 <= len(text) <= 10:
        label = "1 digit" if len(text) == 1 else f"{len(text)} digits"
        usual = WITH_DIGITS.get(text[:2], "others have 8 to 10")
        problem = f"has {label} where {usual}; if mistyped, it names"
    else:
        problem, label = "is unlike any that was seen; if mistyped, it names", "unusual number"
    return Finding(
        f"SDKAppID {text} {problem} no application",
        resource.place(number.start, number.end),
        label=label,
        help=f"{CONSOLE}; if this one exists, list it under sdkappids in the configuration",
        note="there is no official format; SDKAppIDs seen so far have ten digits beginning with 14 "
        "or 16, or eight beginning with 20",
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
    )


def _propose(meant: str, known: tuple[str, ...]) -> str:
    """What to write for an id that was probably meant as ``meant``."""
    if _exists(meant, known):
        return f"write {meant}"
    near = _near(meant, known)
    return f"did you mean {near}?" if near else CONSOLE


def _near(text: str, known: tuple[str, ...]) -> str:
    """The configured id within two slips of ``text``, the nearest and then the first."""
    slips = [(distance(text, one), index, one) for index, one in enumerate(known)]
    least = min(slips, default=(3, 0, ""))
    return least[2] if least[0] <= 2 else ""


def _show(odd: str) -> str:
    """Characters quoted, those that can't be seen by their code points."""
    if odd.isprintable() and odd.strip():
        return quote(odd, 20)
    return " ".join(f"U+{ord(letter):04X}" for letter in odd[:5])
