"""A resource is neither "*" nor a name of six segments that begins with qcs."""

import re
from collections.abc import Iterator

from camlint.patterns import holds_placeholder, split_resource
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Fault,
    Finding,
    Fix,
    Good,
    Malformed,
    Replace,
    Safety,
    Severity,
    Trait,
    clip,
    quote,
    rule,
)

Diagnosis = tuple[str, str, str]
"""What is wrong (completes "… so it names no resource"), a label, and what to write."""

VARIABLE = re.compile(r"\$\{(?:uin|owner_uin|app_id)\}")
SERVICE = re.compile(r"[a-z][a-z0-9]*")
OWNER = re.compile(r"ui[nd]/", re.IGNORECASE)
REGION = re.compile(r"[a-z]{2,4}-[a-z]+(?:-[a-z0-9]+)*|gz|sh|bj|hk|sg|ca|cd|de|shjr|\*|")
NUMBERS = ("no", "one", "two", "three", "four", "five")
FORM = "qcs::<service>:<region>:<account>:<type>/<id>"
COS_HOST = re.compile(
    r"(?:https?://)?([a-z0-9-]+-([0-9]{8,}))\.cos\.([a-z0-9-]+)\.(?:myqcloud|tencentcos)\.c[a-z]+(/.*)?"
)

NAMES = (
    (re.compile(r"(?:sdkappid/)?([0-9]{10})", re.IGNORECASE), "qcs::trtc::uin/<UIN>:sdkappid/{}"),
    (re.compile(r"(?:instanceId/)?(cdb(?:ro)?-[a-z0-9]{8})"), "qcs::cdb:<region>::instanceId/{}"),
    (re.compile(r"(?:instance/)?(ins-[a-z0-9]{8})"), "qcs::cvm:<region>::instance/{}"),
    (re.compile(r"(?:vpc/)?(vpc-[a-z0-9]{8})"), "qcs::vpc:<region>::vpc/{}"),
)
"""Ids that tell by themselves which service they belong to."""

BUCKET = re.compile(r"([a-z0-9][a-z0-9-]*-([0-9]{8,10}))(/.*)?")

FULL_WIDTH = "full-width colon"
BLANK = "blank"
CASE = "must be lower case"
SECOND_COLON = "a second colon belongs after qcs"
NO_REGION = "the region is missing; it may be empty"
NO_ACCOUNT = "the account is missing; it may be empty"
PLAIN = (FULL_WIDTH, BLANK, CASE, NO_REGION, NO_ACCOUNT)
"""The faults of which it is plain what was meant."""
ALL_BUT_ONE = 4
"""Colons of a resource that lacks one."""


@rule(
    code="CAM201",
    name="malformed-resource",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=("https://cloud.tencent.com/document/product/598/10606",),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": "monitor:DescribeAlarmPolicy",
                "resource": [«"qcs::monitor:uin/100000000001:cm-policy/policy-a1b2c3d4"»]
              }]
            }
            """,
            fixed="""
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": "monitor:DescribeAlarmPolicy",
                "resource": ["qcs::monitor::uin/100000000001:cm-policy/policy-a1b2c3d4"]
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
                "action": ["trtc:RemoveUser", "cos:GetObject", "cvm:StartInstances"],
                "resource": [
                  «"trtc::uin/100000000001:sdkappid/1400000001"»,
                  «"qcs:cos:ap-guangzhou:uid/1250000000:logs-1250000000/*"»,
                  «"qcs::cvm:instance/ins-a1b2c3d4"»,
                  «"1400000001"»,
                  «"cos:*"»
                ]
              }]
            }
            """,
            fixed="""
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["trtc:RemoveUser", "cos:GetObject", "cvm:StartInstances"],
                "resource": [
                  "trtc::uin/100000000001:sdkappid/1400000001",
                  "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
                  "qcs::cvm:instance/ins-a1b2c3d4",
                  "1400000001",
                  "cos:*"
                ]
              }]
            }
            """,
        ),
    ),
    good=Good(
        """
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": "monitor:DescribeAlarmPolicy",
              "resource": ["qcs::monitor::uin/100000000001:cm-policy/policy-a1b2c3d4"]
            },
            {
              "effect": "allow",
              "action": ["trtc:RemoveUser", "cos:GetObject"],
              "resource": [
                "qcs::trtc::uin/100000000001:sdkappid/1400000001",
                "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
                "${local.bucket}"
              ]
            },
            {"effect": "allow", "action": "trtc:DescribeAppStatList", "resource": "*"}
          ]
        }
        """
    ),
    when=Trait.UNREADABLE,
)
def check(malformed: Malformed, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    CAM reads a resource in six segments with colons between them:

    ```
    qcs:<project>:<service>:<region>:<account>:<resource>
    ```

    The project is always empty, so a resource begins with `qcs::`. Region and account may be empty,
    but their colons must be there. With a segment too few, everything after the gap stands
    in the wrong place. CAM has several errors for what it can't read there (`ResourceError`,
    `ResourceQcsError`, `ResourceContentError`), and no request has such a resource.

    ## How to fix it

    Count five colons. Typical resources are

    - `qcs::trtc::uin/100000000001:sdkappid/1400000001`, without a region
    - `qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-a1b2c3d4`
    - `qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*`
    - `"*"` for everything, and for actions that can't be limited to a resource
    """
    if malformed.element != "resource" or malformed.fault is not Fault.UNREADABLE:
        return
    text = str(malformed.value)
    if _is_template(text):
        return
    problem, label, meant = _diagnose(text)
    way_out = f"write {clip(meant, 140)}"
    fix = Fix(Safety.REPAIR, way_out, Replace(malformed.place(), meant))
    plain = label in PLAIN or (label == SECOND_COLON and text.count(":") == ALL_BUT_ONE)
    yield Finding(
        f"{quote(text)} {problem}, so it names no resource",
        malformed.place(),
        label=label,
        help=way_out,
        fixes=(fix,) if plain and _is_whole(meant, context) else (),
    )


def _is_whole(meant: str, context: Context) -> bool:
    """Whether a resource needs nothing more filled in, and is of a service that is known."""
    six = split_resource(meant)
    if six is None or holds_placeholder(meant):
        return meant == "*"
    service = six.service.text
    return not service or context.catalog.service(service).known


def _is_template(text: str) -> bool:
    """Whether something that isn't known yet may bring the colons that are missing."""
    rest = VARIABLE.sub("", text)
    if "${" in rest or "{{" in rest or "%s" in rest:
        return True
    return holds_placeholder(rest) and ":" not in rest


def _diagnose(text: str) -> Diagnosis:
    squeezed = "".join(text.split())
    if squeezed != text and _reads(squeezed):
        return "has a blank in it", BLANK, squeezed
    if len(re.findall(r"qcs:", text)) > 1:
        return (
            "holds several resources in one string",
            "one resource only",
            "each as a string of its own",
        )
    parts = squeezed.split(":")
    if parts[0].lower() == "qcs":
        if parts[0] != "qcs" and _reads("qcs" + squeezed[3:]):
            return f"begins with {parts[0]}, not qcs", CASE, "qcs" + squeezed[3:]
        return _count("qcs" + squeezed[3:], parts)
    if found := COS_HOST.fullmatch(squeezed):
        bucket, appid, region, key = found.groups()
        meant = f"qcs::cos:{region}:uid/{appid}:{bucket}{key or '/*'}"
        return "is an address of a COS bucket", "an address", meant
    if "://" in squeezed:
        return "is an address", "an address", FORM
    if squeezed.strip("*:/") == "":
        return 'is another spelling of "*"', 'only "*" means everything', '"*"'
    if found := re.fullmatch(
        r"([a-z][a-z0-9]*):(\*|[A-Z][A-Za-z0-9*]*)", squeezed.removeprefix("name/")
    ):
        meant = f'qcs::{found[1]}:::* for everything of {found[1]}, or "*"'
        return "is an action, not a resource", "an action", meant
    if ":" in squeezed:
        return _without_qcs(squeezed, parts)
    return _bare(squeezed)


def _reads(text: str) -> bool:
    return text == "*" or split_resource(text) is not None


def _count(text: str, parts: list[str]) -> Diagnosis:
    """Which segments a name that begins with qcs lacks."""
    have = f"has {NUMBERS[len(parts)]} segment{'s' if len(parts) > 1 else ''} where CAM wants six"
    if len(parts) > 2 and parts[1] and SERVICE.fullmatch(parts[1]):
        # A single colon after qcs: the empty project is what is missing, and maybe more.
        rest = parts[1:]
        label = SECOND_COLON
    else:
        rest = parts[2:]
        label = ""
    if not rest or not rest[0]:
        return have, label or "segments are missing", FORM
    service, *others = rest
    if not others:
        return have, label or "all but the service is missing", f"qcs::{service}:::*"
    *middle, tail = others
    region, account, missing = "", "", ""
    if len(middle) == 2:
        region, account = middle
    elif len(middle) == 1 and OWNER.match(middle[0]):
        account, missing = middle[0], NO_REGION
    elif len(middle) == 1 and REGION.fullmatch(middle[0]):
        region, missing = middle[0], NO_ACCOUNT
    elif len(middle) == 1 and "/" not in tail:
        tail, missing = f"{middle[0]}/{tail}", "region and account are missing; they may be empty"
    elif len(middle) == 1:
        return have, label or "a segment is missing", FORM.replace("<service>", service)
    elif OWNER.match(tail):
        account, tail = tail, "*"
        missing = "the region and the resource are missing"
    else:
        missing = "region and account are missing; they may be empty"
    return have, label or missing, f"qcs::{service}:{region}:{account}:{tail}"


def _without_qcs(text: str, parts: list[str]) -> Diagnosis:
    """A name that seems to lack its beginning."""
    rest = text.lstrip(":")
    meant = "qcs" + text[len(parts[0]) :]
    if _reads(meant) and len(parts[0]) <= 4 and not parts[1]:
        return "doesn't begin with qcs", "must be qcs", meant
    meant = "qcs::" + rest
    if _reads(meant) and SERVICE.fullmatch(rest.partition(":")[0]):
        return "doesn't begin with qcs", "qcs:: is missing", meant
    return "doesn't begin with qcs and has too few segments", "not six segments", FORM


def _bare(text: str) -> Diagnosis:
    """A lone id or path, as far as it tells what it belongs to."""
    problem, label = "is only the last part of a resource", "five segments are missing"
    for form, meant in NAMES:
        if found := form.fullmatch(text):
            return problem, label, meant.format(found[1])
    if found := BUCKET.fullmatch(text):
        bucket, appid, key = found.groups()
        return problem, label, f"qcs::cos:<region>:uid/{appid}:{bucket}{key or '/*'}"
    if "/" in text:
        return problem, label, f"qcs::<service>:<region>:<account>:{text}"
    return "isn't six segments that begin with qcs", "not a resource", f'{FORM}, or "*"'
