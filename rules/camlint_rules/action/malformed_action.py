"""An action hasn't the form service:Operation."""

import re
from collections.abc import Callable, Iterator

from camlint.patterns import split_action
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Fault,
    Finding,
    Fix,
    Good,
    Insert,
    Malformed,
    Replace,
    Safety,
    SetValue,
    Severity,
    Trait,
    clip,
    rule,
)

REFUSED = "so CAM refuses the policy"
FORM = "write it as service:Operation, such as cvm:DescribeInstances"

LONGEST = 5000
"""Characters of a text that is taken apart; the longest known action has under a hundred."""

BETWEEN_ACTIONS = re.compile(r"[\s,，;；、|]+")
QUOTES = re.compile("[\"'`“”‘’«»]")
BLANK = re.compile(r"\s")
PLACEHOLDER = re.compile(r"<[^<>]*>|\$?\{[^{}]*\}+|\$\([^()]*\)|\[[^\[\]]*\]")
OTHER_CLOUDS = ("arn:", "acs:", "trn:", "iam:")
METHODS = ("GET ", "POST ", "PUT ", "DELETE ", "HEAD ", "PATCH ", "OPTIONS ", "ANY ")
PATH = re.compile(r"https?://|/|[A-Za-z*]*:/")
OTHER_SEPARATOR = re.compile(
    r"(?P<prefix>name[/.:])?(?P<service>[a-z][a-z0-9_]*)(?P<sign>\.|/|->|\\|-|#|;|=|::)"
    r"(?P<operation>[A-Za-z*][A-Za-z0-9_*]*)"
)
SIGNS = {
    ".": "a dot",
    "/": "a slash",
    "->": "an arrow",
    "\\": "a backslash",
    "-": "a hyphen",
    "#": "a #",
    ";": "a semicolon",
    "=": "an equals sign",
    "::": "two colons",
}
SPOILING: dict[str, Callable[[str], str]] = {
    "blank": lambda text: BLANK.sub("", text),
    "colon": lambda text: text.replace("：", ":"),
    "quotes": lambda text: QUOTES.sub("", text),
    "punctuation": lambda text: text.strip(",，;；、.。"),
}
"""Signs that stand in an action by mistake, and what takes them out."""

FAULTS = {
    "quotes": ("quotation marks inside the text", "quotation marks inside"),
    "punctuation": ("punctuation inside the text that belongs outside", "punctuation inside"),
}
NAME_PREFIX = re.compile(r"(?i:names?)[/\\:.]+(?P<rest>.+)")
ACTION_SET = re.compile(r"(?i)perm[a-z]*[/:]?\s*(?P<number>[0-9]+)")
WORD = re.compile(r"[A-Za-z0-9_*-]+")


@rule(
    code="CAM101",
    name="malformed-action",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10604",
        "https://cloud.tencent.com/document/product/598/10603",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": [
                    «"DescribeRoomInfo"»,
                    «"trtc.DismissRoom"»,
                    «"trtc::RemoveUser"»,
                    "trtc:StartMCUMixTranscode"
                  ],
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
                  "action": [
                    "DescribeRoomInfo",
                    "trtc:DismissRoom",
                    "trtc:RemoveUser",
                    "trtc:StartMCUMixTranscode"
                  ],
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
                  "action": «"cdb:DescribeDBInstances,cdb:DescribeBackups"»,
                  "resource": "qcs::cdb:ap-guangzhou::instanceId/cdb-a1b2c3d4"
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
                  "resource": "qcs::cdb:ap-guangzhou::instanceId/cdb-a1b2c3d4"
                }
              ]
            }
            """,
        ),
    ),
    good=(
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["trtc:DescribeRoomInfo", "name/trtc:DismissRoom", "trtc:Remove*"],
                  "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
                }
              ]
            }
        """),
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cdb:DescribeDBInstances", "cdb:DescribeBackups"],
                  "resource": ["*"]
                }
              ]
            }
        """),
    ),
    when=Trait.UNREADABLE,
)
def check(malformed: Malformed, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    CAM reads an action as `service:Operation`: the product's short name, a colon, the name of the
    operation. It refuses a policy with an action of another form (`ActionError`), and with it
    every other statement of that policy.

    ## How to fix it

    | form | what it means |
    | --- | --- |
    | `cdb:DescribeDBInstances` | one operation |
    | `name/cdb:DescribeDBInstances` | the same, in the older spelling |
    | `cdb:Describe*`, `cdb:*Backup*` | every operation with such a name |
    | `cdb:*` | every operation of the product |
    | `*` or `*:*` | every operation of every product |

    Each action is a text of its own; several stand in a list. `camlint catalog` finds the product
    and the operation by a part of the name, once you know what it should do.

    ## What camlint knows

    The forms are documented. `permid/<number>` and `actionName/<name>`, sets of actions from
    earlier years, are accepted too, but nothing can be said about what they hold.
    """
    text = malformed.value
    if malformed.element != "action" or malformed.fault is not Fault.UNREADABLE:
        return
    if isinstance(text, str):
        message, label, way_out = _diagnose(text)
        edits = _mend(malformed, text, way_out, context)
        fixes = (Fix(Safety.REPAIR, way_out, *edits),) if edits else ()
        yield Finding(message, malformed.place(), label=label, help=way_out, fixes=fixes)


def _mend(
    malformed: Malformed, text: str, way_out: str, context: Context
) -> tuple[Replace | SetValue | Insert, ...]:
    """What the way out says as edits, where it says what to write; else none."""
    if len(text) > LONGEST:
        return ()
    listed = _split(text)
    if listed:
        return _write_list(malformed, listed) if way_out.startswith("write a list") else ()
    mended, _ = _mend_signs(text)
    if not mended:
        mended = _mend_prefix(text.strip()) or _mend_separator(text.strip())
        name = split_action(mended)
        if name is None or not context.catalog.service(name.service.text).known:
            return ()
    return (Replace(malformed.place(), mended),) if way_out == f'write "{mended}"' else ()


def _write_list(malformed: Malformed, listed: list[str]) -> tuple[Replace | SetValue | Insert, ...]:
    """Several actions in the place of one text: in its list, or as a list where it stood alone."""
    pointer = malformed.pointer
    index = pointer[-1]
    if not isinstance(index, int):
        return (SetValue(pointer, listed),)
    added = [Insert(pointer[:-1], index + 1, one) for one in listed[1:]]
    return (Replace(malformed.place(), listed[0]), *added)


def _mend_prefix(stripped: str) -> str:
    """The action behind a misspelt ``name/``, or nothing."""
    found = NAME_PREFIX.fullmatch(stripped)
    mended = f"name/{found['rest']}" if found else ""
    return mended if split_action(mended) else ""


def _mend_separator(stripped: str) -> str:
    """The action that a text is with a colon for the sign in its middle, or nothing."""
    found = OTHER_SEPARATOR.fullmatch(stripped)
    if not found or (found["service"] == "name" and not found["prefix"]):
        return ""
    mended = f"{'name/' if found['prefix'] else ''}{found['service']}:{found['operation']}"
    return mended if split_action(mended) else ""


def _diagnose(text: str) -> tuple[str, str, str]:
    """The message, the words beside the carets and the way out, by the first fault that fits."""
    shown = clip(text)
    if len(text) > LONGEST:
        return (f"{shown} isn't a form of action that CAM knows, {REFUSED}", "malformed", FORM)
    listed = _split(text)
    if listed:
        items = ", ".join(f'"{part}"' for part in listed)
        return (
            f"{shown} holds {len(listed)} actions in one text, {REFUSED}",
            f"{len(listed)} actions in one",
            f"write a list: [{items}]" if len(items) <= 200 else "write each as an item of a list",
        )
    return _diagnose_sign(text, shown) or _diagnose_form(text, shown)


def _split(text: str) -> list[str]:
    """The actions of a text that holds several, else none."""
    listed = [part for part in BETWEEN_ACTIONS.split(QUOTES.sub("", text)) if part]
    return listed if len(listed) > 1 and all(_plausible(part) for part in listed) else []


def _plausible(part: str) -> bool:
    """Whether a part of a longer text is an action by itself; a lone ``*`` isn't convincing."""
    return part != "*" and split_action(part) is not None


def _diagnose_sign(text: str, shown: str) -> tuple[str, str, str] | None:
    """Faults of single characters, which a plain replacement mends."""
    mended, fault = _mend_signs(text)
    if fault not in FAULTS:
        return None
    problem, label = FAULTS[fault]
    return (f"{shown} has {problem}, {REFUSED}", label, f'write "{mended}"')


def _mend_signs(text: str) -> tuple[str, str]:
    """The action that remains without the signs that spoil it, and which of them came last."""
    for fault, mend in SPOILING.items():
        mended = mend(text)
        if mended != text and split_action(mended):
            return mended, fault
        text = mended
    return "", ""


def _diagnose_form(text: str, shown: str) -> tuple[str, str, str]:
    stripped = text.strip()
    if stripped.startswith(("qcs:", "qcs：")):
        return (
            f"{shown} is a resource, not an action, {REFUSED}",
            "a resource",
            'move it to "resource", and name here what may be done with it',
        )
    if stripped.startswith(OTHER_CLOUDS):
        return (
            f"{shown} is a name from another cloud, {REFUSED}",
            "from another cloud",
            FORM,
        )
    if found := PLACEHOLDER.search(stripped):
        return (
            f"{shown} still has the placeholder {clip(found[0], 30)} in it, {REFUSED}",
            "a placeholder",
            "put in the name of the operation, or * for every one of the product; CAM resolves no "
            "variables in actions",
        )
    if PATH.match(stripped) or stripped.upper().startswith(METHODS):
        return (
            f"{shown} is the path of a web request, not an action, {REFUSED}",
            "a path",
            f"CAM decides on operations of Tencent Cloud's own API; {FORM}",
        )
    return _diagnose_parts(stripped, shown)


def _diagnose_parts(stripped: str, shown: str) -> tuple[str, str, str]:
    """Faults of service, separator and operation."""
    if (found := ACTION_SET.fullmatch(stripped)) and not stripped.startswith("permid/"):
        return (
            f"{shown} looks like a set of actions, which is spelt permid/ and a number, {REFUSED}",
            "not a known form",
            f'write "permid/{found["number"]}", or better the actions themselves',
        )
    if stripped in ("**", "*.*", "*/*", "*.", "all", "any", "ALL", "All", "Any"):
        return (
            f"{shown} isn't how CAM writes every action, {REFUSED}",
            "not a known form",
            'name the actions that are needed; every action of every product would be "*"',
        )
    if mended := _mend_prefix(stripped):
        return (
            f"{shown} begins with a misspelt name/, {REFUSED}",
            "not name/",
            f'write "{mended}"',
        )
    if (found := OTHER_SEPARATOR.fullmatch(stripped)) and (mended := _mend_separator(stripped)):
        return (
            f"{shown} has {SIGNS[found['sign']]} between service and operation instead of a "
            f"colon, {REFUSED}",
            SIGNS[found["sign"]],
            f'write "{mended}"',
        )
    bare = stripped.removeprefix("name/")
    if bare.endswith(":"):
        return (
            f"{shown} names no operation after the colon, {REFUSED}",
            "no operation",
            f'write the operation; every one of the product would be "{stripped}*"',
        )
    if bare.startswith(":"):
        return (
            f"{shown} names no service before the colon, {REFUSED}",
            "no service",
            f'put the product in front, such as "cvm{bare}" for a cloud server',
        )
    if WORD.fullmatch(bare):
        if bare.islower() and "*" not in bare:
            return (
                f"{shown} names no operation, {REFUSED}",
                "no operation",
                f"write the operation after a colon; if {bare} is the product, every one of its "
                f'operations would be "{bare}:*"',
            )
        return (
            f"{shown} doesn't say of which product it is, {REFUSED}",
            "no service",
            f'put the product and a colon in front, such as "cvm:{bare}" for a cloud server',
        )
    if stripped.count(":") > 1:
        return (
            f"{shown} has more than one colon, {REFUSED}",
            "too many colons",
            f"{FORM}, with one colon",
        )
    return (f"{shown} isn't a form of action that CAM knows, {REFUSED}", "malformed", FORM)
