"""Which statements of a policy let in everybody, and a request by somebody whom nobody named."""

from collections.abc import Iterable

from camlint.access.absent import find_absent
from camlint.access.answer import UNKNOWN, Answer, Request, Unknown
from camlint.access.decide import decide
from camlint.access.example import name_known_action
from camlint.access.find import find
from camlint.access.principals import ANONYMOUS
from camlint.access.probe import ask_about
from camlint.access.question import Question
from camlint.access.strength import NARROW
from camlint.catalog.catalog import Catalog
from camlint.kinds import Kind
from camlint.policy.actions import Actions
from camlint.policy.elements import Condition, Principal
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.policy.values import parse_network
from camlint.settings import Settings

WHENCE = ("vpc:requester_vpc", "qcs:vpc")
WHO = ("qcs:uin", "qcs:owner_uin", "sts:external_id")
EXACT = ("string_equal", "string_equal_ignore_case", "string_like")
"""Operators that let in what is listed and nothing else."""


class PublicAccess:
    """A statement that lets in everybody, or may.

    ``request`` is one that it allows to somebody who is nobody in particular; None where neither
    such a request nor its absence could be shown. ``principal`` is the one that stands for
    everybody, None where whom the statement speaks of can't be read. ``absent`` are keys that the
    request lacks and a condition asks for. ``limit`` is a condition that
    says where requests come from or who asks, if there is one.
    """

    __slots__ = ("absent", "limit", "principal", "request", "statement")

    def __init__(
        self,
        statement: Statement,
        principal: Principal | None,
        request: Request | None,
        limit: Condition | None,
        absent: tuple[str, ...] = (),
    ) -> None:
        self.statement = statement
        self.principal = principal
        self.request = request
        self.limit = limit
        self.absent = absent


def find_public_access(
    policy: Policy, settings: Settings, catalog: Catalog
) -> tuple[PublicAccess, ...]:
    """The statements that let in everybody beside the denies of the policy; none is a proof."""
    found: list[PublicAccess] = []
    suspects: list[tuple[Statement, Principal]] = []
    speaks = policy.kind in (Kind.BUCKET, Kind.TRUST)
    for statement in policy.statements:
        if statement.effect != "deny":
            principals = policy.principals_of(statement)
            public = next((one for one in principals if one.everybody), None)
            vague = next((one for one in principals if "*" in one.text), None)
            if public is not None:
                suspects.append((statement, public))
            elif vague or (speaks and not principals) or _faulty(policy, statement):
                found.append(PublicAccess(statement, vague, None, None))
    if suspects:
        denies = [one for one in policy.statements if one.effect == "deny"]
        allows = [_speak(statement, (public,)) for statement, public in suspects]
        refusals = [_speak(one, policy.principals_of(one)) for one in denies]
        question = Question((_restrict(policy, [*allows, *refusals]),), settings, catalog)
        for number, (statement, public) in enumerate(suspects):
            answer = _ask(question, number)
            if answer is not None:
                limit = next((one for one in statement.conditions if limits_callers(one)), None)
                request = answer if isinstance(answer, Request) else None
                absent = () if request is None else find_absent(question, request)
                found.append(PublicAccess(statement, public, request, limit, absent))
    return tuple(found)


def find_public_request(
    policy: Policy,
    statement: Statement,
    public: Principal,
    action: str,
    denies: Iterable[Statement],
    settings: Settings,
    catalog: Catalog,
) -> Request | Unknown | None:
    """A request for an action that a statement allows to everybody, beside some denies.

    It is without a signature if that is allowed. None is a proof that none is allowed. ``action``
    may be a pattern; raises ValueError for what hasn't that form.
    """
    refusals = [_speak(one, policy.principals_of(one)) for one in denies]
    restricted = _restrict(policy, [_speak(statement, (public,)), *refusals])
    question = Question((restricted,), settings, catalog, probes=(ask_about(action),))
    found = find(question, (len(question.statements) - 1, 0), question.denies)
    if not isinstance(found, Request):
        return found
    unsigned = Request(found.action, found.resource, ANONYMOUS, found.context)
    for request in (unsigned, found):
        if decide(question, request).allowed is Answer.YES:
            return request
    return UNKNOWN


def list_general_denies(policy: Policy) -> tuple[Statement, ...]:
    """The denies that may refuse something to everybody; one that names users refuses it to those."""
    return tuple(
        one
        for one in policy.denies
        if not (principals := policy.principals_of(one))
        or any("*" in who.text or who.everybody for who in principals)
    )


def limits_callers(condition: Condition) -> bool:
    """Whether a condition says where requests come from, or who asks.

    Networks so wide that strangers are in them say neither.
    """
    if condition.if_exist or condition.known is None:
        return False
    values = [str(value) for value in condition.values]
    if condition.key == "qcs:ip" and condition.base == "ip_equal":
        # What can't be read as an address lets in nobody, and has a rule of its own.
        return not any(map(_is_wide, values))
    if condition.key in (*WHENCE, *WHO) and condition.base in EXACT:
        return all(value.strip("*") for value in values)
    return False


def _is_wide(value: str) -> bool:
    network = parse_network(value)
    return network is not None and network.high - network.low >= NARROW[network.version]


def _ask(question: Question, number: int) -> Request | bool | None:
    """A request that a statement allows to everybody, unsigned if need be; True for perhaps one."""
    found = find(question, (number,), question.denies)
    if found is None:
        return None
    if not isinstance(found, Request):
        return True
    unsigned = Request(found.action, found.resource, ANONYMOUS, found.context)
    for request in (unsigned, found):
        if decide(question, request).allowed is Answer.YES:
            return name_known_action(question, request, "*")
    return True


def _faulty(policy: Policy, statement: Statement) -> bool:
    """Whether something among the principals of a statement can't be read."""
    own = statement.pointer if "principal" in statement.spelling else None
    return any(
        fault.element == "principal" and fault.statement == own for fault in policy.malformed
    )


def _speak(statement: Statement, principals: tuple[Principal, ...]) -> Statement:
    """The same statement, about these people."""
    return Statement(
        statement.pointer,
        statement.value,
        statement.spelling,
        statement.effect,
        Actions(statement.actions),
        statement.resources,
        statement.conditions,
        principals,
        statement.malformed,
    )


def _restrict(policy: Policy, statements: list[Statement]) -> Policy:
    """The same policy with other statements, each of which says itself whom it is about."""
    return Policy(
        policy.kind,
        policy.value,
        policy.spelling,
        tuple(statements),
        (),
        policy.malformed,
        kind_known=policy.kind_known,
        bare=policy.bare,
    )
