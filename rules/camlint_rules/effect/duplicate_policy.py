"""A policy means the same as another one of the same run."""

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
    Related,
    Run,
    Severity,
    clip,
    rule,
)

LONGEST = 100
"""Characters of the name of a file that a message shows."""


@rule(
    code="CAM510",
    name="duplicate-policy",
    severity=Severity.NOTE,
    confidence=Confidence.HIGH,
    strict=True,
    kinds=(Kind.IDENTITY, Kind.BUCKET, Kind.SESSION, Kind.SCP),
    references=("https://cloud.tencent.com/document/product/598/10603",),
    bad=(
        Bad(
            """
            «{»
              "statement": {
                "resource": "*",
                "action": ["cvm:StopInstances", "name/cvm:DescribeInstances"],
                "effect": "allow"
              },
              "version": "2.0"
            }
            """,
            beside=(
                """
                {
                  "version": "2.0",
                  "statement": [
                    {
                      "effect": "allow",
                      "action": ["cvm:DescribeInstances", "cvm:StopInstances"],
                      "resource": ["*"]
                    }
                  ]
                }
                """,
            ),
        ),
        Bad(
            """
            «{»
              "version": "2.0",
              "statement": [
                {"effect": "allow", "action": ["cvm:Describe*"], "resource": ["*"]},
                {"effect": "allow", "action": ["cvm:StopInstances"], "resource": ["*"]}
              ]
            }
            """,
            beside=(
                """
                {
                  "version": "2.0",
                  "statement": [
                    {
                      "effect": "allow",
                      "action": ["cvm:Describe*", "cvm:DescribeInstances", "cvm:StopInstances"],
                      "resource": ["*"]
                    }
                  ]
                }
                """,
            ),
        ),
    ),
    good=Good(
        """
        {
          "version": "2.0",
          "statement": [
            {"effect": "allow", "action": ["cvm:DescribeInstances"], "resource": ["*"]}
          ]
        }
        """,
        beside=(
            """
            {
              "version": "2.0",
              "statement": [
                {"effect": "allow", "action": ["cbs:DescribeDisks"], "resource": ["*"]}
              ]
            }
            """,
        ),
    ),
)
def check(run: Run, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Two policies that say the same drift apart: somebody changes one of them, and the other, which
    is attached elsewhere, still grants what should be gone.

    ## How to fix it

    Keep one of the two, and attach it in both places.

    ## What camlint knows

    Policies are compared by what they mean: the order of elements, lists and statements makes no
    difference, and neither do `name/`, a list of one, nor statements that are split in another way.
    The finding is a proof. It stands at the later of the two in the order of the report, and the first
    of several stays. Only policies of one kind are compared, and none of roles: a role needs its own
    trust policy, whoever else is trusted in the same way.

    All files of a run are compared, so that a run over one file, such as that of a commit hook,
    finds less than one over a repository.
    """
    del context
    for pair in run.pairs:
        if pair.equal:
            yield Finding(
                f"this policy means the same as {clip(pair.other.title, LONGEST)}",
                Place((), part=Part.OPENING),
                label="says the same",
                related=(Related(Place((), part=Part.OPENING), "as this", pair.other),),
                help="keep one of the two, and attach it in both places",
                policy=pair.policy,
            )
