"""A wildcard ends inside a name, and so takes in every other name that begins alike."""

import re
from collections.abc import Iterator

from camlint.patterns import SixSegments, holds_placeholder
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    ResourcePattern,
    Severity,
    Trait,
    clip,
    rule,
)

IDENTIFIED = (
    *("vpc", "subnet", "sg", "disk", "volume", "snap", "snapshot", "cluster", "clb", "eip"),
    *("nat", "keypair", "filesystem", "logset", "db", "dbinstanceid"),
)
"""Resource types, beside those that end with ``instance``, whose ids Tencent Cloud hands out."""

WHOLE_NAME = re.compile(r".+-[0-9]{8,}\*")


@rule(
    code="CAM223",
    name="unscoped-path-wildcard",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    references=(
        "https://cloud.tencent.com/document/product/598/10606",
        "https://tencentcloud.com/document/product/436/30580",
    ),
    bad=(
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:GetObject"],
                  "resource": [
                    "qcs::cos:ap-guangzhou:uid/1253653367:«photos*»",
                    "qcs::cos:ap-guangzhou:uid/1253653367:«logs-*-1253653367»/*",
                    "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/«2026*»"
                  ]
                },
                {
                  "effect": "allow",
                  "action": ["cdb:RestartDBInstances"],
                  "resource": ["qcs::cdb:ap-guangzhou::instanceId/«cdb-a1b*»"]
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
              "action": ["cos:GetObject"],
              "resource": [
                "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*",
                "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/2026/*",
                "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*.jpg",
                "qcs::cos:ap-guangzhou:uid/1253653367:*"
              ]
            },
            {
              "effect": "allow",
              "action": ["cdb:RestartDBInstances"],
              "resource": [
                "qcs::cdb:ap-guangzhou::instanceId/cdb-a1b2c3d4",
                "qcs::cdb:ap-shanghai::instanceId/*"
              ]
            }
          ]
        }
    """),
    when=Trait.STAR,
)
def check(resource: ResourcePattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    `photos*` isn't the bucket photos but every bucket whose name begins so: `photos-private`, and
    whatever anybody creates under such a name later. Ids of instances are worse. Tencent Cloud
    hands them out at random, so what `cdb-a1b*` reaches has nothing in common, and changes with
    every new instance.

    ## How to fix it

    End the name before the wildcard: `photos-1253653367/*`. List instances one by one, or allow
    by tag, with `"resource": "*"` and a condition on `qcs:resource_tag`. Where every one is meant,
    say so: `instanceId/*`.

    Inside the key of an object a wildcard is documented as a prefix. `2026*` takes in `2026-draft/`
    too, where `2026/*` wouldn't: that is a note, in strict mode only.

    ## What camlint knows

    `<type>/*` and a `*` at the end of a path are documented; a `*` within a name isn't, and is taken
    for any run of characters. Names that people choose, such as those of roles and functions,
    aren't looked at, nor is a lone `ins-*`, which plainly means all. SDKAppIDs have their own rule.
    """
    six = resource.six
    if "*" not in resource.text or six is None or six.tail.text == "*":
        return
    if "*" not in six.tail.text:
        return
    if six.service.text.lower() == "cos":
        yield from _check_cos(resource, six)
    elif six.resource_id is not None and _is_identified(six.resource_type.text.lower()):
        yield from _check_id(resource, six)


def _check_cos(resource: ResourcePattern, six: SixSegments) -> Iterator[Finding]:
    bucket, path = six.resource_type, six.resource_id
    name = bucket.text
    if "*" in name:
        if not name.strip("*") or name.startswith("*-") or holds_placeholder(name):
            return
        whole = WHOLE_NAME.fullmatch(name) is not None
        if whole:
            message = (
                f"{clip(name)} has no slash before its wildcard, which then runs on in the name"
            )
            way_out = f"write {clip(name.rstrip('*'))}/*"
        else:
            message = f"{clip(name)} takes in every bucket with such a name, later ones included"
            way_out = "write the whole name of the bucket and /*, one resource for each bucket"
        yield Finding(
            message,
            resource.place(bucket.start, bucket.end),
            label="runs on" if whole else "part of a name",
            help=way_out,
            severity=Severity.NOTE if whole else None,
        )
    elif path is not None and path.text.endswith("*") and name != "prefix":
        last = path.text.rpartition("/")[2]
        if last.strip("*") and not holds_placeholder(last):
            start = path.end - len(last)
            head = clip(last.rstrip("*"), 40)
            yield Finding(
                f"{clip(last)} takes in every key that begins with {head}, not only those below "
                f"{head}/",
                resource.place(start, path.end),
                label="a prefix",
                help=f"write {head}/* if the folder is meant",
                severity=Severity.NOTE,
                strict=True,
            )


def _is_identified(kind: str) -> bool:
    return kind.endswith(("instance", "instanceid")) or kind in IDENTIFIED


def _check_id(resource: ResourcePattern, six: SixSegments) -> Iterator[Finding]:
    if six.resource_id is None:
        return
    name = six.resource_id.text.partition("/")[0]
    if "*" not in name or holds_placeholder(name):
        return
    prefix, hyphen, rest = name.partition("-")
    if not hyphen or not rest.strip("*") or not prefix.isalnum():
        return
    start = six.resource_id.start
    yield Finding(
        f"{clip(name)} takes in every id of that form, and ids are handed out at random",
        resource.place(start, start + len(name)),
        label="part of an id",
        help=f"list one resource for each, or write {six.resource_type.text}/* if every one is meant",
    )
