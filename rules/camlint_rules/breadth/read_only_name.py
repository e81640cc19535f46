"""A policy is called read-only and allows more than reading."""

from collections.abc import Iterator

from camlint.access.beyond_reading import Changing, find_changing
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Policy,
    Severity,
    Trait,
    Witness,
    clip,
    join_words,
    quote,
    rule,
)

SHOWN = 3
"""Actions that the message names."""

LEVELS = {
    "write": ("writes", "write"),
    "permissions": ("changes who has access", "change who has access"),
    "tagging": ("changes tags", "change tags"),
}
"""What one action and several do, by their level."""


@rule(
    code="CAM608",
    name="read-only-name",
    severity=Severity.NOTE,
    confidence=Confidence.MEDIUM,
    references=(
        "https://cloud.tencent.com/document/product/598/105584",
        "https://cloud.tencent.com/document/product/598/10601",
    ),
    kinds=(Kind.IDENTITY, Kind.SESSION),
    bad=(
        Bad(
            """
            {
              "PolicyName": "logs-read-only",
              "PolicyDocument": {
                "version": "2.0",
                "statement": [{
                  "effect": "allow",
                  "action": ["cls:Search*", «"cls:DeleteTopic"», "cls:ModifyIndex"],
                  "resource": "*"
                }]
              }
            }
            """
        ),
        Bad(
            """
            {
              "PolicyName": "CDBViewer",
              "PolicyDocument": {
                "version": "2.0",
                "statement": [
                  {"effect": "allow", "action": [«"cdb:*"»], "resource": "*"},
                  {"effect": "deny", "action": ["cdb:Delete*", "cdb:Isolate*"], "resource": "*"}
                ]
              }
            }
            """
        ),
    ),
    good=(
        Good(
            """
            {
              "PolicyName": "logs-read-only",
              "PolicyDocument": {
                "version": "2.0",
                "statement": [
                  {"effect": "allow", "action": ["cls:Search*", "cls:Describe*"], "resource": "*"},
                  {
                    "effect": "allow",
                    "action": "*",
                    "resource": "*",
                    "condition": {"numeric_equal": {"qcs:read_only_action": 1}}
                  }
                ]
              }
            }
            """
        ),
        Good(
            """
            {
              "PolicyName": "CDBViewer",
              "PolicyDocument": {
                "version": "2.0",
                "statement": [
                  {"effect": "allow", "action": ["cdb:De*"], "resource": "*"},
                  {"effect": "deny", "action": ["cdb:Delete*", "cdb:Destroy*"], "resource": "*"}
                ]
              }
            }
            """
        ),
        Good(
            """
            {
              "PolicyName": "logs-reviewer",
              "PolicyDocument": {
                "version": "2.0",
                "statement": [
                  {"effect": "allow", "action": ["cls:DeleteTopic"], "resource": "*"}
                ]
              }
            }
            """
        ),
    ),
    cwe=250,
    security_severity=4.0,
    when=Trait.READ_ONLY_NAME,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Whoever attaches a policy goes by its name, and so does whoever reviews who has it. One that is
    called read-only is given to trainees, auditors and outside firms without a second look, and
    what it allows beside reading goes unseen with it.

    ## How to fix it

    Take out what changes something, and give it in a policy of its own to those who need it. To make
    sure that nothing but reading is left, whatever the patterns, add the condition of the preset policy
    ReadOnlyAccess to the allows:

    ```json
    {"numeric_equal": {"qcs:read_only_action": 1}}
    ```

    If the policy does what it should, give it another name.

    ## What camlint knows

    The name of a policy is the parameter beside its document (`PolicyName` and its like), or
    that of the file that holds nothing else. It promises reading where it has the words `read only`
    or `view only`, however they are written, `viewer`, or the Chinese `只读` or `仅查看`; not where
    it takes that back, as `non-readonly` and `read-only-plus-write` do. A description is prose, and
    is not looked at.

    Counted are known actions that plainly change something, by their level or their verb, and of which
    a request is proved to be allowed: denies, scopes and conditions count, and actions of which
    the catalogue can't tell whether they change anything don't. Reading secrets is reading,
    and so is what the verb makes reading for ReadOnlyAccess, such as `sts:GetFederationToken`.
    """
    if not policy.traits & Trait.READ_ONLY_NAME:
        return
    found = find_changing(policy, context.settings, context.catalog)
    if found is not None:
        yield _report(policy, found)


def _report(policy: Policy, found: Changing) -> Finding:
    actions = found.actions
    shown = [clip(one.qualified, 50) for one in actions[:SHOWN]]
    rest = len(actions) - len(shown)
    least = "at least " if found.products or found.first.name.wild else ""
    listed = join_words([*shown, f"{least}{rest} more"] if rest else shown)
    sorts = []
    for level, words in LEVELS.items():
        count = sum(1 for one in actions if one.level == level)
        if count:
            sorts.append(f"{count} {words[count > 1]}")
    sensitive = sum(1 for one in actions if one.groups)
    note = ""
    if found.products:
        note = f"of sensitive actions alone, {join_words(sorts)}"
    elif rest:
        note = f"of the known actions that it allows, {join_words(sorts)}"
        if sensitive:
            note += f"; {sensitive} {'is' if sensitive == 1 else 'are'} sensitive"
    way_out = f"leave out {quote(found.first.text)}"
    if found.first.name.wild:
        way_out = (
            f"put only what reads in place of {quote(found.first.text)}, or add the condition "
            '"numeric_equal": {"qcs:read_only_action": 1}'
        )
    return Finding(
        f"{quote(policy.name, 80)} promises reading only, but this policy also allows {listed}",
        found.first.place(),
        label="more than reading",
        help=f"{way_out}, or give the policy a name that says what it allows",
        note=note,
        witness=Witness(found.request, found.absent),
    )
