"""The service segment of a resource names no service that CAM is known to have."""

from collections.abc import Iterator

from camlint.catalog.regions import Regions
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
    distance,
    quote,
    rule,
)

OLD_CODE_LENGTH = 2
"""The length of the old codes of regions, one of which (``ca``) is the name of a service too."""


@rule(
    code="CAM204",
    name="unknown-resource-service",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    references=(
        "https://cloud.tencent.com/document/product/598/10606",
        "https://cloud.tencent.com/document/product/598/10588",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["trtc:DismissRoom", "cvm:AttachDisks"],
                "resource": [
                  "qcs::«trct»::uin/100000000001:sdkappid/1400000001",
                  "qcs::«TRTC»::uin/100000000001:sdkappid/1400000001",
                  "qcs::«cbs»:ap-guangzhou::volume/disk-a1b2c3d4",
                  "qcs::«ec2»:ap-guangzhou::instance/ins-a1b2c3d4",
                  "qcs::«zzyzx»:::*"
                ]
              }]
            }
            """,
            fixed="""
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["trtc:DismissRoom", "cvm:AttachDisks"],
                "resource": [
                  "qcs::trtc::uin/100000000001:sdkappid/1400000001",
                  "qcs::trtc::uin/100000000001:sdkappid/1400000001",
                  "qcs::cvm:ap-guangzhou::volume/disk-a1b2c3d4",
                  "qcs::cvm:ap-guangzhou::instance/ins-a1b2c3d4",
                  "qcs::zzyzx:::*"
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
                "action": "cvm:StartInstances",
                "resource": ["qcs::«gz:cvm»:uin/100000000001:instance/ins-a1b2c3d4"]
              }]
            }
            """,
            fixed="""
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": "cvm:StartInstances",
                "resource": ["qcs::cvm:gz:uin/100000000001:instance/ins-a1b2c3d4"]
              }]
            }
            """,
        ),
    ),
    good=Good(
        """
        {
          "version": "2.0",
          "statement": [{
            "effect": "allow",
            "action": ["trtc:DismissRoom", "cvm:AttachDisks", "cos:GetObject"],
            "resource": [
              "qcs::trtc::uin/100000000001:sdkappid/1400000001",
              "qcs::cvm:ap-guangzhou::volume/disk-a1b2c3d4",
              "qcs::ca:ap-guangzhou::*",
              "qcs::${service}:ap-guangzhou::*",
              "qcs::*:ap-guangzhou::*",
              "qcs:::ap-guangzhou::*"
            ]
          }]
        }
        """
    ),
    supersedes=("CAM205", "CAM206", "CAM207", "CAM208", "CAM213"),
    when=Trait.UNPROVEN,
)
def check(resource: ResourcePattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The third segment of a resource is the service, by the name that CAM has for it. A resource of a
    service that doesn't exist is no resource of any request: an allow for it grants nothing, a deny
    for it protects nothing. CAM has an error of its own for such names, `ResourceServiceNotExist`.

    The name in CAM isn't always that of the product. Auto Scaling is `as`, API Gateway `apigw`, and
    cloud disks and security groups are resources of `cvm`. Often two segments were swapped: the
    service comes first, then the region.

    ## How to fix it

    Write the name that stands before the colon in the actions of the service, in lower case:
    `qcs::trtc::uin/100000000001:sdkappid/1400000001`.

    ## What camlint knows

    There is no complete list of CAM's services. The catalogue has those of Tencent's published API
    and of its pages on access management. A name that resembles one of them, or that belongs to
    another one, is reported with medium confidence, any other name with low confidence. That names
    of services are told apart by case is nowhere written; every documented one is in lower case. Two
    segments that were swapped are an error.
    """
    six = resource.six
    if six is None:
        return
    written = six.service.text
    catalog = context.catalog
    if not written or catalog.service(written).known:
        # The only code of a region that is also a service's name has two letters.
        if len(written) != OLD_CODE_LENGTH or not six.region.text:
            return
        if catalog.regions.legacy(written) is None or not catalog.service(six.region.text).known:
            return
    if not is_literal(written) or written != "".join(written.split()):
        return
    if six.project.text and not six.project.text.startswith("id/"):
        # Every segment stands one place too early: project-segment tells.
        return
    place = resource.place(six.service.start, six.service.end)
    shifted = resource.place(six.service.start, six.account.end)
    if _is_region(written, catalog.regions):
        service = six.region.text.lower()
        if not catalog.service(service).known:
            yield Finding(
                f"{quote(written)} is a region, but stands where the service belongs, so this names "
                "no resource",
                shifted,
                label="begins with a region",
                help=f"write the service there and the region behind it: "
                f"{clip(f'qcs::<service>:{written}:{six.account.text}:{six.tail.text}', 120)}",
                severity=Severity.ERROR,
                confidence=Confidence.HIGH,
            )
            return
        way_out = f"write {_write(six, service, written)}"
        swapped = resource.place(six.service.start, six.region.end)
        yield Finding(
            f"region {quote(written)} and service {quote(six.region.text)} are swapped, so this "
            "names no resource",
            swapped,
            label="the service comes first",
            help=way_out,
            fixes=(Fix(Safety.REPAIR, way_out, Replace(swapped, f"{service}:{written}")),),
            severity=Severity.ERROR,
            confidence=Confidence.HIGH,
        )
        return
    if written.startswith(("uin/", "uid/")):
        yield Finding(
            f"account {quote(written)} stands where the service belongs, so this names no resource",
            shifted,
            label="begins with an account",
            help="write qcs::<service>:<region>:<account>:<type>/<id>; region and account may be "
            "empty, but their colons must be there",
            severity=Severity.ERROR,
            confidence=Confidence.HIGH,
        )
        return
    suggestion = catalog.suggest_service(written)
    if suggestion is None:
        yield Finding(
            f"{quote(written)} is none of the {len(catalog.index.prefixes)} services that camlint "
            "knows, so this may name no resource",
            place,
            label="unknown service",
            help="write the name that stands before the colon in the actions of the service",
            note="the public catalogue is partial; a service that it lacks may well exist",
            confidence=Confidence.LOW,
        )
        return
    meant = suggestion.only
    if suggestion.kind == "case":
        message = (
            f"services are written in lower case, so {quote(written)} may name none and this "
            "resource nothing"
        )
    else:
        message = (
            f"{quote(written)} is no service that camlint knows, so this may name no resource; "
            f"{suggestion.reason}"
        )
    fixes: tuple[Fix, ...] = ()
    if meant:
        way_out = f"write {_write(six, meant, six.region.text)}"
        if _is_convincing(suggestion.kind, six, meant, context):
            fixes = (Fix(Safety.REPAIR, way_out, Replace(place, meant)),)
    else:
        way_out = f"write {' or '.join(suggestion.texts[:4])}"
    yield Finding(
        message,
        place,
        label=f"did you mean {meant}?" if meant else "unknown service",
        help=way_out,
        note="" if suggestion.kind == "case" else "the public catalogue of services is partial",
        fixes=fixes,
    )


def _is_convincing(kind: str, six: SixSegments, meant: str, context: Context) -> bool:
    """Whether the resource is surely one of the service's, so that it may be written so.

    A type that the service has decides. Without it, only a word that is spelt nearly so is believed.
    """
    if kind == "case" or six.resource_type.text in context.catalog.service(meant).types:
        return True
    written = six.service.text.lower()
    swapped = sorted(written) == sorted(meant)
    return kind == "near" and (swapped or (len(written) > 3 and distance(written, meant) == 1))


def _is_region(text: str, regions: Regions) -> bool:
    """Whether a text can only be meant as a region, be it an old code or a zone."""
    lower = text.lower()
    return (
        regions.known(lower, "cos")
        or regions.legacy(lower) is not None
        or regions.of_zone(lower) is not None
    )


def _write(six: SixSegments, service: str, region: str) -> str:
    return clip(f"qcs::{service}:{region}:{six.account.text}:{six.tail.text}", 120)
