"""The policy has no statement, so it says nothing."""

from collections.abc import Iterator

from camlint.rule import Bad, Confidence, Context, Finding, Good, Policy, Severity, Trait, rule

WAY_OUT = 'add at least one: {"effect": "allow", "action": [...], "resource": [...]}'


@rule(
    code="CAM005",
    name="missing-statement",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10603",
        "https://cloud.tencent.com/document/api/598/13884",
    ),
    bad=Bad("""
        {
          "version": "2.0",
          "statement": «[]»
        }
    """),
    good=Good("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["trtc:DescribeRoomInfo"],
              "resource": ["*"]
            }
          ]
        }
    """),
    when=Trait.IRREGULAR,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    `statement` is where a policy allows and denies. It is required; without it CAM refuses the
    document with the error `MissingParameter.statement` or `StatementError`. An empty list states
    nothing: even if it were accepted, whoever holds the policy would get nothing from it.

    ## How to fix it

    Write at least one statement, with an effect, actions and resources. To take all rights away
    from somebody, detach their policies instead of emptying them.

    ## What camlint knows

    That `statement` is required is documented. That an empty list is refused is inferred from it.
    """
    key = policy.spelling.get("statement")
    if policy.bare:
        return
    if key is None:
        yield Finding(
            "the policy has no statement, so CAM refuses it",
            policy.opening(),
            label="no statement in here",
            help=WAY_OUT,
        )
    elif policy.value[key] == []:
        yield Finding(
            "the list of statements is empty, so the policy allows and denies nothing",
            policy.element("statement"),
            label="no statement in here",
            help=WAY_OUT,
            confidence=Confidence.MEDIUM,
        )
