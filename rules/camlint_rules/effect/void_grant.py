"""An allow lists an action that CAM never matches against the resources beside it."""

from collections.abc import Iterator

from camlint.access.conditions import read_block
from camlint.access.nouns import choose_near, find_page, name_resources
from camlint.access.unnamed import DeadAction, find_dead_actions, find_grantor
from camlint.catalog.action import AUTHORITY
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Insert,
    Kind,
    Policy,
    Related,
    Remove,
    Safety,
    SetValue,
    Severity,
    Statement,
    Trait,
    clip,
    join_words,
    rule,
)


@rule(
    code="CAM505",
    name="void-grant",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/67492",
        "https://cloud.tencent.com/document/product/598/10606",
        "https://cloud.tencent.com/document/product/598/70059",
    ),
    kinds=(Kind.IDENTITY, Kind.SESSION, Kind.SCP, Kind.BUCKET),
    supersedes=("CAM507", "CAM604"),
    when=Trait.LIMITED,
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": [«"name/trtc:CreateCloudSliceTask"», "name/trtc:RemoveUser"],
                "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
              }]
            }
            """,
            fixed="""
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": ["name/trtc:RemoveUser"],
                "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
              }, {
                "effect": "allow",
                "action": ["name/trtc:CreateCloudSliceTask"],
                "resource": ["*"]
              }]
            }
            """,
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": [«"cdb:CreateDBInstance"», "cdb:RestartDBInstances"],
                  "resource": ["qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/*"]
                },
                {
                  "effect": "allow",
                  "action": [«"cam:CreateGroup"», «"cam:AcceptOrganization*"»],
                  "resource": "qcs::cam::uin/100012345678:uin/100087654321"
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
                  "action": ["cdb:RestartDBInstances"],
                  "resource": ["qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/*"]
                },
                {
                  "effect": "allow",
                  "action": ["cdb:CreateDBInstance"],
                  "resource": ["*"]
                },
                {
                  "effect": "allow",
                  "action": ["cam:CreateGroup", "cam:AcceptOrganization*"],
                  "resource": "*"
                }
              ]
            }
            """,
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
                  "action": ["trtc:RemoveUser", "trtc:DismissRoom"],
                  "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
                },
                {
                  "effect": "allow",
                  "action": ["trtc:CreateCloudSliceTask", "cdb:CreateDBInstance"],
                  "resource": ["*"]
                }
              ]
            }
            """
        ),
        Good(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["trtc:*"],
                  "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
                },
                {
                  "effect": "allow",
                  "action": "cdb:Describe*",
                  "resource": ["qcs::cdb:ap-guangzhou:uin/100012345678:instanceId/cdb-a1b2c3d4"]
                },
                {
                  "effect": "allow",
                  "action": "trtc:CreateCloudSliceTask",
                  "resource": ["qcs::trtc:::*", "qcs::*:*:*:*"]
                }
              ]
            }
            """
        ),
    ),
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    CAM knows two sorts of operations. *Resource-level* ones are matched against the resource
    that they work on. To *operation-level* ones, as creating an instance or attaching a policy,
    CAM gives no resource, only `*`. A statement that names particular resources never matches such
    a request: the operation is listed, saved without complaint, and refused whenever it is called.

    It is the quietest way for a policy to fail. In a review it looks granted, and even limited.

    ## How to fix it

    Grant operation-level actions in a statement of their own, with `"resource": "*"`. CAM can't
    limit them any further; if they are not to be had for every resource, leave them out. Keep the
    resource-level ones where they are.

    `camlint fix` removes the dead action, which changes nothing. `camlint fix --repair` grants it on
    `"*"`, in a statement behind this one with the same conditions: that is more than before.

    ## What camlint knows

    The granularity of an action is documented, by CAM's page on the product or else by the
    product's own. An action of which no page says it isn't reported, and one about which pages
    disagree is a warning. So is a pattern such as `cam:Attach*`, and only if every known action
    that it matches is operation-level: the public catalogue is partial, and there may be others. A
    resource of six segments that names nothing but a service, `qcs::trtc:::*`, may or may not
    match; no document says, and it isn't reported. Nor is a statement any of whose resources is
    `"*"`.

    Where another statement allows the action on `"*"` already it is a warning: the action does
    work, though not within the limits that stand beside it.
    """
    statements = policy.statements
    for number, statement in enumerate(statements):
        if statement.effect != "allow" or not statement.traits & Trait.LIMITED:
            continue
        found = find_dead_actions(statement, context.catalog)
        if found:
            behind = next(iter(statements[number + 1 : number + 2]), None)
            rest = Rest(statement, found, behind, alone=len(statements) == 1)
            for dead in found:
                yield _report(policy, statement, dead, rest, context)


class Rest:
    """What stands beside the dead actions of a statement.

    ``no_action`` tells that they are all of its actions, ``no_statement`` that it is alone too;
    ``all_sure`` that each of them surely matches nothing. ``behind`` is the statement that follows.
    """

    __slots__ = ("all_sure", "behind", "no_action", "no_statement")

    def __init__(
        self,
        statement: Statement,
        found: tuple[DeadAction, ...],
        behind: Statement | None,
        *,
        alone: bool,
    ) -> None:
        self.no_action = len(found) == len(statement.actions)
        self.no_statement = alone
        self.all_sure = all(_is_sure(one) for one in found)
        self.behind = behind


def _report(
    policy: Policy, statement: Statement, dead: DeadAction, rest: Rest, context: Context
) -> Finding:
    action, text = dead.pattern, clip(dead.pattern.name.qualified)
    near = choose_near(statement.resources, action.name.service.text)
    where = name_resources(near)
    pattern = action.name.wild
    documented = all(AUTHORITY in one.origins for one in dead.known)
    certain = documented and _is_sure(dead)
    severity = Severity.ERROR if _is_sure(dead) else Severity.WARNING
    if not pattern:
        said = "is operation-level" if dead.settled else "is probably operation-level"
        message = f"{text} {said}, so CAM never matches it against {where}"
        them = "it"
    elif len(dead.known) == 1:
        message = (
            f"{text} has one known match, {dead.known[0].name}, which is operation-level, so CAM "
            f"never matches it against {where}"
        )
        them = "it"
    else:
        message = (
            f"all {len(dead.known)} known actions that {text} matches are operation-level, so CAM "
            f"never matches them against {where}"
        )
        them = "them"
    label = "granted to nobody"
    granting = (
        'write "resource": "*"'
        if rest.no_action
        else f'grant {them} in a statement of its own with "resource": "*"'
    )
    way_out = f"{granting}, or remove {them}"
    if context.kind is Kind.BUCKET:
        way_out = (
            f'remove {them} here, and grant {them} in the policy of a user with "resource": "*"'
        )
    grantor = find_grantor(policy, statement, action)
    related = [Related(near[0].place(), 'only "*" would match')]
    if grantor is not None:
        severity = Severity.WARNING
        label = "without effect here"
        message = f"{message}; statement {grantor + 1} alone grants it, on everything"
        way_out = (
            f"remove {them} here; if not every resource is meant, remove {them} from statement "
            f"{grantor + 1} too, since CAM can't limit {them}"
        )
        related.append(
            Related(policy.statements[grantor].element("resource"), "granted on everything here")
        )
    return Finding(
        message,
        action.place(),
        label=label,
        related=tuple(related),
        help=way_out,
        note=_explain(dead, context),
        severity=severity,
        confidence=Confidence.HIGH if certain else Confidence.MEDIUM,
        fixes=(
            *_remove(statement, dead, rest, f"remove {them}"),
            *(() if grantor is not None else _grant(statement, dead, rest, granting, context)),
        ),
    )


def _is_sure(dead: DeadAction) -> bool:
    """Whether an action surely matches nothing.

    A pattern may match operations that nobody has published, and of a single one pages may disagree.
    """
    return dead.settled and not dead.pattern.name.wild


def _remove(statement: Statement, dead: DeadAction, rest: Rest, description: str) -> Iterator[Fix]:
    """The fixes that take a dead action out, with its statement where nothing else is left of that.

    A statement goes alone, so that the last one of a policy stays.
    """
    sure = _is_sure(dead)
    if not rest.no_action or (sure and not rest.all_sure):
        safety = Safety.SAFE if sure else Safety.NARROWING
        yield Fix(safety, description, Remove(dead.pattern.pointer))
    if rest.no_action and not rest.no_statement:
        safety = Safety.SAFE if rest.all_sure else Safety.NARROWING
        yield Fix(safety, "remove the statement", Remove(statement.pointer), alone=True)


def _grant(
    statement: Statement, dead: DeadAction, rest: Rest, description: str, context: Context
) -> Iterator[Fix]:
    """The fix that grants a dead action on everything, the only way in which CAM can.

    A statement of nothing else gets ``"*"`` for its resources. An action beside others moves to a
    statement of its own behind this one; to the one that stands there, if that is just like it.
    """
    if context.kind is Kind.BUCKET or not statement.understood:
        return
    action, resource = statement.spelling["action"], statement.spelling["resource"]
    everything: object = ["*"] if isinstance(statement.value[resource], list) else "*"
    if rest.no_action:
        edit = SetValue((*statement.pointer, resource), everything)
        yield Fix(Safety.REPAIR, description, edit)
        return
    *above, index = statement.pointer
    if not isinstance(index, int):
        return
    text, behind = dead.pattern.text, rest.behind
    if behind is not None and behind.pointer[-1] == index + 1 and _takes(behind, statement):
        listed = (*behind.pointer, behind.spelling["action"])
        added = Insert(listed, len(behind.actions), text)
    else:
        replaced: dict[str, object] = {action: [text], resource: everything}
        moved = {
            key: replaced.get(key, value)
            for key, value in statement.value.items()
            if key.lower() != "sid"
        }
        added = Insert(tuple(above), index + 1, moved)
    yield Fix(Safety.REPAIR, description, Remove(dead.pattern.pointer), added)


def _takes(behind: Statement, statement: Statement) -> bool:
    """Whether a statement grants its actions on everything, and else is just like another."""
    return (
        behind.complete
        and behind.understood
        and behind.value[behind.spelling["effect"]] == statement.value[statement.spelling["effect"]]
        and isinstance(behind.value[behind.spelling["action"]], list)
        and [one.text for one in behind.resources] == ["*"]
        and read_block(behind) == read_block(statement)
        and {(one.family, one.text) for one in behind.principals}
        == {(one.family, one.text) for one in statement.principals}
    )


def _explain(dead: DeadAction, context: Context) -> str:
    """What the finding rests on."""
    service = context.catalog.service(dead.pattern.name.service.text)
    page = find_page(service, dead.known[0])
    where = f"the granularity is listed at {page}" if page else "its product documents it so"
    if not dead.settled:
        where += "; another page contradicts it, so try the action before you rely on this"
    if len(dead.known) > 1:
        shown = join_words([one.name for one in dead.known[:3]])
        more = len(dead.known) - 3
        listed = shown if more <= 0 else f"{shown} and {more} more"
        return f"matches {listed}; {where}; the public catalogue is partial"
    return where
