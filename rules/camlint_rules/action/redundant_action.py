"""An action is repeated in its statement, or matched by another action of it."""

from collections.abc import Iterator

from camlint.patterns import covers
from camlint.rule import (
    ActionPattern,
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Related,
    Remove,
    Safety,
    Severity,
    Statement,
    Trait,
    rule,
)

MAX_TRIED = 250_000
"""How many pairs are compared in one statement; past it, only repetitions are reported."""


@rule(
    code="CAM109",
    name="redundant-action",
    severity=Severity.NOTE,
    confidence=Confidence.HIGH,
    references=("https://cloud.tencent.com/document/product/598/10604",),
    bad=Bad(
        """
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": [
                "cdb:Describe*",
                «"cdb:DescribeDBInstances"»,
                «"name/cdb:DescribeBackups"»,
                "cdb:RestartDBInstances",
                «"cdb:RestartDBInstances"»
              ],
              "resource": ["qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/cdb-a1b2c3d4"]
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
              "action": [
                "cdb:Describe*",
                "cdb:RestartDBInstances"
              ],
              "resource": ["qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/cdb-a1b2c3d4"]
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
              "action": ["cdb:Describe*", "cdb:RestartDBInstances"],
              "resource": ["qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/cdb-a1b2c3d4"]
            }
          ]
        }
    """),
    when=Trait.OVERLAPPING_ACTIONS,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The action changes nothing: another one of the same statement matches whatever it matches. It
    makes the policy longer, which counts against the limit of 6,144 characters, and misleads: who
    deletes `cdb:DeleteBackup` to take that right away still leaves `cdb:*` in place.

    ## How to fix it

    Delete the action. Or, if the wider pattern is the mistake, delete that one and keep the list of
    what is really needed.

    ## What camlint knows

    This is exact: `*` matches any run of characters, and a `name/` in front of an action makes no
    difference. Sets such as `permid/280655` are left alone, since nobody knows what they hold.
    """
    actions = statement.actions
    if len(statement.operations) == len(actions) and not statement.wildcards:
        return
    first: dict[str, int] = {}
    heads: dict[str, list[int]] = {}
    for index, action in enumerate(actions):
        text = action.name.qualified
        if not action.name.opaque and first.setdefault(text, index) == index and "*" in text:
            heads.setdefault(text.partition("*")[0], []).append(index)
    lengths = sorted({len(head) for head in heads})
    tried = 0
    for index, action in enumerate(actions):
        if action.name.opaque:
            continue
        text = action.name.qualified
        if first[text] != index:
            yield _repeated(action, actions[first[text]])
        elif tried < MAX_TRIED:
            for other in _candidates(text, heads, lengths):
                tried += 1
                wide = actions[other].name.qualified
                if (
                    other != index
                    and covers(wide, text)
                    and (other < index or not covers(text, wide))
                ):
                    yield _covered(action, actions[other])
                    break


def _candidates(text: str, heads: dict[str, list[int]], lengths: list[int]) -> Iterator[int]:
    """The patterns that may match all of ``text``: those that begin like it before their ``*``.

    Those with the shortest beginning come first, so that the widest is named.
    """
    literal = text.partition("*")[0]
    for length in lengths:
        if length > len(literal):
            return
        yield from heads.get(literal[:length], ())


def _repeated(action: ActionPattern, earlier: ActionPattern) -> Finding:
    same = "" if action.text == earlier.text else f" as {earlier.text}"
    return Finding(
        f"{action.text} already stands in this statement{same}, so it adds nothing",
        action.place(),
        label="a repetition",
        related=(Related(earlier.place(), "the same action"),),
        help="delete the repetition",
        fixes=(Fix(Safety.SAFE, "delete the repetition", Remove(action.pointer)),),
    )


def _covered(action: ActionPattern, cover: ActionPattern) -> Finding:
    return Finding(
        f"{action.text} is already matched by {cover.text} in the same statement, so it adds "
        "nothing",
        action.place(),
        label="adds nothing",
        related=(Related(cover.place(), "matches it too"),),
        help=f"delete it; or, if {cover.text} is wider than needed, delete that one",
        fixes=(Fix(Safety.SAFE, "delete it", Remove(action.pointer)),),
    )
