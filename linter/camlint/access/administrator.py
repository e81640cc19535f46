"""Whether a policy makes an administrator: every operation on everything, denies and conditions weighed."""

from collections.abc import Sequence

from camlint.access.absent import find_absent
from camlint.access.answer import Request, Verdict
from camlint.access.covers import covered_by
from camlint.access.decide import decide
from camlint.access.find import find
from camlint.access.first_cell import comparable
from camlint.access.grants import grants
from camlint.access.question import Question, ask
from camlint.catalog.catalog import Catalog
from camlint.policy.actions import Actions
from camlint.policy.elements import ActionPattern, ResourcePattern
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.settings import Settings

EVERYTHING = "*:*"

ADMINISTRATION = (
    "AttachUserPolicy",
    "AttachUserPolicies",
    "AttachGroupPolicy",
    "AttachRolePolicy",
    "AddUserToGroup",
    "UpdatePolicy",
    "CreatePolicyVersion",
    "UpdateAssumeRolePolicy",
    "CreateAccessKey",
)
"""Operations on identities and policies, each enough to get whatever else was refused.

Source: https://cloud.tencent.com/document/product/598/69872
"""

ELSEWHERE = ("192.0.2.7", "198.51.100.7", "203.0.113.7")
"""Addresses of three networks that have nothing to do with one another. Source: RFC 5737."""

Whole = tuple[Statement, ActionPattern, ResourcePattern]
"""An allow with the action and the resource with which it allows everything."""

Kept = tuple[Request, tuple[str, ...]]
"""A request that denies leave, and the condition keys that it must not have."""


class Administrator:
    """The allows that give everything, each alone or, where ``united``, only all together.

    ``kept`` is a request to administer identities that is proved to be allowed, None where none
    was looked for or found.
    """

    __slots__ = ("kept", "united", "wide")

    def __init__(self, wide: Sequence[Whole], kept: Kept | None, *, united: bool) -> None:
        self.wide = tuple(wide)
        self.kept = kept
        self.united = united


def find_administrator(
    policy: Policy, settings: Settings, catalog: Catalog
) -> Administrator | None:
    """What makes the holder of a policy an administrator; None where that isn't proved."""
    found = [
        whole
        for one in policy.allows
        if one.wildcards and (whole := _find_everything(one)) is not None
    ]
    if not found or not comparable(policy):
        return None
    wide = [one for one in found if not one[0].conditions]
    united = not wide
    if united:
        wide = _find_union(policy, settings, catalog, found)
    if not wide:
        return None
    weighed = any(map(_may_reach_rights, policy.statements))
    kept = _find_kept_rights(policy, settings, catalog, () if weighed or united else wide)
    if weighed and (kept is None or not _is_free(policy, settings, catalog, kept[0])):
        return None
    if weighed and not united:
        wide = [one for one in wide if _survives(policy, settings, catalog, one[0])]
    return Administrator(wide, kept, united=united) if wide else None


def _is_free(policy: Policy, settings: Settings, catalog: Catalog, request: Request) -> bool:
    """Whether a request is allowed from nearly anywhere, with nothing else that a condition asks for."""
    question = ask(policy, settings, catalog)
    allowed = 0
    for address in ELSEWHERE:
        here = Request(request.action, request.resource, request.principal, {"qcs:ip": (address,)})
        allowed += decide(question, here).verdict is Verdict.ALLOW
    return 2 * allowed > len(ELSEWHERE)


def _may_reach_rights(statement: Statement) -> bool:
    """Whether a deny may refuse operations on identities: those of other services don't."""
    if statement.effect == "allow":
        return False
    return not statement.complete or any(
        action.name.opaque or action.name.service.text == "cam" or "*" in action.name.service.text
        for action in statement.actions
    )


def _find_everything(statement: Statement) -> Whole | None:
    """The action and the resource with which an allow allows everything, conditions aside.

    There is no other way: what matches an arbitrary action on an arbitrary resource is a pattern
    that matches all of them, so no union of narrower statements does.
    """
    if not statement.complete:
        return None
    action = next((one for one in statement.wildcards if one.name.qualified == EVERYTHING), None)
    if action is None:
        return None
    resource = next((one for one in statement.resources if one.everything), None)
    return None if resource is None else (statement, action, resource)


def _find_union(
    policy: Policy, settings: Settings, catalog: Catalog, found: list[Whole]
) -> list[Whole]:
    """Those of the allows under conditions that allow everything together; none unless proved."""
    if len(found) < 2 and not any(
        one.if_exist or (one.derived and not one.preset) for one in found[0][0].conditions
    ):
        return []
    actions = Actions((found[0][1],))
    everything = ResourcePattern("*", (), None)
    anything = Statement((), {}, {}, "allow", actions, (everything,), (), (), ())
    question = Question((policy,), settings, catalog, probes=(anything,))
    numbers = {policy.statements.index(statement): one for one in found for statement in one[:1]}
    candidates = sum(1 << number for number in numbers)
    by = covered_by(question, len(policy.statements), candidates)
    return [numbers[number] for number in by]


def _survives(policy: Policy, settings: Settings, catalog: Catalog, statement: Statement) -> bool:
    """Whether an arbitrary request of the allow is proved to be left by the denies."""
    question = ask(policy, settings, catalog)
    index = policy.statements.index(statement)
    return isinstance(find(question, (index,), question.full & ~question.allows), Request)


def _find_kept_rights(
    policy: Policy, settings: Settings, catalog: Catalog, unopposed: Sequence[Whole]
) -> Kept | None:
    """A request to administer identities that is proved to be allowed, denies and all.

    Operations to which CAM gives a resource are asked about with those of CAM. ``unopposed`` are
    allows to which nothing that the policy says of identities is opposed.
    """
    if not policy.principals and any(resource.six is None for _, _, resource in unopposed):
        for one in ADMINISTRATION:
            if catalog.resource_level("cam", one) is False:
                return Request(f"cam:{one}", "*"), ()
    unscoped, scoped = (
        [
            f"cam:{one}"
            for one in ADMINISTRATION
            if (catalog.resource_level("cam", one) is False) is bare
        ]
        for bare in (True, False)
    )
    for actions, resource in ((unscoped, "*"), (scoped, "qcs::cam:::*")):
        kept = grants((policy,), actions, (resource,), settings, catalog)
        if isinstance(kept, Request):
            return kept, find_absent(ask(policy, settings, catalog), kept)
    return None
