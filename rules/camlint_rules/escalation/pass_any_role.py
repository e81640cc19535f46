"""A policy lets its holder hand any role of the account to a product."""

from collections.abc import Iterator

from camlint.access.passing import HANDING_ON, find_passing
from camlint.access.strength import Strength
from camlint.catalog.risks import Risks
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Policy,
    Related,
    Severity,
    Trait,
    Witness,
    join_words,
    quote,
    rule,
)

FAMILY = "pass-role"
"""The family of escalation paths that begin with a role that is handed on."""

SHOWN = 3
"""Products that a note names."""


@rule(
    code="CAM702",
    name="pass-any-role",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=(
        "https://www.tencentcloud.com/document/product/1040/36819",
        "https://cloud.tencent.com/document/product/598/10592",
    ),
    kinds=(Kind.IDENTITY, Kind.SESSION),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["cam:GetRole", «"cam:PassRole"»],
                "resource": "*"
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
                "action": «"cam:Pass*"»,
                "resource": ["qcs::cam::uin/100000000001:roleName/*"]
              }]
            }
            """
        ),
    ),
    good=(
        Good(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": "cam:PassRole",
                "resource": [
                  "qcs::cam::uin/100000000001:roleName/report-writer",
                  "qcs::cam::uin/100000000001:roleName/SCF_*"
                ]
              }]
            }
            """
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {"effect": "allow", "action": ["cam:PassRole"], "resource": "*"},
                {"effect": "deny", "action": "cam:Pass*", "resource": "*"}
              ]
            }
            """
        ),
    ),
    supersedes=("CAM112", "CAM603", "CAM604"),
    cwe=269,
    security_severity=6.5,
    weighs=True,
    when=Trait.WIDE | Trait.GRANTING_ACTION,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    A product that is given a role acts with the rights of the role, whoever asked for it. So
    `cam:PassRole` on every role is worth the rights of the most powerful one that the product may
    take on, as soon as its holder may also make something that runs there: a function, an instance, a
    job. That right may come from this policy (then it is `privilege-escalation`, CAM701) or from
    another one that is attached to the same people, today or next year.

    ## How to fix it

    Name the roles that may be passed:

    ```json
    {
      "effect": "allow",
      "action": "cam:PassRole",
      "resource": "qcs::cam::uin/<UIN>:roleName/<NAME>"
    }
    ```

    ## What camlint knows

    Decided is access: a deny that takes the roles away, a condition that never holds and resources
    that name some of the roles raise nothing. Strong conditions make it a note
    (`camlint explain CAM702 --severity`).
    """
    gift = find_passing(policy, context.settings, context.catalog)
    if gift is None:
        return
    pattern, resource = gift.offer.pattern, gift.offer.resource
    strong = gift.strength is Strength.STRONG
    way_out = "name the roles that may be passed, as in qcs::cam::uin/<UIN>:roleName/<NAME>"
    if pattern.name.wild:
        way_out = (
            f"list the operations that are needed in place of {quote(pattern.text)}; {way_out}"
        )
    yield Finding(
        f"{HANDING_ON} on every role lets whoever has this policy hand the most powerful role of the "
        "account to a product that acts for them",
        pattern.place(),
        label="any role",
        related=(Related(resource.place(), "on every role"),),
        help=way_out,
        note=f"what runs under a role that is passed, as soon as any policy of theirs allows it: "
        f"{_list_products(context.catalog.risks)}",
        severity=Severity.NOTE if strong else None,
        witness=Witness(gift.request, gift.absent),
    )


def _list_products(risks: Risks) -> str:
    """Actions that make something which runs under a role, one of each product."""
    actions: dict[str, str] = {}
    for path in risks.paths:
        if path.family == FAMILY:
            for need in path.needs[:-1]:
                for action in need.actions:
                    actions.setdefault(action.partition(":")[0], action)
    more = len(actions) - SHOWN
    shown = list(actions.values())[:SHOWN]
    return join_words([*shown, f"those of {more} more products"] if more > 0 else shown)
