"""A condition on addresses has the network of all addresses in it."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Condition,
    Confidence,
    Context,
    Finding,
    Good,
    Related,
    Severity,
    Statement,
    Trait,
    clip,
    parse_network,
    rule,
)


@rule(
    code="CAM307",
    name="any-ip",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=("https://cloud.tencent.com/document/product/598/10608",),
    bad=(
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cdb:RestartDBInstances"],
                  "resource": ["qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/cdb-a1b2c3d4"],
                  "condition": {"ip_equal": {"qcs:ip": ["203.0.113.0/24", «"0.0.0.0/0"»]}}
                }
              ]
            }
        """),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "deny",
                  "action": ["cdb:IsolateDBInstance"],
                  "resource": ["*"],
                  "condition": {"ip_not_equal": {"qcs:ip": «"0.0.0.0/0"»}}
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
              "action": ["cdb:RestartDBInstances"],
              "resource": ["qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/cdb-a1b2c3d4"],
              "condition": {"ip_equal": {"qcs:ip": ["203.0.113.0/24", "198.51.100.7"]}}
            }
          ]
        }
    """),
    supersedes=("CAM312", "CAM313", "CAM316"),
    when=Trait.CONDITIONAL,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    `0.0.0.0/0` is every address of IP version 4, `::/0` every one of version 6. Compared with it,
    `ip_equal` holds for whoever asks: the condition looks like a restriction and is none, and the
    other networks beside it add nothing. With `ip_not_equal` it never holds.

    ## How to fix it

    Name the networks that the requests come from. If they may come from anywhere, leave the
    condition out, so that everybody sees it.

    ## What camlint knows

    This follows from what a network is. Whether CAM knows IP version 6 isn't documented; `::/0` is
    reported with medium confidence.
    """
    for condition in statement.conditions:
        operator = condition.known
        if operator is None or operator.family != "ip":
            continue
        every = [
            (index, network.version)
            for index, value in enumerate(condition.values)
            if isinstance(value, str)
            and value.endswith("/0")
            and (network := parse_network(value)) is not None
            and network.everything
        ]
        if every and not (operator.negated and len(condition.values) > 1):
            yield _tell(statement, condition, every, negated=operator.negated)


def _tell(
    statement: Statement, condition: Condition, every: list[tuple[int, int]], *, negated: bool
) -> Finding:
    index, version = every[0]
    name = condition.operator
    effect = statement.effect
    if not negated:
        leads_to = (
            f"this {effect} isn't restricted to any network"
            if effect
            else "the condition restricts nothing"
        )
    elif condition.if_exist:
        leads_to = f"{name} holds only for requests without {condition.key}"
    elif effect:
        ends = "grants nothing" if effect == "allow" else "never fires"
        leads_to = f"{name} never holds and this {effect} {ends}"
    else:
        leads_to = f"{name} never holds"
    others = [other for other, _ in every[1:4]]
    return Finding(
        f"{clip(str(condition.values[index]))} is every IPv{version} address, so {leads_to}",
        condition.value_place(index),
        label="every address",
        related=tuple(Related(condition.value_place(other), "and this") for other in others),
        help="name the networks that are meant, or leave the condition out",
        confidence=Confidence.MEDIUM if version == 6 else None,
        scope=condition.pointer,
    )
