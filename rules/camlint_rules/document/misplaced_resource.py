"""The trust policy of a role names a resource."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Part,
    Place,
    Severity,
    Statement,
    rule,
)


@rule(
    code="CAM017",
    name="misplaced-resource",
    severity=Severity.NOTE,
    confidence=Confidence.MEDIUM,
    references=("https://cloud.tencent.com/document/product/598/19381",),
    bad=Bad("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "principal": {"service": ["cvm.qcloud.com"]},
              "action": ["sts:AssumeRole"],
              «"resource"»: ["*"]
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
              "principal": {"service": ["cvm.qcloud.com"]},
              "action": ["sts:AssumeRole"]
            }
          ]
        }
    """),
    kinds=(Kind.TRUST,),
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The trust policy of a role says who may take the role. The role itself is the resource, so
    there is nothing to name: every sample of Tencent Cloud leaves the element out. One that stands
    there limits nothing. What the role may touch once it is taken is for the policies to say that
    are attached to it.

    ## How to fix it

    Delete the resource. If this is the permission policy of the role, delete the principal instead,
    and attach it to the role.

    ## What camlint knows

    No page says whether CAM accepts the element there, so this is a note of medium confidence.
    """
    key = statement.spelling.get("resource")
    if key is not None:
        yield Finding(
            "a trust policy needs no resource: the role itself is the resource, so this limits "
            "nothing, and whether CAM accepts it isn't documented",
            Place((*statement.pointer, key), part=Part.KEY),
            label="of no use here",
            help="delete it; what the role may touch stands in the policies attached to it",
        )
