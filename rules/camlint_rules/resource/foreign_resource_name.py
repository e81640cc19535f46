"""A resource is written in the form of another cloud."""

import re
from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Fault,
    Finding,
    Good,
    Malformed,
    Severity,
    Trait,
    quote,
    rule,
)

CLOUDS = (
    (re.compile(r"arn:", re.IGNORECASE), "AWS"),
    (re.compile(r"acs:", re.IGNORECASE), "Alibaba Cloud"),
    (re.compile(r"trn:", re.IGNORECASE), "Volcengine"),
    (re.compile(r"krn:", re.IGNORECASE), "Kingsoft Cloud"),
    (re.compile(r"crn:v1:", re.IGNORECASE), "IBM Cloud"),
    (re.compile(r"nrn:", re.IGNORECASE), "NAVER Cloud"),
    (re.compile(r"urn:v1:", re.IGNORECASE), "OVHcloud"),
    (re.compile(r"(?:obs|iam):[^:]*:[^:]*:[a-z]+:"), "Huawei Cloud"),
    (re.compile(r"(?://[a-z]+\.googleapis\.com/|projects/[^/:]+/)"), "Google Cloud"),
)
"""How resource names begin elsewhere; each is documented by its cloud (see the references)."""

STORAGE = re.compile(
    r"(?:arn:[\w-]+:s3:::|acs:oss:[^:]*:[^:]*:|trn:tos:::|obs:[^:]*:[^:]*:object:)(.+)"
)
MACHINE = re.compile(r"(?:arn:[\w-]+:ec2|acs:ecs):([^:]*):[^:]*:instance/(.+)")
DATABASE = re.compile(r"(?:arn:[\w-]+|acs):rds:([^:]*):[^:]*:.+")
ROLE = re.compile(r"(?:arn:[\w-]+:iam|acs:ram|trn:iam):[^:]*:[^:]*:role/(.+)")


@rule(
    code="CAM202",
    name="foreign-resource-name",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10606",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
        "https://help.aliyun.com/en/ack/ack-managed-and-ack-dedicated/developer-reference/ram-authorization",
        "https://www.volcengine.com/docs/6257/1134319",
        "https://endocs.ksyun.com/documents/1377",
        "https://cloud.ibm.com/docs/account?topic=account-crn",
        "https://guide.ncloud-docs.com/docs/en/management-rmgr-1-1-2",
        "https://www.pulumi.com/registry/packages/ovh/api-docs/iam/resourcegroup/",
        "https://support.huaweicloud.com/intl/en-us/usermanual-iam5/iam_01_1275.html",
        "https://cloud.google.com/iam/docs/full-resource-names",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": "cos:GetObject",
                "resource": [«"arn:aws:s3:::logs/2024/*"»]
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
                "action": ["cos:GetObject", "cvm:StartInstances"],
                "resource": [
                  «"acs:oss:*:*:logs/*"»,
                  «"trn:ecs:cn-beijing:2000000001:instance/i-100"»
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
            "action": "cos:GetObject",
            "resource": ["qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/2024/*"]
          }]
        }
        """
    ),
    supersedes=("CAM201",),
    when=Trait.UNREADABLE,
)
def check(malformed: Malformed, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The policy languages of the clouds look alike, and a statement that was copied from one to the
    other keeps its look. But CAM knows resources only as `"*"` or in six segments that begin with
    `qcs`. It can't read `arn:aws:s3:::logs/*`, `acs:oss:*:*:logs/*` or `trn:ecs:…`.

    ## How to fix it

    Write the resource as `qcs::<service>:<region>:<account>:<resource>`. The names change too: a
    COS bucket is called `<name>-<APPID>` and belongs to `uid/<APPID>`; most other resources belong
    to `uin/<UIN>`. Where region and account don't matter, leave them empty, which is what `*` means
    in their place elsewhere.

    Look at the rest of the statement as well. Actions, condition keys and condition operators of
    another cloud don't exist in CAM either.
    """
    if malformed.element != "resource" or malformed.fault is not Fault.UNREADABLE:
        return
    text = str(malformed.value).strip()
    for beginning, cloud in CLOUDS:
        if found := beginning.match(text):
            yield Finding(
                f"{quote(malformed.value)} is how {cloud} names a resource, and CAM reads only names "
                "that begin with qcs",
                malformed.place(),
                label=f"begins with {found[0]}" if len(found[0]) < 12 else f"a name of {cloud}",
                help=f"write {_translate(text)}",
            )
            return


def _translate(text: str) -> str:
    """The form that CAM has for what the text names, with the parts to fill in."""
    if found := STORAGE.fullmatch(text):
        if found[1] == "*":
            return "qcs::cos::uid/<APPID>:*"
        bucket, slash, key = found[1].partition("/")
        return f"qcs::cos:<region>:uid/<APPID>:{bucket}-<APPID>{slash}{key}"
    if found := MACHINE.fullmatch(text):
        return f"qcs::cvm:<region>:uin/<UIN>:instance/{'*' if found[2] == '*' else '<ins-id>'}"
    if DATABASE.fullmatch(text):
        return "qcs::cdb:<region>:uin/<UIN>:instanceId/<cdb-id>"
    if found := ROLE.fullmatch(text):
        return f"qcs::cam::uin/<UIN>:roleName/{found[1].rpartition('/')[2]}"
    return "qcs::<service>:<region>:uin/<UIN>:<type>/<id>"
