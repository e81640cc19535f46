"""A text still has a placeholder in it where a real value belongs."""

import re
from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Policy,
    Related,
    Settings,
    Severity,
    Text,
    Trait,
    clip,
    join_words,
    places_of,
    read_variables,
    rule,
)

# Used only where a sign was seen, and compiled then.
BRACKETED = r"<[^<>]*>"
MASKED = (
    r"\*{3,}|(?<=[0-9A-Za-z])\*\*(?=[0-9A-Za-z])|\.{3,}|…|x{3,}|X{3,}"
    r"|(?<![A-Za-z])(?:y{3,}|z{3,}|Y{3,}|Z{3,})(?![A-Za-z])"
    r"|(?i:(?<![a-z])your[_-])"
)
NAMED_ACCOUNT = (
    r"(?<![A-Za-z])ui[nd]/(?P<name>(?i:(?:my|your|owner|root|main|user|sub|account|customer)?[_-]?"
    r"(?:uin|uid|appid|account|accountid|ownerid))?)(?=[:/]|$)"
)
SAMPLE = r"(?i:(ui[nd]|sdkappid)/)([0-9]+)(?![0-9A-Za-z*])"
SAMPLE_BUCKET = r"[a-z0-9-]*-(1250000000)"

SAMPLES = {
    "uin": {"12345678": "UIN", "100000000001": "UIN"},
    "uid": {"1250000000": "APPID", "12345678": "APPID"},
    "sdkappid": {"1400000000": "SDKAppID", "12345678": "SDKAppID"},
}
"""The numbers that stand for any account and application in Tencent's documents."""

CONSEQUENCE = {
    "service": "so this names no resource",
    "region": "so this names no region",
    "account": "so this names no account",
    "tail": "so this names no resource",
    "resource": "so this names no resource",
    "principal": "so this names nobody",
    "action": "so CAM refuses the policy",
    "effect": "so CAM refuses the policy",
    "value": "so the condition compares with that very text",
    "key": "and CAM has no such condition key",
    "operator": "and CAM has no such operator",
}
WAY_OUT = {
    "service": "write the product's name, such as cvm",
    "region": "write the region, such as ap-guangzhou, or leave the segment empty for every region",
    "account": "write {owner} of the account, or leave the segment empty for your own",
    "tail": "write the real name or id, or * where every one is meant",
    "resource": "write the real values",
    "principal": "write the UINs of the account and of the user or role",
    "action": "write the name of the operation, or * for every one of the product",
    "effect": "write allow or deny",
    "value": "write the real value",
    "key": "write the condition key, such as qcs:ip",
    "operator": "write the operator, such as string_equal",
}
VARIABLES_NOTE = "CAM itself replaces only ${uin}, ${owner_uin} and ${app_id}"

Found = tuple[int, int, str, Confidence]


@rule(
    code="CAM214",
    name="placeholder-left",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10607",
        "https://cloud.tencent.com/document/product/598/10606",
    ),
    bad=(
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
                  "resource": [
                    "qcs::trtc::uin/«<uin>»:sdkappid/1400123456",
                    "qcs::trtc::uin/100012345678:sdkappid/«${SdkAppId}»",
                    "qcs::trtc::«$account»:sdkappid/1400123456",
                    "qcs::trtc::uin/«1000***5678»:sdkappid/1400123456",
                    "qcs::trtc::«uin/»:sdkappid/1400123456"
                  ]
                },
                {
                  "effect": "deny",
                  "action": ["cdb:«<ActionName>»"],
                  "resource": ["qcs::cdb:ap-guangzhou::instanceId/«cdb-xxxxxxxx»"],
                  "condition": {"ip_equal": {"qcs:ip": ["«10.32.***.7»"]}}
                }
              ]
            }
        """),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:GetObject"],
                  "resource": [
                    "qcs::cos:ap-guangzhou:uid/«1250000000»:photos-1250000000/*",
                    "qcs::cos:ap-guangzhou:uid/1250000000:videos-1250000000/*"
                  ]
                }
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
              "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
              "resource": [
                "qcs::trtc::uin/100012345678:sdkappid/1400123456",
                "qcs::trtc:::sdkappid/1400123457"
              ]
            },
            {
              "effect": "allow",
              "action": ["cmqqueue:SendMessage"],
              "resource": ["qcs::cmqqueue:::queueName/uin/${uin}/*"]
            }
          ]
        }
    """),
    supersedes=(
        *("CAM010", "CAM101", "CAM102", "CAM103", "CAM104", "CAM105", "CAM107"),
        *("CAM201", "CAM203", "CAM204", "CAM205", "CAM206", "CAM207", "CAM208", "CAM209"),
        *("CAM210", "CAM211", "CAM212", "CAM215", "CAM219", "CAM223", "CAM224"),
        *("CAM301", "CAM302", "CAM303", "CAM305", "CAM309", "CAM315", "CAM323"),
        *("CAM401", "CAM403", "CAM406"),
    ),
    when=Trait.UNFILLED,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The policy was copied from a document or a template, and a part that was meant to be filled in
    wasn't. CAM takes `<uin>`, `$account` or `cdb-xxxxxxxx` as it stands: an allow for such a name
    grants nothing, a deny for it prevents nothing, and for an account or an action CAM may refuse
    the whole policy. Digits hidden behind stars are worse, since CAM reads a star as a wildcard.

    ## How to fix it

    Put in the real value. The segments for the region and the account may also be left empty:
    `qcs::trtc:::sdkappid/1400123456` is the application in the account that the policy belongs to.

    A file that a tool fills in later is better checked afterwards, in the form in which CAM
    gets it.

    ## What camlint knows

    CAM documents the variables `${uin}`, `${owner_uin}` and `${app_id}`, and for tags
    `${qcs:principal_tag_key}` and `${qcs:principal_tag_value}`. Any other text between `${` and
    `}` is no variable. `<…>` has no meaning in CAM at all. Rows of x, hidden digits and `your_…` are
    recognised by their looks, with medium confidence.

    The numbers of Tencent's own samples (UIN 12345678 and 100000000001, APPID 1250000000,
    SDKAppID 1400000000) are only a note, once for each document: somebody may have them. With `accounts` and
    `sdkappids` configured those are the judge, and nothing is said here.
    """
    samples: dict[tuple[str, str], list[tuple[Text, int, int]]] = {}
    for text in places_of(policy):
        found = _find(text)
        if found:
            yield _tell(text, found)
        elif not text.malformed and text.element in ("resource", "principal"):
            seen = set()
            for what, start, end in _find_samples(text, context.settings):
                sample = (what, text.text[start:end])
                if sample not in seen:
                    seen.add(sample)
                    samples.setdefault(sample, []).append((text, start, end))
    for (what, number), places in samples.items():
        yield _tell_sample(what, number, places)


def _find(text: Text) -> list[Found]:
    """The placeholders of a text in order: first and last character, segment and confidence."""
    written = text.text
    if text.malformed and text.element == "resource" and not re.match(r"qcs|[<{$]", written):
        # The name of another cloud, or of nothing at all, must be written anew anyway.
        return []
    found: list[tuple[int, int, Confidence]] = []
    variables = read_variables(written)
    for one in variables:
        if one.exact or one.cloud:
            continue
        if not (one.meant and text.resolves_at(one.start)):
            sure = one.text.startswith("${") or "{{" in one.text
            found.append((one.start, one.end, Confidence.HIGH if sure else Confidence.MEDIUM))
    for match in re.finditer(BRACKETED, written):
        found.append((match.start(), match.end(), Confidence.HIGH))
    if found and not text.malformed:
        # A template: what CAM doesn't resolve here is meant to be filled in as well.
        found += [
            (one.start, one.end, Confidence.HIGH)
            for one in variables
            if one.exact and not text.resolves_at(one.start)
        ]
    if text.element in ("resource", "principal", "value") and not text.malformed:
        found += _find_masked(written)
        found += _find_unnamed(text)
    return [(start, end, _segment(text, start), sure) for start, end, sure in _drop_overlaps(found)]


def _find_masked(written: str) -> Iterator[tuple[int, int, Confidence]]:
    """Rows of x, stars and dots, each with the whole word around it."""
    reached = 0
    for match in re.finditer(MASKED, written):
        if match.start() < reached:
            continue
        start, end = match.span()
        while start > reached and (written[start - 1].isalnum() or written[start - 1] in "_-*."):
            start -= 1
        while end < len(written) and (written[end].isalnum() or written[end] in "_-*."):
            end += 1
        reached = end
        yield start, end, Confidence.MEDIUM


def _find_unnamed(text: Text) -> Iterator[tuple[int, int, Confidence]]:
    """``uin/`` with nothing behind it, or with a word that says what belongs there."""
    start, end = 0, len(text.text)
    if text.six is not None:
        start, end = text.six.account.start, text.six.account.end
    elif text.element != "principal":
        return
    for match in re.finditer(NAMED_ACCOUNT, text.text[start:end]):
        first = match.start("name") if match["name"] else match.start()
        yield start + first, start + match.end(), Confidence.HIGH


def _drop_overlaps(
    found: list[tuple[int, int, Confidence]],
) -> Iterator[tuple[int, int, Confidence]]:
    reached = 0
    for start, end, sure in sorted(found, key=lambda one: (one[0], -one[1])):
        if start >= reached:
            reached = end
            yield start, end, sure


def _segment(text: Text, at: int) -> str:
    """The part of a resource in which a character lies; for other texts what they are."""
    six = text.six
    if six is None:
        return text.element
    for name, segment in (("service", six.service), ("region", six.region)):
        if at <= segment.end:
            return name
    return "account" if at <= six.account.end else "tail"


def _tell(text: Text, found: list[Found]) -> Finding:
    """One finding for a text, at its first placeholder, that names them all."""
    written = text.text
    start, end, segment, _ = found[0]
    words = list(dict.fromkeys(written[first:last] for first, last, _, _ in found))
    shown = join_words([f'"{clip(word, 40)}"' for word in words[:4]])
    segments = {one[2] for one in found}
    here = segment if len(segments) == 1 else text.element
    if words in (["uin/"], ["uid/"]):
        message = f'"{words[0]}" has no number after it, {CONSEQUENCE[here]}'
        label = "no number"
    elif all("**" in word for word in words) and text.element != "value":
        hidden = "have parts" if len(words) > 1 else "has a part"
        message = f"{shown} {hidden} hidden behind stars, and CAM reads each star as a wildcard"
        label = "masked"
    elif all(word.startswith("${qcs:") for word in words):
        message = (
            f"{shown} {'are' if len(words) > 1 else 'is'} no variable of CAM, {CONSEQUENCE[here]}"
        )
        label = "not a variable"
    elif len(words) == 1:
        message = f"{shown} is still a placeholder, {CONSEQUENCE[here]}"
        label = "to be filled in"
    else:
        message = f"{shown} are still placeholders, {CONSEQUENCE[here]}"
        label = "to be filled in"
    way_out = WAY_OUT[here].format(owner=_owner(text))
    if here == "resource" and len(segments) > 1 and segments & {"region", "account"}:
        way_out += "; region and account may be left empty"
    note = ""
    if any(word.startswith("${") for word in words):
        note = VARIABLES_NOTE
    return Finding(
        message,
        text.place(start, end),
        label=label,
        related=tuple(
            Related(text.place(first, last), "and this") for first, last, _, _ in found[1:5]
        ),
        help=way_out,
        note=note,
        confidence=min((one[3] for one in found), key=lambda sure: sure.rank),
    )


def _owner(text: Text) -> str:
    """The form in which the service of a resource writes the account."""
    six = text.six
    appid = six is not None and (
        six.account.text.startswith("uid/") or six.service.text.lower() == "cos"
    )
    return "uid/ and the APPID" if appid else "uin/ and the UIN"


def _find_samples(text: Text, settings: Settings) -> Iterator[tuple[str, int, int]]:
    """The numbers of Tencent's samples in a resource or principal, with what they stand for."""
    written, six = text.text, text.six
    for match in re.finditer(SAMPLE, written):
        family = match[1].lower()
        what = SAMPLES[family].get(match[2])
        if what is None or (
            six is not None and six.tail.start <= match.start() and family != "sdkappid"
        ):
            continue
        stated = settings.sdkappids if family == "sdkappid" else settings.accounts
        if not stated or family == "uid":
            yield what, match.start(2), match.end(2)
    if six is not None and six.service.text.lower() == "cos":
        bucket = re.match(SAMPLE_BUCKET + r"(?![0-9A-Za-z-])", six.resource_type.text)
        if bucket:
            yield "APPID", six.tail.start + bucket.start(1), six.tail.start + bucket.end(1)


def _tell_sample(what: str, number: str, places: list[tuple[Text, int, int]]) -> Finding:
    (text, start, end), *others = places
    times = "twice" if len(others) == 1 else f"{len(others) + 1} times"
    again = f", used {times} in this policy," if others else ""
    return Finding(
        f"{number} is the {what} of Tencent's sample documents{again} and may not be yours",
        text.place(start, end),
        label="from a sample",
        related=tuple(Related(one.place(first, last), "again") for one, first, last in others[:3]),
        help=f"write the {what} of your own "
        + ("application" if what == "SDKAppID" else "account")
        + (
            ", or leave the account segment empty"
            if what == "UIN" and text.element == "resource"
            else ""
        ),
        severity=Severity.NOTE,
        confidence=Confidence.MEDIUM,
    )
