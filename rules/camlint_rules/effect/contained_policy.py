"""A policy grants nothing that another one of the same run doesn't grant, too."""

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
    code="CAM509",
    name="contained-policy",
    severity=Severity.NOTE,
    confidence=Confidence.HIGH,
    strict=True,
    kinds=(Kind.IDENTITY, Kind.BUCKET, Kind.SESSION, Kind.SCP),
    references=("https://cloud.tencent.com/document/product/598/10603",),
    bad=(
        Bad(
            """
            «{»
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:GetObject", "cos:HeadObject"],
                  "resource": ["qcs::cos::uid/1253653367:photos-1253653367/*"]
                }
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
                      "action": ["cos:Get*", "cos:Head*", "cos:Put*"],
                      "resource": ["qcs::cos::uid/1253653367:*"]
                    },
                    {
                      "effect": "deny",
                      "action": ["cos:*"],
                      "resource": ["qcs::cos::uid/1253653367:records-1253653367/*"]
                    }
                  ]
                }
                """,
            ),
        ),
    ),
    good=(
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:GetObject", "cos:HeadObject"],
                  "resource": ["qcs::cos::uid/1253653367:photos-1253653367/*"]
                }
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
                      "action": ["cos:Get*", "cos:Head*", "cos:Put*"],
                      "resource": ["qcs::cos::uid/1253653367:*"],
                      "condition": {"ip_equal": {"qcs:ip": ["203.0.113.0/24"]}}
                    }
                  ]
                }
                """,
            ),
        ),
        Good(
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
                  "statement": [{"effect": "allow", "action": ["*"], "resource": ["*"]}]
                }
                """,
            ),
        ),
    ),
)
def check(run: Run, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Whoever has the other policy gains nothing by this one, and taking this one away from them takes
    nothing from them. Two policies for one purpose drift apart, and nobody knows which of them counts.

    ## How to fix it

    Where both are attached to the same users, detach this one. Where they are for different people,
    both have a reason: leave them as they are, or split what they share into a policy of its own.

    ## What camlint knows

    The finding is a proof that each request which this policy allows by itself, the other allows by
    itself, denies and conditions counted. A policy that grants nothing at all is in none (CAM508
    tells of it), policies that mean the same are CAM510's, and of two that grant the same it is the
    later that is reported. What this policy denies isn't part of the proof: it may be meant for
    whatever else its holders have.

    Only policies of one kind are compared, and none of roles. A policy that allows everything on
    everything has all others in it, which says nothing of them; CAM601 tells of it. For each policy,
    a few others that may contain it are tried; CAM901 says so when there were more.
    """
    del context
    for pair in run.pairs:
        if pair.equal:
            continue
        other = clip(pair.other.title, LONGEST)
        if pair.mutual:
            message = f"this policy grants just what {other} grants"
            help_ = "keep one of the two, or say in their names what tells them apart"
        else:
            message = f"this policy grants nothing beyond what {other} grants"
            help_ = "detach it wherever the other is attached, too"
        yield Finding(
            message,
            Place((), part=Part.OPENING),
            label="grants no more",
            related=(Related(Place((), part=Part.OPENING), "than this", pair.other),),
            help=help_,
            policy=pair.policy,
        )
