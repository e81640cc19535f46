"""A cheap test that refutes most covers before a question is asked.

Whoever covers a statement covers each of its actions on its first resource. That takes a statement
with an action and a resource that match those, and most policies have none.
"""

from collections.abc import Sequence
from functools import lru_cache

from camlint.access.readable import readable
from camlint.catalog.catalog import Catalog
from camlint.patterns import ActionName, covers
from camlint.policy.elements import ResourcePattern
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.traits import Trait

MOST_STATEMENTS = 400
"""Statements that are compared with one another; a policy of CAM's 6,144 characters holds fewer.

Source: https://cloud.tencent.com/document/product/598/10604
"""

REMEMBERED = 4096
"""Actions of which it is remembered what they are matched against."""

PATTERNS = Trait.WILDCARD_ACTION | Trait.SWEEPING_ACTION
"""What a statement has, one or both, that stands for more actions than it names."""

UNLIMITED = Trait.EVERYTHING | Trait.OPEN
"""What a statement has, one or both, that may match all there is."""


def comparable(policy: Policy) -> bool:
    """Whether a policy is small enough for its statements to be compared with one another."""
    return len(policy.statements) <= MOST_STATEMENTS


def share_services(statements: tuple[Statement, ...]) -> Sequence[Statement]:
    """The statements that others may cover, as their services tell; that the rest isn't is a proof.

    On resources some actions match nothing, so that others needn't have the service of these.
    """
    met: set[str] = set()
    shared: set[str] = set()
    for statement in statements:
        if statement.traits & Trait.SWEEPING_ACTION:
            return statements
        shared |= met & statement.services
        met |= statement.services
    if not shared:
        return ()
    return [
        statement
        for statement in statements
        if statement.services <= shared or not statement.traits & Trait.EVERYTHING
    ]


def could_cover(others: tuple[Statement, ...], statement: Statement, catalog: Catalog) -> bool:
    """Whether it is worth asking if others cover a statement; False is a proof.

    The statement itself may be among them, and doesn't count.
    """
    if not statement.resources or not statement.actions:
        return True
    for condition in statement.conditions:
        # Such a key tells the actions of one pattern apart, so that several others may cover it.
        if condition.derived:
            return True
    resource = statement.resources[0]
    everything = resource.six is None
    for action in statement.actions:
        name = action.name
        if name.opaque:
            continue
        for other in others:
            traits = other.traits
            if other is statement or (everything and not traits & UNLIMITED):
                continue
            if name.qualified not in other.operations and not (
                traits & PATTERNS and _may_do(other, name)
            ):
                continue
            if traits & Trait.EVERYTHING or _may_reach(other, resource):
                break
        else:
            # An operation-level action on six segments makes an empty cell, which anything covers.
            if everything or name.wild or not _is_operation_level(name, catalog):
                return False
    return True


@lru_cache(maxsize=REMEMBERED)
def _is_operation_level(name: ActionName, catalog: Catalog) -> bool:
    return catalog.resource_level(name.service.text, name.operation.text) is False


def _may_do(statement: Statement, name: ActionName) -> bool:
    """Whether patterns of a statement may match all that an action does; False is a proof."""
    for one in statement.actions:
        wide = one.name
        if wide.wild:
            head = wide.qualified.partition("*")[0]
            if name.qualified.startswith(head) and covers(wide.qualified, name.qualified):
                return True
        elif wide.opaque:
            return True
    return False


def _may_reach(statement: Statement, resource: ResourcePattern) -> bool:
    """Whether resources of a statement may match all that a resource does; False is a proof."""
    for one in statement.resources:  # noqa: SIM110 - a generator costs as much again
        if may_match_resource(one, resource):
            return True
    return False


def plainly_covers(wide: Statement, narrow: Statement, catalog: Catalog) -> bool:
    """Whether all that a statement matches is matched by another, as both say in so many words.

    True is a proof, and a cheap one, in a policy that speaks of nobody: the other is on ``"*"``,
    always, and has a pattern for each action. False may be either. What matches nothing at all
    isn't covered.
    """
    if not wide.traits & Trait.EVERYTHING or wide.conditions:
        return False
    if wide.principals or narrow.principals:
        return False
    if not readable(wide) or not readable(narrow):
        return False
    for action in narrow.actions:
        name = action.name.qualified
        for pattern in wide.actions:
            if covers(pattern.name.qualified, name):
                break
        else:
            return False
    return bool(narrow.traits & Trait.EVERYTHING) or any(
        one.name.wild or not _is_operation_level(one.name, catalog) for one in narrow.actions
    )


def may_match_resource(wide: ResourcePattern, narrow: ResourcePattern) -> bool:
    """Whether one resource may match all that another does; False is a proof.

    Looks at services and tails only, ignoring case; variables may be anything.
    """
    if wide.six is None or wide.text == narrow.text:
        return True
    if narrow.six is None:
        return wide.everything
    service = wide.six.service.text
    if service and service != narrow.six.service.text and "*" not in service:
        return "$" in service or "$" in narrow.six.service.text
    head, star, _ = wide.six.tail.text.partition("*")
    tail = narrow.six.tail.text
    if "$" in head or "$" in tail:
        return True
    if star:
        return tail.lower().startswith(head.lower())
    return tail.lower() == head.lower()
