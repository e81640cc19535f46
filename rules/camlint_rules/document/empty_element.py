"""An element is there but empty, so the statement doesn't say what it is about."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Fault,
    Finding,
    Good,
    Malformed,
    Reads,
    Severity,
    Trait,
    rule,
)

NOT_DOCUMENTED = "that CAM refuses it is inferred from the element being required"
NAMES = {
    "action": "no action",
    "resource": "no resource",
    "principal": "nobody",
}
LEADS_TO = {
    ("action", "allow"): "it grants nothing",
    ("action", "deny"): "it refuses nothing",
    ("resource", "allow"): "it grants nothing",
    ("resource", "deny"): "it protects nothing",
    ("principal", "allow"): "it grants nobody anything",
    ("principal", "deny"): "it refuses nobody anything",
}
WAYS_OUT = {
    "action": "name the actions, or delete the statement",
    "resource": 'name the resources, or write "*" for every one',
    "principal": "name who is meant, or delete the statement",
}


@rule(
    code="CAM012",
    name="empty-element",
    severity=Severity.ERROR,
    confidence=Confidence.MEDIUM,
    references=(
        "https://cloud.tencent.com/document/product/598/10604",
        "https://cloud.tencent.com/document/api/598/13884",
    ),
    reads=(Reads.SHAPE,),
    bad=(
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "deny",
                  "action": «[]»,
                  "resource": ["qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/cdb-a1b2c3d4"]
                }
              ]
            }
        """),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:reports-1253653367/*"],
                  "condition": «{}»
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
              "effect": "deny",
              "action": ["cdb:IsolateDBInstance"],
              "resource": ["qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/cdb-a1b2c3d4"]
            },
            {
              "effect": "allow",
              "action": ["cos:GetObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:reports-1253653367/*"]
            }
          ]
        }
    """),
    when=Trait.EMPTY,
)
def check(malformed: Malformed, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    An empty list, object or text names nothing. An allow without actions or resources grants
    nothing; a deny without them protects nothing, although it looks as if it did. An empty
    condition restricts nothing: if CAM takes the policy at all, the statement holds always.

    ## How to fix it

    Put in what the statement is about. Delete an empty `condition` together with its key: without
    one the statement holds always, and says so openly.

    ## What camlint knows

    No page says what CAM does with an empty element. The elements are documented as required, and
    the API has errors for a missing one, so a refusal is to be expected. For an empty condition one
    user reports a refusal, while samples of Tencent Cloud's monitoring guide contain
    `"condition": []`, which is therefore a warning of low confidence.
    """
    if malformed.fault is not Fault.EMPTY or malformed.element == "effect":
        return
    if malformed.element == "condition":
        yield _empty_condition(malformed)
        return
    element, speaker = malformed.element, malformed.speaker
    if isinstance(malformed.pointer[-1], int):
        yield Finding(
            f"an empty string stands among the {element}s of {speaker}: it names "
            f"{NAMES[element]}, and CAM may refuse the policy for it",
            malformed.place(),
            label="empty",
            help=f"delete it, or put in the {element} that was meant",
        )
        return
    leads_to = LEADS_TO.get((element, malformed.effect or ""), "it says nothing")
    yield Finding(
        f"{speaker} names {NAMES[element]}, so {leads_to}, and CAM is likely to refuse the policy",
        malformed.place(),
        label="empty",
        help=WAYS_OUT[element],
        note=NOT_DOCUMENTED,
    )


def _empty_condition(malformed: Malformed) -> Finding:
    inside = malformed.pointer[len(malformed.statement or ()) + 1 :]
    speaker = malformed.speaker
    if not inside:
        return Finding(
            f"the condition is empty, so nothing restricts {speaker}, and CAM may refuse the "
            "policy",
            malformed.place(),
            label="tests nothing",
            help="delete the condition, or put in what it should test",
            note="samples in a guide of Tencent Cloud's have this form, so CAM may accept it"
            if malformed.value == []
            else "a user reports that CAM refuses it; no page says so",
            severity=Severity.WARNING if malformed.value == [] else None,
            confidence=Confidence.LOW if malformed.value == [] else Confidence.MEDIUM,
        )
    if len(inside) == 1:
        return Finding(
            f"{inside[0]} tests no key, so it doesn't restrict {speaker}, and CAM may refuse the "
            "policy",
            malformed.place(),
            label="tests nothing",
            help=f"put in the key to test, or delete {inside[0]}",
        )
    return Finding(
        f"{inside[1]} is compared with no value, so whether {speaker} then holds always or never "
        "is not documented",
        malformed.place(),
        label="no value",
        help=f"put in the values to compare with, or delete {inside[1]}",
    )
