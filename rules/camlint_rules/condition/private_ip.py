"""An allow is restricted to addresses that no request over the internet comes from."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Condition,
    Confidence,
    Context,
    Finding,
    Good,
    Place,
    Severity,
    Statement,
    Trait,
    clip,
    parse_network,
    rule,
)


@rule(
    code="CAM308",
    name="private-ip",
    severity=Severity.NOTE,
    confidence=Confidence.MEDIUM,
    references=(
        "https://cloud.tencent.com/document/product/598/10608",
        "https://cloud.tencent.com/document/product/436/71306",
        "https://www.rfc-editor.org/rfc/rfc1918",
    ),
    bad=Bad("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cdb:RestartDBInstances"],
              "resource": ["qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/cdb-a1b2c3d4"],
              "condition": {"ip_equal": {"qcs:ip": «["192.168.10.0/24", "10.8.0.7"]»}}
            }
          ]
        }
    """),
    good=Good("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cdb:RestartDBInstances"],
              "resource": ["qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/cdb-a1b2c3d4"],
              "condition": {"ip_equal": {"qcs:ip": ["203.0.113.0/24", "10.8.0.7"]}}
            },
            {
              "effect": "deny",
              "action": ["cdb:IsolateDBInstance"],
              "resource": ["*"],
              "condition": {"ip_equal": {"qcs:ip": "192.168.10.0/24"}}
            }
          ]
        }
    """),
    when=Trait.CONDITIONAL,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Addresses such as `10.8.0.7` or `192.168.10.3` belong to a private network. What leaves that
    network for the internet carries the public address of its gateway, and that is what CAM gets to
    see. An allow for private addresses alone then grants nothing: the console and the API answer
    with a denial, and nothing in the policy looks wrong.

    ## How to fix it

    Write the public addresses behind which your network reaches the internet. If the requests come
    from inside Tencent Cloud without passing the internet, try whether the service sees their
    private addresses; for COS there is the key `vpc:requester_vpc`.

    ## What camlint knows

    The private ranges are those of RFC 1918 and 4193, with shared, loopback and link-local
    addresses. Samples of Tencent Cloud's have private ranges, without saying when they match.
    """
    if statement.effect != "allow":
        return
    for condition in statement.conditions:
        operator = condition.known
        if (
            condition.key == "qcs:ip"
            and operator is not None
            and operator.name == "ip_equal"
            and all(_is_private(value) for value in condition.values)
        ):
            yield _tell(condition)


def _is_private(value: object) -> bool:
    network = parse_network(value) if isinstance(value, str) else None
    return network is not None and network.private


def _tell(condition: Condition) -> Finding:
    first, *rest = (clip(str(value)) for value in condition.values[:2])
    more = len(condition.values) - 1
    what = f"{first} is private"
    if more:
        what = f"{first} and {rest[0] if more == 1 else f'{more} more'} are private"
    return Finding(
        f"{what}, and no request over the internet comes from there, so this allow may grant "
        "nothing",
        Place(condition.pointer),
        label="private",
        help="write the public addresses of your network, unless the requests stay inside Tencent "
        "Cloud",
        note="which services see private addresses isn't documented",
    )
