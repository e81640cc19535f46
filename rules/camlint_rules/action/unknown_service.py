"""An action names a service that isn't known, or not by that prefix."""

from collections.abc import Iterator
from functools import lru_cache

from camlint.rule import (
    ActionPattern,
    Bad,
    Catalog,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Kind,
    Policy,
    Related,
    Replace,
    Safety,
    Severity,
    clip,
    distance,
    join_words,
    rule,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.catalog.suggestion import Suggestion

MOST_MEANT = 3
"""Services that are still named as what may be meant; more are a guess at random."""
LONG = 6
"""Letters from which two slips leave enough of a prefix to be recognised by."""
MOST_RELATED = 10


MOST_SUGGESTED = 200
"""Unknown services of one policy for which a known one is looked for; nobody misspells more."""


@rule(
    code="CAM102",
    name="unknown-service",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    references=(
        "https://cloud.tencent.com/document/product/598/10588",
        "https://pypi.org/project/tencentcloud-sdk-python-cam/",
        "https://cloud.tencent.com/document/product/598/10604",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["«trct»:DismissRoom", "name/«TRTC»:RemoveUser"],
                  "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
                },
                {
                  "effect": "deny",
                  "action": ["«autoscaling»:DeleteAutoScalingGroup", "«cbs»:TerminateDisks"],
                  "resource": "*"
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
                  "action": ["trtc:DismissRoom", "name/trtc:RemoveUser"],
                  "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
                },
                {
                  "effect": "deny",
                  "action": ["as:DeleteAutoScalingGroup", "cvm:TerminateDisks"],
                  "resource": "*"
                }
              ]
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
                  "action": ["«s3»:GetObject", "cos:HeadObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1255000001:photos-1255000001/*"]
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
                  "action": ["cos:GetObject", "cos:HeadObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1255000001:photos-1255000001/*"]
                }
              ]
            }
            """,
        ),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["«voucher»:DescribeVoucherList", "voucher:UseVoucher"],
                  "resource": "*"
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
              "effect": "allow",
              "action": ["trtc:DismissRoom", "name/trtc:RemoveUser"],
              "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"]
            },
            {
              "effect": "deny",
              "action": ["as:DeleteAutoScalingGroup", "cvm:TerminateDisks", "sts:GetCallerIdentity"],
              "resource": "*"
            }
          ]
        }
    """),
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    What stands before the colon is the name that a product has in CAM, and that isn't always the
    product's own: Auto Scaling is `as`, API Gateway `apigw`, and cloud disks belong to `cvm`. CAM
    refuses a policy with a service that it doesn't know (`ActionServiceNotExist` among the errors
    of its API); where it takes it nonetheless, as for a role, the action matches no request.

    ## How to fix it

    Write the prefix that the message proposes. Where it proposes none, look at an action on the
    page about access management of the product: that page writes the prefix that CAM uses.

    ## What camlint knows

    Tencent publishes no complete list of prefixes. camlint knows those of the public API, of the
    pages about access management, and of the official examples. A prefix that resembles none of
    them is a note, once for each policy, since it may well be right. That prefixes are in lower
    case is how all of them are published; no document says whether CAM minds.
    """
    catalog = context.catalog
    for statement in policy.statements:
        if not _all_known(catalog, statement.services):
            break
    else:
        return
    unknown: dict[str, list[ActionPattern]] = {}
    for statement in policy.statements:
        for action in statement.actions:
            prefix = action.name.service.text
            if not catalog.service(prefix).known and _is_plain(action):
                unknown.setdefault(prefix, []).append(action)
    for number, (prefix, actions) in enumerate(unknown.items()):
        suggestion = _suggest(catalog, prefix) if number < MOST_SUGGESTED else None
        left: list[ActionPattern] = []
        for action in actions:
            meant = _choose(prefix, action, suggestion, catalog) if suggestion else ()
            if suggestion and meant:
                yield _renamed(action, suggestion, meant, context)
            else:
                left.append(action)
        if left:
            yield _unknown(left, context)


@lru_cache(maxsize=1024)
def _all_known(catalog: Catalog, services: frozenset[str]) -> bool:
    """Remembered, since statements name few sets of services."""
    return all(catalog.service(prefix).known for prefix in services)


@lru_cache(maxsize=256)
def _suggest(catalog: Catalog, prefix: str) -> "Suggestion | None":
    """Remembered, since many policies may name one service and comparing it takes a while."""
    return catalog.suggest_service(prefix)


def _is_plain(action: ActionPattern) -> bool:
    service = action.name.service.text
    return not action.name.opaque and "*" not in service and "?" not in service


def _choose(
    prefix: str, action: ActionPattern, suggestion: "Suggestion", catalog: Catalog
) -> tuple[str, ...]:
    """The services that are convincingly meant, or none.

    One of them having such an operation decides. Without it, a service that is spelt alike is
    believed only where chance is unlikely.
    """
    operation = action.name.operation.text
    having = (
        ()
        if operation.strip("*") == ""
        else tuple(text for text in suggestion.texts if catalog.matching(text, operation))
    )
    texts = having or suggestion.texts
    if not having and suggestion.kind == "near":
        lower = prefix.lower()
        swapped = tuple(text for text in texts if sorted(text) == sorted(lower))
        believed = len(lower) >= LONG or (len(lower) > 3 and distance(lower, texts[0]) == 1)
        texts = swapped or (texts if believed else ())
    return texts if len(texts) <= MOST_MEANT else ()


def _renamed(
    action: ActionPattern, suggestion: "Suggestion", meant: tuple[str, ...], context: Context
) -> Finding:
    name, catalog = action.name, context.catalog
    prefix, operation = name.service.text, name.operation.text
    shown = clip(action.text)
    listed = " or ".join(meant)
    consequence = (
        "so the action probably matches nothing"
        if context.kind is Kind.TRUST
        else "so CAM probably refuses the policy"
    )
    subject = f"{clip(prefix)} in {shown}"
    unheard = f"{subject} isn't a service that CAM is known to have"
    if suggestion.kind == "case":
        message = (
            f"{subject} isn't in lower case like every published prefix, so CAM may not know it as "
            f"{listed}"
        )
    elif suggestion.kind == "foreign":
        cloud = suggestion.reason.partition("; ")[0].removeprefix("that is a service of ")
        message = f"{subject} is a service of {cloud}; CAM has none of that name, {consequence}"
    elif suggestion.kind == "renamed":
        message = f"{unheard}, since the product goes by {listed} there, {consequence}"
    else:
        message = f"{unheard}, whereas {listed} is, {consequence}"
    known = [text for text in meant if catalog.find_action(text, operation) is not None]
    if known:
        has = "has" if len(known) == 1 else "have"
        note = f"{join_words(known)} {has} an operation {operation}"
    elif suggestion.kind == "case":
        note = "no document says whether CAM tells capitals from small letters here"
    elif "*" in operation:
        note = ""
    else:
        note = f"no operation {clip(operation)} is known of {join_words(meant)}; it may have another name"
    sure = suggestion.kind == "foreign" or (
        suggestion.kind != "case" and len(known) == len(meant) == 1
    )
    proposals = " or ".join(f'"{clip(f"{text}:{operation}", 200)}"' for text in meant)
    way_out = f"write {proposals}"
    place = action.place(name.service.start, name.service.end)
    convincing = len(meant) == 1 and _is_convincing(suggestion, meant[0], operation, catalog)
    fix = Fix(Safety.REPAIR, way_out, Replace(place, meant[0]))
    return Finding(
        message,
        place,
        label=f"meant as {listed}?",
        help=way_out,
        note=note,
        confidence=Confidence.HIGH if sure else None,
        fixes=(fix,) if convincing else (),
    )


def _is_convincing(
    suggestion: "Suggestion", service: str, operation: str, catalog: Catalog
) -> bool:
    """Whether an action is surely meant as the service's, so that it may be written for the author.

    A pattern of another product's name isn't: all of `cvm` is far more than `cbs` ever was.
    """
    if suggestion.kind == "case":
        return True
    if "*" not in operation:
        return catalog.find_action(service, operation) is not None
    if suggestion.kind != "near":
        return False
    return not operation.strip("*") or bool(catalog.matching(service, operation))


def _unknown(actions: list[ActionPattern], context: Context) -> Finding:
    first = actions[0].name
    prefix = clip(first.service.text)
    count = len(actions)
    what = (
        f"{clip(actions[0].text)} was" if count == 1 else f"the {count} actions that name it were"
    )
    refused = (
        ""
        if context.kind is Kind.TRUST
        else "; CAM can refuse a policy for a service that it doesn't know"
    )
    return Finding(
        f"{prefix} isn't among the {len(context.catalog.index.prefixes)} services that camlint "
        f"knows, so {what} not checked",
        actions[0].place(first.service.start, first.service.end),
        label="not a known service",
        related=tuple(
            Related(action.place(), "names it too") for action in actions[1:MOST_RELATED]
        ),
        help="compare the prefix with an action on the product's page about access management",
        note=f"Tencent publishes no complete list of services, so it may be right{refused}",
        severity=Severity.NOTE,
        confidence=Confidence.LOW,
    )
