"""The last segment of a resource begins with a type that its service hasn't got."""

from collections.abc import Iterator

from camlint.catalog.service import Service
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
    join_words,
    nearest,
    quote,
    rule,
)

BESIDE_TEMPLATES = {"cam": ("groupid", "policyid", "mfa", "saml-provider", "oidc-provider")}
"""Types that CAM's own pages use without a template for them."""


@rule(
    code="CAM209",
    name="wrong-resource-type",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/70059",
        "https://cloud.tencent.com/document/product/598/69878",
        "https://cloud.tencent.com/document/product/598/10606",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": "cvm:StartInstances",
                "resource": ["qcs::cvm:ap-guangzhou:uin/100000000001:«instances»/ins-a1b2c3d4"]
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
                "action": ["trtc:DismissRoom", "cdb:RestartDBInstances"],
                "resource": [
                  "qcs::trtc::uin/100000000001:«sdkapid»/1400000001",
                  "qcs::trtc::uin/100000000001:«SDKAppID»/1400000001",
                  "qcs::trtc::uin/100000000001:«1400000001»",
                  "qcs::trtc::uin/100000000001:«room»/4711",
                  "qcs::cdb:ap-guangzhou:uin/100000000001:«instance»/cdb-a1b2c3d4"
                ]
              }]
            }
            """,
            fixed="""
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["trtc:DismissRoom", "cdb:RestartDBInstances"],
                "resource": [
                  "qcs::trtc::uin/100000000001:sdkappid/1400000001",
                  "qcs::trtc::uin/100000000001:sdkappid/1400000001",
                  "qcs::trtc::uin/100000000001:sdkappid/1400000001",
                  "qcs::trtc::uin/100000000001:room/4711",
                  "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-a1b2c3d4"
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
          "statement": [{
            "effect": "allow",
            "action": ["trtc:DismissRoom", "cdb:RestartDBInstances", "cvm:StartInstances"],
            "resource": [
              "qcs::trtc::uin/100000000001:sdkappid/1400000001",
              "qcs::trtc::uin/100000000001:*",
              "qcs::trtc::uin/100000000001:${type}/1400000001",
              "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-a1b2c3d4",
              "qcs::cvm:ap-guangzhou:uin/100000000001:instance/ins-a1b2c3d4",
              "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*"
            ]
          }]
        }
        """
    ),
    when=Trait.UNPROVEN,
)
def check(resource: ResourcePattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The last segment of a resource is a type and an id, `sdkappid/1400000001`. Each service has its
    own types, and spells them its own way: an instance is `instanceId/` in TencentDB for MySQL, but
    `instance/` in TencentDB for Redis and in CVM. CAM compares the text with the resource of a
    request. With another type in front nothing is equal: an allow grants nothing, a deny
    protects nothing.

    ## How to fix it

    Write the type as the service's page on access management has it. Things below it mostly have no
    type of their own: for the rooms and users of TRTC name the application.

    ## What camlint knows

    For trtc, im, tiw, cdb, kms, ssm, emr, tbaas and redis the documented types are taken to be all
    there are. A slip of one or two letters is an error there, another type a warning. So is another
    case an error, with medium confidence: no page says whether CAM tells types apart by case. For other
    services the documents name only some of the types. An unknown one is a note then, and only in
    strict mode.
    """
    six = resource.six
    if six is None:
        return
    written = six.resource_type.text
    if not written or written == "*":
        return
    service = context.catalog.service(six.service.text.lower())
    if not service.types or written in service.types:
        return
    if not is_literal(written) or written != written.strip():
        return
    if six.resource_id is None and not service.complete_types:
        return
    lower = written.lower()
    if six.resource_id is None and any(lower.startswith(one.lower()) for one in service.types):
        # The slash or the id is missing; for SDKAppIDs invalid-sdkappid tells.
        if "sdkappid" not in service.types:
            yield _tell_missing_id(resource, six, service)
        return
    if written in BESIDE_TEMPLATES.get(service.prefix, ()):
        return
    place = resource.place(six.resource_type.start, six.resource_type.end)
    cased = service.find_type(written)
    spelt = {one.lower(): one for one in service.types}
    near = nearest(lower, spelt) or ""
    meant = cased or spelt.get(near, "")
    fixes: tuple[Fix, ...] = ()
    if cased or (meant and _is_only(lower, near, spelt)):
        fixes = (Fix(Safety.REPAIR, f"write {_write(six, meant)}", Replace(place, meant)),)
    if not service.complete_types:
        # A type that only resembles a documented one may be one of those that aren't.
        yield _tell_incomplete(resource, six, service, meant, fixes if cased else ())
    elif cased:
        yield Finding(
            f"{service.prefix} spells the resource type {quote(cased)}, so with {quote(written)} "
            "this names no resource if CAM heeds case",
            place,
            label=f"should be {cased}",
            help=f"write {_write(six, cased)}",
            note=_tell_source(service),
            confidence=Confidence.MEDIUM,
            fixes=fixes,
        )
    elif meant:
        yield Finding(
            f"{quote(written)} is no resource type of {service.prefix}, so this names no resource",
            place,
            label=f"did you mean {meant}?",
            help=f"write {_write(six, meant)}",
            note=_tell_source(service),
            confidence=_trust(service),
            fixes=fixes,
        )
    else:
        yield _tell_unknown(resource, six, service)


def _is_only(lower: str, meant: str, spelt: dict[str, str]) -> bool:
    """Whether no other type is as near to what was written as the one that is proposed."""
    slips = distance(lower, meant)
    return all(one == meant or distance(lower, one) > slips for one in spelt)


def _tell_unknown(resource: ResourcePattern, six: SixSegments, service: Service) -> Finding:
    """Another type than those of a service all of whose types are documented."""
    written, kinds = six.resource_type.text, service.types
    known = join_words(quote(one) for one in kinds)
    fixes: tuple[Fix, ...] = ()
    if six.resource_id is None:
        problem, label = f"{quote(written)} has none in front of it", "no type"
        way_out = f"write {_write(six, f'{kinds[0]}/{written}')}"
        if len(kinds) == 1 and written.isascii() and written.isdigit():
            place = resource.place(six.tail.start, six.tail.start)
            fixes = (Fix(Safety.REPAIR, way_out, Replace(place, f"{kinds[0]}/")),)
    else:
        problem, label = (
            f"{quote(written)} isn't {'it' if len(kinds) == 1 else 'among them'}",
            ("unknown type"),
        )
        way_out = (
            "name the application, sdkappid/<SDKAppID>; what is in it has no resource of its own"
            if "sdkappid" in kinds
            else f"the documented form is {clip(service.templates[0].text, 120)}"
        )
    noun = "resource type" if len(kinds) == 1 else "resource types"
    verb = "is" if len(kinds) == 1 else "are"
    return Finding(
        f"the {noun} of {service.prefix} {verb} {known} and {problem}, so this names no resource",
        resource.place(six.resource_type.start, six.resource_type.end),
        label=label,
        help=way_out,
        note=_tell_source(service),
        severity=Severity.WARNING,
        confidence=_trust(service),
        fixes=fixes,
    )


def _trust(service: Service) -> Confidence:
    """High where CAM's own pages list the service's resources, medium where only the product's do."""
    listed = any("/product/598/" in page for page in service.sources)
    return Confidence.HIGH if listed else Confidence.MEDIUM


def _tell_missing_id(resource: ResourcePattern, six: SixSegments, service: Service) -> Finding:
    kind = service.types[0]
    tail = six.tail.text
    rest = tail[len(kind) :].lstrip(":=_. -")
    place = resource.place(six.tail.start, six.tail.end)
    way_out = f"write {clip(f'{kind}/{rest}', 80)}"
    plain = tail.startswith(kind) and any(letter.isdigit() for letter in rest)
    others = [one for one in service.types[1:] if tail.lower().startswith(one.lower())]
    fix = Fix(Safety.REPAIR, way_out, Replace(place, f"{kind}/{rest}"))
    return Finding(
        f"{quote(tail)} has no slash and id after the resource type, so it names no resource",
        place,
        label="the slash is missing" if rest else "no id",
        help=way_out if rest else f"write {kind}/<id>, or {kind}/* for every one",
        note=_tell_source(service),
        confidence=_trust(service),
        fixes=(fix,) if plain and not others else (),
    )


def _tell_incomplete(
    resource: ResourcePattern,
    six: SixSegments,
    service: Service,
    meant: str,
    fixes: tuple[Fix, ...],
) -> Finding:
    """An unknown type of a service of whose types only some are documented."""
    written = six.resource_type.text
    listed = join_words(quote(one) for one in service.types[:6])
    more = f", and {len(service.types) - 6} more" if len(service.types) > 6 else ""
    return Finding(
        f"{quote(written)} is no documented resource type of {service.prefix}, so this may name no "
        "resource",
        resource.place(six.resource_type.start, six.resource_type.end),
        label=f"did you mean {meant}?" if meant else "undocumented type",
        help=f"write {_write(six, meant)}" if meant else f"documented are {listed}{more}",
        note="; ".join(filter(None, ("the documents name only some types", _tell_source(service)))),
        severity=Severity.NOTE,
        confidence=Confidence.MEDIUM if meant else Confidence.LOW,
        strict=True,
        fixes=fixes,
    )


def _tell_source(service: Service) -> str:
    if not service.sources:
        return ""
    return f"the resources of {service.prefix} are described at {service.sources[0]}"


def _write(six: SixSegments, kind: str) -> str:
    """The resource with another type."""
    rest = "" if six.resource_id is None else f"/{six.resource_id.text}"
    head = f"qcs::{six.service.text}:{six.region.text}:{six.account.text}"
    return clip(f"{head}:{kind}{rest}", 120)
