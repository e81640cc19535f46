"""The conditions of a statement can't be met together, so the statement never applies."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Condition,
    Confidence,
    Context,
    Finding,
    Good,
    Place,
    Related,
    Severity,
    Statement,
    Trait,
    clip,
    join_words,
    rule,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.access.vacuity import Contradiction

SHOWN = 3
"""Values and actions that a message names."""

READING = "qcs:read_only_action"
"""The key that is 1 for actions that read."""


@rule(
    code="CAM312",
    name="contradictory-condition",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10608",
        "https://cloud.tencent.com/document/product/598/105584",
    ),
    bad=(
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:PutObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {
                    "numeric_greater_than": {"cos:content-length": «10485760»},
                    "numeric_less_than": {"cos:content-length": 1024}
                  }
                }
              ]
            }
        """),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "deny",
                  "action": ["cdb:IsolateDBInstance"],
                  "resource": ["*"],
                  "condition": {
                    "ip_equal": {"qcs:ip": «["10.0.0.0/8", "192.168.0.0/16"]»},
                    "ip_equal_if_exist": {"qcs:ip": "203.0.113.0/24"}
                  }
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
                  "action": ["cos:PutObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {
                    "null_equal": {"cos:x-cos-acl": "true"},
                    "string_equal": {"cos:x-cos-acl": «"private"»}
                  }
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
                  "action": ["cdb:Create*"],
                  "resource": ["*"],
                  "condition": {"numeric_equal": {"qcs:read_only_action": «1»}}
                }
              ]
            }
        """),
    ),
    good=(
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:PutObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {
                    "numeric_greater_than": {"cos:content-length": 1024},
                    "numeric_less_than": {"cos:content-length": 10485760}
                  }
                }
              ]
            }
        """),
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cdb:RestartDBInstances"],
                  "resource": ["*"],
                  "condition": {
                    "ip_equal": {"qcs:ip": ["10.0.0.0/8", "203.0.113.0/24"]},
                    "ip_not_equal": {"qcs:ip": "10.9.0.0/16"}
                  }
                }
              ]
            }
        """),
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cdb:Create*"],
                  "resource": ["*"],
                  "condition": {
                    "string_equal": {"qcs:create_uin": "${uin}"},
                    "string_equal_ignore_case": {"qcs:create_uin": "1000"}
                  }
                }
              ]
            }
        """),
    ),
    supersedes=(
        *("CAM313", "CAM314", "CAM319"),
        *("CAM501", "CAM502", "CAM503", "CAM504", "CAM506"),
        *("CAM601", "CAM602", "CAM603", "CAM604", "CAM605", "CAM606", "CAM607"),
        *("CAM701", "CAM702", "CAM703", "CAM704", "CAM705", "CAM706", "CAM707"),
    ),
    when=Trait.CONDITIONAL,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    All conditions of a statement must hold at once. Here some of them exclude one another: a number
    above the upper bound, an address in two networks that share none, a key that is both there and
    missing. No request meets them, so an allow grants nothing and a deny never refuses anything. A
    deny like this is the worse of the two, since nobody notices that it guards nothing.

    ## How to fix it

    Several values in one list are alternatives; several conditions are not. Put what may hold
    instead of something else into one list under one operator, or into a statement of its own. Of
    two bounds, check which is the lower one.

    ## What camlint knows

    The finding is a proof, and names the fewest conditions that exclude one another. Variables such
    as `${uin}` may be anything, and operators of two types on one key, or several values under a
    negated operator, leave too much open: they prove nothing.

    `qcs:read_only_action` and `qcs:except_cam_finance` aren't sent with a request: they follow from
    its action. The first is 1 for actions whose names begin with a verb that reads, such as
    `Describe`, `Get` or `List`, the second for all services but `cam` and `finance`. An allow of
    `cdb:Create*` on condition that the action reads grants nothing. Which verbs count is documented
    for one preset policy, so that such findings have medium confidence.
    """
    if not statement.may_contradict:
        return
    from camlint.access.vacuity import find_contradictions  # noqa: PLC0415 - few statements need it

    for found in find_contradictions(statement):
        yield _report(statement, found)


def _report(statement: Statement, found: "Contradiction") -> Finding:
    # One that excludes all addresses of a version comes first: CAM307 speaks for it there.
    first, *others = sorted(found.conditions, key=lambda one: not _excludes_a_version(one))
    related = [Related(_values(one), one.wanted) for one in others]
    note = ""
    if found.only is not None:
        why, note = _follow(statement, found)
        related += [
            Related(action.place(), f"{first.key} is {found.only}")
            for action in statement.actions[:SHOWN]
        ]
    else:
        why = _exclude(found.conditions)
    ends = {"allow": "this allow grants nothing", "deny": "this deny never fires"}
    return Finding(
        f"{why}, so {ends.get(statement.effect or '', 'this statement never applies')}",
        _values(first),
        label=first.wanted,
        related=tuple(related),
        help=_way_out(found),
        note=note,
        confidence=None if found.only is None else Confidence.MEDIUM,
        scope=statement.pointer,
    )


def _excludes_a_version(condition: Condition) -> bool:
    return condition.base == "ip_not_equal" and any(
        isinstance(one, str) and one.endswith("/0") for one in condition.values
    )


def _values(condition: Condition) -> Place:
    """The value of a condition, or its whole list where there are several."""
    if len(condition.values) == 1:
        return condition.value_place(0)
    return Place(condition.pointer)


def _exclude(conditions: tuple[Condition, ...]) -> str:
    """Why the conditions on one key exclude one another, in words."""
    key = conditions[0].key
    wants_absence = [one for one in conditions if _null(one) and one.when_absent]
    wants_presence = [one for one in conditions if _null(one) and not one.when_absent]
    compared = [one for one in conditions if not _null(one)]
    if wants_absence:
        if wants_presence:
            return f"{key} can't be absent and present at once"
        if compared:
            return f"{key} can't be absent and {compared[0].wanted} at once"
        return f"{key} follows from the action and is never absent"
    if conditions[0].derived:
        return f"{key} is 0 or 1, never {_at_once(compared)}"
    if any(one.qualifier for one in compared):
        parts = join_words(_QUALIFIED[one.qualifier].format(one.wanted) for one in compared)
        why = f"no values of {key} are such that {parts}"
    else:
        why = f"no {_NOUNS[_family(compared[0])]} is {_at_once(compared)}"
        if not wants_presence:
            why += f", as {key} would have to be"
    return why + (f", and null_equal wants {key} to be there" if wants_presence else "")


def _at_once(conditions: list[Condition]) -> str:
    phrases = [one.wanted for one in conditions]
    both = "both " if len(phrases) == 2 else "at once " if len(phrases) > 2 else ""
    return both + join_words(phrases)


def _follow(statement: Statement, found: "Contradiction") -> tuple[str, str]:
    """Why no action of the statement meets conditions on a key that follows from the action."""
    key = found.conditions[0].key
    names = [clip(action.text, 40) for action in statement.actions[:SHOWN]]
    if len(statement.actions) > SHOWN:
        names.append(f"{len(statement.actions) - SHOWN} more")
    why = f"{key} is {found.only} for {join_words(names)}, never {_at_once(list(found.conditions))}"
    if key == READING:
        note = (
            f"{key} is 1 for actions that begin with a verb that reads, such as Describe, Get, List"
        )
    else:
        note = f"{key} is 0 for the actions of cam and finance, and 1 for all others"
    return why, note


_QUALIFIED = {
    "for_any_value": "one is {}",
    "for_all_value": "all are {}",
    "": "there is only one, {}",
}
_NOUNS = {
    "numeric": "number",
    "date": "date",
    "ip": "address",
    "string": "text",
    "binary": "value",
    "bool": "value",
}


def _null(condition: Condition) -> bool:
    return _family(condition) == "null"


def _family(condition: Condition) -> str:
    known = condition.known
    return known.family if known is not None else ""


def _way_out(found: "Contradiction") -> str:
    conditions = found.conditions
    if found.only is not None:
        return "name actions for which the condition holds, or leave the condition out"
    null = [one for one in conditions if _null(one)]
    compared = [one for one in conditions if not _null(one)]
    if null and null[0].when_absent and compared:
        one = compared[0]
        return (
            f"leave one of the two out; to take requests without {one.key} too, write "
            f"{one.operator}_if_exist in place of both"
        )
    if len(conditions) == 1:
        return "leave the condition out, or write what the key can be"
    orders = {one.known.order[:1] for one in compared if one.known is not None}
    if orders == {"<", ">"}:
        return "check which bound is the lower one, and leave something between them"
    if any(one.known is not None and one.known.negated for one in compared):
        return "conditions must all hold; leave one of them out, or exclude less"
    return (
        "conditions must all hold; list what may hold instead of something else under one "
        "operator, or give each a statement of its own"
    )
