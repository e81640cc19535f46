"""The statement is a lone object where CAM's grammar has a list."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Part,
    Place,
    Policy,
    Reads,
    Safety,
    Severity,
    Trait,
    Wrap,
    rule,
)


@rule(
    code="CAM006",
    name="statement-not-list",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    references=(
        "https://cloud.tencent.com/document/product/598/10604",
        "https://github.com/tencentcloudstack/terraform-provider-tencentcloud",
    ),
    reads=(Reads.SHAPE,),
    bad=Bad(
        """
        {
          "version": "2.0",
          "statement": «{»
            "effect": "allow",
            "action": ["cdb:DescribeDBInstances"],
            "resource": ["*"]
          }
        }
    """,
        fixed="""
        {
          "version": "2.0",
          "statement": [{
            "effect": "allow",
            "action": ["cdb:DescribeDBInstances"],
            "resource": ["*"]
          }]
        }
        """,
    ),
    good=Good("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cdb:DescribeDBInstances"],
              "resource": ["*"]
            }
          ]
        }
    """),
    when=Trait.IRREGULAR,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    By CAM's grammar `statement` is a list. Some of Tencent Cloud's own samples show a lone object,
    so the console may well take it; the Terraform provider doesn't: it reads `statement` as a list
    and fails on anything else.

    ## How to fix it

    Put square brackets around the object. The meaning stays the same.

    ## What camlint knows

    The grammar and the samples contradict each other, so this is a warning. For Terraform it
    follows from the provider's code, which unmarshals a policy with a list of statements.
    """
    key = policy.spelling.get("statement")
    if key is not None and isinstance(policy.value[key], dict):
        fix = Fix(Safety.SAFE, "put brackets around it", Wrap((key,)))
        yield Finding(
            "statement is a lone object, but CAM's grammar has a list there, and Terraform's "
            "provider refuses anything else",
            Place((key,), part=Part.OPENING),
            label="not in a list",
            help='put brackets around it: "statement": [{...}]',
            note="some samples of Tencent Cloud have this form, so CAM itself may accept it",
            fixes=(fix,) if policy.value[key] else (),
        )
