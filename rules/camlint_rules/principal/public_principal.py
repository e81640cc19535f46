"""An allow lets in everybody, without asking who they are."""

from collections.abc import Iterator

from camlint.access.answer import UNKNOWN, Request, Unknown
from camlint.access.bucket_deeds import deed_of, list_deeds, rank_deed
from camlint.access.principals import ANONYMOUS
from camlint.access.public import find_public_request, limits_callers, list_general_denies
from camlint.catalog.action import Action
from camlint.patterns import matcher
from camlint.rule import (
    ActionPattern,
    Bad,
    Catalog,
    Condition,
    Confidence,
    Context,
    Finding,
    Good,
    Kind,
    Policy,
    Principal,
    Related,
    Severity,
    Statement,
    clip,
    join_words,
    rule,
)

MOST_DEEDS = 2
"""Things that everybody can do of which the message tells."""

EFFORT = 3000
"""What may be spent on denies, each time the parts of the statements that are compared.

Beyond it, an action counts as left.
"""


@rule(
    code="CAM402",
    name="public-principal",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/436/45235",
        "https://cloud.tencent.com/document/product/436/18023",
        "https://cloud.tencent.com/document/product/598/10604",
    ),
    kinds=(Kind.BUCKET, Kind.TRUST),
    bad=(
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {"qcs": [«"qcs::cam::anyone:anyone"»]},
                  "action": ["cos:GetObject", "cos:HeadObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
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
                  "principal": «"*"»,
                  "action": ["cos:GetObject", "cos:Put*"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {"ip_equal": {"qcs:ip": ["0.0.0.0/0"]}}
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
                  "principal": {"qcs": [«"*"»]},
                  "action": ["sts:AssumeRole"]
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
                  "principal": {"qcs": ["qcs::cam::uin/100012345678:uin/100012345679"]},
                  "action": ["cos:GetObject", "cos:PutObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
                }
              ]
            }
        """),
        Good("""
            {
              "version": "2.0",
              "principal": {"qcs": ["qcs::cam::anonymous:anonymous"]},
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {"ip_equal": {"qcs:ip": ["203.0.113.0/24"]}}
                }
              ]
            }
        """),
    ),
    cwe=284,
    security_severity=8.0,
    weighs=True,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    `"*"`, `qcs::cam::anyone:anyone` and `qcs::cam::anonymous:anonymous` are everybody on the
    internet, without a signature. What the statement allows on a bucket needs no more than its
    address, which is easy to guess, and you pay for the traffic. Where it allows writing, strangers
    can replace your files by theirs; where it allows changing permissions, they can take the rest.
    A role that trusts everybody can be assumed from any account of Tencent Cloud.

    ## How to fix it

    Name who needs access: `qcs::cam::uin/<account>:uin/<user>` for users, the name of a product for
    products. Visitors of a website get what they need through a CDN with access to the bucket, or
    through signed addresses that expire. Where everybody is meant to read, allow `cos:GetObject` and
    nothing else, on the paths that are public, and suppress the finding with that as the reason.

    ## What camlint knows

    | what is allowed to everybody | finding |
    | --- | --- |
    | only reading and listing | warning |
    | actions that the catalogue doesn't have | warning |
    | anything that writes, tags or changes permissions, by name or through a wildcard | error |
    | assuming a role | error |

    A condition that says where requests come from makes the first two silent and the others a
    warning: `ip_equal` on `qcs:ip`, or an equality on `vpc:requester_vpc`. So does one on who asks,
    `qcs:uin`, `qcs:owner_uin` or, for a role, `sts:external_id`. None of them counts with
    `_if_exist`, and no network wider than a /16 (IPv6: a /32), `10.0.0.0/8` and its like included:
    there are strangers in it. Conditions on headers, protocol, prefix or time don't count, since
    everybody can meet them. Denies of the same document are weighed: what they are proved to refuse
    isn't told. A deny for anyone refuses only unsigned requests (CAM410), so that every user of
    every account is left. `{"qcs": ["*"]}` isn't documented, only seen, so there the confidence is medium.
    """
    general, budget = None, [EFFORT]
    for principals, statements in policy.by_principals(policy.allows):
        principal = next((one for one in principals if one.everybody), None)
        if principal is None:
            continue
        if general is None:
            general = list_general_denies(policy)
        judged = [
            _judge(
                one, _Denies(policy, one, principal, general, context, budget), principal, context
            )
            for one in statements
        ]
        found = [one for one in judged if one is not None]
        if found:
            yield max(found, key=lambda one: (one.severity or Severity.WARNING).rank)


def _judge(
    statement: Statement, denies: "_Denies", principal: Principal, context: Context
) -> Finding | None:
    """What is to be said of one statement that lets in everybody."""
    if not statement.actions:
        return None
    limit = next((one for one in statement.conditions if limits_callers(one)), None)
    if context.kind is Kind.TRUST:
        first = statement.actions[0]
        if denies.refuse(first.name.qualified):
            return None
        return _tell(
            principal,
            f"{_name(limit, 'everybody in every account')} can assume this role",
            Related(first.place(), "assumes the role"),
            limit,
            "name the accounts, users or products that need the role",
            severe=True,
        )
    changing = _find_change(statement, context.catalog, denies)
    if changing is not None:
        action, what, example = changing
        by = clip(action.text) + (f", which takes in {example}" if example else "")
        who, unsigned = _tell_who(limit, denies, example or action.name.qualified)
        return _tell(
            principal,
            f"{who} can {what}{unsigned}, by {by}",
            Related(action.place(), "does more than read"),
            limit,
            "name the users or products that need this, and let everybody do nothing but read",
            severe=True,
        )
    if limit is not None:
        return None
    return _judge_reading(principal, statement, context, denies)


def _judge_reading(
    principal: Principal, statement: Statement, context: Context, denies: "_Denies"
) -> Finding | None:
    """The same of a statement that allows nothing that is known to change anything."""
    catalog = context.catalog
    unknown = next((one for one in statement.actions if not _is_known(one, catalog)), None)
    if unknown is not None:
        asked = unknown.name.qualified
        who, unsigned = _tell_who(None, denies, asked)
        message = f"{who} is allowed {clip(unknown.text)}{unsigned}"
        where = unknown
    else:
        reading = {
            one: action for action in statement.actions for one in _matching(action, catalog)
        }
        left = [one for one in sorted(reading, key=rank_deed) if not denies.refuse(one.qualified)]
        if not left:
            return None
        asked, where = left[0].qualified, reading[left[0]]
        who, unsigned = _tell_who(None, denies, asked)
        message = f"{who} can {join_words(list_deeds(left)[:MOST_DEEDS])}{unsigned}"
    if denies.refuse(asked):
        return None
    return _tell(
        principal,
        message,
        Related(where.place(), "for everybody"),
        None,
        "name the users or products that need access; if everybody is meant to read, allow "
        "cos:GetObject alone and suppress this",
        note="" if unknown is None else f"what {clip(unknown.text)} does isn't published",
    )


class _Denies:
    """The denies that may concern everybody, beside an allow for them; without any, none is asked."""

    __slots__ = (
        "_budget",
        "_context",
        "_general",
        "_policy",
        "_principal",
        "_statement",
        "_told",
    )

    def __init__(
        self,
        policy: Policy,
        statement: Statement,
        principal: Principal,
        general: tuple[Statement, ...],
        context: Context,
        budget: list[int],
    ) -> None:
        self._general = general
        self._budget = budget
        self._policy = policy
        self._statement = statement
        self._principal = principal
        self._context = context
        self._told: dict[str, Request | Unknown | None] = {}

    def __bool__(self) -> bool:
        return bool(self._general)

    def refuse(self, action: str) -> bool:
        """Whether they are proved to leave nobody in particular an action."""
        return self._ask(action) is None

    def leave(self, action: str) -> bool:
        """Whether a request for an action is proved to be left to nobody in particular."""
        return not self or isinstance(self._ask(action), Request)

    def ask_for_signature(self, action: str) -> bool:
        """Whether they leave it to those only who sign their requests."""
        found = self._ask(action)
        return isinstance(found, Request) and found.principal != ANONYMOUS

    def _ask(self, action: str) -> Request | Unknown | None:
        if not self._general or action.startswith("permid/"):
            return UNKNOWN
        if action not in self._told:
            self._budget[0] -= sum(_weigh(one) for one in (self._statement, *self._general))
            if self._budget[0] < 0:
                return UNKNOWN
            context = self._context
            self._told[action] = find_public_request(
                self._policy,
                self._statement,
                self._principal,
                action,
                self._general,
                context.settings,
                context.catalog,
            )
        return self._told[action]


def _weigh(statement: Statement) -> int:
    """About how much it costs to hold a request against a statement."""
    return (1 + len(statement.conditions)) * (4 + len(statement.actions) + len(statement.resources))


def _tell_who(limit: Condition | None, denies: _Denies, action: str) -> tuple[str, str]:
    """Who is let in, and whether without a signature, as the beginning and the end of a clause."""
    if denies.ask_for_signature(action):
        return _name(limit, "every user of every account"), ""
    return _name(limit, "everybody on the internet"), " without a signature"


def _name(limit: Condition | None, everybody: str) -> str:
    return everybody if limit is None else f"everybody whom {clip(limit.key)} lets through"


def _tell(
    principal: Principal,
    message: str,
    where: Related,
    limit: Condition | None,
    way_out: str,
    *,
    severe: bool = False,
    note: str = "",
) -> Finding:
    limited = () if limit is None else (Related(limit.key_place(), "the only limit"),)
    undocumented = principal.text == "*" and principal.family == "qcs"
    return Finding(
        message,
        principal.place(),
        label="everybody",
        related=(where, *limited),
        help=way_out,
        note=note,
        severity=Severity.ERROR if severe and limit is None else None,
        confidence=Confidence.MEDIUM if undocumented else None,
    )


def _find_change(
    statement: Statement, catalog: Catalog, denies: _Denies
) -> tuple[ActionPattern, str, str] | None:
    """The action that does most beyond reading, what it does, and an example of a pattern's."""
    found: dict[Action, ActionPattern] = {}
    for action in statement.actions:
        whole = "*" in action.name.service.text or not action.name.operation.text.strip("*")
        if whole and not action.name.opaque and not denies:
            return action, "do anything with the bucket", ""
        for known in _matching(action, catalog):
            if not known.reads:
                found.setdefault(known, action)
    worst = sorted(found, key=rank_deed)
    for sure in (True, False):
        for known in worst:
            name = known.qualified
            if denies.leave(name) if sure else not denies.refuse(name):
                action = found[known]
                return action, deed_of(known), name if action.name.wild else ""
    return None


def _matching(action: ActionPattern, catalog: Catalog) -> tuple[Action, ...]:
    """The known actions on buckets that an action of a policy stands for."""
    name = action.name
    if name.opaque:
        return ()
    if "*" in name.service.text:
        caught = matcher(name.qualified)
        return tuple(one for one in catalog.service("cos").actions if caught(one.qualified))
    return catalog.matching(name.service.text, name.operation.text)


def _is_known(action: ActionPattern, catalog: Catalog) -> bool:
    name = action.name
    if name.opaque:
        return False
    service, operation = name.service.text, name.operation.text
    return name.wild or catalog.find_action(service, operation) is not None
