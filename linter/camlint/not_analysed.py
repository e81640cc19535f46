"""The policies that are not analysed, or not in all respects, and what is said of them."""

from camlint.finding import Finding, Severity
from camlint.hosts.search import HostedPolicy
from camlint.place import Part, Place
from camlint.policy.elements import ActionPattern
from camlint.policy.policy import Policy
from camlint.wording import clip

LARGE = 500_000
"""Characters from which a document's policies are counted before they are looked at."""

MOST_VALUES = 25_000
"""Statements of one policy, and what their elements list; CAM takes 6,144 characters in all.

Source: https://cloud.tencent.com/document/product/598/10604
"""

REPAIR = "mend that and run camlint again; until then nothing is known about this policy"


def is_too_long(host: HostedPolicy) -> bool:
    """Whether a policy lists more than is looked at."""
    if host.value is None or len(host.document.text) <= LARGE:
        return False
    return _count_values(host.value) > MOST_VALUES


def tell_given_up(host: HostedPolicy) -> Finding:
    """Why a policy was not analysed at all."""
    where = f"the policy at {host.address}" if host.address else "this policy"
    document = host.document
    if document.recovered is not None:
        reason = "it is not JSON, and nothing in it has the shape of a policy"
        return Finding(
            f"{where} was not analysed: {reason}", Place((), 0, 0, part=Part.TEXT), help=REPAIR
        )
    if document.slips:
        slip = document.slips[0]
        place = Place((), slip.start, slip.end, part=Part.TEXT)
        reason = "it is not JSON, and there is more than one way to mend it"
        return Finding(f"{where} was not analysed: {reason}", place, help=REPAIR)
    place = Place((), 0, 0, part=Part.TEXT)
    return Finding(f"{where} was not analysed: {document.refusal}", place, help=REPAIR)


def tell_too_long(host: HostedPolicy) -> Finding:
    """That a policy lists more than is looked at."""
    where = f"the policy at {host.address}" if host.address else "this policy"
    return Finding(
        f"{where} was not analysed: it lists more than {MOST_VALUES:,} statements, actions, "
        "resources and values of conditions",
        Place((), part=Part.OPENING),
        help="CAM takes 6,144 characters in a policy; split it",
    )


def tell_left_out(action: ActionPattern) -> Finding:
    """That a statement was analysed without one of its actions, a set that nobody has a list of."""
    return Finding(
        f"this statement was analysed without {clip(action.text)}, so what is reported, and "
        "what isn't, holds for its other actions only",
        action.place(),
        label="left out",
        note="camlint has no list of the operations in such a set",
        severity=Severity.NOTE,
    )


def tell_too_intricate(policy: Policy) -> Finding:
    """That the statements of a policy were not compared with one another."""
    return Finding(
        f"the {len(policy.statements)} statements of this policy are too many or have too many "
        "wildcards to be compared with one another, so shadowed and redundant ones were not "
        "looked for",
        policy.opening_of("statement"),
        help="split the policy by service",
        severity=Severity.NOTE,
    )


def _count_values(value: dict[str, object]) -> int:
    """How many statements a policy has, with all that their elements list, conditions among it."""
    listed = value.get("statement", value.get("Statement"))
    items = listed if isinstance(listed, list) else [listed]
    count = len(items)
    waiting = [element for item in items if isinstance(item, dict) for element in item.values()]
    while waiting:
        element = waiting.pop()
        if isinstance(element, (list, dict)):
            count += len(element)
            waiting.extend(element.values() if isinstance(element, dict) else element)
    return count
