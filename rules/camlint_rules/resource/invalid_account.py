"""The account segment of a resource isn't an account as its service writes it."""

import re
from collections.abc import Iterator

from camlint.patterns import SixSegments, is_literal
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
    Severity,
    Trait,
    clip,
    quote,
    rule,
)

ACCOUNT = re.compile(r"(uin|uid)/[0-9]+")
APPID = re.compile(r"1(25|26|3[0-9])[0-9]{7}")
WRITTEN_WITH_UID = ("cos", "ci", "cas", "cls", "vod", "cdcs")
"""Services whose own documents or samples write the owner as ``uid/<APPID>``."""

WRITTEN_WITH_UIN = (
    *("cam", "cdb", "clb", "ctsdb", "cvm", "cynosdb", "im", "kms", "lightcos", "mongodb"),
    *("redis", "sqlserver", "ssm", "tcaplusdb", "tiw", "trtc", "vpc"),
)
"""Services whose lists of CAM-enabled APIs write the owner of their resources as ``uin/<UIN>``."""

WRITTEN_BARE = ("cls",)
"""Services whose samples write the owner as a bare number."""


@rule(
    code="CAM207",
    name="invalid-account",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10606",
        "https://cloud.tencent.com/document/product/460/41742",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
                "resource": ["qcs::trtc::«100000000001»:sdkappid/1400000001"]
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
                "action": "cdb:DescribeDBInstances",
                "resource": [
                  "qcs::cdb:ap-guangzhou:«uid/1250000000»:instanceId/cdb-a1b2c3d4",
                  "qcs::cdb:ap-guangzhou:«uin/video-team»:instanceId/cdb-a1b2c3d4"
                ]
              }]
            }
            """
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": "cvm:StartInstances",
                "resource": ["qcs::cvm:ap-guangzhou:«instance»:ins-a1b2c3d4"]
              }]
            }
            """,
            fixed="""
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": "cvm:StartInstances",
                "resource": ["qcs::cvm:ap-guangzhou::instance/ins-a1b2c3d4"]
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
                "action": "cls:SearchLog",
                "resource": ["qcs::cls:ap-guangzhou:«100000000001»:topic/*"]
              }]
            }
            """
        ),
    ),
    good=Good(
        """
        {
          "version": "2.0",
          "statement": [{
            "effect": "allow",
            "action": ["trtc:RemoveUser", "cdb:DescribeDBInstances", "cos:GetObject"],
            "resource": [
              "qcs::trtc::uin/100000000001:sdkappid/1400000001",
              "qcs::cdb:ap-guangzhou::instanceId/cdb-a1b2c3d4",
              "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
              "qcs::trtc::uin/${uin}:sdkappid/1400000002",
              "qcs::trtc::uin/<account>:sdkappid/1400000003",
              "qcs::cls:ap-guangzhou:100000***001:topic/*"
            ]
          }]
        }
        """
    ),
    when=Trait.UNPROVEN,
)
def check(resource: ResourcePattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The fifth segment of a resource says whose it is: `uin/` and the UIN of the root account, or
    `uid/` and its APPID. Left empty it means the account that the policy belongs to. CAM checks
    the segment when a policy is saved and has an error of its own for it (`ResourceUinError`). A
    text that names no account names no resource either.

    Which of the two forms is right depends on the service. COS, Cloud Infinite (CI) and CAS write
    `uid/`, most others `uin/`. The APPID and the UIN of an account are
    different numbers, so the one can't stand for the other.

    ## How to fix it

    Write `uin/<UIN>` with the account's UIN from the console's account page (usually twelve
    digits), or `uid/<APPID>` for COS. Or leave the segment empty: the policy then works
    in any account, which is what most policies want.

    ## What camlint knows

    The two forms are documented. `uid/` is an error where the service's own list of CAM-enabled
    APIs writes `uin/`, and a warning of medium confidence for services without such a list, unless
    their samples write it too (CI, CLS, VOD, the data coffer). The bare number that samples of CLS
    use is a warning. Placeholders such as `uin/<account>` or a masked number aren't looked at by
    this rule.
    """
    six = resource.six
    if six is None:
        return
    account = six.account.text
    if not account or (
        account.startswith("uin/") and account[4:].isdecimal() and account.isascii()
    ):
        return
    service = six.service.text.lower()
    if account in ("", "uin/", "uid/") or not is_literal(account):
        return
    if six.project.text.isalnum() or six.project.text.isspace():
        # Every segment stands one place too early, or all have blanks: project-segment tells.
        return
    place = resource.place(six.account.start, six.account.end)
    if ACCOUNT.fullmatch(account):
        if account.startswith("uid/") and service and service not in WRITTEN_WITH_UID:
            documented = service in WRITTEN_WITH_UIN
            yield Finding(
                f"{service} writes the owner of a resource as uin/, so {quote(account)} names no "
                "account there"
                if documented
                else f"{quote(account)} is a form of owner that CAM describes only for COS and CAS, "
                f"so {service} may not know it",
                place,
                label="an APPID" if documented else "uin/ expected",
                help="write uin/ and the UIN of the account, a different number than the APPID, or "
                f"leave the segment empty for your own account: {_write(six, '')}",
                severity=None if documented else Severity.WARNING,
                confidence=None if documented else Confidence.MEDIUM,
            )
        return
    if account.isascii() and account.isdigit():
        form = "uid" if service in ("cos", "ci", "cas") else "uin"
        bare = service in WRITTEN_BARE
        way_out = f"write {form}/{account}"
        fixes: tuple[Fix, ...] = ()
        if not bare and (form == "uid") is bool(APPID.fullmatch(account)):
            fixes = (Fix(Safety.REPAIR, way_out, Replace(place, f"{form}/{account}")),)
        yield Finding(
            f"account {account} lacks {form}/ in front of it"
            + (", as only samples of CLS write it" if bare else ", so it names no account"),
            place,
            label=f"{form}/ is missing",
            help=f"{account} looks like an APPID; write uin/ and the UIN of the account instead"
            if form == "uin" and APPID.fullmatch(account)
            else way_out,
            severity=Severity.WARNING if bare else None,
            confidence=Confidence.MEDIUM if bare else None,
            fixes=fixes,
        )
        return
    label, way_out, mended = _explain(account, six, context)
    whole = resource.place(six.account.start, six.tail.end)
    yield Finding(
        f"{quote(account)} stands where the account belongs, but is neither uin/<digits> nor "
        "uid/<digits>",
        place,
        label=label,
        help=way_out,
        fixes=(Fix(Safety.REPAIR, way_out, Replace(whole, mended)),) if mended else (),
    )


def _explain(account: str, six: SixSegments, context: Context) -> tuple[str, str, str]:
    """What is wrong with a text that isn't an account, and what to write for it.

    The third text is what the account and the segment behind it surely are, ``""`` where the author
    alone knows.
    """
    tail = six.tail.text
    empty = f"or leave the segment empty for your own account: {_write(six, '')}"
    squeezed = "".join(account.split())
    if account.lower() in ("uin", "uid") and (found := re.match(r"([0-9]+):(.+)", tail)):
        whole = f"{account.lower()}/{found[1]}"
        way_out = f"write {_write(six, whole, found[2])}"
        return "a slash belongs here", way_out, f"{whole}:{found[2]}"
    if squeezed != account:
        mended = f"{squeezed}:{tail}" if ACCOUNT.fullmatch(squeezed) else ""
        return "blank", f"write {squeezed}", mended
    if ACCOUNT.fullmatch(account.lower()):
        lower = account.lower()
        return "must be lower case", f"write {lower}", f"{lower}:{tail}"
    if joined := re.fullmatch(r"(uin|uid)[^0-9a-z]*([0-9]+)/?", account, re.IGNORECASE):
        whole = f"{joined[1].lower()}/{joined[2]}"
        return "not the form of an account", f"write {whole}", f"{whole}:{tail}"
    if account.isalpha() and "/" not in tail:
        way_out = f"write {_write(six, '', f'{account}/{tail}')}"
        known = account in context.catalog.service(six.service.text).types
        return "the account segment is missing", way_out, f":{account}/{tail}" if known else ""
    if account.startswith(("uin/", "uid/")):
        what = "the UIN of the account" if account.startswith("uin/") else "its APPID"
        return "not a number", f"write {what} after {account[:4]}, {empty}", ""
    return "no account", f"write uin/ and the UIN of the account, {empty}", ""


def _write(six: SixSegments, account: str, tail: str = "") -> str:
    service, region = six.service.text, six.region.text
    return clip(f"qcs::{service}:{region}:{account}:{tail or six.tail.text}", 120)
