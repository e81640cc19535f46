"""A wildcard stands inside an SDKAppID, where the numbers mean nothing together."""

from collections.abc import Iterator

from camlint.patterns import holds_placeholder, matcher
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    ResourcePattern,
    Settings,
    Severity,
    Trait,
    quote,
    rule,
)


@rule(
    code="CAM211",
    name="partial-sdkappid",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/70059",
        "https://cloud.tencent.com/document/product/598/10606",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
                "resource": ["qcs::trtc::uin/100000000001:sdkappid/«14000*»"]
              }]
            }
            """
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "deny",
                "action": "im:*",
                "resource": ["qcs::im::uin/100000000001:sdkappid/«*01»"]
              }]
            }
            """,
            settings=Settings(sdkappids=("1400000101", "1400000102")),
        ),
    ),
    good=Good(
        """
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
              "resource": [
                "qcs::trtc::uin/100000000001:sdkappid/1400000001",
                "qcs::trtc::uin/100000000001:sdkappid/1400000002"
              ]
            },
            {
              "effect": "allow",
              "action": "im:*",
              "resource": ["qcs::im::uin/100000000001:sdkappid/*"]
            }
          ]
        }
        """
    ),
    cwe=155,
    security_severity=4.0,
    when=Trait.STAR,
)
def check(resource: ResourcePattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Tencent Cloud hands out SDKAppIDs; nobody chooses them. Applications that belong together don't
    share a beginning, and the next application that somebody in the account creates may well have
    it. `sdkappid/14000*` therefore reaches applications that its author didn't think of, today or
    later, and which ones it reaches can't be seen in the policy.

    ## How to fix it

    List one resource for each application. If every application of the account is meant, say so
    with `sdkappid/*`. For a group that changes, give its applications a tag and use the condition
    key `qcs:resource_tag`.

    ## What camlint knows

    Only `sdkappid/<SDKAppID>` and `sdkappid/*` are documented. That CAM matches `*` as any run of
    characters elsewhere in the last segment is what published policies rely on.
    """
    six = resource.six
    if six is None or six.resource_id is None or six.resource_type.text.lower() != "sdkappid":
        return
    text = six.resource_id.text.partition("/")[0]
    if "*" not in text or not text.strip("*") or holds_placeholder(text):
        return
    start = six.resource_id.start
    head, _, rest = text.partition("*")
    tail = rest.rpartition("*")[2]
    known = context.settings.sdkappids
    if not text.replace("*", "").isdecimal():
        yield Finding(
            f"sdkappid/{text} matches no application, since an SDKAppID has only digits",
            resource.place(start, start + len(text)),
            label="not digits",
            help="list one resource for each application, by its SDKAppID",
        )
        return
    parts = [f"begins with {head}"] if head else []
    parts += [f"ends with {tail}"] if tail else []
    which = " and ".join(parts) or f"contains {quote(text.strip('*'))}"
    matches = matcher(text)
    caught = [one for one in known if matches(one)]
    note = ""
    if known:
        names = ": " + ", ".join(caught[:5]) + (", …" if len(caught) > 5 else "") if caught else ""
        note = f"of the {len(known)} configured sdkappids it matches {len(caught)}{names}"
    yield Finding(
        f"sdkappid/{text} takes in every application whose id {which}, those that are created "
        "later included",
        resource.place(start, start + len(text)),
        label="part of an id",
        help=f"list one resource for each application, or write {six.resource_type.text}/* "
        "if every one is meant",
        note=note,
    )
