"""One request asked of policies, a permission boundary and SCPs, and what they answer together."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from camlint.access.answer import Answer, Decision, Request, Verdict
from camlint.access.decide import decide
from camlint.access.question import Question
from camlint.catalog.catalog import Catalog
from camlint.hosts.search import HostedPolicy
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.settings import Settings


class Role(Enum):
    """What policies are to a request: those of the principal, or what bounds them.

    A boundary and SCPs grant nothing. The values are the words of every report.
    Sources: https://cloud.tencent.com/document/product/598/39425 and
    https://cloud.tencent.com/document/product/1031/51869
    """

    POLICY = "policy"
    BOUNDARY = "boundary"
    SCP = "scp"


@dataclass(frozen=True, slots=True)
class PlacedPolicy:
    """A policy, the ``path`` of its file as reports call it, and where in that file it stands.

    ``role`` is what it is to the request.
    """

    path: str
    policy: Policy
    host: HostedPolicy
    role: Role = Role.POLICY

    @property
    def title(self) -> str:
        """The file, and the place in it where that isn't the whole of it."""
        return f"{self.path} at {self.host.address}" if self.host.address else self.path


@dataclass(frozen=True, slots=True)
class PlacedStatement:
    """A statement, its ``number`` in its policy from 1, and that policy."""

    number: int
    statement: Statement
    placed: PlacedPolicy


@dataclass(frozen=True, slots=True)
class Layer:
    """Policies that must allow a request, pooled: one allow among them is enough.

    ``statements`` are in the order of the question's masks.
    """

    role: Role
    policies: tuple[PlacedPolicy, ...]
    statements: tuple[PlacedStatement, ...]
    question: Question

    def without(self, indices: Iterable[int]) -> "Layer":
        """The layer as it would be without some statements."""
        gone = {id(self.statements[index].statement) for index in indices}
        policies = []
        for placed in self.policies:
            policy = placed.policy
            kept = tuple(one for one in policy.statements if id(one) not in gone)
            policies.append(
                PlacedPolicy(
                    placed.path,
                    Policy(
                        policy.kind,
                        policy.value,
                        policy.spelling,
                        kept,
                        policy.principals,
                        policy.malformed,
                        kind_known=policy.kind_known,
                        bare=policy.bare,
                    ),
                    placed.host,
                    placed.role,
                )
            )
        statements = tuple(one for one in self.statements if id(one.statement) not in gone)
        question = self.question
        return Layer(
            self.role,
            tuple(policies),
            statements,
            Question(tuple(one.policy for one in policies), question.settings, question.catalog),
        )


@dataclass(frozen=True, slots=True)
class LayerDecision:
    """What one layer says to the request."""

    layer: Layer
    decision: Decision

    @property
    def verdict(self) -> Verdict:
        """The verdict of this layer alone."""
        return self.decision.verdict

    @property
    def by(self) -> tuple[PlacedStatement, ...]:
        """The statements that decide, or of which it isn't known whether they do."""
        return tuple(self.layer.statements[index] for index in self.decision.by)

    @property
    def may_deny(self) -> bool:
        """Whether it isn't known whether a deny matches."""
        if self.verdict is not Verdict.DEPENDS:
            return False
        return self.layer.question.loose or any(one.statement.effect != "allow" for one in self.by)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What all layers say to a request together.

    ``allowed`` is NO also where it only depends on what refuses. ``deciding`` are the layers that
    the verdict rests on, ``depends_on`` the condition keys that must be known to tell.
    """

    request: Request
    layers: tuple[LayerDecision, ...]
    verdict: Verdict
    allowed: Answer
    deciding: tuple[LayerDecision, ...]
    depends_on: tuple[str, ...]


def make_layer(
    role: Role, policies: Iterable[PlacedPolicy], settings: Settings, catalog: Catalog
) -> Layer:
    """The policies of one layer made ready to be asked."""
    placed = tuple(policies)
    return Layer(
        role,
        placed,
        tuple(
            PlacedStatement(number, statement, one)
            for one in placed
            for number, statement in enumerate(one.policy.statements, 1)
        ),
        Question(tuple(one.policy for one in placed), settings, catalog),
    )


def rule_on(layers: Iterable[Layer], request: Request) -> Ruling:
    """What the layers say to a request: each must allow it, and a deny in any refuses it.

    Source: https://cloud.tencent.com/document/product/598/10605
    """
    found = tuple(LayerDecision(layer, decide(layer.question, request)) for layer in layers)
    denying = tuple(one for one in found if one.verdict is Verdict.EXPLICIT_DENY)
    if denying:
        return Ruling(request, found, Verdict.EXPLICIT_DENY, Answer.NO, denying, ())
    if all(one.verdict is Verdict.ALLOW for one in found):
        return Ruling(request, found, Verdict.ALLOW, Answer.YES, found, ())
    silent = tuple(one for one in found if one.verdict is Verdict.IMPLICIT_DENY)
    if silent and not any(one.may_deny for one in found):
        return Ruling(request, found, Verdict.IMPLICIT_DENY, Answer.NO, silent, ())
    open_ = tuple(one for one in found if one.verdict is Verdict.DEPENDS)
    refused = silent or any(one.decision.allowed is Answer.NO for one in open_)
    keys = {key for one in open_ for key in one.decision.depends_on}
    return Ruling(
        request,
        found,
        Verdict.DEPENDS,
        Answer.NO if refused else Answer.UNDECIDED,
        open_,
        tuple(sorted(keys)),
    )
