"""A network in a condition has bits set behind its prefix."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Condition,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Replace,
    Safety,
    Severity,
    clip,
    parse_network,
    rule,
)


@rule(
    code="CAM306",
    name="cidr-host-bits",
    severity=Severity.NOTE,
    confidence=Confidence.MEDIUM,
    references=(
        "https://cloud.tencent.com/document/product/436/71306",
        "https://cloud.tencent.com/document/product/598/10608",
    ),
    bad=Bad(
        """
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cdb:RestartDBInstances"],
              "resource": ["qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/cdb-a1b2c3d4"],
              "condition": {"ip_equal": {"qcs:ip": [«"203.0.113.7/24"», "198.51.100.0/24"]}}
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
              "action": ["cdb:RestartDBInstances"],
              "resource": ["qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/cdb-a1b2c3d4"],
              "condition": {"ip_equal": {"qcs:ip": ["203.0.113.0/24", "198.51.100.0/24"]}}
            }
          ]
        }
        """,
    ),
    good=Good("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cdb:RestartDBInstances"],
              "resource": ["qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/cdb-a1b2c3d4"],
              "condition": {"ip_equal": {"qcs:ip": ["203.0.113.7", "198.51.100.0/24"]}}
            }
          ]
        }
    """),
)
def check(condition: Condition, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    `203.0.113.7/24` reads as if it were about one machine. The `/24` says that only the first 24
    bits are compared, so it is the whole network `203.0.113.0/24` with its 256 addresses. Whoever
    reviews the policy may take it for less than it lets in.

    ## How to fix it

    Write the network by its first address, `203.0.113.0/24`. Or, if the one machine was meant, its
    address alone, `203.0.113.7`.

    ## What camlint knows

    Samples of Tencent Cloud's have `10.217.182.3/24`, and the text beside them calls that a range of
    addresses. So CAM takes this form, and reads the network.
    """
    operator = condition.known
    if operator is None or operator.family != "ip":
        return
    for index, value in enumerate(condition.values):
        if not isinstance(value, str) or "/" not in value:
            continue
        network = parse_network(value)
        if network is None or not network.host_bits or network.everything:
            continue
        at = condition.value_place(index)
        address = value.partition("/")[0]
        order = f"write {network.text}"
        yield Finding(
            f"{clip(value)} is the whole network {network.text}, and not just the address "
            f"{clip(address)}",
            at,
            label=f"all of {network.text}",
            help=f"{order}, or {clip(address)} for that address alone",
            fixes=(Fix(Safety.SAFE, order, Replace(at, network.text)),),
        )
