"""Whether policies may allow any of some actions on any of some resources."""

from collections.abc import Iterable

from camlint.access.answer import UNKNOWN, Answer, Request, Unknown
from camlint.access.decide import decide, list_bits
from camlint.access.find import find
from camlint.access.intersections import globs_meet
from camlint.access.question import Question
from camlint.catalog.catalog import Catalog
from camlint.patterns import split_action, split_resource
from camlint.policy.actions import Actions
from camlint.policy.elements import ActionPattern, ResourcePattern
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.settings import Settings


def grants(
    policies: tuple[Policy, ...],
    actions: Iterable[str],
    resources: Iterable[str],
    settings: Settings,
    catalog: Catalog,
) -> Request | Unknown | None:
    """A request for one of the actions on one of the resources that the policies allow.

    None is a proof that none is allowed. Actions and resources may be patterns, as policies have
    them. Raises ValueError for one that hasn't their form.
    """
    probe = _probe(actions, resources)
    question = Question(policies, settings, catalog, probes=(probe,))
    asked = len(question.statements) - 1
    unknown = question.loose
    for index in list_bits(question.full & ~(question.denies | question.probes)):
        if _apart(question.statements[index], probe):
            continue
        found = find(question, (asked, index), question.denies)
        if found is UNKNOWN:
            unknown = True
        elif found is not None:
            if decide(question, found).allowed is Answer.YES:
                return found
            unknown = True
    return UNKNOWN if unknown else None


def _apart(statement: Statement, probe: Statement) -> bool:
    """Whether a statement surely speaks of none of the actions asked about, whatever else it says."""
    if not statement.actions or sum("action" in key.lower() for key in statement.value) != 1:
        return False
    if any(fault.element == "action" for fault in statement.malformed):
        return False
    return not any(
        one.name.opaque or globs_meet(one.name.qualified, other.name.qualified)
        for one in statement.actions
        for other in probe.actions
    )


def _probe(actions: Iterable[str], resources: Iterable[str]) -> Statement:
    """A statement that only says what is asked about."""
    patterns: list[ActionPattern] = []
    for text in actions:
        name = split_action(text)
        if name is None:
            raise ValueError(f"not an action: {text!r}")
        patterns.append(ActionPattern(text, (), name))
    areas: list[ResourcePattern] = []
    for text in resources:
        six = split_resource(text)
        if six is None and text != "*":
            raise ValueError(f'a resource is "*" or has six segments, not {text!r}')
        areas.append(ResourcePattern(text, (), six))
    return Statement((), {}, {}, "allow", Actions(tuple(patterns)), tuple(areas), (), (), ())
