"""The risk of policies found out: what ``camlint check`` says of breadth and escalation, as one value."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from camlint.access.administrator import EVERYTHING
from camlint.access.covers import covered_by, matches_nothing
from camlint.access.escalation import Way, find_ways
from camlint.access.first_cell import comparable
from camlint.access.passing import HANDING_ON, find_passing
from camlint.access.products import find_products
from camlint.access.question import Question
from camlint.access.reach import Gift, undecided
from camlint.access.readable import readable
from camlint.access.sensitive import find_holdings
from camlint.access.strength import strength_against, strength_of
from camlint.catalog.action import LEVELS
from camlint.catalog.catalog import Catalog
from camlint.kinds import Kind
from camlint.place import render_pointer
from camlint.policy.elements import ActionPattern
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.settings import Settings
from camlint.tasks.judge_risk import Held, judge, only_reads
from camlint.tasks.risk import (
    Breadth,
    HeldGroup,
    HeldKind,
    HeldStep,
    HeldWay,
    Limit,
    Risk,
    StatementAt,
    Verdict,
)

GROUPS = ("credentials", "resets", "exposure", "audit", "exfiltration", "destruction")
"""The groups of sensitive actions, in the order of what is at stake."""

PASSING = "pass-role"
HELD = (Kind.IDENTITY, Kind.SESSION)
UNRATED = {
    Kind.TRUST: "it says who may take on a role, not what anybody holds",
    Kind.BUCKET: "it says who may use a bucket, not what anybody holds",
    Kind.SCP: "it sets limits and gives nothing",
}


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A policy, the path of its file as reports call it, and its address in there."""

    path: str
    address: str
    policy: Policy


def assess(
    name: str,
    documents: Sequence[HeldDocument],
    settings: Settings,
    catalog: Catalog,
    *,
    bundle: bool = False,
    unread: Iterable[str] = (),
) -> Risk:
    """The risk of one policy, or of those of a bundle together.

    ``unread`` are files of the bundle in which a policy can't be read.
    """
    return _Assessor(documents, settings, catalog).assess(name, bundle=bundle, unread=tuple(unread))


class _Assessor:
    """Asks access about the policies and puts down what it says, with where that stands."""

    __slots__ = ("_catalog", "_documents", "_policy", "_settings", "_spots")

    def __init__(
        self, documents: Sequence[HeldDocument], settings: Settings, catalog: Catalog
    ) -> None:
        self._documents = tuple(documents)
        self._settings = settings
        self._catalog = catalog
        self._policy = _pool([one.policy for one in documents])
        self._spots: dict[int, StatementAt] = {}
        for one in documents:
            for number, statement in enumerate(one.policy.statements, 1):
                at = StatementAt(one.path, one.address, number, render_pointer(statement.pointer))
                self._spots.setdefault(id(statement), at)

    def assess(self, name: str, *, bundle: bool, unread: tuple[str, ...]) -> Risk:
        policy, settings, catalog = self._policy, self._settings, self._catalog
        policies = tuple((one.path, one.address) for one in self._documents)
        kind = policy.kind
        if kind not in HELD:
            return Risk(name, bundle, kind.value, policies, Verdict.UNRATED, UNRATED[kind])
        doubts = (*(f"{path} can't be read" for path in unread), *self._doubts())
        if not comparable(policy) or undecided(policy) or unread:
            why = "what a statement that can't be read refuses isn't known"
            if not comparable(policy):
                why = "there are too many statements to be compared with one another"
            return Risk(
                name,
                bundle,
                kind.value,
                policies,
                Verdict.UNDECIDED,
                why,
                breadth=tuple(self._breadth(policy.allows)),
                limits=tuple(self._limits()),
                doubts=doubts,
            )
        live = self._live()
        ways = tuple(self._way(one) for one in find_ways((policy,), settings, catalog))
        groups = tuple(self._groups())
        breadth = tuple(self._breadth(live))
        held = Held(ways, groups, breadth, tuple(live))
        verdict, why = judge(policy, held, settings, catalog)
        return Risk(
            name,
            bundle,
            kind.value,
            policies,
            verdict,
            why,
            ways,
            groups,
            breadth,
            tuple(self._limits()),
            doubts,
        )

    def _live(self) -> list[Statement]:
        """The allows that give anything beside the denies, as far as the opposite isn't proved."""
        question = Question((self._policy,), self._settings, self._catalog)
        return [
            statement
            for number, statement in enumerate(self._policy.statements)
            if statement.effect == "allow"
            and not (question.denies and covered_by(question, number, question.denies))
            and not matches_nothing(question, number)
        ]

    def _way(self, way: Way) -> HeldWay:
        path = way.path
        steps = [
            HeldStep(need.says, gift.offer.action, self._at(gift.offer.statement))
            for gift, need in zip(way.gifts, path.needs, strict=True)
        ]
        return HeldWay(
            path.id,
            path.title,
            path.outcome,
            path.consequence,
            way.severity,
            way.confidence,
            way.strength,
            (*steps, *map(HeldStep, path.then)),
            path.references[0],
        )

    def _groups(self) -> Iterator[HeldGroup]:
        """What is given on everything of a kind, by group."""
        gift = find_passing(self._policy, self._settings, self._catalog)
        if gift is not None:
            lets = "hand any role of the account to a product that acts for them"
            kind = HeldKind(
                lets, False, (HANDING_ON,), (self._at(gift.offer.statement),), gift.strength
            )
            yield HeldGroup(PASSING, "handing on roles", (kind,))
        holdings = find_holdings(self._policy, frozenset(GROUPS), self._settings, self._catalog)
        found: dict[str, dict[str, list[tuple[str, Gift]]]] = {}
        mild: dict[str, bool] = {}
        for holding in holdings:
            for one, action, given in holding.held:
                kinds = found.setdefault(one.group, {})
                kinds.setdefault(one.lets, []).append((action.qualified, given))
                mild[one.lets] = one.mild
        for group in GROUPS:
            held = [
                HeldKind(
                    lets,
                    mild[lets],
                    tuple(dict.fromkeys(action for action, _ in gifts)),
                    tuple(dict.fromkeys(self._at(one.offer.statement) for _, one in gifts)),
                    min((one.strength for _, one in gifts), key=lambda one: one.rank),
                )
                for lets, gifts in found.get(group, {}).items()
            ]
            if held:
                held.sort(key=lambda one: one.mild)
                yield HeldGroup(group, self._catalog.risks.groups[group], tuple(held))

    def _breadth(self, live: Sequence[Statement]) -> Iterator[Breadth]:
        """The patterns for all that products can do, the widest first."""
        found: list[Breadth] = []
        for statement in live:
            at = self._at(statement)
            for action in statement.wildcards:
                if action.name.qualified == EVERYTHING and statement.complete:
                    if only_reads(statement):
                        continue
                    wide = any(one.everything for one in statement.resources)
                    found.append(Breadth(action.text, "*", "every product", not wide, at))
            for action, everywhere in find_products(statement):
                found.append(self._product(action, at, named=everywhere is None))
        found.sort(key=lambda one: (one.named, one.service != "*", -one.known))
        yield from found

    def _product(self, action: ActionPattern, at: StatementAt, *, named: bool) -> Breadth:
        service = self._catalog.service(action.name.service.text)
        levels = dict.fromkeys(LEVELS, 0)
        for one in service.actions:
            levels[one.level] += 1
        sensitive = sum(1 for one in service.actions if one.groups)
        title = service.title if service.known else ""
        return Breadth(action.text, service.prefix, title, named, at, levels, sensitive)

    def _limits(self) -> Iterator[Limit]:
        """The conditions of allows, and the denies."""
        for statement in self._policy.statements:
            at = self._at(statement)
            if statement.effect == "allow" and statement.conditions:
                preset = all(one.preset for one in statement.conditions)
                strength = None if preset else strength_of(statement)
                yield Limit("allow", at, statement.circumstances, strength)
            elif statement.effect == "deny":
                always = not statement.conditions
                yield Limit(
                    "deny",
                    at,
                    statement.circumstances,
                    None if always else strength_against(statement),
                    tuple(one.text for one in statement.actions),
                    tuple(one.text for one in statement.resources),
                )

    def _doubts(self) -> Iterator[str]:
        for statement in self._policy.statements:
            if not readable(statement):
                at = self._at(statement)
                where = f"statement {at.number}"
                if len(self._documents) > 1:
                    where += f" of {at.path}"
                yield f"{where} can't be read as a whole; camlint check says why"

    def _at(self, statement: Statement) -> StatementAt:
        return self._spots[id(statement)]


def _pool(policies: Sequence[Policy]) -> Policy:
    """One policy with the statements of all: CAM adds up what somebody holds."""
    if len(policies) == 1:
        return policies[0]
    return Policy(
        Kind.IDENTITY,
        {},
        {},
        tuple(one for policy in policies for one in policy.statements),
        (),
        tuple(one for policy in policies for one in policy.malformed),
        kind_known=True,
    )
