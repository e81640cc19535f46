"""A resource names an instance by something that can't be its id."""

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
    Severity,
    Trait,
    clip,
    quote,
    rule,
)

CDB = re.compile(r"cdb(?:ro)?-[a-z0-9]{8}")
LIKE_CDB = re.compile(r"cdb[a-z]+-[a-z0-9]{8}")
GROUP = "cdbrg-"
SHORT = re.compile(r"(cdb(?:ro)?)-([A-Za-z0-9]+)")
ANY_ID = re.compile(r"([a-z]+)-[a-z0-9]{8}")

KINDS = {
    "ins": "a CVM instance",
    "vpc": "a VPC",
    "subnet": "a subnet",
    "sg": "a security group",
    "cdb": "a TencentDB for MySQL instance",
    "cdbro": "a TencentDB for MySQL instance",
    "crs": "a TencentDB for Redis instance",
    "cmgo": "a TencentDB for MongoDB instance",
}
"""What ids with a documented prefix are ids of."""

OWN = {
    ("cvm", "instance"): ("ins",),
    ("cvm", "sg"): ("sg",),
    ("vpc", "vpc"): ("vpc",),
    ("vpc", "subnet"): ("subnet",),
    ("redis", "instance"): ("crs",),
    ("mongodb", "instance"): ("cmgo",),
    ("mongodb", "instanceid"): ("cmgo",),
}
"""The prefixes of the ids after a service's resource type, in lower case."""

CONSOLE = "the id is cdb- or cdbro- and eight letters or digits, as the console lists it"


@rule(
    code="CAM212",
    name="invalid-instance-id",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/236/40939",
        "https://cloud.tencent.com/document/product/598/69878",
        "https://www.tencentcloud.com/document/product/213/33258",
        "https://cloud.tencent.com/document/api/239/20018",
        "https://www.tencentcloud.com/document/product/240/34702",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["cdb:RestartDBInstances", "cdb:CreateBackup"],
                "resource": [
                  "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/«cdb-a1b2c3d»",
                  "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/«CDB-A1B2C3D4»",
                  "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/«cdbrg-a1b2c3d4»",
                  "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/«orders-db»"
                ]
              }]
            }
            """,
            fixed="""
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["cdb:RestartDBInstances", "cdb:CreateBackup"],
                "resource": [
                  "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-a1b2c3d",
                  "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-a1b2c3d4",
                  "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdbrg-a1b2c3d4",
                  "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/orders-db"
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
                "effect": "deny",
                "action": "cvm:TerminateInstances",
                "resource": [
                  "qcs::cvm:ap-guangzhou:uin/100000000001:instance/«cdb-a1b2c3d4»"
                ]
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
            "action": ["cdb:RestartDBInstances", "cvm:StartInstances"],
            "resource": [
              "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-a1b2c3d4",
              "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdbro-a1b2c3d4",
              "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/*",
              "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-*",
              "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-xxxxxxxx",
              "qcs::cvm:ap-guangzhou:uin/100000000001:instance/ins-a1b2c3d4"
            ]
          }]
        }
        """
    ),
    when=Trait.INSTANCE,
)
def check(resource: ResourcePattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    CAM doesn't ask whether an instance exists when a policy is saved. A resource with an id that no
    instance can have is never matched: an allow for it grants nothing, a deny for it protects
    nothing. Mostly a letter was lost while copying, or the name of the instance or the id of something
    else was written.

    Ids of TencentDB for MySQL are `cdb-` and eight lower-case letters or digits, those of read-only
    instances `cdbro-` and eight. `cdbrg-` is a group of read-only instances, and not an instance.

    ## How to fix it

    Copy the id from the list of instances in the console. For a read-only group, name its instances.

    ## What camlint knows

    The form of MySQL ids is the one in all of Tencent's API pages and samples. Of CVM, VPC, Redis and
    MongoDB only the prefixes are looked at, and only an id that plainly belongs to another
    product is reported, with medium confidence. Another prefix that begins with `cdb` is a warning.
    """
    six = resource.six
    if six is None or six.resource_id is None:
        return
    service, kind = six.service.text, six.resource_type.text.lower()
    identifier = six.resource_id
    if service == "cdb":
        if kind == "instanceid" and CDB.fullmatch(identifier.text) is None:
            yield from _check_cdb(resource, identifier)
        return
    own = OWN.get((service, kind))
    if own is None:
        return
    found = ANY_ID.fullmatch(identifier.text)
    if found and found[1] not in own and found[1] in KINDS and is_literal(identifier.text):
        yield Finding(
            f"{identifier.text} is the id of {KINDS[found[1]]}, so no {six.resource_type.text} of "
            f"{service} has it",
            resource.place(identifier.start, identifier.end),
            label=f"{own[0]}-… expected",
            help=f"write an id that begins with {own[0]}-, or name the resource of the other service",
            confidence=Confidence.MEDIUM,
        )


def _check_cdb(resource: ResourcePattern, identifier: Segment) -> Iterator[Finding]:
    """What is wrong with a literal text that isn't the id of a MySQL instance."""
    text = identifier.text
    if not is_literal(text) or text != "".join(text.split()):
        return
    place = resource.place(identifier.start, identifier.end)
    if not text:
        yield Finding(
            '"instanceId/" lacks the id of the instance, so it names no resource',
            resource.place(identifier.start - len("instanceId/"), identifier.end),
            label="no id",
            help="write the id, such as cdb-a1b2c3d4, or * for every instance",
        )
        return
    if text.startswith(GROUP):
        yield Finding(
            f"{clip(text)} is a group of read-only instances, so no instance has that id",
            place,
            label="a read-only group",
            help="name the read-only instances in the group, each cdbro- and eight letters or digits",
        )
        return
    if LIKE_CDB.fullmatch(text):
        yield Finding(
            f"{text} begins unlike any documented id of TencentDB for MySQL, so it may name no "
            "instance",
            place,
            label="cdb- or cdbro- expected",
            help=CONSOLE,
            severity=Severity.WARNING,
            confidence=Confidence.MEDIUM,
        )
        return
    label, way_out, mended = _explain(text)
    fix = Fix(Safety.REPAIR, f"write {mended}", Replace(place, mended))
    yield Finding(
        f"{quote(text)} is no id of a TencentDB for MySQL instance, so it names none",
        place,
        label=label,
        help=way_out,
        fixes=(fix,) if mended else (),
    )


def _explain(text: str) -> tuple[str, str, str]:
    """What keeps a text from being an id, what to write, and the id that it surely is, if any."""
    if CDB.fullmatch(text.lower()):
        return "must be lower case", f"write {text.lower()}", text.lower()
    if found := SHORT.fullmatch(text):
        count = len(found[2])
        return (
            f"{count} character{'' if count == 1 else 's'} after {found[1]}-, not 8",
            f"copy it again: {CONSOLE}",
            "",
        )
    head, slash, path = text.partition("/")
    if slash and CDB.fullmatch(head):
        return (
            "nothing may follow the id",
            f"write {head}; what is inside an instance has no resource of its own",
            # Whoever names something in it doesn't mean the whole instance.
            "" if path else head,
        )
    if re.fullmatch(r"[a-z0-9]{8}", text) and not text.isalpha():
        return "cdb- is missing", f"write cdb-{text}, or cdbro-{text} for a read-only instance", ""
    joined = re.fullmatch(r"(cdb(?:ro)?)[_.:=]?([a-z0-9]{8})", text)
    if joined:
        mended = f"{joined[1]}-{joined[2]}"
        return "a hyphen belongs here", f"write {mended}", mended
    found = ANY_ID.fullmatch(text)
    if found and found[1] in KINDS:
        return f"the id of {KINDS[found[1]]}", CONSOLE, ""
    return "no instance id", f"{CONSOLE}; the name of an instance can't be used here", ""
